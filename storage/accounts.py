"""The chat accounts of one person: a draft and a history belong to the person, whichever account writes."""

from __future__ import annotations

from sqlalchemy import Connection, Select, func, or_, select

from storage.database import table_of
from storage.models import Contact

CONTACT = table_of(Contact)


def of_same_person(contact_id: int) -> Select[tuple[int]]:
    """Ids of an account and of all others of its person, as a query: `contact_id.in_(of_same_person(…))`."""
    whose = CONTACT.alias("whose")
    person = select(whose.c.person_id).where(whose.c.id == contact_id).scalar_subquery()
    return select(CONTACT.c.id).where(or_(CONTACT.c.id == contact_id, CONTACT.c.person_id == person))


def working(db: Connection, person_id: int) -> int | None:
    """The account on which a person is written to: the newest that can be reached and has agreed; None without one."""
    its = (CONTACT.c.person_id == person_id, CONTACT.c.stopped_at.is_(None), CONTACT.c.audience == "")
    newest: int | None = db.scalar(
        select(func.max(CONTACT.c.id)).where(*its, CONTACT.c.consented_at.is_not(None))
    )
    return newest
