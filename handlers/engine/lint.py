"""What is wrong with a form, with its Excel row, in Vietnamese, before anyone is asked its questions."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.engine import lint_cells, lint_expressions
from handlers.engine.lint_book import Book, Finding, Row, canonical, lines_of
from handlers.engine.lint_cycles import cycles

__all__ = ["Finding", "lint"]


def lint(survey_rows: Sequence[Row], choices_rows: Sequence[Row]) -> list[Finding]:
    """Check the rows of a form; the first row of data is Excel's row 2."""
    survey, choices = [canonical(row) for row in survey_rows], [canonical(row) for row in choices_rows]
    lines = lines_of(survey)
    lists: dict[str, list[Row]] = {}
    for row in choices:
        lists.setdefault(row.get("list_name") or row.get("list", ""), []).append(row)
    columns = frozenset(column for row in choices for column in row)
    named = {line.name: line for line in lines if line.name and not line.kind.startswith("end_")}
    book = Book(lines, named, lists, columns, {})
    found = [
        *lint_cells.columns(survey_rows, choices_rows),
        *(each for line in lines for each in lint_cells.types(line, book)),
    ]
    found += [each for line in lines for each in lint_expressions.expressions(line, book)]
    for check in (*lint_expressions.CHECKS, *lint_cells.CHECKS):
        found += [each for line in lines for each in check(line, book)]
    found += cycles(book)
    return sorted(dict.fromkeys(found), key=lambda each: (each.sheet != "survey", each.row))
