"""A page of a picture, measured in pixels: boxes, lines of text, and how wide they come out."""

from __future__ import annotations

import io
from bisect import bisect_left

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

WIDTH = 1080
DPI = 144
MARGIN = 56
RIGHT = WIDTH - MARGIN
PAPER, INK = "#f4f2ec", "#1d2b33"


class Page:
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

    def shortened(self, words: str, size: float, room: float, *, bold: bool = False) -> str:
        """As much of a name as there is room for."""
        if self.width(words, size, bold=bold) <= room:
            return words
        kept = bisect_left(
            range(len(words)), x=True, key=lambda n: self.width(f"{words[:n]}…", size, bold=bold) > room
        )
        return f"{words[: kept - 1].rstrip()}…"

    def png(self) -> bytes:
        """The page as a file."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", dpi=DPI, facecolor=PAPER, metadata={"Software": None})
        return out.getvalue()
