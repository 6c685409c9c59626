"""A superior answers an officer's question in chat; the answer goes to whoever asked, and the others hear of it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from handlers import dialogues, human, human_files, human_routing, human_texts, telling, texts
from handlers.engine.commands import Command
from handlers.talk import Talk, row_number
from storage import contacts, help_requests, outbox, reminders
from storage.conversations import Errand
from storage.help_requests import Request
from storage.messages import Choice, Reply

ERRAND = "answer_help"
QUOTED = 300


def visible(talk: Talk) -> ColumnElement[bool]:
    """Requests that the sender may see and answer: below the own unit, if put to one of its officers; or all."""
    if any(post.role == telling.OFFICE for post in talk.posts):
        return true()
    return help_requests.below(talk.reach("answer_help"))


def answer(talk: Talk, command: Command) -> list[Reply]:
    """The button "Trả lời", or "trả lời 12: …": send the words, or wait for them."""
    number = command.number or row_number(command.text)
    request = help_requests.find(talk.db, number, visible(talk))
    if request is None or request.state == help_requests.CLOSED:
        return [_over(talk, number, request)]
    return send(talk, request, command.text) if command.number and command.text else _wait(talk, request)


def heard(talk: Talk, errand: Errand) -> list[Reply] | None:
    """The message after the button is the answer; not hours later, nor once the right to answer is gone."""
    request = help_requests.find(talk.db, errand.about["request"], visible(talk))
    if human.late(talk, errand.about) or request is None or not talk.may("answer_help"):
        return None
    return send(talk, request, talk.incoming.text.strip())


def waits(talk: Talk, command: Command) -> bool:
    """Whether a command with a number is about questions that wait: another one than that which is being answered."""
    if command.name == "questions":
        return True
    request = help_requests.find(talk.db, command.number or 0, visible(talk))
    return request is not None and request.state != help_requests.CLOSED


def _over(talk: Talk, number: int, request: Request | None) -> Reply:
    """Why nothing is sent; of who asked nothing is known any more after an erasure, or after a year."""
    if request is None or not request.person_id:
        return talk.say(human_texts.NO_SUCH_QUESTION, n=number)
    return talk.say(human_texts.CLOSED, **human_routing.named(talk.db, request, talk.now))


def _wait(talk: Talk, request: Request) -> list[Reply]:
    talk.state.errand = Errand(ERRAND, {"at": talk.now.isoformat(), "request": request.id})
    values = human_routing.named(talk.db, request, talk.now)
    given = help_requests.last_answer(talk.db, request) if request.state == help_requests.ANSWERED else None
    if given is not None and given.body:
        by, said = contacts.name_of(talk.db, given.contact_id), human_texts.shortened(given.body, QUOTED)
        return [talk.say(human_texts.WRITE_SECOND, by=by, said=said, **values)]
    body = human_texts.shortened(help_requests.newest(talk.db, request), QUOTED)
    return [talk.say(human_texts.WRITE_ANSWER, body=body, **values)]


def send(talk: Talk, request: Request, typed: str) -> list[Reply]:
    """Send these words to whoever asked, unless the question is over or the words cannot be sent as they are."""
    if request.state == help_requests.CLOSED:
        return [_over(talk, request.id, request)]
    files = human_files.sent(talk, ERRAND)
    if not typed or human.too_long(typed):
        about = {"at": talk.now.isoformat(), "request": request.id} | human_files.kept(files)
        talk.state.errand = Errand(ERRAND, about)
        without = human_texts.ANSWER_WORDS_TOO if files else human_texts.ANSWER_WORDS
        return [talk.say(human_texts.ANSWER_SHORTER if typed else without, most=human.MOST)]
    values = human_routing.named(talk.db, request, talk.now)
    if help_requests.answer(talk.db, request, talk.sender.id, typed, talk.now):
        _tell_others(talk, request, typed)
    account = help_requests.account_of(talk.db, request)
    if account is not None:
        _tell_asker(talk, request, account, typed)
    said = talk.words(human_texts.ANSWERED if account else human_texts.ANSWER_KEPT, **values)
    beside = human_files.put(talk, request, files if account else [], asks=False)
    return dialogues.go_on(talk, f"{said} {beside}".strip())


def _tell_asker(talk: Talk, request: Request, account: int, typed: str) -> None:
    form, name = contacts.address_of(talk.db, account)
    words = texts.say(human_texts.ANSWER, form, name, n=request.id, who=_by(talk, request), body=typed)
    buttons = (
        Choice(f"do:help_more:{request.id}", human_texts.MORE),
        Choice(f"do:help_clear:{request.id}", human_texts.CLEAR),
    )
    outbox.put(talk.db, account, Reply(words, buttons), key=f"{talk.key}.answer", due_at=talk.now)


def _tell_others(talk: Talk, request: Request, typed: str) -> None:
    """So that nobody answers a second time without knowing; only those who still may see the question."""
    at_unit_id, officers = human_routing.receivers(talk.db, request, talk.today)
    others = [
        one for one in officers if one.person_id != talk.sender.person_id and one.contact_id in request.told
    ]
    named = human_routing.named(talk.db, request, talk.now)
    telling.tell(
        talk.db, others, human_texts.OTHER_ANSWERED, key=f"{talk.key}.answered", at=talk.now, choices=(),
        by=talk.sender.name, said=human_texts.shortened(typed, QUOTED), **named,
    )  # fmt: skip
    own = {one.person_id for one in officers}
    if at_unit_id is not None and talk.sender.person_id not in own:
        # The standing department has stepped in: what the asker adds goes to it, too.
        help_requests.route(talk.db, request, at_unit_id, [talk.sender.id], passed=talk.now.isoformat())


def _by(talk: Talk, request: Request) -> str:
    """Who answers, with the post by which that is allowed."""
    posts = [post for post in talk.posts if post.role in reminders.SUPERIORS]
    at = [post for post in posts if post.unit_id == request.at_unit_id] or posts
    return human_routing.who(talk.db, talk.sender.person_id or 0, at[0].unit_id, talk.today)
