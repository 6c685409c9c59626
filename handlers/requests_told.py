"""Who hears what of a request about personal data: the administrators, the person, the superiors."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from handlers import privacy_texts, showing, telling, texts
from handlers.engine import spelling
from storage import audit, calendar, contacts, data_requests, erasure, outbox, personal_data, units
from storage.audit import By
from storage.data_requests import Request
from storage.messages import Choice, Reply

COMMAND = "data_requests"


def what(request: Request) -> str:
    """What is asked, inside a sentence."""
    if request.kind != "correct":
        return privacy_texts.WHAT_ERASE
    return privacy_texts.WHAT_CORRECT.format(**correction(request.body))


def correction(body: str) -> dict[str, str]:
    """What is to be corrected, as it is read: `field` and `value`."""
    field, _, value = body.partition(":")
    shown = showing.phone(value) if field == "phone" else value
    return {"field": privacy_texts.FIELDS.get(field, field), "value": shown}


def buttons(request: Request) -> tuple[Choice, ...]:
    """What an administrator may do about it now."""
    if request.state != data_requests.OPEN:
        return ()
    done = privacy_texts.DONE_CORRECT if request.kind == "correct" else privacy_texts.DONE_ERASE
    labels = {"done": done, "refuse": privacy_texts.REFUSE, "extend": privacy_texts.EXTEND}
    if request.extended:
        del labels["extend"]
    return tuple(Choice(f"do:{COMMAND}:{act}.{request.id}", label) for act, label in labels.items())


def announce(db: Connection, request: Request, at: datetime) -> None:
    """Tell the administrators of a new request."""
    days = {"answer_by": spelling.date(request.answer_by), "done_by": spelling.date(request.done_by)}
    who = telling.named(db, request.person_id, calendar.today(at))
    to_administrators(
        db,
        request,
        privacy_texts.REQUEST_NEW,
        f"data_request:{request.id}",
        at,
        who=who,
        what=what(request),
        **days,
    )


def to_administrators(
    db: Connection, request: Request, template: str, key: str, at: datetime, **values: object
) -> None:
    """Say something about a request, once by its key, over the buttons that decide it."""
    officers = telling.administrators(db, calendar.today(at))[1]
    others = [officer for officer in officers if officer.person_id != request.person_id] or officers
    telling.tell(db, others, template, key=key, at=at, choices=buttons(request), **values)


def to_person(
    db: Connection, request: Request, template: str, act: str, at: datetime, **values: object
) -> None:
    """Say to the account that asked what became of it, if it still is that person's."""
    account = contacts.row_of(db, request.contact_id)
    if account is None or account.person_id != request.person_id or account.stopped_at is not None:
        return
    form, name = contacts.address_of(db, account.id)
    words = texts.say(template, form, name, **values)
    outbox.put(db, account.id, Reply(words), key=key_of(request, act), due_at=at)


def key_of(request: Request, act: str) -> str:
    """Key of what the person hears."""
    return f"data_request:{request.id}:{act}"


def approve(db: Connection, request: Request, by: By, at: datetime) -> bool:
    """An erasure is to be carried out: the person hears it while the account is still known."""
    if not data_requests.approve(db, request.id):
        return False
    noted(db, by, "approve", request, at)
    to_person(db, request, privacy_texts.GOODBYE, "goodbye", at)
    return True


def noted(  # noqa: PLR0913 - one row, all its circumstances
    db: Connection, by: By, act: str, request: Request, at: datetime, why: str = "", **values: dict[str, str]
) -> None:
    """Record an act on a request, under a unit of the person's."""
    unit_id = personal_data.unit_of(db, request.person_id)
    audit.record(db, by, act, "data_request", request.id, at=at, reason=why, unit_id=unit_id, **values)


def carry_out(db: Connection, by: By, request: Request, at: datetime) -> list[str] | None:
    """Erase the person; paths of files to be removed after the commit, None if it was done before.

    Superiors hear of it without a name.
    """
    if not data_requests.finish(db, request.id, at, data_requests.DONE, privacy_texts.ERASED_OUTCOME):
        return None
    today = calendar.today(at)
    held = units.posts_of(db, request.person_id, today)
    above = telling.superiors(db, request.person_id, today)
    named = ", ".join(dict.fromkeys(post.unit_name for post in held))
    if named:
        telling.tell(
            db, above, privacy_texts.ERASED_TOLD, key=f"data_request:{request.id}:erased", at=at, units=named
        )
    return erasure.erase(db, by, request.person_id, privacy_texts.PSEUDONYM.format(id=request.person_id), at)


def left(request: Request, today: date) -> str:
    """How much time there is, inside a sentence."""
    if request.state == data_requests.APPROVED:
        return privacy_texts.BEING_DONE
    days = (request.done_by - today).days
    if days == 0:
        return privacy_texts.LAST_DAY
    return (privacy_texts.DAYS_LEFT if days > 0 else privacy_texts.DAYS_OVER).format(n=abs(days))
