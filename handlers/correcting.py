"""An answer that is written down is put right, wherever one stands: "câu 3 ghi nhầm, 40 mới đúng"."""

from __future__ import annotations

import re

from handlers import (
    asking,
    correcting_several,
    correcting_texts,
    emptying,
    naming,
    showing,
    steering,
    summary,
    which_line,
)
from handlers.engine import chatter, commands, corrections, reasons, vietnamese
from handlers.engine.commands import Command
from handlers.engine.corrections import Told
from handlers.engine.question import NUMERIC
from handlers.engine.session import Session
from handlers.step import Step
from storage.messages import Reply

MOST_WORDS = 6
"""Of the name of a line that is to be opened: more of them say something else."""


def hear(step: Step) -> list[Reply] | None:
    """Obey a correction by number or by name; None if the message is none."""
    return obey(step, step.typed)


def obey(step: Step, typed: str) -> list[Reply] | None:
    """The same of these words."""
    if (said := correcting_several.hear(step, typed)) is not None:
        return said
    if (said := emptying.hear(step, typed)) is not None:
        return said
    told = corrections.told(typed) or _loosely(step, typed)
    if told is None and step.frame.waits == "answer" and (said := slip_before(step)) is not None:
        return said
    if told is not None:
        return _put_right(step, told, typed)
    return _opened(step, typed) if step.frame.waits == "summary" else None


def _put_right(step: Step, told: Told, typed: str) -> list[Reply] | None:
    if told.number is not None:
        return steering.edit(step, Command("edit", told.number, told.value), typed)
    meant = naming.meant(step.session, step.frame.question, told)
    if len(meant) == 1:
        return steering.put_right(step, meant[0].name, Command("edit", None, told.value), typed)
    if not meant and told.orders and step.frame.waits == "summary":
        name = showing.clip(told.name, asking.LONGEST)
        reply = step.talk.say(correcting_texts.NO_SUCH_NAME, name=name)
        return [reply.with_choices(*summary.buttons(step.talk))]
    return which_line.ask(step, told.name, told.value, meant) if meant else None


def _loosely(step: Step, typed: str) -> Told | None:
    """At the summary, or where it answers nothing: "thăm hỏi là 5" names another line than the open one."""
    told = corrections.loosely(typed)
    if told is None or step.frame.waits == "summary":
        return told
    meant = naming.meant(step.session, step.frame.question, told) if told.name and told.says else []
    here = any(question.name == step.frame.question for question in meant)
    answers = step.answers(typed)
    return told if meant and not here and not answers else None


def slip_before(step: Step) -> list[Reply] | None:
    """Nhầm, 15 thôi: where that answers nothing, it is of the answer before."""
    slip, _, rest = step.typed.partition(",")
    order = [question.name for question in step.session.asked()]
    place = order.index(step.frame.question) if step.frame.question in order else 0
    if not place or not rest.strip() or not reasons.is_slip(slip) or step.answers(rest):
        return None
    before = step.session.form.question(order[place - 1])
    if before is None or not step.session.answered(before) or before.kind not in NUMERIC:
        return None
    if step.session.answer(before, rest).outcome not in ("taken", "confirm"):
        return None
    return steering.put_right(step, before.name, Command("edit", None, rest.strip()), step.typed)


def _opened(step: Step, typed: str) -> list[Reply] | None:
    """The bare number or name of a line at the summary."""
    plain = vietnamese.fold(typed).strip(" .!,")
    if found := re.fullmatch(r"(?:(?:so|cai|muc so|cau so) )?([0-9]{1,2})", plain):
        known = 1 <= int(found[1]) <= len(step.frame.lines)
        return steering.edit(step, Command("edit", int(found[1]))) if known else None
    agrees = commands.is_yes(typed) or commands.is_no(typed)
    if agrees or len(plain.split()) > MOST_WORDS or chatter.heard(typed) is not None:
        return None
    lines = naming.called(step.session, "", typed, naming.BY_SHORT_NAME)
    meant = [question for question in lines if naming.is_spelt_so(question, typed)]
    if len(meant) == 1:
        return steering.put_right(step, meant[0].name, Command("edit"))
    return which_line.ask(step, typed, "", meant) if meant else None


# ── of a report that is in ──────────────────────────────────────────────────────────────────────────


def concerns(session: Session, typed: str) -> bool:
    """Whether words that meet no question clearly put a line of this report right."""
    listed = corrections.several(typed)
    if listed:
        marked = any(one.orders or one.number for one in listed)
        return marked and all(_names_a_line(session, one) for one in listed)
    told = corrections.told(typed) or corrections.instead(typed) or corrections.emptied(typed)
    return (told is not None and _names_a_line(session, told)) or _tells_a_line(session, typed)


def _tells_a_line(session: Session, typed: str) -> bool:
    """As in "giá trị thăm hỏi là 35 triệu": one line and no other is called so, and the words are a value of it."""
    told = corrections.loosely(typed)
    if told is None or not told.says or not told.name:
        return False
    lines = naming.called(session, "", told.name, naming.BY_SHORT_NAME)
    return len(lines) == 1 and session.answer(lines[0], told.value).outcome in ("taken", "confirm")


def _names_a_line(session: Session, told: Told) -> bool:
    if told.number is not None:
        return 1 <= told.number <= len(session.asked())
    ways = naming.WAYS if told.value else naming.BY_SHORT_NAME
    return bool(naming.called(session, "", told.name, ways))


# ── beside a yes ────────────────────────────────────────────────────────────────────────────────────


def is_other(step: Step, rest: str) -> bool:
    """Whether what follows a yes leaves the value that was read back alone."""
    if (
        corrections.told(rest)
        or corrections.several(rest)
        or re.match(r"(?:cau|muc) [0-9]", vietnamese.fold(rest))
    ):
        return True
    takes_back = re.search(r"\b(?:sai|nham|lon|sua|chua|khong phai|ko phai)\b", vietnamese.fold(rest))
    return not takes_back and not step.answers(rest)
