"""Published questionnaires: each version's XML stays for ever, since drafts and figures refer to it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.database import insert, table_of
from storage.models import FormVersion

FORM = table_of(FormVersion)


def publish(  # noqa: PLR0913 - the columns of one row
    db: Connection, code: str, title: str, xml: str, at: datetime, source_name: str = ""
) -> int:
    """Make `xml` the version in force; the same text again changes nothing.  Returns the version's id."""
    digest = hashlib.sha256(xml.encode()).hexdigest()
    newest = db.execute(
        select(FORM.c.id, FORM.c.sha256).where(FORM.c.code == code).order_by(FORM.c.version.desc()).limit(1)
    ).one_or_none()
    if newest is not None and newest.sha256 == digest:
        return int(newest.id)
    number = (db.scalar(select(func.max(FORM.c.version)).where(FORM.c.code == code)) or 0) + 1
    row = {
        "code": code, "version": number, "title": title, "xml": xml, "sha256": digest,
        "source_name": source_name, "published_at": at,
    }  # fmt: skip
    return int(db.execute(insert(FORM, db).returning(FORM.c.id), row).scalar_one())


def newest(db: Connection, code: str) -> int | None:
    """Id of the version in force of a form; None if it was never published."""
    return db.scalar(select(FORM.c.id).where(FORM.c.code == code).order_by(FORM.c.version.desc()).limit(1))


def xml_of(db: Connection, version_id: int) -> str:
    """The XForm of a version."""
    return str(db.execute(select(FORM.c.xml).where(FORM.c.id == version_id)).scalar_one())
