"""The monthly report's form: its name, and what it is told of the unit, the period and what came before."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from storage import initiatives, submissions, units
from storage.calendar import TZ
from storage.models import Period
from storage.submissions import Draft

FORM = "bc_thang"
POVERTY_MONTH = ((10, 17), (11, 18))
"""Tháng cao điểm "Vì người nghèo", 17/10–18/11 every year (P9)."""


def context_of(db: Connection, unit_id: int, industry_type: str, period: Period) -> dict[str, str]:
    """Values of the form's hidden questions for a unit and a period (FORMS, "Context")."""
    year, month = period.starts_on.year, period.starts_on.month
    first, last = (period.starts_on.replace(month=m, day=d) for m, d in POVERTY_MONTH)
    overlaps = period.starts_on <= last and period.ends_on >= first
    context = {"ky_nam": str(year), "ky_thang": str(month), "loai_hinh": industry_type,
               "thang_cao_diem": "1" if overlaps else "0"}  # fmt: skip
    opening = {name: f"{number:.15g}" for name, number in units.opening_figures(db, unit_id).items()}
    last_values = opening | submissions.before(db, unit_id, FORM, period.starts_on)
    return context | {f"truoc_{name}": value for name, value in last_values.items()}


def counted(db: Connection, draft: Draft) -> dict[str, int]:
    """What the bot itself has recorded in the period, by question (`tu_dong_…`)."""
    if draft.starts_on is None or draft.ends_on is None:
        return {}
    start = datetime.combine(draft.starts_on, time(), TZ)
    end = datetime.combine(draft.ends_on + timedelta(days=1), time(), TZ)
    return initiatives.counted(db, draft.unit_id, start, end)
