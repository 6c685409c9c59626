"""Administrators and what people ask of their personal data: a list with the days left, done, refused, put off."""

from __future__ import annotations

from collections.abc import Callable

from handlers import human, offering, privacy_texts, requests_told, showing, telling, texts
from handlers.engine import spelling
from handlers.engine.commands import Command
from handlers.requests_told import COMMAND, buttons, left, what
from handlers.talk import Talk, row_number
from storage import data_requests, personal_data
from storage.conversations import Errand
from storage.data_requests import Request
from storage.messages import Choice, Reply

REASON = "data_request_reason"
MOST = 8
"""Requests in one list."""


def start(talk: Talk, command: Command) -> list[Reply]:
    """The list; one of it by its number; or what is to be done with one."""
    act, dot, number = command.text.partition(".")
    request = data_requests.find(talk.db, row_number(number if dot else act))
    if not command.text:
        return [_listed(talk)]
    if request is None or request.kind not in ("correct", "erase"):
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    if request.state != data_requests.OPEN:
        return [talk.say(privacy_texts.ALREADY_DECIDED)]
    return ACTS[act](talk, request) if dot and act in ACTS else [_one(talk, request)]


def _listed(talk: Talk) -> Reply:
    waiting = [one for one in data_requests.pending(talk.db) if one.kind in ("correct", "erase")]
    if not waiting:
        return talk.say(privacy_texts.REQUESTS_NONE)
    shown = waiting[:MOST]
    lines = [_line(talk, n, one) for n, one in enumerate(shown, 1)]
    if len(waiting) > MOST:
        lines.append(privacy_texts.REQUESTS_MORE.format(n=len(waiting) - MOST))
    labels = {
        f"do:{COMMAND}:{one.id}": privacy_texts.REQUEST_BUTTON.format(
            name=one.name, kind=privacy_texts.KINDS[one.kind]
        )
        for one in shown
    }
    words = talk.words(privacy_texts.REQUESTS, n=len(waiting), lines="\n".join(lines))
    return offering.offer(talk, words, offering.numbered(labels))


def _line(talk: Talk, number: int, request: Request) -> str:
    return privacy_texts.REQUEST_LINE.format(
        n=number, who=_who(talk, request), what=what(request), at=showing.moment(request.opened_at),
        left=left(request, talk.today),
    )  # fmt: skip


def _who(talk: Talk, request: Request) -> str:
    return telling.named(talk.db, request.person_id, talk.today)


def _one(talk: Talk, request: Request) -> Reply:
    words = talk.words(
        privacy_texts.REQUEST_EXTENDED if request.extended else privacy_texts.REQUEST_OPEN,
        who=_who(talk, request),
        what=what(request),
        at=showing.moment(request.opened_at),
        answer_by=spelling.date(request.answer_by),
        done_by=spelling.date(request.done_by),
        left=left(request, talk.today),
    )
    return offering.offer(talk, words, buttons(request))


# ── deciding ────────────────────────────────────────────────────────────────────────────────────────


def _done(talk: Talk, request: Request) -> list[Reply]:
    if request.kind == "erase":
        sure = Choice(f"do:{COMMAND}:sure.{request.id}", privacy_texts.ERASE_SURE)
        not_yet = Choice(f"do:{COMMAND}:{request.id}", privacy_texts.ERASE_NOT)
        asked = talk.words(privacy_texts.REALLY_ERASE, who=_who(talk, request))
        return [offering.offer(talk, asked, (sure, not_yet), asks=True)]
    field, _, value = request.body.partition(":")
    words = requests_told.correction(request.body)
    personal_data.correct(talk.db, talk.by, request.person_id, talk.now, **{field: value})
    data_requests.finish(talk.db, request.id, talk.now, data_requests.DONE)
    requests_told.to_person(talk.db, request, privacy_texts.CORRECTED_TOLD, "done", talk.now, **words)
    return [talk.say(privacy_texts.CORRECTED, who=request.name, **words)]


def _erase(talk: Talk, request: Request) -> list[Reply]:
    if request.kind != "erase":
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    requests_told.approve(talk.db, request, talk.by, talk.now)
    return [talk.say(privacy_texts.ERASURE_APPROVED, who=request.name)]


def _refuse(talk: Talk, request: Request) -> list[Reply]:
    talk.state.errand = Errand(REASON, {"act": "refuse", "request": request.id})
    return [talk.say(privacy_texts.ASK_REFUSAL, who=request.name)]


def _extend(talk: Talk, request: Request) -> list[Reply]:
    if request.extended:
        return [talk.say(privacy_texts.EXTENDED_BEFORE)]
    talk.state.errand = Errand(REASON, {"act": "extend", "request": request.id})
    return [talk.say(privacy_texts.ASK_EXTENSION, who=request.name)]


ACTS: dict[str, Callable[[Talk, Request], list[Reply]]] = {
    "done": _done,
    "sure": _erase,
    "refuse": _refuse,
    "extend": _extend,
}


def reason(talk: Talk, errand: Errand) -> list[Reply] | None:
    """The reason was typed: the person hears it in these words."""
    if not talk.may(COMMAND):
        return [talk.say(texts.NOT_ALLOWED)]
    given = " ".join(talk.incoming.text.split())
    if len(given) < 3:
        talk.state.errand = errand
        return [talk.say(privacy_texts.NO_REASON)]
    if human.too_long(given):
        talk.state.errand = errand
        return [talk.say(privacy_texts.REASON_SHORTER, most=human.MOST)]
    request = data_requests.find(talk.db, errand.about["request"])
    if request is None or request.state != data_requests.OPEN:
        return [talk.say(privacy_texts.ALREADY_DECIDED)]
    return (
        _put_off(talk, request, given) if errand.about["act"] == "extend" else _refused(talk, request, given)
    )


def _put_off(talk: Talk, request: Request, given: str) -> list[Reply]:
    if not data_requests.extend(talk.db, request):
        return [talk.say(privacy_texts.EXTENDED_BEFORE)]
    done_by = request.done_by + data_requests.EXTENSION
    new = {"done_by": done_by.isoformat()}
    old = {"done_by": request.done_by.isoformat()}
    requests_told.noted(talk.db, talk.by, "extend", request, talk.now, given, old=old, new=new)
    said = {"what": what(request), "done_by": spelling.date(done_by), "reason": given}
    requests_told.to_person(talk.db, request, privacy_texts.EXTENDED_TOLD, "extended", talk.now, **said)
    return [talk.say(privacy_texts.EXTENDED, who=request.name, done_by=said["done_by"])]


def _refused(talk: Talk, request: Request, given: str) -> list[Reply]:
    data_requests.finish(talk.db, request.id, talk.now, data_requests.REFUSED, given)
    requests_told.noted(talk.db, talk.by, "refuse", request, talk.now, given)
    said = {"what": what(request), "reason": given}
    requests_told.to_person(talk.db, request, privacy_texts.REFUSED_TOLD, "refused", talk.now, **said)
    return [talk.say(privacy_texts.REFUSED, who=request.name)]


ERRANDS: dict[str, Callable[[Talk, Errand], list[Reply] | None]] = {REASON: reason}
