"""What changed in a report: against the month before in one line, and against its own earlier version by lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from handlers import afterwards_texts as said
from handlers import questionnaires
from handlers.engine import spelling
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Session
from handlers.showing import value
from storage import answers, history
from storage.submissions import Draft

MOST = 3
MOST_LINES = 6

Difference = tuple[Question, str, str]
"""A question with its stored value before and now."""


# ── against the month before ────────────────────────────────────────────────────────────────────────


def with_last_month(db: Connection, draft: Draft, version: int) -> str:
    """One line: the figures that changed most, and that the members did not; empty without a report of that month."""
    last = history.month_before(db, draft)
    if last is None:
        return ""
    before = answers.results(db, last.id, last.version)
    now = answers.results(db, draft.id, version)
    moved = _moved(questionnaires.form_of(db, draft).visible, before, now)
    changes = ", ".join(_change(*one) for one in moved[:MOST])
    same = _steady(questionnaires.form_of(db, draft).visible, before, now)
    parts = [changes, same] if moved else [said.ALL_UNCHANGED]
    period = spelling.month(last.period_key or "")
    return said.COMPARED.format(period=period, changes="; ".join(part for part in parts if part))


Moved = tuple[Question, float, float]


def _moved(questions: tuple[Question, ...], before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Moved]:
    """Of each section the figure that changed most, by its share; larger ones first, and those upwards."""
    best: dict[str, Moved] = {}
    for question in questions:
        old, new = _numbers(question, before, now)
        if old is None or new is None or old == new:
            continue
        held = best.get(question.section or question.name)
        if held is None or _share(old, new) > _share(*held[1:]):
            best[question.section or question.name] = (question, old, new)
    return sorted(best.values(), key=lambda one: (-_share(*one[1:]), one[2] < one[1]))


def _numbers(
    question: Question, before: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[float | None, float | None]:
    rows = (before.get(question.name), now.get(question.name))
    old, new = (row.number if row is not None and question.kind in NUMERIC else None for row in rows)
    return old, new


def _share(old: float, new: float) -> float:
    return abs(new - old) / max(abs(old), abs(new))


def _change(question: Question, old: float, new: float) -> str:
    before = spelling.number(_whole(old)) if old else said.NONE_BEFORE
    return said.CHANGE.format(now=_in_words(question, new), before=before)


def _steady(questions: tuple[Question, ...], before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """The first stock that was asked in both months and is the same: the members."""
    for question in questions:
        old, new = _numbers(question, before, now)
        if question.carry and new is not None and now[question.name].asked:
            return said.UNCHANGED.format(what=_called(question)) if old == new else ""
    return ""


def _in_words(question: Question, number: float) -> str:
    """As it stands in a sentence: "tuyên truyền 3 cuộc", "đoàn viên 125 người"."""
    shown = spelling.number(_whole(number))
    if template := said.FIGURES_IN_WORDS.get(question.name):
        return template.format(n=shown)
    unit = "đồng" if question.kind == "money" else question.unit
    return f"{_called(question)} {shown} {unit}".strip()


def _called(question: Question) -> str:
    words = question.summary
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


# ── against an earlier version ──────────────────────────────────────────────────────────────────────


def differences(session: Session, before: Mapping[str, str], now: Mapping[str, str]) -> list[Difference]:
    """What is not the same any more, in the order of the form."""
    questions = [result.question for result in session.results()]
    pairs = [(question, before.get(question.name, ""), now.get(question.name, "")) for question in questions]
    return [pair for pair in pairs if pair[1] != pair[2]]


def lines(session: Session, changed: list[Difference]) -> str:
    """One line a difference, with the number by which SUA knows the question."""
    order = [question.name for question in session.asked()]
    rows = [_line(session, order, *one) for one in changed[:MOST_LINES]]
    if len(changed) > MOST_LINES:
        rows.append(said.MORE.format(n=len(changed) - MOST_LINES))
    return "\n".join(rows)


def _line(session: Session, order: list[str], question: Question, old: str, new: str) -> str:
    change = _from_to(session, question, old, new)
    if question.name not in order:
        return said.LINE_NOT_ASKED.format(short=question.summary, change=change)
    return said.LINE.format(n=order.index(question.name) + 1, short=question.summary, change=change)


def _from_to(session: Session, question: Question, old: str, new: str) -> str:
    """Figures in full; of prose only that it changed."""
    if question.kind == "text":
        return said.REWRITTEN if old and new else said.ADDED if new else said.LEFT_OUT
    number = question.kind in NUMERIC and old and new
    before = spelling.number(_whole(float(old))) if number else value(session, question, old)
    return said.FROM_TO.format(before=before, now=value(session, question, new))
