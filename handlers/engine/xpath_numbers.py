"""Functions of numbers, and of all the numbers that a path leads to."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

from handlers.engine.xpath_operands import Function, gather, plain
from handlers.engine.xpath_values import NAN, Value, number, text


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


NUMBERS: dict[str, Function] = {
    "count": gather(1, lambda nodes: float(len(nodes)), 1),
    "count-non-empty": gather(1, lambda nodes: float(sum(text(node) != "" for node in nodes)), 1),
    "sum": gather(1, lambda nodes: math.fsum(_numbers(nodes))),
    "min": gather(1, _smallest),
    "max": gather(1, _largest),
    "round": plain(1, 2, _round),
    "int": plain(1, 1, _integer),
    "abs": plain(1, 1, lambda value: abs(number(value))),
    "pow": plain(2, 2, _power),
    "number": plain(1, 1, number),
}
