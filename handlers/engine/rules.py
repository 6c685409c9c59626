"""Which rule a candidate answer breaks, and the form's own words for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from handlers.engine.evaluation import Place, State
from handlers.engine.question import NUMERIC, Question
from handlers.engine.wording import without_blanks
from handlers.engine.xpath_values import number_text

DEFAULTS = {
    "required": "Câu này cần có câu trả lời.",
    "constraint": "Câu trả lời chưa hợp lệ, đồng chí kiểm tra giúp.",
    "choice": "Xin chọn trong danh sách.",
    "type": "Câu trả lời chưa đúng dạng, đồng chí kiểm tra giúp.",
    "length": "Câu trả lời dài quá số ký tự cho phép.",
}
_MOMENTS: dict[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "dateTime": datetime.fromisoformat,
}
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%", re.ASCII)
_SHAPES = {
    "int": re.compile(r"-?\d{1,15}", re.ASCII),
    "money": re.compile(r"-?\d{1,15}", re.ASCII),
    "dec": re.compile(r"-?\d{1,15}(\.\d+)?", re.ASCII),
}


def broken(state: State, question: Question, value: str) -> str | None:
    """The name of the rule that a value breaks; `state` already holds the value."""
    place = Place(state, question.path, question.rows)
    if not value:
        required = question.required is not None and question.required.truth(place)
        return "required" if required else None
    if not _fits(question, value):
        return "type"
    if not _offered(state, question, value):
        return "choice"
    if question.max_length is not None and len(value) > question.max_length:
        return "length"
    return None if _holds(question, value, place) else "constraint"


def message(state: State, question: Question, rule: str) -> str:
    """What the form says about a broken rule, or a plain sentence when it says nothing."""
    words = question.required_words if rule == "required" else question.constraint_words
    return without_blanks(words, Place(state, question.path, question.rows)) or DEFAULTS[rule]


def number_of(value: object) -> str:
    """A number that was read, as stored text."""
    if isinstance(value, float | Decimal):
        return number_text(float(value))
    return str(value)


def _holds(question: Question, value: str, place: Place) -> bool:
    if question.bounds is not None and not question.bounds[0] <= float(value) <= question.bounds[1]:
        return False
    if question.constraint is not None and not question.constraint.truth(place):
        return False
    return question.shares is None or not question.shares.truth(place) or _whole(value)


def _whole(value: str) -> bool:
    """Whether the percentages in a list of people, one a line, make 100; a single person needs none."""
    found = [float(share.replace(",", ".")) for share in _SHARE.findall(value)]
    people = [line for line in value.splitlines() if line.strip()]
    return abs(sum(found) - 100) < 0.05 if found else len(people) == 1


def _fits(question: Question, value: str) -> bool:
    if question.kind in NUMERIC:
        return _SHAPES[question.kind].fullmatch(value) is not None
    read = _MOMENTS.get(question.type)
    if read is None:
        return True
    try:
        read(value)
    except ValueError:
        return False
    return True


def _offered(state: State, question: Question, value: str) -> bool:
    if question.kind not in {"one", "multi", "yn"}:
        return True
    offered = {choice.name for choice in state.choices(question)}
    names = value.split() if question.kind == "multi" else [value]
    return all(name in offered for name in names)
