"""A message that is edited in the chat changes the answer that it gave, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import inbound
from storage import answers, contacts, conversations, forms, submissions, units
from storage.answers import ANSWER
from storage.calendar import TZ
from storage.contacts import CONTACT
from storage.database import Database
from storage.inbox import RECEIPT
from storage.messages import Attachment, Incoming
from tests.player import PEOPLE, Player, demo_start

NOW = datetime(2026, 9, 10, 8, 30, tzinfo=TZ)


@pytest.fixture
def chat(database: Database) -> Player:
    demo_start(database, NOW, months=0)
    return Player(database, NOW)


def say(chat: Player, *lines: str) -> str:
    """Play lines; what the bot said to the last one, empty if nothing."""
    played = [chat.play(line).partition("\n")[2] for line in lines]
    return played[-1]


def report(chat: Player, *words: str) -> str:
    return say(chat, "thay: báo cáo", *(f"thay: {each}" for each in words))


def held(chat: Player, question: str, who: str = "thay") -> Any:
    """The newest row of an answer."""
    with chat.database.read() as db:
        mine = ANSWER.join(CONTACT, CONTACT.c.id == ANSWER.c.contact_id)
        rows = select(ANSWER).select_from(mine).where(ANSWER.c.question == question)
        newest = rows.where(CONTACT.c.address == PEOPLE[who]).order_by(ANSWER.c.version.desc())
        return db.execute(newest).first()


def value(chat: Player, question: str) -> str:
    return str(held(chat, question).value)


def state(chat: Player, who: str = "thay") -> conversations.State:
    with chat.database.read() as db:
        sender = contacts.find(db, "web", PEOPLE[who])
    return conversations.load(sender.state if sender else None)


def given(chat: Player) -> dict[str, str]:
    """All answers of the first paper's version being written."""
    with chat.database.read() as db:
        draft = submissions.get(db, db.scalar(select(submissions.SUBMISSION.c.id)) or 0)
        return answers.given(db, draft.id, draft.writing)


# ── the answer changes ──────────────────────────────────────────────────────────────────────────────


def test_the_answer_changes_and_the_open_question_keeps_its_buttons(chat: Player) -> None:
    report(chat, "8", "70")
    before = state(chat)
    assert "câu 2 (Đoàn viên) từ 70 người thành 71 người" in say(chat, "thay ~1: 71")
    assert state(chat) == before
    row = held(chat, "so_doan_vien")
    assert (row.value, row.number, row.raw) == ("71", 71, "71")
    assert "Câu 4/4" in say(chat, "thay: [1 Tốt]")


def test_an_answer_remembers_the_message_that_gave_it(chat: Player) -> None:
    report(chat, "8", "70")
    say(chat, "thay ~1: 71")
    with chat.database.read() as db:
        own = RECEIPT.c.id == held(chat, "so_doan_vien").receipt_id
        body = db.execute(select(RECEIPT.c.body).where(own)).scalar_one()
    assert body["text"] == "71"
    assert body["edited"] is True


def test_a_message_may_be_edited_again_and_again(chat: Player) -> None:
    report(chat, "8", "70")
    assert "thành 71" in say(chat, "thay ~1: 71")
    assert "vẫn ghi 71 người" in say(chat, "thay ~1: rất nhiều")
    assert "từ 71 người thành 73 người" in say(chat, "thay ~1: 73")


@pytest.mark.parametrize(
    ("typed", "wrong", "right", "question"),
    [
        ("72", "70", "72", "so_doan_vien"),
        ("20", "2", "20 cuộc", "tt_so_cuoc"),
        ("500", "50", "năm trăm", "tt_luot_nguoi"),
        ("15", "51", "15 người", "cl_so_nguoi"),
        ("7tr5", "75tr", "7tr5", "cl_so_tien"),
        ("khá", "tốt", "2", "tu_danh_gia"),
    ],
)
def test_a_slip_that_is_edited_leaves_what_typing_right_would_have(
    chat: Player, typed: str, wrong: str, right: str, question: str
) -> None:
    talk = ["1 4", "72", "20", "500", "15", "7tr5", "0", "khá"]
    slipped = [wrong if words == typed else words for words in talk]
    report(chat, *slipped)
    slip = given(chat)
    say(chat, f"thay ~{len(talk) - talk.index(typed)}: {right}")
    edited = given(chat)
    assert {name for name in edited if edited[name] != slip[name]} == {question}
    say(chat, "thay: hủy", "thay: đúng")
    report(chat, *talk)
    assert given(chat) == edited


def test_a_candidate_that_waits_for_a_yes_is_taken_as_edited(chat: Player) -> None:
    report(chat, "8", "khoảng 70")
    assert "Đã ghi: 71 người" in say(chat, "thay ~1: 71")


def test_a_confirmed_answer_belongs_to_the_message_that_named_it(chat: Player) -> None:
    report(chat, "8", "khoảng 70", "đúng")
    assert say(chat, "thay ~1: đúng rồi") == ""
    assert "từ 70 người thành 71 người" in say(chat, "thay ~2: 71")


def test_a_line_told_with_its_new_value_is_edited_as_such(chat: Player) -> None:
    report(chat, "8", "70", "sửa 2 thành 75")
    assert "từ 75 người thành 76 người" in say(chat, "thay ~1: sửa 2 thành 76")
    assert "vẫn ghi 76 người" in say(chat, "thay ~1: sửa 3 thành 76")


def test_a_skipped_question_is_answered_by_editing_the_skip(chat: Player) -> None:
    report(chat, "8", "70", "1", "bỏ qua")
    said = say(chat, "thay ~1: Hội thao vui")
    assert "(Nội dung nổi bật) từ không có thành “Hội thao vui”" in said
    assert "4) Nội dung nổi bật: Hội thao vui" in said


# ── where it leads ──────────────────────────────────────────────────────────────────────────────────


def test_an_open_question_that_does_not_apply_any_more_gives_way(chat: Player) -> None:
    report(chat, "4", "70", "15")
    said = say(chat, "thay ~1: 0")
    assert "từ 15 lượt thành 0 lượt." in said
    assert "Quỹ" in said


def test_an_earlier_question_that_applies_now_is_asked_first(chat: Player) -> None:
    report(chat, "4", "70", "15")
    said = say(chat, "thay ~3: 1 4")
    assert "Số cuộc tuyên truyền" in said
    assert "Giá trị" not in said
    said = say(chat, "thay: 2", "thay: 60")
    assert "Tổng giá trị" in said, "the question that gave way comes in its turn"


def test_an_open_question_that_is_put_differently_is_asked_anew(chat: Player) -> None:
    """In this form the hint of the question about people names the number of meetings."""
    hint, naming = "Ước tính cũng được", 'Trong <output value=" /data/tt_so_cuoc "/> cuộc'
    with chat.database.begin() as db:
        xml = forms.xml_of(db, forms.newest(db, "bc_thang") or 0)
        forms.publish(db, "bc_thang", "", xml.replace(f"<hint>{hint}", f"<hint>{naming}"), NOW)
    assert "Trong 2 cuộc" in report(chat, "1", "70", "2")
    said = say(chat, "thay ~1: 3")
    assert "từ 2 cuộc thành 3 cuộc" in said
    assert "Trong 3 cuộc" in said


def test_at_the_summary_the_page_comes_anew(chat: Player) -> None:
    report(chat, "8", "70", "1", "bỏ qua")
    said = say(chat, "thay ~3: 71")
    assert "Đã sửa câu 2" in said
    assert "2) Đoàn viên: 71 người" in said
    assert "Đã nhận" in say(chat, "thay: [Nộp]")


def test_at_the_summary_an_answer_that_breaks_a_rule_by_now_is_asked_again(chat: Player) -> None:
    report(chat, "1", "70", "2", "60", "1", "bỏ qua")
    said = say(chat, "thay ~4: 100")
    assert "từ 2 cuộc thành 100 cuộc" in said
    assert "không nhỏ hơn số cuộc" in said
    assert "Câu 4/" in said


def test_a_paper_that_was_put_aside_changes_and_stays_aside(chat: Player) -> None:
    report(chat, "8", "70", "để sau")
    said = say(chat, "thay ~2: 71")
    assert "từ 70 người thành 71 người" in said
    assert "Câu" not in said
    assert state(chat).frames == []


def test_a_report_below_an_idea_changes_and_the_idea_stays_open(chat: Player) -> None:
    report(chat, "8", "70", "SANGKIEN")
    assert "từ 70 người thành 71 người" in say(chat, "thay ~2: 71")
    assert "Câu 2/5" in say(chat, "thay: Máy hút bụi gỗ")


# ── the question that is open ───────────────────────────────────────────────────────────────────────


def test_a_failed_attempt_is_edited_into_the_answer(chat: Player) -> None:
    report(chat, "8", "bảy mươi hai ngườii nhéee")
    assert "Đã ghi: 72 người" in say(chat, "thay ~1: 72")


def test_an_attempt_at_an_earlier_question_is_too_late(chat: Player) -> None:
    report(chat, "8", "vài chục", "70")
    assert "gõ SUA và số mục" in say(chat, "thay ~2: 71")
    assert value(chat, "so_doan_vien") == "70"


def test_a_question_that_was_opened_again_takes_the_edit_as_its_answer(chat: Player) -> None:
    report(chat, "8", "70", "sửa 2")
    assert "từ 70 người thành 71 người." in say(chat, "thay ~2: 71")


def test_words_at_the_summary_may_be_edited_into_a_command(chat: Player) -> None:
    report(chat, "8", "70", "1", "bỏ qua", "sưar haii")
    assert "Câu 2/4" in say(chat, "thay ~1: sửa 2")


# ── nothing changes ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", ["nhiều", "khoảng 80", "0", "quay lại", "xong", "12 và 15", "gửi"])
def test_what_cannot_simply_be_taken_changes_nothing_and_says_how(chat: Player, words: str) -> None:
    report(chat, "8", "70")
    before = state(chat)
    said = say(chat, f"thay ~1: {words}")
    assert "mục 2 (Đoàn viên) vẫn ghi 70 người. Đồng chí gõ SUA 2 để sửa." in said
    assert (value(chat, "so_doan_vien"), state(chat)) == ("70", before)


@pytest.mark.parametrize(
    "line", ["thay ~1: 70", "thay ~1:  70 ", "thay ~3: làm báo cáo", "thay ~1: 70 người"]
)
def test_what_means_the_same_or_answered_nothing_is_not_spoken_of(chat: Player, line: str) -> None:
    report(chat, "8", "70")
    before = given(chat)
    assert say(chat, line) == ""
    assert given(chat) == before


def test_a_message_that_the_bot_does_not_know_is_left_alone(chat: Player) -> None:
    report(chat, "8", "70")
    old = Incoming("web", PEOPLE["thay"], "e1", NOW, "71", edited=True, reference="from before")
    assert inbound.receive(chat.database, old)
    assert value(chat, "so_doan_vien") == "70"
    assert say(chat, "thay: 1").count("bot →") == 1


def test_another_accounts_message_of_the_same_number_is_another_message(chat: Player) -> None:
    report(chat, "8", "70")
    stolen = replace(chat.said[-1], address=PEOPLE["lan"], message_id="e1", text="71", edited=True)
    inbound.receive(chat.database, stolen)
    assert value(chat, "so_doan_vien") == "70"


def test_the_edit_delivered_again_changes_nothing(chat: Player) -> None:
    report(chat, "8", "70")
    say(chat, "thay ~1: 71")
    assert say(chat, "~ again") == ""


def test_who_has_no_post_any_more_changes_nothing(chat: Player) -> None:
    report(chat, "8", "70")
    with chat.database.begin() as db:
        person = select(CONTACT.c.person_id).where(CONTACT.c.address == PEOPLE["thay"]).scalar_subquery()
        ended = units.ASSIGNMENT.c.person_id == person
        db.execute(update(units.ASSIGNMENT).where(ended).values(valid_to=date(2026, 9, 10)))
    chat.now += timedelta(days=1)
    say(chat, "thay ~1: 71")
    assert value(chat, "so_doan_vien") == "70"


def test_while_a_colleague_writes_nothing_changes(chat: Player) -> None:
    say(chat, "lan: báo cáo", "lan: 8", "lan: 640", "hai: báo cáo", "hai: [Làm tiếp]")
    assert "đang nhập tiếp báo cáo này" in say(chat, "lan ~1: 641")
    assert held(chat, "so_doan_vien", "lan").value == "640"


def test_a_question_that_is_not_asked_any_more_keeps_its_answer(chat: Player) -> None:
    report(chat, "4", "70", "15", "sửa 1 thành 8", "có")
    assert "gõ SUA và số mục" in say(chat, "thay ~3: 16")
    assert value(chat, "cl_so_nguoi") == "15"


# ── texts ───────────────────────────────────────────────────────────────────────────────────────────

FIRST, SECOND = "Xưởng mộc nhiều bụi quá.", "Học sinh đeo khẩu trang cả buổi."


def idea(chat: Player, *words: str) -> str:
    begun = ["SANGKIEN", "Máy hút bụi gỗ", "Lương Kim Hiền – 100%", "1"]
    return say(chat, *(f"thay: {each}" for each in (*begun, *words)))


def test_a_piece_of_a_text_that_is_being_written_is_replaced_in_its_place(chat: Player) -> None:
    idea(chat, FIRST, SECOND)
    assert "(Vấn đề) từ “Xưởng mộc nhiều bụi quá.” thành “Xưởng mộc rất bụi.”" in say(
        chat, "thay ~2: Xưởng mộc rất bụi."
    )
    say(chat, "thay: xong")
    assert value(chat, "sk_van_de") == f"Xưởng mộc rất bụi.\n{SECOND}"


def test_a_text_of_one_message_is_replaced_after_it_was_closed(chat: Player) -> None:
    idea(chat, FIRST, "xong")
    say(chat, "thay ~2: Xưởng mộc bụi, ồn và nóng.")
    assert value(chat, "sk_van_de") == "Xưởng mộc bụi, ồn và nóng."


def test_a_text_of_several_messages_is_not_replaced_by_one_of_them(chat: Player) -> None:
    idea(chat, FIRST, SECOND, "xong")
    for back in (2, 3):
        assert "gõ SUA và số mục" in say(chat, f"thay ~{back}: Xưởng mộc bụi, ồn và nóng.")
    assert value(chat, "sk_van_de") == f"{FIRST}\n{SECOND}"


def test_a_text_that_becomes_too_short_stays(chat: Player) -> None:
    idea(chat, FIRST, "xong")
    assert "vẫn ghi “Xưởng mộc nhiều bụi quá.”" in say(chat, "thay ~2: Bụi.")
    assert "thành “Xưởng mộc bụi, ồn và nóng.”" in say(chat, "thay ~2: Xưởng mộc bụi, ồn và nóng.")


def test_a_piece_that_becomes_no_text_stays(chat: Player) -> None:
    idea(chat, FIRST)
    for words in ("xong", "nhầm", "bụi"):
        say(chat, f"thay ~1: {words}")
    assert value(chat, "sk_van_de") == FIRST


def test_a_caption_changes_and_its_picture_is_kept_once(chat: Player) -> None:
    report(chat, "8", "70", "1", "(hoi_thao.jpg) Hội thao vui")
    picture = replace(chat.said[-1], message_id="e1", text="Hội thao rất vui", edited=True)
    inbound.receive(chat.database, picture)
    said = say(chat, "thay: xong")
    assert "Nội dung nổi bật: Hội thao rất vui, kèm 1 ảnh" in said


def test_a_caption_that_comes_later_answers_a_question_that_wants_no_picture(chat: Player) -> None:
    report(chat, "8", "(so_lieu.jpg)")
    sent = Attachment("uploads/so_lieu.jpg", "so_lieu.jpg", "image/jpeg", 1000, "photo")
    edit = replace(chat.said[-1], message_id="e1", text="71", edited=True, attachments=(sent,))
    inbound.receive(chat.database, edit)
    assert value(chat, "so_doan_vien") == "71"


# ── what has been submitted ─────────────────────────────────────────────────────────────────────────


def submitted(chat: Player) -> None:
    report(chat, "8", "70", "1", "bỏ qua", "gửi")


def test_what_has_been_submitted_stays_and_sua_is_named(chat: Player) -> None:
    submitted(chat)
    said = say(chat, "thay ~4: 71")
    assert "Báo cáo đã nộp vẫn giữ nguyên: mục 2 (Đoàn viên) ghi 70 người. Đồng chí gõ SUA 2" in said
    assert value(chat, "so_doan_vien") == "70"


def test_a_correction_under_way_changes_and_the_submitted_version_does_not(chat: Player) -> None:
    submitted(chat)
    say(chat, "thay: sửa 3")
    assert "từ 70 người thành 71 người" in say(chat, "thay ~5: 71")
    with chat.database.read() as db:
        rows = db.execute(select(ANSWER.c.version, ANSWER.c.value).where(ANSWER.c.question == "so_doan_vien"))
        assert sorted(map(tuple, rows)) == [(1, "70"), (2, "71")]


def test_after_the_lock_the_department_is_named(chat: Player) -> None:
    submitted(chat)
    chat.now = datetime(2026, 9, 26, 9, 0, tzinfo=TZ)
    assert "đã khóa" in say(chat, "thay ~4: 71")


def test_an_idea_that_was_submitted_stays(chat: Player) -> None:
    idea(chat, FIRST, "xong", "Dùng máy hút bụi cũ nối ống nhựa.", "xong", "gửi")
    assert "Phiếu sáng kiến đã gửi vẫn giữ nguyên" in say(chat, "thay ~5: Xưởng mộc bụi, ồn và nóng.")


def test_a_piece_of_the_last_answer_may_be_edited_at_the_summary(chat: Player) -> None:
    """The pieces are one answer by then; the message is heard without a fault, and the answer stays or changes."""
    report(chat, "8", "70", "khá", "Hội nghị người lao động.", "Trồng 50 cây xanh.", "xong")
    said = say(chat, "thay ~2: Trồng 60 cây xanh.")
    assert "tôi gặp lỗi" not in said
    assert "SUA" in said
