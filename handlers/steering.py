"""Commands inside an interview: SUA 5, quay lại, bỏ qua, hủy…; an answer may turn out to be one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers import (
    asking,
    behalf_texts,
    behalf_words,
    chatter_texts,
    chatting,
    correcting_texts,
    helping,
    showing,
    texts,
    unusual_texts,
    walking,
)
from handlers.engine import chatter, corrections, unit_later, vietnamese
from handlers.engine.commands import Command
from handlers.engine.question import NUMERIC
from handlers.step import Step, progress
from storage.messages import Choice, Reply

IN_THE_ENGINE = {"pause": "later"}
"""Commands that the engine, which reads answers, calls by another name."""


def answer(step: Step, typed: str) -> list[Reply] | None:
    """Take words as the answer to the open question, as if they had been typed."""
    if step.question.kind == "money" and unit_later.bare(step.frame.raw):
        typed = f"{step.frame.raw} {unit_later.unit(typed)}" if unit_later.unit(typed) else typed
    turn = step.session.answer(step.question, typed)
    if turn.outcome == "command":
        return obey(step, Command(IN_THE_ENGINE.get(turn.value, turn.value)))
    if turn.outcome == "ask" and typed == step.typed:
        kind = chatter.heard(typed) or ("question" if turn.reason == "question" else None)
        if kind is not None:
            return chatting.beside(step, kind)
    return walking.settle(step, turn, typed)


def obey(step: Step, command: Command) -> list[Reply] | None:
    """Do what a command means here; None if it leads out of the interview."""
    local = COMMANDS.get(command.name)
    return local(step, command) if local else None


def _submit(step: Step, _: Command) -> list[Reply]:
    open_questions = [q for q in step.session.asked() if not step.session.answered(q)]
    optional = open_questions and not step.session.required(open_questions[0])
    if optional and [each.name for each in open_questions] == [step.frame.question]:
        return not_sent(step, walking.take(step, "", "missing", step.typed, step.talk.receipt))
    if open_questions:
        missing = step.talk.words(texts.NOT_FINISHED, n=len(open_questions))
        return walking.advance(step, missing)
    if step.frame.waits != "summary":
        return not_sent(step, walking.show_summary(step))
    step.talk.state.frames.remove(step.frame)
    return step.dialogue.submit(step)


def not_sent(step: Step, replies: list[Reply]) -> list[Reply]:
    """Say on the page that it has not been handed in, to who wished to and is shown the page first."""
    if step.frame.waits != "summary":
        return replies
    *before, last = replies
    words = step.talk.words(chatter_texts.NOT_SENT)
    return [*before, replace(last, text=f"{words}\n{last.text}")]


def edit(step: Step, command: Command, typed: str = "") -> list[Reply]:
    """Reopen line n of the summary; with "thành 40" answer it at once; `typed` holds the words, if not this message."""
    asked = [question.name for question in step.session.asked()]
    shown = step.frame.lines or asked
    if command.number is None:
        return [_which_line(step)]
    if not 1 <= command.number <= len(shown) or shown[command.number - 1] not in asked:
        return [step.talk.say(texts.NO_SUCH_LINE, n=command.number, of=len(shown))]
    return put_right(step, shown[command.number - 1], command, typed)


def _which_line(step: Step) -> Reply:
    """At the summary a bare number or name will do, and the page may be far above."""
    if step.frame.waits != "summary":
        return step.talk.say(texts.WHICH_LINE)
    return Reply(f"{walking.lines(step)}\n{step.talk.words(correcting_texts.WHICH_TO_OPEN)}")


def put_right(step: Step, name: str, command: Command, typed: str = "") -> list[Reply]:
    """Reopen a question that has an answer; with a new value answer it, then go back to what was open."""
    frame, question = step.frame, step.session.form.question(name)
    if question is None or (name != frame.question and not step.session.answered(question)):
        before = step.talk.words(correcting_texts.NOT_ASKED_YET, n=walking.line(step, name))
        return walking.resume(step, before)
    told = command.text if question.kind != "text" else prose(command.text, typed or step.typed)
    if name != frame.question:
        walking.leave_open(step)
    replies = walking.reopen(step, name)
    return (answer(step, told) if told else None) or replies


def prose(told: str, typed: str) -> str:
    """A text that is to stand there, in full: "cho chị em" at its end is no courtesy; empty if nothing says "sửa"."""
    if not told or not asks_to_edit(typed):
        return ""
    whole = vietnamese.compose(typed)
    return corrections.prose(whole[max(whole.rfind(told), 0) :]) if told in whole else told


def asks_to_edit(typed: str) -> bool:
    """Whether words say "sửa"; "Mục 1: …" alone may be a line of prose, which must not overwrite another."""
    return vietnamese.fold(typed).startswith(("sua", "chinh"))


def _back(step: Step, _: Command) -> list[Reply]:
    names = [question.name for question in step.session.asked()]
    place = names.index(step.frame.question) if step.frame.question in names else len(names)
    if place == 0:
        return [asking.question(step.talk, step.session, step.question, before=texts.FIRST_QUESTION)]
    return walking.reopen(step, names[place - 1])


def _skip(step: Step, _: Command) -> list[Reply]:
    if step.frame.waits == "summary":
        return chatting.at_summary(step)
    if step.frame.parts or step.frame.files:
        return walking.finish_parts(step)
    if not step.session.required(step.question):
        return walking.take(step, "", "missing", step.typed or "skip", step.talk.receipt)
    step.frame.chats += 1
    why = texts.REQUIRED if step.question.kind in NUMERIC else texts.REQUIRED_TEXT
    why = why if step.frame.chats % 2 else chatter_texts.REQUIRED_AGAIN
    return [asking.question(step.talk, step.session, step.question, before=step.talk.words(why))]


def _later(step: Step, _: Command) -> list[Reply]:
    """Put the paper aside; nothing typed is lost."""
    step.talk.state.frames.remove(step.frame)
    done, of = progress(step.session)
    return [step.talk.say(texts.PAUSED, done=done, of=of).with_choices(Choice("do:resume", texts.RESUME))]


def _help(step: Step, _: Command) -> list[Reply]:
    if step.frame.waits == "summary":
        return chatting.at_summary(step)
    return helping.asked_for(step)


def _previous(step: Step, _: Command) -> list[Reply]:
    """Show what the last report says here; the question stays open."""
    if step.frame.waits == "summary":
        return [step.talk.say(texts.SUMMARY_UNREAD)]
    held = step.session.previous(step.question)
    said = unusual_texts.PREVIOUS if held else unusual_texts.NO_PREVIOUS
    shown = showing.value(step.session, step.question, held) if held else ""
    return walking.ask(step, step.question.name, said.format(value=shown))


def _review(step: Step, _: Command) -> list[Reply]:
    upcoming = step.session.next()
    if upcoming is None:
        return walking.show_summary(step)
    return walking.ask(step, step.frame.question or upcoming.name, walking.lines(step))


def _cancel(step: Step, _: Command) -> list[Reply]:
    step.frame.waits = "cancel"
    step.talk.state.turn += 1
    yes = Choice(asking.payload(step.talk, "yes"), texts.CANCEL_YES)
    no = Choice(asking.payload(step.talk, "no"), texts.CANCEL_NO)
    words = texts.CANCEL_CORRECTION if step.draft.version else texts.CANCEL
    if behalf_words.began_elsewhere(step.talk, step.draft):
        words = behalf_texts.GIVE_BACK
    return [step.talk.say(words).with_choices(yes, no)]


COMMANDS: dict[str, Callable[[Step, Command], list[Reply]]] = {
    "submit": _submit,
    "edit": edit,
    "back": _back,
    "skip": _skip,
    "later": _later,
    "help": _help,
    "previous": _previous,
    "review": _review,
    "cancel": _cancel,
}
