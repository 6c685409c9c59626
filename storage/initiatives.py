"""Initiatives and petitions: what is counted besides the reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from storage.database import table_of
from storage.models import Initiative, Petition, Unit

INITIATIVE = table_of(Initiative)
PETITION = table_of(Petition)
UNIT = table_of(Unit)


def add(db: Connection, row: dict[str, Any]) -> None:
    """A new idea; `row` holds the columns of `initiative`."""
    db.execute(INITIATIVE.insert(), row)


def keep_obstacle(db: Connection, unit_id: int, submission_id: int, body: str, at: datetime) -> None:
    """A vướng mắc told in a report is a petition: a correction changes its words, and an empty one withdraws it."""
    same = PETITION.c.submission_id == submission_id
    known = db.scalar(select(PETITION.c.id).where(same)) is not None
    if known and body:
        changed = {"body": body, "state": "moi", "closed_at": None}
        db.execute(PETITION.update().where(same).values(**changed))
    elif known:
        db.execute(PETITION.update().where(same).values(state="rut", closed_at=at))
    elif body:
        row = {"kind": "vuong_mac", "unit_id": unit_id, "submission_id": submission_id, "body": body,
               "state": "moi", "opened_at": at}  # fmt: skip
        db.execute(PETITION.insert(), row)


def _within(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return (column >= bindparam("start")) & (column < bindparam("end"))


def _count(table: Any, where: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a scalar subquery
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.unit_id == bindparam("unit"), where)
        .scalar_subquery()
    )


_COUNTS = select(
    _count(INITIATIVE, _within(INITIATIVE.c.created_at)).label("sk_y_tuong_moi"),
    _count(INITIATIVE, _within(INITIATIVE.c.recognised_at)).label("sk_duoc_cong_nhan"),
    _count(PETITION, _within(PETITION.c.opened_at) & (PETITION.c.kind == "kien_nghi")).label("kn_so_moi"),
)


def counted(db: Connection, unit_id: int, start: datetime, end: datetime) -> dict[str, int]:
    """Question → how many of it the bot itself has recorded for a unit in [start, end)."""
    row = db.execute(_COUNTS, {"unit": unit_id, "start": start, "end": end}).one()
    return dict(row._mapping)  # noqa: SLF001 - the documented way to a row's names


def by_code(db: Connection, code: str, units_: Select[tuple[int]] | None = None) -> Any:  # noqa: ANN401 - a row, or None
    """(state, created_at, unit_name) of the initiative with a code, if it is of one of these units."""
    its = (
        select(INITIATIVE.c.state, INITIATIVE.c.created_at, UNIT.c.name.label("unit_name"))
        .join_from(INITIATIVE, UNIT, UNIT.c.id == INITIATIVE.c.unit_id)
        .where(INITIATIVE.c.code == code)
    )
    return db.execute(its if units_ is None else its.where(INITIATIVE.c.unit_id.in_(units_))).one_or_none()
