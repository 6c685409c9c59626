"""What is older than it may be goes, once; figures, receipts' keys and what is still needed stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from handlers.tasks import run_next as run_tasks
from scheduler import housekeeping
from storage import attachments, retention, tasks
from storage.answers import ANSWER, FIGURE
from storage.attachments import ATTACHMENT
from storage.contacts import CONTACT, CONVERSATION, OUTGOING, RECEIPT
from storage.database import Database
from storage.initiatives import PETITION
from storage.messages import Attachment
from storage.submissions import PERIOD, SUBMISSION
from tests.switchboard import KIEN, LIEU, NOW, SUPERIOR, TEACHER, Switchboard

PHOTO = Attachment("uploads/anh.jpg", "anh.jpg", "image/jpeg", 3, "photo")
REPORT = ("báo cáo", "6", "như cũ", "2", "3", "Công nhân chưa được trả tiền làm thêm giờ.", "tốt")


@pytest.fixture
def board(database: Database) -> Switchboard:
    """A report with a petition and a picture, handed in; and one half-way."""
    board = Switchboard(database)
    (database.files / "uploads").mkdir(parents=True, exist_ok=True)
    (database.files / PHOTO.path).write_bytes(b"abc")
    for words in REPORT:
        board.send(LIEU, words)
    board.send(LIEU, attachments=(PHOTO,))
    board.says(LIEU, "xong", "gửi")
    board.says(TEACHER, "báo cáo", "không phát sinh")
    with database.begin() as db:
        db.execute(update(OUTGOING).values(state="sent"))
    return board


def later(days: float) -> datetime:
    return NOW + timedelta(days=days)


def lock(board: Switchboard) -> None:
    with board.database.begin() as db:
        db.execute(update(PERIOD).values(closed_at=NOW + timedelta(days=20)))


def figures(board: Switchboard) -> list[Any]:
    return sorted(map(repr, board.rows(FIGURE)))


def drafts(board: Switchboard) -> int:
    with board.database.read() as db:
        held = select(func.count()).select_from(SUBMISSION).where(SUBMISSION.c.state == "draft")
        return db.scalar(held) or 0


def test_on_the_first_nights_nothing_goes(board: Switchboard) -> None:
    assert housekeeping.run(board.database, later(80)) == {}


def test_a_draft_goes_after_90_days_but_not_while_its_month_is_open(board: Switchboard) -> None:
    assert "drafts_dropped" not in housekeeping.run(board.database, later(91))
    lock(board)
    assert "drafts_dropped" not in housekeeping.run(board.database, later(89))
    assert housekeeping.run(board.database, later(91))["drafts_dropped"] == 1
    assert drafts(board) == 0
    assert [row.state for row in board.rows(SUBMISSION)] == ["submitted"]


def test_the_question_of_a_draft_that_went_is_politely_stale(board: Switchboard) -> None:
    button = [one for one in board.told(TEACHER) if one.choices][-1]
    lock(board)
    housekeeping.run(board.database, later(91))
    assert "thuộc câu hỏi trước" in board.press(TEACHER, button, "Như tháng trước").text
    board.says(TEACHER, "dữ liệu")
    assert "không có bản nháp nào" in board.says(TEACHER, "TIEPTUC").text


def test_a_correction_that_nobody_handed_in_goes_and_the_report_stays(board: Switchboard) -> None:
    board.says(LIEU, "sửa 2", "700")
    before = figures(board)
    lock(board)
    assert housekeeping.run(board.database, later(91))["drafts_dropped"] == 2
    with board.database.read() as db:
        versions = set(db.scalars(select(ANSWER.c.version)))
    assert versions == {1}
    assert figures(board) == before
    assert (board.database.files / PHOTO.path).exists(), "both versions shared the picture"


def test_words_go_after_twelve_months_and_keys_stay(board: Switchboard) -> None:
    keys = [(row.id, row.message_id) for row in board.rows(RECEIPT)]
    before = figures(board)
    gone = housekeeping.run(board.database, later(366))
    assert gone["messages_emptied"] == len(keys)
    assert gone["replies_emptied"] > 0
    assert [(row.id, row.message_id) for row in board.rows(RECEIPT)] == keys
    assert {str(row.body) for table in (RECEIPT, OUTGOING) for row in board.rows(table)} == {"{}"}
    with board.database.read() as db:
        assert set(db.scalars(select(ANSWER.c.raw))) == {""}
        assert "Công nhân chưa được trả tiền làm thêm giờ." in db.scalars(select(ANSWER.c.value)).all()
    assert figures(board) == before


def test_a_conversation_ends_and_its_old_buttons_stay_old(board: Switchboard) -> None:
    turn = board.state(TEACHER).turn
    housekeeping.run(board.database, later(366))
    state = board.state(TEACHER)
    assert (state.turn, state.frames, state.errand) == (turn, [], None)
    assert all("raw" not in str(row.state) for row in board.rows(CONVERSATION))


def test_what_still_waits_to_be_sent_keeps_its_words(board: Switchboard) -> None:
    with board.database.begin() as db:
        db.execute(update(OUTGOING).where(OUTGOING.c.id == 1).values(state="queued"))
    housekeeping.run(board.database, later(366))
    assert [row.id for row in board.rows(OUTGOING) if row.body] == [1]


def test_a_picture_goes_after_24_months_and_that_it_was_there_stays(board: Switchboard) -> None:
    housekeeping.run(board.database, later(700))
    assert (board.database.files / PHOTO.path).exists()
    assert housekeeping.run(board.database, later(731))["photos_dropped"] == 1
    assert not (board.database.files / PHOTO.path).exists()
    assert [row.path for row in board.rows(ATTACHMENT)] == [""]


def test_a_petitions_words_go_24_months_after_it_was_closed(board: Switchboard) -> None:
    assert "petitions_emptied" not in housekeeping.run(board.database, later(2000))
    with board.database.begin() as db:
        db.execute(update(PETITION).values(state="xong", closed_at=later(100)))
    before = figures(board)
    assert "petitions_emptied" not in housekeeping.run(board.database, later(829))
    assert housekeeping.run(board.database, later(831))["petitions_emptied"] == 1
    with board.database.read() as db:
        told = db.scalars(select(ANSWER.c.value).where(ANSWER.c.question == "vuong_mac_nd")).all()
    assert [row.body for row in board.rows(PETITION)] == [""]
    assert set(told) <= {""}
    assert figures(board) == before


def test_a_file_that_was_sent_to_be_worked_on_goes_after_twelve_months(board: Switchboard) -> None:
    sheet = Attachment("uploads/ds.xlsx", "ds.xlsx", "application/x", 3)
    (board.database.files / sheet.path).write_bytes(b"abc")
    with board.database.begin() as db:
        tasks.put(db, "x", board.account(LIEU), NOW, {"a": 1}, sheet)
    gone = housekeeping.run(board.database, later(366))
    assert (gone["files_dropped"], gone["tasks_emptied"]) == (1, 2), (
        "the picture of the receipt is a task as well"
    )
    assert not (board.database.files / sheet.path).exists()


def test_a_second_night_finds_nothing(board: Switchboard) -> None:
    lock(board)
    with board.database.begin() as db:
        db.execute(update(PETITION).values(state="xong", closed_at=NOW))
    assert housekeeping.run(board.database, later(1000))
    assert housekeeping.run(board.database, later(1000)) == {}
    assert housekeeping.run(board.database, later(1001)) == {}


def test_many_rows_go_in_small_steps(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    board = Switchboard(sqlite_database)
    for _ in range(7):
        board.send(KIEN, "xin chào")
    monkeypatch.setattr(retention, "BATCH", 3)
    assert housekeeping.run(board.database, later(366))["messages_emptied"] == 7
    assert not any(row.body for row in board.rows(RECEIPT))


def test_no_path_leads_out_of_the_data_directory(sqlite_database: Database) -> None:
    outside = sqlite_database.files.parent / "outside.txt"
    outside.write_text("stays")
    sqlite_database.files.mkdir(parents=True, exist_ok=True)
    assert attachments.remove(sqlite_database.files, ["../outside.txt", str(outside), "", "."]) == 0
    assert outside.exists()


def test_a_file_of_codes_goes_when_none_of_them_opens_any_more(board: Switchboard) -> None:
    board.says(SUPERIOR, "mời")
    with board.database.begin() as db:
        db.execute(update(CONTACT).where(CONTACT.c.address == KIEN).values(person_id=None))
    board.press(SUPERIOR, board.says(SUPERIOR, "mời"), "Phiếu")
    while run_tasks(board.database, NOW):
        pass
    made = board.database.files / "invitations"
    (file,) = made.iterdir()
    assert "invitations_removed" not in housekeeping.run(board.database, later(13.9))
    assert file.exists()
    assert housekeeping.run(board.database, later(14.1))["invitations_removed"] == 1
    assert list(made.iterdir()) == []
    assert housekeeping.run(board.database, later(14.2)) == {}
