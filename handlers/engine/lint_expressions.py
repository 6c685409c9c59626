"""What is wrong with what an expression says, and with the names in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from handlers.engine import profile
from handlers.engine.lint_book import SWITCHES, WORDS, YES_NO, Book, Finding, Line
from handlers.engine.xpath import Expression, ExpressionError, compile_expression, walk
from handlers.engine.xpath_parser import Binary, Call, Literal, Node, Path

_RULES = ("relevant", "constraint", "calculation", "choice_filter", "repeat_count", "required", "readonly")
_COMPUTED = tuple(f"{profile.OWN_PREFIX}{name}" for name in ("confirm_when", "shares"))
_ORDERED = frozenset({"relevant", "choice_filter", "repeat_count"})
_REFERENCE = re.compile(r"\$\{\s*([^}]+?)\s*\}")


def expressions(line: Line, book: Book) -> Iterator[Finding]:
    """Compile the expressions of a row into the book; those that cannot be, and texts that mention an unknown name."""
    for column in (*_RULES, *_COMPUTED):
        source = line.row.get(column, "")
        if not source or (column in SWITCHES and (source.lower() in YES_NO or WORDS.fullmatch(source))):
            continue
        try:
            book.compiled[line.number, column] = compile_expression(source)
        except ExpressionError as error:
            yield line.error(f"{_shown(column)}: {error}")
    for column in ("label", "hint", "constraint_message", "required_message"):
        for name in _REFERENCE.findall(line.row.get(column, "")):
            if name not in book.named:
                yield line.error(_unknown_name(column, name, book))


def _shown(column: str) -> str:
    return column.removeprefix(profile.OWN_PREFIX)


def _unknown_name(column: str, name: str, book: Book) -> str:
    near = get_close_matches(name, book.named, 1, 0.7)
    hint = f"; có phải là ${{{near[0]}}} không?" if near else ""
    return f"{_shown(column)}: không có câu hỏi tên “{name}”{hint}"


def _rules(line: Line, book: Book) -> Iterator[tuple[str, Expression]]:
    for column in (*_RULES, *_COMPUTED):
        if (line.number, column) in book.compiled:
            yield column, book.compiled[line.number, column]


def mentioned(tree: Node) -> Iterator[str]:
    """The names that an expression mentions."""
    for part in walk(tree):
        if isinstance(part, Path) and part.start == "reference":
            yield part.steps[0].name


def _references(line: Line, book: Book) -> Iterator[Finding]:
    for column, expression in _rules(line, book):
        for name in mentioned(expression.tree):
            target = book.named.get(name)
            if target is None:
                yield line.error(_unknown_name(column, name, book))
            elif target.number > line.number and target.kind in profile.ASKED:
                severity = "error" if column in _ORDERED else "warning"
                message = (
                    f"{_shown(column)}: câu “{name}” đứng sau (dòng {target.number}), lúc này chưa có trả lời"
                )
                yield Finding(severity, "survey", line.number, message)


def _bare_names(line: Line, book: Book) -> Iterator[Finding]:
    """A name without ${…} is a path that leads nowhere; in choice_filter it is a column of choices."""
    for column, expression in _rules(line, book):
        for part in walk(expression.tree):
            if not isinstance(part, Path) or part.start != "here" or part.steps[0].name in {".", ".."}:
                continue
            name = part.steps[0].name
            if column != "choice_filter":
                yield line.error(
                    f"{_shown(column)}: “{name}” không có nghĩa ở đây; tên câu hỏi viết ${{{name}}}"
                )
            elif name not in book.columns:
                yield line.error(f"choice_filter: trang choices không có cột “{name}”")


def _literals(line: Line, book: Book) -> Iterator[Finding]:
    """Text compared with a select has to be one of its choices."""
    for column, expression in _rules(line, book):
        for part in walk(expression.tree):
            for name, literal in _compared(part):
                target = line if name == "." else book.named.get(name)
                if target is None or target.kind not in profile.SELECTS or target.list_name not in book.lists:
                    continue
                names = [row.get("name") or row.get("value", "") for row in book.lists[target.list_name]]
                if literal and literal not in names:
                    hint = f"chỉ có: {', '.join(names[:8])}"
                    yield line.error(
                        f"{_shown(column)}: “{literal}” không phải lựa chọn của “{target.name}” ({hint})"
                    )


def _compared(part: Node) -> Iterator[tuple[str, str]]:
    match part:
        case Binary("=" | "!=", Path(start, steps), Literal(value)):
            pass
        case Binary("=" | "!=", Literal(value), Path(start, steps)):
            pass
        case Call("selected", (Path(start, steps), Literal(value))):
            pass
        case _:
            return
    if len(steps) == 1 and (start == "reference" or (start == "here" and steps[0].name == ".")):
        yield steps[0].name, value


CHECKS: tuple[Callable[[Line, Book], Iterator[Finding]], ...] = (_references, _bare_names, _literals)
