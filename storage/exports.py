"""What is exported, row by row: organisation, people, reports, figures, ideas, reminders; of petitions only counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from storage import terms
from storage.answers import ANSWER, FIGURE
from storage.contacts import CONTACT
from storage.coverage import FORM, PARENT, PERIOD, SUBMISSION, UNIT, standing, view
from storage.database import table_of
from storage.initiatives import INITIATIVE, PETITION
from storage.models import Assignment, Person, Reminder, SubmissionVersion, UnitName, UnitSuccession
from storage.outbox import OUTGOING
from storage.units import called, day_of, valid

ASSIGNMENT = table_of(Assignment)
PERSON = table_of(Person)
REMINDER = table_of(Reminder)
UNIT_NAME = table_of(UnitName)
SUCCESSION = table_of(UnitSuccession)
VERSION = table_of(SubmissionVersion)
FETCHED = 1000
"""Rows that are held at once."""


def _stream(db: Connection, rows: Select[Any]) -> Iterator[Row[Any]]:
    yield from db.execute(rows, execution_options={"yield_per": FETCHED})


def periods(db: Connection, form_code: str, key: str = "") -> list[Any]:
    """(id, key) of a form's months, or of one of them, the oldest first."""
    wanted = select(PERIOD.c.id, PERIOD.c.key).where(PERIOD.c.form_code == form_code)
    if key:
        wanted = wanted.where(PERIOD.c.key == key)
    return list(db.execute(wanted.order_by(PERIOD.c.starts_on)))


def forms(db: Connection, form_code: str) -> list[str]:
    """The XML of all versions of a form, the newest first."""
    return list(
        db.scalars(select(FORM.c.xml).where(FORM.c.code == form_code).order_by(FORM.c.version.desc()))
    )


# ── the organisation ────────────────────────────────────────────────────────────────────────────────


def units(db: Connection, on: date) -> Iterator[Row[Any]]:
    """Each unit that ever was, with its superior of a day."""
    above = UNIT.alias("above")
    rows = (
        select(
            UNIT.c.code, called("name", on).label("name"), called("short_name", on).label("short_name"), UNIT.c.kind,
            UNIT.c.industry_type, UNIT.c.valid_from, UNIT.c.valid_to, UNIT.c.reports_from, UNIT.c.due_day,
            above.c.code.label("above_code"), called("short_name", on, above).label("above_name"),
        )
        .outerjoin(PARENT, (PARENT.c.unit_id == UNIT.c.id) & valid(PARENT, on))
        .outerjoin(above, above.c.id == PARENT.c.parent_id)
    )  # fmt: skip
    return _stream(db, rows.order_by(UNIT.c.id))


def parents(db: Connection, on: date) -> Iterator[Row[Any]]:
    """Who stood above whom, and when; under the names of a day, or of that time where it is past or ahead."""
    above, day = UNIT.alias("above"), day_of(PARENT, on)
    rows = (
        select(
            UNIT.c.code, called("name", day).label("name"), above.c.code.label("above_code"),
            called("name", day, above).label("above_name"),
            PARENT.c.valid_from, PARENT.c.valid_to, PARENT.c.reason,
        )
        .join_from(PARENT, UNIT, UNIT.c.id == PARENT.c.unit_id)
        .join(above, above.c.id == PARENT.c.parent_id)
    )  # fmt: skip
    return _stream(db, rows.order_by(UNIT.c.id, PARENT.c.valid_from))


def former_names(db: Connection, on: date) -> Iterator[Row[Any]]:
    """Names that units had before a day, and until when."""
    rows = select(
        UNIT.c.code, called("name", on).label("name"), UNIT_NAME.c.name.label("before"), UNIT_NAME.c.until
    )
    return _stream(db, rows.join_from(UNIT_NAME, UNIT).order_by(UNIT.c.id, UNIT_NAME.c.until))


def successions(db: Connection) -> Iterator[Row[Any]]:
    """What became of units, under the names of that day."""
    new = UNIT.alias("new")
    rows = (
        select(
            UNIT.c.code, called("name", SUCCESSION.c.on).label("name"), SUCCESSION.c.kind, SUCCESSION.c.on,
            SUCCESSION.c.reason, new.c.code.label("new_code"), called("name", SUCCESSION.c.on, new).label("new_name"),
        )
        .join_from(SUCCESSION, UNIT, UNIT.c.id == SUCCESSION.c.old_id)
        .outerjoin(new, new.c.id == SUCCESSION.c.new_id)
    )  # fmt: skip
    return _stream(db, rows.order_by(SUCCESSION.c.on, SUCCESSION.c.id))


def posts(db: Connection, on: date) -> Iterator[tuple[Row[Any], str]]:
    """Each post that anybody ever held, and on which channels that person can be reached; names as in `parents`."""
    reached: dict[int, str] = {}
    accounts = select(CONTACT.c.person_id, CONTACT.c.channel).where(
        CONTACT.c.person_id.is_not(None), CONTACT.c.stopped_at.is_(None), CONTACT.c.consented_at.is_not(None)
    )
    for person_id, channel in db.execute(
        accounts.distinct().order_by(CONTACT.c.person_id, CONTACT.c.channel)
    ):
        reached[person_id] = ", ".join(filter(None, (reached.get(person_id), channel)))
    rows = (
        select(
            PERSON.c.id, PERSON.c.name, PERSON.c.phone, PERSON.c.full_time, UNIT.c.code,
            called("name", day_of(ASSIGNMENT, on)).label("unit"), ASSIGNMENT.c.role, ASSIGNMENT.c.title,
            ASSIGNMENT.c.valid_from, ASSIGNMENT.c.valid_to,
        )
        .join_from(ASSIGNMENT, PERSON, PERSON.c.id == ASSIGNMENT.c.person_id)
        .join(UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id)
    )  # fmt: skip
    for row in _stream(db, rows.order_by(UNIT.c.id, ASSIGNMENT.c.id)):
        yield row, reached.get(row.id, "")


# ── reports ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Report:
    """One unit in one month: how its report stands, and what the latest version that was handed in says."""

    period: str
    code: str
    unit: str
    above: str
    status: str
    late: bool
    submission: Any
    """A row (code, version, submitted_at, source), empty values without a report."""
    answers: dict[str, Any]
    """Question → row (value, number, provenance, doubt, note)."""


def reports(db: Connection, period_id: int) -> Iterator[Report]:
    """Each unit that owes a month's report, in the order of the roster."""
    seen = view(db, period_id)
    owed, on = standing(seen, None), seen.period.ends_on
    above = UNIT.alias("above")
    mine = (SUBMISSION.c.unit_id == UNIT.c.id) & (SUBMISSION.c.period_id == period_id)
    rows = (
        select(
            UNIT.c.id, UNIT.c.code, called("name", on).label("name"),
            called("short_name", on, above).label("above"), owed.c.status, owed.c.late,
            SUBMISSION.c.code.label("number"), SUBMISSION.c.version, SUBMISSION.c.submitted_at, SUBMISSION.c.source,
        )
        .join_from(owed, UNIT, UNIT.c.id == owed.c.unit_id)
        .outerjoin(above, above.c.id == owed.c.superior_id)
        .outerjoin(SUBMISSION, mine)
    )  # fmt: skip
    given = _Given(_answers(db, period_id))
    for row in _stream(db, rows.order_by(UNIT.c.id)):
        answers = given.of(row.id)
        yield Report(
            seen.period.key, row.code, row.name, row.above or "", row.status, bool(row.late), row, answers
        )


def _answers(db: Connection, period_id: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """(unit, question → answer) of the latest versions, by unit."""
    latest = (ANSWER.c.submission_id == SUBMISSION.c.id) & (ANSWER.c.version == SUBMISSION.c.version)
    rows = (
        select(
            SUBMISSION.c.unit_id, ANSWER.c.question, ANSWER.c.value, ANSWER.c.number, ANSWER.c.provenance,
            ANSWER.c.doubt, ANSWER.c.note,
        )
        .join_from(SUBMISSION, ANSWER, latest)
        .where(SUBMISSION.c.period_id == period_id, SUBMISSION.c.version > 0)
    )  # fmt: skip
    ordered = _stream(db, rows.order_by(SUBMISSION.c.unit_id))
    for unit_id, own in groupby(ordered, key=attrgetter("unit_id")):
        yield unit_id, {row.question: row for row in own}


class _Given:
    """Answers that are read beside the units, in the same order."""

    def __init__(self, rows: Iterator[tuple[int, dict[str, Any]]]) -> None:
        self.rows = rows
        self.next: tuple[int, dict[str, Any]] | None = next(rows, None)

    def of(self, unit_id: int) -> dict[str, Any]:
        """The answers of a unit; those of units before it are passed over."""
        while self.next is not None and self.next[0] < unit_id:
            self.next = next(self.rows, None)
        return self.next[1] if self.next is not None and self.next[0] == unit_id else {}


def figures(db: Connection, period_id: int) -> Iterator[Row[Any]]:
    """The numbers that every total of a month is made of, under the names of its last day."""
    name = called("name", terms.of(db, period_id).ends_on).label("name")
    rows = (
        select(UNIT.c.code, name, FIGURE.c.question, FIGURE.c.number, FIGURE.c.provenance)
        .join_from(FIGURE, UNIT, UNIT.c.id == FIGURE.c.unit_id)
        .where(FIGURE.c.period_id == period_id)
    )
    return _stream(db, rows.order_by(UNIT.c.id, FIGURE.c.question))


def reminders(db: Connection, period_id: int) -> Iterator[Row[Any]]:
    """Who was reminded of a month's report, at which step, or why not."""
    last = terms.of(db, period_id).ends_on
    rows = (
        select(
            UNIT.c.code, called("name", last).label("name"), PERSON.c.name.label("person"), REMINDER.c.step,
            REMINDER.c.planned_at, REMINDER.c.dropped, OUTGOING.c.state, OUTGOING.c.sent_at,
        )
        .join_from(REMINDER, UNIT, UNIT.c.id == REMINDER.c.unit_id)
        .join(CONTACT, CONTACT.c.id == REMINDER.c.contact_id)
        .outerjoin(PERSON, PERSON.c.id == CONTACT.c.person_id)
        .outerjoin(OUTGOING, OUTGOING.c.id == REMINDER.c.outgoing_id)
        .where(REMINDER.c.period_id == period_id)
    )  # fmt: skip
    return _stream(db, rows.order_by(UNIT.c.id, REMINDER.c.planned_at))


# ── ideas and petitions ─────────────────────────────────────────────────────────────────────────────


def _within(column: ColumnElement[Any], span: tuple[datetime, datetime] | None) -> ColumnElement[bool]:
    return (column >= span[0]) & (column < span[1]) if span else column.is_not(None)


def initiatives(db: Connection, span: tuple[datetime, datetime] | None, on: date) -> Iterator[Row[Any]]:
    """Ideas that came in within a span of time, or ever; units under their names of a day."""
    rows = (
        select(
            INITIATIVE.c.code, UNIT.c.code.label("unit_code"), called("name", on).label("name"), INITIATIVE.c.title,
            INITIATIVE.c.state, INITIATIVE.c.created_at, INITIATIVE.c.recognised_at, PERSON.c.name.label("person"),
        )
        .join_from(INITIATIVE, UNIT, UNIT.c.id == INITIATIVE.c.unit_id)
        .outerjoin(PERSON, PERSON.c.id == INITIATIVE.c.person_id)
        .where(_within(INITIATIVE.c.created_at, span))
    )  # fmt: skip
    return _stream(db, rows.order_by(INITIATIVE.c.id))


def petitions(db: Connection, span: tuple[datetime, datetime] | None) -> Iterator[Row[Any]]:
    """How many petitions of which kind are in which state; never what they say, nor whose they are."""
    rows = select(PETITION.c.kind, PETITION.c.state, func.count().label("number")).where(
        _within(PETITION.c.opened_at, span)
    )
    return _stream(
        db, rows.group_by(PETITION.c.kind, PETITION.c.state).order_by(PETITION.c.kind, PETITION.c.state)
    )
