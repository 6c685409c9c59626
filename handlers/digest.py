"""The leaders' digest: one period's figures as text, JSON, picture and workbook."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from handlers import digest_texts as texts
from handlers.digest_numbers import change, clip, moment, number, percent
from handlers.engine.spelling import month
from storage.coverage import PERIOD, UNIT, MissingUnit, missing_units
from storage.database import Database
from storage.summary import Summary, Total

FORM = "bc_thang"
FORMATS = ("text", "json", "png", "xlsx")
LIMIT = 1900
"""UTF-16 units: what every platform takes, with a margin (SETTLED)."""


class UnknownPeriod(LookupError):
    """The caller named a month that was never opened; the remedy is in the text."""


class UnknownUnit(LookupError):
    """The caller named a unit that does not exist."""


# ── text ────────────────────────────────────────────────────────────────────────────────────────────


def text(summary: Summary) -> str:
    """The message to a leadership channel: aggregates and counts, no name of a grassroots unit or a person."""
    head = [_head(summary, texts.TITLE), *_coverage(summary), "", *_totals(summary), ""]
    tail = ["", *_counts(summary), stage_line(summary)]
    return _fit(head, *_superior_lines(summary), tail)


def superior_text(summary: Summary, missing: Sequence[MissingUnit]) -> str:
    """The message to a superior: its own subtree, with the names of units whose report is not in."""
    head = [_head(summary, texts.SUPERIOR_TITLE), *_coverage(summary), "", *_totals(summary), ""]
    tail = ["", *_counts(summary), stage_line(summary)]
    if missing:
        closed = summary.stage == "final"
        help_them = texts.PLEASE_HELP.format(closes=moment(summary.closes_at))
        tail.append(texts.CLOSED_FOR_THEM if closed else help_them)
    return _fit(head, *_named_lines(missing), tail)


def utf16(words: str) -> int:
    """Length as platforms count it."""
    return len(words.encode("utf-16-le")) // 2


def _head(summary: Summary, title: str) -> str:
    scope = f"{clip(summary.scope.short_name)} – " if summary.scope else ""
    return texts.HEAD.format(
        title=title, scope=scope, period=month(summary.period_key), at=moment(summary.at)
    )


def _coverage(summary: Summary) -> list[str]:
    c = summary.coverage
    if not c.owing:
        return [texts.NOBODY_OWES]
    share = percent(c.submitted, c.owing)
    first = texts.COVERAGE.format(submitted=number(c.submitted), owing=number(c.owing), percent=share)
    parts = [(texts.LATE, c.late), (texts.UNACCEPTED, c.unaccepted)]
    said = [words.format(late=number(n), unaccepted=number(n)) for words, n in parts if n]
    lines = [f"{first}{'; trong đó ' if said else ''}{', '.join(said)}."]
    lines += [texts.RETURNED.format(returned=number(c.returned))] if c.returned else []
    return lines + ([texts.AFTER_LOCK.format(after_lock=number(c.after_lock))] if c.after_lock else [])


def _totals(summary: Summary) -> list[str]:
    lines = [f"{n}. {total_line(total)}" for n, total in enumerate(summary.totals, 1)]
    return [*lines, compared(summary)] if summary.comparison and summary.comparison.units else lines


def total_line(total: Total) -> str:
    """A headline with its change and its companion: `Tuyên truyền: 2.315 cuộc (+4,1%), 148.200 lượt`."""
    unit = texts.UNITS.get(total.name, "")
    words = f"{texts.LABELS[total.name]}: {number(total.value)} {unit}".rstrip()
    moved = change(total)
    words += f" ({moved})" if moved else ""
    if total.beside:
        words += ", " + texts.BESIDE[total.beside.name].format(value=number(total.beside.value))
    return words


def compared(summary: Summary) -> str:
    """What the changes are counted against; its denominator where that is not the digest's own."""
    against = summary.comparison
    if not against or not against.units:
        return ""
    words = texts.COMPARED if against.units == summary.coverage.submitted else texts.COMPARED_OVER
    return words.format(period=month(against.period_key), units=number(against.units))


def _counts(summary: Summary) -> list[str]:
    overdue = summary.obstacles_overdue
    obstacles = texts.OBSTACLES_OVERDUE if overdue else texts.OBSTACLES
    told = ", ".join(f"{texts.CHOICES.get(name, name)} {number(n)}" for name, n in assessment(summary))
    return [
        texts.INITIATIVES.format(initiatives=number(summary.initiatives)),
        obstacles.format(obstacles=number(summary.obstacles), overdue=number(overdue)),
        *([f"{texts.ASSESSMENT}: {told}."] if told else []),
    ]


def assessment(summary: Summary) -> list[tuple[str, int]]:
    """How units assess themselves, from good to poor."""
    order = list(texts.CHOICES)
    return sorted(
        summary.assessment, key=lambda item: order.index(item[0]) if item[0] in order else len(order)
    )


def stage_line(summary: Summary) -> str:
    """How firm the figures are, in a sentence."""
    closed = moment(summary.closed_at) if summary.closed_at else ""
    return texts.STAGES[summary.stage].format(closes=moment(summary.closes_at), closed=closed)


def _superior_lines(summary: Summary) -> tuple[list[str], Callable[[int], str]]:
    """Every superior in the roster's order as long as there is room, so that nobody is picked out."""
    rows = summary.by_superior
    if not summary.coverage.missing:
        return [
            texts.ALL_IN
        ] if summary.coverage.owing == summary.coverage.submitted > 0 else [], lambda _kept: ""
    lines = [texts.UNDER_SUPERIORS]
    for row in rows:
        c = row.coverage
        name = clip(row.name or texts.NO_SUPERIOR)
        lines.append(texts.UNDER_SUPERIOR.format(name=name, missing=number(c.missing), owing=number(c.owing)))

    def rest(kept: int) -> str:
        left = [row.coverage for row in rows[max(kept - 1, 0) :]]
        missing, owing = sum(c.missing for c in left), sum(c.owing for c in left)
        return texts.UNDER_OTHERS.format(count=len(left), missing=number(missing), owing=number(owing))

    return lines, rest


def _named_lines(missing: Sequence[MissingUnit]) -> tuple[list[str], Callable[[int], str]]:
    lines: list[str] = []
    headings: set[int] = set()
    for words, returned in ((texts.MISSING, False), (texts.TO_COMPLETE, True)):
        names = [clip(unit.name) for unit in missing if unit.returned == returned]
        if names:
            headings.add(len(lines))
            lines.append(words.format(count=len(names)))
            lines += [texts.MISSING_UNIT.format(name=name) for name in names]

    def rest(kept: int) -> str:
        return texts.MORE_UNITS.format(count=sum(n not in headings for n in range(kept, len(lines))))

    return lines, rest


def _fit(head: list[str], middle: list[str], rest: Callable[[int], str], tail: list[str]) -> str:
    """Head and tail whole, and as much of the middle as there is room for."""
    lengths = accumulate(utf16(line) + 1 for line in middle)
    for kept in range(sum(length <= LIMIT for length in lengths), -1, -1):
        shown = middle[:kept] if kept == len(middle) else [*middle[:kept], rest(kept)]
        words = "\n".join([*head, *shown, *tail])
        if utf16(words) <= LIMIT:
            return words
    raise ValueError("a digest without any list is longer than a message may be")


# ── other forms ─────────────────────────────────────────────────────────────────────────────────────


def to_json(summary: Summary) -> dict[str, Any]:
    """The same figures for programs: coverage at the top level, moments as ISO text."""
    body: dict[str, Any] = json.loads(json.dumps(asdict(summary), default=_iso))
    coverage = body.pop("coverage")
    for said, total in zip(body["totals"], summary.totals, strict=True):
        _explain(said, total)
    for row in body["by_superior"]:
        row.update(row.pop("coverage"))
    body["assessment"] = dict(summary.assessment)
    c = summary.coverage
    return {
        **body,
        **coverage,
        "submitted_percent": round(c.submitted / c.owing * 100, 1) if c.owing else None,
    }


def _explain(said: dict[str, Any], total: Total) -> None:
    moved = total.change_percent
    said["change_percent"] = None if moved is None else round(moved, 1)
    said["label"] = texts.LABELS[total.name]
    said["unit"] = texts.UNITS.get(total.name, "")
    if total.beside:
        _explain(said["beside"], total.beside)


def _iso(value: date) -> str:
    return value.isoformat()


def compose(database: Database, period_key: str, *, unit_code: str | None = None, at: datetime) -> Summary:
    """Sum up a month, for the whole organisation or under one unit; raises UnknownPeriod, UnknownUnit."""
    # pandas takes half a second to load, which nobody who only chats should wait for.
    from storage import summaries  # noqa: PLC0415

    with database.read() as db:
        period_id, unit_id = _period(db, period_key), _unit(db, unit_code)
        return summaries.summarise(db, period_id, unit_id=unit_id, at=at)


def render(  # noqa: PLR0913 - what the command can be told
    database: Database,
    period_key: str,
    form: str,
    *,
    unit_code: str | None = None,
    at: datetime,
    with_names: bool = False,
) -> bytes:
    """The digest as `text`, `json`, `png` or `xlsx`; `with_names` adds the units whose report is not in."""
    summary = compose(database, period_key, unit_code=unit_code, at=at)
    if form == "xlsx":
        return _workbook(database, summary, with_names=with_names)
    if form == "png":
        from handlers.documents import chart  # noqa: PLC0415 - matplotlib is slow to load

        return chart.draw(summary)
    if form == "json":
        return json.dumps(to_json(summary), ensure_ascii=False, indent=2).encode()
    return f"{text(summary)}\n".encode()


def write(  # noqa: PLR0913 - what the command can be told
    database: Database,
    period_key: str,
    form: str,
    out: Path,
    unit_code: str | None = None,
    *,
    at: datetime,
    with_names: bool = False,
) -> Path:
    """Write what `render` makes to a file."""
    body = render(database, period_key, form, unit_code=unit_code, at=at, with_names=with_names)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(body)
    return out


def _workbook(database: Database, summary: Summary, *, with_names: bool) -> bytes:
    from handlers.documents import workbook  # noqa: PLC0415 - openpyxl and pandas are slow to load
    from storage import summaries  # noqa: PLC0415

    unit_id = summary.scope.id if summary.scope else None
    with database.read() as db:
        period_id = _period(db, summary.period_key)
        rows = summaries.table(db, period_id, unit_id)
        missing = missing_units(db, period_id, unit_id) if with_names else None
    return workbook.write(summary, rows, missing)


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
