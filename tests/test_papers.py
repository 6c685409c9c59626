"""Drafts, corrections and ideas side by side: nobody's paper becomes another's, and nobody is stuck with one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text, update

from bot import inbound
from storage import outbox, reminders, units
from storage.answers import FIGURE
from storage.calendar import TZ
from storage.contacts import CONTACT
from storage.conversations import CONVERSATION
from storage.database import Database
from storage.initiatives import INITIATIVE, PETITION
from storage.messages import Incoming, Reply
from tests.player import demo_start

NOW = datetime(2026, 9, 10, 8, 30, tzinfo=TZ)
LAN, HAI = "nb-hlu-01-1", "nb-hlu-01-2"
IDEA = ["Gá kẹp nhanh cho máy may", "Nguyễn Thị Lan – 100%", "1", "Trước đây kẹp vải bằng tay, mất thời gian.", "xong",
        "Dùng gá kẹp lò xo cho cả chồng vải.", "xong", "gửi"]  # fmt: skip


@pytest.fixture
def filled(database: Database) -> Database:
    demo_start(database, NOW, months=0)
    return database


class Chat:
    """One person's conversation, message by message."""

    def __init__(self, database: Database, address: str) -> None:
        self.database, self.address, self.number = database, address, 0

    def say(self, words: str = "", *, choice: str = "", at: datetime = NOW) -> str:
        """Send, and return the last thing that the bot said to this person."""
        self.number += 1
        message_id = f"{self.address}-{self.number}"
        inbound.receive(self.database, Incoming("web", self.address, message_id, at, words, choice))
        mine = outbox.OUTGOING.join(CONTACT, CONTACT.c.id == outbox.OUTGOING.c.contact_id)
        last = select(outbox.OUTGOING.c.body).select_from(mine).where(CONTACT.c.address == self.address)
        with self.database.read() as db:
            newest = last.order_by(outbox.OUTGOING.c.id.desc()).limit(1)
            return Reply.from_json(db.execute(newest).scalar_one()).text

    def says(self, *lines: str) -> str:
        """Several messages; the answer to the last."""
        return [self.say(line) for line in lines][-1]


def count(database: Database, statement: object) -> int:
    with database.read() as db:
        return int(db.execute(statement).scalar_one())  # type: ignore[call-overload]


def test_an_idea_never_takes_the_number_of_a_report_that_was_thrown_away(filled: Database) -> None:
    lan, hai = Chat(filled, LAN), Chat(filled, HAI)
    lan.say("báo cáo")
    hai.says("báo cáo", "TIEPTUC", "HUY", "HUY")
    assert "Câu 1/5" in lan.say(choice="do:idea")
    assert "SK-2026-000001" in lan.says(*IDEA)
    assert count(filled, select(func.count()).select_from(INITIATIVE)) == 1


def test_an_obstacle_that_is_corrected_away_is_no_open_petition(filled: Database) -> None:
    lan = Chat(filled, LAN)
    told = "Công nhân ca đêm chưa có chỗ nghỉ giữa ca."
    lan.says("báo cáo", "6", "như cũ", "0", "0", told, "khá", "bỏ qua", "gửi")
    open_ones = select(func.count()).select_from(PETITION).where(PETITION.c.closed_at.is_(None))
    assert count(filled, open_ones) == 1
    lan.says("SUA 1", "không phát sinh", "có", "gửi")
    assert count(filled, open_ones) == 0
    lan.says("SUA 1", "6", told, "gửi")
    assert count(filled, open_ones) == 1


def test_a_correction_after_the_lock_changes_no_figure(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.says("báo cáo", "8", "như cũ", "0", "0", "khá", "bỏ qua", "gửi", "SUA 2", "650")
    after = NOW.replace(day=26)
    assert "đã khóa" in lan.say("gửi", at=after)
    members = select(FIGURE.c.number).where(FIGURE.c.question == "so_doan_vien")
    assert count(filled, members) == 642


def test_who_moves_to_another_unit_is_not_stuck_with_the_old_ones_paper(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.says("SANGKIEN", "Gá kẹp nhanh cho máy may")
    with filled.begin() as db:
        person = db.scalar(select(CONTACT.c.person_id).where(CONTACT.c.address == LAN))
        other = db.scalar(select(units.UNIT.c.id).where(units.UNIT.c.code == "NB-HLU-02"))
        db.execute(
            update(units.ASSIGNMENT).where(units.ASSIGNMENT.c.person_id == person).values(unit_id=other)
        )
    assert "Câu 1/5" in lan.say("SANGKIEN")
    assert "SK-2026-000001" in lan.says(*IDEA)


def test_a_button_that_names_a_draft_opens_that_draft(filled: Database) -> None:
    lan, hai = Chat(filled, LAN), Chat(filled, HAI)
    lan.says("báo cáo", "8")
    hai.says("SANGKIEN", "Gá kẹp nhanh cho máy may", "để sau")
    assert "đang nhập báo cáo này" in hai.say("báo cáo")
    with filled.read() as db:
        report = db.execute(text("SELECT id FROM submission WHERE form_code = 'bc_thang'")).scalar_one()
    assert "Câu 2/6" in hai.say(choice=f"do:resume:{report}")
    assert "đang nhập tiếp" in lan.say("như cũ")


def test_nhacsau_in_mid_report_plans_a_reminder_and_keeps_the_draft(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.says("báo cáo", "8")
    assert "Tôi sẽ nhắc" in lan.say("NHACSAU")
    assert count(filled, select(func.count()).select_from(reminders.REMINDER)) == 1
    assert "Câu 3/6" in lan.say("như cũ")
    assert "đã nộp rồi" in lan.says("0", "0", "khá", "bỏ qua", "gửi", "NHACSAU")


def test_a_late_report_for_a_missed_month_is_still_taken(filled: Database) -> None:
    lan = Chat(filled, LAN)
    october = NOW + timedelta(days=25)
    with filled.begin() as db:
        db.execute(text("UPDATE period SET closed_at = closes_at"))
    assert "Báo cáo tháng 9/2026" in lan.say("báo cáo tháng 9", at=october)


def test_words_typed_over_ticked_options_join_them(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.say("báo cáo")
    lan.say(choice="1.0")
    assert "Đã ghi: Tuyên truyền, vận động; Chăm lo, an sinh, ủng hộ quỹ." in lan.say("4")


def test_the_exclusive_option_takes_the_place_of_what_is_ticked(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.say("báo cáo")
    lan.say(choice="1.0")
    assert "Câu 1/" in lan.say(choice="2.7")
    assert "Đã ghi: Không phát sinh." in lan.say("xong")


def test_a_slip_said_after_the_echo_goes_back_to_that_question(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.says("báo cáo", "4", "như cũ", "0", "0")
    assert "Câu 6/9. Tổng giá trị" in lan.say("45")
    assert "Số đoàn viên, người lao động, hộ nghèo" in lan.say("nhầm rồi")


def test_thanks_after_the_receipt_get_a_short_reply_and_a_question_the_code(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.says("báo cáo", "8", "như cũ", "0", "0", "khá", "bỏ qua", "gửi")
    assert "cảm ơn" in lan.say("cam on em")
    assert "BC-202609-00001" in lan.say("nop duoc chua em?")


def test_a_conversation_that_an_older_program_left_goes_on(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.say("báo cáo")
    with filled.begin() as db:
        held = db.execute(select(CONVERSATION)).mappings().one()
        frames = [frame | {"edits": False} for frame in held["state"]["frames"]]
        db.execute(update(CONVERSATION).values(state=held["state"] | {"frames": frames}))
    assert "Câu 2/6" in lan.say("8")


def test_typed_words_and_ticked_buttons_end_in_the_same_answer(filled: Database) -> None:
    lan = Chat(filled, LAN)
    lan.say("báo cáo")
    for turn, option in ((1, 0), (2, 3)):
        lan.say(choice=f"{turn}.{option}")
    assert "Đã ghi: Tuyên truyền, vận động; Chăm lo, an sinh, ủng hộ quỹ." in lan.say("xong")
