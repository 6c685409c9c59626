"""What the reading of an answer can come to, and why an answer is asked or confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Value: TypeAlias = "int | float | bool | date | list[int] | str | None"

REASONS = {
    "empty": "nothing was typed",
    "too_long": "more text than such an answer can need",
    "not_a_number": "no number, or words that do not belong to one",
    "not_a_date": "no day, or only a part of one",
    "not_in_list": "no option of this number or label, or several that fit",
    "not_clear": "neither yes nor no, or half of both",
    "unknown": "the person says that it is not known yet",
    "vague": "many, some, a few, about ten",
    "estimate": "khoảng, hơn, gần",
    "bound": "at least, at most, up to",
    "range": "from one number to another, or two neighbouring digits",
    "ratio": "12/15",
    "relative": "more or less than something else",
    "negation": "a negation beside a number",
    "negative": "below zero",
    "arithmetic": "a sum or a product",
    "two_numbers": "several numbers",
    "two_dates": "several days",
    "several": "several options where one is wanted",
    "unit_price": "so much for each",
    "no_unit": "a sum without đồng, nghìn or triệu",
    "money": "a sum of money where a number of something is wanted",
    "wrong_unit": "a number of something else: days, years, đồng",
    "currency": "another currency than the đồng",
    "separator": "a dot or comma that can mean two things",
    "bad_groups": "irregular groups of digits",
    "tail": "digits after a magnitude that can mean two things",
    "spoken": "short spoken tens",
    "look_alike": "a word or figure that can be another one",
    "unit": "a magnitude where none is expected",
    "ordinal": "a number that numbers something: đợt 2, quý 3",
    "other_period": "a figure of another time, or a plan",
    "unknown_words": "words around the number that are not understood",
    "too_large": "far above what can be meant",
    "question": "the person asks back",
    "perhaps_zero": "probably nothing to report",
    "future": "a day that has not come",
    "too_old": "a day too long ago",
    "no_such_day": "a day that does not exist",
    "weekday": "a day given by its weekday, or one that contradicts it",
    "day_only": "a day without its month",
    "last_year": "a day of last year, given without the year",
    "lunar": "a day of the lunar calendar",
    "exclusive": "an option that stands alone together with others",
    "span": "a span of options",
    "glued": "digits that can be several options or one",
    "all": "all options, or all but some",
    "label": "a part of a label",
}


class Unclear(Exception):
    """The answer cannot be taken; the message is the reason's code."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: value, confirm, ask, carry or command; `reason` is a key of REASONS when asked or confirmed."""

    outcome: str
    value: Value = None
    reason: str = ""


def found(value: Value, doubt: str = "") -> Reading:
    """A value, to be confirmed when there is a doubt."""
    return Reading("confirm", value, doubt) if doubt else Reading("value", value)


def ask(reason: str) -> Reading:
    """Nothing that could be taken."""
    return Reading("ask", None, reason)
