"""Those who have not reported are reminded on the right days, once, in office hours; those who have, never."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import reminder_texts, report
from scheduler import due
from scheduler import periods as periods_job
from scheduler import reminders as job
from storage import calendar, contacts, periods, reminders
from storage.calendar import Calendar
from storage.database import Database, table_of
from storage.models import (
    Assignment,
    CalendarDay,
    Change,
    Contact,
    Conversation,
    Duty,
    Outgoing,
    Period,
    Person,
    Reminder,
    Submission,
    Unit,
    UnitParent,
)
from tests.organisation import (
    FORM,
    account,
    at,
    deliver,
    found,
    month_of_runs,
    november,
    outgoing,
    person,
    steps,
    submission,
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


def test_the_ladder_of_november(database, ids):
    """T-5, T-2, T-0, +1; +3 would be 26/11, after the lock; on 25/11 the superior gets the list."""
    said = month_of_runs(database, OPENED, "2026-11-30 23:30")
    to_a = [f"{moment:%d/%m %H:%M}" for moment, contact, _ in said if contact == ids["a"]]
    assert to_a == ["13/11 08:30", "18/11 08:30", "20/11 08:00", "23/11 08:30"]
    assert [f"{moment:%d/%m %H:%M}" for moment, contact, _ in said if contact == ids["chi"]] == [
        "25/11 08:30"
    ]
    assert steps(database, ids["a"]) == {"T-5": "said", "T-2": "said", "T-0": "said", "+1": "said"}


def test_the_words_of_the_ladder(database, ids):
    texts = [text for _, contact, text in month_of_runs(database, BEFORE, AFTER) if contact == ids["a"]]
    invitation, soon, last_day, overdue = texts
    assert invitation == (
        "Kính gửi đồng chí A, kỳ báo cáo tháng 11/2026 (phong trào thi đua, cuộc vận động) của CĐCS A đã mở; "
        "hạn: hết thứ Sáu 20/11. Nếu tháng này ít phát sinh, chỉ cần khoảng 5 câu trả lời. Gõ BATDAU để thực hiện."
    )
    assert soon == (
        "Đồng chí A, còn 2 ngày làm việc đến hạn báo cáo tháng 11/2026 (20/11). Tôi chưa nhận được báo cáo của CĐCS A. "
        "Gõ BATDAU để báo cáo, hoặc NHACSAU nếu đồng chí đang bận."
    )
    assert last_day == (
        "Đồng chí A, hôm nay là hạn báo cáo tháng 11/2026 (hết ngày 20/11). "
        "Tôi chưa nhận được báo cáo của CĐCS A. Gõ BATDAU để báo cáo."
    )
    assert overdue == (
        "Đồng chí A, đến nay Ban CSPL&QHLĐ chưa nhận được báo cáo tháng 11/2026 của CĐCS A. "
        "Đồng chí vẫn gửi được trước khi khóa số liệu (17:00 ngày 25/11). "
        "Gõ BATDAU để báo cáo; nếu có khó khăn, gõ HOTRO để cán bộ công đoàn cấp trên liên hệ."
    )


def test_the_list_names_the_units_that_are_missing_and_goes_out_once(database, ids):
    with database.begin() as db:
        submission(db, ids, "B", november(database).id, "accepted", "2026-11-10 09:00")
    texts = [text for _, contact, text in month_of_runs(database, BEFORE, AFTER) if contact == ids["chi"]]
    (text,) = texts
    assert text == (
        "Kính gửi đồng chí Chi, đến nay còn 1/2 đơn vị chưa nộp báo cáo tháng 11/2026 (hạn 20/11, khóa số liệu 17:00 "
        "ngày 25/11):\n- CĐCS A – Trần Thị A\nTôi không nhắc thêm các đơn vị này; mong đồng chí liên hệ giúp."
    )


def test_where_the_lock_leaves_room_the_ladder_has_all_its_steps(database):
    """December 2026: due 18/12, +1 21/12, +3 23/12, list 24/12, lock 25/12."""
    ids = found(database)
    periods_job.run(database, at("2026-12-01 00:00"))
    said = month_of_runs(database, "2026-12-10 00:00", "2026-12-26 00:00")
    days = [
        (contact, f"{moment:%d/%m %H:%M}") for moment, contact, _ in said if contact in (ids["a"], ids["chi"])
    ]
    assert days == [
        (ids["a"], "11/12 08:30"), (ids["a"], "16/12 08:30"), (ids["a"], "18/12 08:00"), (ids["a"], "21/12 08:30"),
        (ids["a"], "23/12 08:30"), (ids["chi"], "24/12 08:30"),
    ]  # fmt: skip


def test_nothing_is_said_in_the_days_of_tet(database):
    """Tết 2026 is quiet from 10/02 to 22/02: T-2 and T-0 of February (due 13/02) fall away."""
    ids = found(database)
    periods_job.run(database, at("2026-02-01 00:00"))
    said = month_of_runs(database, "2026-02-05 00:00", "2026-02-26 00:00")
    assert [f"{moment:%d/%m %H:%M}" for moment, contact, _ in said if contact == ids["a"]] == [
        "06/02 08:30", "23/02 08:30", "25/02 08:30",
    ]  # fmt: skip
    assert steps(database, ids["a"]) == {
        "T-5": "said",
        "T-2": "passed",
        "T-0": "passed",
        "+1": "said",
        "+3": "said",
    }


@pytest.mark.parametrize("state", ["submitted", "accepted", "auto_accepted", "exempt"])
def test_who_has_reported_is_not_reminded(database, ids, state):
    with database.begin() as db:
        submission(db, ids, "A", november(database).id, state, "2026-11-10 09:00")
    job.run(database, at("2026-11-18 08:30"))
    assert [contact for contact, _ in deliver(database, at("2026-11-18 08:30"))] == [ids["b"]]


def test_a_returned_report_counts_as_not_submitted(database, ids):
    with database.begin() as db:
        submission(db, ids, "A", november(database).id, "returned", "2026-11-10 09:00")
    job.run(database, at("2026-11-18 08:30"))
    (text,) = [text for contact, text in deliver(database, at("2026-11-18 08:30")) if contact == ids["a"]]
    assert "Báo cáo của CĐCS A được đề nghị xem lại, chưa nộp lại. Gõ TIEPTUC để hoàn thành" in text


def test_a_job_run_twice_says_nothing_twice(database, ids):
    first = job.run(database, at("2026-11-18 08:30"))
    again = [
        job.run(database, at(f"2026-11-18 {clock}"))
        for clock in ("08:30", "08:30", "09:00", "10:59", "16:00")
    ]
    assert first == {"reminders": 2}
    assert deliver(database, at("2026-11-18 08:31"))
    assert again == [{}] * 5
    assert len(outgoing(database)) == 2


@pytest.mark.parametrize(
    ("back", "said_at", "step"),
    [
        ("2026-11-18 11:00", "2026-11-18 14:00", "T-2"),  # back at noon: in the afternoon
        ("2026-11-18 22:00", "2026-11-19 08:00", "T-2"),  # back at night: the next morning
        ("2026-11-14 09:00", "2026-11-16 08:00", "T-5"),  # back on a Saturday: on Monday
        ("2026-11-18 08:00", "2026-11-18 08:30", "T-2"),  # T-2's own day: T-5 is not said any more
        ("2026-11-20 18:00", "2026-11-23 08:30", "+1"),  # T-0 is over: its words would not be true
        ("2026-11-21 10:00", "2026-11-23 08:30", "+1"),
    ],
)
def test_after_an_outage_only_the_latest_step_is_said_when_it_is_allowed(database, ids, back, said_at, step):
    said = month_of_runs(database, back, said_at)
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment, contact, _ in said if contact == ids["a"]] == [said_at]
    done = steps(database, ids["a"])
    assert [name for name, what in done.items() if what == "said"] == [step]
    assert set(done.values()) <= {"said", "passed"}


def test_what_could_not_be_sent_in_office_hours_is_taken_back_and_said_the_next_morning(database, ids):
    """The process dies at 16:00 with reminders queued, and starts again at night."""
    job.run(database, at("2026-11-18 16:00"))
    assert job.run(database, at("2026-11-18 22:00")) == {"recalled": 2}
    assert deliver(database, at("2026-11-18 22:00")) == []
    assert job.run(database, at("2026-11-19 08:00")) == {"reminders": 2}
    (text,) = [text for contact, text in deliver(database, at("2026-11-19 08:00")) if contact == ids["a"]]
    assert "còn 1 ngày làm việc" in text, "the words are those of the day on which they are read"


def test_a_reminder_of_an_earlier_day_is_not_sent_with_its_old_words(database, ids):
    job.run(database, at("2026-11-18 16:00"))
    assert job.run(database, at("2026-11-19 08:00")) == {"recalled": 2, "reminders": 2}
    assert [state for _, state, _ in outgoing(database)] == ["withdrawn", "withdrawn", "queued", "queued"]


def test_reminders_stop_at_once_after_a_submission(database, ids):
    job.run(database, at("2026-11-18 08:30"))
    with database.begin() as db:
        submission(db, ids, "A", november(database).id, "submitted", "2026-11-18 08:30")
        assert reminders.withdraw(db, ids["A"], november(database).id, at("2026-11-18 08:30")) == 1
    assert [contact for contact, _ in deliver(database, at("2026-11-18 08:31"))] == [ids["b"]]
    assert steps(database, ids["a"])["T-2"] == "submitted"
    assert all(contact != ids["a"] for _, contact, _ in month_of_runs(database, "2026-11-18 08:30", AFTER))


def test_one_person_with_several_units_gets_one_message(database, ids):
    with database.begin() as db:
        lan = person(db, "Nguyễn Thị Lan", (ids["A"], "chu_tich_cdcs"), (ids["B"], "bao_cao_vien"))
    job.run(database, at("2026-11-18 08:30"))
    (text,) = [text for contact, text in deliver(database, at("2026-11-18 08:30")) if contact == lan]
    assert text == (
        "Đồng chí Lan, đồng chí còn 2 báo cáo chưa nộp:\n"
        "- CĐCS A, tháng 11/2026 (hạn: hết ngày 20/11)\n- CĐCS B, tháng 11/2026 (hạn: hết ngày 20/11)\n"
        "Gõ BATDAU để báo cáo lần lượt, hoặc NHACSAU nếu đồng chí đang bận."
    )


def test_a_merged_message_comes_again_without_the_unit_that_has_reported(database, ids):
    with database.begin() as db:
        lan = person(db, "Nguyễn Thị Lan", (ids["A"], "chu_tich_cdcs"), (ids["B"], "bao_cao_vien"))
    job.run(database, at("2026-11-18 08:30"))
    with database.begin() as db:
        submission(db, ids, "A", november(database).id, "submitted", "2026-11-18 08:30")
        reminders.withdraw(db, ids["A"], november(database).id, at("2026-11-18 08:30"))
    assert lan not in [contact for contact, _ in deliver(database, at("2026-11-18 08:31"))]
    job.run(database, at("2026-11-18 09:00"))
    (text,) = [text for contact, text in deliver(database, at("2026-11-18 09:00")) if contact == lan]
    assert "Tôi chưa nhận được báo cáo của CĐCS B" in text
    assert job.run(database, at("2026-11-18 09:30")) == {}


def test_a_failed_send_is_no_reminder_and_the_next_step_comes_all_the_same(database, ids):
    job.run(database, at("2026-11-13 08:30"))
    with database.begin() as db:
        db.execute(table_of(Outgoing).update().values(state="failed"))
    said = month_of_runs(database, "2026-11-13 09:00", "2026-11-18 08:30")
    assert [f"{moment:%d/%m}" for moment, contact, _ in said if contact == ids["a"]] == ["18/11"]


def test_a_person_with_two_accounts_is_reminded_once_on_the_latest_that_can_be_reached(database, ids):
    with database.begin() as db:
        table = table_of(Contact)
        owner = db.scalar(table.select().with_only_columns(table.c.person_id).where(table.c.id == ids["a"]))
        second = account(db, owner, "zalo-a", "zalo")
        third = account(db, owner, "tg-a", "telegram")
        contacts.stop(db, third, at("2026-11-02 08:00"))
    job.run(database, at("2026-11-13 08:30"))
    assert len(deliver(database, at("2026-11-13 08:30"))) == 2
    with database.begin() as db:
        contacts.stop(db, second, at("2026-11-13 08:31"))
    job.run(database, at("2026-11-16 08:30"))
    to_a = [contact for contact, _, _ in outgoing(database) if contact in (ids["a"], second, third)]
    assert to_a == [second], "the same step is not said again on another account"


def test_a_person_with_two_accounts_hears_once_a_day(database, ids):
    with database.begin() as db:
        lan = person(db, "Nguyễn Thị Lan", (ids["A"], "chu_tich_cdcs"), (ids["B"], "bao_cao_vien"))
        sent = submission(db, ids, "B", november(database).id, "submitted", "2026-11-10 09:00")
    job.run(database, at("2026-11-18 08:30"))
    assert lan in [contact for contact, _ in deliver(database, at("2026-11-18 08:30"))]
    with database.begin() as db:
        table = table_of(Contact)
        owner = db.scalar(table.select().with_only_columns(table.c.person_id).where(table.c.id == lan))
        second = account(db, owner, "zalo-lan", "zalo")
        db.execute(
            table_of(Submission).update().where(table_of(Submission).c.id == sent).values(state="returned")
        )
    job.run(database, at("2026-11-18 10:00"))
    assert second not in [contact for contact, _, _ in outgoing(database)]
    job.run(database, at("2026-11-19 08:00"))
    assert second in [contact for contact, _, _ in outgoing(database)]


def test_a_report_that_comes_in_while_reminders_are_made_is_not_reminded_of(database, ids):
    now = at("2026-11-18 08:30")
    with database.begin() as db:
        messages = due.messages(db, now, Calendar())
        submission(db, ids, "A", november(database).id, "submitted", "2026-11-18 08:30")
    with database.begin() as db:
        assert sum(job.queue(db, items, slot, now) for slot, items in messages) == 1
    assert [contact for contact, _, _ in outgoing(database)] == [ids["b"]]


def test_a_right_that_is_over_brings_no_reminder(database, ids):
    with database.begin() as db:
        table = table_of(Assignment)
        db.execute(table.update().where(table.c.unit_id == ids["A"]).values(valid_to=date(2026, 11, 17)))
    job.run(database, at("2026-11-18 08:30"))
    assert [contact for contact, _, _ in outgoing(database)] == [ids["b"]]


# ── the last hours ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("done", "extra"), [((5, 11), False), ((6, 11), True), ((5, 10), True), ((0, 0), False)]
)
def test_on_the_due_afternoon_only_a_half_done_draft_is_spoken_of_again(
    database, ids, monkeypatch, done, extra
):
    monkeypatch.setattr(report, "progress", lambda _db, _id: done)
    with database.begin() as db:
        submission(db, ids, "A", november(database).id, "draft", "2026-11-19 09:00")
    said = month_of_runs(database, "2026-11-20 00:00", "2026-11-20 23:30")
    to_a = [(f"{moment:%H:%M}", text) for moment, contact, text in said if contact == ids["a"]]
    assert [clock for clock, _ in to_a] == ["08:00"] + ["14:30"] * extra
    assert [f"{m:%H:%M}" for m, contact, _ in said if contact == ids["b"]] == ["08:00"]
    if extra:
        assert to_a[1][1] == (
            f"Đồng chí A, bản nháp báo cáo tháng 11/2026 của CĐCS A đã xong {done[0]}/{done[1]} mục, "
            "hạn: hết hôm nay (20/11). Gõ TIEPTUC để hoàn thành."
        )


def test_after_an_outage_until_the_due_afternoon_one_message_is_enough(database, ids, monkeypatch):
    monkeypatch.setattr(report, "progress", lambda _db, _id: (9, 10))
    with database.begin() as db:
        submission(db, ids, "A", november(database).id, "draft", "2026-11-19 09:00")
    said = month_of_runs(database, "2026-11-20 14:40", "2026-11-20 23:30", every=20)
    assert [f"{moment:%H:%M}" for moment, contact, _ in said if contact == ids["a"]] == ["14:40"]


# ── whatever the calendar says ──────────────────────────────────────────────────────────────────────

ALL = (
    Reminder,
    Outgoing,
    Conversation,
    Submission,
    Period,
    Duty,
    Assignment,
    Contact,
    Person,
    UnitParent,
    CalendarDay,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    due_day=st.integers(1, 31),
    lock_day=st.integers(1, 31),
    roll=st.sampled_from(["previous", "next", "none"]),
    month=st.sampled_from(["2026-02", "2026-11", "2027-01", "2027-04"]),
    words=st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["off", "work"])), max_size=12),
    runs=st.lists(st.integers(0, 60 * 24 * 60), min_size=20, max_size=60),
    submitted=st.integers(0, 60 * 24 * 60),
)
def test_never_a_send_outside_office_hours_or_twice(
    sqlite_database, due_day, lock_day, roll, month, words, runs, submitted
):
    """Any due day, any days off, runs at any minutes, some delivered late: the promises hold all the same."""
    database = sqlite_database
    with database.begin() as db:
        for model in (Change, *ALL, Unit):
            db.execute(table_of(model).delete())
    ids = found_again(database, due_day, lock_day, roll)
    first = date.fromisoformat(f"{month}-01")
    overrides = {first + timedelta(days=n): kind for n, kind in words}
    with database.begin() as db:
        for day, kind in overrides.items():
            db.execute(table_of(CalendarDay).insert(), {"day": day, "kind": kind, "source": ""})
    start = calendar.at(first, "00:00")
    said: list[tuple[datetime, int]] = []
    done = None
    for minute in sorted({*runs, *(m + 1 for m in runs)}):
        now = start + timedelta(minutes=minute)
        periods_job.run(database, now)
        if done is None and minute >= submitted:
            done = submit(database, ids, now)
        job.run(database, now)
        if minute % 3:
            said += [(now, contact) for contact, _ in deliver(database, now)]
    country = Calendar(overrides)
    assert all(country.may_speak(now) for now, _ in said)
    days = [(contact, calendar.today(now)) for now, contact in said]
    assert len(days) == len(set(days)), "one message a person a day"
    assert not [
        now for now, contact in said if done and contact == ids["a"] and done < now < done + timedelta(days=1)
    ]


def found_again(database: Database, due_day: int, lock_day: int, roll: str) -> dict[str, int]:
    """The organisation anew: form versions stay."""
    from storage.models import FormVersion

    with database.begin() as db:
        db.execute(table_of(FormVersion).delete())
    return found(database, due_day=due_day, lock_day=lock_day, roll=roll)


def submit(database: Database, ids: dict[str, int], now: datetime) -> datetime | None:
    """Unit A reports; None if no period is open."""
    with database.begin() as db:
        period = periods.current(db, FORM, now)
        if period is None:
            return None
        submission(db, ids, "A", period.id, "submitted", f"{now.astimezone(calendar.TZ):%Y-%m-%d %H:%M}")
        reminders.withdraw(db, ids["A"], period.id, now)
        return now


def test_who_has_begun_is_not_invited_but_told_how_far_it_is() -> None:
    about = reminder_texts.About(
        "T-5", "CĐCS A", "2026-09", date(2026, 9, 18), datetime(2026, 9, 25, 10, tzinfo=UTC), 5, "draft", 2, 6
    )
    said = reminder_texts.reminder("", "Liễu", [about]).text
    assert "2/6" in said
    assert "TIEPTUC" in said
    assert "BATDAU" not in said
