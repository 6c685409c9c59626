"""How values are read by people: thousands dots, day-first dates, labels instead of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from handlers.engine.evaluation import Place
from handlers.engine.question import NUMERIC, Question, Words
from handlers.engine.xpath import Expression

NONE = "không có"
_COUNTED = ("truoc_", "tu_dong_", "luy_ke_")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def grouped(value: str) -> str:
    """A stored number with Vietnamese marks: 1.250.000 and 98,5; anything else unchanged."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII):
        return value
    whole, _, decimals = value.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def shown(question: Question, value: str) -> str:
    """A stored value as people read it, with the question's unit."""
    if not value:
        return NONE
    if question.kind in NUMERIC:
        unit = f"{'' if question.unit == '%' else ' '}{question.unit}" if question.unit else ""
        return grouped(value) + unit
    if question.kind == "date":
        return day(value)
    if question.kind in {"one", "multi", "yn"}:
        labels = {choice.name: choice.label for choice in question.choices}
        names = value.split() if question.kind == "multi" else [value]
        return "; ".join(labels.get(name, name) for name in names)
    return value


def day(value: str) -> str:
    """An ISO date the way it is written in Vietnam."""
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def render(words: Words, place: Place, *, cut: bool = False) -> str:
    """Words with their values; with `cut` the text ends before the first sentence whose value is blank."""
    parts = [_part(word, place) for word in words]
    if cut and None in parts:
        whole = "".join(part or "" for part in parts[: parts.index(None)])
        return " ".join(_whole_sentences(whole))
    return "".join(part or "" for part in parts)


def without_blanks(words: Words, place: Place) -> str:
    """Words with their values; a clause whose value is blank is left out, back to the comma before it."""
    parts = [_part(word, place) for word in words]
    if None not in parts:
        return "".join(part or "" for part in parts)
    kept, comma, _ = "".join(part or "" for part in parts[: parts.index(None)]).rpartition(",")
    return f"{kept}." if comma else render(words, place)


def _whole_sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        if sentence.rstrip().endswith((".", "!", "?", "…")):
            yield sentence.strip()


def _part(word: str | Expression, place: Place) -> str | None:
    if isinstance(word, str):
        return word
    value = word.text(place)
    return _value(word, value, place) if value else None


def _value(word: Expression, value: str, place: Place) -> str | None:
    name = word.source.strip("${} ").rpartition("/")[2]
    if name.startswith("tu_dong_") and value == "0":
        return None  # nothing counted is nothing to mention
    question = place.state.form.question(name)
    if question is None or question.calculate is not None or question.kind in NUMERIC:
        return grouped(value)
    if question.kind == "hidden":
        return grouped(value) if name.startswith(_COUNTED) else value
    return shown(question, value)
