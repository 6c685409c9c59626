"""A pause: nothing unasked is said while it lasts, replies go on, and after it nobody is flooded."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from scheduler import digests
from scheduler import periods as periods_job
from scheduler import reminders as reminders_job
from storage import calendar, outbox, pause, periods, reminders
from storage.audit import CHANGE
from storage.database import Database, open_database
from storage.messages import Reply
from storage.models import Outgoing, Reminder
from storage.outbox import OUTGOING
from storage.reminders import REMINDER
from tests.digest_samples import DUE, RECORD
from tests.organisation import at, deliver, found, rows, steps
from tests.switchboard import ADMIN, LIEU, OFFICE, SUPERIOR, Switchboard
from tests.test_digest_job import LEADERS, lock, month  # noqa: F401 - a fixture

OPENED = "2026-11-01 00:00"
PEOPLE = 3


@pytest.fixture
def chat(sqlite_database: Database) -> Switchboard:
    return Switchboard(sqlite_database)


def set_pause(database: Database, now: datetime, *, on: bool) -> None:
    with database.begin() as db:
        if on:
            pause.begin(db, now, "Lã Công Vượng", "bão")
        else:
            pause.end(db, now)


def put(database: Database, contact: int, kind: str, key: str, now: datetime) -> None:
    with database.begin() as db:
        outbox.put(db, contact, Reply(key), key=key, due_at=now, kind=kind)


# ── what is sent ────────────────────────────────────────────────────────────────────────────────────


def test_while_it_lasts_only_replies_are_sent(database: Database) -> None:
    ids, now = found(database), at("2026-11-18 09:00")
    for kind, contact in (("reminder", "a"), ("digest", "b"), ("reply", "chi")):
        put(database, ids[contact], kind, kind, now)
    set_pause(database, now, on=True)
    assert deliver(database, now) == [(ids["chi"], "reply")]
    with database.read() as db:
        assert not outbox.waiting(db, now, "web"), "the delivery would look for ever"
    set_pause(database, now, on=False)
    assert {text for _, text in deliver(database, now)} == {"reminder", "digest"}


def test_a_reply_is_not_held_back_by_a_reminder_before_it(database: Database) -> None:
    ids, now = found(database), at("2026-11-18 09:00")
    put(database, ids["a"], "reminder", "nhắc", now)
    put(database, ids["a"], "reply", "trả lời", now)
    set_pause(database, now, on=True)
    assert deliver(database, now) == [(ids["a"], "trả lời")]


def test_it_outlives_a_restart(database: Database) -> None:
    set_pause(database, at("2026-11-18 09:00"), on=True)
    database.close()
    again = open_database(database.url.render_as_string(hide_password=False), database.files)
    with again.read() as db:
        held = pause.current(db)
    again.close()
    assert held == pause.Pause(at("2026-11-18 09:00"), "Lã Công Vượng", "bão")


@pytest.mark.parametrize("seed", range(5))
def test_a_pause_in_a_month_floods_nobody_and_says_no_step_that_has_passed(
    database: Database, seed: int
) -> None:
    """Any start, any length, twice: never two messages a person a day, never a step on another day than its own."""
    chance = random.Random(seed)
    ids = found(database, units=PEOPLE)
    periods_job.run(database, at(OPENED))
    switches = sorted(
        at("2026-11-09 00:00") + timedelta(minutes=chance.randrange(17 * 24 * 60)) for _ in range(4)
    )
    said, now, paused = [], at("2026-11-09 00:00"), False
    while now < at("2026-11-28 00:00"):
        while switches and switches[0] <= now:
            paused = not paused
            set_pause(database, switches.pop(0), on=paused)
        reminders_job.run(database, now)
        if chance.random() < 0.7:
            sent_now = deliver(database, now)
            assert not (paused and sent_now), now
            said += [(now, contact) for contact, _ in sent_now]
        now += timedelta(minutes=30)
    days = Counter((contact, calendar.today(moment)) for moment, contact in said)
    assert set(days.values()) <= {1}
    assert all(time(8) <= calendar_clock(moment) < time(16, 30) for moment, _ in said)
    for planned, went in said_steps(database):
        assert calendar.today(planned) == calendar.today(went)
    assert {contact for _, contact in said} <= set(ids.values())


def calendar_clock(moment: datetime) -> time:
    return moment.astimezone(calendar.TZ).time()


def said_steps(database: Database) -> list[tuple[datetime, datetime]]:
    """(planned, queued) of each reminder that was sent."""
    both = select(REMINDER.c.planned_at, OUTGOING.c.created_at).join_from(
        REMINDER, OUTGOING, OUTGOING.c.id == REMINDER.c.outgoing_id
    )
    with database.read() as db:
        return [tuple(row) for row in db.execute(both.where(OUTGOING.c.state == "sent"))]


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ("2026-11-17 10:00", "2026-11-19 10:00", ["13 T-5", "20 T-0", "23 +1"]),
        ("2026-11-17 10:00", "2026-11-20 10:10", ["13 T-5", "20 T-0", "23 +1"]),
        ("2026-11-17 10:00", "2026-11-20 17:10", ["13 T-5", "23 +1"]),
        ("2026-11-10 10:00", "2026-11-24 09:00", []),
        ("2026-11-10 10:00", "2026-11-30 09:00", []),
    ],
)
def test_only_the_step_of_the_day_is_said_afterwards(
    sqlite_database: Database, begins: str, ends: str, expected: list[str]
) -> None:
    database = sqlite_database
    ids = found(database)
    periods_job.run(database, at(OPENED))
    heard, now = [], at("2026-11-10 00:00")
    while now < at("2026-12-01 00:00"):
        for moment, on in ((begins, True), (ends, False)):
            if now <= at(moment) < now + timedelta(minutes=30):
                set_pause(database, at(moment), on=on)
        reminders_job.run(database, now)
        heard += [now for contact, _ in deliver(database, now) if contact == ids["a"]]
        now += timedelta(minutes=30)
    said = [step for step, how in steps(database, ids["a"]).items() if how == "said"]
    days = [moment.astimezone(calendar.TZ).day for moment in heard]
    assert len(days) == len(said) == len(expected)
    assert sorted(f"{day} {step}" for day, step in zip(days, in_order(said), strict=True)) == expected


@pytest.mark.parametrize(("ends", "lists"), [("2026-12-24 10:00", 1), ("2026-12-25 08:00", 0)])
def test_the_superiors_list_is_said_on_its_day_or_not_at_all(
    database: Database, ends: str, lists: int
) -> None:
    """December 2026: the list is due on 24/12, the lock on 25/12; who is missing stands in the digest, too."""
    ids = found(database)
    periods_job.run(database, at("2026-12-01 00:00"))
    set_pause(database, at("2026-12-22 10:00"), on=True)
    set_pause(database, at(ends), on=False)
    reminders_job.run(database, at(ends))
    assert len([contact for contact, _ in deliver(database, at(ends)) if contact == ids["chi"]]) == lists


def in_order(said: list[str]) -> list[str]:
    return sorted(said, key=["T-5", "T-2", "T-0", "+1", "+3"].index)


def test_what_a_person_asked_to_be_reminded_of_in_the_pause_is_not_made_good(database: Database) -> None:
    ids = found(database)
    periods_job.run(database, at(OPENED))
    with database.begin() as db:
        period = periods.by_key(db, "bc_thang", "2026-11")
        assert period is not None
        reminders.later(db, ids["a"], ids["A"], period, at("2026-11-16 09:00"))
    set_pause(database, at("2026-11-16 10:00"), on=True)
    set_pause(database, at("2026-11-19 09:00"), on=False)
    reminders_job.run(database, at("2026-11-19 09:00"))
    assert deliver(database, at("2026-11-19 09:00")) == []
    assert ("later-2026-11-17", "paused") in rows(database, Reminder, "step", "dropped")


# ── digests ─────────────────────────────────────────────────────────────────────────────────────────


def test_digests_that_were_missed_are_posted_once_the_latest_only(month: Database) -> None:  # noqa: F811
    set_pause(month, calendar.at(DUE, "16:00"), on=True)
    for days in range(5):
        digests.run(month, calendar.at(DUE, "17:00") + timedelta(days=days))
    assert keys(month) == []
    back = RECORD + timedelta(hours=2)
    set_pause(month, back, on=False)
    digests.run(month, back)
    digests.run(month, back + timedelta(minutes=30))
    stages = [key.split(":")[2] for key in keys(month)]
    assert set(stages) == {"record"}
    assert len(keys(month)) == len(set(keys(month)))


def test_what_waited_to_be_posted_is_not_posted_with_old_figures(month: Database) -> None:  # noqa: F811
    digests.run(month, calendar.at(DUE, "17:00"))
    set_pause(month, calendar.at(DUE, "17:10"), on=True)
    digests.run(month, calendar.at(DUE, "17:30"))
    set_pause(month, RECORD + timedelta(hours=1), on=False)
    digests.run(month, RECORD + timedelta(hours=1))
    with month.begin() as db:
        claimed = outbox.claim(db, RECORD + timedelta(hours=1), "web")
    assert {due.key.split(":")[2] for due in claimed} == {"record"}


def test_the_final_digest_that_a_long_pause_kept_back_is_posted_after_it(month: Database) -> None:  # noqa: F811
    set_pause(month, RECORD, on=True)
    lock(month)
    back = RECORD + timedelta(days=25)
    digests.run(month, back - timedelta(hours=1))
    assert keys(month) == []
    set_pause(month, back, on=False)
    digests.run(month, back)
    assert {key.split(":")[2] for key in keys(month)} == {"final"}
    assert {key.split(":")[1] for key in keys(month)} == {"2026-11"}
    assert len([key for key in keys(month) if key.endswith(f":{LEADERS}")]) == 1
    digests.run(month, back + timedelta(days=1))
    assert len([key for key in keys(month) if key.endswith(f":{LEADERS}")]) == 1


def keys(database: Database) -> list[str]:
    return [
        key for _, state, key in rows(database, Outgoing, "contact_id", "state", "key") if state == "queued"
    ]


# ── in chat ─────────────────────────────────────────────────────────────────────────────────────────


def paused(chat: Switchboard) -> pause.Pause | None:
    with chat.database.read() as db:
        return pause.current(db)


@pytest.mark.parametrize(
    "words", ["/tạmdừng", "tạm dừng", "tạm dừng gửi", "TAMDUNG", "/tamdung", "tạm dừng: bão số 3"]
)
@pytest.mark.parametrize("yes", ["có", "đồng ý", "CO", "button"])
def test_an_administrator_pauses_after_one_question(chat: Switchboard, words: str, yes: str) -> None:
    asked = chat.says(ADMIN, words)
    assert paused(chat) is None
    said = chat.press(ADMIN, asked, "Tạm dừng") if yes == "button" else chat.says(ADMIN, yes)
    assert "Đã tạm dừng" in said.text
    held = paused(chat)
    assert held is not None
    assert held.reason == ("bão số 3" if "bão" in words else "")
    assert "đã tạm dừng" in chat.heard(OFFICE)[-1]
    assert [(row.act, row.reason) for row in chat.rows(CHANGE)] == [("pause", held.reason)]


@pytest.mark.parametrize("no", ["không", "thôi không", "hủy", "chào"])
def test_anything_but_a_yes_pauses_nothing(chat: Switchboard, no: str) -> None:
    chat.says(ADMIN, "/tạmdừng", no, "có")
    assert paused(chat) is None


@pytest.mark.parametrize("who", [LIEU, SUPERIOR])
def test_nobody_else_pauses_or_ends_it(chat: Switchboard, who: str) -> None:
    chat.says(who, "tạm dừng gửi", "có", "/tạmdừng", "có")
    for button in ("pause", "pause_yes", "pause_no"):
        chat.send(who, choice=f"do:{button}")
    assert paused(chat) is None
    chat.says(ADMIN, "/tạmdừng", "có")
    chat.says(who, "chạy lại", "/chạylại")
    chat.send(who, choice="do:unpause")
    assert paused(chat) is not None


def test_for_who_reports_it_means_later(chat: Switchboard) -> None:
    chat.says(LIEU, "báo cáo")
    assert "Đã lưu bản nháp" in chat.says(LIEU, "tạm dừng").text


def test_administrators_see_it_above_each_answer_and_others_do_not(chat: Switchboard) -> None:
    chat.says(ADMIN, "/tạmdừng", "có")
    chat.now += timedelta(minutes=5)
    for who in (ADMIN, OFFICE):
        said = chat.send(who, "giúp")
        assert sum("ĐANG TẠM DỪNG" in reply.text for reply in said) == 1
    assert "ĐANG TẠM DỪNG" not in chat.says(LIEU, "giúp").text
    chat.says(ADMIN, "chạy lại")
    chat.now += timedelta(minutes=5)
    assert "ĐANG TẠM DỪNG" not in chat.says(ADMIN, "giúp").text


def test_in_an_interview_the_banner_keeps_out(chat: Switchboard) -> None:
    chat.says(ADMIN, "/tạmdừng", "có")
    chat.now += timedelta(minutes=5)
    assert "ĐANG TẠM DỪNG" not in chat.says(OFFICE, "sáng kiến").text
    assert "ĐANG TẠM DỪNG" not in chat.says(OFFICE, "Gá kẹp nhanh").text
    assert "ĐANG TẠM DỪNG" in chat.says(OFFICE, "để sau").text


@pytest.mark.parametrize("words", ["chạy lại", "/chạylại", "CHAYLAI", "tiếp tục gửi"])
def test_another_administrator_ends_it(chat: Switchboard, words: str) -> None:
    chat.says(ADMIN, "/tạmdừng", "có")
    chat.now += timedelta(days=1)
    assert "gửi lại từ bây giờ" in chat.says(OFFICE, words).text
    assert paused(chat) is None
    assert "đã cho gửi lại" in chat.heard(ADMIN)[-1]
    assert [row.act for row in chat.rows(CHANGE)] == ["pause", "unpause"]
    assert "không có gì tạm dừng" in chat.says(OFFICE, words).text
    assert "gửi bình thường" in chat.says(ADMIN, "chạy lại").text
