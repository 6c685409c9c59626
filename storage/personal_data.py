"""What is stored about one person: counted, collected for an export, corrected (DOMAIN 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Row, func, literal, select, update

from storage import audit, tenures
from storage.answers import ANSWER
from storage.audit import By
from storage.contacts import CONTACT, OUTGOING, PERSON, RECEIPT
from storage.database import table_of
from storage.initiatives import INITIATIVE
from storage.models import Consent, HelpMessage
from storage.submissions import PERIOD, SUBMISSION, VERSION
from storage.units import ASSIGNMENT, UNIT, called, day_of

CONSENT = table_of(Consent)
HELP_MESSAGE = table_of(HelpMessage)


def accounts(db: Connection, person_id: int) -> list[Row[Any]]:
    """A person's chat accounts, as stored."""
    mine = select(CONTACT).where(CONTACT.c.person_id == person_id)
    return list(db.execute(mine.order_by(CONTACT.c.id)))


def account_ids(db: Connection, person_id: int) -> list[int]:
    """Numbers of a person's chat accounts."""
    return [row.id for row in accounts(db, person_id)]


def person(db: Connection, person_id: int) -> Row[Any]:
    """The person as stored."""
    return db.execute(select(PERSON).where(PERSON.c.id == person_id)).one()


def assignments(db: Connection, person_id: int, on: date) -> list[Row[Any]]:
    """Every post that a person holds or held on a day: role, title, unit as it was called then, first and last day."""
    posts = select(
        ASSIGNMENT.c.role, ASSIGNMENT.c.title, called("name", day_of(ASSIGNMENT, on)).label("name"),
        ASSIGNMENT.c.valid_from, ASSIGNMENT.c.valid_to,
    ).join_from(ASSIGNMENT, UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id)  # fmt: skip
    return list(db.execute(posts.where(ASSIGNMENT.c.person_id == person_id).order_by(ASSIGNMENT.c.id)))


def unit_of(db: Connection, person_id: int) -> int | None:
    """The unit of a person's latest post, also of one that has ended."""
    posts = select(ASSIGNMENT.c.unit_id).where(ASSIGNMENT.c.person_id == person_id)
    return db.scalar(posts.order_by(ASSIGNMENT.c.id.desc()).limit(1))


def consents(db: Connection, person_id: int) -> list[Row[Any]]:
    """Every decision of a person about what is stored, the oldest first."""
    nobodys = CONSENT.c.person_id.is_(None) & CONSENT.c.contact_id.in_(account_ids(db, person_id))
    mine = (CONSENT.c.person_id == person_id) | nobodys
    return list(db.execute(select(CONSENT).where(mine).order_by(CONSENT.c.id)))


@dataclass(frozen=True, slots=True)
class Held:
    """How much there is of a person."""

    messages: int
    reports: int
    initiatives: int


def held(db: Connection, person_id: int) -> Held:
    """How many messages, reports handed in and initiatives there are of a person."""
    own = tenures.of(db, person_id)
    reports = VERSION.join(SUBMISSION, SUBMISSION.c.id == VERSION.c.submission_id)
    return Held(
        _count(db, RECEIPT, tenures.within(own, RECEIPT.c.contact_id, RECEIPT.c.received_at)),
        _count(
            db,
            reports,
            tenures.within(own, VERSION.c.contact_id, VERSION.c.submitted_at)
            & SUBMISSION.c.period_id.is_not(None),
        ),
        _count(db, INITIATIVE, INITIATIVE.c.person_id == person_id),
    )


def _count(db: Connection, table: Any, where: ColumnElement[bool]) -> int:  # noqa: ANN401 - a table or a join
    return db.scalar(select(func.count()).select_from(table).where(where)) or 0


# ── what an export holds ────────────────────────────────────────────────────────────────────────────


def received(db: Connection, person_id: int) -> list[Row[Any]]:
    """What a person wrote, the oldest first: channel, time, body."""
    mine = tenures.within(tenures.of(db, person_id), RECEIPT.c.contact_id, RECEIPT.c.received_at)
    rows = select(RECEIPT.c.channel, RECEIPT.c.received_at.label("at"), RECEIPT.c.body).where(mine)
    return list(db.execute(rows.order_by(RECEIPT.c.id)))


def said(db: Connection, person_id: int) -> list[Row[Any]]:
    """What was sent to a person, the oldest first: channel, time, body."""
    own = tenures.within(tenures.of(db, person_id), OUTGOING.c.contact_id, OUTGOING.c.created_at)
    mine = own & (OUTGOING.c.state == "sent")
    rows = select(CONTACT.c.channel, OUTGOING.c.sent_at.label("at"), OUTGOING.c.body).join_from(
        OUTGOING, CONTACT, CONTACT.c.id == OUTGOING.c.contact_id
    )
    return list(db.execute(rows.where(mine, OUTGOING.c.kind != "tidy").order_by(OUTGOING.c.id)))


def answered(db: Connection, person_id: int, on: date) -> list[Row[Any]]:
    """What a person answered in reports and initiatives, with the unit, the month and the receipt's code.

    Units are called as at the end of the month; without a month, as on the day `on`.
    """
    own = tenures.of(db, person_id)
    last = func.coalesce(PERIOD.c.ends_on, literal(on, Date()))
    rows = (
        select(
            ANSWER.c.answered_at, called("name", last).label("name"), PERIOD.c.key, SUBMISSION.c.code,
            SUBMISSION.c.form_version_id, ANSWER.c.question, ANSWER.c.value, ANSWER.c.raw,
        )
        .select_from(
            ANSWER.join(SUBMISSION, SUBMISSION.c.id == ANSWER.c.submission_id)
            .join(UNIT, UNIT.c.id == SUBMISSION.c.unit_id)
            .outerjoin(PERIOD, PERIOD.c.id == SUBMISSION.c.period_id)
        )
        .where(tenures.within(own, ANSWER.c.contact_id, ANSWER.c.answered_at), ANSWER.c.asked)
    )  # fmt: skip
    return list(db.execute(rows.order_by(ANSWER.c.answered_at, ANSWER.c.submission_id, ANSWER.c.question)))


def initiatives(db: Connection, person_id: int) -> list[Row[Any]]:
    """A person's initiatives."""
    mine = select(INITIATIVE).where(INITIATIVE.c.person_id == person_id)
    return list(db.execute(mine.order_by(INITIATIVE.c.id)))


def asked_for_help(db: Connection, person_id: int) -> list[Row[Any]]:
    """What a person wrote to the people behind the bot."""
    mine = tenures.within(tenures.of(db, person_id), HELP_MESSAGE.c.contact_id, HELP_MESSAGE.c.at)
    return list(db.execute(select(HELP_MESSAGE).where(mine).order_by(HELP_MESSAGE.c.id)))


# ── correcting ──────────────────────────────────────────────────────────────────────────────────────


def correct(db: Connection, by: By, person_id: int, at: datetime, **values: str) -> None:
    """Change `name`, `phone` or `address_form`."""
    before = person(db, person_id)._mapping  # noqa: SLF001 - the documented way to a row's names
    old = {name: before[name] for name in values}
    db.execute(update(PERSON).where(PERSON.c.id == person_id).values(**values))
    unit_id = unit_of(db, person_id)
    audit.record(db, by, "correct", "person", person_id, at=at, unit_id=unit_id, old=old, new=values)
