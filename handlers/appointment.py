"""One change of posts, looked up anew each time, put into words, and carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select

from handlers import appointing_texts as said
from handlers import inviting, left_open, showing, telling, texts
from handlers.engine import spelling, vietnamese
from handlers.rights_texts import ROLE_NAMES
from handlers.talk import Talk
from storage import accounts, appointments, contacts, doors, invitations, outbox, units
from storage.appointments import DAY, Held
from storage.messages import Reply

DEPUTY = "bao_cao_vien"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: `old` leaves, `name` comes, who may be somebody of the unit already (`known`)."""

    act: str
    unit_id: int
    unit_name: str
    role: str
    since: date
    old: Held | None
    name: str
    phone: str
    known: Held | None
    instead: Held | None = None
    """Who was named for it before and has not begun: the later word holds."""


def plan(  # noqa: PLR0913 - all that was asked
    db: Connection,
    act: str,
    *,
    unit_id: int,
    post: int,
    name: str,
    phone: str,
    since: date,
    mine: Select[tuple[int]],
    roles: Sequence[str],
    today: date,
) -> Plan | None:
    """The change as the rows say now; None if the unit or the post is not among `mine` and `roles`, or not held."""
    if DEPUTY not in roles:
        return None
    old = appointments.find(db, post, mine, roles, today) if post else None
    if act != "deputy" and (old is None or old.unit_id != unit_id):
        return None
    role = old.role if old else DEPUTY
    others = appointments.held(db, unit_id, mine, tuple(ROLE_NAMES), today)
    same = [one for one in others if name and vietnamese.fold(one.name) == vietnamese.fold(name)]
    unit_name = old.unit_name if old else units.name_on(db, unit_id, today)
    instead = appointments.successor(db, old) if old and act == "hand_over" else None
    known = same[0] if same else None
    called = known.name if known else name
    return Plan(act, unit_id, unit_name, role, since, old, called, phone, known, instead)


def words(this: Plan) -> dict[str, str]:
    """What the sentences name."""
    phone = showing.phone(this.phone)
    new = said.WITH_PHONE.format(name=this.name, phone=phone) if phone else this.name
    if this.known is not None:
        new = said.ALSO.format(name=this.known.name, role=ROLE_NAMES[this.known.role])
    if this.instead is not None:
        new = said.INSTEAD.format(new=new, before=this.instead.name)
    return {
        "unit": this.unit_name,
        "post": showing.post(ROLE_NAMES[this.role], this.unit_name),
        "old": this.old.name if this.old else "",
        "new": new,
        "since": spelling.date(this.since),
        "last": spelling.date(this.since - DAY),
    }


def carry_out(talk: Talk, this: Plan) -> list[Reply]:
    """The old officer leaves the day before, the new one comes; both are told, a code is shown once."""
    if this.instead is not None:
        appointments.end(talk.db, talk.by, this.instead, this.instead.valid_from, talk.now)
    if this.old is not None:
        appointments.end(talk.db, talk.by, this.old, this.since, talk.now)
        _tell_old(talk, this, this.old)
    ahead = this.since > talk.today and this.act in said.WILL_BE_DONE
    done = talk.words(
        (said.WILL_BE_DONE if ahead else said.DONE)[this.act], **words(this) | {"new": this.name}
    )
    if this.act == "end_deputy":
        return [Reply(done)]
    person = this.known.person_id if this.known else appointments.add_person(talk.db, this.name, this.phone)
    appointments.appoint(
        talk.db, talk.by, person, this.unit_id, this.role, since=this.since, at=talk.now,
        by_code=this.act == "hand_over",
    )  # fmt: skip
    if this.act == "hand_over":
        _tell_superior(talk, this)
    account = accounts.working(talk.db, person)
    if account is not None:
        _tell(talk, account, *_told_new(talk, this), this, "new")
        return [Reply(f"{done} {talk.words(said.NO_CODE_NEEDED, new=this.name)}")]
    return [Reply(f"{done}\n{talk.words(said.CODE_BELOW)}"), Reply(_to_forward(talk, this, person))]


def _to_forward(talk: Talk, this: Plan, person: int) -> str:
    door = doors.first(talk.db)
    code = invitations.issue(talk.db, person, talk.now)
    role = ROLE_NAMES[this.role]
    invited = inviting.Invited(person, "", this.unit_name, this.name, role, code, door.with_code(code))
    return inviting.to_one(invited, door, talk.now)


def _tell_old(talk: Talk, this: Plan, old: Held) -> None:
    account = accounts.working(talk.db, old.person_id)
    if account is not None and old.person_id != talk.sender.person_id:
        _tell(talk, account, said.TOLD_OLD[this.act], "", this, "old")


def _tell_superior(talk: Talk, this: Plan) -> None:
    """The nearest superior hears of it once, unless it was done there."""
    _, officers = telling.nearest(talk.db, this.unit_id, talk.today)
    if talk.sender.person_id in {one.person_id for one in officers}:
        return
    self_done = this.old is None or this.old.person_id == talk.sender.person_id
    by = "" if self_done else said.DONE_BY.format(name=talk.sender.name)
    named = words(this) | {"new": this.name, "by": by}
    key = f"{talk.key}.handed"
    telling.tell(talk.db, officers, said.TOLD_SUPERIOR, key=key, at=talk.now, choices=(), **named)


def _told_new(talk: Talk, this: Plan) -> tuple[str, str]:
    """The template, and how far the draft is that is found; not of a day that is still to come."""
    begun = this.role in units.REPORTERS and this.since <= talk.today
    drafts = left_open.said(talk, [this.unit_id]) if begun else ""
    return (said.TOLD_NEW_GOES_ON if drafts else said.TOLD_NEW), drafts


def _tell(talk: Talk, account: int, template: str, drafts: str, this: Plan, key: str) -> None:  # noqa: PLR0913 - one message
    form, name = contacts.address_of(talk.db, account)
    told = texts.say(template, form, name, **words(this) | {"new": this.name, "drafts": drafts})
    outbox.put(talk.db, account, Reply(told), key=f"{talk.key}.{key}", due_at=talk.now)
