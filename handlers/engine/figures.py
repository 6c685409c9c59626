"""Figures with separators, read by the way in which they are grouped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from handlers.engine.outcome import Unclear

_PLAIN = re.compile(r"[0-9]+")
_DOTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_SPACES = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)[.,][0-9]{1,2}|0[.,][0-9]{3}")
_BOTH = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]{1,2}|(?:,[0-9]{3})+\.[0-9]{1,2})")

# l2, 1O, 2o: letters struck instead of digits.
LOOK_ALIKE = re.compile(r"(?<![^\W\d_])[loizsb](?=[0-9])|(?<=[0-9])[oliz](?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Literal:
    """A figure: `style` says how it was written (plain, dots, commas, spaces, decimal, both)."""

    value: Decimal
    style: str
    text: str


def literal(text: str) -> Literal:
    """Read a figure by its separators alone; what the field makes of the style is the caller's matter."""
    if _PLAIN.fullmatch(text):
        if len(text) > 4 and text.startswith("0"):
            raise Unclear("not_a_number")
        return Literal(Decimal(text), "plain", text)
    for pattern, style in ((_DOTS, "dots"), (_COMMAS, "commas"), (_SPACES, "spaces")):
        if pattern.fullmatch(text):
            return Literal(Decimal(re.sub("[., ]", "", text)), style, text)
    if _BOTH.fullmatch(text):
        whole, fraction = re.split(r"[.,](?=[0-9]{1,2}$)", text)
        return Literal(Decimal(f"{re.sub('[.,]', '', whole)}.{fraction}"), "both", text)
    if _DECIMAL.fullmatch(text):
        return Literal(Decimal(text.replace(",", ".")), "decimal", text)
    raise Unclear("bad_groups")
