"""The open questions of a superior's units, or of all for the standing department: the longest waiting first."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import dialogues, human, human_answers, human_routing, human_texts
from handlers.engine.commands import Command
from handlers.engine.vietnamese import fold
from handlers.talk import Talk, row_number
from storage import calendar, help_requests
from storage.calendar import Calendar
from storage.conversations import Errand
from storage.help_requests import Request
from storage.messages import Choice, Reply

ERRAND = "questions"
PAGE = 5
QUOTED = 120
_NUMBER = re.compile(r"(?:tra loi )?(?:cau hoi |cau )?(?:so )?#?([0-9]{1,9})")


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
    if dialogues.open_step(talk) is None:
        following = page + 1 if page < pages else 0
        about = {"at": talk.now.isoformat(), "numbers": [one.id for one in found], "next": following}
        talk.state.errand = Errand(ERRAND, about)
    return [talk.say(human_texts.LIST, n=number, lines=lines, how=how).with_choices(*buttons)]


def which(talk: Talk, words: str) -> list[Reply]:
    """Ask which of several questions these words answer; they are kept for the number that is typed next."""
    listed, *_ = questions(talk, Command("questions"))
    keep(talk, words)
    buttons = [
        replace(button, value=button.value.replace("answer_help", "send_answer")) for button in listed.choices
    ]
    said = talk.words(human_texts.WHICH_IS_ANSWERED, said=human_texts.shortened(words, QUOTED))
    return [replace(listed, text=f"{said}\n\n{listed.text}", choices=tuple(buttons))]


def keep(talk: Talk, words: str) -> None:
    """Keep words for the answer that the next message agrees to."""
    if talk.state.errand is not None:
        talk.state.errand.about.update(words=words, at=talk.now.isoformat())


def hear(talk: Talk, errand: Errand) -> list[Reply] | None:
    """The number of a question behind the list, or its place in the list; None if it is anything else."""
    typed = fold(talk.incoming.text.strip(" .!"))
    if errand.about["next"] and typed == fold(human_texts.NEXT):
        return questions(talk, Command("questions", errand.about["next"]))
    found = _NUMBER.fullmatch(typed)
    if found is None or human.late(talk, errand.about) or not talk.may("answer_help"):
        return None
    number, numbers = int(found[1]), errand.about["numbers"]
    if number not in numbers and 1 <= number <= len(numbers):
        number = numbers[number - 1]
    request = help_requests.find(talk.db, number, human_answers.visible(talk))
    if request is not None and "words" in errand.about:
        return human_answers.send(talk, request, errand.about["words"])
    return human_answers.answer(talk, Command("answer_help", number))


def _line(talk: Talk, working: Calendar, request: Request) -> str:
    days = working.days_left(calendar.today(request.opened_at), talk.today)
    values = human_routing.named(talk.db, request, talk.now)
    body = human_texts.shortened(help_requests.newest(talk.db, request), QUOTED)
    return talk.words(human_texts.LINE, age=human_texts.age(days), body=body, **values)
