"""The legal clocks: two working days, 15 or 20 days, one extension; nobody forgets a request."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import update

import scheduler
from scheduler import data_requests as job
from storage import data_requests, pause
from storage.contacts import CONTACT, OUTGOING, PERSON
from storage.database import Database
from storage.outbox import mark_sent
from tests.organisation import at
from tests.switchboard import ADMIN, LIEU, Switchboard

ASKED = at("2026-11-19 08:30")
"""A Thursday; two working days later is Monday the 23rd, 15 days later Friday the 4th of December."""


@pytest.fixture
def board(database: Database) -> Switchboard:
    board = Switchboard(database)
    board.now = ASKED
    board.says(LIEU, "dữ liệu", "5", "xóa dữ liệu")
    sent(board)
    return board


def sent(board: Switchboard) -> None:
    with board.database.begin() as db:
        rows = [row.id for row in db.execute(OUTGOING.select().where(OUTGOING.c.state == "queued"))]
        mark_sent(db, [(row, "") for row in rows], board.now)


def request(board: Switchboard) -> data_requests.Request:
    with board.database.read() as db:
        found = data_requests.find(db, 1)
    assert found
    return found


def run(board: Switchboard, *moments: str) -> list[dict[str, int]]:
    done = []
    for moment in moments:
        board.now = at(moment)
        done.append(job.run(board.database, board.now))
        sent(board)
    return done


def months_of_runs(board: Switchboard, until: datetime) -> list[tuple[datetime, str]]:
    """Every run of the job up to a moment, delivering; (moment, what it did)."""
    found = []
    for moment, name in scheduler.fire_times(board.now, until):
        if name == "data_requests" and (counts := job.run(board.database, moment)):
            found += [(moment, did) for did in counts]
            board.now = moment
            sent(board)
    return found


def test_the_clocks_are_two_working_days_and_fifteen_days(board: Switchboard) -> None:
    assert (request(board).answer_by, request(board).done_by) == (date(2026, 11, 23), date(2026, 12, 4))


def test_it_is_twenty_days_where_a_platform_processes_the_data_as_well(sqlite_database: Database) -> None:
    board = Switchboard(sqlite_database)
    person = board.person(LIEU)
    with sqlite_database.begin() as db:
        db.execute(update(CONTACT).where(CONTACT.c.address == LIEU).values(channel="telegram"))
        data_requests.put(db, person, board.account(ADMIN).id, "erase", ASKED)
    assert request(board).done_by == date(2026, 12, 9)


def test_administrators_are_reminded_the_day_before_and_after_each_clock_once(board: Switchboard) -> None:
    before = len(board.heard(ADMIN))
    assert run(board, "2026-11-19 09:15") == [{}]
    assert run(board, "2026-11-20 08:15", "2026-11-20 08:45") == [{"requests_reminded": 1}, {}]
    assert run(board, "2026-11-25 08:15", "2026-11-26 08:15") == [{"requests_reminded": 1}, {}]
    heard = board.heard(ADMIN)[before:]
    assert ["được trả lời trước hết ngày 23/11" in heard[0], "đã quá ngày trả lời" in heard[1]] == [
        True,
        True,
    ]
    assert [one.label for one in board.told(ADMIN)[-1].choices] == [
        "Thực hiện xóa",
        "Từ chối",
        "Gia hạn 15 ngày",
    ]


@pytest.mark.parametrize(
    "quiet", ["2026-11-20 07:45", "2026-11-20 19:00", "2026-11-21 09:15", "2026-11-22 09:15"]
)
def test_nobody_is_reminded_outside_of_office_hours(board: Switchboard, quiet: str) -> None:
    assert run(board, quiet) == [{}]


def test_an_erasure_that_nobody_decides_is_done_by_the_last_day(board: Switchboard) -> None:
    did = months_of_runs(board, at("2026-12-20 00:00"))
    assert [what for _, what in did if what != "requests_reminded"] == ["erasures_approved", "erased"]
    assert [moment.date() for moment, what in did if what == "erased"] == [date(2026, 12, 4)]
    assert [row.erased_at is not None for row in board.rows(PERSON) if "đã xóa" in row.name] == [True]
    assert LIEU not in {row.address for row in board.rows(CONTACT)}


def test_a_clock_that_ends_on_a_sunday_is_kept_on_the_friday(board: Switchboard) -> None:
    with board.database.begin() as db:
        db.execute(update(data_requests.REQUEST).values(done_by=date(2026, 12, 6)))
    did = months_of_runs(board, at("2026-12-20 00:00"))
    assert [moment.date() for moment, what in did if what == "erased"] == [date(2026, 12, 4)]


def test_an_extension_moves_the_clock_once_and_the_person_hears_why(board: Switchboard) -> None:
    board.press(ADMIN, board.told(ADMIN)[-1], "Gia hạn")
    board.says(ADMIN, "Chờ bàn giao.")
    assert request(board).done_by == date(2026, 12, 19)
    assert "gia hạn đến hết ngày 19/12/2026. Lý do: Chờ bàn giao." in board.heard(LIEU)[-1]
    assert "không gia hạn thêm được" in board.send(ADMIN, choice="do:data_requests:extend.1")[-1].text
    did = months_of_runs(board, at("2027-01-10 00:00"))
    assert [moment.date() for moment, what in did if what == "erased"] == [date(2026, 12, 18)]


def test_a_refusal_ends_the_clocks_and_the_person_hears_why(board: Switchboard) -> None:
    board.press(ADMIN, board.told(ADMIN)[-1], "Từ chối")
    board.says(ADMIN, "Đang có khiếu nại.")
    assert "Lý do: Đang có khiếu nại." in board.heard(LIEU)[-1]
    assert months_of_runs(board, at("2027-01-10 00:00")) == []
    assert board.account(LIEU).person_id


@pytest.mark.parametrize("words", ["tạm dừng: bão số 3", "/tamdung bão số 3", "HOTRO: cách từ chối?"])
def test_a_command_with_words_is_not_taken_for_the_reason(board: Switchboard, words: str) -> None:
    board.press(ADMIN, board.told(ADMIN)[-1], "Từ chối")
    said = board.says(ADMIN, words)
    assert said.text.startswith(("Tạm dừng toàn bộ", "Đã chuyển câu hỏi"))
    assert request(board).state == data_requests.OPEN


@pytest.mark.parametrize("words", ["Tạm dừng vì đang có khiếu nại.", "Hỗ trợ: chờ bàn giao xong."])
def test_a_reason_may_begin_like_a_command(board: Switchboard, words: str) -> None:
    board.press(ADMIN, board.told(ADMIN)[-1], "Từ chối")
    board.says(ADMIN, words)
    assert f"Lý do: {words}" in board.heard(LIEU)[-1]


def test_the_last_message_goes_out_before_the_address_does(board: Switchboard) -> None:
    board.now = at("2026-11-20 09:00")
    board.press(ADMIN, board.told(ADMIN)[-1], "Thực hiện xóa")
    board.says(ADMIN, "có")
    assert "tin cuối cùng" in board.heard(LIEU)[-1]
    assert job.run(board.database, at("2026-11-20 09:15")) == {}, "it still waits to be sent"
    sent(board)
    assert job.run(board.database, at("2026-11-20 09:45")) == {"erased": 1}
    assert job.run(board.database, at("2026-11-20 09:46")) == {}


def test_a_last_message_that_cannot_be_sent_delays_it_by_a_day_at_most(board: Switchboard) -> None:
    board.now = at("2026-11-20 09:00")
    board.press(ADMIN, board.told(ADMIN)[-1], "Thực hiện xóa")
    board.says(ADMIN, "có")
    assert job.run(board.database, at("2026-11-20 16:45")) == {}
    assert job.run(board.database, at("2026-11-23 08:15")) == {"erased": 1}


def test_in_a_pause_the_law_goes_on_and_nobody_is_reminded(board: Switchboard) -> None:
    with board.database.begin() as db:
        pause.begin(db, board.now, "Lan", "")
    did = months_of_runs(board, at("2027-01-10 00:00"))
    assert [what for _, what in did] == ["erasures_approved", "erased"]


def test_after_a_pause_each_clock_is_said_once(board: Switchboard) -> None:
    with board.database.begin() as db:
        pause.begin(db, board.now, "Lan", "")
    assert job.run(board.database, at("2026-11-24 09:00")) == {}
    with board.database.begin() as db:
        pause.end(db, at("2026-12-01 08:00"))
    assert [job.run(board.database, at(f"2026-12-01 {hour}:00")) for hour in ("09", "10", "14")] == [
        {"requests_reminded": 1}, {}, {}]  # fmt: skip


def test_an_export_and_a_withdrawal_are_not_on_the_administrators_list(sqlite_database: Database) -> None:
    board = Switchboard(sqlite_database)
    board.says(LIEU, "dữ liệu", "3")
    board.says(LIEU, "dữ liệu", "4", "1")
    assert "Không có yêu cầu" in board.says(ADMIN, "yêu cầu dữ liệu").text
