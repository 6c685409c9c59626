"""What functions are made of: compiled arguments, and where they are evaluated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

from handlers.engine.xpath_values import Item, Value


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


def plain(least: int, most: int | None, compute: Callable[..., Value]) -> Function:
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


def gather(least: int, compute: Callable[[list[Value]], Value], most: int | None = None) -> Function:
    """A function of all nodes that its arguments lead to."""

    def build(operands: list[Operand]) -> Runner:
        return lambda scope: compute([node for operand in operands for node in operand.nodes(scope)])

    return Function(least, most, build)
