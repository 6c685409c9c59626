"""Values as people read them: 2.500.000 đồng, Tốt, 17/10/2026."""

from __future__ import annotations

from datetime import date, datetime

from handlers import texts
from handlers.engine import spelling
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Session
from storage.calendar import TZ

LONGEST = 90
"""Characters of prose shown in a summary line."""


def value(session: Session, question: Question, stored: str, *, words: bool = False) -> str:
    """A stored answer in full; money also in words when `words` is set."""
    if not stored:
        return "không có"
    if question.kind in ("one", "multi", "yn"):
        return _labels(session, question, stored)
    if question.kind == "date":
        return spelling.date(date.fromisoformat(stored[:10]))
    if question.kind in NUMERIC:
        return _number(question, stored, words=words)
    return clip(" ".join(stored.split()), LONGEST)


def moment(at: datetime) -> str:
    """A moment as Hanoi's clocks show it: 17:00 ngày 20/11/2026."""
    return f"{at.astimezone(TZ):%H:%M ngày %d/%m/%Y}"


def phone(number: str) -> str:
    """A telephone number as it is written here: 0912 345 678."""
    national = f"0{number[3:]}" if number.startswith("+84") else number
    plain = national.replace(" ", "")
    return f"{plain[:4]} {plain[4:7]} {plain[7:]}" if plain.isdigit() and len(plain) == 10 else national


def post(title: str, unit: str) -> str:
    """A post with its unit, which is said once: `Chủ tịch CĐCS May X`, `Chuyên viên, CĐ phường Hoa Lư`."""
    begins = unit.split(" ", 1)[0]
    return f"{title.removesuffix(begins)}{unit}" if title.endswith(f" {begins}") else f"{title}, {unit}"


def clip(words: str, most: int) -> str:
    """Words short enough for a line."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _number(question: Question, stored: str, *, words: bool) -> str:
    number = float(stored)
    if question.kind == "money":
        in_full = spelling.money(number)
        return f"{in_full} ({spelling.in_words(int(number))} đồng)" if words and number else in_full
    return f"{spelling.number(number)} {question.unit}".strip()


def _labels(session: Session, question: Question, stored: str) -> str:
    chosen = stored.split()
    labels = [choice.label for choice in session.choices(question) if choice.name in chosen]
    return ("; " if any("," in label for label in labels) else ", ").join(labels)


def with_files(words: str, files: int) -> str:
    """An answer together with its pictures: "2 ảnh", "…, kèm 2 ảnh"."""
    return texts.WITH_FILES.format(value=words, n=files) if words else texts.FILES.format(n=files)
