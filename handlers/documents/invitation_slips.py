"""Invitations to be printed and cut: eight slips on an A4 page, each with a QR code, the code and the steps."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import segno
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from handlers import inviting, inviting_texts, joining_texts
from handlers.inviting import Invited
from handlers.showing import clip, post
from storage.doors import Door

ACROSS, DOWN = 2, 4
PAGE, MARGIN = (21.0, 29.7), 1.0
HEIGHT = 6.85
"""Centimetres: four rows and the last paragraph fill a page."""
QR, WORDS = 3.0, 6.5
"""Centimetres of a slip's two columns; without a link the words have nearly all."""
BARE = 0.3
LONGEST_UNIT = 72
FONT = "Times New Roman"
SIZES = {"office": 8.0, "title": 8.0, "name": 12.5, "post": 9.0, "code": 17.0, "steps": 8.5, "until": 8.0}
"""Points."""


def write(invited: Sequence[Invited], door: Door, office: str, until: str) -> bytes:
    """A document with a slip for each person."""
    document = docx.Document()
    _page(document)
    per_page = ACROSS * DOWN
    pages = [invited[start : start + per_page] for start in range(0, len(invited), per_page)]
    for number, people in enumerate(pages):
        if number:
            _tiny(document.add_paragraph()).paragraph_format.page_break_before = True
        table = _table(document, -(-len(people) // ACROSS), QR if people[0].link else BARE)
        cells = [cell for row in table.rows for cell in row.cells]
        for place, one in enumerate(people):
            _slip(cells[2 * place], cells[2 * place + 1], one, door, office, until)
    body = io.BytesIO()
    document.save(body)
    return body.getvalue()


def code_of(link: str) -> segno.QRCode:
    """The QR code of a link; a fold or a smudge does not spoil it."""
    return segno.make_qr(link, error="m")


# ── a page ──────────────────────────────────────────────────────────────────────────────────────────


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(side) for side in PAGE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    section.header_distance = section.footer_distance = Cm(0.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(9)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def _table(document: Document, rows: int, narrow: float) -> Table:
    table: Table = document.add_table(rows=rows, cols=2 * ACROSS)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Cm(WORDS + QR - narrow), Cm(narrow)] * ACROSS
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        row.height, row.height_rule = Cm(HEIGHT), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return table


def _cut_here(cell: _Cell, *sides: str) -> None:
    """A dashed line where the scissors go."""
    borders = OxmlElement("w:tcBorders")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - python-docx has no word for borders


def _tiny(paragraph: Paragraph) -> Paragraph:
    """A paragraph that takes hardly any room: between two tables there must be one."""
    paragraph.add_run().font.size = Pt(1)
    paragraph.paragraph_format.line_spacing = Pt(1)
    return paragraph


# ── a slip ──────────────────────────────────────────────────────────────────────────────────────────


def _slip(left: _Cell, right: _Cell, one: Invited, door: Door, office: str, until: str) -> None:  # noqa: PLR0913
    _cut_here(left, "top", "left", "bottom")
    _cut_here(right, "top", "bottom", "right")
    first = left.paragraphs[0]
    _write(first, "office", office)
    _write(left.add_paragraph(), "title", inviting_texts.SLIP_TITLE, bold=True)
    _write(left.add_paragraph(), "name", one.name, bold=True, before=4)
    _write(left.add_paragraph(), "post", post(one.role, clip(one.unit, LONGEST_UNIT)))
    code = _write(left.add_paragraph(), "steps", inviting_texts.SLIP_CODE, before=4)
    run = code.add_run(one.code)
    run.bold, run.font.size, run.font.name = True, Pt(SIZES["code"]), "Courier New"
    for step in _steps(one, door):
        _write(left.add_paragraph(), "steps", step, before=1)
    _write(
        left.add_paragraph(), "until", inviting_texts.SLIP_UNTIL.format(until=until), italic=True, before=3
    )
    if one.link:
        _draw(right, one.link)
        for line in _beside(door):
            _write(right.add_paragraph(), "until", line, before=2).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _steps(one: Invited, door: Door) -> list[str]:
    how, platform = inviting.how(door), joining_texts.PLATFORMS.get(door.channel, "")
    opens = inviting_texts.SLIP_OPEN.format(platform=platform) if platform else inviting_texts.SLIP_PRESS
    steps = inviting_texts.SLIP_STEPS if one.link else inviting_texts.SLIP_STEPS_CODES
    return [step.format(open=opens, how=how[0].upper() + how[1:]) for step in steps]


def _beside(door: Door) -> list[str]:
    """What stands under the picture: the bot by name for whoever cannot scan, and what is needed at all."""
    platform = joining_texts.PLATFORMS.get(door.channel, "")
    first = [inviting_texts.SLIP_FIRST.format(platform=platform)] if platform else []
    return [inviting_texts.SLIP_QR, inviting_texts.SLIP_ELSE.format(how=inviting.how(door)), *first]


def _write(  # noqa: PLR0913 - one line, all its looks
    paragraph: Paragraph,
    size: str,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
) -> Paragraph:
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(SIZES[size])
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def _draw(cell: _Cell, link: str) -> None:
    picture = io.BytesIO()
    code_of(link).save(picture, kind="png", scale=5, border=2)
    picture.seek(0)
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run().add_picture(picture, width=Cm(QR - 0.6))
