"""An earlier answer is put right in the middle of another question: "câu 3 ghi nhầm, 40 mới đúng"."""

from __future__ import annotations

import re

from handlers import asking, correcting_texts, steering, walking
from handlers.engine import commands, corrections, vietnamese
from handlers.engine.commands import Command
from handlers.engine.corrections import Told
from handlers.engine.question import Question
from handlers.engine.session import Session
from handlers.step import Step
from storage.messages import Choice, Reply

WAITS = "which"
"""The wait for the line that is meant."""


def hear(step: Step) -> list[Reply] | None:
    """Obey a correction by number or by name; None if the message is none."""
    told = corrections.told(step.typed)
    if told is None or _is_prose(step, told):
        return None
    if told.number is not None:
        return steering.edit(step, Command("edit", told.number, told.value))
    meant = named(step, told.name)
    if len(meant) == 1:
        return steering.put_right(step, meant[0].name, Command("edit", None, told.value))
    return _ask_which(step, told, meant) if meant else None


def _is_prose(step: Step, told: Told) -> bool:
    """In a text only "sửa …" is an order: all else may be what the person wants to write down."""
    return step.frame.waits != "summary" and step.question.kind == "text" and not told.orders


def named(step: Step, words: str) -> list[Question]:
    """Lines with an answer, or open, that are called so: by the short name, a part of it, or of the question."""
    said = _bare(words)
    lines = [q for q in step.session.asked() if q.name == step.frame.question or step.session.answered(q)]
    for fits in (_is_called, _begins_so, _is_asked_so):
        if said and (found := [question for question in lines if fits(step.session, question, said)]):
            return found
    return []


def _is_called(_: Session, question: Question, said: str) -> bool:
    return _bare(question.summary) == said


def _begins_so(_: Session, question: Question, said: str) -> bool:
    return f" {said} " in f" {_bare(question.summary)} "


def _is_asked_so(session: Session, question: Question, said: str) -> bool:
    return f" {said} " in f" {_bare(session.label(question))} "


def _bare(words: str) -> str:
    plain = " ".join(re.findall(r"[^\W_]+", vietnamese.fold(words)))
    return re.sub(r"^(?:(?:tong|so|muc|cau|cai) )+", "", plain)


# ── which of several ────────────────────────────────────────────────────────────────────────────────


def _ask_which(step: Step, told: Told, meant: list[Question]) -> list[Reply]:
    frame = step.frame
    frame.table, frame.value, frame.raw = [question.name for question in meant], told.value, frame.waits
    frame.waits = WAITS
    step.talk.state.turn += 1
    words = step.talk.words(correcting_texts.WHICH_LINE, name=told.name, value=told.value)
    return [_which(step, words)]


def _which(step: Step, words: str) -> Reply:
    talk, session = step.talk, step.session
    buttons: list[Choice] = []
    for each in step.frame.table:
        question = session.form.question(each)
        if question is not None:
            answered = session.answered(question)
            held = asking.told(session, question, session.value(each)) if answered else correcting_texts.OPEN
            label = correcting_texts.LINE.format(
                n=walking.line(step, each), short=question.summary, held=held
            )
            buttons.append(Choice(asking.payload(talk, f"line{walking.line(step, each)}"), label))
    buttons.append(Choice(asking.payload(talk, "again"), correcting_texts.KEEP))
    return Reply(words, tuple(buttons))


def which(step: Step) -> list[Reply] | None:
    """Take the number of the line, or its name; None if the message is something else, so nothing is put right."""
    frame = step.frame
    numbers = {walking.line(step, name): name for name in frame.table}
    said = step.pressed.removeprefix("line") or re.sub(r"^(?:cau|muc|dong|so) ", "", _plain(step.typed))
    if said.isdecimal() and int(said) in numbers:
        chosen = numbers[int(said)]
    else:
        called = [question.name for question in named(step, step.typed) if question.name in frame.table]
        chosen = called[0] if len(called) == 1 else ""
    if chosen:
        value, frame.waits, frame.table = frame.value, frame.raw, []
        return steering.put_right(step, chosen, Command("edit", None, value))
    if said.isdecimal():
        step.talk.state.turn += 1
        return [_which(step, step.talk.words(correcting_texts.NOT_LISTED, n=said, value=frame.value))]
    frame.waits, frame.table = frame.raw, []
    if step.pressed == "again" or commands.is_no(step.typed):
        return walking.resume(step, step.talk.words(correcting_texts.NOTHING_CHANGED))
    return None


def _plain(typed: str) -> str:
    return vietnamese.fold(typed).strip(" .!,")
