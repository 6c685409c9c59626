"""Messages that no question waits for: greetings, help, requests about reminders."""

from __future__ import annotations

import re

from handlers import behalf_texts, collecting, small_talk, texts
from handlers.engine import spelling, vietnamese
from handlers.engine.commands import Command, for_whom, within
from handlers.engine.reading import read
from handlers.report_context import FORM
from handlers.talk import Talk
from storage import audit, pause, periods, reminders, submissions
from storage.calendar import TZ
from storage.messages import Choice, Reply

MENU = small_talk.OPTIONS


def unclear(talk: Talk) -> list[Reply]:
    """Words or a file that nothing waits for: say what can be done."""
    typed, files = talk.incoming.text.strip(), talk.incoming.attachments
    if files:
        heard = texts.VOICE_UNHEARD if files[0].kind == "voice" else texts.FILE_WITHOUT_QUESTION
        return [small_talk.file(talk, collecting.refused(files[0]) or heard)]
    if not typed:
        return [talk.say(texts.EMPTY)]
    if typed.startswith("/"):
        return [talk.say(texts.UNKNOWN_COMMAND, typed=typed[:40])]
    if (said := small_talk.hear(talk)) is not None:
        return said
    return [small_talk.unclear(talk) if talk.units else _not_a_reporter(talk)]


REPORT = re.compile(r"\b(?:bao cao|bc)\b(?:.*\b(?:thang|t) ?(1[0-2]|0?[1-9])\b)?")


def meant(talk: Talk) -> Command | None:
    """What free words ask for when nothing is open: "gửi báo cáo tháng này", or a bare "không phát sinh"."""
    if talk.may("behalf") and (whom := for_whom(talk.incoming.text)):
        return whom
    said = talk.incoming.text
    if small_talk.is_talk(said):
        return None
    if small_talk.asks_how(said):
        return Command("start")
    if (command := within(said)) is not None:
        return command
    typed = vietnamese.fold(said)
    about = REPORT.search(typed)
    if about and "?" not in typed:
        return Command("start", int(about[1]) if about[1] else None)
    nothing = "phat sinh" in typed and read("int", talk.incoming.text, today=talk.today).value == 0
    return Command("quiet") if nothing else None


def greet(talk: Talk, _: Command) -> list[Reply]:
    """/start: who speaks, and what can be done; what stands open is offered first."""
    if not talk.units:
        return [_not_a_reporter(talk)]
    resume = (Choice("do:resume", texts.RESUME),) if talk.state.frames else ()
    return [talk.say(texts.MENU).with_choices(*resume, *MENU)]


def _not_a_reporter(talk: Talk) -> Reply:
    enters = (Choice("do:behalf", behalf_texts.BUTTON),) if talk.may("behalf") else ()
    return talk.say(texts.NOT_A_REPORTER).with_choices(*enters)


def nothing_open(talk: Talk, command: Command) -> list[Reply]:
    """A command that belongs to an interview, or to a part that is not open yet."""
    if command.name == "cancel" and talk.unfinished() is None:
        return [talk.say(texts.NOTHING_TO_CANCEL)]
    return [_not_a_reporter(talk)] if not talk.units else [talk.say(texts.NOTHING_OPEN).with_choices(*MENU)]


def show_help(talk: Talk, _: Command) -> list[Reply]:
    """GIUP with nothing open: the words that may be typed."""
    useless = _useless(talk)
    lines = [
        line for command, line in texts.HELP_LINES.items() if talk.may(command) and command not in useless
    ]
    enters = (Choice("do:behalf", behalf_texts.BUTTON),) if talk.may("behalf") else ()
    menu = MENU if talk.units else (*enters, *MENU[1:])
    return [Reply("\n".join([talk.words(texts.HELP), *lines]), menu)]


def _useless(talk: Talk) -> set[str]:
    """What one may say, but to no end: there is no second unit, or nothing to go on with."""
    goes_on = talk.units or talk.may("behalf") or talk.unfinished() is not None
    return ({"change_unit"} if len(set(talk.units)) < 2 else set()) | (set() if goes_on else {"resume"})


def remind(talk: Talk, _: Command) -> list[Reply]:
    """NHACSAU: once more on the next working day, at the same hour (DOMAIN 7); a draft stays where it is."""
    period = periods.current(talk.db, FORM, talk.now)
    if period is None or not talk.units:
        return [talk.say(texts.NO_PERIOD)]
    reports = {unit: submissions.of_period(talk.db, unit, period.id) for unit in talk.units}
    owed = [
        unit for unit, draft in reports.items() if draft is None or draft.state not in submissions.COUNTED
    ]
    if not owed:
        return [talk.say(texts.NOTHING_TO_REMIND, period=spelling.month(period.key))]
    at = [reminders.later(talk.db, talk.sender.id, unit, period, talk.now) for unit in owed]
    planned = [moment for moment in at if moment is not None]
    if not planned:
        return [talk.say(texts.NO_REMINDER_LEFT)]
    if pause.current(talk.db):
        return [talk.say(texts.REMIND_PAUSED)]
    moment = min(planned).astimezone(TZ)
    when = f"{moment:%H:%M} {spelling.weekday(moment.date())}, {spelling.date(moment.date())}"
    return [talk.say(texts.REMIND_LATER, when=when)]


def stop_reminders(talk: Talk, _: Command) -> list[Reply]:
    """Honour "đừng nhắc nữa tháng này" for this period."""
    period = periods.current(talk.db, FORM, talk.now)
    if period is None:
        return [talk.say(texts.NO_PERIOD)]
    for unit in talk.units:
        reminders.stop(talk.db, talk.sender.id, unit, period, talk.now)
        audit.record(talk.db, talk.by, "stop_reminders", "period", period.id, at=talk.now, unit_id=unit)
    return [talk.say(texts.NO_MORE_REMINDERS, period=spelling.month(period.key))]


def leave(talk: Talk, _: Command) -> list[Reply]:
    """The second reporter leaves the draft to the first."""
    return [talk.say(texts.LEFT_TO_OTHER)]
