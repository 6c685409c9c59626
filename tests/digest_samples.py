"""Small organisations with reports, for the tests of the digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from storage import calendar
from storage.coverage import MissingUnit
from storage.database import table_of
from storage.models import (
    Duty,
    Figure,
    FormVersion,
    Period,
    Submission,
    SubmissionVersion,
    Unit,
    UnitParent,
)
from storage.summary import Comparison, Coverage, Stock, Summary, Superior, Total

START = date(2025, 7, 1)
DUE = date(2026, 11, 20)
CLOSES = calendar.at(date(2026, 11, 25), "17:00")
PROVISIONAL = calendar.at(DUE, "17:00")
SENT = calendar.at(date(2026, 11, 18), "09:00")
RECORD = calendar.at(date(2026, 11, 23), "08:00")
DUE_DAYS = {"2026-10": date(2026, 10, 20), "2026-11": DUE}


@dataclass
class Report:
    """What one unit did in one month."""

    unit: int
    state: str = "submitted"
    figures: dict[str, int] = field(default_factory=dict)
    late: bool = False
    submitted_at: datetime = SENT


def coverage(
    owing: int, submitted: int, *, late: int = 0, returned: int = 0, unaccepted: int = 0
) -> Coverage:
    """Coverage in which the rest is missing."""
    missing = owing - submitted - returned
    return Coverage(owing, submitted, submitted - late, late, unaccepted, returned, 0, missing)


SUMMARY = Summary(
    period_key="2026-11",
    title="Báo cáo tháng kết quả phong trào thi đua và cuộc vận động",
    due_on=DUE,
    closes_at=CLOSES,
    closed_at=None,
    at=PROVISIONAL,
    stage="provisional",
    scope=None,
    coverage=coverage(60, 41, returned=1, unaccepted=12),
    totals=(
        Total("tt_so_cuoc", 2315, 2200, 2113.4, Total("tt_luot_nguoi", 148_200, 148_200, 140_000)),
        Total("sk_y_tuong_moi", 306, 300, 310, Total("sk_duoc_cong_nhan", 97, 97, 97)),
        Total("cl_so_nguoi", 4820, 4800, 4800),
        Total("cl_so_tien", 3_615_000_000, 3.6e9, 3.1e9),
        Total("quy_dodn_so_tien", 1_234_567_890, 1, 0),
    ),
    comparison=Comparison("2026-10", 39),
    stocks=(
        Stock("so_doan_vien", 22_604, 60),
        Stock("goc_xuong_dat", 120, 30),
        Stock("nha_tro_van_minh", 12, 9),
    ),
    by_superior=(
        Superior(2, "CĐ phường Hoa Lư", coverage(7, 5)),
        Superior(3, "CĐ các KCN", coverage(53, 36, returned=1)),
    ),
    assessment=(("kha", 12), ("tot", 25), ("trung_binh", 4)),
    initiatives=12,
    obstacles=14,
    obstacles_overdue=3,
)
"""The sample of DOMAIN 9.12, more or less."""
MISSING = (
    MissingUnit(4, "NB-HLU-03", "CĐCS Thương mại Bến Trăng", "CĐ phường Hoa Lư", returned=False),
    MissingUnit(5, "NB-HLU-07", "=CMD('x')", "CĐ phường Hoa Lư", returned=True),
)


def found(db: Connection, parents: dict[int, int | None], *, kinds: dict[int, str] | None = None) -> None:
    """Found a unit for each key, under its parent; those with a parent that has one are grassroots unions."""
    for unit, parent in parents.items():
        grassroots = parent is not None and parents[parent] is not None
        kind = (kinds or {}).get(unit, "cdcs" if grassroots else "cap_tren" if parent else "tinh")
        add(
            db,
            Unit,
            id=unit,
            code=f"U{unit}",
            name=f"Đơn vị {unit}",
            short_name=f"ĐV {unit}",
            kind=kind,
            industry_type="",
            valid_from=START,
        )
    for unit, parent in parents.items():
        if parent is not None:
            add(db, UnitParent, id=unit, unit_id=unit, parent_id=parent, valid_from=START, reason="")


def open_month(db: Connection, key: str, number: int, *, closed_at: datetime | None = None) -> int:
    """A period of the monthly report; its id is `number`."""
    if number == 1:
        add(db, Duty, id=1, form_code="bc_thang", valid_from=START, **_duty())
        add(db, FormVersion, id=1, code="bc_thang", version=1, title="Báo cáo tháng", xml="", sha256="",
            source_name="", published_at=calendar.at(START, "08:00"))  # fmt: skip
    first = date.fromisoformat(f"{key}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    closes = calendar.at(first.replace(day=25), "17:00")
    due = DUE_DAYS.get(key, first.replace(day=20))
    add(db, Period, id=number, duty_id=1, form_code="bc_thang", key=key, starts_on=first, ends_on=last,
        opens_at=calendar.at(first, "00:00"), due_on=due, closes_at=closes, closed_at=closed_at)  # fmt: skip
    return number


def hand_in(db: Connection, period_id: int, reports: list[Report]) -> None:
    """Store reports and their figures, as submitting them does."""
    for report in reports:
        number = period_id * 10_000 + report.unit
        sent = report.state in {"submitted", "accepted", "auto_accepted", "returned"}
        add(db, Submission, id=number, form_version_id=1, form_code="bc_thang", unit_id=report.unit,
            period_id=period_id, state=report.state, version=int(sent), context={}, late=report.late,
            opened_at=report.submitted_at, edited_at=report.submitted_at,
            submitted_at=report.submitted_at if sent else None)  # fmt: skip
        if sent:
            add(db, SubmissionVersion, submission_id=number, number=1, submitted_at=report.submitted_at,
                late=report.late, reason="")  # fmt: skip
        for question, figure in report.figures.items():
            add(db, Figure, period_id=period_id, unit_id=report.unit, question=question, number=figure,
                provenance="answered")  # fmt: skip


def add(db: Connection, model: type, **row: object) -> None:
    """One row of a table."""
    db.execute(table_of(model).insert(), row)


def _duty() -> dict[str, object]:
    return {"frequency": "month", "unit_kinds": "cdcs nghiep_doan", "due_day": 20, "roll": "previous",
            "lock_day": 25, "lock_time": CLOSES.time()}  # fmt: skip
