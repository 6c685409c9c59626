"""HOTRO: an officer asks a person; the question goes to the superior, the open report stays where it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from handlers import dialogues, human_files, human_routing, human_texts, no_post, passing_on
from handlers.engine import commands
from handlers.engine.commands import Command
from handlers.step import Step, progress
from handlers.talk import Talk, row_number
from storage import help_requests, inbox
from storage.conversations import Errand
from storage.help_requests import Request
from storage.messages import Attachment, Reply
from storage.reminders import Officer

ERRAND = "ask_human"
WAITS = timedelta(hours=12)
"""So long the next message is taken for what was announced."""
MOST = 1000
"""Characters of a question or an answer: with its context it fits into one message."""
QUOTED = 60


def human(talk: Talk, command: Command) -> list[Reply]:
    """HOTRO: take the question, or wait for it; while one is under way it goes on."""
    if not talk.posts and no_post.unit(talk) is None:
        return [no_post.said(talk)]
    request = _under_way(talk, help_requests.FRESH)
    stands = _stands(talk)
    about = {"at": talk.now.isoformat(), "request": request.id if request else 0} | stands
    if words := command.text or passing_on.kept(talk):
        # What was typed before is the question itself by now.
        known = {} if command.text else {"typed": ""}
        _is_no_answer(talk)
        return _take(talk, words, about | {"context": {**stands["context"], **known}})
    return _wait(talk, about, request)


def _is_no_answer(talk: Talk) -> None:
    """What is sent on as a question no longer waits to be agreed to as a text."""
    step = dialogues.open_step(talk)
    if step is not None and step.frame.waits == "confirm" and step.question.kind == "text":
        step.frame.waits = "answer"


def more(talk: Talk, command: Command) -> list[Reply]:
    """The button under an answer: the next message goes on with the same request."""
    request = _own(talk, row_number(command.text))
    if request is None or request.state == help_requests.CLOSED:
        return human(talk, Command("human"))
    return _wait(talk, {"at": talk.now.isoformat(), "request": request.id} | _stands(talk), request)


def clear(talk: Talk, command: Command) -> list[Reply]:
    """The asker has all that was wanted."""
    request = _own(talk, row_number(command.text)) if command.text else None
    request = request or _under_way(talk, help_requests.CLOSES_AFTER)
    if request is None:
        return dialogues.go_on(talk, talk.words(human_texts.NOTHING_TO_CLEAR))
    help_requests.close(talk.db, request.id, talk.now)
    return dialogues.go_on(talk, talk.words(human_texts.CLEARED, n=request.id))


def _under_way(talk: Talk, within: timedelta) -> Request | None:
    return help_requests.under_way(talk.db, talk.sender.person_id or 0, talk.now - within)


def _own(talk: Talk, number: int) -> Request | None:
    return help_requests.find(talk.db, number, help_requests.asked_by(talk.sender.person_id or 0))


# ── waiting for the words ───────────────────────────────────────────────────────────────────────────


def _wait(talk: Talk, about: dict[str, Any], request: Request | None) -> list[Reply]:
    talk.state.errand = Errand(ERRAND, about)
    at_unit_id, officers = _receivers(talk, about, request)
    if not officers:
        call = human_routing.call(talk.db, talk.sender.address_form, about["unit"], talk.today)
        return [talk.say(human_texts.ASK_NOBODY, call=call)]
    template = human_texts.ASK_MORE if request else human_texts.ASK
    return [talk.say(template, n=about["request"], receivers=_those(talk, at_unit_id, officers))]


def heard(talk: Talk, errand: Errand) -> list[Reply] | None:
    """The message after HOTRO; None if it is an answer to the question of the form, or comes much later."""
    typed, about = talk.incoming.text.strip(), errand.about
    files = talk.incoming.attachments or about.get("files")
    if late(talk, about) or (not files and is_an_answer(talk, typed)):
        return None
    return _take(talk, typed, about)


def late(talk: Talk, about: dict[str, Any]) -> bool:
    """Whether so much time has passed that the message hardly is what was announced."""
    return talk.now - datetime.fromisoformat(about["at"]) > WAITS


def is_an_answer(talk: Talk, typed: str) -> bool:
    """Whether the open question of a form reads the words as its answer; of a text it cannot be told."""
    step = dialogues.open_step(talk)
    if step is None or not step.frame.question or step.question.kind == "text":
        return False
    return step.session.answer(step.question, typed).outcome in ("taken", "confirm")


def too_long(typed: str) -> bool:
    """Whether words would not fit into one message together with what is said around them."""
    return len(typed.encode("utf-16-le")) // 2 > MOST


# ── taking ──────────────────────────────────────────────────────────────────────────────────────────


def _take(talk: Talk, typed: str, about: dict[str, Any]) -> list[Reply]:
    files = human_files.sent(talk, ERRAND)
    if not typed or too_long(typed):
        talk.state.errand = Errand(ERRAND, about | human_files.kept(files))
        without = human_texts.ASK_WORDS_TOO if files else human_texts.ASK_WORDS
        return [talk.say(human_texts.ASK_SHORTER if typed else without, most=MOST)]
    earlier = _own(talk, about["request"])
    if earlier is not None and earlier.state != help_requests.CLOSED:
        return _further(talk, earlier, typed, about["context"], files)
    context = about["context"] | {"person": talk.sender.person_id or 0}
    request = help_requests.ask(talk.db, talk.sender.id, about["unit"], None, typed, context, talk.now)
    return _send(talk, request, human_texts.QUESTION, human_texts.ASKED, files)


def _further(
    talk: Talk, earlier: Request, typed: str, context: dict[str, Any], files: list[Attachment]
) -> list[Reply]:
    request = help_requests.ask_more(talk.db, earlier, talk.sender.id, typed, context, talk.now)
    first = human_texts.shortened(request.body, 200)
    return _send(talk, request, human_texts.QUESTION_MORE, human_texts.ASKED_MORE, files, first=first)


def _send(
    talk: Talk, request: Request, question: str, done: str, files: list[Attachment], **values: object
) -> list[Reply]:
    at_unit_id, officers = human_routing.receivers(talk.db, request, talk.today)
    human_routing.put_to(talk.db, request, officers, question, key=talk.key, at=talk.now, **values)
    help_requests.route(talk.db, request, at_unit_id, [officer.contact_id or 0 for officer in officers])
    if officers:
        said = talk.words(done, n=request.id, receivers=_those(talk, at_unit_id, officers))
    else:
        call = human_routing.call(talk.db, talk.sender.address_form, request.unit_id, talk.today)
        said = talk.words(human_texts.ASKED_NOBODY, n=request.id, call=call)
    human_files.follow(talk.db, request, officers, talk.now)
    beside = human_files.put(talk, request, files, asks=True)
    return dialogues.go_on(talk, f"{said} {beside}".strip())


def _receivers(
    talk: Talk, about: dict[str, Any], request: Request | None
) -> tuple[int | None, list[Officer]]:
    asked = request or Request(
        0, talk.sender.id, about["unit"], None, "", "", talk.now, None, {"person": talk.sender.person_id or 0}
    )
    return human_routing.receivers(talk.db, asked, talk.today)


def _those(talk: Talk, at_unit_id: int | None, officers: list[Officer]) -> str:
    return human_routing.those(talk.db, talk.sender.address_form, at_unit_id, officers, talk.today)


# ── where the officer stands ────────────────────────────────────────────────────────────────────────


def _stands(talk: Talk) -> dict[str, Any]:
    """The unit that the question is about, and what was being done."""
    step = dialogues.open_step(talk)
    if not talk.posts:
        return {"unit": no_post.unit(talk), "context": {"no_post": True}}
    own = (talk.units or talk.own_units)[0]
    if step is None:
        return {"unit": own, "context": {}}
    done, of = progress(step.session)
    title, _, _ = step.dialogue.title(talk, step.draft).partition("\n")
    context = {"form": title, "done": done, "of": of}
    if step.frame.question:
        context |= {"question": step.session.label(step.question), "typed": _typed(step)}
    # Who enters for another unit stands above it: the question is the own unit's, and goes further up.
    return {"unit": step.draft.unit_id if step.draft.unit_id in talk.own_units else own, "context": context}


def _typed(step: Step) -> str:
    """What could not be read, or is to be confirmed; never of a text, which may be somebody's matter."""
    talk, frame = step.talk, step.frame
    if step.question.kind == "text" or not (frame.misses or frame.waits == "confirm"):
        return ""
    typed = inbox.typed_before(talk.db, talk.sender.id, talk.receipt)
    return "" if commands.parse(typed) else human_texts.shortened(typed, QUOTED)
