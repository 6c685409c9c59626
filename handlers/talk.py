"""One turn of a conversation: who writes, what came in, where that person is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select

from handlers import rights, texts
from storage import submissions, units
from storage.audit import By
from storage.calendar import TZ
from storage.contacts import Sender
from storage.conversations import Errand, State
from storage.messages import Incoming, Reply
from storage.submissions import Draft
from storage.units import Post


def row_number(text: str) -> int:
    """The number of a row that a button names; 0, which is no row's, for anything else: clients can send anything."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


@dataclass(slots=True)
class Talk:
    """What every handler gets; `state` is changed in place and saved when the turn ends."""

    db: Connection
    sender: Sender
    incoming: Incoming
    state: State
    key: str = ""
    """What names this turn's replies in the outbox: `r` and the number of the receipt."""
    chosen: str = ""
    """What the buttons of the open question came to, where the label of the last one pressed does not say it."""
    left: Errand | None = None
    """The errand that waited for this message, for a button that belongs to it."""
    _posts: list[Post] | None = None

    @property
    def posts(self) -> list[Post]:
        """What the sender may act for today; the only source of rights (promise 9)."""
        if self._posts is None:
            self._posts = units.posts_of(self.db, self.sender.person_id or 0, self.today)
        return self._posts

    @property
    def receipt(self) -> int:
        """Number of the message's receipt: an answer remembers which message gave it."""
        return int(self.key.removeprefix("r"))

    @property
    def now(self) -> datetime:
        """When the message came: the only clock of a turn (promise 5)."""
        return self.incoming.received_at

    @property
    def today(self) -> date:
        """The day in Hanoi."""
        return self.now.astimezone(TZ).date()

    @property
    def own_units(self) -> list[int]:
        """Units in which the sender holds any post."""
        return [post.unit_id for post in self.posts]

    @property
    def units(self) -> list[int]:
        """Units whose reports the sender may write."""
        return [post.unit_id for post in self.posts if post.reports]

    @property
    def by(self) -> By:
        """Who acts, for the audit."""
        return By(self.sender.person_id, self.sender.channel)

    def may(self, command: str) -> bool:
        """Whether any of the sender's posts opens a command."""
        return rights.allowed(self.posts, command)

    def reach(self, command: str) -> Select[tuple[int]]:
        """Ids of the units for which the sender may do it, as a query: `unit_id.in_(talk.reach(…))`."""
        return rights.reach(self.posts, command, self.today)

    def reaches(self, command: str, unit_id: int) -> bool:
        """Whether the sender may do it for this unit."""
        return rights.reaches(self.db, self.posts, command, unit_id, self.today)

    def paper(self, submission_id: int) -> Draft | None:
        """A submission that the sender may write in or look at today; None if it is not theirs."""
        person = self.sender.person_id
        found = submissions.find(self.db, submission_id, person, self.today)
        if found is None and (units_ := self._entered_for()) is not None:
            return submissions.find(self.db, submission_id, person, self.today, units_)
        return found

    def unfinished(self) -> Draft | None:
        """What stands open and was touched last: the report of a unit, or a paper that the sender writes."""
        return submissions.unfinished(
            self.db, self.units, self.sender.id, own=self.own_units, entered_for=self._entered_for()
        )

    def _entered_for(self) -> Select[tuple[int]] | None:
        return self.reach("behalf") if self.may("behalf") else None

    def words(self, template: str, **values: object) -> str:
        """A sentence of `texts` in the sender's form of address."""
        return texts.say(template, self.sender.address_form, self.sender.name, **values)

    def say(self, template: str, **values: object) -> Reply:
        """The same as a reply."""
        return Reply(self.words(template, **values))
