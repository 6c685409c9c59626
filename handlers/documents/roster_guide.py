"""The guide in front of a roster: how to fill it in, column by column, with examples that are not read."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from handlers import roster_texts as texts
from handlers.documents import sheets
from handlers.roster_layout import FIGURE, Sheet

EXAMPLE = PatternFill("solid", fgColor="F1EFE8")
WRAPPED = Alignment(vertical="top", wrap_text=True)
WIDTHS = (14, 24, 14, 52, 30)
CHARACTERS = sum(WIDTHS)
"""Of a line that goes across all columns."""
LINE = 15.0
"""Height of a line, in points."""


def write(page: Worksheet, every: Sequence[Sheet]) -> None:
    """Fill the sheet."""
    page.cell(1, 1, texts.GUIDE_TITLE).font = Font(name="Calibri", bold=True, size=14)
    row = _paragraphs(page, 3, texts.GUIDE_STEPS)
    page.cell(row + 1, 1, texts.GUIDE_RULES_TITLE).font = Font(name="Calibri", bold=True)
    row = _paragraphs(page, row + 2, texts.GUIDE_RULES) + 1
    row = _columns(page, row, every) + 1
    for sheet in every:
        if sheet.key in texts.GUIDE_EXAMPLES:
            row = _examples(page, row, sheet) + 1
    sheets.widths(page, WIDTHS)
    page.sheet_view.showGridLines = False


def _paragraphs(page: Worksheet, row: int, lines: Sequence[str]) -> int:
    """Write sentences across all columns; the row below them."""
    for line in lines:
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        cell = page.cell(row, 1, line)
        cell.alignment = WRAPPED
        page.row_dimensions[row].height = LINE * (1 + len(line) // CHARACTERS)
        row += 1
    return row


def _columns(page: Worksheet, row: int, every: Sequence[Sheet]) -> int:
    sheets.heading(page, row, texts.GUIDE_COLUMNS)
    for sheet in every:
        for column in sheet.columns:
            row += 1
            key = FIGURE if column.key.startswith(FIGURE) else column.key
            needed, how, example = texts.NOTES[f"{sheet.key}.{key}"]
            options = "; ".join(column.choices.values())
            how += texts.OPTIONS.format(options=options) if options else ""
            sheets.put(page, row, (sheet.title, column.header, needed, how, example))
            page.row_dimensions[row].height = LINE * (1 + len(how) // WIDTHS[3])
    return row + 1


def _examples(page: Worksheet, row: int, sheet: Sheet) -> int:
    """Rows as they would look, one cell a line: the columns are too many for the guide."""
    page.cell(row, 1, f"{sheet.title} – {texts.GUIDE_EXAMPLE}").font = Font(name="Calibri", bold=True)
    for example in texts.GUIDE_EXAMPLES[sheet.key]:
        row += 1
        said = "   |   ".join(
            f"{column.header}: {example[column.key]}" for column in sheet.columns if column.key in example
        )
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        cell = page.cell(row, 1, said)
        cell.fill, cell.alignment = EXAMPLE, WRAPPED
        page.row_dimensions[row].height = LINE * (1 + len(said) // CHARACTERS)
    return row + 1
