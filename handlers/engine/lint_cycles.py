"""Questions that depend on themselves, or on too many others in a row."""

from __future__ import annotations

from handlers.engine.lint_book import Book, Finding, Line
from handlers.engine.lint_expressions import mentioned

LONGEST_CHAIN = 60


def cycles(book: Book) -> list[Finding]:
    """A question whose value or condition depends on itself, through whatever others; or on too many in a row."""
    needs = {line.name: _needs(line, book) for line in book.lines if line.name}
    found: list[Finding] = []
    depths: dict[str, int] = {}

    def visit(name: str, trail: list[str]) -> int:
        if name in trail:
            circle = trail[trail.index(name) :]
            first = min(circle, key=lambda each: book.named[each].number)
            found.append(book.named[first].error(f"vòng lặp: {' → '.join([*circle, name])}"))
            return 0
        if name not in depths and len(trail) <= LONGEST_CHAIN:
            depths[name] = 1 + max(
                (visit(each, [*trail, name]) for each in sorted(needs.get(name, ()))), default=0
            )
        return depths.get(name, LONGEST_CHAIN)

    too_deep = [name for name in needs if visit(name, []) == LONGEST_CHAIN + 1]
    message = f"điều kiện nối tiếp nhau quá {LONGEST_CHAIN} câu"
    return found + [book.named[name].error(message) for name in too_deep]


def _needs(line: Line, book: Book) -> set[str]:
    names: set[str] = set()
    for column in ("relevant", "calculation", "choice_filter", "repeat_count"):
        expression = book.compiled.get((line.number, column))
        names.update(mentioned(expression.tree) if expression else ())
    for group in line.around:
        expression = book.compiled.get((group.number, "relevant"))
        names.update(mentioned(expression.tree) if expression else ())
    return {name for name in names if name in book.named}
