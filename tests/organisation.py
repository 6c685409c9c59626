"""A small organisation for tests: a province, superiors, units with reporters, and what the outbox holds for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, select

from scheduler import reminders as reminders_job
from storage import outbox, periods
from storage.database import Database, insert, table_of
from storage.models import (
    Assignment,
    Contact,
    Duty,
    FormVersion,
    Outgoing,
    Period,
    Person,
    Reminder,
    Submission,
    Unit,
    UnitParent,
)

FORM = "bc_thang"
BIRTH = date(2025, 7, 1)
CREATED = datetime.fromisoformat("2026-01-05T08:00:00+07:00")


def at(moment: str) -> datetime:
    """`2026-11-18 08:30`, in Hanoi."""
    return datetime.fromisoformat(f"{moment}+07:00")


def add(db: Connection, model: type, **values: Any) -> int:
    """Insert a row; its id."""
    table = table_of(model)
    return int(db.execute(insert(table, db).returning(table.c.id), values).scalar_one())


def unit(db: Connection, code: str, parent: int | None = None, kind: str = "cdcs", **values: Any) -> int:
    """A unit below another one."""
    dates = {"valid_from": BIRTH, **values}
    made = add(db, Unit, code=code, name=f"CĐCS Công ty {code}", short_name=f"CĐCS {code}", kind=kind,
               industry_type="", **dates)  # fmt: skip
    if parent:
        add(db, UnitParent, unit_id=made, parent_id=parent, valid_from=BIRTH, reason="")
    return made


def amend(db: Connection, unit_id: int, **values: Any) -> None:
    """Write what a unit has without a date: its due day, its first month."""
    table = table_of(Unit)
    db.execute(table.update().where(table.c.id == unit_id).values(**values))


def person(db: Connection, name: str, *posts: tuple[int, str], channel: str = "web") -> int:
    """A person with roles and an account; the contact's id."""
    made = add(db, Person, name=name, full_time=False, address_form="dong_chi", phone="")
    for unit_id, role in posts:
        add(db, Assignment, person_id=made, unit_id=unit_id, role=role, title="", valid_from=BIRTH)
    return account(db, made, name, channel)


def account(db: Connection, person_id: int, address: str, channel: str) -> int:
    """One more chat account of a person."""
    return add(db, Contact, channel=channel, address=address, person_id=person_id, audience="", display_name="",
               consent_version="1", consented_at=CREATED, created_at=CREATED)  # fmt: skip


def duty(db: Connection, **values: Any) -> Duty:
    """The monthly duty at its defaults."""
    row = Duty(form_code=FORM, valid_from=BIRTH, **values).model_dump(exclude={"id"})
    return Duty(id=add(db, Duty, **row), **row)


def found(database: Database, units: int = 2, **duty_values: Any) -> dict[str, int]:
    """A province, a superior with an officer, units A, B … with a reporter each; names → ids of units, contacts."""
    with database.begin() as db:
        ids = {"tinh": unit(db, "NB", kind="tinh")}
        ids["xa"] = unit(db, "XA", ids["tinh"], "cap_tren")
        ids["chi"] = person(db, "Hoàng Thu Chi", (ids["xa"], "chuyen_vien_ttcs"))
        for letter in "ABCDEFGH"[:units]:
            ids[letter] = unit(db, letter, ids["xa"])
            ids[letter.lower()] = person(db, f"Trần Thị {letter}", (ids[letter], "bao_cao_vien"))
        ids["form"] = add(db, FormVersion, code=FORM, version=1, title="", xml="", sha256="", source_name="",
                          published_at=CREATED)  # fmt: skip
        duty(db, **duty_values)
    return ids


def submission(
    db: Connection, ids: Mapping[str, int], letter: str, period_id: int, state: str, when: str
) -> int:
    """A unit's submission in a state."""
    moment = at(when)
    return add(db, Submission, form_version_id=ids["form"], form_code=FORM, unit_id=ids[letter], period_id=period_id,
               state=state, version=int(state != "draft"), context={}, opened_at=moment, edited_at=moment,
               submitted_at=None if state == "draft" else moment, late=False)  # fmt: skip


def deliver(database: Database, now: datetime) -> list[tuple[int, str]]:
    """Send what is due at a moment; (contact, text)."""
    with database.begin() as db:
        due = [one for channel in ("web", "telegram", "zalo") for one in outbox.claim(db, now, channel)]
        outbox.mark_sent(db, [(one.id, "") for one in due], now)
    return [(one.contact_id, one.reply.text) for one in due]


def rows(database: Database, model: type, *columns: str) -> list[tuple[Any, ...]]:
    """All rows of a table, some columns, in order."""
    table: Table = table_of(model)
    wanted = select(*(table.c[name] for name in columns)).order_by(*table.primary_key)
    with database.read() as db:
        return [tuple(row) for row in db.execute(wanted)]


def outgoing(database: Database) -> list[tuple[Any, ...]]:
    """(contact, state, key) of all that was ever queued."""
    return rows(database, Outgoing, "contact_id", "state", "key")


def steps(database: Database, contact_id: int) -> dict[str, str]:
    """Step → `said`, `waits` or why it was dropped, for one contact."""
    found_rows = rows(database, Reminder, "contact_id", "step", "outgoing_id", "dropped")
    return {step: dropped or ("said" if message else "waits") for contact, step, message, dropped in found_rows
            if contact == contact_id}  # fmt: skip


def november(database: Database) -> Period:
    """The period of November 2026."""
    with database.read() as db:
        period = periods.by_key(db, FORM, "2026-11")
    assert period is not None
    return period


def month_of_runs(
    database: Database, start: str, end: str, *, every: int = 30
) -> list[tuple[datetime, int, str]]:
    """Run the job at each half hour, nights included, delivering what it queued; (moment, contact, text)."""
    said = []
    now = at(start)
    while now <= at(end):
        if reminders_job.run(database, now):
            said += [(now, contact, text) for contact, text in deliver(database, now)]
        now += timedelta(minutes=every)
    return said
