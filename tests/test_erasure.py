"""Erasure: the person is gone from the rows, the unit's records are as they were, whatever database holds them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import String, cast, select, update
from sqlmodel import SQLModel

from bot import inbound
from handlers import digest_files, privacy_texts
from storage import data_requests, erasure, invitations, pause, personal_data
from storage.answers import ANSWER, FIGURE
from storage.attachments import remove
from storage.audit import JOB
from storage.contacts import CONTACT, CONVERSATION, OUTGOING, PERSON, RECEIPT
from storage.database import Database
from storage.initiatives import PETITION
from storage.messages import Attachment, Incoming
from storage.personal_data import CONSENT, HELP_MESSAGE
from storage.remote_files import ATTACHMENT
from storage.submissions import SUBMISSION, VERSION
from storage.units import ASSIGNMENT
from tests.switchboard import ADMIN, KIEN, LIEU, NOW, SUPERIOR, Switchboard

PHOTO = Attachment("uploads/anh.jpg", "anh-cua-lieu.jpg", "image/jpeg", 3, "photo")
VOICE = Attachment("uploads/loi.ogg", "loi.ogg", "audio/ogg", 3, "voice")
PHONE = "0912345678"
REPORT = (
    "báo cáo", "6", "như cũ", "2", "3", "Công nhân chưa được trả tiền làm thêm giờ.", "tốt",
    "Hội thi tay nghề của công đoàn cơ sở",
)  # fmt: skip


@pytest.fixture
def board(database: Database) -> Switchboard:
    """Liễu has reported with a picture and a voice note, and has left an idea half-way."""
    board = Switchboard(database)
    board.phone(LIEU, PHONE)
    (database.files / "uploads").mkdir(parents=True, exist_ok=True)
    for file in (PHOTO, VOICE):
        (database.files / file.path).write_bytes(b"abc")
    for words in REPORT:
        board.send(LIEU, words)
    board.send(LIEU, attachments=(PHOTO,))
    board.send(LIEU, attachments=(VOICE,))
    board.send(LIEU, "xong")
    assert "Đã nhận báo cáo" in board.says(LIEU, "gửi").text
    board.says(LIEU, "sáng kiến", "Gá kẹp nhanh máy may")
    return board


def erase(board: Switchboard, address: str = LIEU) -> int:
    person = board.person(address)
    with board.database.begin() as db:
        pseudonym = privacy_texts.PSEUDONYM.format(id=person)
        paths = erasure.erase(db, JOB, person, pseudonym, board.now)
    remove(board.database.files, paths)
    return person


def records(board: Switchboard) -> list[Any]:
    """What is the unit's: states and codes of reports, values, figures, petitions, pictures, who handed in when."""
    reports = select(
        SUBMISSION.c.id, SUBMISSION.c.state, SUBMISSION.c.code, SUBMISSION.c.version, SUBMISSION.c.late
    ).where(SUBMISSION.c.period_id.is_not(None))
    values = select(
        ANSWER.c.submission_id, ANSWER.c.version, ANSWER.c.question, ANSWER.c.value, ANSWER.c.number
    ).where(ANSWER.c.submission_id.in_(select(reports.subquery().c.id)))
    pictures = select(ATTACHMENT.c.path, ATTACHMENT.c.question).where(ATTACHMENT.c.media_type == "image/jpeg")
    statements = [reports, values, select(FIGURE), select(PETITION), select(VERSION), pictures]
    with board.database.read() as db:
        return [sorted(map(repr, db.execute(one).all())) for one in statements]


def digest(board: Switchboard) -> Any:
    return json.loads(digest_files.render(board.database, "2026-09", "json", at=board.now))


def everything(board: Switchboard) -> str:
    """Every value of every row."""
    with board.database.read() as db:
        return "\n".join(
            str(tuple(row)) for table in SQLModel.metadata.sorted_tables for row in db.execute(select(table))
        )


def test_the_units_records_and_the_digest_are_as_before(board: Switchboard) -> None:
    before, told = records(board), digest(board)
    assert any("vuong_mac_nd" in row for row in before[1])
    erase(board)
    assert records(board) == before
    assert digest(board) == told


def test_nothing_in_the_rows_says_who_it_was(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "sửa", "1", "Dương Ngọc Liễu Anh")
    board.press(ADMIN, board.told(ADMIN)[-1], "Sửa ngay")
    board.says(LIEU, "dữ liệu", "sửa", "2", "0987654321")
    board.press(ADMIN, board.told(ADMIN)[-1], "Từ chối")
    board.says(ADMIN, "Số máy của Dương Ngọc Liễu đang đúng")
    with board.database.begin() as db:  # what the administrator typed lies there for twelve months, too
        db.execute(update(RECEIPT).values(body={}))
    board.says(ADMIN, "nhật ký")
    person = board.person(LIEU)
    erase(board)
    with board.database.begin() as db:  # what others were told of her lies in their chats for twelve months
        db.execute(update(OUTGOING).values(body={}))
    rows = everything(board)
    assert "Ngọc Liễu" not in rows
    assert "12345678" not in rows
    assert LIEU not in rows
    assert "làm thêm giờ" in rows, "what the unit has reported stays"
    with board.database.read() as db:
        row = personal_data.person(db, person)
    assert (row.name, row.phone) == (f"Cán bộ đã xóa dữ liệu (số {person})", "")
    assert row.erased_at == board.now


def test_who_began_the_pause_that_lasts_is_not_named_any_more(board: Switchboard) -> None:
    board.says(ADMIN, "tạm dừng: bão số 3", "có")
    name = board.account(ADMIN).name
    person = erase(board, ADMIN)
    with board.database.read() as db:
        held = pause.current(db)
    assert held
    assert (held.by, held.reason) == (f"Cán bộ đã xóa dữ liệu (số {person})", "")
    with board.database.begin() as db:
        db.execute(update(OUTGOING).values(body={}))
    rows = everything(board)
    assert name not in rows
    assert "bão số 3" not in rows, "the words are the person's, in the audit too"


def test_receipts_keep_their_keys_and_lose_their_words(board: Switchboard) -> None:
    own = board.account(LIEU).id
    before = [(row.channel, row.message_id) for row in board.rows(RECEIPT) if row.contact_id == own]
    erase(board)
    mine = [row for row in board.rows(RECEIPT) if row.contact_id == own]
    assert [(row.channel, row.message_id) for row in mine] == before
    assert {str(row.body) for row in mine} == {"{}"}
    again = Incoming("web", LIEU, "m1", board.now, "báo cáo")
    assert not inbound.receive(board.database, again), "a repetition still changes nothing"


def test_the_chat_is_gone_and_nothing_waits_for_it(board: Switchboard) -> None:
    own = board.account(LIEU).id
    erase(board)
    assert own not in [row.contact_id for row in board.rows(CONVERSATION)]
    mine = [row for row in board.rows(OUTGOING) if row.contact_id == own]
    assert {row.state for row in mine} <= {"sent", "withdrawn"}
    assert {str(row.body) for row in mine} == {"{}"}
    with board.database.read() as db:
        typed = select(ANSWER.c.raw).where(ANSWER.c.contact_id == own, ANSWER.c.raw != "")
        assert db.execute(typed).all() == []


def test_the_picture_stays_with_the_report_and_the_voice_note_goes(board: Switchboard) -> None:
    erase(board)
    assert (board.database.files / PHOTO.path).exists()
    assert not (board.database.files / VOICE.path).exists()
    assert [row.path for row in board.rows(ATTACHMENT)] == [PHOTO.path]


def test_a_paper_of_the_persons_own_that_was_never_handed_in_goes(board: Switchboard) -> None:
    erase(board)
    assert [row.form_code for row in board.rows(SUBMISSION)] == ["bc_thang"]


def test_the_account_that_writes_afterwards_is_a_strangers(board: Switchboard) -> None:
    person = erase(board)
    assert "mã mời" in board.says(LIEU, "báo cáo").text
    assert board.account(LIEU).person_id is None
    assert "chưa thấy mã" in board.says(LIEU, "mã ABCD-EFGH").text
    assert board.send(LIEU, event="own_phone", text=PHONE)[-1].text.startswith("Số điện thoại này chưa đủ")
    posts = [row for row in board.rows(ASSIGNMENT) if row.person_id == person]
    assert posts
    assert all(row.valid_to < NOW.date() for row in posts)


def test_a_code_that_was_given_out_does_not_open_any_more(board: Switchboard) -> None:
    code = board.invite(LIEU)
    erase(board)
    with board.database.read() as db:
        assert invitations.fate(db, code, board.now) == "expired"


def test_the_others_go_on_with_the_units_draft(board: Switchboard) -> None:
    board.says(LIEU, "HUY", "đúng", "sửa 2", "650")
    erase(board)
    assert "Đoàn viên: 650 người" in board.says(KIEN, "TIEPTUC").text


def test_the_superior_is_told_without_a_name(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "5", "xóa dữ liệu")
    board.press(ADMIN, board.told(ADMIN)[-1], "Thực hiện xóa")
    board.says(ADMIN, "có")
    from scheduler import data_requests as job

    with board.database.begin() as db:
        db.execute(update(OUTGOING).where(OUTGOING.c.state == "queued").values(state="sent"))
    assert job.run(board.database, board.now + timedelta(minutes=30)) == {"erased": 1}
    told = board.heard(SUPERIOR)[-1]
    assert "CĐCS Công ty TNHH May Thêu Sao Khuê đã thôi phụ trách" in told
    assert "Liễu" not in told
    assert board.rows(CONSENT) == []
    with board.database.read() as db:
        assert data_requests.pending(db) == []
        names = db.scalars(select(PERSON.c.name).where(PERSON.c.erased_at.is_not(None))).all()
        addresses = db.scalars(
            select(cast(CONTACT.c.address, String)).where(CONTACT.c.address.like("erased:%"))
        )
        assert len(names) == len(addresses.all()) == 1


def test_other_requests_of_the_person_end_with_it(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "2", "1", "Dương Ngọc Liên")
    erase(board)
    assert "Không có yêu cầu" in board.says(ADMIN, "yêu cầu dữ liệu").text
    assert [(row.state, row.body) for row in board.rows(data_requests.REQUEST)] == [("done", "")]


def test_an_erasure_done_twice_changes_nothing_more(board: Switchboard) -> None:
    person = board.person(LIEU)
    for _ in range(2):
        with board.database.begin() as db:
            erasure.erase(db, JOB, person, "x", board.now)
    assert [row.name for row in board.rows(PERSON)].count("x") == 1


# ── an account that passed on ───────────────────────────────────────────────────────────────────────


FIRST, NEXT = "Con tôi ốm, nộp muộn được không?", "Tôi mới nhận máy này"


@pytest.fixture
def passed_on(board: Switchboard) -> int:
    """A telephone goes from Liễu to Kiên: a superior takes it off the roster, Kiên joins by a code on it."""

    def says(*words: str) -> None:
        for each in words:
            board.now += timedelta(minutes=1)
            board.send("may-1", each, channel="telegram")

    says("Tôi là Ngọc Liễu", board.invite(LIEU), "đồng ý", "hỗ trợ", FIRST, "sáng kiến", "Khay chia chỉ")
    account = board.account("may-1", "telegram").id
    board.now += timedelta(hours=1)
    board.send(SUPERIOR, choice=f"do:not_this_person:{account}.{board.person(LIEU)}", label="x")
    says("chào, máy này giờ tôi dùng", board.invite(KIEN), "đồng ý", "hỗ trợ", NEXT)
    board.now += timedelta(minutes=1)
    return account


def words_of(board: Switchboard, account: int) -> str:
    """All that is kept of what was written on an account."""
    typed = [row.body for row in board.rows(RECEIPT) if row.contact_id == account]
    asked = [*board.rows(erasure.HELP_REQUEST), *board.rows(HELP_MESSAGE)]
    return str(typed + [row.body for row in asked if row.contact_id == account])


def test_whose_account_is_anothers_now_takes_the_own_words_along(board: Switchboard, passed_on: int) -> None:
    before = board.account("may-1", "telegram")
    erase(board, LIEU)
    kept = words_of(board, passed_on)
    assert FIRST not in kept
    assert "Khay chia chỉ" not in everything(board), "a paper that was never handed in"
    assert "Tôi là Ngọc Liễu" not in kept, "what was said just before joining"
    assert kept.count(NEXT) == 2
    assert "máy này giờ tôi dùng" in kept
    assert board.account("may-1", "telegram") == before, "the account goes on with its holder"


def test_the_holder_of_an_account_takes_no_words_of_the_one_before(
    board: Switchboard, passed_on: int
) -> None:
    erase(board, KIEN)
    kept = words_of(board, passed_on)
    assert kept.count(FIRST) == 2
    assert "Tôi là Ngọc Liễu" in kept
    assert NEXT not in kept
    assert "máy này giờ tôi dùng" not in kept
    assert [row.address for row in board.rows(CONTACT) if row.id == passed_on] == [f"erased:{passed_on}"]
    assert "Khay chia chỉ" in everything(board)


def test_an_account_that_was_entered_passes_on_as_well(board: Switchboard) -> None:
    old = board.person(LIEU)
    account = board.account(LIEU).id
    board.now += timedelta(minutes=1)
    board.send(SUPERIOR, choice=f"do:not_this_person:{account}.{old}", label="x")
    board.now += timedelta(minutes=1)
    board.says(LIEU, board.invite(KIEN), "đồng ý", "dữ liệu")
    with board.database.begin() as db:
        erasure.erase(db, JOB, board.person(KIEN), "x", board.now)
    assert "tiền làm thêm giờ" in words_of(board, account)


def test_an_account_that_nobody_took_over_is_erased_with_its_last_holder(
    board: Switchboard, passed_on: int
) -> None:
    person = board.person(KIEN)
    board.send(SUPERIOR, choice=f"do:not_this_person:{passed_on}.{person}", label="x")
    board.now += timedelta(minutes=1)
    erase(board, KIEN)
    assert [row.address for row in board.rows(CONTACT) if row.id == passed_on] == [f"erased:{passed_on}"]
    assert NEXT not in words_of(board, passed_on)
    assert words_of(board, passed_on).count(FIRST) == 2
