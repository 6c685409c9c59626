"""The digest as a picture: 1080 pixels wide and legible on a phone that shows it at a third of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from handlers import digest_texts as texts
from handlers.digest_lines import compared, stage_line
from handlers.digest_numbers import change, number, percent
from handlers.documents.page import MARGIN, RIGHT, WIDTH, Page
from handlers.engine.spelling import month
from handlers.showing import moment
from storage.summary import Summary, Superior, Total

MAX_BARS = 16
"""More superiors than fit a phone's screen or two are drawn as one bar."""

CARD, SOFT, LINE = "#ffffff", "#56646c", "#dcd9cf"
HEADER, BAR, REST, UP, DOWN = "#1f5a66", "#2f8073", "#dbe6e2", "#2b7460", "#9a5b2b"
MARK_COLOURS = {"provisional": "#f2c266", "record": "#bcdde0", "final": "#bfe0c4"}


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    submitted: int
    owing: int


def draw(summary: Summary) -> bytes:
    """A PNG: coverage, five totals with their change, and how many reports have come under each superior."""
    bars = _bars(summary.by_superior)
    heights = (228, 274, 112 + 122 * len(summary.totals), (110 + 82 * len(bars)) if bars else 0)
    tops = list(accumulate(heights, initial=0))
    notes = _notes(summary)
    page = Page(tops[-1] + 44 + 46 * len(notes) + 20)
    _header(page, summary)
    _headline(page, tops[1], summary)
    _totals(page, tops[2], summary)
    _superiors(page, tops[3], bars)
    for n, line in enumerate(notes):
        page.text(MARGIN, tops[-1] + 58 + 46 * n, line, 32, colour=SOFT)
    return page.png()


def _header(page: Page, summary: Summary) -> None:
    page.box(0, 0, WIDTH, 200, HEADER)
    page.text(MARGIN, 86, texts.TITLE, 52, colour="white", bold=True)
    period = texts.PERIOD.format(period=month(summary.period_key))
    page.text(MARGIN, 154, f"{period} · {texts.AS_OF.format(at=moment(summary.at))}", 40, colour="#e3eff0")


def _mark(page: Page, y: float, summary: Summary) -> float:
    """How firm the figures are, on a tag at the right edge; where it begins."""
    words = texts.MARKS[summary.stage]
    wide = page.width(words, 31, bold=True) + 48
    page.box(RIGHT - wide, y, wide, 56, MARK_COLOURS[summary.stage], round_by=28)
    page.text(RIGHT - 24, y + 39, words, 31, bold=True, right=True)
    return RIGHT - wide


def _headline(page: Page, top: float, summary: Summary) -> None:
    c = summary.coverage
    free = _mark(page, top, summary) - MARGIN - 24
    if summary.scope:
        page.text(
            MARGIN, top + 39, page.shortened(summary.scope.short_name, 36, free, bold=True), 36, bold=True
        )
    big = f"{number(c.submitted)}/{number(c.owing)}"
    room = RIGHT - MARGIN - 28 - page.width(texts.CHART_COVERAGE, 38)
    size = min(108.0, 108 * room / page.width(big, 108, bold=True))
    beside = MARGIN + 28 + page.text(MARGIN, top + 170, big, size, colour=HEADER, bold=True)
    if c.owing:
        page.text(beside, top + 116, f"{percent(c.submitted, c.owing)}%", 48, colour=HEADER, bold=True)
    page.text(beside, top + 170, texts.CHART_COVERAGE, 38)
    _bar(page, top + 204, 30, c.submitted / c.owing if c.owing else 0)


def _totals(page: Page, top: float, summary: Summary) -> None:
    page.text(MARGIN, top + 40, texts.CHART_TOTALS, 38, bold=True)
    page.box(MARGIN - 16, top + 68, WIDTH - 2 * MARGIN + 32, 122 * len(summary.totals), CARD, round_by=18)
    for n, total in enumerate(summary.totals):
        _total(page, top + 68 + 122 * n, total)
        if n:
            page.box(MARGIN + 8, top + 68 + 122 * n, WIDTH - 2 * MARGIN - 16, 2, LINE)


def _total(page: Page, top: float, total: Total) -> None:
    words = texts.LABELS[total.name]
    if total.beside:
        words += " · " + texts.BESIDE[total.beside.name].format(value=number(total.beside.value))
    page.text(MARGIN + 8, top + 46, page.shortened(words, 33, RIGHT - MARGIN - 16), 33, colour=SOFT)
    figure = f"{number(total.value)} {texts.UNITS.get(total.name, '')}".rstrip()
    page.text(MARGIN + 8, top + 100, figure, 46, bold=True)
    moved = total.change_percent
    if moved is not None:
        arrow, colour = ("▲ ", UP) if moved > 0 else ("▼ ", DOWN) if moved < 0 else ("", SOFT)
        page.text(RIGHT - 8, top + 100, f"{arrow}{change(total)}", 36, colour=colour, bold=True, right=True)


def _superiors(page: Page, top: float, bars: list[_Bar]) -> None:
    if not bars:
        return
    page.text(MARGIN, top + 40, texts.CHART_SUPERIORS, 38, bold=True)
    for n, bar in enumerate(bars):
        base = top + 106 + 82 * n
        count = f"{number(bar.submitted)}/{number(bar.owing)}"
        page.text(RIGHT, base, count, 36, bold=True, right=True)
        room = RIGHT - MARGIN - 140
        page.text(MARGIN, base, page.shortened(bar.name, 35, room), 35)
        _bar(page, base + 16, 18, bar.submitted / bar.owing if bar.owing else 0)


def _bar(page: Page, y: float, height: float, share: float) -> None:
    page.box(MARGIN, y, RIGHT - MARGIN, height, REST, round_by=height / 2)
    if share:
        page.box(MARGIN, y, max((RIGHT - MARGIN) * share, height), height, BAR, round_by=height / 2)


def _bars(superiors: tuple[Superior, ...]) -> list[_Bar]:
    bars = [_Bar(s.name or texts.NO_SUPERIOR, s.coverage.submitted, s.coverage.owing) for s in superiors]
    if len(bars) <= MAX_BARS:
        return bars
    kept, rest = bars[: MAX_BARS - 1], bars[MAX_BARS - 1 :]
    others = texts.CHART_OTHERS.format(count=len(rest))
    return [*kept, _Bar(others, sum(b.submitted for b in rest), sum(b.owing for b in rest))]


def _notes(summary: Summary) -> list[str]:
    now = texts.NOW if summary.organisation == "now" else ""
    said = (now, compared(summary), stage_line(summary))
    return [line for words in said for line in _wrapped(words, 56)]


def _wrapped(words: str, width: int) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line
