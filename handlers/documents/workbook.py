"""The consolidated table as an Excel workbook: totals, one row a unit, and names of the missing for those entitled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from handlers import digest_texts as texts
from handlers.behalf_texts import SOURCES
from handlers.digest_lines import assessment, compared, stage_line
from handlers.documents import sheets
from handlers.documents.sheets import COUNT, Row
from handlers.engine.spelling import month
from handlers.rights_texts import ROLE_NAMES
from handlers.showing import moment
from storage.coverage import MissingUnit
from storage.reviewing import ToReview
from storage.summary import Summary, Total

SHARE, CHANGE = "0.0%", "+0.0%;-0.0%;0.0%"


def write(
    summary: Summary,
    table: pd.DataFrame,
    missing: Sequence[MissingUnit] | None = None,
    review: Sequence[ToReview] = (),
) -> bytes:
    """The workbook; `missing` and `review` add sheets with names of units, only for readers entitled to them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _totals(sheets.add(book, texts.SHEET_TOTALS), summary)
    _units(sheets.add(book, texts.SHEET_UNITS), table, entitled=missing is not None)
    if missing is not None:
        _missing(sheets.add(book, texts.SHEET_MISSING), missing)
    if review:
        _review(sheets.add(book, texts.SHEET_REVIEW), review)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# ── Tổng hợp ────────────────────────────────────────────────────────────────────────────────────────


def _totals(sheet: Worksheet, summary: Summary) -> None:
    scope = f" – {summary.scope.name}" if summary.scope else ""
    sheet.cell(1, 1, sheets.safe(texts.SHEET_TITLE + scope)).font = Font(bold=True, size=14)
    period = texts.PERIOD.format(period=month(summary.period_key))
    now = f"{texts.NOW} " if summary.organisation == "now" else ""
    sheet.cell(2, 1, f"{period} ({texts.AS_OF.format(at=moment(summary.at))}). {now}{stage_line(summary)}")
    row = 4
    for heading, rows, formats in _blocks(summary):
        if heading:
            sheets.heading(sheet, row, heading)
            row += 1
        for values in rows:
            sheets.put(sheet, row, values, formats)
            row += 1
        row += 1
    sheet.cell(row, 1, compared(summary)).font = Font(italic=True)
    sheets.widths(sheet, (44, 14, 20, 22, 20, 14))
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


def _units(sheet: Worksheet, table: pd.DataFrame, *, entitled: bool) -> None:
    questions = [name for name in texts.LABELS if name in table.columns]
    chosen = [name for name in table.columns if str(name).startswith(f"{texts.ASSESSMENT_NAME}/")]
    names = [_with_unit(name) for name in questions]
    more = [*([texts.ASSESSMENT] if chosen else []), *([texts.BEHALF] if entitled else [])]
    sheets.heading(sheet, 1, (*texts.UNIT_COLUMNS, *names, *more))
    for number, (code, unit) in enumerate(table.iterrows(), 2):
        status = "late" if unit["status"] == "counted" and unit["late"] else unit["status"]
        figures = [_figure(unit[name]) for name in questions]
        said = ", ".join(
            texts.CHOICES.get(c, c) for name in chosen if unit[name] > 0 for c in [name.split("/")[1]]
        )
        last = [*([said or None] if chosen else []), *([_behalf(unit)] if entitled else [])]
        sheets.put(
            sheet, number, (str(code), _name(unit), unit["superior"], texts.STATUS[status], *figures, *last)
        )
    sheets.widths(sheet, (12, 40, 26, 18, *([15] * len(questions)), *([26] * len(more))))
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = sheet.dimensions


def _behalf(unit: pd.Series) -> str | None:
    """In which role, and from what, a report was entered on behalf; never who it was."""
    if not isinstance(unit.get("source"), str):
        return None
    role, source = unit["entered_by"], SOURCES[unit["source"]]
    return texts.ENTERED.format(role=ROLE_NAMES.get(role) or texts.SUPERIOR, source=source)


def _name(unit: pd.Series) -> str:
    """A unit that has gone without a successor says so, among those of today."""
    if pd.isna(unit.get("ended")) or unit["status"] == "ended":
        return str(unit["name"])
    return texts.ENDED.format(name=unit["name"], last=f"{unit['ended']:%d/%m/%Y}")


def _with_unit(name: str) -> str:
    unit = texts.UNITS.get(name)
    return f"{texts.LABELS[name]} ({unit})" if unit else texts.LABELS[name]


def _figure(value: Any) -> float | int | None:  # noqa: ANN401 - a cell of a table
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _missing(sheet: Worksheet, missing: Sequence[MissingUnit]) -> None:
    sheets.heading(sheet, 1, texts.MISSING_COLUMNS)
    for number, unit in enumerate(missing, 2):
        status = texts.STATUS["returned" if unit.returned else "missing"]
        sheets.put(sheet, number, (unit.code, unit.name, unit.superior, status))
    sheets.widths(sheet, (12, 48, 30, 22))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"


def _review(sheet: Worksheet, review: Sequence[ToReview]) -> None:
    """Numbers that units confirmed although they are unlike their earlier ones, and units with identical months."""
    sheets.heading(sheet, 1, texts.REVIEW_COLUMNS)
    for number, row in enumerate(review, 2):
        why = texts.DOUBTS.get(row.doubt, row.doubt) if row.question else texts.ALIKE_ROW
        label = _with_unit(row.question) if row.question in texts.LABELS else None
        values = (row.code, row.name, row.superior, label, row.number, why, row.note or None)
        sheets.put(sheet, number, values)
    sheets.widths(sheet, (12, 40, 26, 30, 16, 36, 48))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
