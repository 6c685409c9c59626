"""Answers that come in several messages: long texts until "xong", and files up to the question's number (SETTLED)."""

from __future__ import annotations

from handlers import asking, behalf_texts, behalf_words, chatter_texts, summary, texts, walking
from handlers.engine import vietnamese
from handlers.step import Step
from storage import attachments
from storage.messages import Attachment, Choice, Reply

LONG = 1500
"""A text whose limit is above this many characters may come in several messages."""
MOST_BYTES = 20 << 20
"""A platform hands out no larger file (Telegram's limit is the narrowest)."""
PICTURES = ("image/jpeg", "image/png")
DONE = (
    "xong", "het", "xong roi", "het roi", "xong a", "xong roi a", "xong nhe", "the thoi", "co the thoi",
    "ok", "oke", "ok a", "vang", "vang a", "da", "da vang", "cam on", "cam on em", "xin cam on",
)  # fmt: skip
NOTHING_MORE = ("khong", "khong co", "ko", "k", "thoi", "khong con", "het anh", "bo qua")


def wanted(step: Step) -> bool:
    """Whether the open question collects."""
    question = step.question
    return question.kind == "text" and (question.max_files > 0 or (question.max_length or 0) > LONG)


def declined(step: Step) -> bool:
    """Whether the first words to an optional question say that there is nothing to tell."""
    if step.frame.parts or step.frame.files or step.session.required(step.question):
        return False
    turn = step.session.answer(step.question, step.typed)
    return turn.outcome == "taken" and not turn.value


def last(step: Step, words: str) -> list[Reply]:
    """Words with which the answer ends, as a wish to hand in follows them: the last piece, or that there is none."""
    turn = step.session.answer(step.question, words)
    pieces = bool(step.frame.parts or step.frame.files)
    if pieces and (not turn.value or vietnamese.fold(words) in (*DONE, *NOTHING_MORE)):
        return walking.finish_parts(step)
    if not turn.value:
        return walking.settle(step, turn, words)
    _add(step, words, step.talk.receipt)
    return walking.finish_parts(step)


def text(step: Step) -> list[Reply] | None:
    """Keep one more piece; None when the person says that it was the last."""
    question, frame = step.question, step.frame
    begun = bool(frame.parts or frame.files)
    ends = DONE if not begun else (*DONE, *NOTHING_MORE)
    if all(said in ends for said in vietnamese.fold(step.typed).split(", ")):
        return None
    whole = "\n".join([*frame.parts, step.typed])
    if question.max_length and len(whole) > question.max_length:
        return [_with_done(step, step.session.problem(question, whole) or "")]
    return keep_words(step, step.typed, step.talk.receipt)


def keep_words(step: Step, words: str, receipt: int) -> list[Reply]:
    """Keep a piece of a text; `receipt` is that of the message which had it."""
    question = step.question
    _add(step, words, receipt)
    said = texts.PARTS_OR_FILES if question.max_files else texts.PARTS
    return [_with_done(step, step.talk.words(said, most=question.max_files))]


def _add(step: Step, words: str, receipt: int) -> None:
    """Keep what was written so far in its row at once: it outlives whatever comes next."""
    frame = step.frame
    if words:
        frame.given = 0 if frame.parts else receipt
        frame.parts.append(words)
    store(step)


def store(step: Step) -> None:
    """Write the pieces that the open question has by now."""
    whole = "\n".join(step.frame.parts)
    provenance = "answered" if whole or step.frame.files else "missing"
    walking.keep(step, step.question, whole, provenance, whole, step.frame.given)


def _with_done(step: Step, words: str) -> Reply:
    step.talk.state.turn += 1
    return Reply(words, (Choice(asking.payload(step.talk, "done"), texts.DONE),))


def refused(sent: Attachment) -> str:
    """Why a file is not taken, whatever is asked; empty if it may be."""
    if sent.kind == "sticker":
        return texts.STICKER
    return texts.FILE_TOO_LARGE if sent.size > MOST_BYTES else ""


def file(step: Step) -> list[Reply]:
    """A file came while a question stood open."""
    talk, question, sent = step.talk, step.question, step.talk.incoming.attachments[0]
    why = refused(sent)
    if not why and sent.kind == "voice":
        attachments.add(talk.db, step.draft, question.name, sent, talk.sender, talk.now)
        why = texts.VOICE_KEPT
    if not why and question.max_files == 0:
        why = behalf_words.page(step.talk, step.draft, sent) or texts.FILE_NOT_WANTED
    return (
        [asking.question(talk, step.session, question, before=_other_words(step, why))]
        if why
        else [_keep(step)]
    )


def _other_words(step: Step, why: str) -> str:
    """The second time in a row something else is said: what the question wants."""
    if why == texts.FILE_TOO_LARGE:
        return step.talk.words(why)
    step.frame.chats += 1
    what = chatter_texts.WHAT.get(step.question.kind, chatter_texts.WHAT["text"])
    again = step.frame.chats % 2 == 0 and why != behalf_texts.PAGE_KEPT
    return step.talk.words(chatter_texts.FILE_AGAIN if again else why, what=what)


def _keep(step: Step) -> Reply:
    talk, question, frame = step.talk, step.question, step.frame
    held = step.session.value(question.name)
    if held and not frame.parts:
        # A picture joins the words of a question that was reopened; it does not take their place.
        frame.parts = [held]
    for sent in talk.incoming.attachments:
        why = refused(sent) or ("" if sent.media_type in PICTURES else texts.FILE_TYPE)
        if why:
            return _with_done(step, talk.words(why))
        if attachments.count(talk.db, step.draft, question.name) >= question.max_files:
            return _with_done(step, talk.words(texts.FILES_FULL, most=question.max_files))
        attachments.add(talk.db, step.draft, question.name, sent, talk.sender, talk.now)
        frame.files += 1
    _add(step, step.typed, talk.receipt)
    count = attachments.count(talk.db, step.draft, question.name)
    return _with_done(step, talk.words(texts.FILE_KEPT, n=count, most=question.max_files))


def late_file(step: Step) -> list[Reply]:
    """A picture sent at the summary still goes with the question that takes pictures."""
    talk, sent = step.talk, step.talk.incoming.attachments[0]
    why = refused(sent) and chatter_texts.STICKER_AT_SUMMARY
    why = texts.FILE_TOO_LARGE if why and sent.kind != "sticker" else why
    why = why or (chatter_texts.VOICE_AT_SUMMARY if sent.kind == "voice" else "")
    if why:
        return [talk.say(why).with_choices(*summary.buttons(talk))]
    wants = [question for question in step.session.asked() if question.max_files]
    if not wants or sent.media_type not in PICTURES:
        return [talk.say(chatter_texts.FILE_AT_SUMMARY).with_choices(*summary.buttons(talk))]
    question = wants[0]
    count = attachments.count(talk.db, step.draft, question.name)
    if count >= question.max_files:
        return [talk.say(texts.FILES_FULL_AT_SUMMARY, most=question.max_files)]
    attachments.add(talk.db, step.draft, question.name, sent, talk.sender, talk.now)
    return [
        talk.say(texts.FILE_KEPT_AT_SUMMARY, n=count + 1, most=question.max_files, short=question.summary)
    ]
