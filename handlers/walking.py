"""One question a turn through a form: ask, take the answer, go on to the next, and to the summary at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers import asking, correcting_texts, helping, summary, texts, unusual, unusual_texts
from handlers.engine import spelling, unit_later
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Session, Turn
from handlers.step import Step
from storage import answers, attachments, submissions
from storage.messages import Reply

MINUTE = timedelta(minutes=1)
"""How exactly a draft knows when it was last worked on: enough to tell a second reporter."""
OPEN = (
    "question",
    "picked",
    "parts",
    "files",
    "given",
    "since",
    "waits",
    "value",
    "raw",
    "provenance",
    "reason",
)
"""What belongs to the open question, or to what was read back for it, and outlives the correction of another one."""


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────


def ask(step: Step, name: str, before: str = "") -> list[Reply]:
    """Open a question."""
    frame = step.frame
    if frame.back and name == frame.back["question"]:
        frame.back = {}
    if name != frame.question:
        frame.picked, frame.parts, frame.files, frame.given = _held_ticks(step, name), [], 0, 0
        frame.chats = frame.helps = 0
        frame.since = step.talk.receipt
    frame.question, frame.waits, frame.misses, frame.raw = name, "answer", 0, ""
    return [asking.question(step.talk, step.session, step.question, before=before)]


def _held_ticks(step: Step, name: str) -> list[str]:
    """The options of an answer that is asked for again: they are ticked already."""
    question = step.session.form.question(name)
    several = question is not None and question.kind == "multi" and step.session.answered(question)
    return step.session.value(name).split() if several else []


def again(step: Step, problem: str) -> list[Reply]:
    """Say what was wrong and ask the same question; from the second miss on with another help each time."""
    if step.frame.misses >= 2:
        return helping.other(step, problem)
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
    if (broken := _at_the_end(step)) is not None:
        return broken
    title, page = step.dialogue.title(step.talk, step.draft), lines(step)
    rest = "\n".join(part for part in (step.dialogue.rest(step.session), unusual.same_again(step)) if part)
    return [summary.reply(step.talk, title, page, before, rest, month=_corrected(step))]


def at_the_end(step: Step, said: str, *, changed: bool = True) -> list[Reply]:
    """Back at the summary with one thing to say; the whole page only if its lines are others than those shown."""
    if step.session.next() is not None or step.frame.lines != [each.name for each in step.session.asked()]:
        return advance(step, said)
    broken = _at_the_end(step)
    return (
        [summary.short(step.talk, said, month=_corrected(step), changed=changed)]
        if broken is None
        else broken
    )


def _at_the_end(step: Step) -> list[Reply] | None:
    """Nothing stands open any more; unless an answer breaks a rule by now, which is asked again."""
    step.count()
    for question, problem in step.session.problems():
        return ask(step, question.name, problem)
    step.frame.question, step.frame.waits, step.frame.since = "", "summary", step.talk.receipt
    step.frame.picked, step.frame.parts, step.frame.files, step.frame.given = [], [], 0, 0
    step.frame.back, step.frame.table = {}, []
    step.frame.chats = step.frame.helps = 0
    return None


def _corrected(step: Step) -> str:
    """The report that is in already and is being put right, by its month and among several by its unit; else empty."""
    month = spelling.month(step.draft.period_key or "") if step.draft.version else ""
    several = month and len(set(step.talk.units)) > 1
    return correcting_texts.OF_UNIT.format(month=month, unit=step.draft.unit_name) if several else month


def number_lines(step: Step) -> None:
    """From now on "sửa 5" counts by the questions as they are asked (SETTLED)."""
    step.frame.lines = [question.name for question in step.session.asked()]


def lines(step: Step) -> str:
    """The numbered lines so far; "sửa 5" counts by them until they are shown anew."""
    number_lines(step)
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
    # "triệu" may follow: the number waits for its unit.
    step.frame.raw = unit_later.bare(raw) if turn.reason == "no_unit" else ""
    if turn.outcome == "refused":
        return again(step, turn.reason)
    return again(step, asking.problem(step.talk, step.session, step.question, raw, turn.reason))


def finish_parts(step: Step) -> list[Reply]:
    """All that was collected until "xong" is one answer."""
    whole = "\n".join(step.frame.parts)
    if whole or step.frame.files:
        return settle(step, step.session.take(step.question, whole), whole, step.frame.given)
    step.frame.misses += 1
    return again(step, step.talk.words(texts.NOTHING_COLLECTED))


def take(  # noqa: PLR0913 - the columns of one row
    step: Step, value: str, provenance: str, raw: str, given: int, *, doubt: str = "", note: str = ""
) -> list[Reply]:
    """Store an answer, with why it was asked again and the reason that was given, and go on."""
    question, files, before = step.question, step.frame.files, step.session
    kept = provenance if value or files else "missing"
    keep(step, question, value, kept, raw, given, doubt=doubt, note=note)
    if step.frame.back:
        return _put_right(step, question, before, value, provenance)
    echo = asking.echo(step.session, question, value, provenance, files)
    step.frame.question = ""
    return advance(step, step.talk.words(unusual_texts.NOTED, echo=echo) if note else echo)


def take_candidate(step: Step, note: str = "") -> list[Reply]:
    """Store what was read back and is right, with the reason that was given for it, and go on."""
    frame = step.frame
    doubt = frame.reason if frame.reason in unusual_texts.LOOK else ""
    return take(step, frame.value, frame.provenance, frame.raw, frame.given, doubt=doubt, note=note)


def keep_held(step: Step) -> list[Reply]:
    """Leave an answer as it is written down, and go on as after a new one."""
    if step.frame.back:
        return _return(step, _unchanged(step, step.question))
    said = asking.echo(step.session, step.question, step.session.value(step.question.name), "answered")
    step.frame.question, step.frame.picked, step.frame.waits = "", [], "answer"
    return advance(step, said)


def _put_right(step: Step, question: Question, before: Session, value: str, provenance: str) -> list[Reply]:
    """Say what a corrected line was and is, and ask again what was open."""
    held = before.value(question.name)
    if step.frame.files and held == value:
        return _return(step, asking.echo(step.session, question, value, provenance, step.frame.files))
    return _return(
        step, _unchanged(step, question) if held == value else _changed(step, question, before, held)
    )


def _unchanged(step: Step, question: Question) -> str:
    now = asking.told(step.session, question, step.session.value(question.name))
    return correcting_texts.UNCHANGED.format(n=line(step, question.name), short=question.summary, now=now)


def _changed(step: Step, question: Question, before: Session, held: str) -> str:
    was, now = (
        asking.told(before, question, held),
        asking.told(step.session, question, step.session.value(question.name)),
    )
    n, now = line(step, question.name), now.replace(".”", "”")
    return step.talk.words(texts.EDIT_TAKEN, n=n, short=question.summary, old=was, new=now)


def _return(step: Step, said: str) -> list[Reply]:
    """Ask again what was open, or for a yes to what was read back, unless the correction leads elsewhere."""
    frame = step.frame
    left, frame.back, frame.question = frame.back, {}, ""
    if not left["question"]:
        return at_the_end(step, said)
    names, upcoming = [each.name for each in step.session.asked()], step.session.next()
    gone = left["question"] not in names
    if gone or (upcoming and names.index(upcoming.name) < names.index(left["question"])):
        return advance(step, said)
    for name in OPEN:
        setattr(frame, name, left.get(name, getattr(frame, name)))
    if frame.waits != "confirm" or step.question.kind == "text":
        return ask(step, frame.question, said)
    read = unusual.confirmation(step)
    return [Reply(f"{said}\n\n{read.text}", read.choices)]


def leave_open(step: Step) -> None:
    """Remember what is open while an earlier line is put right."""
    if not step.frame.back:
        step.frame.back = {name: getattr(step.frame, name) for name in OPEN}


def line(step: Step, name: str) -> int:
    """The number by which "sửa 5" knows a question: as it was shown last, or as it is asked."""
    shown = step.frame.lines if name in step.frame.lines else [each.name for each in step.session.asked()]
    return shown.index(name) + 1


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
