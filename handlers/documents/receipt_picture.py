"""The receipt as a picture: 1080 pixels wide, few colours, so that it is small and legible on any phone."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import segno
from PIL import Image, ImageColor, ImageDraw, ImageFont

from handlers.afterwards_texts import ON_PICTURE
from handlers.sheet import Sheet

WIDTH, MARGIN = 1080, 56
RIGHT = WIDTH - MARGIN
MOST_ROWS = 12
PAPER, INK, SOFT, LINE = "#ffffff", "#1d2b33", "#56646c", "#d5dcdc"
HEADER, ON_HEADER, MARK = "#1f5a66", "#d6e8ea", "#e0eeea"
EDGES = ((INK, PAPER, 1), (SOFT, PAPER, 1), (HEADER, PAPER, 1))
"""Letters, what they stand on, and how many shades are kept between the two: each makes the file larger."""
QR = 236

Font = ImageFont.FreeTypeFont


def draw(sheet: Sheet) -> bytes:
    """A PNG: whose report of which month, its code and time, the figures, and how to check it."""
    page = _Page(sheet)
    height = page.lay_out()
    image = Image.new("RGB", (WIDTH, height), PAPER)
    page.pen = ImageDraw.Draw(image)
    page.lay_out()
    image.paste(_qr(sheet), (RIGHT - QR, page.qr_top))
    out = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", compress_level=6)
    return out.getvalue()


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """Our own colours: those that a program would choose leave out the thin lines."""
    colours = [ImageColor.getrgb(colour)[:3] for colour in (PAPER, INK, SOFT, LINE, HEADER, ON_HEADER, MARK)]
    for ends in EDGES:
        one, other = (ImageColor.getrgb(colour) for colour in ends[:2])
        for step in range(1, ends[2] + 1):
            part = step / (ends[2] + 1)
            red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
            colours.append((red, green, blue))
    few = Image.new("P", (1, 1))
    # More than 16 make a byte of each pixel, and a letter the same bytes wherever it stands: that packs better.
    colours += colours[:1] * (17 - len(colours))
    few.putpalette([part for colour in colours for part in colour])
    return few


@lru_cache(maxsize=64)
def font(size: int, *, bold: bool = False) -> Font:
    """The typeface that comes with matplotlib: it has every Vietnamese letter, and is there on every machine."""
    found = find_spec("matplotlib")
    folder = Path(found.origin or "").parent if found else Path()
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(
        folder / "mpl-data/fonts/ttf" / name, size, layout_engine=ImageFont.Layout.BASIC
    )


def _qr(sheet: Sheet) -> Image.Image:
    """What one would type, so that it need not be typed; without marks, as every reader of codes shows it right."""
    matrix = segno.make(f"KIEM TRA {sheet.code} {sheet.check}", error="m", boost_error=False).matrix
    side = len(matrix)
    dots = Image.new("1", (side + 4, side + 4), 1)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            dots.putpixel((x + 2, y + 2), 0 if dark else 1)
    return dots.convert("RGB").resize((QR, QR), Image.Resampling.NEAREST)


class _Page:
    """Lays a sheet out from the top; without a pen it only measures."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.pen: ImageDraw.ImageDraw | None = None
        self.qr_top = 0

    def lay_out(self) -> int:
        """Draw, or measure; the height that it takes."""
        y = self._head()
        y = self._facts(y + 34)
        y = self._figures(y + 26)
        return self._foot(y + 30)

    # ── parts ───────────────────────────────────────────────────────────────────────────────────────

    def _head(self) -> int:
        names = _wrapped(self.sheet.unit, font(42, bold=True), RIGHT - MARGIN, 3)
        height = 106 + 54 * len(names)
        self._box(0, 0, WIDTH, height, HEADER)
        self._text(MARGIN, 70, ON_PICTURE["title"].format(period=self.sheet.period), 36, ON_HEADER)
        for n, name in enumerate(names):
            self._text(MARGIN, 128 + 54 * n, name, 42, "white", bold=True)
        return height

    def _facts(self, top: int) -> int:
        self._text(MARGIN, top + 52, self.sheet.code, 54, HEADER, bold=True)
        wide = round(font(30, bold=True).getlength(self.sheet.version)) + 44
        self._box(RIGHT - wide, top + 2, RIGHT, top + 58, MARK, 28)
        self._text(RIGHT - 22, top + 41, self.sheet.version, 30, HEADER, bold=True, right=True)
        facts = ((ON_PICTURE["received"], self.sheet.received), (ON_PICTURE["by"], self.sheet.by))
        for y, (what, words) in zip((top + 114, top + 162), facts, strict=True):
            self._text(MARGIN, y, what, 32, SOFT)
            self._text(
                MARGIN + 190, y, _shortened(words, font(32, bold=True), RIGHT - MARGIN - 190), 32, bold=True
            )
        return top + 172

    def _figures(self, top: int) -> int:
        rows, more = self.sheet.rows[:MOST_ROWS], len(self.sheet.rows) - MOST_ROWS
        heights = [self._row_height(*row) for row in rows]
        y = top
        for row, height in zip(rows, heights, strict=True):
            self._box(MARGIN, y, RIGHT, y + 2, LINE)
            self._row(y, *row)
            y += height
        notes = [ON_PICTURE["more"].format(n=more)] if more > 0 else []
        notes += [ON_PICTURE["rest"]] if self.sheet.rest else []
        for note in notes:
            y += 46
            self._text(MARGIN, y + 4, note, 30, SOFT)
        return y + 4

    def _row_height(self, what: str, value: str) -> int:
        return 68 if self._fits(what, value) else 68 + 46 * len(self._value_lines(value))

    def _fits(self, what: str, value: str) -> bool:
        beside = font(32).getlength(what) + 32 + font(36, bold=True).getlength(value)
        return beside <= RIGHT - MARGIN

    def _value_lines(self, value: str) -> list[str]:
        return _wrapped(value, font(34, bold=True), RIGHT - MARGIN, 3)

    def _row(self, top: int, what: str, value: str) -> None:
        self._text(MARGIN, top + 46, _shortened(what, font(32), RIGHT - MARGIN), 32, SOFT)
        if self._fits(what, value):
            self._text(RIGHT, top + 47, value, 36, bold=True, right=True)
            return
        for n, line in enumerate(self._value_lines(value)):
            self._text(MARGIN, top + 94 + 46 * n, line, 34, bold=True)

    def _foot(self, top: int) -> int:
        self._box(MARGIN, top, RIGHT, top + 2, LINE)
        self.qr_top = top + 26
        self._text(MARGIN, top + 58, ON_PICTURE["check"], 32, SOFT)
        self._text(MARGIN, top + 124, self.sheet.check, 60, HEADER, bold=True)
        self._text(MARGIN, top + 178, ON_PICTURE["how"], 28, SOFT)
        self._text(MARGIN, top + 220, ON_PICTURE["say"].format(code=self.sheet.code), 32, bold=True)
        self._text(MARGIN, top + 258, self.sheet.check, 32, bold=True)
        self._text(MARGIN, top + 26 + QR + 56, ON_PICTURE["foot"], 26, SOFT)
        return top + 26 + QR + 84

    # ── strokes ─────────────────────────────────────────────────────────────────────────────────────

    def _text(  # noqa: PLR0913 - place, words and looks
        self,
        x: int,
        y: int,
        words: str,
        size: int,
        colour: str = INK,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        """One line, its baseline at y."""
        if self.pen:
            self.pen.text((x, y), words, colour, font(size, bold=bold), anchor="rs" if right else "ls")

    def _box(self, left: int, top: int, right: int, bottom: int, colour: str, round_by: int = 0) -> None:  # noqa: PLR0913 - likewise
        if self.pen:
            self.pen.rounded_rectangle((left, top, right - 1, bottom - 1), round_by, fill=colour)


def _wrapped(words: str, font: Font, room: int, most: int) -> list[str]:
    """At most so many lines; what is left over ends in an ellipsis."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room or not lines[-1] or len(lines) == most:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_shortened(line, font, room) for line in lines]


def _shortened(words: str, font: Font, room: int) -> str:
    if font.getlength(words) <= room:
        return words
    kept = words
    while kept and font.getlength(f"{kept}…") > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
