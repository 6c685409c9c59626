"""Reports that are in: those of some units in the order in which people look for them, their versions, a code's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from storage.contacts import CONTACT
from storage.submissions import COUNTED, DRAFTS, PERIOD, SUBMISSION, VERSION, Draft, Units, draft_of
from storage.units import ASSIGNMENT, valid


@dataclass(frozen=True, slots=True)
class Version:
    """One act of submitting."""

    number: int
    submitted_at: datetime
    contact_id: int | None
    late: bool
    source: str


def _sent(unit_ids: Sequence[int], form_code: str) -> tuple[ColumnElement[bool], ...]:
    return (
        SUBMISSION.c.unit_id.in_(unit_ids),
        SUBMISSION.c.form_code == form_code,
        SUBMISSION.c.version > 0,
        SUBMISSION.c.period_id.is_not(None),
    )


def count(db: Connection, unit_ids: Sequence[int], form_code: str) -> int:
    """How many reports these units have handed in."""
    return db.scalar(select(func.count()).select_from(SUBMISSION).where(*_sent(unit_ids, form_code))) or 0


def sent(
    db: Connection, unit_ids: Sequence[int], form_code: str, *, skip: int = 0, most: int = 100
) -> list[Draft]:
    """They themselves, the newest period first."""
    found = DRAFTS.where(*_sent(unit_ids, form_code)).order_by(
        PERIOD.c.starts_on.desc(), SUBMISSION.c.unit_id
    )
    return [draft_of(row) for row in db.execute(found.offset(skip).limit(most))]


def of_month(db: Connection, unit_ids: Sequence[int], form_code: str, key: str) -> list[Draft]:
    """Those of one period."""
    found = DRAFTS.where(*_sent(unit_ids, form_code), PERIOD.c.key == key).order_by(SUBMISSION.c.unit_id)
    return [draft_of(row) for row in db.execute(found)]


def by_code(db: Connection, code: str, units: Units | None = None) -> Draft | None:
    """The submission with a receipt code, if it is of one of these units."""
    its = DRAFTS.where(SUBMISSION.c.code == code)
    row = db.execute(its if units is None else its.where(SUBMISSION.c.unit_id.in_(units))).one_or_none()
    return None if row is None else draft_of(row)


def month_before(db: Connection, draft: Draft) -> Draft | None:
    """The unit's report of the period right before, if that is in and not returned."""
    if draft.starts_on is None:
        return None
    its = DRAFTS.where(
        SUBMISSION.c.unit_id == draft.unit_id,
        SUBMISSION.c.form_code == draft.form_code,
        SUBMISSION.c.state.in_(COUNTED),
        PERIOD.c.ends_on == draft.starts_on - timedelta(days=1),
    )
    row = db.execute(its).one_or_none()
    return None if row is None else draft_of(row)


def versions(db: Connection, submission_id: int) -> list[Version]:
    """What was handed in, the first version first."""
    rows = select(*(VERSION.c[name] for name in Version.__slots__)).where(
        VERSION.c.submission_id == submission_id
    )
    return [Version(*row) for row in db.execute(rows.order_by(VERSION.c.number))]


def role_of(db: Connection, contact_id: int | None, unit_id: int, on: date) -> str:
    """The role that the person behind an account held in a unit on a day; empty if none."""
    its = (
        select(ASSIGNMENT.c.role)
        .select_from(ASSIGNMENT.join(CONTACT, CONTACT.c.person_id == ASSIGNMENT.c.person_id))
        .where(CONTACT.c.id == contact_id, ASSIGNMENT.c.unit_id == unit_id, valid(ASSIGNMENT, on))
    )
    return db.scalar(its.order_by(ASSIGNMENT.c.id).limit(1)) or ""
