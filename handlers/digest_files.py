"""The digest of a month as a file: text, JSON, picture, workbook."""

from __future__ import annotations

import json
import os
from datetime import datetime

from sqlalchemy import Connection, select

from handlers import digest, digest_json
from handlers import digest_texts as texts
from handlers.report_context import FORM
from storage import calendar, coverage, reviewing
from storage.coverage import PERIOD, UNIT, missing_units
from storage.database import Database
from storage.summary import Summary

FORMATS = ("text", "json", "png", "xlsx")


class UnknownPeriod(LookupError):
    """The caller named a month that was never opened; the remedy is in the text."""


class UnknownUnit(LookupError):
    """The caller named a unit that does not exist."""


def compose(
    database: Database,
    period_key: str,
    *,
    unit_code: str | None = None,
    organisation: str = coverage.THEN,
    at: datetime,
) -> Summary:
    """Sum up a month, for the whole organisation or under one unit; raises UnknownPeriod, UnknownUnit.

    By the `organisation` of `then`, the period's last day, or of `now`.
    """
    # pandas takes half a second to load, which nobody who only chats should wait for.
    from storage import summaries  # noqa: PLC0415

    with database.read() as db:
        seen = coverage.view(db, _period(db, period_key), organisation, calendar.today(at))
        return summaries.summarise(db, seen, unit_id=_unit(db, unit_code), at=at)


def render(  # noqa: PLR0913 - what the command can be told
    database: Database,
    period_key: str,
    form: str,
    *,
    unit_code: str | None = None,
    organisation: str = coverage.THEN,
    at: datetime,
    with_names: bool = False,
) -> bytes:
    """The digest as `text`, `json`, `png` or `xlsx`; `with_names` adds the units whose report is not in."""
    summary = compose(database, period_key, unit_code=unit_code, organisation=organisation, at=at)
    if form == "xlsx":
        return _workbook(database, summary, with_names=with_names)
    if form == "png":
        return picture(database, summary)
    if form == "json":
        return json.dumps(digest_json.to_json(summary), ensure_ascii=False, indent=2).encode()
    return f"{digest.text(summary)}\n".encode()


def picture(database: Database, summary: Summary) -> bytes:
    """The digest as a PNG; what matplotlib keeps for itself lies with the data, often all that may be written."""
    os.environ.setdefault("MPLCONFIGDIR", str((database.files.parent / "matplotlib").absolute()))
    from handlers.documents import chart  # noqa: PLC0415 - matplotlib is slow to load

    return chart.draw(summary)


def _workbook(database: Database, summary: Summary, *, with_names: bool) -> bytes:
    from handlers.documents import workbook  # noqa: PLC0415 - openpyxl and pandas are slow to load
    from storage import summaries  # noqa: PLC0415

    unit_id = summary.scope.id if summary.scope else None
    with database.read() as db:
        day = calendar.today(summary.at)
        seen = coverage.view(db, _period(db, summary.period_key), summary.organisation, day)
        rows = summaries.table(db, seen, unit_id)
        if not with_names:
            return workbook.write(summary, rows)
        missing = missing_units(db, seen, unit_id)
        review = [*reviewing.looked_at(db, seen, unit_id), *reviewing.alike(db, seen, unit_id)]
    return workbook.write(summary, rows, missing, review)


def _period(db: Connection, key: str) -> int:
    found = db.scalar(select(PERIOD.c.id).where(PERIOD.c.form_code == FORM, PERIOD.c.key == key))
    if found is None:
        raise UnknownPeriod(texts.NO_SUCH_PERIOD.format(period=key))
    return int(found)


def _unit(db: Connection, code: str | None) -> int | None:
    if code is None:
        return None
    found = db.scalar(select(UNIT.c.id).where(UNIT.c.code == code))
    if found is None:
        raise UnknownUnit(texts.NO_SUCH_UNIT.format(code=code))
    return int(found)
