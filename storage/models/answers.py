"""What was answered, and what becomes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlalchemy.types import Double
from sqlmodel import Field, SQLModel

from storage.columns import document, moment, points_to, prose, row_id


class Submission(SQLModel, table=True):
    """One unit × form × period, or one initiative (period empty).  Its answers stand in `answer`, by version."""

    __table_args__ = (
        UniqueConstraint("unit_id", "form_code", "period_id"),
        Index("ix_submission_period", "period_id", "state"),
        # A number is never given twice: a conversation may still speak of a paper that was thrown away.
        {"sqlite_autoincrement": True},
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
    source: str = ""
    """How a report that is entered for the unit came in: `phone` or `paper`; empty: its own officers write it."""
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
    source: str = ""
    """As of the submission when this version was handed in."""


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
    doubt: str = ""
    """Why it was looked at again and confirmed, a key of LOOK in handlers/unusual_texts.py; empty: it was not."""
    note: str = prose()
    """What was said to explain it."""
    receipt_id: int | None = points_to("receipt.id", null=True)
    """The message that gave it: when that is edited in the chat, the answer changes."""
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
    """A file of an answer or of a task; `path` is relative to the data directory, empty until it was fetched."""

    __table_args__ = (
        Index(
            "ix_attachment_to_fetch",
            "fetch_at",
            sqlite_where=text("fetch_at IS NOT NULL"),
            postgresql_where=text("fetch_at IS NOT NULL"),
        ),
    )

    id: int = row_id()
    submission_id: int | None = points_to("submission.id", null=True, index=True)
    task_id: int | None = points_to("task.id", null=True, index=True)
    version: int = 1
    question: str
    path: str
    name: str
    media_type: str
    size: int
    channel: str = ""
    remote: str = ""
    """The channel's name of the file, while it is still to be fetched; empty afterwards."""
    attempts: int = 0
    fetch_at: datetime | None = moment(null=True)
    """When to try (again); None: nothing to fetch, or given up."""
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
