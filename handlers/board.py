"""KETNOI: who is connected, on which channel, who was invited, who is silent; with new codes at one press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select

from handlers import board_texts as said
from handlers import finding, inviting, offering, showing
from handlers.engine import commands, vietnamese
from handlers.engine.commands import Command
from handlers.rights_texts import ROLE_NAMES
from handlers.talk import Talk, row_number
from storage import accounts, connections, directory, doors, invitations, tasks, units
from storage.calendar import TZ
from storage.connections import Counts, Person
from storage.conversations import Errand
from storage.messages import Choice, Reply

ERRAND = "connections"
TO_INVITE = ("invited", "uninvited", "unreachable")
"""Lists whose people need a code: the others have an account that works."""
NEXT_WORDS = ("xem tiep", "tiep", "trang sau")
PAGE = 8
"""People on a page: each line, and a button each, on a small screen."""


def show(talk: Talk, command: Command) -> list[Reply]:
    """The counts, for all that the sender may see or for a unit; or what a button of the board asks for."""
    if talk.incoming.choice and command.text:
        return _press(talk, command.text)
    if not command.text:
        return _counts(talk, 0)
    found = finding.units(talk, "connections", command.text)
    if len(found) == 1:
        return _counts(talk, found[0].id)
    if found:
        talk.state.errand = Errand(ERRAND, {"units": [one.id for one in found[: finding.MOST]]})
    return [finding.unclear(talk, found, command.text)]


def _press(talk: Talk, text: str) -> list[Reply]:
    what, *rest = text.split(".")
    state, unit, last = (*rest, "", "", "")[:3]
    if what == "list" and state in said.STATES:
        return _list(talk, state, row_number(unit), max(row_number(last), 1))
    if what == "all" and state in said.STATES:
        return _invite_all(talk, state, row_number(unit))
    if what == "one":
        return _invite_one(talk, row_number(state))
    if what == "second":
        return _invite_one(talk, row_number(state), second=True)
    if what == "no":
        return [talk.say(said.NO_SECOND)]
    return _counts(talk, 0)


def hear(talk: Talk, errand: Errand) -> list[Reply] | None:
    """A number that was typed under the board, under a list of people or of units; None if it is none."""
    about, typed = errand.about, talk.incoming.text
    if not talk.may("connections"):
        return None
    if "second" in about:
        return _hear_second(talk, about["second"])
    if "units" in about:
        unit = finding.number(typed, about["units"])
        return _counts(talk, unit) if unit else None
    if "states" in about:
        place = finding.number(typed, range(1, len(about["states"]) + 1))
        return _list(talk, about["states"][place - 1], about["unit"], 1) if place else None
    person = finding.number(typed, about["people"])
    if person:
        return _invite_one(talk, person)
    more = _more(about) if vietnamese.fold(typed).strip(" .") in NEXT_WORDS else None
    return _list(talk, *more) if more else None


def _scope(talk: Talk, unit_id: int) -> Select[tuple[int]]:
    return directory.under(talk.reach("connections"), unit_id, talk.today)


# ── counts ──────────────────────────────────────────────────────────────────────────────────────────


def _counts(talk: Talk, unit_id: int) -> list[Reply]:
    counted = connections.counts(talk.db, _scope(talk, unit_id), talk.now, talk.today)
    if not counted.people:
        return [talk.say(said.NOBODY)]
    states = [state for state in said.STATES if counted.states.get(state)]
    lines = [
        said.COUNT.format(
            n=n, state=said.AMONG_THEM.get(state, said.STATES[state]), people=counted.states[state]
        )
        + (_by_channel(counted) if state == "connected" else "")
        for n, state in enumerate(states, 1)
    ]
    talk.state.errand = Errand(ERRAND, {"unit": unit_id, "states": states})
    scope = units.name_on(talk.db, unit_id, talk.today) if unit_id else talk.words(said.SCOPE_ALL)
    head = talk.words(said.HEAD, scope=scope, at=showing.moment(talk.now), people=counted.people)
    buttons = [Choice(f"do:connections:list.{state}.{unit_id}.1", said.STATES[state]) for state in states]
    return [Reply("\n".join([head, *lines, talk.words(said.ASK)]), tuple(buttons))]


def _by_channel(counted: Counts) -> str:
    parts = [
        said.ON_CHANNEL.format(channel=said.CHANNELS.get(channel, channel), people=number)
        for channel, number in sorted(counted.channels.items())
    ]
    return said.BY_CHANNEL.format(channels=", ".join(parts))


# ── a list ──────────────────────────────────────────────────────────────────────────────────────────


def _list(talk: Talk, state: str, unit_id: int, page: int) -> list[Reply]:
    scope = _scope(talk, unit_id)
    people = connections.counts(talk.db, scope, talk.now, talk.today).states.get(state, 0)
    pages = -(-people // PAGE)
    if not people:
        return [talk.say(said.EMPTY_NOW)]
    page = min(page, pages)
    shown = connections.of(talk.db, scope, talk.now, talk.today, state, skip=(page - 1) * PAGE, most=PAGE)
    about: dict[str, Any] = {"people": [one.id for one in shown], "state": state, "unit": unit_id,
                             "page": page, "pages": pages}  # fmt: skip
    talk.state.errand = Errand(ERRAND, about)
    words = said.PAGES.format(page=page, of=pages) if pages > 1 else ""
    head = talk.words(said.LIST_HEAD, state=said.STATES[state], people=people, pages=words)
    lines = [_line(n, one) for n, one in enumerate(shown, 1)]
    text = "\n".join([head, *lines, talk.words(said.LIST_END)])
    return [Reply(text, tuple(_buttons(about, _invitable(talk, shown), people)))]


def _invitable(talk: Talk, people: Sequence[Person]) -> list[Person]:
    """Those to whom the sender may give a code: not to colleagues of the same unit."""
    theirs = inviting.everybody(talk.db, talk.reach("invite"), [one.id for one in people], talk.now)
    mine = {one.person_id for one in theirs}
    return [one for one in people if one.id in mine]


def _line(n: int, one: Person) -> str:
    note = ""
    if one.state == "connected":
        names = ", ".join(said.CHANNELS.get(channel, channel) for channel in one.channels)
        note = said.NOTE_CHANNELS.format(channels=names)
    elif one.state == "invited" and one.invited_at and one.expires_at:
        at, until = (f"{moment.astimezone(TZ):%d/%m}" for moment in (one.invited_at, one.expires_at))
        note = said.NOTE_INVITED.format(at=at, until=until)
    note += said.NOTE_LATER if one.later else ""
    role = ", ".join(ROLE_NAMES.get(role, role) for role in one.roles)
    post = showing.post(role, showing.clip(one.unit, 60))
    return said.PERSON.format(n=n, name=one.name, post=post, note=note)


def _buttons(about: dict[str, Any], shown: Sequence[Person], people: int) -> list[Choice]:
    """In the order of the numbered lines; then all of them at once, and the next page."""
    state, unit = about["state"], about["unit"]
    wanted = shown if state in TO_INVITE else ()
    buttons = [
        Choice(f"do:connections:one.{one.id}", said.INVITE_ONE.format(name=one.name)) for one in wanted
    ]
    all_ = people if about["pages"] > 1 else len(wanted)
    if wanted and all_ > 1:
        label = said.INVITE_ALL.format(people=all_)
        buttons.append(Choice(f"do:connections:all.{state}.{unit}", label))
    if more := _more(about):
        buttons.append(Choice(f"do:connections:list.{state}.{unit}.{more[2]}", said.NEXT))
    return buttons


def _more(about: dict[str, Any]) -> tuple[str, int, int] | None:
    return (about["state"], about["unit"], about["page"] + 1) if about["page"] < about["pages"] else None


# ── new codes ───────────────────────────────────────────────────────────────────────────────────────


def _invite_one(talk: Talk, person_id: int, *, second: bool = False) -> list[Reply]:
    """A new code; `second`: also for somebody who has an account that works, of whom it is asked first."""
    awaited = inviting.everybody(talk.db, talk.reach("invite"), [person_id], talk.now)
    if not awaited or not talk.may("invite"):
        return [talk.say(said.NOT_YOURS)]
    if accounts.working(talk.db, person_id) and not second:
        return [_ask_second(talk, person_id, awaited[0].name)]
    held = person_id in invitations.holders(talk.db, talk.now)
    door = doors.first(talk.db)
    invited = inviting.issue(talk.db, talk.by, awaited, door, talk.now)
    one = invited[0]
    words = said.CODE_INSTEAD if held else said.CODE_FOR_ONE
    return [talk.say(words, name=one.name), Reply(inviting.to_one(one, door, talk.now))]


def _ask_second(talk: Talk, person_id: int, name: str) -> Reply:
    talk.state.errand = Errand(ERRAND, {"second": person_id})
    labels = {f"do:connections:second.{person_id}": said.YES, "do:connections:no": said.NO}
    return talk.say(said.SECOND, name=name).with_choices(*offering.numbered(labels))


def _hear_second(talk: Talk, person_id: int) -> list[Reply] | None:
    typed = talk.incoming.text.strip(" .")
    if typed == "1" or commands.is_yes(typed):
        return _invite_one(talk, person_id, second=True)
    return [talk.say(said.NO_SECOND)] if typed == "2" or commands.is_no(typed) else None


def _invite_all(talk: Talk, state: str, unit_id: int) -> list[Reply]:
    people = _invitable(talk, connections.of(talk.db, _scope(talk, unit_id), talk.now, talk.today, state))
    if not people or not talk.may("invite"):
        return [talk.say(said.EMPTY_NOW)]
    body = {"way": "text", "unit": unit_id, "people": [one.id for one in people]}
    tasks.put(talk.db, invitations.TASK, talk.sender, talk.now, body)
    return [talk.say(said.MAKING, people=len(people))]
