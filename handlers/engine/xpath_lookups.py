"""Functions that look elsewhere in the form: at a row, a list, a label, or the value that is kept."""

from __future__ import annotations

import math

from handlers.engine.xpath_operands import Function, Operand, Route, Runner, Scope
from handlers.engine.xpath_parser import ExpressionError
from handlers.engine.xpath_values import Value, number, text

_SELF = Route("here", (".",), ((),))


def _once(operands: list[Operand]) -> Runner:
    def run(scope: Scope) -> Value:
        kept = scope.value(_SELF)
        return kept if text(kept) else operands[0].run(scope)

    return run


def _position(_operands: list[Operand]) -> Runner:
    return lambda scope: float(scope.position())


def _indexed_repeat(operands: list[Operand]) -> Runner:
    routes = [operand.route for operand in operands[::2]]
    if len(operands) % 2 == 0:
        raise ExpressionError("hàm indexed-repeat(…) cần câu hỏi, rồi từng cặp nhóm lặp và số thứ tự")
    target, repeats = operands[0].route, [operand.route for operand in operands[1::2]]
    if target is None or None in repeats or not routes:
        raise ExpressionError("hàm indexed-repeat(…) cần tên câu hỏi và tên nhóm lặp")
    places = [operand.run for operand in operands[2::2]]

    def run(scope: Scope) -> Value:
        rows = [number(place(scope)) for place in places]
        if any(math.isnan(row) for row in rows):
            return ""
        pairs = [(each, int(row)) for each, row in zip(repeats, rows, strict=True) if each is not None]
        return scope.indexed(target, pairs)

    return run


def _pulldata(operands: list[Operand]) -> Runner:
    name, column, key, wanted = (operand.run for operand in operands)

    def run(scope: Scope) -> Value:
        field, looked_for = text(key(scope)), text(wanted(scope))
        for row in scope.items(text(name(scope))):
            if row.get(field) == looked_for:
                return row.get(text(column(scope)), "")
        return ""

    return run


def _choice_name(operands: list[Operand]) -> Runner:
    value, path = (operand.run for operand in operands)
    return lambda scope: scope.choice_label(text(value(scope)), text(path(scope)).strip())


def _translated(operands: list[Operand]) -> Runner:
    key = operands[0].run
    return lambda scope: scope.translated(text(key(scope)))


LOOKUPS: dict[str, Function] = {
    "once": Function(1, 1, _once),
    "position": Function(0, 1, _position),
    "indexed-repeat": Function(3, 7, _indexed_repeat),
    "pulldata": Function(4, 4, _pulldata),
    "jr:choice-name": Function(2, 2, _choice_name),
    "jr:itext": Function(1, 1, _translated),
}
