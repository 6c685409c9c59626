"""Sheets of a workbook: rows, headings, widths, and text that no spreadsheet runs."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers import digest_texts as texts

COUNT = "#,##0"
HEADING = PatternFill("solid", fgColor="1F5A66")
HAIR = Border(bottom=Side(style="hair", color="B7B4AA"))

Row = Sequence[str | float | int | None]


def safe(words: str) -> str:
    """Text that no spreadsheet takes for a formula, and without what a file cannot hold."""
    words = ILLEGAL_CHARACTERS_RE.sub("", words)
    # Some programs drop blanks in front before they look, and read the wide signs like the plain ones.
    bare = words.lstrip()
    risky = words.startswith(("\t", "\r", "\n")) or bare.startswith(
        ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    )
    return f"'{words}" if risky else words


def add(book: Workbook, title: str) -> Worksheet:
    """A sheet that prints on A4 across, with page numbers."""
    sheet: Worksheet = book.create_sheet(title)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=texts.PAGE))
    return sheet


def put(sheet: Worksheet, row: int, values: Row, formats: Sequence[str] = ()) -> None:
    """Write one row; a format counts for numbers only."""
    for column, value in enumerate(values, 1):
        if value is None:
            continue
        cell = sheet.cell(row, column, safe(value) if isinstance(value, str) else value)
        cell.border = HAIR
        cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
        if not isinstance(value, str):
            cell.number_format = formats[column - 1] if column <= len(formats) else COUNT


def heading(sheet: Worksheet, row: int, names: Sequence[str]) -> None:
    """Write the names of columns."""
    for column, name in enumerate(names, 1):
        cell = sheet.cell(row, column, safe(name))
        cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
        cell.fill = HEADING
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def widths(sheet: Worksheet, wide: Sequence[float]) -> None:
    """Set the columns' widths, in characters."""
    for column, width in enumerate(wide, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
