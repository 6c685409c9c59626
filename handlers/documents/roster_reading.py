"""Reads a roster's workbook into plain rows: only our sheets, only values, and never more than a limit."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from openpyxl import load_workbook

from handlers import roster_texts as texts
from handlers.documents import roster_guard
from handlers.documents.roster_guard import Refused
from handlers.roster_layout import MISTAKES, PEOPLE, UNITS, Sheet, Table, folded

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LAST_ROW = 1_048_576
"""Of any sheet: whoever claims more lies."""
HEADER_WITHIN = 20
"""Rows in which the names of columns are looked for."""

LIKE = 3
"""Columns of ours by which a sheet is known under another name."""

Advance = Callable[[int, int], None]
"""Told now and then how many rows are done, of about how many."""


def read(body: bytes, sheets: Sequence[Sheet], advance: Advance) -> list[Table]:
    """The sheets of a roster in a file; raises Refused with a sentence for its sender."""
    about = roster_guard.look(body)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
        titles = list(book.sheetnames)
    except Exception as error:  # a broken file breaks the library in any way
        raise Refused(texts.NOT_XLSX) from error
    if len(titles) > roster_guard.MOST_SHEETS:
        raise Refused(texts.TOO_MANY_SHEETS.format(limit=roster_guard.MOST_SHEETS))
    done = _Counter(about, advance)
    tables = [_table(book, sheet, title, done) for sheet in sheets if (title := _title(titles, sheet))]
    _refuse_renamed(book, titles, sheets)
    if not any(table.sheet.key in (UNITS, PEOPLE) for table in tables):
        raise Refused(texts.NO_SHEET)
    if not any(table.lines for table in tables):
        raise Refused(texts.NO_ROWS)
    return tables


class _Counter:
    """Says every hundred rows how far it is."""

    def __init__(self, about: int, advance: Advance) -> None:
        self.done, self.about, self.advance = 0, about, advance

    def one(self) -> None:
        self.done += 1
        if self.done % 100 == 0:
            self.advance(self.done, max(self.done, self.about))


def _title(titles: Sequence[str], sheet: Sheet) -> str | None:
    found = [title for title in titles if folded(title) == folded(sheet.title)]
    if len(found) > 1:
        raise Refused(texts.TWO_SHEETS.format(sheet=sheet.title))
    return found[0] if found else None


def _refuse_renamed(book: Any, titles: Sequence[str], sheets: Sequence[Sheet]) -> None:  # noqa: ANN401 - as below
    """A sheet of ours under another name would be left out without a word; a copy beside the original may be."""
    for title in titles:
        meant = _meant(book[title], sheets)
        if meant and _title(titles, meant) is None:
            raise Refused(texts.RENAMED_SHEET.format(title=title[:40], sheet=meant.title))


def _meant(found: Any, sheets: Sequence[Sheet]) -> Sheet | None:  # noqa: ANN401 - a sheet, or a chart without rows
    """Which sheet of ours has these columns, whatever its name is."""
    if not hasattr(found, "iter_rows"):
        return None
    rows = found.iter_rows(max_row=HEADER_WITHIN, max_col=MOST_COLUMNS, values_only=True)
    for cells in rows:
        names = {folded(cell) for cell in cells if isinstance(cell, str)}
        best = max(sheets, key=lambda sheet: len(names & sheet.by_header.keys()))
        if len(names & best.by_header.keys()) >= LIKE:
            return best
    return None


def _table(book: Any, sheet: Sheet, title: str, done: _Counter) -> Table:  # noqa: ANN401 - openpyxl's read-only book
    """One sheet; what breaks the library is a broken file."""
    try:
        rows = _filled(book[title], sheet, done)
        header_row, headers = _header(rows, sheet)
        keys = _keys(headers, sheet)
        return Table(sheet, header_row, headers, keys, tuple(rows))
    except Refused:
        raise
    except Exception as error:
        raise Refused(texts.NOT_XLSX) from error


def _filled(found: Any, sheet: Sheet, done: _Counter) -> Iterator[tuple[int, tuple[Any, ...]]]:  # noqa: ANN401
    """Rows in which anything stands, with their numbers; where a sheet claims to end is not believed."""
    held = 0
    rows = found.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(rows, 1):
        if not any(cell is not None and cell != "" for cell in cells):
            continue
        held += 1
        if held > MOST_ROWS + HEADER_WITHIN:
            raise Refused(texts.TOO_MANY_ROWS.format(sheet=sheet.title, limit=MOST_ROWS))
        done.one()
        yield number, cells


def _header(rows: Iterator[tuple[int, tuple[Any, ...]]], sheet: Sheet) -> tuple[int, tuple[str, ...]]:
    for _, (number, cells) in zip(range(HEADER_WITHIN), rows, strict=False):
        names = tuple(str(cell) if isinstance(cell, str) else "" for cell in cells)
        if sum(folded(name) in sheet.by_header for name in names) >= 2:
            last = max(at for at, name in enumerate(names) if name)
            return number, names[: last + 1]
    raise Refused(texts.NO_HEADER.format(sheet=sheet.title))


def _keys(headers: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """Which column each header is; one of ours may not stand twice, a needed one must be there."""
    keys = tuple(_key(header, sheet) for header in headers)
    for column in sheet.columns:
        if keys.count(column.key) > 1:
            raise Refused(texts.TWO_COLUMNS.format(sheet=sheet.title, column=column.header))
        if column.key in sheet.needed and column.key not in keys:
            raise Refused(texts.NO_COLUMN.format(sheet=sheet.title, column=column.header))
    return keys


def _key(header: str, sheet: Sheet) -> str:
    name = folded(header)
    if name == folded(texts.MISTAKES):
        return MISTAKES
    column = sheet.by_header.get(name)
    return column.key if column else ""
