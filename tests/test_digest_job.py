"""The digest is posted at its times, to whom it belongs, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from scheduler import digests
from storage import audiences, calendar
from storage.calendar import Calendar
from storage.coverage import PERIOD
from storage.database import Database
from storage.models import Assignment, Contact, Period, Person
from storage.outbox import OUTGOING
from tests.digest_samples import (
    CLOSES,
    DUE,
    PROVISIONAL,
    RECORD,
    START,
    Report,
    add,
    found,
    hand_in,
    open_month,
)

TREE = {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3}
LEADERS, PROVINCE, DEPARTMENT, SUPERIOR = 1, 2, 3, 4


@pytest.fixture
def month(database: Database) -> Database:
    with database.begin() as db:
        found(db, TREE)
        open_month(db, "2026-10", 1, closed_at=calendar.at(date(2026, 10, 26), "17:00"))
        open_month(db, "2026-11", 2)
        hand_in(db, 2, [Report(4, figures={"tt_so_cuoc": 2}), Report(6, figures={"tt_so_cuoc": 5})])
        for person, role, unit in ((DEPARTMENT, "ban_csplqhld", 1), (SUPERIOR, "lanh_dao_ttcs", 2)):
            add(db, Person, id=person, name="Nguyễn Văn A", full_time=True, address_form="dong_chi", phone="")
            add(db, Assignment, person_id=person, unit_id=unit, role=role, title="", valid_from=START)
        join(db, LEADERS, audience="leaders")
        join(db, PROVINCE, audience="leaders", unit_id=3)
        for contact in (DEPARTMENT, SUPERIOR):
            join(db, contact, person_id=contact)
    return database


def join(db, contact, **row):
    values: dict[str, object] = {"audience": "", "display_name": "", "consent_version": "", **row}
    add(
        db,
        Contact,
        id=contact,
        channel="web",
        address=f"a{contact}",
        created_at=RECORD,
        consented_at=RECORD,
        **values,
    )


def sent(database, stage=""):
    with database.read() as db:
        rows = db.execute(
            select(OUTGOING).where(OUTGOING.c.key.contains(f":{stage}")).order_by(OUTGOING.c.id)
        ).mappings()
        return {row["contact_id"]: row for row in rows}


def lock(database):
    with database.begin() as db:
        db.execute(PERIOD.update().where(PERIOD.c.id == 2).values(closed_at=CLOSES))


def test_nothing_is_posted_before_five_on_the_due_day(month):
    assert digests.run(month, PROVISIONAL - timedelta(minutes=1)) == {}
    assert sent(month) == {}


def test_at_five_on_the_due_day_leaders_get_provisional_figures_with_a_picture(month):
    assert digests.run(month, PROVISIONAL) == {"digests": 2}
    rows = sent(month, "provisional")
    assert set(rows) == {LEADERS, PROVINCE}
    assert "Số liệu tạm tính, chưa khóa." in rows[LEADERS]["body"]["text"]
    assert "2/3 đơn vị" in rows[LEADERS]["body"]["text"]
    assert "1/1 đơn vị" in rows[PROVINCE]["body"]["text"]
    (picture,) = rows[LEADERS]["body"]["attachments"]
    assert (picture["kind"], picture["media_type"]) == ("photo", "image/png")
    assert (month.files / picture["path"]).read_bytes().startswith(b"\x89PNG")
    assert (rows[LEADERS]["kind"], rows[LEADERS]["priority"]) == ("digest", 2)


def test_a_second_run_posts_nothing_and_draws_nothing(month):
    digests.run(month, PROVISIONAL)
    pictures = list((month.files / "digests").iterdir())
    assert digests.run(month, PROVISIONAL + timedelta(minutes=30)) == {}
    assert list((month.files / "digests").iterdir()) == pictures


def test_the_digest_of_record_goes_to_leaders_and_department_and_names_only_to_the_superior(month):
    digests.run(month, RECORD)
    rows = sent(month, "record")
    assert set(rows) == {LEADERS, PROVINCE, DEPARTMENT, SUPERIOR}
    assert rows[DEPARTMENT]["body"]["text"] == rows[LEADERS]["body"]["text"]
    assert "ĐV 5" in rows[SUPERIOR]["body"]["text"]
    assert all("ĐV 5" not in rows[contact]["body"]["text"] for contact in (LEADERS, PROVINCE, DEPARTMENT))
    assert sent(month, "provisional") == {}, "the record has overtaken it"


def test_after_the_lock_leaders_get_final_figures(month):
    lock(month)
    assert digests.run(month, CLOSES) == {"digests": 2}
    assert "Số liệu đã khóa lúc 17:00 ngày 25/11/2026." in sent(month, "final")[LEADERS]["body"]["text"]


def test_at_the_lock_a_superior_is_told_which_reports_stayed_out(month):
    with month.begin() as db:
        hand_in(db, 2, [Report(5, "returned")])
    lock(month)
    digests.run(month, CLOSES)
    assert "ĐV 5" in sent(month, "final")[SUPERIOR]["body"]["text"]
    assert digests.run(month, CLOSES + timedelta(minutes=30)) == {}


def test_an_old_month_is_not_posted_again(month):
    assert digests.run(month, calendar.at(date(2026, 11, 3), "09:00")) == {}


def test_a_channel_that_stopped_gets_nothing(month):
    with month.begin() as db:
        db.execute(audiences.CONTACT.update().values(stopped_at=RECORD))
    assert digests.run(month, RECORD) == {}


def test_an_officer_whose_role_has_ended_gets_nothing(month):
    with month.begin() as db:
        db.execute(audiences.ASSIGNMENT.update().values(valid_to=DUE))
    digests.run(month, RECORD)
    assert set(sent(month, "record")) == {LEADERS, PROVINCE}


@pytest.mark.parametrize("clock", ["20:00", "23:59", "00:00", "07:29"])
def test_after_an_outage_nothing_is_posted_at_night(month, clock):
    night = calendar.at(date(2026, 11, 21), clock)
    assert digests.run(month, night) == {}
    assert digests.run(month, calendar.at(date(2026, 11, 21), "07:30")) == {"digests": 2}


@given(st.integers(0, 14 * 48), st.booleans())
def test_at_most_one_stage_is_due_at_any_time_and_none_before_its_hour(half_hours, locked):
    now = calendar.at(date(2026, 11, 17), "00:00") + timedelta(minutes=30 * half_hours)
    period = Period(
        duty_id=1, form_code="bc_thang", key="2026-11", starts_on=START, ends_on=DUE, opens_at=PROVISIONAL,
        due_on=DUE, closes_at=CLOSES, closed_at=CLOSES if locked and now >= CLOSES else None,
    )  # fmt: skip
    expected = {
        "provisional": PROVISIONAL <= now < RECORD,
        "record": now >= RECORD and not (locked and now >= CLOSES) and now < CLOSES + digests.STALE_AFTER,
        "final": locked and CLOSES <= now < CLOSES + digests.STALE_AFTER,
    }
    assert digests.due_stages(period, Calendar(), now) == [stage for stage, due in expected.items() if due]


def test_heavy_libraries_are_not_loaded_while_nothing_is_due():
    import subprocess
    import sys

    code = "import sys, scheduler.digests; print([m for m in ('pandas', 'matplotlib', 'openpyxl') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
