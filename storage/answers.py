"""What each question got in each version, and the figures that every total is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.database import insert_once, table_of, upsert
from storage.models import Answer, Figure

ANSWER = table_of(Answer)
FIGURE = table_of(Figure)
_ANSWERS = select(
    ANSWER.c.question, ANSWER.c.value, ANSWER.c.provenance, ANSWER.c.asked, ANSWER.c.number
).where(ANSWER.c.submission_id == bindparam("submission"), ANSWER.c.version == bindparam("version"))


def given(db: Connection, submission_id: int, version: int) -> dict[str, str]:
    """Question → stored text of what was asked and answered in a version."""
    rows = db.execute(_ANSWERS, {"submission": submission_id, "version": version})
    return {row.question: row.value for row in rows if row.asked}


def results(db: Connection, submission_id: int, version: int) -> dict[str, Any]:
    """Question → row (value, provenance, number) of a submitted version, with what the program filled in."""
    rows = db.execute(_ANSWERS, {"submission": submission_id, "version": version})
    return {row.question: row for row in rows}


_DOUBTED = (
    select(ANSWER.c.question, ANSWER.c.doubt, ANSWER.c.note)
    .where(
        ANSWER.c.submission_id == bindparam("submission"),
        ANSWER.c.version == bindparam("version"),
        ANSWER.c.doubt != "",
    )
    .order_by(ANSWER.c.question)
)


def doubted(db: Connection, submission_id: int, version: int) -> list[tuple[str, str, str]]:
    """(question, doubt, reason) of what was looked at again and confirmed."""
    rows = db.execute(_DOUBTED, {"submission": submission_id, "version": version})
    return [(row.question, row.doubt, row.note) for row in rows]


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, by the paper and the version that it stands in."""

    submission_id: int
    version: int
    question: str
    value: str


_FROM = (
    select(*(ANSWER.c[name] for name in Given.__slots__))
    .where(
        ANSWER.c.receipt_id.in_(bindparam("receipts", expanding=True)),
        ANSWER.c.contact_id == bindparam("contact"),
    )
    .order_by(ANSWER.c.submission_id, ANSWER.c.version)
)


def from_receipts(db: Connection, receipts: Sequence[int], contact_id: int) -> list[Given]:
    """What these messages of an account gave, a corrected report's older versions included."""
    return [Given(*row) for row in db.execute(_FROM, {"receipts": list(receipts), "contact": contact_id})]


def save(db: Connection, row: Mapping[str, Any]) -> None:
    """Write or overwrite one answer; `row` holds all columns of `answer`."""
    db.execute(upsert(ANSWER, db), dict(row))


def fill_in(db: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what has no answer yet; a question that does not apply in the end loses the one that it had."""
    for asked, statement in ((True, insert_once(ANSWER, db)), (False, upsert(ANSWER, db))):
        chosen = [dict(row) for row in rows if row["asked"] is asked]
        if chosen:
            db.execute(statement, chosen)


def replace_figures(
    db: Connection, period_id: int, unit_id: int, figures: Mapping[str, tuple[float, str]]
) -> None:
    """Make these (question → number, provenance) a unit's figures of a period; none: it is out of the totals."""
    db.execute(delete(FIGURE).where(FIGURE.c.period_id == period_id, FIGURE.c.unit_id == unit_id))
    rows = [
        {
            "period_id": period_id,
            "unit_id": unit_id,
            "question": name,
            "number": number,
            "provenance": provenance,
        }
        for name, (number, provenance) in figures.items()
    ]
    if rows:
        db.execute(FIGURE.insert(), rows)
