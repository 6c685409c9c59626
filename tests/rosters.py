"""Rosters for tests: rows as people would type them, made into a workbook, read and brought in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from openpyxl import load_workbook

from bot import installation
from handlers import roster
from handlers.documents import roster_reading, roster_writing
from handlers.engine.form import Form
from handlers.roster import Outcome
from handlers.roster_layout import Table
from storage.audit import COMMAND
from storage.calendar import TZ
from storage.database import Database

NOW = datetime(2026, 11, 10, 8, 30, tzinfo=TZ)

Rows = Sequence[Mapping[str, Any]]

TOP = {"code": "NB", "name": "Liên đoàn Lao động tỉnh Ninh Bình", "kind": "Liên đoàn Lao động tỉnh"}
HLU = {"code": "NB-HLU", "name": "Công đoàn phường Hoa Lư", "kind": "Công đoàn cấp trên", "parent": "NB"}
MAY = {
    "code": "NB-HLU-01", "name": "CĐCS Công ty TNHH May Sao Khuê", "short_name": "CĐCS May Sao Khuê",
    "kind": "Công đoàn cơ sở", "industry_type": "Doanh nghiệp", "parent": "NB-HLU", "due_day": 18,
    "figure:so_doan_vien": 125,
}  # fmt: skip
LAN = {"name": "Trần Thị Lan", "phone": "0912 345 678", "unit": "NB-HLU-01", "role": "Người nhập báo cáo"}
CHI = {"name": "Hoàng Thu Chi", "unit": "NB-HLU", "role": "Chuyên viên cấp trên", "full_time": "Có"}
UNITS, PEOPLE = (TOP, HLU, MAY), (LAN, CHI)


def prepare(database: Database) -> Database:
    """An installation that has its forms and nobody yet."""
    with database.begin() as db:
        installation.prepare(db, NOW)
    return database


def workbook(database: Database, units: Rows = (), people: Rows = (), acts: Rows = ()) -> bytes:
    """The template, filled."""
    with database.read() as db:
        sheets = roster.layout(db, NOW)
    return roster_writing.template(sheets, {"units": units, "people": people, "acts": acts})


def read(database: Database, body: bytes) -> list[Table]:
    """What stands in a workbook."""
    with database.read() as db:
        sheets = roster.layout(db, NOW)
    return roster_reading.read(body, sheets, roster.quietly)


def checked(database: Database, units: Rows = (), people: Rows = (), acts: Rows = ()) -> Outcome:
    """What a roster would change."""
    return roster.check(database, read(database, workbook(database, units, people, acts)), NOW)


def brought_in(
    database: Database, units: Rows = (), people: Rows = (), acts: Rows = (), now: datetime = NOW
) -> Outcome:
    """A roster that is written."""
    return roster.apply(database, read(database, workbook(database, units, people, acts)), COMMAND, now)


def did(outcome: Outcome) -> dict[str, int]:
    """How many changes of each kind; nothing may be wrong."""
    assert outcome.problems == ()
    return dict(roster.counted(outcome.changes))


def wrong(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    """Sheet, row, column and words of what is wrong."""
    return [(one.sheet, one.row, one.column, one.words) for one in outcome.problems]


def sheet(body: bytes, title: str) -> list[tuple[Any, ...]]:
    """The rows of one sheet of a workbook."""
    return list(load_workbook(io.BytesIO(body))[title].iter_rows(values_only=True))


@cache
def form() -> Form:
    """The shipped monthly report."""
    return Form.from_xml((installation.FORMS / "bc_thang.xml").read_text("utf-8"))


SAO_KHUE = {"code": "NB-HLU-01"}
"""A unit of the sample organisation."""
SENT: dict[str, tuple[Rows, Rows]] = {
    "danh_sach.xlsx": (
        [MAY | {"code": "NB-HLU-90", "name": "CĐCS Công ty TNHH Gốm Thanh Trúc", "short_name": ""},
         SAO_KHUE | {"parent": "NB-TDI", "since": "01/12/2026", "reason": "QĐ 12/QĐ-LĐLĐ"}],
        [{"name": "Lê Thị Gốm", "phone": "0912 345 678", "unit": "NB-HLU-90", "role": "Người nhập báo cáo"}],
    ),
    "danh_sach_sai.xlsx": (
        [SAO_KHUE | {"name": "CĐCS Công ty CP May Thêu"}],
        [{"name": "Lê Thị Gốm", "phone": "0912", "unit": "NB-HLU-01", "role": "Giám đốc"}],
    ),
}  # fmt: skip
"""Workbooks that people send in transcripts: units and people."""


def put(database: Database, name: str) -> None:
    """Lay a workbook where an upload of that name lies."""
    if name in SENT:
        file = database.files / "uploads" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(workbook(database, *SENT[name]))
