"""The sample organisation of the demo and of simulations: units, people, their accounts, and months of history."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot import installation
from handlers import questionnaires, report_context, submitting
from handlers.engine.question import Question
from handlers.engine.session import Session
from storage import contacts, counters, forms, periods, submissions, units
from storage.calendar import TZ
from storage.database import table_of
from storage.models import Assignment, OpeningFigure, Person, UnitParent

UNITS = Path(__file__).parent / "sample_units.json"
LEADERS = "lanh-dao"
"""Address of the leadership channel."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the sample, as the demo lists them."""

    address: str
    name: str
    title: str
    role: str
    unit_code: str


def load(
    db: Connection, channel: str, since: date, at: datetime, units_wanted: int | None = None
) -> list[Account]:
    """Write the sample organisation, its forms and its duty; with a `channel`, every officer gets an account there."""
    document = _sample(units_wanted)
    ids = {row["code"]: _unit(db, row, since) for row in document}
    for row in document:
        if row["parent"]:
            _link(db, ids[row["code"]], ids[row["parent"]], since)
    accounts = [
        account for row in document for account in _people(db, row, ids[row["code"]], channel, since, at)
    ]
    if channel:
        contacts.add(
            db, channel, LEADERS, at, audience="leaders", unit_id=ids["NB"], display_name="Kênh lãnh đạo"
        )
    installation.begin_duty(db, since)
    installation.publish_forms(db, at)
    return accounts


def _sample(wanted: int | None) -> list[dict[str, Any]]:
    """The invented organisation, cut or extended to `wanted` reporting units."""
    rows: list[dict[str, Any]] = json.loads(UNITS.read_text(encoding="utf-8"))["units"]
    above = [row for row in rows if row["kind"] in ("tinh", "cap_tren")]
    below = [row for row in rows if row["kind"] not in ("tinh", "cap_tren")]
    if wanted is None:
        return rows
    repeated = [_copy(below[n % len(below)], n // len(below)) for n in range(wanted)]
    return above + repeated


def _copy(row: dict[str, Any], round_: int) -> dict[str, Any]:
    if round_ == 0:
        return row
    return row | {"code": f"{row['code']}-{round_}", "name": f"{row['name']} (cơ sở {round_ + 1})"}


def _unit(db: Connection, row: dict[str, Any], since: date) -> int:
    values = {name: row[name] for name in ("code", "name", "short_name", "kind")}
    values |= {"industry_type": row["industry_type"] or "", "valid_from": since}
    unit_id = int(db.execute(units.UNIT.insert().returning(units.UNIT.c.id), values).scalar_one())
    if row["kind"] not in ("tinh", "cap_tren"):
        opening = {"unit_id": unit_id, "question": "so_doan_vien", "number": float(row["members"])}
        db.execute(table_of(OpeningFigure).insert(), opening)
    return unit_id


def _link(db: Connection, unit_id: int, parent_id: int, since: date) -> None:
    values = {"unit_id": unit_id, "parent_id": parent_id, "valid_from": since, "reason": ""}
    db.execute(table_of(UnitParent).insert(), values)


def _people(  # noqa: PLR0913 - one row of the sample and where it goes
    db: Connection, row: dict[str, Any], unit_id: int, channel: str, since: date, at: datetime
) -> list[Account]:
    person, accounts = table_of(Person), []
    for number, officer in enumerate(row["officers"], 1):
        who = {
            "name": officer["name"],
            "full_time": officer["chuyen_trach"],
            "address_form": "dong_chi",
            "phone": "",
        }
        person_id = int(db.execute(person.insert().returning(person.c.id), who).scalar_one())
        post = {"person_id": person_id, "unit_id": unit_id, "role": officer["role"], "title": officer["title"],
                "valid_from": since}  # fmt: skip
        db.execute(table_of(Assignment).insert(), post)
        address = f"{row['code'].lower()}-{number}"
        if channel:
            contacts.add(db, channel, address, at, person_id=person_id, display_name=officer["name"])
        accounts.append(Account(address, officer["name"], officer["title"], officer["role"], row["code"]))
    return accounts


# ── history ─────────────────────────────────────────────────────────────────────────────────────────


def history(db: Connection, month: date, months: int, seed: int = 1) -> int:
    """Plausible reports of the `months` months before `month`; how many were written."""
    chance = random.Random(seed)  # noqa: S311 - plausible, not secret
    keys = [_months_before(month, back) for back in range(months, 0, -1)]
    return sum(_month_of_reports(db, key, chance) for key in keys)


def _months_before(month: date, back: int) -> str:
    index = month.year * 12 + month.month - 1 - back
    return f"{index // 12}-{index % 12 + 1:02d}"


def _month_of_reports(db: Connection, key: str, chance: random.Random) -> int:
    duty = periods.duties(db, date.fromisoformat(f"{key}-01"))[0]
    period = periods.ensure(db, duty, key)
    owing = [unit for unit in periods.owing_units(db, period) if chance.random() < 0.93]
    for unit in owing:
        _past_report(db, unit.unit_id, period, chance)
    periods.lock(db, period, period.closes_at)
    return len(owing)


def _past_report(db: Connection, unit_id: int, period: Any, chance: random.Random) -> None:  # noqa: ANN401
    at = datetime.combine(
        period.due_on - timedelta(days=chance.randrange(7)), time(9, chance.randrange(60)), TZ
    )
    industry = db.scalar(select(units.UNIT.c.industry_type).where(units.UNIT.c.id == unit_id)) or ""
    writer = db.scalar(_WRITER, {"unit": unit_id})
    created = submissions.open_draft(
        db,
        form_version_id=forms.newest(db, report_context.FORM) or 0,
        form_code=report_context.FORM,
        unit_id=unit_id,
        period_id=period.id,
        context=report_context.context_of(db, unit_id, industry, period),
        contact_id=writer,
        at=at,
    )
    draft = submissions.get(db, created)
    session = fill(questionnaires.session_of(db, draft, at.date()), chance)
    code = f"BC-{period.key.replace('-', '')}-{counters.next_of(db, 'BC-' + period.key.replace('-', '')):05d}"
    submitting.store(db, draft, session, code=code, contact_id=writer, at=at, late=False)


_WRITER = (
    select(contacts.CONTACT.c.id)
    .select_from(
        contacts.CONTACT.join(units.ASSIGNMENT, units.ASSIGNMENT.c.person_id == contacts.CONTACT.c.person_id)
    )
    .where(units.ASSIGNMENT.c.unit_id == bindparam("unit"))
    .order_by(contacts.CONTACT.c.id)
    .limit(1)
)


def fill(session: Session, chance: random.Random) -> Session:
    """Answer a whole interview with plausible values."""
    while (question := session.next()) is not None:
        session = session.with_answer(question.name, plausible(session, question, chance))
    return session


def plausible(session: Session, question: Question, chance: random.Random) -> str:
    """A value that an honest unit might report, as stored text."""
    maker = _MAKERS.get(question.kind, _prose)
    value = maker(session, question, chance)
    return value if session.problem(question, value) is None else _safe(session, question)


def _safe(session: Session, question: Question) -> str:
    """A value that no rule refuses: what the bot counted, or the least that the rules allow."""
    tried = ("0", "1", str(session.counted(question) or 0), session.value("tt_so_cuoc") or "0")
    return next(value for value in (*tried, "2", "5") if session.problem(question, value) is None)


def _choice(session: Session, question: Question, chance: random.Random) -> str:
    names = [choice.name for choice in session.choices(question)]
    weights = [8, 5, 1, 1, 1][: len(names)]
    return chance.choices(names, weights)[0]


def _choices(session: Session, question: Question, chance: random.Random) -> str:
    names = [choice.name for choice in session.choices(question)]
    if chance.random() < 0.3:
        return names[-1]
    rest = names[:-1]
    common = [name for name in rest if name != "vuong_mac" or chance.random() < 0.2]
    return " ".join(name for name in common if chance.random() < 0.5) or rest[0]


def _count(session: Session, question: Question, chance: random.Random) -> str:
    previous = session.previous(question)
    if question.carry and previous:
        return str(max(1, round(float(previous) * chance.uniform(0.98, 1.02))))
    members = float(session.value("so_doan_vien") or 50)
    if question.unit in ("lượt người", "người", "lượt"):
        return str(max(1, round(members * chance.uniform(0.1, 0.9))))
    return str(chance.choices([0, 1, 2, 3, 4, 6], [1, 4, 5, 3, 2, 1])[0])


def _money(session: Session, question: Question, chance: random.Random) -> str:
    people = float(session.value("cl_so_nguoi") or 4)
    each = chance.choice([200_000, 300_000, 500_000, 1_000_000])
    return (
        str(int(people * each)) if question.name == "cl_so_tien" else str(chance.randrange(0, 30) * 500_000)
    )


def _prose(session: Session, question: Question, chance: random.Random) -> str:
    if not session.required(question):
        return ""
    return chance.choice(OBSTACLES)


OBSTACLES = (
    "Doanh nghiệp chậm bố trí thời gian sinh hoạt công đoàn cho ca đêm.",
    "Thiếu kinh phí tổ chức hội nghị người lao động quý này.",
    "Khu nhà trọ của công nhân chưa có nước sạch, đề nghị hỗ trợ kiến nghị với phường.",
)
_MAKERS = {"one": _choice, "yn": _choice, "multi": _choices, "int": _count, "money": _money}
