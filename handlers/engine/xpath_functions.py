"""The functions that forms may call, each built once from its compiled arguments."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol, TypeAlias
from uuid import uuid4

from handlers.engine.xpath_parser import ExpressionError
from handlers.engine.xpath_values import NAN, Item, Value, date_of, number, text, truth, words


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A path whose predicates are compiled; compared by identity, so that scopes may remember where it leads."""

    start: str
    names: tuple[str, ...]
    filters: tuple[tuple[Runner, ...], ...]


class Scope(Protocol):
    """Where an expression is evaluated: the values around one node of a form."""

    today: date

    def value(self, route: Route) -> Value: ...
    def nodes(self, route: Route) -> list[Value]: ...
    def items(self, name: str) -> Sequence[Item]: ...
    def position(self) -> int: ...
    def indexed(self, route: Route, rows: list[tuple[Route, int]]) -> Value: ...
    def choice_label(self, value: str, path: str) -> str: ...
    def translated(self, key: str) -> str: ...


Runner: TypeAlias = Callable[[Scope], Value]


@dataclass(frozen=True, slots=True)
class Operand:
    """A compiled argument; `route` and `literal` are there when it was written as a path or in quotes."""

    run: Runner
    route: Route | None
    literal: str | None

    def nodes(self, scope: Scope) -> list[Value]:
        """The argument as a node-set."""
        if self.route is not None:
            return scope.nodes(self.route)
        found = self.run(scope)
        return list(found) if isinstance(found, list) else [found]


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments a function takes, and how it is built."""

    least: int
    most: int | None
    build: Callable[[list[Operand]], Runner]

    def wanted(self) -> str:
        """The number of arguments in words for the form's author."""
        if self.most is None:
            return f"ít nhất {self.least}"
        return str(self.least) if self.least == self.most else f"{self.least} đến {self.most}"


def _plain(least: int, most: int | None, compute: Callable[..., Value]) -> Function:
    """A function of its arguments' values alone."""

    def build(operands: list[Operand]) -> Runner:
        runs = [operand.run for operand in operands]
        if len(runs) == 1:
            (only,) = runs
            return lambda scope: compute(only(scope))
        if len(runs) == 2:
            first, second = runs
            return lambda scope: compute(first(scope), second(scope))
        return lambda scope: compute(*[run(scope) for run in runs])

    return Function(least, most, build)


def _gather(least: int, compute: Callable[[list[Value]], Value], most: int | None = None) -> Function:
    """A function of all nodes that its arguments lead to."""

    def build(operands: list[Operand]) -> Runner:
        return lambda scope: compute([node for operand in operands for node in operand.nodes(scope)])

    return Function(least, most, build)


def _if(operands: list[Operand]) -> Runner:
    condition, yes, no = (operand.run for operand in operands)
    return lambda scope: yes(scope) if truth(condition(scope)) else no(scope)


def _coalesce(operands: list[Operand]) -> Runner:
    def run(scope: Scope) -> Value:
        for operand in operands:
            found = operand.run(scope)
            if text(found):
                return found
        return ""

    return run


_SELF = Route("here", (".",), ((),))


def _once(operands: list[Operand]) -> Runner:
    def run(scope: Scope) -> Value:
        kept = scope.value(_SELF)
        return kept if text(kept) else operands[0].run(scope)

    return run


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


def _numbers(values: list[Value]) -> list[float]:
    return [found for value in values if not math.isnan(found := number(value))]


def _smallest(values: list[Value]) -> Value:
    return min(_numbers(values), default=NAN)


def _largest(values: list[Value]) -> Value:
    return max(_numbers(values), default=NAN)


def _round(value: Value, places: Value = 0.0) -> Value:
    exact, digits = number(value), number(places)
    if not math.isfinite(exact) or not math.isfinite(digits) or abs(digits) > 15:
        return NAN
    return float(Decimal(repr(exact)).quantize(Decimal(1).scaleb(-int(digits)), rounding=ROUND_HALF_UP))


def _power(base: Value, exponent: Value) -> Value:
    try:
        raised = math.pow(number(base), number(exponent))
    except (ValueError, OverflowError):
        return NAN
    return raised


def _integer(value: Value) -> Value:
    exact = number(value)
    return float(math.trunc(exact)) if math.isfinite(exact) else NAN


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


def _date(value: Value) -> Value:
    found = date_of(value)
    return found.isoformat() if found else ""


def _date_time(value: Value) -> Value:
    days = number(value)
    found = date_of(days)
    if found is None:
        return ""
    seconds = round((days - math.floor(days)) * 86400)
    return f"{found.isoformat()}T{timedelta(seconds=seconds)!s:0>8}"


def _format_date(value: Value, pattern: Value) -> Value:
    days = number(value)
    found = date_of(days)
    if found is None:
        return ""
    seconds = round((days - math.floor(days)) * 86400)
    parts = {
        "Y": f"{found.year:04}",
        "y": f"{found.year % 100:02}",
        "m": f"{found.month:02}",
        "n": str(found.month),
        "b": f"thg {found.month}",
        "d": f"{found.day:02}",
        "e": str(found.day),
        "a": ("T2", "T3", "T4", "T5", "T6", "T7", "CN")[found.weekday()],
        "H": f"{seconds // 3600:02}",
        "h": str(seconds // 3600),
        "M": f"{seconds // 60 % 60:02}",
        "S": f"{seconds % 60:02}",
        "3": "000",
        "%": "%",
    }
    return re.sub(r"%(.)", lambda match: parts.get(match[1], match[0]), text(pattern))


FUNCTIONS: dict[str, Function] = {
    "if": Function(3, 3, _if),
    "coalesce": Function(1, None, _coalesce),
    "once": Function(1, 1, _once),
    "selected": _plain(2, 2, lambda value, name: text(name).strip() in words(value)),
    "selected-at": _plain(2, 2, _selected_at),
    "count-selected": _plain(1, 1, lambda value: float(len(words(value)))),
    "count": _gather(1, lambda nodes: float(len(nodes)), 1),
    "count-non-empty": _gather(1, lambda nodes: float(sum(text(node) != "" for node in nodes)), 1),
    "sum": _gather(1, lambda nodes: math.fsum(_numbers(nodes))),
    "min": _gather(1, _smallest),
    "max": _gather(1, _largest),
    "round": _plain(1, 2, _round),
    "int": _plain(1, 1, _integer),
    "abs": _plain(1, 1, lambda value: abs(number(value))),
    "pow": _plain(2, 2, _power),
    "number": _plain(1, 1, number),
    "string": _plain(1, 1, text),
    "concat": _gather(1, lambda nodes: "".join(map(text, nodes))),
    "join": Function(2, None, _join),
    "contains": _plain(2, 2, lambda whole, part: text(part) in text(whole)),
    "starts-with": _plain(2, 2, lambda whole, part: text(whole).startswith(text(part))),
    "ends-with": _plain(2, 2, lambda whole, part: text(whole).endswith(text(part))),
    "substr": _plain(2, 3, _substr),
    "string-length": _plain(1, 1, lambda value: float(len(text(value)))),
    "normalize-space": _plain(1, 1, lambda value: " ".join(text(value).split())),
    "translate": _plain(3, 3, _translate),
    "regex": Function(2, 2, _regex),
    "not": _plain(1, 1, lambda value: not truth(value)),
    "true": _plain(0, 0, lambda: True),
    "false": _plain(0, 0, lambda: False),
    "boolean-from-string": _plain(1, 1, lambda value: text(value).lower() in {"1", "true"}),
    "today": Function(0, 0, lambda _operands: lambda scope: scope.today.isoformat()),
    "now": Function(0, 0, lambda _operands: lambda scope: f"{scope.today.isoformat()}T00:00:00"),
    "date": _plain(1, 1, _date),
    "date-time": _plain(1, 1, _date_time),
    "format-date": _plain(2, 2, _format_date),
    "format-date-time": _plain(2, 2, _format_date),
    "decimal-date-time": _plain(1, 1, number),
    "position": Function(0, 1, _position),
    "indexed-repeat": Function(3, 7, _indexed_repeat),
    "pulldata": Function(4, 4, _pulldata),
    "jr:choice-name": Function(2, 2, _choice_name),
    "jr:itext": Function(1, 1, _translated),
    "uuid": _plain(0, 1, lambda *_length: str(uuid4())),
}

REFUSED = {
    "area",
    "distance",
    "geofence",
    "digest",
    "base64-decode",
    "extract-signed",
    "random",
    "checklist",
    "weighted-checklist",
    "version",
} | {"sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "exp10", "log", "log10", "sqrt", "pi"}
