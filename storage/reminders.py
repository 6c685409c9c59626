"""Who is to be reminded of which report, what was said to them already, and how a reminder is taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, bindparam, cast, func, select, update

from storage import accounts, calendar
from storage.calendar import TZ, WINDOWS
from storage.database import table_of, upsert
from storage.models import Assignment, Contact, Outgoing, Period, Person, Reminder, Submission, UnitParent
from storage.periods import REPORTED
from storage.units import REPORTERS, valid

ASSIGNMENT = table_of(Assignment)
CONTACT = table_of(Contact)
OUTGOING = table_of(Outgoing)
PERIOD = table_of(Period)
PERSON = table_of(Person)
REMINDER = table_of(Reminder)
SUBMISSION = table_of(Submission)
UNIT_PARENT = table_of(UnitParent)

SUPERIORS = ("chuyen_vien_ttcs", "lanh_dao_ttcs", "ban_csplqhld")
"""Roles that get the list of units still missing below their own (DOMAIN 3)."""
STOP = "stop"
LATER = "later-"


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with a role in a unit; `contact_id` is the latest account that can be reached, None without one."""

    person_id: int
    unit_id: int
    name: str
    address_form: str
    contact_id: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """A reminder row, the person behind its contact, and the day on which its message was queued, if it was."""

    person_id: int | None
    contact_id: int
    unit_id: int
    period_id: int
    step: str
    planned_at: datetime
    dropped: str
    queued_at: datetime | None

    @property
    def day(self) -> date | None:
        """The day in Hanoi on which it was said; None if it waits or was dropped."""
        return None if self.queued_at is None else calendar.today(self.queued_at)

    @property
    def waits(self) -> bool:
        """Whether it is still to be said."""
        return self.queued_at is None and not self.dropped


def officers(db: Connection, roles: Collection[str], on: date) -> dict[int, list[Officer]]:
    """Unit → the people who hold one of the roles in it on a day, each once."""
    found: dict[int, list[Officer]] = defaultdict(list)
    for row in db.execute(_OFFICERS, {"roles": list(roles), "day": on}):
        officer = Officer(*row)
        if officer not in found[officer.unit_id]:
            found[officer.unit_id].append(officer)
    return found


_REACHABLE = (
    select(CONTACT.c.person_id, func.max(CONTACT.c.id).label("contact_id"))
    .where(
        CONTACT.c.person_id.is_not(None),
        CONTACT.c.stopped_at.is_(None),
        CONTACT.c.audience == "",
        CONTACT.c.consented_at.is_not(None),
    )
    .group_by(CONTACT.c.person_id)
    .subquery()
)
_OFFICERS = (
    select(PERSON.c.id, ASSIGNMENT.c.unit_id, PERSON.c.name, PERSON.c.address_form, _REACHABLE.c.contact_id)
    .select_from(
        ASSIGNMENT.join(PERSON, PERSON.c.id == ASSIGNMENT.c.person_id).outerjoin(
            _REACHABLE, _REACHABLE.c.person_id == PERSON.c.id
        )
    )
    .where(ASSIGNMENT.c.role.in_(bindparam("roles", expanding=True)), valid(ASSIGNMENT, bindparam("day")))
    .order_by(ASSIGNMENT.c.id)
)


def reporters(db: Connection, on: date) -> dict[int, list[Officer]]:
    """Unit → the people who write its reports on a day."""
    return officers(db, REPORTERS, on)


def superiors(db: Connection, unit_ids: Iterable[int], tree_of: date, on: date) -> dict[int, list[Officer]]:
    """Unit → the officers, reachable today, of the nearest superior that has any; `tree_of` is a period's last day."""
    tree = select(UNIT_PARENT.c.unit_id, UNIT_PARENT.c.parent_id).where(valid(UNIT_PARENT, tree_of))
    parents = {row.unit_id: row.parent_id for row in db.execute(tree)}
    above = officers(db, SUPERIORS, on)
    return {unit_id: _nearest(unit_id, parents, above) for unit_id in unit_ids}


def _nearest(unit_id: int, parents: Mapping[int, int], above: Mapping[int, list[Officer]]) -> list[Officer]:
    at: int | None = parents.get(unit_id)
    seen = {unit_id}
    while at is not None and at not in seen:
        if reachable := [officer for officer in above.get(at, ()) if officer.contact_id]:
            return reachable
        seen.add(at)
        at = parents.get(at)
    return []


def said(db: Connection, period_ids: Sequence[int]) -> list[Said]:
    """Every reminder row of these periods."""
    return [Said(*row) for row in db.execute(_SAID, {"periods": list(period_ids)})]


_SAID = (
    select(
        CONTACT.c.person_id, REMINDER.c.contact_id, REMINDER.c.unit_id, REMINDER.c.period_id, REMINDER.c.step,
        REMINDER.c.planned_at, REMINDER.c.dropped, OUTGOING.c.created_at,
    )
    .select_from(
        REMINDER.join(CONTACT, CONTACT.c.id == REMINDER.c.contact_id).outerjoin(
            OUTGOING, OUTGOING.c.id == REMINDER.c.outgoing_id
        )
    )
    .where(REMINDER.c.period_id.in_(bindparam("periods", expanding=True)))
)  # fmt: skip


def reported(db: Connection, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the pairs (unit, period) whose report is in or not owed."""
    its = and_(
        SUBMISSION.c.unit_id.in_({u for u, _ in pairs}), SUBMISSION.c.period_id.in_({p for _, p in pairs})
    )
    done = SUBMISSION.c.state.in_((*REPORTED, "exempt"))
    rows = db.execute(select(SUBMISSION.c.unit_id, SUBMISSION.c.period_id).where(its, done))
    return {(row.unit_id, row.period_id) for row in rows}


_WAITS = and_(REMINDER.c.outgoing_id.is_(None), REMINDER.c.dropped == "")


def record(db: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows (all columns); one that waits is filled in, one that was said or dropped stays as it is."""
    if rows:
        db.execute(upsert(REMINDER, db, only=("outgoing_id", "dropped"), where=_WAITS), list(rows))


def row_of(  # noqa: PLR0913 - the columns of one row
    period: Period, unit_id: int, step: str, contact_id: int, planned_at: datetime, now: datetime,
    *, outgoing_id: int | None = None, dropped: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A reminder row for `record`."""
    return {
        "unit_id": unit_id, "form_code": period.form_code, "period_id": period.id, "step": step,
        "contact_id": contact_id, "planned_at": planned_at, "outgoing_id": outgoing_id, "dropped": dropped,
        "created_at": now,
    }  # fmt: skip


# ── taking back ─────────────────────────────────────────────────────────────────────────────────────


def withdraw(db: Connection, unit_id: int, period_id: int, now: datetime) -> int:  # noqa: ARG001 - an act of a turn
    """The unit's report is in: what is queued about it is taken back; how many messages that were.

    A message that speaks of other units, too, goes back whole, and the next run says the rest again.
    """
    return _drop(db, and_(REMINDER.c.unit_id == unit_id, REMINDER.c.period_id == period_id), "submitted")


def withdraw_all(db: Connection, period_id: int, why: str) -> int:
    """Nothing more is said about a period; `why` is kept on what was waiting."""
    return _drop(db, REMINDER.c.period_id == period_id, why)


def withdraw_unit(db: Connection, unit_id: int, on: date, why: str) -> int:
    """Nothing more is said of a unit's periods that end on a day or later; how many messages were withdrawn."""
    to_come = select(PERIOD.c.id).where(PERIOD.c.ends_on >= on)
    return _drop(db, and_(REMINDER.c.unit_id == unit_id, REMINDER.c.period_id.in_(to_come)), why)


def recall(db: Connection, before: datetime | None = None, kind: str = "reminder") -> int:
    """Take back reminders that were queued (before a moment) and not sent; what is still true is said again in time.

    With `kind` digests likewise.
    """
    stale = and_(OUTGOING.c.kind == kind, OUTGOING.c.state == "queued")
    if before is not None:
        stale = and_(stale, OUTGOING.c.created_at < before)
    return _take_back(db, list(db.scalars(select(OUTGOING.c.id).where(stale))))


def drop_waiting(db: Connection, before: datetime, why: str) -> None:
    """What waits and was planned for a time before this one is not said any more."""
    db.execute(update(REMINDER).where(_WAITS, REMINDER.c.planned_at < before).values(dropped=why))


def take_back(db: Connection, contact_id: int) -> int:
    """Take back the reminders that are queued for an account; how many that were."""
    queued = and_(OUTGOING.c.contact_id == contact_id, OUTGOING.c.kind == "reminder")
    return _take_back(db, list(db.scalars(select(OUTGOING.c.id).where(queued, OUTGOING.c.state == "queued"))))


def queued(db: Connection, kind: str = "reminder") -> bool:
    """Whether a reminder, or another kind of message, waits in the outbox."""
    return db.scalar(_QUEUED, {"kind": kind}) is not None


_QUEUED = (
    select(OUTGOING.c.id).where(OUTGOING.c.state == "queued", OUTGOING.c.kind == bindparam("kind")).limit(1)
)


def _drop(db: Connection, which: ColumnElement[bool], why: str) -> int:
    rows = OUTGOING.join(REMINDER, REMINDER.c.outgoing_id == OUTGOING.c.id)
    messages = select(OUTGOING.c.id).select_from(rows).where(which, OUTGOING.c.state == "queued").distinct()
    taken = _take_back(db, list(db.scalars(messages)))
    waits = and_(REMINDER.c.outgoing_id.is_(None), REMINDER.c.dropped == "")
    db.execute(update(REMINDER).where(which, waits).values(dropped=why))
    return taken


def _take_back(db: Connection, outgoing_ids: Sequence[int]) -> int:
    """Withdraw messages; their keys become free, so that what is left of them can be said the same day."""
    if not outgoing_ids:
        return 0
    freed = OUTGOING.c.key + ":withdrawn:" + cast(OUTGOING.c.id, String)
    mine = and_(OUTGOING.c.id.in_(outgoing_ids), OUTGOING.c.state == "queued")
    # Only what is still queued now: the delivery may have taken a message since its id was read.
    still_queued = update(OUTGOING).where(mine).values(state="withdrawn", key=freed).returning(OUTGOING.c.id)
    taken = list(db.scalars(still_queued))
    db.execute(update(REMINDER).where(REMINDER.c.outgoing_id.in_(taken)).values(outgoing_id=None))
    return len(taken)


# ── what a person asks for ──────────────────────────────────────────────────────────────────────────


def stop(db: Connection, contact_id: int, unit_id: int, period: Period, now: datetime) -> None:
    """The person behind the contact hears no more of the unit's report of a period; the superior's list says so."""
    record(db, [row_of(period, unit_id, STOP, contact_id, now, now, dropped="asked")])
    theirs = and_(
        REMINDER.c.unit_id == unit_id, REMINDER.c.contact_id.in_(accounts.of_same_person(contact_id))
    )
    _drop(db, and_(theirs, REMINDER.c.period_id == period.id), "asked")


def later(db: Connection, contact_id: int, unit_id: int, period: Period, now: datetime) -> datetime | None:
    """Remind again on the next working day at this hour; when, or None if the period is locked by then."""
    here = now.astimezone(TZ)
    planned = calendar.at(calendar.load(db).next_speaking_day(here.date()), _hour(here.time()))
    if planned >= period.closes_at:
        return None
    step = f"{LATER}{planned.date()}"
    record(db, [row_of(period, unit_id, step, contact_id, planned, now)])
    return planned


def _hour(clock: time) -> time:
    """The same time of day, or the nearest in which a reminder may still be sent."""
    (morning, _), (afternoon, evening) = WINDOWS
    if calendar.in_window(clock):
        return clock.replace(second=0, microsecond=0)
    return morning if clock < morning else afternoon if clock < evening else time(evening.hour)
