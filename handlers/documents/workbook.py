"""The consolidated table as an Excel workbook: totals, one row a unit, and names of the missing for those entitled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers import digest_texts as texts
from handlers.digest import assessment, compared, stage_line
from handlers.digest_numbers import moment
from handlers.engine.spelling import month
from storage.coverage import MissingUnit
from storage.summary import Summary, Total

COUNT, SHARE, CHANGE = "#,##0", "0.0%", "+0.0%;-0.0%;0.0%"
HEADING = PatternFill("solid", fgColor="1F5A66")
HAIR = Border(bottom=Side(style="hair", color="B7B4AA"))

Row = Sequence[str | float | int | None]


def write(summary: Summary, table: pd.DataFrame, missing: Sequence[MissingUnit] | None = None) -> bytes:
    """The workbook; `missing` adds the sheet with names of units and is given only for readers entitled to them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _totals(_sheet(book, texts.SHEET_TOTALS), summary)
    _units(_sheet(book, texts.SHEET_UNITS), table)
    if missing is not None:
        _missing(_sheet(book, texts.SHEET_MISSING), missing)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe(words: str) -> str:
    """Text that no spreadsheet takes for a formula, and without what a file cannot hold."""
    words = ILLEGAL_CHARACTERS_RE.sub("", words)
    # Some programs drop blanks in front before they look, and read the wide signs like the plain ones.
    bare = words.lstrip()
    risky = words.startswith(("\t", "\r", "\n")) or bare.startswith(
        ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    )
    return f"'{words}" if risky else words


def _sheet(book: Workbook, title: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=texts.PAGE))
    return sheet


def _put(sheet: Worksheet, row: int, values: Row, formats: Sequence[str] = ()) -> None:
    for column, value in enumerate(values, 1):
        if value is None:
            continue
        cell = sheet.cell(row, column, safe(value) if isinstance(value, str) else value)
        cell.border = HAIR
        cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
        if not isinstance(value, str):
            cell.number_format = formats[column - 1] if column <= len(formats) else COUNT


def _heading(sheet: Worksheet, row: int, names: Sequence[str]) -> None:
    for column, name in enumerate(names, 1):
        cell = sheet.cell(row, column, safe(name))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = HEADING
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


# ── Tổng hợp ────────────────────────────────────────────────────────────────────────────────────────


def _totals(sheet: Worksheet, summary: Summary) -> None:
    scope = f" – {summary.scope.name}" if summary.scope else ""
    sheet.cell(1, 1, safe(texts.SHEET_TITLE + scope)).font = Font(bold=True, size=14)
    period = texts.PERIOD.format(period=month(summary.period_key))
    sheet.cell(2, 1, f"{period} ({texts.AS_OF.format(at=moment(summary.at))}). {stage_line(summary)}")
    row = 4
    for heading, rows, formats in _blocks(summary):
        if heading:
            _heading(sheet, row, heading)
            row += 1
        for values in rows:
            _put(sheet, row, values, formats)
            row += 1
        row += 1
    sheet.cell(row, 1, compared(summary)).font = Font(italic=True)
    _widths(sheet, (44, 14, 20, 22, 20, 14))
    sheet.freeze_panes = "A4"


def _blocks(summary: Summary) -> list[tuple[Sequence[str], list[Row], Sequence[str]]]:
    """Heading, rows and number formats of each part of the first sheet."""
    c = summary.coverage
    coverage: list[Row] = [(label, None, getattr(c, name)) for name, label in texts.COVERAGE_ROWS.items()]
    share: list[Row] = [(texts.SHARE, None, c.submitted / c.owing)] if c.owing else []
    every = [one for total in summary.totals for one in (total, total.beside) if one]
    others = (summary.initiatives, summary.obstacles, summary.obstacles_overdue)
    return [
        (texts.COVERAGE_COLUMNS, coverage, ()),
        ((), share, ("", "", SHARE)),
        (texts.TOTAL_COLUMNS, [_total(one) for one in every], ("", "", COUNT, COUNT, COUNT, CHANGE)),
        (texts.STOCK_COLUMNS, [(texts.LABELS[s.name], None, s.value, s.units) for s in summary.stocks], ()),
        (texts.ASSESSMENT_COLUMNS, [(texts.CHOICES.get(k, k), None, n) for k, n in assessment(summary)], ()),
        (
            texts.OTHER_COLUMNS,
            [(label, None, n) for label, n in zip(texts.OTHER_COUNTS, others, strict=True)],
            (),
        ),
        (texts.SUPERIOR_COLUMNS, _superiors(summary), ("", COUNT, COUNT, COUNT, COUNT, SHARE)),
    ]


def _total(total: Total) -> Row:
    moved = total.change_percent
    return (
        texts.LABELS[total.name],
        texts.UNITS.get(total.name, ""),
        total.value,
        total.compared if total.previous is not None else None,
        total.previous,
        None if moved is None else moved / 100,
    )


def _superiors(summary: Summary) -> list[Row]:
    rows = [(s.name or texts.NO_SUPERIOR, s.coverage) for s in summary.by_superior]
    return [(n, c.owing, c.submitted, c.missing, c.returned, c.submitted / c.owing) for n, c in rows]


# ── Theo đơn vị, Chưa báo cáo ───────────────────────────────────────────────────────────────────────


def _units(sheet: Worksheet, table: pd.DataFrame) -> None:
    questions = [name for name in texts.LABELS if name in table.columns]
    chosen = [name for name in table.columns if str(name).startswith(f"{texts.ASSESSMENT_NAME}/")]
    names = [_with_unit(name) for name in questions]
    _heading(sheet, 1, (*texts.UNIT_COLUMNS, *names, *([texts.ASSESSMENT] if chosen else [])))
    for number, (code, unit) in enumerate(table.iterrows(), 2):
        status = "late" if unit["status"] == "counted" and unit["late"] else unit["status"]
        figures = [_figure(unit[name]) for name in questions]
        said = ", ".join(
            texts.CHOICES.get(c, c) for name in chosen if unit[name] > 0 for c in [name.split("/")[1]]
        )
        _put(
            sheet,
            number,
            (str(code), unit["name"], unit["superior"], texts.STATUS[status], *figures, said or None),
        )
    _widths(sheet, (12, 40, 26, 18, *([15] * (len(questions) + 1))))
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = sheet.dimensions


def _with_unit(name: str) -> str:
    unit = texts.UNITS.get(name)
    return f"{texts.LABELS[name]} ({unit})" if unit else texts.LABELS[name]


def _figure(value: Any) -> float | int | None:  # noqa: ANN401 - a cell of a table
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _missing(sheet: Worksheet, missing: Sequence[MissingUnit]) -> None:
    _heading(sheet, 1, texts.MISSING_COLUMNS)
    for number, unit in enumerate(missing, 2):
        status = texts.STATUS["returned" if unit.returned else "missing"]
        _put(sheet, number, (unit.code, unit.name, unit.superior, status))
    _widths(sheet, (12, 48, 30, 22))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
