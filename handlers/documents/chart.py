"""The digest as a picture: 1080 pixels wide and legible on a phone that shows it at a third of that."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from handlers import digest_texts as texts
from handlers.digest import compared, stage_line
from handlers.digest_numbers import change, moment, number, percent
from handlers.engine.spelling import month
from storage.summary import Summary, Superior, Total

WIDTH = 1080
DPI = 144
MARGIN = 56
RIGHT = WIDTH - MARGIN
MAX_BARS = 16
"""More superiors than fit a phone's screen or two are drawn as one bar."""

PAPER, CARD, INK, SOFT, LINE = "#f4f2ec", "#ffffff", "#1d2b33", "#56646c", "#dcd9cf"
HEADER, BAR, REST, UP, DOWN = "#1f5a66", "#2f8073", "#dbe6e2", "#2b7460", "#9a5b2b"
MARK_COLOURS = {"provisional": "#f2c266", "record": "#bcdde0", "final": "#bfe0c4"}


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    submitted: int
    owing: int


class _Page:
    """A page measured in pixels from its upper left corner."""

    def __init__(self, height: int) -> None:
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self.renderer: RendererAgg = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self.axes.set_axis_off()

    def box(  # noqa: PLR0913 - place, size and looks
        self, x: float, y: float, width: float, height: float, colour: str, *, round_by: float = 0
    ) -> None:
        """A filled rectangle."""
        style = (
            f"round,pad=0,rounding_size={min(round_by, width / 2, height / 2)}"
            if round_by
            else "square,pad=0"
        )
        self.axes.add_patch(
            FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=colour, linewidth=0)
        )

    def text(  # noqa: PLR0913 - place, words and looks
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = INK,
        bold: bool = False,
        right: bool = False,
    ) -> float:
        """One line, its baseline at y, its height in pixels; how wide it came out."""
        drawn = self.axes.text(
            x, y, words, fontsize=size * 72 / DPI, color=colour, fontweight="bold" if bold else "normal",
            ha="right" if right else "left", va="baseline", parse_math=False,
        )  # fmt: skip
        return float(drawn.get_window_extent(self.renderer).width)

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How wide a line would be."""
        wide = self.text(0, 0, words, size, bold=bold)
        self.axes.texts[-1].remove()
        return wide

    def png(self) -> bytes:
        """The page as a file."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", dpi=DPI, facecolor=PAPER, metadata={"Software": None})
        return out.getvalue()


def draw(summary: Summary) -> bytes:
    """A PNG: coverage, five totals with their change, and how many reports have come under each superior."""
    bars = _bars(summary.by_superior)
    heights = (228, 274, 112 + 122 * len(summary.totals), (110 + 82 * len(bars)) if bars else 0)
    tops = list(accumulate(heights, initial=0))
    notes = _notes(summary)
    page = _Page(tops[-1] + 44 + 46 * len(notes) + 20)
    _header(page, summary)
    _headline(page, tops[1], summary)
    _totals(page, tops[2], summary)
    _superiors(page, tops[3], bars)
    for n, line in enumerate(notes):
        page.text(MARGIN, tops[-1] + 58 + 46 * n, line, 32, colour=SOFT)
    return page.png()


def _header(page: _Page, summary: Summary) -> None:
    page.box(0, 0, WIDTH, 200, HEADER)
    page.text(MARGIN, 86, texts.TITLE, 52, colour="white", bold=True)
    period = texts.PERIOD.format(period=month(summary.period_key))
    page.text(MARGIN, 154, f"{period} · {texts.AS_OF.format(at=moment(summary.at))}", 40, colour="#e3eff0")


def _mark(page: _Page, y: float, summary: Summary) -> float:
    """How firm the figures are, on a tag at the right edge; where it begins."""
    words = texts.MARKS[summary.stage]
    wide = page.width(words, 31, bold=True) + 48
    page.box(RIGHT - wide, y, wide, 56, MARK_COLOURS[summary.stage], round_by=28)
    page.text(RIGHT - 24, y + 39, words, 31, bold=True, right=True)
    return RIGHT - wide


def _headline(page: _Page, top: float, summary: Summary) -> None:
    c = summary.coverage
    free = _mark(page, top, summary) - MARGIN - 24
    if summary.scope:
        page.text(
            MARGIN, top + 39, _short(page, summary.scope.short_name, 36, free, bold=True), 36, bold=True
        )
    big = f"{number(c.submitted)}/{number(c.owing)}"
    room = RIGHT - MARGIN - 28 - page.width(texts.CHART_COVERAGE, 38)
    size = min(108.0, 108 * room / page.width(big, 108, bold=True))
    beside = MARGIN + 28 + page.text(MARGIN, top + 170, big, size, colour=HEADER, bold=True)
    if c.owing:
        page.text(beside, top + 116, f"{percent(c.submitted, c.owing)}%", 48, colour=HEADER, bold=True)
    page.text(beside, top + 170, texts.CHART_COVERAGE, 38)
    _bar(page, top + 204, 30, c.submitted / c.owing if c.owing else 0)


def _totals(page: _Page, top: float, summary: Summary) -> None:
    page.text(MARGIN, top + 40, texts.CHART_TOTALS, 38, bold=True)
    page.box(MARGIN - 16, top + 68, WIDTH - 2 * MARGIN + 32, 122 * len(summary.totals), CARD, round_by=18)
    for n, total in enumerate(summary.totals):
        _total(page, top + 68 + 122 * n, total)
        if n:
            page.box(MARGIN + 8, top + 68 + 122 * n, WIDTH - 2 * MARGIN - 16, 2, LINE)


def _total(page: _Page, top: float, total: Total) -> None:
    words = texts.LABELS[total.name]
    if total.beside:
        words += " · " + texts.BESIDE[total.beside.name].format(value=number(total.beside.value))
    page.text(MARGIN + 8, top + 46, _short(page, words, 33, RIGHT - MARGIN - 16), 33, colour=SOFT)
    figure = f"{number(total.value)} {texts.UNITS.get(total.name, '')}".rstrip()
    page.text(MARGIN + 8, top + 100, figure, 46, bold=True)
    moved = total.change_percent
    if moved is not None:
        arrow, colour = ("▲ ", UP) if moved > 0 else ("▼ ", DOWN) if moved < 0 else ("", SOFT)
        page.text(RIGHT - 8, top + 100, f"{arrow}{change(total)}", 36, colour=colour, bold=True, right=True)


def _superiors(page: _Page, top: float, bars: list[_Bar]) -> None:
    if not bars:
        return
    page.text(MARGIN, top + 40, texts.CHART_SUPERIORS, 38, bold=True)
    for n, bar in enumerate(bars):
        base = top + 106 + 82 * n
        count = f"{number(bar.submitted)}/{number(bar.owing)}"
        page.text(RIGHT, base, count, 36, bold=True, right=True)
        room = RIGHT - MARGIN - 140
        page.text(MARGIN, base, _short(page, bar.name, 35, room), 35)
        _bar(page, base + 16, 18, bar.submitted / bar.owing if bar.owing else 0)


def _bar(page: _Page, y: float, height: float, share: float) -> None:
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
    return [line for words in (compared(summary), stage_line(summary)) for line in _wrapped(words, 56)]


def _wrapped(words: str, width: int) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line


def _short(page: _Page, words: str, size: float, room: float, *, bold: bool = False) -> str:
    """As much of a name as there is room for."""
    if page.width(words, size, bold=bold) <= room:
        return words
    kept = bisect_left(
        range(len(words)), x=True, key=lambda n: page.width(f"{words[:n]}…", size, bold=bold) > room
    )
    return f"{words[: kept - 1].rstrip()}…"
