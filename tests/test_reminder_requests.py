"""What a person asks for is honoured; superiors hear of what is missing; the next reminder is known in advance."""

from __future__ import annotations

import pytest

from scheduler import periods as periods_job
from scheduler import reminders as job
from storage import contacts, reminders
from storage.models import (
    Reminder,
)
from tests.organisation import (
    at,
    deliver,
    found,
    month_of_runs,
    november,
    outgoing,
    person,
    rows,
    steps,
    submission,
    unit,
)

OPENED = "2026-11-01 00:00"
BEFORE = "2026-11-12 00:00"
AFTER = "2026-11-27 00:00"


@pytest.fixture
def ids(database):
    """Units A and B below one superior, in November 2026 (due Friday 20/11; 24/11 is a holiday; lock 25/11 17:00)."""
    made = found(database)
    periods_job.run(database, at(OPENED))
    return made


# ── what a person asks for ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "again"),
    [("2026-11-18 09:10", "2026-11-19 09:10"), ("2026-11-13 15:20", "2026-11-16 15:20"),
     ("2026-11-18 12:00", "2026-11-19 14:00"), ("2026-11-18 21:00", "2026-11-19 16:00"),
     ("2026-11-18 05:00", "2026-11-19 08:00"), ("2026-11-23 10:00", "2026-11-25 10:00")],
)  # fmt: skip
def test_later_is_the_next_working_day_at_the_same_hour(database, ids, asked, again):
    with database.begin() as db:
        assert reminders.later(db, ids["a"], ids["A"], november(database), at(asked)) == at(again)


def test_later_is_said_on_that_day_and_once(database, ids):
    job.run(database, at("2026-11-13 08:30"))
    assert deliver(database, at("2026-11-13 08:30"))
    with database.begin() as db:
        reminders.later(db, ids["a"], ids["A"], november(database), at("2026-11-13 09:10"))
        reminders.later(db, ids["a"], ids["A"], november(database), at("2026-11-13 09:12"))
    said = month_of_runs(database, "2026-11-13 09:30", "2026-11-18 08:00")
    to_a = [(f"{moment:%d/%m %H:%M}", text) for moment, contact, text in said if contact == ids["a"]]
    text = (
        "Đồng chí A, tôi nhắc lại theo yêu cầu: báo cáo tháng 11/2026 của CĐCS A (hạn: hết thứ Sáu 20/11). "
        "Gõ BATDAU để báo cáo."
    )
    assert to_a == [("16/11 09:30", text)]


def test_later_on_the_day_of_a_step_makes_one_message(database, ids):
    with database.begin() as db:
        reminders.later(db, ids["a"], ids["A"], november(database), at("2026-11-17 09:10"))
        reminders.later(db, ids["b"], ids["B"], november(database), at("2026-11-17 05:00"))
    said = month_of_runs(database, "2026-11-18 00:00", "2026-11-19 23:30")
    assert [(contact, f"{moment:%d/%m %H:%M}") for moment, contact, _ in said] == [
        (ids["b"], "18/11 08:00"),
        (ids["a"], "18/11 08:30"),
    ]


def test_later_than_the_lock_is_refused(database, ids):
    with database.begin() as db:
        assert reminders.later(db, ids["a"], ids["A"], november(database), at("2026-11-25 09:00")) is None
    assert rows(database, Reminder, "step") == []


def test_who_asked_for_silence_hears_no_more_this_month_and_the_superior_is_told(database, ids):
    job.run(database, at("2026-11-13 08:30"))
    with database.begin() as db:
        reminders.stop(db, ids["a"], ids["A"], november(database), at("2026-11-13 08:30"))
    said = month_of_runs(database, "2026-11-13 09:00", AFTER)
    assert not [moment for moment, contact, _ in said if contact == ids["a"]]
    (text,) = [text for _, contact, text in said if contact == ids["chi"]]
    assert "- CĐCS A – Trần Thị A (đề nghị không nhắc)" in text
    periods_job.run(database, at("2026-12-01 00:00"))
    job.run(database, at("2026-12-11 08:30"))
    assert ids["a"] in [contact for contact, state, _ in outgoing(database) if state == "queued"], (
        "only this month"
    )


# ── lock, superiors ─────────────────────────────────────────────────────────────────────────────────


def test_what_is_queued_at_the_lock_is_withdrawn(database, ids):
    with database.begin() as db:
        reminders.later(db, ids["a"], ids["A"], november(database), at("2026-11-23 16:00"))
    job.run(database, at("2026-11-25 16:10"))
    periods_job.run(database, at("2026-11-25 17:00"))
    assert {state for _, state, _ in outgoing(database)} == {"withdrawn"}
    assert steps(database, ids["a"])["later-2026-11-25"] == "closed"
    assert deliver(database, at("2026-11-25 17:00")) == []


def test_a_superior_without_an_account_is_passed_over_for_the_next_one_above(database, ids):
    with database.begin() as db:
        contacts.stop(db, ids["chi"], at("2026-11-02 08:00"))
        top = person(db, "Nguyễn Minh Tân", (ids["tinh"], "ban_csplqhld"))
        alone = unit(db, "Z", ids["tinh"])
    job.run(database, at("2026-11-25 08:30"))
    (text,) = [text for contact, text in deliver(database, at("2026-11-25 08:30")) if contact == top]
    assert "còn 3/3 đơn vị" in text
    assert "- CĐCS Z (chưa có tài khoản trò chuyện)" in text
    assert alone


def test_a_list_of_many_units_fits_into_a_message(database):
    ids = found(database, units=0)
    with database.begin() as db:
        for n in range(120):
            unit(db, f"Công ty TNHH Một thành viên số {n}", ids["xa"])
    periods_job.run(database, at(OPENED))
    job.run(database, at("2026-11-25 08:30"))
    ((_, text),) = deliver(database, at("2026-11-25 08:30"))
    assert len(text) < 1900
    assert "đơn vị khác\nTôi không nhắc thêm" in text


# ── looking ahead ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("now", "reminder", "deadline"),
    [("2026-11-01 00:10", "2026-11-13 08:30", "2026-11-20 17:00"),
     ("2026-11-13 08:30", "2026-11-18 08:30", "2026-11-20 17:00"),
     ("2026-11-20 17:00", "2026-11-23 08:30", "2026-12-18 17:00"),
     ("2026-11-23 09:00", "2026-11-25 08:30", "2026-12-18 17:00"),
     ("2026-11-26 09:00", "2026-12-11 08:30", "2026-12-18 17:00")],
)  # fmt: skip
def test_the_next_reminder_and_the_deadline_are_known_in_advance(database, ids, now, reminder, deadline):
    with database.read() as db:
        assert job.upcoming(db, at(now)) == at(reminder)
        assert job.deadline(db, at(now)) == at(deadline)


def test_the_next_reminder_is_really_sent_then(database, ids):
    now = at(OPENED)
    for _ in range(5):
        with database.read() as db:
            moment = job.upcoming(db, now)
        assert moment is not None
        assert job.run(database, moment)["reminders"] >= 1
        assert deliver(database, moment)
        now = moment


def test_when_all_have_reported_the_next_reminder_is_that_of_the_next_month(database, ids):
    with database.begin() as db:
        for letter in "AB":
            submission(db, ids, letter, november(database).id, "submitted", "2026-11-10 09:00")
        assert job.upcoming(db, at("2026-11-10 10:00")) == at("2026-12-11 08:30")
