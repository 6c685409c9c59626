"""An answer that was given already changes, because its message was edited: what is open stays open where it can."""

from __future__ import annotations

from dataclasses import replace

from handlers import (
    asking,
    chatting,
    collecting,
    interview,
    questionnaires,
    steering,
    texts,
    unusual,
    unusual_texts,
    walking,
)
from handlers.engine import commands, vietnamese
from handlers.engine.question import Question
from handlers.engine.session import Session, Turn
from handlers.filling import fits
from handlers.step import Step, in_hand
from storage import attachments
from storage.answers import Given
from storage.messages import Reply


def part(step: Step, old: str) -> list[Reply]:
    """Replace a piece of the text that is being written."""
    question, frame = step.question, step.frame
    changed = [step.typed if piece == old else piece for piece in frame.parts]
    problem = step.session.problem(question, "\n".join(changed))
    if problem is not None or not _is_prose(step, question):
        return [Reply(problem) if problem else step.talk.say(texts.EDITED)]
    frame.parts = changed
    collecting.store(step)
    return [Reply(notice(step, question, old, step.typed))]


def answer(step: Step, given: Given, said: list[str]) -> list[Reply] | None:
    """Change an answer of a paper that is being written; None if the words simply answer the open question."""
    if not in_hand(step.talk, step.draft):
        return [interview.taken_over(step)]
    question = step.session.form.question(given.question)
    if question is None or question.name not in order(step.session):
        return [step.talk.say(texts.EDITED)]
    if _is_asked_now(step, question):
        return None
    turn = _read(step, question, given, said)
    if turn is None or not fits(turn):
        return [_unread(step, question, given.value)]
    return [] if turn.value == given.value else _take(step, question, turn, given.value)


def _is_asked_now(step: Step, question: Question) -> bool:
    """Whether the question was opened again, so that the new words are simply its answer."""
    opened = step.frame is step.talk.state.top and step.frame.question == question.name
    return opened and not collecting.wanted(step)


def _read(step: Step, question: Question, given: Given, said: list[str]) -> Turn | None:
    """The new words as an answer; None if they are none, or if what was `said` before is only a part of it."""
    number, words = _told(question, step.typed)
    before = [told for n, told in (_told(question, text) for text in said) if n == number]
    whole = question.kind != "text" or given.value in ("", *before)
    if not before or not whole or (number is None and not _is_prose(step, question)):
        return None
    return step.session.answer(question, words)


def _told(question: Question, typed: str) -> tuple[int | None, str]:
    """The line and the words of "sửa 3 thành 40"; no line in an answer like any other."""
    command = commands.parse(typed)
    if command is None or command.name != "edit":
        return None, typed
    words = steering.prose(command.text, typed) if question.kind == "text" else command.text
    return (command.number, words) if words else (None, typed)


def _is_prose(step: Step, question: Question) -> bool:
    """Whether the words may be an answer at all: no command, no "xong", no "nhầm"."""
    command = commands.parse(step.typed)
    if command is not None:
        return command.name == "skip" or interview.is_answer(step, question, command)
    said = vietnamese.fold(step.typed)
    if question.kind != "text":
        return True
    return bool(said and said not in (*interview.SLIPS, *collecting.DONE)) and not chatting.is_no_text(
        step.typed
    )


def _take(step: Step, question: Question, turn: Turn, old: str) -> list[Reply]:
    before = step.session
    there = turn.value or attachments.count(step.talk.db, step.draft, question.name)
    kept = replace(turn, provenance=turn.provenance if there else "missing")
    return go_on(step, before, store(step, question, old, kept, step.typed))


def store(step: Step, question: Question, old: str, turn: Turn, words: str) -> str:
    """Store a changed answer, and what to say of it; of one that is unlike the past, how to put it right."""
    reason = unusual.look_again(step, question, turn)
    doubt = reason if reason in unusual_texts.LOOK else ""
    look = unusual.remark(step, question, turn.value, doubt) if doubt else ""
    value, receipt = turn.value, step.talk.receipt
    walking.keep(step, question, value, turn.provenance, words, receipt, doubt=doubt)
    said = notice(step, question, old, value)
    n = walking.line(step, question.name)
    return step.talk.words(unusual_texts.EDITED, notice=said, look=look, n=n) if look else said


# ── going on ────────────────────────────────────────────────────────────────────────────────────────


def go_on(step: Step, before: Session, said: str) -> list[Reply]:
    """The open question stays open with its buttons; unless the change leads elsewhere, or puts it differently."""
    frame, notice = step.frame, [Reply(said)] if said else []
    if frame is not step.talk.state.top or frame.waits == "cancel":
        return notice
    if questionnaires.asks_what_is_counted(step.session):
        step.count()
    if frame.waits == "summary":
        return _summary(step, said)
    if _leads_elsewhere(step):
        return walking.advance(step, said)
    same = _put(before, step.question) == _put(step.session, step.question)
    return notice if same else walking.ask(step, frame.question, said)


def _summary(step: Step, said: str) -> list[Reply]:
    """The page anew; a question that applies only now, or an answer that breaks a rule by now, is asked first."""
    broken = step.session.problems() if step.session.next() is None else []
    for question, problem in broken:
        return walking.ask(step, question.name, f"{said}\n{problem}")
    return walking.advance(step, said)


def _leads_elsewhere(step: Step) -> bool:
    """Whether the open question does not apply any more, or an earlier one has no answer now."""
    names, upcoming = order(step.session), step.session.next()
    if step.frame.question not in names:
        return True
    return upcoming is not None and names.index(upcoming.name) < names.index(step.frame.question)


def _put(session: Session, question: Question) -> tuple[object, ...]:
    return session.label(question), session.hint(question), session.choices(question)


# ── saying so ───────────────────────────────────────────────────────────────────────────────────────


def order(session: Session) -> list[str]:
    """Names of the questions that apply, as they are numbered."""
    return [question.name for question in session.asked()]


def notice(step: Step, question: Question, old: str, stored: str) -> str:
    """What an answer was, and what it is now."""
    was, now = (asking.told(step.session, question, each) for each in (old, stored))
    n = order(step.session).index(question.name) + 1
    return step.talk.words(texts.EDIT_TAKEN, n=n, short=question.summary, old=was, new=now)


def _unread(step: Step, question: Question, stored: str) -> Reply:
    """That nothing changed; with the number by which SUA knows the question, if it has been shown one."""
    shown = step.frame.lines or order(step.session)
    if question.name not in shown:
        return step.talk.say(texts.EDITED)
    return step.talk.say(texts.EDIT_UNREAD, **line(step.session, question, stored, shown))


def line(session: Session, question: Question, stored: str, shown: list[str]) -> dict[str, object]:
    """What a sentence needs to name a line of the summary."""
    held = asking.told(session, question, stored)
    return {"n": shown.index(question.name) + 1, "short": question.summary, "old": held}
