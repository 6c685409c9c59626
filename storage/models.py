"""The tables, in the order in which a message meets them.

Times are aware and stored in UTC; dates are dates of Asia/Ho_Chi_Minh.  Statements on the answer path
use these tables through SQLAlchemy Core; the classes serve reading and administration.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlalchemy.types import Double
from sqlmodel import Field, SQLModel

from storage.columns import document, moment, points_to, prose, row_id

# ── who writes ──────────────────────────────────────────────────────────────────────────────────────


class Person(SQLModel, table=True):
    """A human being who holds assignments; personal data stays in this table (DOMAIN 10)."""

    id: int = row_id()
    name: str
    full_time: bool = False
    """cán bộ công đoàn chuyên trách (P18)."""
    address_form: str = "dong_chi"
    """`dong_chi` or `anh_chi` (DOMAIN 9)."""
    phone: str = ""


class Contact(SQLModel, table=True):
    """One chat account: a person on a channel, or a group or channel that receives a unit's digests."""

    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int = row_id()
    channel: str
    address: str
    person_id: int | None = points_to("person.id", null=True, index=True)
    audience: str = ""
    """`leaders`: receives the digest of `unit_id` and writes nothing; empty: a person."""
    unit_id: int | None = points_to("unit.id", null=True)
    display_name: str = ""
    consent_version: str = ""
    consented_at: datetime | None = moment(null=True)
    stopped_at: datetime | None = moment(null=True)
    """Set when the platform says that this account cannot be reached any more."""
    created_at: datetime = moment()


class Receipt(SQLModel, table=True):
    """The inbox: each message once and for ever, so that a repetition changes nothing (promise 2)."""

    __table_args__ = (UniqueConstraint("channel", "bot", "message_id"),)

    id: int = row_id()
    channel: str
    bot: str = ""
    message_id: str
    contact_id: int | None = points_to("contact.id", null=True, index=True)
    received_at: datetime = moment()
    body: dict[str, Any] = document()
    failure: str = ""
    """Reference code of the error that handling it raised; empty if all went well."""


class Conversation(SQLModel, table=True):
    """Where a contact is: the stack of dialogues, each with its small state; nothing lives in memory (promise 4)."""

    contact_id: int = points_to("contact.id", primary=True)
    state: dict[str, Any] = document()
    updated_at: datetime = moment()


# ── the organisation ────────────────────────────────────────────────────────────────────────────────


class Unit(SQLModel, table=True):
    """A union unit; parents and validity carry dates, so that a change never rewrites history (DOMAIN 2)."""

    id: int = row_id()
    code: str = Field(unique=True)
    name: str
    short_name: str
    kind: str
    """`tinh`, `cap_tren`, `cdcs` or `nghiep_doan`."""
    industry_type: str = ""
    """What form conditions call `loai_hinh`: `doanh_nghiep`, `co_quan`, `truong_hoc`, `benh_vien` or empty."""
    valid_from: date
    valid_to: date | None = None
    """Last day of its life; None while it lives."""


class UnitParent(SQLModel, table=True):
    """`parent_id` was the superior of `unit_id` from `valid_from` to `valid_to`, both days included."""

    __tablename__ = "unit_parent"

    id: int = row_id()
    unit_id: int = points_to("unit.id", index=True)
    parent_id: int = points_to("unit.id", index=True)
    valid_from: date
    valid_to: date | None = None
    reason: str = ""


class UnitSuccession(SQLModel, table=True):
    """What became of a unit: merge, split, rename, dissolve, transfer."""

    __tablename__ = "unit_succession"

    id: int = row_id()
    old_id: int = points_to("unit.id")
    new_id: int | None = points_to("unit.id", null=True)
    kind: str
    on: date


class Assignment(SQLModel, table=True):
    """A person's role in a unit; every right comes from one that is valid today (promise 9)."""

    id: int = row_id()
    person_id: int = points_to("person.id", index=True)
    unit_id: int = points_to("unit.id", index=True)
    role: str
    title: str = ""
    valid_from: date
    valid_to: date | None = None


class OpeningFigure(SQLModel, table=True):
    """A stock known before the first report, so that "như tháng trước" works in the first month (SETTLED)."""

    __tablename__ = "opening_figure"

    unit_id: int = points_to("unit.id", primary=True)
    question: str = Field(primary_key=True)
    number: float = Field(sa_column=Column(Double, nullable=False))


# ── what is asked, and when ─────────────────────────────────────────────────────────────────────────


class FormVersion(SQLModel, table=True):
    """A published questionnaire: the XML that runs, its hash and its source; a draft ends on the one it began with."""

    __tablename__ = "form_version"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: int = row_id()
    code: str
    version: int
    title: str
    xml: str = prose()
    sha256: str
    source_name: str = ""
    published_at: datetime = moment()


class Duty(SQLModel, table=True):
    """Who owes which form how often, and by when (DOMAIN 7)."""

    id: int = row_id()
    form_code: str
    frequency: str = "month"
    unit_kinds: str = "cdcs nghiep_doan"
    """Space-separated kinds of units that owe it."""
    due_day: int = 20
    """Nominal day, inclusive: "hết ngày 20"."""
    roll: str = "previous"
    """A due day that is no working day moves to the `previous` or `next` one, or stays (`none`)."""
    lock_day: int = 25
    lock_time: time = time(17, 0)
    valid_from: date
    valid_to: date | None = None


class Period(SQLModel, table=True):
    """One instance of a duty, e.g. November 2026."""

    __table_args__ = (UniqueConstraint("duty_id", "key"),)

    id: int = row_id()
    duty_id: int = points_to("duty.id")
    form_code: str
    key: str
    """`2026-11` for a month."""
    starts_on: date
    ends_on: date
    opens_at: datetime = moment()
    due_on: date
    """The working day on whose end the report is due."""
    closes_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    """When the period was locked; None before."""


class CalendarDay(SQLModel, table=True):
    """An administrator's word over the holiday library: a day is `off` or `work`, by which document (DOMAIN 7)."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    kind: str
    source: str = ""


# ── what was answered ───────────────────────────────────────────────────────────────────────────────


class Submission(SQLModel, table=True):
    """One unit × form × period, or one initiative (period empty).  Its answers stand in `answer`, by version."""

    __table_args__ = (
        UniqueConstraint("unit_id", "form_code", "period_id"),
        Index("ix_submission_period", "period_id", "state"),
    )

    id: int = row_id()
    form_version_id: int = points_to("form_version.id")
    form_code: str
    unit_id: int = points_to("unit.id")
    period_id: int | None = points_to("period.id", null=True)
    state: str = "draft"
    """draft → submitted → returned → submitted → accepted | auto_accepted; or exempt (DOMAIN 5.1)."""
    code: str | None = Field(default=None, unique=True)
    """Receipt code, BC-202611-00417; given at the first submission."""
    version: int = 0
    """Number of the latest submitted version; answers being written carry `version + 1`."""
    context: dict[str, Any] = document()
    """Hidden questions' values, fixed when the draft was opened."""
    editor_id: int | None = points_to("contact.id", null=True)
    opened_at: datetime = moment()
    edited_at: datetime = moment()
    submitted_at: datetime | None = moment(null=True)
    late: bool = False
    decided_at: datetime | None = moment(null=True)


class SubmissionVersion(SQLModel, table=True):
    """One act of submitting: when, by whom, late or not."""

    __tablename__ = "submission_version"

    submission_id: int = points_to("submission.id", primary=True)
    number: int = Field(primary_key=True)
    submitted_at: datetime = moment()
    contact_id: int | None = points_to("contact.id", null=True)
    late: bool = False
    reason: str = ""


class Answer(SQLModel, table=True):
    """What one question got in one version: the stored text, its number, and where it came from."""

    submission_id: int = points_to("submission.id", primary=True)
    version: int = Field(primary_key=True)
    question: str = Field(primary_key=True)
    value: str = prose()
    """Form text: `12`, `2500000`, `2026-11-05`, choice names separated by spaces, or prose."""
    number: float | None = Field(default=None, sa_column=Column(Double, nullable=True))
    """The figure, exact up to 2^53; None where the question has none."""
    provenance: str = "answered"
    """answered | carried | auto_count | implied_zero | missing (DOMAIN 4, rule 2)."""
    asked: bool = True
    """False for what the program filled in at submission."""
    raw: str = prose()
    """As typed or pressed, for whoever checks a figure later."""
    contact_id: int | None = points_to("contact.id", null=True)
    answered_at: datetime = moment()


class Figure(SQLModel, table=True):
    """Numbers of each unit's latest submitted version that is not returned: what every total is made of.

    A choice counts as a question of its own, `hoat_dong_thang/cham_lo` = 1.
    """

    period_id: int = points_to("period.id", primary=True)
    unit_id: int = points_to("unit.id", primary=True)
    question: str = Field(primary_key=True)
    number: float = Field(sa_column=Column(Double, nullable=False))
    provenance: str = "answered"


class Attachment(SQLModel, table=True):
    """A file that belongs to an answer; `path` is relative to the data directory."""

    id: int = row_id()
    submission_id: int = points_to("submission.id", index=True)
    version: int = 1
    question: str
    path: str
    name: str
    media_type: str
    size: int
    contact_id: int | None = points_to("contact.id", null=True)
    received_at: datetime = moment()


class Initiative(SQLModel, table=True):
    """A sáng kiến on its way from idea to recognition; its words stand in the submission (DOMAIN 5.2)."""

    id: int = row_id()
    code: str = Field(unique=True)
    unit_id: int = points_to("unit.id", index=True)
    submission_id: int = points_to("submission.id")
    person_id: int | None = points_to("person.id", null=True)
    title: str = prose()
    state: str = "y_tuong"
    created_at: datetime = moment()
    recognised_at: datetime | None = moment(null=True)


class Petition(SQLModel, table=True):
    """A kiến nghị or vướng mắc that somebody has to answer (DOMAIN 5.3)."""

    id: int = row_id()
    kind: str = "vuong_mac"
    unit_id: int = points_to("unit.id", index=True)
    submission_id: int | None = points_to("submission.id", null=True, index=True)
    body: str = prose()
    state: str = "moi"
    opened_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)


class Counter(SQLModel, table=True):
    """The last number given out under a name, e.g. `BC-202611`."""

    name: str = Field(primary_key=True)
    value: int = 0


# ── what goes out ───────────────────────────────────────────────────────────────────────────────────


class Outgoing(SQLModel, table=True):
    """One row of the outbox; its `key` is unique, so that nothing is said twice (promise 2)."""

    __table_args__ = (
        Index(
            "ix_outgoing_queued",
            "priority",
            "due_at",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index("ix_outgoing_contact", "contact_id", "id"),
    )

    id: int = row_id()
    contact_id: int = points_to("contact.id")
    key: str = Field(unique=True)
    kind: str = "reply"
    """`reply`, `reminder` or `digest`."""
    priority: int = 0
    """0 replies, 1 reminders, 2 digests: lower goes first (promise 8)."""
    body: dict[str, Any] = document()
    due_at: datetime = moment()
    state: str = "queued"
    """queued → sending → sent | failed | unknown (may have arrived) | withdrawn (not needed any more)."""
    attempts: int = 0
    sent_at: datetime | None = moment(null=True)
    failed_at: datetime | None = moment(null=True)
    error: str = ""
    platform_id: str = ""
    created_at: datetime = moment()


class Reminder(SQLModel, table=True):
    """That a contact is reminded of a unit's report at one step of the ladder; once, by its key (DOMAIN 7)."""

    unit_id: int = points_to("unit.id", primary=True)
    form_code: str = Field(primary_key=True)
    period_id: int = points_to("period.id", primary=True)
    step: str = Field(primary_key=True)
    """`T-5`, `T-2`, `T-0`, `T-0b`, `+1`, `+3`, `later-YYYY-MM-DD`; `stop`: the person asked for silence."""
    contact_id: int = points_to("contact.id", primary=True)
    planned_at: datetime = moment()
    outgoing_id: int | None = points_to("outgoing.id", null=True, index=True)
    """The message it went out in; None while it waits, or when it was dropped."""
    dropped: str = ""
    """Why it was not sent: `submitted`, `passed`, `closed`, `asked`; empty otherwise."""
    created_at: datetime = moment()


class Note(SQLModel, table=True):
    """Small facts about the installation itself, e.g. how far the demo's clock is ahead."""

    name: str = Field(primary_key=True)
    value: str = prose()
