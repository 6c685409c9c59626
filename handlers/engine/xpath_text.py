"""Functions of text and of chosen names."""

from __future__ import annotations

import math
import re
from uuid import uuid4

from handlers.engine.xpath_operands import Function, Operand, Runner, Scope, gather, plain
from handlers.engine.xpath_parser import ExpressionError
from handlers.engine.xpath_values import Value, number, text, words


def _join(operands: list[Operand]) -> Runner:
    glue, *rest = operands

    def run(scope: Scope) -> Value:
        return text(glue.run(scope)).join(text(node) for each in rest for node in each.nodes(scope))

    return run


def _regex(operands: list[Operand]) -> Runner:
    subject, pattern = operands
    if pattern.literal is None:
        return lambda scope: _matches(_pattern(text(pattern.run(scope))), subject.run(scope))
    compiled = _pattern(pattern.literal)
    return lambda scope: _matches(compiled, subject.run(scope))


def _pattern(source: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as error:
        raise ExpressionError(f"mẫu regex không đúng: {source}") from error


def _matches(pattern: re.Pattern[str], subject: Value) -> bool:
    return pattern.fullmatch(text(subject)) is not None


def _selected_at(value: Value, place: Value) -> Value:
    names, index = words(value), number(place)
    return names[int(index)] if 0 <= index < len(names) else ""


def _substr(value: Value, start: Value, end: Value | None = None) -> Value:
    first = number(start)
    last = math.inf if end is None else number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return text(value)[int(first) : None if math.isinf(last) else int(last)]


def _translate(value: Value, old: Value, new: Value) -> Value:
    olds, news = text(old), text(new)
    table: dict[int, str] = {}
    for index, letter in enumerate(olds):
        table.setdefault(ord(letter), news[index] if index < len(news) else "")
    return text(value).translate(table)


TEXT: dict[str, Function] = {
    "string": plain(1, 1, text),
    "concat": gather(1, lambda nodes: "".join(map(text, nodes))),
    "join": Function(2, None, _join),
    "contains": plain(2, 2, lambda whole, part: text(part) in text(whole)),
    "starts-with": plain(2, 2, lambda whole, part: text(whole).startswith(text(part))),
    "ends-with": plain(2, 2, lambda whole, part: text(whole).endswith(text(part))),
    "substr": plain(2, 3, _substr),
    "string-length": plain(1, 1, lambda value: float(len(text(value)))),
    "normalize-space": plain(1, 1, lambda value: " ".join(text(value).split())),
    "translate": plain(3, 3, _translate),
    "regex": Function(2, 2, _regex),
    "selected": plain(2, 2, lambda value, name: text(name).strip() in words(value)),
    "selected-at": plain(2, 2, _selected_at),
    "count-selected": plain(1, 1, lambda value: float(len(words(value)))),
    "uuid": plain(0, 1, lambda *_length: str(uuid4())),
}
