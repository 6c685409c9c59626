"""Groups and channels that receive digests: an administrator confirms each, nobody is answered in one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers import joining_texts, telling, texts
from handlers.engine.commands import Command
from handlers.talk import Talk, row_number
from storage import audit, contacts, outbox, units
from storage.calendar import TZ
from storage.messages import Choice, Reply
from storage.reminders import Officer

GROUP, LEADERS = "group", "leaders"


# ── what happens in a group ─────────────────────────────────────────────────────────────────────────


def added(talk: Talk) -> None:
    """Keep the group and ask the administrators; a change of the bot's rights in one that is known asks nobody."""
    sender, title = talk.sender, talk.incoming.name
    contacts.set_title(talk.db, sender.id, title)
    if sender.audience == LEADERS and sender.stopped_at is None:
        return
    contacts.wake(talk.db, sender.id)
    contacts.set_audience(talk.db, sender.id, GROUP)
    by = contacts.find(talk.db, sender.channel, talk.incoming.text)
    for officer in telling.administrators(talk.db, talk.today)[1]:
        who = _who(officer, by.name if by else "", contacts.name_of(talk.db, by.id) if by else "")
        _ask(talk, officer, sender.id, title, who)


def ask_again(talk: Talk) -> None:
    """Ask an administrator who has just agreed about the groups that nobody has confirmed yet."""
    own = [one for one in telling.administrators(talk.db, talk.today)[1] if one.contact_id == talk.sender.id]
    for group in contacts.of_audience(talk.db, GROUP) if own else ():
        _ask(talk, own[0], group.id, group.display_name, joining_texts.BY_NOBODY)


def _ask(talk: Talk, officer: Officer, group: int, title: str, by: str) -> None:
    buttons = (
        Choice(f"do:group_yes:{group}", joining_texts.GROUP_YES),
        Choice(f"do:group_no:{group}", joining_texts.GROUP_NO),
    )
    named = title or joining_texts.UNTITLED
    telling.tell(talk.db, [officer], joining_texts.GROUP_ADDED, key=f"{talk.key}.group{group}", at=talk.now,
                 choices=buttons, title=named, by=by)  # fmt: skip


def _who(officer: Officer, person: str, account: str) -> str:
    return joining_texts.by(officer.address_form, person=person, account_name=account)


def removed(talk: Talk) -> None:
    """Nothing is sent to the group any more; that a leaders' channel is gone, the administrators hear."""
    contacts.stop(talk.db, talk.sender.id, talk.now)
    group = contacts.row_of(talk.db, talk.sender.id)
    if group.audience == LEADERS:
        lost(talk.db, group, talk.now)
    else:
        contacts.set_audience(talk.db, group.id, GROUP)


def lost(db: Connection, group: Any, at: datetime) -> None:  # noqa: ANN401 - a row of `contact`
    """A leaders' channel that is stopped: the administrators hear of it once a stop."""
    for officer in telling.administrators(db, at.astimezone(TZ).date())[1]:
        telling.tell(db, [officer], joining_texts.GROUP_LOST, key=f"group_lost:{group.id}:{group.stopped_at:%Y%m%d}",
                     at=at, title=_title(group))  # fmt: skip


def moved(talk: Talk) -> None:
    """The group has the address that the event names."""
    if not talk.sender.audience:
        contacts.set_audience(talk.db, talk.sender.id, GROUP)
    if talk.incoming.text:
        contacts.move(talk.db, talk.sender.channel, talk.sender.address, talk.incoming.text)


# ── what an administrator decides ───────────────────────────────────────────────────────────────────


def confirm(talk: Talk, command: Command) -> list[Reply]:
    """The group receives the province's digests; it is greeted once."""
    group = _group(talk, command)
    if isinstance(group, Reply):
        return [group]
    if group.audience != LEADERS:
        province = units.province(talk.db, talk.today)
        contacts.set_audience(talk.db, group.id, LEADERS, unit_id=province)
        greeting = Reply(texts.say(joining_texts.GROUP_GREETED, "", ""))
        outbox.put(talk.db, group.id, greeting, key=f"{talk.key}.greeting", due_at=talk.now)
        _noted(talk, "group_yes", group, LEADERS, unit_id=province)
    return [talk.say(joining_texts.GROUP_CONFIRMED, title=_title(group))]


def refuse(talk: Talk, command: Command) -> list[Reply]:
    """The group receives nothing, or nothing any more."""
    group = _group(talk, command)
    if isinstance(group, Reply):
        return [group]
    contacts.set_audience(talk.db, group.id, GROUP)
    _noted(talk, "group_no", group, GROUP, unit_id=group.unit_id)
    return [talk.say(joining_texts.GROUP_REFUSED, title=_title(group))]


def _noted(talk: Talk, act: str, group: Any, now: str, *, unit_id: int | None) -> None:  # noqa: ANN401 - a row of `contact`
    old, new = {"state": group.audience}, {"state": now, "group": _title(group)}
    audit.record(talk.db, talk.by, act, "contact", group.id, at=talk.now, unit_id=unit_id, old=old, new=new)


def _group(talk: Talk, command: Command) -> Any:  # noqa: ANN401 - a row of `contact`, or the reason why not
    """The group of a button, if the sender decides about groups today and the bot still is in it."""
    role, _ = telling.administrators(talk.db, talk.today)
    if role not in [post.role for post in talk.posts]:
        return talk.say(texts.BUTTON_NOT_YOURS)
    group = contacts.row_of(talk.db, row_number(command.text))
    if group is None or group.audience not in (GROUP, LEADERS) or group.stopped_at is not None:
        return talk.say(joining_texts.GROUP_GONE)
    return group


def _title(group: Any) -> str:  # noqa: ANN401 - a row of `contact`
    return group.display_name or joining_texts.UNTITLED
