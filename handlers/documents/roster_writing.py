"""Writes a roster's workbook: the empty template, one with what is there, and one that says what is wrong."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from handlers import roster_texts as texts
from handlers.documents import roster_guide, sheets
from handlers.roster_layout import ACTS, FIGURE, MISTAKES, PEOPLE, UNITS, Column, Problem, Sheet, Table
from handlers.roster_words import written
from storage.roster import Standing

ROOM = 5_000
"""Rows with drop-downs below those that are filled."""
TYPED = ("code", "date", "month", "phone", "due_day")
"""Kinds of cells that stay as they are typed: Excel would take zeros off, and read 03/04 as it likes."""
MISTAKES_WIDTH = 60
FAULTY = PatternFill("solid", fgColor="F8D7DA")
FAULT_FONT = Font(name="Calibri", color="8B1A1A")
TOP = Alignment(vertical="top", wrap_text=True)

Cells = Mapping[str, Any]


def template(every: Sequence[Sheet], filled: Mapping[str, Sequence[Cells]] | None = None) -> bytes:
    """A workbook to fill in; `filled` has rows by sheet, of values by column."""
    book = _book(every)
    for sheet in every:
        page = sheets.add(book, sheet.title)
        rows = (filled or {}).get(sheet.key, ())
        sheets.heading(page, 1, [column.header for column in sheet.columns])
        for number, row in enumerate(rows, 2):
            for at, column in enumerate(sheet.columns, 1):
                _put(page, number, at, row.get(column.key), column)
        _dress(page, list(sheet.columns), 1, 1 + len(rows))
    return _saved(book)


def marked(tables: Sequence[Table], problems: Sequence[Problem]) -> bytes:
    """The workbook that was sent, row by row at its place, with a first column that says what is wrong."""
    book = _book([table.sheet for table in tables])
    by_row: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.sheet, problem.row].append(problem)
    first = None
    for table in tables:
        page = sheets.add(book, table.sheet.title)
        _write_marked(page, table, by_row)
        if first is None and any(sheet == table.sheet.key for sheet, _ in by_row):
            first = page
    if first is not None:
        book.active = book.index(first)
    return _saved(book)


def standing_rows(standing: Standing, today: date) -> dict[str, list[dict[str, Any]]]:
    """What the database holds, as rows of the template: sending it back changes nothing.

    A short name that is the name stays empty, so that it goes on being so after a rename.
    """
    living = [u for u in standing.units.values() if u.valid_to is None or u.valid_to >= today]
    codes = {unit.code for unit in living}
    units = [
        {name: written(name, getattr(unit, name)) for name in _UNIT_FIELDS}
        | ({"short_name": ""} if unit.short_name == unit.name else {})
        | {FIGURE + question: number for question, number in unit.figures.items()}
        for unit in living
    ]
    people = [
        {
            "name": standing.people[post.person_id].name,
            "phone": written("phone", "; ".join(sorted(standing.people[post.person_id].numbers))),
            "unit": post.unit,
            "role": written("role", post.role),
            "title": post.title,
            "full_time": written("full_time", standing.people[post.person_id].full_time),
            "from": written("from", post.valid_from),
            "to": written("to", post.valid_to),
        }
        for post in standing.posts
        if post.unit in codes
        and post.person_id in standing.people
        and (post.valid_to is None or post.valid_to >= today)
    ]
    return {UNITS: units, PEOPLE: people, ACTS: []}


_UNIT_FIELDS = (
    "code", "name", "short_name", "kind", "industry_type", "parent", "valid_from", "reports_from", "due_day",
)  # fmt: skip


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────


def _book(every: Sequence[Sheet]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    roster_guide.write(sheets.add(book, texts.GUIDE_SHEET), every)
    return book


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_marked(page: Worksheet, table: Table, by_row: Mapping[tuple[str, int], Sequence[Problem]]) -> None:
    kept = [(at, key) for at, key in enumerate(table.keys) if key != MISTAKES]
    columns = [table.sheet.by_key.get(key) for _, key in kept]
    names = [table.headers[at] for at, _ in kept]
    sheets.heading(page, table.header_row, [texts.MISTAKES, *names])
    last = table.header_row
    for number, cells in table.lines:
        last = number
        wrong = by_row.get((table.sheet.key, number), ())
        if wrong:
            said = page.cell(number, 1, sheets.safe("\n".join(problem.words for problem in wrong)))
            said.fill, said.font, said.alignment = FAULTY, FAULT_FONT, TOP
            lines = sum(1 + len(problem.words) // MISTAKES_WIDTH for problem in wrong)
            page.row_dimensions[number].height = 15 * lines + 3
        faulty = {problem.column for problem in wrong}
        for place, ((at, key), column) in enumerate(zip(kept, columns, strict=True), 2):
            cell = _put(page, number, place, cells[at], column)
            if wrong:
                cell.alignment = TOP
            if key and key in faulty:
                cell.fill = FAULTY
    _dress(page, [None, *columns], table.header_row, last)
    page.column_dimensions["A"].width = MISTAKES_WIDTH


def _put(page: Worksheet, row: int, at: int, value: Any, column: Column | None) -> Any:  # noqa: ANN401 - a cell
    """One cell; text that Excel could run, or change, stays text."""
    cell: Any = page.cell(row, at)
    if value is None or value == "":
        pass
    elif isinstance(value, str):
        cell.value = sheets.safe(value)
    elif isinstance(value, datetime | date):
        cell.value = f"{value:%d/%m/%Y}"
    else:
        cell.value = value
    if column is not None and column.kind in TYPED:
        cell.number_format = "@"
    return cell


def _dress(page: Worksheet, columns: Sequence[Column | None], header_row: int, last: int) -> None:
    """Widths, drop-downs, a header that stays, and empty rows that keep what is typed."""
    for at, column in enumerate(columns, 1):
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = column.width if column else 18
        if column is None:
            continue
        if column.kind in TYPED:
            page.column_dimensions[letter].number_format = "@"
        if column.choices:
            _offer(page, column, f"{letter}{header_row + 1}:{letter}{last + ROOM}")
    page.row_dimensions[header_row].height = 48
    page.freeze_panes = f"C{header_row + 1}"
    page.print_title_rows = f"{header_row}:{header_row}"
    page.auto_filter.ref = f"A{header_row}:{get_column_letter(len(columns))}{max(last, header_row + 1)}"


def _offer(page: Worksheet, column: Column, cells: str) -> None:
    """A drop-down; what is typed beside it is refused by Excel and named by us."""
    listed = ",".join(column.choices.values())
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
    offer.error, offer.errorTitle = texts.PICK, texts.PICK_TITLE
    offer.add(cells)
    page.add_data_validation(offer)
