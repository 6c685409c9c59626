"""The bot is shut out of a chat, let in again, or put into a group: nothing was said, something has to be done."""

from __future__ import annotations

from collections.abc import Callable

from handlers import groups, unreachable
from handlers.talk import Talk
from storage import contacts


def _blocked(talk: Talk) -> None:
    contacts.stop(talk.db, talk.sender.id, talk.now)
    unreachable.tell(talk.db, talk.sender.id, talk.now)


def _unblocked(talk: Talk) -> None:
    contacts.wake(talk.db, talk.sender.id)


EVENTS: dict[str, Callable[[Talk], None]] = {
    "blocked": _blocked,
    "unblocked": _unblocked,
    "added": groups.added,
    "removed": groups.removed,
    "moved": groups.moved,
}
"""What each event does; whoever is told of it is told in a message of their own, the chat itself is not answered."""
