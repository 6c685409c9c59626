"""One question a turn through a form: ask, take the answer, go on to the next, and to the summary at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers import asking, summary, texts, unusual, unusual_texts
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Turn
from handlers.step import Step
from storage import answers, attachments, submissions
from storage.messages import Reply

MINUTE = timedelta(minutes=1)
"""How exactly a draft knows when it was last worked on: enough to tell a second reporter."""


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────


def ask(step: Step, name: str, before: str = "") -> list[Reply]:
    """Open a question."""
    frame = step.frame
    if name != frame.question:
        frame.picked, frame.parts, frame.files, frame.given = [], [], 0, 0
        frame.since = step.talk.receipt
    frame.question, frame.waits, frame.misses = name, "answer", 0
    return [asking.question(step.talk, step.session, step.question, before=before)]


def again(step: Step, problem: str) -> list[Reply]:
    """Say what was wrong and ask the same question; after the second miss offer the ways out."""
    if step.frame.misses >= 2:
        required = step.session.required(step.question)
        more = texts.STILL_UNREAD if required else texts.STILL_UNREAD_OPTIONAL
        problem = f"{problem} {step.talk.words(more)}"
    return [asking.question(step.talk, step.session, step.question, before=problem)]


def reopen(step: Step, name: str) -> list[Reply]:
    """Ask an answered question again, saying what is written down."""
    question = step.session.form.question(name)
    held = asking.held(step.session, question) if question and step.session.answered(question) else ""
    return ask(step, name, held)


def resume(step: Step, before: str = "") -> list[Reply]:
    """Say again what stands open."""
    name = step.frame.question
    still_open = name and any(question.name == name for question in step.session.asked())
    if still_open and not step.session.answered(step.question):
        return ask(step, name, before)
    return advance(step, before)


def advance(step: Step, before: str = "") -> list[Reply]:
    """Ask the first question without an answer; when there is none, show the summary."""
    upcoming = step.session.next()
    return show_summary(step, before) if upcoming is None else ask(step, upcoming.name, before)


def show_summary(step: Step, before: str = "") -> list[Reply]:
    """Everything on one page before it is submitted; an answer that breaks a rule by now is asked again."""
    step.count()
    for question, problem in step.session.problems():
        return ask(step, question.name, problem)
    step.frame.question, step.frame.waits, step.frame.since = "", "summary", step.talk.receipt
    step.frame.picked, step.frame.parts, step.frame.files, step.frame.given = [], [], 0, 0
    title, page = step.dialogue.title(step.talk, step.draft), lines(step)
    rest = "\n".join(part for part in (step.dialogue.rest(step.session), unusual.same_again(step)) if part)
    return [summary.reply(step.talk, title, page, before, rest)]


def lines(step: Step) -> str:
    """The numbered lines so far; "sửa 5" counts by them until they are shown anew (SETTLED)."""
    step.frame.lines = [question.name for question in step.session.asked()]
    return summary.lines(step.session, attachments.counts(step.talk.db, step.draft))


# ── taking ──────────────────────────────────────────────────────────────────────────────────────────


def settle(step: Step, turn: Turn, raw: str, given: int | None = None) -> list[Reply]:
    """Do what the engine decided about an answer: take it, read it back, or say what is wrong with it.

    `given` is the receipt of the message that holds it, by default this one; 0 if it came in several.
    """
    given = step.talk.receipt if given is None else given
    doubt = unusual.look_again(step, step.question, turn)
    if turn.outcome == "taken" and not doubt:
        return take(step, turn.value, turn.provenance, raw, given)
    if turn.outcome in ("taken", "confirm"):
        step.frame.waits, step.frame.value, step.frame.raw = "confirm", turn.value, raw
        step.frame.provenance, step.frame.given, step.frame.reason = turn.provenance, given, doubt
        return [unusual.confirmation(step)]
    step.frame.misses += 1
    if turn.outcome == "refused":
        return again(step, turn.reason)
    return again(step, asking.problem(step.talk, step.question, raw, turn.reason))


def finish_parts(step: Step) -> list[Reply]:
    """All that was collected until "xong" is one answer."""
    whole = "\n".join(step.frame.parts)
    if whole or step.frame.files:
        return settle(step, step.session.take(step.question, whole), whole, step.frame.given)
    return again(step, step.talk.words(texts.NOTHING_COLLECTED))


def take(step: Step, value: str, provenance: str, raw: str, given: int) -> list[Reply]:
    """Store an answer and go on."""
    question, files = step.question, step.frame.files
    keep(step, question, value, provenance if value or files else "missing", raw, given)
    echo = asking.echo(step.session, question, value, provenance, files)
    step.frame.question = ""
    return advance(step, echo)


def take_candidate(step: Step, note: str = "") -> list[Reply]:
    """Store what was read back and is right, with the reason that was given for it, and go on."""
    frame, question = step.frame, step.question
    doubt = frame.reason if frame.reason in unusual_texts.LOOK else ""
    keep(step, question, frame.value, frame.provenance, frame.raw, frame.given, doubt=doubt, note=note)
    echo = asking.echo(step.session, question, frame.value, frame.provenance)
    frame.question = ""
    return advance(step, step.talk.words(unusual_texts.NOTED, echo=echo) if note else echo)


def keep(  # noqa: PLR0913 - the columns of one row
    step: Step,
    question: Question,
    value: str,
    provenance: str,
    raw: str,
    given: int,
    *,
    doubt: str = "",
    note: str = "",
) -> None:
    """Store an answer as far as it has come, and the receipt of the message that gave it; what is open stays open."""
    number = float(value) if value and question.kind in NUMERIC else None
    row: dict[str, Any] = {
        "submission_id": step.draft.id,
        "version": step.draft.writing,
        "question": question.name,
        "value": value,
        "number": number,
        "provenance": provenance,
        "asked": True,
        "raw": raw,
        "doubt": doubt,
        "note": note,
        "receipt_id": given or None,
        "contact_id": step.talk.sender.id,
        "answered_at": step.talk.now,
    }
    answers.save(step.talk.db, row)
    if step.talk.now - step.draft.edited_at >= MINUTE:
        submissions.touch(step.talk.db, step.draft.id, step.talk.sender.id, step.talk.now)
    step.session = step.session.with_answer(question.name, value)
