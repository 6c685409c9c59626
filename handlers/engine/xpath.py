"""XPath expression → function of a scope: the subset that forms may use, with the semantics of ODK Collect."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from handlers.engine.xpath_functions import FUNCTIONS, REFUSED
from handlers.engine.xpath_operands import Operand, Route, Runner, Scope
from handlers.engine.xpath_parser import (
    Binary,
    Call,
    ExpressionError,
    Literal,
    Negate,
    Node,
    Number,
    Path,
    parse,
)
from handlers.engine.xpath_values import Item, Value, equal, number, text, truth

__all__ = ["Expression", "ExpressionError", "Scope", "compile_expression"]


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled expression: ask it for a value, a text, a truth, in some scope."""

    source: str
    tree: Node = field(repr=False)
    run: Runner = field(repr=False)

    def truth(self, scope: Scope) -> bool:
        """Whether the expression holds."""
        return truth(self.run(scope))

    def text(self, scope: Scope) -> str:
        """The expression's value as text."""
        return text(self.run(scope))

    def number(self, scope: Scope) -> float:
        """The expression's value as a number, NaN when it is none."""
        return number(self.run(scope))


@lru_cache(maxsize=4096)
def compile_expression(source: str) -> Expression:
    """Compile an expression once; ExpressionError says in Vietnamese what its author has to change."""
    try:
        tree = parse(source)
        return Expression(source, tree, _compile(tree))
    except RecursionError:
        raise ExpressionError("biểu thức lồng nhau quá sâu") from None


def walk(node: Node) -> Iterator[Node]:
    """Every part of an expression, the outermost first."""
    yield node
    match node:
        case Binary(_, left, right):
            parts: list[Node] = [left, right]
        case Negate(operand):
            parts = [operand]
        case Call(_, arguments):
            parts = list(arguments)
        case Path(_, steps, base):
            parts = [base] if base else []
            parts += [predicate for step in steps for predicate in step.predicates]
        case _:
            parts = []
    for part in parts:
        yield from walk(part)


def _compile(node: Node) -> Runner:
    match node:
        case Number(value) | Literal(value):
            constant: Value = value
            return lambda _scope: constant
        case Path("instance"):
            return _instance_path(node)
        case Path():
            route = _route(node)
            return lambda scope: scope.value(route)
        case Negate(operand):
            negated = _compile(operand)
            return lambda scope: -number(negated(scope))
        case Binary(operator, left, right):
            return _OPERATORS[operator](_compile(left), _compile(right))
        case Call():
            return _call(node)
    raise ExpressionError("không hiểu biểu thức")


def _call(node: Call) -> Runner:
    name, count = node.name, len(node.arguments)
    if name in REFUSED:
        raise ExpressionError(f"không dùng được hàm {name}(…)")
    function = FUNCTIONS.get(name)
    if function is None:
        lower = name.lower()
        hint = f", viết thường: {lower}(…)" if lower in FUNCTIONS else ""
        raise ExpressionError(f"không có hàm {name}(…){hint}")
    if count < function.least or (function.most is not None and count > function.most):
        raise ExpressionError(f"hàm {name}(…) cần {function.wanted()} tham số, đang có {count}")
    return function.build([_operand(argument) for argument in node.arguments])


def _operand(node: Node) -> Operand:
    literal = node.value if isinstance(node, Literal) else None
    route = _route(node) if isinstance(node, Path) and node.start != "instance" else None
    return Operand(_compile(node), route, literal)


def _route(path: Path) -> Route:
    if not path.steps:
        return Route("here", (".",), ((),))
    filters = tuple(tuple(_compile(each) for each in step.predicates) for step in path.steps)
    start = "here" if path.start == "instance" else path.start
    return Route(start, tuple(step.name for step in path.steps), filters)


def _instance_path(path: Path) -> Runner:
    """instance('list')/root/item[…]/label: rows of a choice list, or one column of them."""
    base = path.base
    if base is None or len(base.arguments) != 1 or not isinstance(base.arguments[0], Literal):
        raise ExpressionError("instance(…) cần tên danh sách trong dấu nháy")
    name = base.arguments[0].value
    filters = [_compile(predicate) for step in path.steps for predicate in step.predicates]
    column = path.steps[2].name if len(path.steps) > 2 else None

    def run(scope: Scope) -> Value:
        rows = list(scope.items(name))
        for keep in filters:
            rows = _kept(rows, keep, scope)
        return rows if column is None else [row.get(column, "") for row in rows]

    return run


def _kept(rows: list[Item], keep: Runner, scope: Scope) -> list[Item]:
    kept = []
    for position, row in enumerate(rows, start=1):
        verdict = keep(ItemScope(row, scope, position))
        chosen = verdict == position if isinstance(verdict, float) else truth(verdict)
        if chosen:
            kept.append(row)
    return kept


class ItemScope:
    """Inside `[…]` of a choice list a bare name is a column of the row; all else is the form's."""

    def __init__(self, item: Item, outer: Scope, position: int) -> None:
        self.item = item
        self.outer = outer
        self.row = position
        self.today = outer.today

    def value(self, route: Route) -> Value:
        """A column of the row, or a value of the form."""
        if route.start == "here" and len(route.names) == 1:
            return self.item.get(route.names[0], "")
        return self.outer.value(route)

    def nodes(self, route: Route) -> list[Value]:
        """The same as a node-set."""
        return [self.value(route)] if route.start == "here" else self.outer.nodes(route)

    def items(self, name: str) -> list[Item]:
        """The rows of another choice list."""
        return list(self.outer.items(name))

    def position(self) -> int:
        """The row's place among those compared, from 1."""
        return self.row

    def indexed(self, route: Route, rows: list[tuple[Route, int]]) -> Value:
        """A value of a numbered row of a repeat."""
        return self.outer.indexed(route, rows)

    def choice_label(self, value: str, path: str) -> str:
        """The label of a choice of another question."""
        return self.outer.choice_label(value, path)

    def translated(self, key: str) -> str:
        """A text of the form's translations."""
        return self.outer.translated(key)


def _compare(test: Callable[[float, float], bool]) -> Callable[[Runner, Runner], Runner]:
    def build(left: Runner, right: Runner) -> Runner:
        return lambda scope: test(number(left(scope)), number(right(scope)))

    return build


def _calculate(compute: Callable[[float, float], float]) -> Callable[[Runner, Runner], Runner]:
    def build(left: Runner, right: Runner) -> Runner:
        return lambda scope: compute(number(left(scope)), number(right(scope)))

    return build


def _divide(left: float, right: float) -> float:
    return left / right if right else math.nan


def _modulo(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) else math.nan


_OPERATORS: dict[str, Callable[[Runner, Runner], Runner]] = {
    "or": lambda left, right: lambda scope: truth(left(scope)) or truth(right(scope)),
    "and": lambda left, right: lambda scope: truth(left(scope)) and truth(right(scope)),
    "=": lambda left, right: lambda scope: equal(left(scope), right(scope)),
    "!=": lambda left, right: lambda scope: not equal(left(scope), right(scope)),
    "<": _compare(lambda left, right: left < right),
    "<=": _compare(lambda left, right: left <= right),
    ">": _compare(lambda left, right: left > right),
    ">=": _compare(lambda left, right: left >= right),
    "+": _calculate(lambda left, right: left + right),
    "-": _calculate(lambda left, right: left - right),
    "*": _calculate(lambda left, right: left * right),
    "div": _calculate(_divide),
    "mod": _calculate(_modulo),
}
