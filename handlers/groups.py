"""Groups and channels that receive digests: an administrator confirms each, nobody is answered in one."""

from __future__ import annotations

from typing import Any

from handlers import joining_texts, telling, texts
from handlers.engine.commands import Command
from handlers.talk import Talk, row_number
from storage import contacts, outbox, units
from storage.messages import Choice, Reply
from storage.reminders import Officer

GROUP, LEADERS = "group", "leaders"


# ── what happens in a group ─────────────────────────────────────────────────────────────────────────


def added(talk: Talk) -> None:
    """Keep the group and ask the administrators; a change of the bot's rights in one that is known asks nobody."""
    sender, title = talk.sender, talk.incoming.name
    if sender.audience and sender.stopped_at is None:
        contacts.set_title(talk.db, sender.id, title)
        return
    contacts.wake(talk.db, sender.id)
    contacts.set_audience(talk.db, sender.id, GROUP)
    contacts.set_title(talk.db, sender.id, title)
    buttons = (
        Choice(f"do:group_yes:{sender.id}", joining_texts.GROUP_YES),
        Choice(f"do:group_no:{sender.id}", joining_texts.GROUP_NO),
    )
    by = contacts.find(talk.db, sender.channel, talk.incoming.text)
    for officer in telling.administrators(talk.db, talk.today)[1]:
        who = _who(officer, by.name if by else "", contacts.name_of(talk.db, by.id) if by else "")
        _tell(
            talk, officer, joining_texts.GROUP_ADDED, buttons, title=title or joining_texts.UNTITLED, by=who
        )


def _who(officer: Officer, person: str, account: str) -> str:
    return joining_texts.by(officer.address_form, person=person, account_name=account)


def _tell(
    talk: Talk, officer: Officer, template: str, choices: tuple[Choice, ...] = (), **values: object
) -> None:
    telling.tell(
        talk.db, [officer], template, key=f"{talk.key}.group", at=talk.now, choices=choices, **values
    )


def removed(talk: Talk) -> None:
    """Nothing is sent to the group any more; that a leaders' channel is gone, the administrators hear."""
    group = contacts.row_of(talk.db, talk.sender.id)
    contacts.stop(talk.db, group.id, talk.now)
    if group.audience != LEADERS:
        contacts.set_audience(talk.db, group.id, GROUP)
    elif group.stopped_at is None:
        for officer in telling.administrators(talk.db, talk.today)[1]:
            _tell(talk, officer, joining_texts.GROUP_LOST, title=group.display_name or joining_texts.UNTITLED)


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
    return [talk.say(joining_texts.GROUP_CONFIRMED, title=_title(group))]


def refuse(talk: Talk, command: Command) -> list[Reply]:
    """The group receives nothing, or nothing any more."""
    group = _group(talk, command)
    if isinstance(group, Reply):
        return [group]
    contacts.set_audience(talk.db, group.id, GROUP)
    return [talk.say(joining_texts.GROUP_REFUSED, title=_title(group))]


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
