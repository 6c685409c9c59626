"""A correction may mean several lines: it is asked which, and what was open waits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers import asking, correcting_texts, dialogues, naming, steering, walking
from handlers.engine import commands, vietnamese
from handlers.engine.commands import Command
from handlers.engine.question import Question
from handlers.filling import fits
from handlers.step import Step
from storage.messages import Choice, Reply

WAITS = "which"
"""The wait for the line that is meant."""
_NUMBER = re.compile(
    r"(?:(?:da|a|em|cho|la|o|cau|muc|dong|so|cai|dong so|muc so|cau so) ){0,3}(?P<n>[0-9]{1,3})"
    r"(?: (?:a|nhe|nha|em|di|do|ha|oi))*"
)
_PLACES = {
    "dau": 0,
    "dau tien": 0,
    "tren": 0,
    "thu nhat": 0,
    "thu hai": 1,
    "thu ba": 2,
    "cuoi": -1,
    "duoi": -1,
}
_PLACE = re.compile(r"(?:(?:cai|cau|muc|dong|o|ben) ){0,2}(?P<place>[a-z ]+)")


def ask(step: Step, name: str, value: str, meant: Sequence[Question]) -> list[Reply]:
    """Show the lines; `value` is what is to stand there, empty if the line is only to be opened."""
    frame = step.frame
    if frame.waits != WAITS:
        frame.between = {"waits": frame.waits, "table": frame.table}
    frame.between |= {"value": value, "typed": step.typed}
    frame.waits, frame.table = WAITS, [question.name for question in meant]
    template = correcting_texts.WHICH_LINE if value else correcting_texts.WHICH_LINE_OPEN
    return [_shown(step, step.talk.words(template, name=name, value=value))]


def _shown(step: Step, words: str) -> Reply:
    talk, session = step.talk, step.session
    talk.state.turn += 1
    buttons: list[Choice] = []
    for each in step.frame.table:
        question = session.form.question(each)
        if question is not None:
            answered = session.answered(question)
            held = asking.told(session, question, session.value(each)) if answered else correcting_texts.OPEN
            n = walking.line(step, each)
            label = correcting_texts.LINE.format(n=n, short=question.summary, held=held)
            buttons.append(Choice(asking.payload(talk, f"line{n}"), label))
    buttons.append(Choice(asking.payload(talk, "again"), correcting_texts.KEEP))
    return Reply(words, tuple(buttons))


def chosen(step: Step) -> list[Reply] | None:
    """Take the number of the line, or its name; None if the message is something else, so nothing is put right."""
    frame, said = step.frame, _number(step)
    numbers = {walking.line(step, name): name for name in frame.table}
    value, typed = frame.between.get("value", ""), frame.between.get("typed", "")
    name = numbers.get(int(said), "") if said else _named(step)
    if said and not name:
        return [_shown(step, step.talk.words(correcting_texts.NOT_LISTED, n=said))]
    if not name and (name := _taking(step)):
        value, typed = step.typed, step.typed
    frame.waits, frame.table = frame.between.get("waits", "answer"), frame.between.get("table", [])
    if name:
        return steering.put_right(step, name, Command("edit", None, value), typed)
    if step.pressed == "again" or commands.is_no(step.typed):
        return back(step, step.talk.words(correcting_texts.NOTHING_CHANGED))
    return None


def _number(step: Step) -> str:
    if step.pressed:
        return step.pressed.removeprefix("line") if step.pressed.startswith("line") else ""
    found = _NUMBER.fullmatch(_plain(step))
    return found["n"] if found else ""


def _named(step: Step) -> str:
    """A line of the list by its place in it or by its name; empty if none or several are meant."""
    table, found = step.frame.table, _PLACE.fullmatch(_plain(step))
    place = _PLACES.get(found["place"]) if found else None
    if place is not None and place < len(table):
        return table[place]
    called = [each.name for each in naming.called(step.session, step.frame.question, step.typed)]
    listed = [name for name in called if name in table]
    return listed[0] if len(listed) == 1 else ""


def _taking(step: Step) -> str:
    """The one line of the list that can take a new value with its unit, "thì 4 triệu 8"; empty if none or several."""
    if step.pressed or not re.search(r"[0-9] ?[^\W0-9]", step.typed) or commands.within(step.typed):
        return ""
    questions = [each for each in step.session.asked() if each.name in step.frame.table]
    found = [each.name for each in questions if fits(step.session.answer(each, step.typed))]
    return found[0] if len(found) == 1 else ""


def _plain(step: Step) -> str:
    return vietnamese.fold(step.typed).strip(" .!,")


def back(step: Step, said: str) -> list[Reply]:
    """Say something, and put again what was open before."""
    if step.frame.waits == "summary":
        return walking.at_the_end(step, said, changed=False)
    return dialogues.go_on(step.talk, said)
