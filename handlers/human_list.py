"""The open questions of a superior's units, or of all for the standing department: the longest waiting first."""

from __future__ import annotations

from handlers import human_answers, human_routing, human_texts
from handlers.engine.commands import Command
from handlers.talk import Talk, row_number
from storage import calendar, help_requests
from storage.calendar import Calendar
from storage.help_requests import Request
from storage.messages import Choice, Reply

PAGE = 5
QUOTED = 120


def questions(talk: Talk, command: Command) -> list[Reply]:
    """CAUHOI, CAUHOI 2: one page of the open questions, each with its button."""
    which = human_answers.visible(talk)
    number = help_requests.count(talk.db, which)
    if not number:
        return [talk.say(human_texts.NO_QUESTIONS)]
    pages = -(-number // PAGE)
    page = min(max(command.number or row_number(command.text), 1), pages)
    found = help_requests.waiting(talk.db, which, PAGE, (page - 1) * PAGE)
    working = calendar.load(talk.db)
    lines = "\n".join(_line(talk, working, request) for request in found)
    how = talk.words(human_texts.LIST_HOW, n=found[0].id)
    buttons = [Choice(f"do:answer_help:{one.id}", human_texts.REPLY_TO.format(n=one.id)) for one in found]
    if page < pages:
        how = f"{how} {human_texts.LIST_NEXT.format(page=page + 1)}"
        buttons.append(Choice(f"do:questions:{page + 1}", human_texts.NEXT))
    return [talk.say(human_texts.LIST, n=number, lines=lines, how=how).with_choices(*buttons)]


def _line(talk: Talk, working: Calendar, request: Request) -> str:
    days = working.days_left(calendar.today(request.opened_at), talk.today)
    values = human_routing.named(talk.db, request, talk.now)
    body = human_texts.shortened(help_requests.newest(talk.db, request), QUOTED)
    return talk.words(human_texts.LINE, age=human_texts.age(days), body=body, **values)
