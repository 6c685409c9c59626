"""Hears a person inside an interview: what is taken depends on what it waits for."""

from __future__ import annotations

from collections.abc import Callable

from handlers import (
    agreeing,
    asking,
    at_once,
    at_summary,
    behalf_texts,
    behalf_words,
    chatter_texts,
    chatting,
    collecting,
    correcting,
    correcting_several,
    dialogues,
    explaining,
    leaving_out,
    quiet,
    steering,
    texts,
    ticking,
    unusual_texts,
    walking,
    which_line,
)
from handlers.engine import commands, corrections, reasons, sending, vietnamese
from handlers.engine.commands import Command
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Turn
from handlers.step import Dialogue, Step, editor_of, in_hand, step_of
from handlers.talk import Talk
from storage import submissions
from storage.messages import Choice, Reply

SLIPS = ("sai", "sai roi", "nham", "nham roi", "go nham", "ghi nham", "nhap nham", "ghi sai", "nhap sai")
"""Said right after "Đã ghi": the answer before was wrong."""

AS_BEFORE = ("nhu cu", "van nhu cu")
KEEP = (*AS_BEFORE, "giu nguyen", "de nguyen", "giu nguyen nhu cu", "de nguyen nhu cu", "cu giu nguyen")
"""Said when a question is asked again: what is written down is right."""


SHORT_ANSWERS = {"carry": "như tháng trước", "zero": "0", "today": "hôm nay", "yesterday": "hôm qua",
                 "nghin": "nghìn", "trieu": "triệu"}  # fmt: skip
"""What a button of an open question says, as if it had been typed."""


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
    if not in_hand(talk, step.draft):
        return None if commands.parse(step.typed) else [taken_over(step)]
    if step.draft.editor_id != talk.sender.id:
        step.claim()
        if not _still_asked(step):
            return _went_on(step)
    return WAITS[frame.waits](step)


def taken_over(step: Step) -> Reply:
    """Say that a colleague goes on with the paper by now, so that nothing was written down."""
    button = Choice(f"do:resume:{step.draft.id}", texts.RESUME)
    return step.talk.say(texts.TAKEN_OVER, **editor_of(step.talk, step.draft)).with_choices(button)


def _still_asked(step: Step) -> bool:
    """Whether the question that this account shows has no answer yet, although another one went on with the paper."""
    frame, name = step.frame, step.frame.question
    asked = any(question.name == name for question in step.session.asked())
    return (
        frame.waits in ("answer", "confirm", "reason") and asked and not step.session.answered(step.question)
    )


def _went_on(step: Step) -> list[Reply] | None:
    """Another account of the same person has answered meanwhile: show where the paper stands; commands lead on."""
    command = commands.parse(step.typed)
    if command is not None and command.name not in steering.COMMANDS:
        return None
    step.frame.question = ""
    return walking.resume(step, step.talk.words(texts.WENT_ON_ELSEWHERE))


# ── waiting for an answer ───────────────────────────────────────────────────────────────────────────


def _answer(step: Step) -> list[Reply] | None:
    if step.pressed:
        return _press(step, step.pressed)
    if step.talk.incoming.attachments:
        return collecting.file(step)
    if not step.typed:
        return walking.again(step, asking.problem(step.talk, step.session, step.question, "", "empty"))
    return _typed(step)


def _typed(step: Step) -> list[Reply] | None:
    if (said := _aside(step)) is not None:
        return said
    prose = step.question.kind == "text"
    command = commands.parse(step.typed) if prose else commands.within(step.typed)
    if command is not None and not is_answer(step, step.question, command):
        return steering.obey(step, command)
    if (said := _hands_in(step)) is not None:
        return said
    if step.frame.picked:
        return ticking.typed(step)
    if step.question.kind not in ("one", "multi", "yn") and vietnamese.fold(step.typed) in SLIPS:
        return steering.obey(step, Command("back"))
    return _words(step) if prose else steering.answer(step, step.typed)


def _hands_in(step: Step) -> list[Reply] | None:
    """An answer and the wish to hand in, in one message; None if it is no such message."""
    answer = sending.before(step.typed)
    if answer == "":
        return steering.obey(step, Command("submit"))
    if answer is None or step.session.answer(step.question, answer).outcome == "ask":
        return None
    replies = collecting.last(step, answer) if collecting.wanted(step) else steering.answer(step, answer)
    return steering.not_sent(step, replies) if replies else None


def _words(step: Step) -> list[Reply] | None:
    """Where a text is wanted: talk is none, the pieces of a long one are collected."""
    if (said := chatting.beside_a_text(step)) is not None:
        return said
    if collecting.wanted(step) and not collecting.declined(step):
        return collecting.text(step) or walking.finish_parts(step)
    return steering.answer(step, step.typed)


def _kept(step: Step) -> list[Reply] | None:
    """What is written down stays; "như cũ" beside last month's figure means that one."""
    said = vietnamese.fold(step.typed).strip(" .!")
    if said not in KEEP or not step.frame.question:
        return None
    if said in AS_BEFORE and step.question.carry and step.session.previous(step.question):
        return None
    return walking.keep_held(step) if asking.holds(step.frame, step.session, step.question) else None


def _aside(step: Step) -> list[Reply] | None:
    """What does not answer the open question though it speaks of the paper; None if the message does not."""
    return next((said for hear in ASIDES if (said := hear(step)) is not None), None)


def is_answer(step: Step, question: Question, command: Command) -> bool:
    """Whether words that could be a command answer a question: a label, "Mục 1: …" in a text, nothing at all."""
    if command.name == "previous":
        return question.kind not in NUMERIC
    if command.name == "edit":
        listed = question.kind in ("one", "multi") and not command.text
        return (question.kind == "text" or listed) and not steering.asks_to_edit(step.typed)
    if question.kind in ("one", "multi") or command.name == "quiet":
        return step.session.answer(question, step.typed).outcome in ("taken", "confirm")
    return False


def _press(step: Step, pressed: str) -> list[Reply] | None:
    if pressed.isdecimal() and len(pressed) < 4:
        return ticking.press(step, int(pressed))
    if pressed == "done":
        return ticking.done(step) if step.frame.picked else walking.finish_parts(step)
    if pressed == "keep" and asking.holds(step.frame, step.session, step.question):
        return walking.keep_held(step)
    if pressed in SHORT_ANSWERS:
        return steering.answer(step, SHORT_ANSWERS[pressed])
    if pressed in ("skip", "later"):
        return steering.obey(step, Command(pressed))
    return [step.talk.say(texts.STALE_BUTTON)]


# ── waiting for a yes ───────────────────────────────────────────────────────────────────────────────


def _confirm(step: Step) -> list[Reply] | None:
    return _beside_what_was_read(step) if step.talk.incoming.attachments else _is_right(step)


def _is_right(step: Step) -> list[Reply] | None:
    frame, typed = step.frame, step.typed
    if _says_yes(step) and not _says_little(step):
        return agreeing.agreed(step)
    if step.pressed == "again" or (not step.pressed and _says_no(step, frame.reason)):
        return _said_right(step) or _rejected(step)
    if step.pressed == "reason":
        return explaining.ask(step)
    read = step.session.answer(step.question, typed)
    if read.reason == "unknown_words" and (explained := explaining.hear_why(step, read)) is not None:
        return explained
    if read.outcome in ("taken", "confirm") and read.value == frame.value:
        frame.raw, frame.given = typed, step.talk.receipt
        return agreeing.agreed(step)
    said = agreeing.agreed_and_more(step)
    said = agreeing.of_other_lines(step) if said is None else said
    said = _beside_a_value(step, read) if said is None else said
    return _other_than_read(step) if said is None else said


def _other_than_read(step: Step) -> list[Reply] | None:
    """Another answer, in place of what was read back."""
    frame = step.frame
    raw, frame.waits, frame.raw = frame.raw, "answer", ""
    replies = _answer(step)
    if replies is None:
        # A command leads out of the interview: what was read back still waits for its yes.
        frame.waits, frame.raw = "confirm", raw
    return replies


def _said_right(step: Step) -> list[Reply] | None:
    """What is meant instead, right behind a no: "nhầm thừa số 0, 73 thôi"."""
    slip, _, rest = step.typed.partition(",")
    if step.pressed or not rest.strip() or not (reasons.is_slip(slip) or commands.is_no(slip)):
        return None
    if step.session.answer(step.question, rest).outcome not in ("taken", "confirm"):
        return None
    step.frame.waits, step.frame.raw = "answer", ""
    return steering.answer(step, rest.strip())


def _rejected(step: Step) -> list[Reply]:
    """Ask anew; options that were to be left out stay."""
    if step.frame.reason == leaving_out.REASON:
        return ticking.keep_all(step)
    return walking.ask(step, step.frame.question, step.talk.words(texts.CONFIRM_AGAIN))


def _says_no(step: Step, reason: str) -> bool:
    """Whether the candidate is rejected; of one that is unlike the past, also in a sentence: "em gõ thừa số 0"."""
    typed = step.typed
    if commands.is_no(typed) or vietnamese.fold(typed) in SLIPS:
        return True
    slip = reason in unusual_texts.LOOK and reasons.is_slip(typed)
    return slip and step.session.answer(step.question, typed).outcome == "ask"


def _says_little(step: Step) -> bool:
    """Whether "ok", "vâng" may only be polite: beside a text that is perhaps none they agree to nothing."""
    return step.question.kind == "text" and not step.pressed and chatting.is_no_text(step.typed)


def _beside_a_value(step: Step, read: Turn) -> list[Reply] | None:
    """What is said to words that neither agree nor answer: talk goes by, a reason is kept; None if it is another."""
    talks = read.outcome == "ask" and not step.pressed and commands.within(step.typed) is None
    if talks and chatting.says_nothing(step.typed) and (shown := dialogues.to_confirm(step)):
        return chatting.beside_what_was_read(step, shown)
    if (explained := explaining.hear(step, read)) is not None:
        return explained
    shown = dialogues.to_confirm(step) if talks and chatting.is_talk(step.typed) else None
    return chatting.beside_what_was_read(step, shown) if shown else None


def _beside_what_was_read(step: Step) -> list[Reply]:
    """A file while a value waits for its yes: the value goes on waiting."""
    *before, last = collecting.file(step)
    read = dialogues.to_confirm(step)
    if read is None:
        return [*before, last]
    said, _, _ = last.text.partition("\n\n")
    return [*before, Reply(f"{said}\n\n{read.text}", read.choices)]


def stays(step: Step, words: str) -> list[Reply]:
    """Say something to a message of no use, and put again what waits."""
    if step.frame.waits == "cancel":
        (asked,) = steering.obey(step, Command("cancel")) or [Reply("")]
        return [Reply(f"{words}\n\n{asked.text}", asked.choices)]
    if step.frame.waits == "summary":
        (reply,) = chatting.at_summary(step)
        return [Reply(f"{words}\n\n{reply.text}", reply.choices)]
    return dialogues.go_on(step.talk, words)


def _says_yes(step: Step) -> bool:
    return step.pressed == "yes" or (not step.pressed and commands.is_yes(step.typed))


def _reason(step: Step) -> list[Reply] | None:
    """After "Ghi lý do": what is said now is the reason, unless it is a number, a yes or no, a command, a button."""
    step.frame.waits = "confirm"
    attached, typed = step.talk.incoming.attachments, step.typed
    if step.pressed or attached or commands.parse(typed) or _says_yes(step) or commands.is_no(typed):
        return _confirm(step)
    return explaining.hear_asked(step) or _confirm(step)


def _cancel(step: Step) -> list[Reply] | None:
    if step.talk.incoming.attachments:
        return stays(step, chatter_texts.FILE_NOT_READ)
    command = commands.parse(step.typed)
    if _says_yes(step) or (command is not None and command.name == "cancel"):
        step.talk.state.frames.remove(step.frame)
        return [_cancelled(step)]
    step.frame.waits = "answer" if step.frame.question else "summary"
    if step.pressed == "no" or commands.is_no(step.typed):
        return walking.resume(step, texts.NOT_CANCELLED)
    return WAITS[step.frame.waits](step)


def _cancelled(step: Step) -> Reply:
    talk, draft = step.talk, step.draft
    if behalf_words.began_elsewhere(talk, draft):
        behalf_words.give_back(talk, draft)
        return talk.say(behalf_texts.GIVEN_BACK)
    submissions.discard(talk.db, draft)
    if draft.source:
        return talk.say(behalf_texts.CANCELLED)
    return talk.say(texts.CANCELLED_CORRECTION if draft.version else texts.CANCELLED)


# ── at the summary ──────────────────────────────────────────────────────────────────────────────────


def _summary(step: Step) -> list[Reply] | None:
    if step.pressed in at_summary.BUTTONS:
        return at_summary.BUTTONS[step.pressed](step)
    command = commands.within(step.typed)
    corrects = corrections.told(step.typed) or corrections.several(step.typed)
    if command is not None and not corrects:
        return steering.obey(step, command)
    if step.talk.incoming.attachments:
        return collecting.late_file(step)
    if (said := _aside(step)) is not None:
        return said
    if at_summary.hands_in(step.typed):
        return steering.obey(step, Command("submit"))
    return chatting.at_summary(step)


def _or_as_before(hear: Callable[[Step], list[Reply] | None]) -> Callable[[Step], list[Reply] | None]:
    """A question between: what does not answer it is for the wait before it."""

    def heard(step: Step) -> list[Reply] | None:
        waits, table = step.frame.waits, step.frame.table
        said = hear(step)
        if said is None and (said := WAITS[step.frame.waits](step)) is None:
            # A command leads out of the interview: the question between waits on.
            step.frame.waits, step.frame.table = waits, table
        return said

    return heard


ASIDES: tuple[Callable[[Step], list[Reply] | None], ...] = (
    _kept,
    correcting_several.hear,
    at_once.hear,
    correcting.hear,
    quiet.hear,
)
"""Who is asked first whether a typed message is for them."""
WAITS: dict[str, Callable[[Step], list[Reply] | None]] = {
    "answer": _answer,
    "confirm": _confirm,
    "reason": _reason,
    "summary": _summary,
    "cancel": _cancel,
    at_once.WAITS: _or_as_before(at_once.confirmed),
    which_line.WAITS: _or_as_before(which_line.chosen),
    correcting_several.WAITS: _or_as_before(correcting_several.confirmed),
    quiet.WAITS: _or_as_before(quiet.confirmed),
}
