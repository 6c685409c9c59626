"""What an officer typed → a value, a value to confirm, a question, last period's value, or a command.

A reader may ask too often, but it never takes what was not meant: when in doubt it confirms or asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handlers.engine import amounts, commands, dates, options, phrases
from handlers.engine.clauses import with_a_number, without_talk
from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.misspelt import mend
from handlers.engine.outcome import REASONS, Reading, Unclear, Value, ask, found
from handlers.engine.several_options import in_a_sentence, several
from handlers.engine.typing_methods import like_vni, undo_input_method
from handlers.engine.vietnamese import clean, fold, words
from handlers.engine.wishes import wish

__all__ = ["READERS", "REASONS", "Reading", "read"]

LONGEST = 300
MOST_WORDS = 60
# The commands that mean the same at every question; the caller knows all the others.
COMMANDS = {
    "skip": "skip",
    "later": "pause",
    "remind": "pause",
    "back": "back",
    "cancel": "cancel",
    "help": "help",
    "human": "help",
}
# Another reading of the same keys may succeed where this one did not understand a word.
_RETRIED = frozenset({
    "not_a_number", "not_a_date", "not_in_list", "not_clear", "no_unit", "two_numbers", "unknown_words",
    "vague", "tail", "look_alike", "label", "negation", "bound", "range", "several", "separator",
    "ordinal", "unit_price", "wrong_unit",
})  # fmt: skip


_CHOSEN = frozenset({"one", "multi", "yn"})
"""Kinds whose answers are words, so that "tuyên truyền?" may be a question back."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a reader knows besides the message."""

    today: date
    labels: Sequence[str] = ()
    previous: object = None
    about: Sequence[str] = ()
    """For each option what it is about."""


def read(
    kind: str,
    text: str,
    *,
    today: date,
    choices: Sequence[str | tuple[str, ...]] | None = None,
    previous: object = None,
) -> Reading:
    """Read an answer to a question of this kind; never raises for any text.

    A choice is its label, or its name and label, and perhaps what it is about.
    """
    if kind == "text":
        return _read_text(text)
    if len(text) > LONGEST:
        return ask("too_long")
    message = clean(text)
    if not message:
        return ask("empty")
    if len(words(message)) > MOST_WORDS:
        return ask("too_long")
    labels = [choice if isinstance(choice, str) else choice[1] for choice in choices or ()]
    about = [choice[2] for choice in choices or () if isinstance(choice, tuple) and len(choice) > 2]
    place = Place(today, labels, previous, about)
    reading = _second_thoughts(_attempt(kind, message, place), kind, message, place)
    if reading.outcome == "ask":
        reading = (
            _beside_talk(kind, message, place)
            or _explained(kind, message, place)
            or _inside(kind, reading, message, place)
            or reading
        )
    asks = kind in _CHOSEN and reading.outcome == "value" and message.endswith("?")
    return Reading("confirm", reading.value, "question") if asks else reading


def _beside_talk(kind: str, message: str, place: Place) -> Reading | None:
    """As in "như tháng trước, hỏi làm gì": the answer counts, what is said beside it does not."""
    said = without_talk(message)
    if not said:
        return None
    reading = _attempt(kind, said, place)
    if reading.outcome in {"carry", "confirm"}:
        return reading
    return Reading("confirm", reading.value, "unknown_words") if reading.outcome == "value" else None


def _explained(kind: str, message: str, place: Place) -> Reading | None:
    """As in "181 thôi, ít hơn tại mấy chị nghỉ": the number is read back, what explains it is not counted."""
    said = with_a_number(message) if kind in {"int", "money", "dec"} else ""
    reading = _attempt(kind, said, place) if said and said != message else None
    if reading is None or reading.outcome not in {"value", "confirm"}:
        return None
    return Reading("confirm", reading.value, "unknown_words")


def _inside(kind: str, reading: Reading, message: str, place: Place) -> Reading | None:
    """Options in a sentence, where nothing but the words around them was not understood."""
    if kind != "multi" or reading.reason not in {"not_in_list", "negation"}:
        return None
    undone = undo_input_method(message)
    found_inside = in_a_sentence(message, place.labels, place.about)
    if found_inside is not None or undone == message:
        return found_inside
    return in_a_sentence(undone, place.labels, place.about)


def _second_thoughts(first: Reading, kind: str, message: str, place: Place) -> Reading:
    """With Telex or VNI undone, then with mistakes mended: only where what was typed has not been understood."""
    if not _open(first):
        return first
    reading = _with_keys_undone(first, kind, message, place)
    if not _open(reading) or reading.outcome == "value":
        return reading
    mended = mend(undo_input_method(mend(message)))
    if mended == message:
        return reading
    third = _attempt(kind, mended, place)
    if third.outcome == "ask":
        return third if reading.outcome == "ask" and third.reason == "unknown" else reading
    if third.outcome == "confirm" and reading.outcome == "confirm":
        return reading if third.reason == "unknown_words" else third
    return Reading("confirm", third.value, "look_alike") if third.outcome == "value" else third


def _open(reading: Reading) -> bool:
    """Whether another reading of the same keys may still succeed."""
    if reading.outcome in {"carry", "command"}:
        return False
    return reading.outcome == "value" or reading.reason in _RETRIED


def _with_keys_undone(first: Reading, kind: str, message: str, place: Place) -> Reading:
    """The reading if the first failed, a doubt if both succeed with different results."""
    undone = undo_input_method(message)
    if undone == message:
        return first
    second = _attempt(kind, undone, place)
    if first.outcome == "ask":
        return second if second.outcome != "ask" or second.reason == "unknown" else first
    if first.outcome == "confirm":
        if second.value not in {None, first.value} and like_vni(message):
            return ask("look_alike")
        return second if first.reason == "unknown_words" else first
    return first if second.value == first.value or not like_vni(message) else _doubted(first, second)


def _doubted(first: Reading, second: Reading) -> Reading:
    """As with "2 ty3", which is 2,3 tỷ, or 2 tỷ in VNI."""
    return found(first.value, "look_alike") if second.outcome == "ask" else ask("look_alike")


def _attempt(kind: str, message: str, place: Place) -> Reading:
    command = _command(kind, message, place)
    if command is not None:
        return command
    line = " ".join(gloss(without_courtesy(words(message))))
    if phrases.is_carry(line) and not (kind in _CHOSEN and _names_an_option(line, place.labels)):
        return Reading("carry", _previous(place.previous))
    try:
        return READERS[kind](message, place)
    except Unclear as problem:
        return ask(str(problem))


def _command(kind: str, message: str, place: Place) -> Reading | None:
    command = commands.parse(message)
    name = COMMANDS.get(command.name) if command else wish(message)
    if not name or (kind in {"one", "multi"} and options.mentions(message, place.labels)):
        return None
    return Reading("command", name)


def _names_an_option(line: str, labels: Sequence[str]) -> bool:
    """As "không khác gì" does where one option is "Khác"."""
    return any(fold(label) in line.split() for label in labels)


def _previous(value: object) -> Value:
    return value if isinstance(value, int | float | str | date | list) else None


def _read_text(text: str) -> Reading:
    if not text.strip():
        return ask("empty")
    command = commands.parse(text)
    name = COMMANDS.get(command.name) if command else None
    return Reading("command", name) if name else Reading("value", text.strip())


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _amount(kind: str) -> Callable[[str, Place], Reading]:
    def reader(message: str, _: Place) -> Reading:
        amount = amounts.amount(kind, message)
        return found(_plain(amount.value), amount.doubt)

    return reader


READERS: dict[str, Callable[[str, Place], Reading]] = {
    "int": _amount("int"),
    "money": _amount("money"),
    "dec": _amount("dec"),
    "date": lambda message, place: dates.read(message, place.today),
    "yn": lambda message, place: options.yes_no(message, place.labels),
    "one": lambda message, place: options.one(message, place.labels),
    "multi": lambda message, place: several(message, place.labels, place.about),
}
