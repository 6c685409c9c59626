"""What is said inside an interview to words that answer nothing: a short reply, and the question stays."""

from __future__ import annotations

import re

from handlers import asking, chatter_texts, collecting, passing_on, showing, summary, texts
from handlers.engine import chatter, vietnamese
from handlers.helping import ways_out
from handlers.report_context import FORM
from handlers.step import Step, progress
from storage import periods
from storage.messages import Choice, Reply

SURE = ("greeting", "thanks", "noted", "laughter")
"""Kinds that hardly ever are what a text is to say."""
TO_LATER = ("promise", "complaint", "insult")
ASKED = ("question", "no_hint")


def hear(step: Step) -> list[Reply] | None:
    """Reply to talk beside a question that wants no text; None if the words were meant to answer."""
    kind = chatter.heard(step.typed)
    return None if kind is None else beside(step, kind)


def beside(step: Step, kind: str) -> list[Reply]:
    """Say what fits, and ask the same question again."""
    before, kind = _said(step, kind)
    reply = asking.question(step.talk, step.session, step.question, before=before)
    return [reply.with_choices(*reply.choices, *_buttons(step, kind))]


def beside_what_was_read(step: Step, read: Reply) -> list[Reply] | None:
    """The same where a value waits for its yes; `read` puts it again."""
    kind = chatter.heard(step.typed)
    if kind is None:
        return None
    before, kind = _said(step, "no_hint" if kind == "question" else kind)
    return [Reply(f"{before}\n\n{read.text}", (*read.choices, *_buttons(step, kind)))]


def _buttons(step: Step, kind: str) -> tuple[Choice, ...]:
    if kind in ASKED:
        passing_on.keep_also(step.talk, step.typed)
        return (passing_on.button(),)
    if kind == "insult":
        return ways_out(step)
    return ways_out(step)[1:] if kind in TO_LATER else ()


def _said(step: Step, kind: str) -> tuple[str, str]:
    """What is said, and what the talk came to: what only the form of a report can tell is a question like any."""
    step.frame.chats += 1
    kind = _known(step, kind)
    table = chatter_texts.SAID if step.frame.chats % 2 else chatter_texts.SAID_AGAIN
    return _filled(step, _whether_sent(step, kind) or table[kind]), kind


def _whether_sent(step: Step, kind: str | None) -> str:
    """What is said of a paper that has all its answers, or of a correction of one that is in; else empty."""
    if kind != "received":
        return ""
    if step.draft.version:
        return chatter_texts.CORRECTION_NOT_SENT
    done, of = progress(step.session)
    return chatter_texts.AT_SUMMARY["received"] if done == of else ""


def _known(step: Step, kind: str) -> str:
    if kind == "name":
        return "greeting"
    unknown = (kind == "due" and not _due(step)) or (kind == "who_sees" and step.frame.form != FORM)
    if kind != "question" and not unknown:
        return kind
    has_hint = bool(step.frame.question) and bool(step.session.hint(step.question))
    return "question" if has_hint else "no_hint"


def _filled(step: Step, template: str) -> str:
    kind = step.question.kind if step.frame.question else "text"
    what = chatter_texts.WHAT.get(kind, chatter_texts.WHAT["text"])
    left = _left(step, chatter_texts.LEFT, chatter_texts.LAST)
    rest = _left(step, chatter_texts.REST, chatter_texts.REST_LAST)
    return (
        step.talk.words(template, code=step.draft.code, left=left, rest=rest, due=_due(step), what=what)
        .replace("  ", " ")
        .strip()
    )


def _left(step: Step, some: str, last: str) -> str:
    """How many questions have no answer yet, if any has none."""
    done, of = progress(step.session)
    return some.format(n=of - done) if of - done > 1 else last * (of - done)


def _due(step: Step) -> str:
    due = periods.due_of(step.talk.db, step.draft)
    return f"{due:%d/%m}" if due else ""


# ── where a text is wanted ──────────────────────────────────────────────────────────────────────────


def beside_a_text(step: Step) -> list[Reply] | None:
    """A greeting is no text; of what may be one it is asked; None if the words are to be taken as they are."""
    kind = chatter.heard(step.typed)
    if kind in (None, "long") or _ends_a_text(step):
        return None
    if not chatter.is_short(step.typed, kind or ""):
        return None
    whole = "\n".join([*step.frame.parts, step.typed])
    refused = step.session.problem(step.question, whole) is not None
    if refused or kind in SURE or chatter.says_it_is_in(step.typed):
        return beside(step, str(kind))
    step.frame.chats += 1
    step.frame.waits, step.frame.value, step.frame.raw = "confirm", step.typed, step.typed
    step.frame.provenance, step.frame.given, step.frame.reason = "answered", step.talk.receipt, ""
    return [read_back(step)]


def is_no_text(typed: str) -> bool:
    """Whether words are hardly ever what a text is to say: a greeting, thanks."""
    return chatter.heard(typed) in SURE


def says_nothing(typed: str) -> bool:
    """The same, and questions: words that give no reason either."""
    return chatter.heard(typed) in (*SURE, *chatter.ASKS)


def is_talk(typed: str) -> bool:
    """Whether words are heard as talk of any kind."""
    return chatter.heard(typed) is not None


def _ends_a_text(step: Step) -> bool:
    """Whether it is how people say that nothing more comes, after a piece of a text."""
    return bool(step.frame.parts or step.frame.files) and vietnamese.fold(step.typed) in collecting.DONE


def read_back(step: Step) -> Reply:
    """Ask whether what was typed is the text that is wanted."""
    talk, typed = step.talk, step.frame.value
    kind = chatter.heard(typed)
    talk.state.turn += 1
    template = chatter_texts.KEEP_PROMISE if kind in TO_LATER else chatter_texts.KEEP_TEXT
    template = chatter_texts.KEEP_QUESTION if kind in chatter.ASKS else template
    words = talk.words(template, typed=showing.clip(" ".join(typed.split()), asking.LONGEST))
    buttons = (
        Choice(asking.payload(talk, "yes"), texts.YES),
        Choice(asking.payload(talk, "again"), texts.AGAIN),
    )
    more = _buttons(step, "question" if kind in chatter.ASKS else str(kind))
    return Reply(words, (*buttons, *more))


# ── at the summary ──────────────────────────────────────────────────────────────────────────────────


def _not_written(step: Step) -> str:
    """Of figures that were not understood, and beside a correction, what is in and what is not; empty otherwise."""
    if re.search(r"[0-9]", step.typed):
        return chatter_texts.NOT_CORRECTED
    return chatter_texts.CORRECTION_UNREAD if step.draft.version else ""


def at_summary(step: Step) -> list[Reply]:
    """Whatever is said there: it has not been handed in, and how that is done; never the same words twice."""
    kind = chatter.heard(step.typed) if step.typed else None
    kind = "question" if kind in chatter.ASKS and kind not in chatter_texts.AT_SUMMARY else kind
    if kind in ("due", "who_sees"):
        kind = _known(step, kind)
    step.frame.chats += 1
    template = _whether_sent(step, kind) or chatter_texts.AT_SUMMARY.get(kind or "", texts.SUMMARY_UNREAD)
    if step.frame.chats % 2 == 0 and kind not in ("received", "question", "due", "who_sees", "long"):
        template = chatter_texts.AT_SUMMARY_AGAIN
    if step.typed and (kind is None or (step.draft.version and kind in chatter.FELT)):
        template = _not_written(step) or template
    reply = Reply(_filled(step, template))
    more: tuple[Choice, ...] = ()
    if kind in ("question", "no_hint"):
        passing_on.keep_also(step.talk, step.typed)
        more = (passing_on.button(),)
    return [reply.with_choices(*summary.buttons(step.talk), *more)]
