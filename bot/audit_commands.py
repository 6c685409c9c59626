"""`congdoan audit`: who changed what, as text, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection, Select, select

from bot import moments
from handlers import audit_lines, audit_texts
from handlers.audit_lines import Named
from storage import audit, calendar, coverage
from storage.audit import Entry
from storage.calendar import TZ
from storage.contacts import PERSON
from storage.units import UNIT


def render(db: Connection, form: str, *, unit: str = "", person: str = "", since: str = "") -> bytes:
    """The changes as `text`, `csv` or `json`; raises LookupError for what is not there or cannot be read."""
    if form not in _WRITERS:
        raise LookupError(audit_texts.UNKNOWN_FORMAT.format(format=form))
    start = _start(since)
    people = _people(db, person) if person else [None]
    units = _below(db, unit) if unit else None
    found = {
        entry.id: entry
        for one in people
        for entry in audit.history(db, units=units, person_id=one, since=start)
    }
    entries = sorted(found.values(), key=lambda entry: -entry.id)
    return _WRITERS[form](entries, audit_lines.names(db, entries))


def _start(since: str) -> datetime | None:
    try:
        return calendar.at(moments.day(since), "00:00") if since else None
    except ValueError:
        raise LookupError(audit_texts.NO_SUCH_DAY.format(day=since)) from None


def _people(db: Connection, name: str) -> list[int]:
    found = list(db.scalars(select(PERSON.c.id).where(PERSON.c.name == name)))
    if not found:
        raise LookupError(audit_texts.NO_SUCH_PERSON.format(name=name))
    return found


def _below(db: Connection, code: str) -> Select[tuple[int]]:
    """The unit and all that is below it, in the tree of the newest change."""
    unit_id = db.scalar(select(UNIT.c.id).where(UNIT.c.code == code))
    if unit_id is None:
        raise LookupError(audit_texts.UNKNOWN_UNIT.format(code=code))
    newest = db.scalar(select(audit.CHANGE.c.at).order_by(audit.CHANGE.c.id.desc()).limit(1))
    tree = coverage.below(unit_id, calendar.today(newest)) if newest else UNIT
    return select(tree.c.id)


def _text(entries: Iterable[Entry], named: Named) -> bytes:
    lines = [audit_lines.line(entry, named) for entry in entries]
    return "".join(f"{line}\n" for line in lines or [audit_texts.NONE.format(scope="")]).encode()


def _csv(entries: Iterable[Entry], named: Named) -> bytes:
    from handlers.documents.sheets import safe  # noqa: PLC0415 - openpyxl is slow to load

    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(audit_texts.COLUMNS)
    for entry in entries:
        rows.writerow(map(safe, _cells(entry, named)))
    return out.getvalue().encode("utf-8-sig")  # so that a spreadsheet reads the letters right


def _cells(entry: Entry, named: Named) -> list[str]:
    old, new = (audit_lines.values(held, entry, named) for held in (entry.old, entry.new))
    unit, about = named.unit(entry.unit_id, entry), named.row(entry)
    at = f"{entry.at.astimezone(TZ):%Y-%m-%d %H:%M:%S}"
    return [
        at, entry.name or audit_lines.who(entry), entry.channel, audit_lines.what(entry), about, unit, old, new,
        entry.reason,
    ]  # fmt: skip


def _json(entries: Iterable[Entry], named: Named) -> bytes:
    listed = [
        {
            "at": entry.at.astimezone(TZ).isoformat(), "who": audit_lines.who(entry), "channel": entry.channel,
            "act": entry.act, "about": entry.about, "row": entry.row,
            "name": named.row(entry) or None, "unit": named.unit(entry.unit_id, entry) or None,
            "old": entry.old, "new": entry.new, "reason": entry.reason,
        }
        for entry in entries
    ]  # fmt: skip
    return (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode()


_WRITERS: dict[str, Callable[[Iterable[Entry], Named], bytes]] = {"text": _text, "csv": _csv, "json": _json}
