"""Where one gets in: what the bot of each channel is called there, and the link that carries a code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage import notes

PREFIX = "door."


@dataclass(frozen=True, slots=True)
class Door:
    """A channel that can be joined; `link` ends where the code begins, empty where there are no such links."""

    channel: str
    name: str
    link: str

    def with_code(self, code: str) -> str:
        """The link that brings a code along; empty without links."""
        return f"{self.link}{code}" if self.link else ""


NOWHERE = Door("", "", "")
"""The bot's name is not known: codes work all the same."""


def keep(db: Connection, door: Door) -> None:
    """Remember what a channel told at its start."""
    notes.put(db, f"{PREFIX}{door.channel}", f"{door.name} {door.link}")


def first(db: Connection) -> Door:
    """The door that is written on invitations."""
    row = db.execute(
        select(notes.NOTE).where(notes.NOTE.c.name.startswith(PREFIX)).order_by(notes.NOTE.c.name).limit(1)
    ).one_or_none()
    if row is None:
        return NOWHERE
    name, _, link = row.value.partition(" ")
    return Door(row.name.removeprefix(PREFIX), name, link)
