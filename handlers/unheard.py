"""Joinings of which nobody could be told: the first officer who may undo them and agrees hears of each."""

from __future__ import annotations

from handlers import joining_texts, telling, texts
from handlers.talk import Talk, row_number
from storage import contacts, notes, outbox, units
from storage.messages import Choice, Reply

PREFIX = "unheard.joined."


def button(contact_id: int, person_id: int) -> Choice:
    """Takes an account off its person again."""
    return Choice(f"do:not_this_person:{contact_id}.{person_id}", joining_texts.NOT_THIS_PERSON)


def keep(talk: Talk, person_id: int, told: str) -> None:
    """Remember a joining for whoever comes first; `told` is what is to be said of it."""
    notes.put(talk.db, f"{PREFIX}{talk.sender.id}", f"{person_id} {told}")


def tell(talk: Talk) -> None:
    """Tell the sender, who has just agreed, what the sender may undo; it is told once."""
    if not talk.may("not_this_person"):
        return
    for name, value in notes.named(talk.db, PREFIX):
        number, _, told = value.partition(" ")
        contact, person = row_number(name.removeprefix(PREFIX)), row_number(number)
        if person == talk.sender.person_id or not _above(talk, person):
            continue
        notes.drop(talk.db, name)
        account = contacts.row_of(talk.db, contact)
        if account is None or account.person_id != person:
            continue
        named = joining_texts.account(account.channel, account.display_name)
        who = telling.named(talk.db, person, talk.today)
        words = texts.say(told, talk.sender.address_form, talk.sender.name, who=who, account=named)
        outbox.put(
            talk.db,
            talk.sender.id,
            Reply(words, (button(contact, person),)),
            key=f"{talk.key}.joined.{contact}",
            due_at=talk.now,
        )


def _above(talk: Talk, person_id: int) -> bool:
    posts = units.posts_of(talk.db, person_id, talk.today)
    return any(talk.reaches("not_this_person", post.unit_id) for post in posts)
