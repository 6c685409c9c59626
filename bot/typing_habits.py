"""How officers write a value they have in mind: digits, dots, words, shorthand, particles (INPUT)."""

from __future__ import annotations

import random

from handlers.engine import spelling
from handlers.engine.question import Question
from handlers.engine.session import Session

UNREADABLE = (
    "vài chục",
    "nhiều lắm",
    "12/15",
    "để em xem lại đã",
    "abc",
    "chưa rõ",
    "20-25",
    "khoảng hơn chục",
)
"""What no rule may take for a value."""


def typed(session: Session, question: Question, value: str, chance: random.Random) -> str:
    """One of the ways in which people write `value` (stored text) on a telephone."""
    if question.kind == "money":
        return _money(int(value), chance)
    if question.kind == "int":
        return _count(int(value), question, session, chance)
    if question.kind in ("one", "multi", "yn"):
        return _options(session, question, value, chance)
    return value or chance.choice(("bỏ qua", "không", "khong co"))


def _count(number: int, question: Question, session: Session, chance: random.Random) -> str:
    if question.carry and session.previous(question) == str(number):
        return chance.choice(("như cũ", "nhu cu", "không thay đổi"))
    if number == 0:
        return chance.choice(("0", "không", "ko có", "không có ạ"))
    ways = [str(number), spelling.number(number), f"{number} {question.unit}".strip(), f"dạ {number} ạ"]
    return chance.choice([*ways, spelling.in_words(number)] if number < 1000 else ways)


def _money(dong: int, chance: random.Random) -> str:
    if dong == 0:
        return chance.choice(("0", "không có", "0đ"))
    ways = [f"{spelling.number(dong)}đ", f"{dong} đồng", f"{spelling.in_words(dong)} đồng"]
    millions, rest = divmod(dong, 1_000_000)
    if rest == 0:
        ways += [f"{millions} triệu", f"{millions}tr"]
    if millions and rest == 500_000:
        ways += [f"{millions}tr5", f"{millions} triệu rưỡi", f"{millions},5 triệu"]
    return chance.choice(ways)


def _options(session: Session, question: Question, value: str, chance: random.Random) -> str:
    choices = session.choices(question)
    chosen = [(number, choice) for number, choice in enumerate(choices, 1) if choice.name in value.split()]
    if len(chosen) == 1 and chance.random() < 0.5:
        return chosen[0][1].label
    return chance.choice((" ", ", ")).join(str(number) for number, _ in chosen)
