"""What a unit is made to have reported: figures of its last months written over those of the sample."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from storage.answers import ANSWER, FIGURE
from storage.database import upsert
from storage.submissions import SUBMISSION
from storage.terms import PERIOD
from storage.units import UNIT


def write(db: Connection, code: str, question: str, numbers: Sequence[float]) -> None:
    """Make these the numbers of a unit's last reports, the latest one last."""
    unit = db.execute(select(UNIT.c.id).where(UNIT.c.code == code)).scalar_one()
    reports = (
        select(SUBMISSION.c.id, SUBMISSION.c.period_id)
        .join_from(SUBMISSION, PERIOD, PERIOD.c.id == SUBMISSION.c.period_id)
        .where(SUBMISSION.c.unit_id == unit, SUBMISSION.c.version > 0)
        .order_by(PERIOD.c.starts_on.desc())
        .limit(len(numbers))
    )
    rows = db.execute(reports).all()
    assert len(rows) == len(numbers), f"{code} has {len(rows)} reports"
    for row, number in zip(rows, reversed(numbers), strict=True):
        figure = {"period_id": row.period_id, "unit_id": unit, "question": question, "number": number}
        db.execute(upsert(FIGURE, db), figure | {"provenance": "answered"})
        given = (ANSWER.c.submission_id == row.id) & (ANSWER.c.question == question)
        values = {"number": number, "value": f"{number:.15g}", "provenance": "answered"}
        db.execute(update(ANSWER).where(given).values(values))
