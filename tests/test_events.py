"""What happens in a chat without words, and files that are not pictures."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, update

from bot import inbound
from handlers import unreachable
from scheduler import reminders as reminders_job
from storage import attachments, contacts
from storage.attachments import ATTACHMENT
from storage.calendar import TZ
from storage.contacts import CONTACT
from storage.database import Database
from storage.messages import Attachment, Incoming
from storage.outbox import OUTGOING
from tests.switchboard import NOW, OFFICE, TEACHER, Switchboard

VOICE = Attachment("", "voice.oga", "audio/ogg", 20_000, "voice", "file-id-1")
PHOTO = Attachment("", "photo.jpg", "image/jpeg", 90_000, "photo", "file-id-2")
LARGE = Attachment("", "scan.pdf", "application/pdf", (20 << 20) + 1, "file", "file-id-3")


@pytest.fixture
def chat(database: Database) -> Switchboard:
    """The sample organisation."""
    return Switchboard(database)


# ── voice notes, large files, what cannot be read ───────────────────────────────────────────────────


def test_a_voice_note_is_kept_with_the_open_question_which_stays_open(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo", "8")
    (reply,) = chat.send(TEACHER, attachments=(VOICE,))
    assert reply.text.startswith("Tôi đã lưu tin thoại nhưng chưa nghe được nội dung.")
    assert "Câu 2/4" in reply.text
    (kept,) = chat.rows(ATTACHMENT)
    assert (kept.question, kept.path, kept.channel, kept.remote, kept.fetch_at) == (
        "so_doan_vien", "", "web", "file-id-1", NOW)  # fmt: skip
    assert "Đã ghi: 70 người" in chat.says(TEACHER, "70").text


def test_a_voice_note_does_not_take_a_pictures_place(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo", "8", "70", "1")
    chat.send(TEACHER, attachments=(VOICE,))
    said = [chat.send(TEACHER, attachments=(PHOTO,))[-1].text for _ in range(4)]
    assert [text[:16] for text in said] == [f"Đã nhận ảnh {n}/3." for n in (1, 2, 3)] + ["Câu này nhận tối"]
    assert len(chat.rows(ATTACHMENT)) == 4
    assert "kèm 3 ảnh" in chat.says(TEACHER, "Hội thao vui", "xong").text


def test_a_voice_note_without_a_type_is_known_by_its_kind(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo", "8")
    chat.send(TEACHER, attachments=(Attachment("", "v", "", 10, "voice", "x"),))
    assert [row.media_type for row in chat.rows(ATTACHMENT)] == [attachments.VOICE]


@pytest.mark.parametrize("words", [["chào"], ["báo cáo", "8", "70", "1", "bỏ qua"]], ids=["idle", "summary"])
def test_a_voice_note_that_no_question_waits_for_is_not_kept(chat: Switchboard, words: list[str]) -> None:
    chat.says(TEACHER, *words)
    (reply,) = chat.send(TEACHER, attachments=(VOICE,))
    assert "Tôi chưa nghe được tin thoại" in reply.text
    assert chat.rows(ATTACHMENT) == []


@pytest.mark.parametrize("words", [["chào"], ["8"], ["8", "70", "1"], ["8", "70", "1", "bỏ qua"]])
def test_a_file_that_is_too_large_is_refused_before_it_is_kept(chat: Switchboard, words: list[str]) -> None:
    chat.says(TEACHER, "báo cáo", *words)
    (reply,) = chat.send(TEACHER, attachments=(LARGE,))
    assert "quá 20 MB" in reply.text
    assert chat.rows(ATTACHMENT) == []


def test_a_file_that_is_here_already_is_not_fetched(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo", "8", "70", "1")
    chat.send(TEACHER, attachments=(Attachment("uploads/a.jpg", "a.jpg", "image/jpeg", 10, "photo"),))
    (kept,) = chat.rows(ATTACHMENT)
    assert (kept.path, kept.remote, kept.fetch_at) == ("uploads/a.jpg", "", None)


def test_what_cannot_be_read_gets_one_sentence_and_the_question_stays(chat: Switchboard) -> None:
    asked = chat.says(TEACHER, "báo cáo")
    (reply,) = chat.send(TEACHER, event="unreadable")
    assert reply.text.startswith("Tôi chưa đọc được loại tin nhắn này.")
    assert asked.text.partition("Câu 1/4")[2] == reply.text.partition("Câu 1/4")[2]
    assert "Câu 2/4" in chat.press(TEACHER, reply, "Không phát sinh").text


def test_a_stranger_who_sends_what_cannot_be_read_hears_how_to_join(chat: Switchboard) -> None:
    (reply,) = chat.send("nobody", event="unreadable")
    assert "mã mời" in reply.text


# ── blocked and let in again ────────────────────────────────────────────────────────────────────────


def test_nothing_is_sent_to_who_shut_the_bot_out_and_the_superior_hears_of_it_once(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo")
    for _ in range(2):
        assert chat.send(TEACHER, event="blocked") == []
    assert chat.told(TEACHER, "queued") == []
    assert len(chat.told(TEACHER, "withdrawn")) == 1
    (told,) = chat.told("nb-gdu-1")
    assert "Không gửi được tin cho đồng chí Lương Kim Hiền (CĐCS Trường THPT Trạc Vĩ)" in told.text
    assert chat.told(OFFICE) == []


def test_a_refused_send_and_a_block_tell_of_the_same_stop_once(chat: Switchboard) -> None:
    contact = chat.account(TEACHER).id
    with chat.database.begin() as db:
        for minutes in (0, 5):
            contacts.stop(db, contact, NOW + timedelta(minutes=minutes))
            unreachable.tell(db, contact, NOW + timedelta(minutes=minutes))
    chat.now += timedelta(days=1)
    chat.send(TEACHER, event="blocked")
    assert len(chat.told("nb-gdu-1")) == 1
    assert chat.account(TEACHER).stopped_at == NOW


def test_a_later_stop_is_told_of_anew(chat: Switchboard) -> None:
    chat.send(TEACHER, event="blocked")
    chat.now += timedelta(days=1)
    chat.send(TEACHER, event="unblocked")
    chat.send(TEACHER, event="blocked")
    assert len(chat.told("nb-gdu-1")) == 2


def test_nobody_hears_of_an_account_that_is_nobodys_or_has_another_beside_it(chat: Switchboard) -> None:
    chat.says("nobody", "chào")
    chat.send("nobody", event="blocked")
    with chat.database.begin() as db:
        contacts.add(db, "zalo", "hien", NOW, person_id=chat.account(TEACHER).person_id)
    chat.send(TEACHER, event="blocked")
    assert [row.key for row in chat.rows(OUTGOING) if row.key.startswith("unreachable")] == []


def test_an_officer_of_the_superior_who_is_out_of_reach_is_not_told(chat: Switchboard) -> None:
    for address in ("nb-gdu-1", "nb-gdu-2"):
        chat.send(address, event="blocked")
    before = len(chat.told(OFFICE))
    chat.send(TEACHER, event="blocked")
    assert chat.told("nb-gdu-1") == chat.told("nb-gdu-2") == []
    assert len(chat.told(OFFICE)) == before + 1


@pytest.mark.parametrize("how", [{"event": "unblocked"}, {"words": "/start"}, {"choice": "do:start"}])
def test_whatever_comes_from_a_stopped_account_lets_messages_out_again(
    chat: Switchboard, how: dict[str, str]
) -> None:
    chat.send(TEACHER, event="blocked")
    with chat.database.begin() as db:
        db.execute(update(CONTACT).values(not_before=NOW + timedelta(days=2)))
    said = chat.send(TEACHER, **how)
    assert bool(said) == ("event" not in how)
    with chat.database.read() as db:
        row = contacts.row_of(db, chat.account(TEACHER).id)
        assert (row.stopped_at, row.not_before) == (None, None)


def test_a_reminder_that_was_taken_back_is_said_to_another_account_of_the_person(chat: Switchboard) -> None:
    with chat.database.begin() as db:
        first = contacts.add(db, "zalo", "hien", NOW, person_id=chat.account(TEACHER).person_id)
    chat.now = datetime(2026, 9, 11, 8, 30, tzinfo=TZ)
    reminders_job.run(chat.database, chat.now)
    waiting = [row for row in chat.rows(OUTGOING) if row.contact_id == first and row.state == "queued"]
    assert len(waiting) == 1
    with chat.database.begin() as db:
        contacts.stop(db, first or 0, chat.now)
    chat.now += timedelta(hours=1)
    reminders_job.run(chat.database, chat.now)
    assert len(chat.told(TEACHER)) == 1


# ── what it costs ───────────────────────────────────────────────────────────────────────────────────


def test_a_turn_takes_no_more_statements_than_its_work(chat: Switchboard) -> None:
    """Sender, receipt, draft, answers, save, conversation, reply: seven, and what the driver says to begin."""
    chat.says(TEACHER, "báo cáo", "8")
    counted: list[str] = []
    listener = (chat.database.engine, "before_cursor_execute", lambda *call: counted.append(call[2]))
    event.listen(*listener)
    chat_turn = Incoming("web", TEACHER, "counted", NOW, "70")
    inbound.receive(chat.database, chat_turn)
    event.remove(*listener)
    own = [statement for statement in counted if not statement.startswith("BEGIN")]
    assert len(own) == 7, own
