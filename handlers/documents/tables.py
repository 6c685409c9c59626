"""Long tables as a workbook or as CSV files in a ZIP, written row by row: memory does not grow with them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from handlers import export_texts as texts
from handlers.documents import sheets

ROWS = 1_000_000
"""Rows of a sheet; Excel takes 1,048,576."""
DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
HEADING = PatternFill("solid", fgColor="1F5A66")
WIDE = 46
"""Characters that a column is wide at most."""

Cell = str | float | int | date | datetime | None
Table = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]
"""Title, columns, rows; moments are those of Hanoi, without a zone."""


def write_workbook(tables: Iterable[Table], target: Path) -> None:
    """An Excel workbook with a sheet a table; a table that is too long goes on in a further sheet."""
    book = Workbook(write_only=True)
    for title, columns, rows in tables:
        _sheets(book, title, columns, iter(rows))
    book.save(target)


def _sheets(book: Workbook, title: str, columns: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    number, left = 1, True
    while left:
        sheet = book.create_sheet(title if number == 1 else texts.CONTINUED.format(title=title, n=number))
        for column, name in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(column)].width = min(max(len(name) + 2, 12), WIDE)
        sheet.freeze_panes = "A2"
        sheet.append([_heading(sheet, name) for name in columns])
        left = False
        for place, row in enumerate(rows, 1):
            sheet.append([_cell(sheet, value) for value in row])
            if place == ROWS:
                left = True
                break
        number += 1


def _heading(sheet: Any, name: str) -> object:  # noqa: ANN401 - a sheet that is only written
    cell: Any = WriteOnlyCell(sheet, sheets.safe(name))
    cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEADING
    return cell


def _cell(sheet: Any, value: Cell) -> object:  # noqa: ANN401 - likewise
    if isinstance(value, str):
        return sheets.safe(value)
    if isinstance(value, date):
        cell: Any = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = MOMENT if isinstance(value, datetime) else DAY
        return cell
    return value


def write_csv(tables: Iterable[Table], target: Path) -> None:
    """A ZIP with a CSV file a table: UTF-8 with a mark in front, so that Excel reads its letters."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for title, columns, rows in tables:
            with (
                archive.open(f"{texts.FILES[title]}.csv", "w", force_zip64=True) as raw,
                io.TextIOWrapper(raw, "utf-8-sig", newline="") as file,
            ):
                lines = csv.writer(file)
                lines.writerow(sheets.safe(name) for name in columns)
                lines.writerows([_words(value) for value in row] for row in rows)


def _words(value: Cell) -> object:
    if isinstance(value, str):
        return sheets.safe(value)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
