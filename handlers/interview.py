"""Walks a person through a form, one question a turn; what is particular to a form stands in its Dialogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from handlers import asking, collecting, summary, texts
from handlers.engine import commands
from handlers.engine.commands import Command
from handlers.engine.question import NUMERIC
from handlers.engine.session import Turn
from handlers.step import Dialogue, Step, editor_of, progress, step_of
from handlers.talk import Talk
from storage import submissions
from storage.messages import Choice, Reply

MINUTE = timedelta(minutes=1)
"""How exactly a draft knows when it was last worked on: enough to tell a second reporter."""


def hear(talk: Talk, dialogue: Dialogue) -> list[Reply] | None:
    """Take a message as part of the open interview; None if it is a command that leads out of it."""
    frame = talk.state.frames[-1]
    pressed = talk.incoming.choice
    if pressed and pressed.partition(".")[0] != str(talk.state.turn):
        return [talk.say(texts.STALE_BUTTON)]
    step = step_of(talk, dialogue, frame)
    if step is None:
        talk.state.frames.remove(frame)
        return None
    if step.draft.editor_id != talk.sender.id:
        return None if commands.parse(step.typed) else [_taken_over(step)]
    return WAITS[frame.waits](step)


def _taken_over(step: Step) -> Reply:
    button = Choice("do:resume", texts.RESUME)
    return step.talk.say(texts.TAKEN_OVER, **editor_of(step.talk, step.draft)).with_choices(button)


def answer(step: Step, typed: str) -> list[Reply] | None:
    """Take words as the answer to the open question, as if they had been typed."""
    return _react(step, step.session.answer(step.question, typed), typed)


# ── waiting for an answer ───────────────────────────────────────────────────────────────────────────


def _answer(step: Step) -> list[Reply] | None:
    if step.pressed:
        return _press(step, step.pressed)
    if step.talk.incoming.attachments:
        return collecting.file(step)
    if not step.typed:
        return _again(step, asking.problem(step.talk, step.question, "", "empty"))
    command = commands.parse(step.typed)
    if step.question.kind in ("one", "multi") and command is not None:
        turn = step.session.answer(step.question, step.typed)
        command = None if turn.outcome in ("taken", "confirm") else command
    if command is not None:
        return _command(step, command)
    if collecting.wanted(step) and not collecting.declined(step):
        return collecting.text(step) or _finish_parts(step)
    return _react(step, step.session.answer(step.question, step.typed), step.typed)


def _press(step: Step, pressed: str) -> list[Reply] | None:
    question = step.question
    if pressed.isdigit():
        return _option(step, int(pressed))
    if pressed == "done":
        picked = " ".join(step.frame.picked)
        return _react(step, step.session.take(question, picked), picked) if picked else _finish_parts(step)
    if pressed == "carry":
        return _react(step, step.session.answer(question, "như tháng trước"), "như tháng trước")
    if pressed == "skip":
        return _command(step, Command("skip"))
    return [step.talk.say(texts.STALE_BUTTON)]


def _option(step: Step, index: int) -> list[Reply] | None:
    question, frame = step.question, step.frame
    names = [choice.name for choice in step.session.choices(question)]
    if index >= len(names):
        return [step.talk.say(texts.STALE_BUTTON)]
    name = names[index]
    if question.kind != "multi" or _stands_alone(step, name, names):
        return _react(step, step.session.take(question, name), name)
    ticked = set(frame.picked) ^ {name}
    frame.picked = [other for other in names if other in ticked]
    return [_in_place(step, asking.question(step.talk, step.session, question))]


def _stands_alone(step: Step, name: str, names: list[str]) -> bool:
    """Whether the form refuses this option together with any other ("Không phát sinh")."""
    others = [other for other in names if other != name]
    return all(step.session.problem(step.question, f"{name} {other}") for other in others)


def _in_place(step: Step, reply: Reply) -> Reply:
    return Reply(reply.text, reply.choices, reply.attachments, step.talk.state.asked_in)


def _finish_parts(step: Step) -> list[Reply] | None:
    """All that was collected until "xong" is one answer."""
    whole = "\n".join(step.frame.parts)
    if whole or step.frame.files:
        return _react(step, step.session.take(step.question, whole), whole)
    return _again(step, step.talk.words(texts.NOTHING_COLLECTED))


def _react(step: Step, turn: Turn, raw: str) -> list[Reply] | None:
    """Do what the engine decided."""
    if turn.outcome == "taken":
        return take(step, turn.value, turn.provenance, raw)
    if turn.outcome == "confirm":
        step.frame.waits, step.frame.value, step.frame.raw = "confirm", turn.value, raw
        step.frame.provenance = turn.provenance
        return [asking.confirmation(step.talk, step.session, step.question, turn.value, turn.reason)]
    if turn.outcome == "command":
        return _command(step, Command({"pause": "later"}.get(turn.value, turn.value)))
    step.frame.misses += 1
    step.frame.parts.clear()
    if turn.outcome == "refused":
        return _again(step, turn.reason)
    return _again(step, asking.problem(step.talk, step.question, raw, turn.reason))


def _again(step: Step, problem: str) -> list[Reply]:
    """Say what was wrong and ask the same question; after the second miss offer the ways out."""
    if step.frame.misses >= 2:
        required = step.session.required(step.question)
        more = texts.STILL_UNREAD if required else texts.STILL_UNREAD_OPTIONAL
        problem = f"{problem} {step.talk.words(more)}"
    return [asking.question(step.talk, step.session, step.question, before=problem)]


def take(step: Step, value: str, provenance: str, raw: str) -> list[Reply]:
    """Store an answer and go on."""
    question = step.question
    number = float(value) if value and question.kind in NUMERIC else None
    row: dict[str, Any] = {
        "submission_id": step.draft.id,
        "version": step.draft.writing,
        "question": question.name,
        "value": value,
        "number": number,
        "provenance": provenance if value else "missing",
        "asked": True,
        "raw": raw,
        "contact_id": step.talk.sender.id,
        "answered_at": step.talk.now,
    }
    submissions.save_answer(step.talk.db, row)
    if step.talk.now - step.draft.edited_at >= MINUTE:
        submissions.touch(step.talk.db, step.draft.id, step.talk.sender.id, step.talk.now)
    step.session = step.session.with_answer(question.name, value)
    return advance(step, asking.echo(step.session, question, value, provenance))


def advance(step: Step, before: str = "") -> list[Reply]:
    """Ask the first question without an answer; when there is none, show the summary."""
    upcoming = step.session.next()
    return show_summary(step, before) if upcoming is None else ask(step, upcoming.name, before)


def ask(step: Step, name: str, before: str = "") -> list[Reply]:
    """Open a question."""
    frame = step.frame
    frame.question, frame.waits, frame.misses = name, "answer", 0
    frame.picked, frame.parts, frame.files = [], [], 0
    return [asking.question(step.talk, step.session, step.question, before=before)]


def show_summary(step: Step, before: str = "") -> list[Reply]:
    """Everything on one page before it is submitted; an answer that breaks a rule by now is asked again."""
    step.count()
    for question, problem in step.session.problems():
        return ask(step, question.name, problem)
    step.frame.question, step.frame.waits = "", "summary"
    title = step.dialogue.title(step.talk, step.draft)
    return [summary.reply(step.talk, step.session, title, before, step.dialogue.rest(step.session))]


# ── waiting for a yes ───────────────────────────────────────────────────────────────────────────────


def _confirm(step: Step) -> list[Reply] | None:
    frame, typed = step.frame, step.typed
    if step.pressed == "yes" or (not step.pressed and commands.is_yes(typed)):
        return take(step, frame.value, frame.provenance, frame.raw)
    if step.pressed == "again" or (not step.pressed and commands.is_no(typed)):
        return ask(step, frame.question, step.talk.words(texts.CONFIRM_AGAIN))
    same = step.session.answer(step.question, typed)
    if same.outcome in ("taken", "confirm") and same.value == frame.value:
        return take(step, frame.value, frame.provenance, typed)
    frame.waits = "answer"
    return _answer(step)


# ── at the summary ──────────────────────────────────────────────────────────────────────────────────


def _summary(step: Step) -> list[Reply] | None:
    command = Command("submit") if step.pressed == "submit" else commands.parse(step.typed)
    if command is not None:
        return _command(step, command)
    if step.talk.incoming.attachments:
        return collecting.late_file(step)
    if commands.is_yes(step.typed):
        return _command(step, Command("submit"))
    return [step.talk.say(texts.SUMMARY_UNREAD).with_choices(*summary.buttons(step.talk))]


# ── commands inside an interview ────────────────────────────────────────────────────────────────────


def _command(step: Step, command: Command) -> list[Reply] | None:
    local = COMMANDS.get(command.name)
    return local(step, command) if local else None


def _submit(step: Step, _: Command) -> list[Reply]:
    open_questions = [q for q in step.session.asked() if not step.session.answered(q)]
    if open_questions:
        missing = step.talk.words(texts.NOT_FINISHED, n=len(open_questions))
        return advance(step, missing)
    if step.frame.waits != "summary":
        return show_summary(step)
    step.talk.state.frames.remove(step.frame)
    return step.dialogue.submit(step)


def edit(step: Step, command: Command) -> list[Reply]:
    """Reopen line n of the summary; with "thành 40" answer it at once."""
    asked = step.session.asked()
    if command.number is None:
        return [step.talk.say(texts.WHICH_LINE)]
    if not 1 <= command.number <= len(asked):
        return [step.talk.say(texts.NO_SUCH_LINE, n=command.number, of=len(asked))]
    replies = reopen(step, asked[command.number - 1].name)
    if not command.text:
        return replies
    return _react(step, step.session.answer(step.question, command.text), command.text) or replies


def _back(step: Step, _: Command) -> list[Reply]:
    names = [question.name for question in step.session.asked()]
    place = names.index(step.frame.question) if step.frame.question in names else len(names)
    if place == 0:
        return [asking.question(step.talk, step.session, step.question, before=texts.FIRST_QUESTION)]
    return reopen(step, names[place - 1])


def reopen(step: Step, name: str) -> list[Reply]:
    """Ask an answered question again, saying what is written down."""
    question = step.session.form.question(name)
    held = asking.held(step.session, question) if question and step.session.answered(question) else ""
    return ask(step, name, held)


def _skip(step: Step, _: Command) -> list[Reply] | None:
    if step.frame.waits == "summary":
        return [step.talk.say(texts.SUMMARY_UNREAD)]
    if step.frame.parts or step.frame.files:
        return _finish_parts(step)
    if not step.session.required(step.question):
        return take(step, "", "missing", step.typed or "skip")
    why = texts.REQUIRED if step.question.kind in NUMERIC else texts.REQUIRED_TEXT
    return [asking.question(step.talk, step.session, step.question, before=step.talk.words(why))]


def later(step: Step, _: Command) -> list[Reply]:
    """Put the paper aside; nothing typed is lost."""
    step.talk.state.frames.remove(step.frame)
    done, of = progress(step.session)
    return [step.talk.say(texts.PAUSED, done=done, of=of).with_choices(Choice("do:resume", texts.RESUME))]


def _help(step: Step, _: Command) -> list[Reply]:
    if step.frame.waits == "summary":
        return [step.talk.say(texts.SUMMARY_UNREAD)]
    example = texts.EXAMPLES.get(step.question.kind, texts.EXAMPLES["text"])
    explained = step.talk.words(texts.EXPLAIN, example=example)
    return [asking.question(step.talk, step.session, step.question, before=explained)]


def _review(step: Step, _: Command) -> list[Reply]:
    if step.session.next() is None:
        return show_summary(step)
    so_far = summary.lines(step.session)
    return ask(step, step.frame.question or step.session.next().name, so_far)  # type: ignore[union-attr]


def _cancel(step: Step, _: Command) -> list[Reply]:
    step.frame.waits = "cancel"
    step.talk.state.turn += 1
    yes = Choice(asking.payload(step.talk, "yes"), texts.CANCEL_YES)
    no = Choice(asking.payload(step.talk, "no"), texts.CANCEL_NO)
    return [step.talk.say(texts.CANCEL).with_choices(yes, no)]


def _cancelling(step: Step) -> list[Reply] | None:
    command = commands.parse(step.typed)
    repeated = command is not None and command.name == "cancel"
    if step.pressed == "yes" or repeated or (not step.pressed and commands.is_yes(step.typed)):
        submissions.discard(step.talk.db, step.draft)
        step.talk.state.frames.remove(step.frame)
        return [step.talk.say(texts.CANCELLED)]
    step.frame.waits = "answer" if step.frame.question else "summary"
    if step.pressed == "no" or commands.is_no(step.typed):
        return resume(step, texts.NOT_CANCELLED)
    return WAITS[step.frame.waits](step)


def resume(step: Step, before: str = "") -> list[Reply]:
    """Say again what stands open."""
    name = step.frame.question
    still_open = name and any(question.name == name for question in step.session.asked())
    if still_open and not step.session.answered(step.question):
        return ask(step, name, before)
    return advance(step, before)


WAITS: dict[str, Callable[[Step], list[Reply] | None]] = {
    "answer": _answer,
    "confirm": _confirm,
    "summary": _summary,
    "cancel": _cancelling,
}
COMMANDS: dict[str, Callable[[Step, Command], list[Reply] | None]] = {
    "submit": _submit,
    "edit": edit,
    "back": _back,
    "skip": _skip,
    "later": later,
    "help": _help,
    "review": _review,
    "cancel": _cancel,
}
