"""How often a person has handed in a unit's report: who has done it twice knows the questions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from storage.submissions import CONTACT, COUNTED, PERIOD, SUBMISSION, VERSION

_TIMES = (
    select(func.count())
    .select_from(
        SUBMISSION.join(PERIOD, PERIOD.c.id == SUBMISSION.c.period_id)
        .join(VERSION, (VERSION.c.submission_id == SUBMISSION.c.id) & (VERSION.c.number == 1))
        .join(CONTACT, CONTACT.c.id == VERSION.c.contact_id)
    )
    .where(
        SUBMISSION.c.unit_id == bindparam("unit"),
        SUBMISSION.c.form_code == bindparam("form"),
        SUBMISSION.c.state.in_(COUNTED),
        PERIOD.c.starts_on < bindparam("before"),
        VERSION.c.source == "",
        CONTACT.c.person_id == bindparam("person"),
    )
)


def times(db: Connection, unit_id: int, form_code: str, before: date, person_id: int) -> int:
    """Reports of earlier periods that the person handed in for the unit, answering in the chat."""
    values = {"unit": unit_id, "form": form_code, "before": before, "person": person_id}
    return int(db.scalar(_TIMES, values) or 0)
