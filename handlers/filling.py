"""Several answers meet the questions, one after another, as if each had been asked for by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Session, Turn

SHOWN = ("jump", "above", "per_head")
"""Doubts that a table can show; with every other one the value is not certain."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer of the message, and the question that it goes to."""

    question: Question
    typed: str
    turn: Turn
    dropped: tuple[str, ...]
    """Short names of what is not asked because this one is 0."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The rows as far as they go, the interview after them, and the question that the next answer would go to."""

    rows: tuple[Row, ...]
    session: Session
    upcoming: Question | None
    failed: Turn | None = None
    """What became of the first answer that does not fit."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The places of the questions in the interview."""
        names = [question.name for question in self.session.asked()]
        return tuple(names.index(row.question.name) + 1 for row in self.rows)


def fits(turn: Turn) -> bool:
    """Whether an answer is a clear value."""
    return turn.outcome == "taken" or (turn.outcome == "confirm" and turn.reason in SHOWN)


def fill(session: Session, question: Question, answers: Sequence[str]) -> Filled:
    """Give each answer to the question that would be asked; it ends at the first that does not fit."""
    rows: list[Row] = []
    upcoming: Question | None = question
    for typed in answers:
        if upcoming is None:
            break
        turn = session.answer(upcoming, typed)
        if not fits(turn):
            return Filled(tuple(rows), session, upcoming, turn)
        rows.append(Row(upcoming, typed, turn, _dropped(session, upcoming, turn.value)))
        session = session.with_answer(upcoming.name, turn.value)
        upcoming = _after(session, upcoming)
    return Filled(tuple(rows), session, upcoming)


def left(session: Session, question: Question) -> int:
    """How many questions about numbers are open from this one on."""
    return 1 + len(_open_after(session, question))


def _after(session: Session, question: Question) -> Question | None:
    return next(iter(_open_after(session, question)), None)


def _open_after(session: Session, question: Question) -> list[Question]:
    asked = session.asked()
    place = next((n for n, each in enumerate(asked) if each.name == question.name), len(asked))
    return [each for each in asked[place + 1 :] if each.kind in NUMERIC and not session.answered(each)]


def _dropped(session: Session, question: Question, value: str) -> tuple[str, ...]:
    """What one more would have asked: "0 cuộc" leaves out the question how many came."""
    if value != "0":
        return ()
    names = {each.name for each in session.with_answer(question.name, value).asked()}
    more = session.with_answer(question.name, "1").asked()
    return tuple(each.summary for each in more if each.name not in names)
