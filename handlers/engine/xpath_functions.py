"""The functions that forms may call, each built once from its compiled arguments, and those that they may not."""

from __future__ import annotations

from handlers.engine.xpath_dates import DATES
from handlers.engine.xpath_lookups import LOOKUPS
from handlers.engine.xpath_numbers import NUMBERS
from handlers.engine.xpath_operands import Function, Operand, Runner, Scope, plain
from handlers.engine.xpath_text import TEXT
from handlers.engine.xpath_values import Value, text, truth


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


LOGIC: dict[str, Function] = {
    "if": Function(3, 3, _if),
    "coalesce": Function(1, None, _coalesce),
    "not": plain(1, 1, lambda value: not truth(value)),
    "true": plain(0, 0, lambda: True),
    "false": plain(0, 0, lambda: False),
    "boolean-from-string": plain(1, 1, lambda value: text(value).lower() in {"1", "true"}),
}

FUNCTIONS: dict[str, Function] = {**LOGIC, **TEXT, **NUMBERS, **DATES, **LOOKUPS}

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
