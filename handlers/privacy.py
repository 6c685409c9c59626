"""DULIEU: a person sees, corrects and exports the own data, withdraws the consent, or asks for erasure (DOMAIN 10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from handlers import (
    joining,
    offering,
    privacy_export,
    privacy_seen,
    privacy_texts,
    requests_told,
    showing,
    telling,
    texts,
)
from handlers.engine import commands, spelling, vietnamese
from handlers.engine.commands import Command
from handlers.offering import offer
from handlers.talk import Talk
from storage import audit, contacts, data_requests, personal_data, tasks
from storage.conversations import Errand
from storage.joining import phone as as_phone
from storage.messages import Choice, Reply

COMMAND = "privacy"
CORRECTING, ERASING = "privacy_correct", "privacy_erase"
CONFIRMED = ("xoa du lieu", "xoa", "toi xoa du lieu", "xoa du lieu ca nhan")
GIVEN_UP = timedelta(hours=1)
"""An export that is not there after so long has failed."""
OTHER_FORM = {"dong_chi": "anh_chi", "anh_chi": "dong_chi"}


def start(talk: Talk, command: Command) -> list[Reply]:
    """DULIEU: what may be asked; a button of it names a part."""
    part = PARTS.get(command.text)
    return part(talk) if part else [_menu(talk)]


def _menu(talk: Talk) -> Reply:
    labels = {
        "see": privacy_texts.SEE, "correct": privacy_texts.CORRECT, "export": privacy_texts.EXPORT,
        "withdraw": privacy_texts.WITHDRAW, "erase": privacy_texts.ERASE,
    }  # fmt: skip
    return offer(talk, talk.words(privacy_texts.MENU), _buttons(labels))


def _buttons(labels: dict[str, str], *, numbers: bool = True) -> tuple[Choice, ...]:
    values = {f"do:{COMMAND}:{part}": label for part, label in labels.items()}
    return offering.numbered(values) if numbers else tuple(Choice(*one) for one in values.items())


def concerns(talk: Talk) -> bool:
    """Whether a message is about the own data: then it is taken without consent, and without any post."""
    incoming, errand = talk.incoming, talk.state.errand
    if incoming.event or incoming.edited:
        return False
    if incoming.choice:
        return incoming.choice.startswith(f"do:{COMMAND}") or incoming.choice in ("do:withdraw", "do:stay")
    command = commands.parse(incoming.text)
    if command is not None and command.name == COMMAND:
        return True
    if errand is None or not _is_own(errand):
        return False
    if offering.picked(errand, incoming.text) or (command is not None and command.name == "cancel"):
        return True
    return command is None and errand.name in ERRANDS


def _is_own(errand: Errand) -> bool:
    """An errand of this module, or an offer that it made."""
    offered: Sequence[Sequence[str]] = errand.about.get("options", ())
    return errand.name in ERRANDS or any(value.startswith(f"do:{COMMAND}:") for value, _ in offered)


# ── see, export ─────────────────────────────────────────────────────────────────────────────────────


def _see(talk: Talk) -> list[Reply]:
    return [Reply(page) for page in privacy_seen.pages(talk)]


def _export(talk: Talk) -> list[Reply]:
    waiting = data_requests.waiting_of(talk.db, _person(talk), "export")
    if waiting and talk.now - waiting.opened_at < GIVEN_UP:
        return [talk.say(privacy_texts.EXPORT_WAITS)]
    if waiting:
        failed = privacy_texts.EXPORT_FAILED
        data_requests.finish(talk.db, waiting.id, talk.now, data_requests.REFUSED, failed)
    request = data_requests.put(talk.db, _person(talk), talk.sender.id, "export", talk.now)
    tasks.put(talk.db, privacy_export.KIND, talk.sender, talk.now, {"request": request})
    _noted(talk, "export", request)
    return [talk.say(privacy_texts.EXPORT_TAKEN)]


def _noted(talk: Talk, act: str, request: int, **new: str) -> None:
    unit_id = personal_data.unit_of(talk.db, _person(talk))
    audit.record(talk.db, talk.by, act, "data_request", request, at=talk.now, unit_id=unit_id, new=new)


def _person(talk: Talk) -> int:
    assert talk.sender.person_id is not None  # noqa: S101 - strangers do not come here
    return talk.sender.person_id


# ── correct ─────────────────────────────────────────────────────────────────────────────────────────


def _correct(talk: Talk) -> list[Reply]:
    other = texts.ADDRESS_FORMS[OTHER_FORM[talk.sender.address_form]]
    labels = {
        "name": privacy_texts.CORRECT_NAME, "phone": privacy_texts.CORRECT_PHONE,
        "form": privacy_texts.CORRECT_FORM.format(other=other),
    }  # fmt: skip
    return [offer(talk, talk.words(privacy_texts.WHAT_TO_CORRECT, other=other), _buttons(labels))]


def _ask_name(talk: Talk) -> list[Reply]:
    talk.state.errand = Errand(CORRECTING, {"field": "name"})
    return [talk.say(privacy_texts.ASK_NAME, name=talk.sender.name)]


def _ask_phone(talk: Talk) -> list[Reply]:
    talk.state.errand = Errand(CORRECTING, {"field": "phone"})
    held = personal_data.person(talk.db, _person(talk)).phone
    return [talk.say(privacy_texts.ASK_PHONE, phone=privacy_seen.masked(held))]


def _change_form(talk: Talk) -> list[Reply]:
    """How one is spoken to is one's own matter."""
    form = OTHER_FORM[talk.sender.address_form]
    personal_data.correct(talk.db, talk.by, _person(talk), talk.now, address_form=form)
    words = texts.say(privacy_texts.FORM_CHANGED, form, talk.sender.name, form=texts.ADDRESS_FORMS[form])
    return [Reply(words)]


def corrected(talk: Talk, errand: Errand) -> list[Reply] | None:
    """The right name or number was typed; both are facts of the roster, so an administrator presses once more."""
    field, typed = errand.about["field"], " ".join(talk.incoming.text.split())
    value = _name(typed) if field == "name" else as_phone(typed)
    if not value:
        talk.state.errand = errand
        why = privacy_texts.NOT_A_NAME if field == "name" else privacy_texts.NOT_A_PHONE
        return [talk.say(why)]
    held = personal_data.person(talk.db, _person(talk))
    if value == (held.name if field == "name" else as_phone(held.phone)):
        return [talk.say(privacy_texts.SAME_AS_BEFORE)]
    _overtake(talk, field)
    request = _ask_administrators(talk, "correct", f"{field}:{value}")
    words = requests_told.correction(request.body)
    return [talk.say(privacy_texts.CORRECTION_TAKEN, answer_by=spelling.date(request.answer_by), **words)]


def _overtake(talk: Talk, field: str) -> None:
    """What was asked for the same before is not wanted any more."""
    for one in data_requests.of_person(talk.db, _person(talk)):
        if one.kind == "correct" and one.body.startswith(f"{field}:"):
            data_requests.finish(talk.db, one.id, talk.now, data_requests.TAKEN_BACK)


def _name(typed: str) -> str:
    """A name of two words or more, without figures; empty if it is none."""
    good = (
        len(typed) <= 60
        and len(typed.split()) > 1
        and all(sign.isalpha() or sign in " .'-" for sign in typed)
    )
    return vietnamese.compose(typed) if good else ""


def _ask_administrators(talk: Talk, kind: str, body: str = "") -> data_requests.Request:
    number = data_requests.put(talk.db, _person(talk), talk.sender.id, kind, talk.now, body)
    _noted(talk, "request", number, kind=kind)
    request = data_requests.find(talk.db, number)
    assert request is not None  # noqa: S101 - it was just written
    requests_told.announce(talk.db, request, talk.now)
    return request


# ── withdraw ────────────────────────────────────────────────────────────────────────────────────────


def _withdraw(talk: Talk) -> list[Reply]:
    if talk.sender.consented_at is None:
        return [talk.say(privacy_texts.NOTHING_TO_WITHDRAW)]
    return [offer(talk, talk.words(privacy_texts.WITHDRAW_EXPLAIN), joining.WITHDRAWING, asks=True)]


def withdrawn(talk: Talk, command: Command) -> list[Reply]:
    """The consent ends at once; nothing waits for this account, the superior may name somebody else."""
    if talk.sender.consented_at is None:
        return joining.disagreed(talk, command)
    contacts.withdraw(talk.db, talk.sender.id)
    number = data_requests.put(talk.db, _person(talk), talk.sender.id, "withdraw", talk.now)
    data_requests.finish(talk.db, number, talk.now, data_requests.DONE, privacy_texts.WITHDRAWN_OUTCOME)
    replies = joining.disagreed(talk, command)
    if not _has_another(talk):
        _tell_superiors(talk)
    return replies


def _has_another(talk: Talk) -> bool:
    """Whether the person goes on with another account."""
    accounts = personal_data.accounts(talk.db, _person(talk))
    return any(one.consented_at and not one.stopped_at for one in accounts if one.id != talk.sender.id)


def _tell_superiors(talk: Talk) -> None:
    if talk.units:
        above = telling.superiors(talk.db, _person(talk), talk.today)
        who = telling.named(talk.db, _person(talk), talk.today)
        key = f"{talk.key}.withdrawn"
        telling.tell(talk.db, above, privacy_texts.WITHDRAWN_TOLD, key=key, at=talk.now, who=who)


# ── erase ───────────────────────────────────────────────────────────────────────────────────────────


def _erase(talk: Talk) -> list[Reply]:
    waiting = data_requests.waiting_of(talk.db, _person(talk), "erase")
    if waiting is None:
        talk.state.errand = Errand(ERASING)
        held = ", ".join(dict.fromkeys(post.unit_name for post in talk.posts))
        posts = talk.words(privacy_texts.ERASE_POSTS, units=held) if held else ""
        explained = talk.words(privacy_texts.ERASE_EXPLAIN)
        return [Reply(f"{explained}{posts}{talk.words(privacy_texts.ERASE_CONFIRM)}")]
    if waiting.state == data_requests.APPROVED:
        return [talk.say(privacy_texts.ERASE_BEING_DONE)]
    when = {"at": showing.moment(waiting.opened_at), "done_by": spelling.date(waiting.done_by)}
    labels = {"take_back": privacy_texts.TAKE_BACK, "keep": privacy_texts.KEEP_REQUEST}
    words = talk.words(privacy_texts.ERASE_WAITS, **when)
    return [offer(talk, words, _buttons(labels, numbers=False), asks=True)]


def confirmed(talk: Talk, errand: Errand) -> list[Reply] | None:
    """The word was typed: an administrator carries it out, or the job on the last day."""
    if vietnamese.fold(talk.incoming.text).strip(" .!“”\"'") not in CONFIRMED:
        talk.state.errand = errand
        return [talk.say(privacy_texts.ERASE_NOT_CONFIRMED)]
    request = _ask_administrators(talk, "erase")
    days = {"answer_by": spelling.date(request.answer_by), "done_by": spelling.date(request.done_by)}
    return [talk.say(privacy_texts.ERASE_TAKEN, **days)]


def _take_back(talk: Talk) -> list[Reply]:
    waiting = data_requests.waiting_of(talk.db, _person(talk), "erase")
    back = waiting is not None and data_requests.finish(
        talk.db, waiting.id, talk.now, data_requests.TAKEN_BACK, before=(data_requests.OPEN,)
    )
    if waiting is None or not back:
        return [talk.say(privacy_texts.ERASE_BEING_DONE if waiting else texts.BUTTON_NOT_YOURS)]
    _noted(talk, "take_back", waiting.id)
    return [talk.say(privacy_texts.TAKEN_BACK)]


def _keep(talk: Talk) -> list[Reply]:
    return [talk.say(privacy_texts.REQUEST_KEPT)]


PARTS: dict[str, Callable[[Talk], list[Reply]]] = {
    "see": _see,
    "correct": _correct,
    "name": _ask_name,
    "phone": _ask_phone,
    "form": _change_form,
    "export": _export,
    "withdraw": _withdraw,
    "erase": _erase,
    "take_back": _take_back,
    "keep": _keep,
}
"""What comes after the command in a button."""
ERRANDS: dict[str, Callable[[Talk, Errand], list[Reply] | None]] = {
    CORRECTING: corrected,
    ERASING: confirmed,
}
