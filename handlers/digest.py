"""The digest as a message: leaders get aggregates and counts, a superior the names of units below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from handlers import digest_lines
from handlers import digest_texts as texts
from handlers.digest_numbers import MAX_NAME, number
from handlers.showing import clip, moment
from storage.coverage import MissingUnit
from storage.summary import Summary

FEW = 4
"""Names in one line."""
LIMIT = 1900
"""UTF-16 units: what every platform takes, with a margin (SETTLED)."""


def text(summary: Summary) -> str:
    """The message to a leadership channel: aggregates and counts, no name of a grassroots unit or a person."""
    head, tail = _frame(summary, texts.TITLE)
    return _fit(head, *_superior_lines(summary), tail)


def superior_text(
    summary: Summary, missing: Sequence[MissingUnit], looked_at: Sequence[str] = (), alike: Sequence[str] = ()
) -> str:
    """The message to a superior: its own subtree, with the names of units whose report is not in.

    `looked_at` are units that confirmed numbers unlike their earlier ones, `alike` those with four identical months.
    """
    head, tail = _frame(summary, texts.SUPERIOR_TITLE)
    tail += [
        words.format(count=len(names), names=_some(names))
        for words, names in ((texts.LOOKED_AT, looked_at), (texts.ALIKE, alike))
        if names
    ]
    if missing:
        closed = summary.stage == "final"
        help_them = texts.PLEASE_HELP.format(closes=moment(summary.closes_at))
        tail.append(texts.CLOSED_FOR_THEM if closed else help_them)
    return _fit(head, *_named_lines(missing), tail)


def utf16(words: str) -> int:
    """Length as platforms count it."""
    return len(words.encode("utf-16-le")) // 2


def _frame(summary: Summary, title: str) -> tuple[list[str], list[str]]:
    """What stands above and below the list, whoever reads it."""
    first = [digest_lines.head(summary, title), *digest_lines.coverage(summary)]
    head = [*first, "", *digest_lines.totals(summary), ""]
    return head, ["", *digest_lines.counts(summary), digest_lines.stage_line(summary)]


def _superior_lines(summary: Summary) -> tuple[list[str], Callable[[int], str]]:
    """Every superior in the roster's order as long as there is room, so that nobody is picked out."""
    rows = summary.by_superior
    if not summary.coverage.missing:
        all_in = summary.coverage.owing == summary.coverage.submitted > 0
        return [texts.ALL_IN] if all_in else [], lambda _kept: ""
    lines = [texts.UNDER_SUPERIORS]
    for row in rows:
        c = row.coverage
        name = clip(row.name or texts.NO_SUPERIOR, MAX_NAME)
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
        names = [_named(unit) for unit in missing if unit.returned == returned]
        if names:
            headings.add(len(lines))
            lines.append(words.format(count=len(names)))
            lines += [texts.MISSING_UNIT.format(name=name) for name in names]

    def rest(kept: int) -> str:
        return texts.MORE_UNITS.format(count=sum(n not in headings for n in range(kept, len(lines))))

    return lines, rest


def _some(names: Sequence[str]) -> str:
    """Some names in a line, and how many more there are."""
    shown = ", ".join(clip(name, MAX_NAME) for name in names[:FEW])
    return shown if len(names) <= FEW else texts.AND_OTHERS.format(names=shown, count=len(names) - FEW)


def _named(unit: MissingUnit) -> str:
    """With its own due date where it has one: it may not be late at all."""
    name = clip(unit.name, MAX_NAME)
    return texts.OWN_DUE.format(name=name, due=f"{unit.own_due:%d/%m}") if unit.own_due else name


def _fit(head: list[str], middle: list[str], rest: Callable[[int], str], tail: list[str]) -> str:
    """Head and tail whole, and as much of the middle as there is room for."""
    lengths = accumulate(utf16(line) + 1 for line in middle)
    for kept in range(sum(length <= LIMIT for length in lengths), -1, -1):
        shown = middle[:kept] if kept == len(middle) else [*middle[:kept], rest(kept)]
        words = "\n".join([*head, *shown, *tail])
        if utf16(words) <= LIMIT:
            return words
    raise ValueError("a digest without any list is longer than a message may be")
