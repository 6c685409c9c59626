"""Why a number is unlike the unit's earlier ones: hears the reason, which is kept with the answer."""

from __future__ import annotations

from handlers import asking, chatting, walking
from handlers import unusual_texts as texts
from handlers.engine import commands, reasons
from handlers.engine.session import Turn
from handlers.showing import clip
from handlers.showing import value as value_shown
from handlers.step import Step
from handlers.unusual import LONGEST
from storage.messages import Choice, Reply


def ask(step: Step) -> list[Reply]:
    """Ask for the reason: what comes next is taken for it."""
    return [_waiting(step, step.talk.words(texts.WHY))]


def again(step: Step) -> list[Reply]:
    """Say that this was no reason."""
    value = value_shown(step.session, step.question, step.frame.value)
    typed = clip(step.typed, asking.LONGEST)
    return [_waiting(step, step.talk.words(texts.WHY_NOT_READ, typed=typed, value=value))]


def _waiting(step: Step, words: str) -> Reply:
    step.frame.waits = "reason"
    step.talk.state.turn += 1
    labels = {"yes": texts.YES, "again": texts.SLIP}
    return Reply(words, tuple(Choice(asking.payload(step.talk, what), said) for what, said in labels.items()))


def hear(step: Step, read: Turn) -> list[Reply] | None:
    """Take words that explain the number unasked; None if they are no such thing, or belong to a plain "is it right?".

    A number in them must be no other answer; what is neither surely a reason nor a number is asked about.
    """
    if step.frame.reason not in texts.LOOK or not step.typed:
        return None
    if _unread(read) and reasons.is_reason(step.typed, read.reason):
        return walking.take_candidate(step, _note(step))
    unclear = read.outcome == "ask" and commands.parse(step.typed) is None
    return again(step) if unclear else None


def hear_why(step: Step, read: Turn) -> list[Reply] | None:
    """A reason that names the number itself: "do bão số 3, hỗ trợ 60 hộ ngập nước"."""
    looks = step.frame.reason in texts.LOOK and read.value == step.frame.value
    if looks and step.typed and reasons.is_reason(step.typed, read.reason):
        return walking.take_candidate(step, _note(step))
    return None


def hear_asked(step: Step) -> list[Reply] | None:
    """Take the reason that was asked for; None if the words are a plain number, or say that it was a slip."""
    read = step.session.answer(step.question, step.typed)
    pasted = step.typed.count("\n") > 1
    talks = pasted or chatting.is_no_text(step.typed) or chatting.says_nothing(step.typed)
    if _unread(read) and not talks and reasons.is_told(step.typed, read.reason):
        return walking.take_candidate(step, _note(step))
    return again(step) if read.outcome == "ask" and not reasons.is_slip(step.typed) else None


def _unread(read: Turn) -> bool:
    return read.outcome == "ask" or read.reason == "unknown_words"


def _note(step: Step) -> str:
    return clip(" ".join(step.typed.split()), LONGEST)
