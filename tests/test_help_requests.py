"""HOTRO: the question reaches a person and the answer comes back; nobody sees another's, and nothing is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from handlers import tasks
from scheduler import follow_ups
from storage import audit, contacts, erasure, pause, remote_files, retention, units
from storage.answers import ANSWER
from storage.database import Database
from storage.help_requests import MESSAGE, REQUEST
from storage.messages import MAX_TEXT, Attachment
from storage.outbox import OUTGOING
from storage.tasks import TASK
from tests.organisation import at
from tests.switchboard import ADMIN, KIEN, LIEU, OFFICE, OTHER_SUPERIOR, SUPERIOR, TEACHER, Switchboard

SECOND = "nb-hlu-2"
QUESTION = "Đoàn viên nghỉ thai sản có tính không?"
NOTHING = {
    "hỗ trợ", "hỗ trợ 5 hộ nghèo", "Cần hỗ trợ", "hỗ trợ công nhân về quê", "trả lời sau", "trả lời", "câu hỏi",
    "hotrò chơi", "HOTRO", "hỗ trợ:", "trả lời 3 kiến nghị 12: a", "cau hoi hai", "12", "", "trả lời 1234567890: a",
}  # fmt: skip


@pytest.fixture
def chat(database: Database) -> Switchboard:
    return Switchboard(database)


@pytest.fixture
def desk(sqlite_database: Database) -> Switchboard:
    return Switchboard(sqlite_database)


def ask(chat: Switchboard, words: str = QUESTION, who: str = LIEU) -> int:
    chat.says(who, f"hỗ trợ: {words}")
    return int(chat.rows(REQUEST)[-1].id)


def state(chat: Switchboard) -> str:
    return str(chat.rows(REQUEST)[-1].state)


def newest(chat: Switchboard, address: str) -> str:
    return chat.heard(address)[-1]


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_question_reaches_all_officers_of_the_superior_and_nobody_else(chat: Switchboard) -> None:
    chat.says(LIEU, "HOTRO", QUESTION)
    for officer in (SUPERIOR, SECOND):
        assert QUESTION in newest(chat, officer)
    assert chat.heard(OFFICE) == chat.heard(OTHER_SUPERIOR) == chat.heard(TEACHER) == []
    row = chat.rows(REQUEST)[0]
    assert (row.state, row.body, row.unit_id != row.at_unit_id) == ("open", QUESTION, True)


def test_the_open_question_of_the_report_stands_as_it_was(chat: Switchboard) -> None:
    open_question = chat.says(LIEU, "báo cáo", "không phát sinh")
    before = chat.state(LIEU).frames
    shown = chat.says(LIEU, "HOTRO", QUESTION)
    assert chat.state(LIEU).frames == before
    assert open_question.text.partition("\n\n")[2] in shown.text
    chat.press(SUPERIOR, chat.told(SUPERIOR)[-1], "Trả lời")
    chat.says(SUPERIOR, "Có tính.")
    assert "“Có tính.”" in newest(chat, LIEU)
    assert "Câu 3/" in chat.press(LIEU, shown, "Như tháng trước").text
    assert {row.question for row in chat.rows(ANSWER)} == {"hoat_dong_thang", "so_doan_vien"}


def test_what_was_read_back_is_still_to_be_confirmed(desk: Switchboard) -> None:
    desk.says(LIEU, "báo cáo", "không phát sinh", "khoảng 600", "HOTRO", QUESTION)
    assert desk.state(LIEU).frames[-1].waits == "confirm"
    assert "Câu 3/" in desk.says(LIEU, "đúng").text


def test_an_answer_to_the_form_is_no_question_to_a_person(desk: Switchboard) -> None:
    desk.says(LIEU, "báo cáo", "không phát sinh", "HOTRO")
    assert "Câu 3/" in desk.says(LIEU, "như cũ").text
    assert desk.rows(REQUEST) == []


def test_a_button_leads_out_of_asking(desk: Switchboard) -> None:
    shown = desk.says(LIEU, "báo cáo", "không phát sinh")
    desk.says(LIEU, "HOTRO")
    assert "Câu 3/" in desk.press(LIEU, shown, "Như tháng trước").text
    assert desk.rows(REQUEST) == []
    assert desk.state(LIEU).errand is None


def test_the_next_day_a_message_is_not_taken_for_the_question(desk: Switchboard) -> None:
    desk.says(LIEU, "HOTRO")
    desk.now += timedelta(hours=13)
    desk.says(LIEU, "chào buổi sáng")
    assert desk.rows(REQUEST) == []


def test_the_context_says_where_the_officer_stood_and_never_quotes_a_text(desk: Switchboard) -> None:
    desk.phone(LIEU, "0912345678")
    desk.says(LIEU, "báo cáo", "không phát sinh", "vài chục", "HOTRO", QUESTION)
    told = newest(desk, SUPERIOR)
    for part in ("tháng 9/2026", "“Số đoàn viên", "vừa gõ “vài chục”", "0912 345 678", "Dương Ngọc Liễu"):
        assert part in told
    desk.says(KIEN, "HOTRO", "Còn tôi?")
    assert "vừa gõ" not in newest(desk, SUPERIOR)


def test_a_long_question_is_refused_and_the_longest_fits_into_one_message(desk: Switchboard) -> None:
    desk.phone(LIEU, "0912345678")
    desk.says(LIEU, "báo cáo", "không phát sinh", "vài chục " * 8, "HOTRO")
    assert "dài quá" in desk.says(LIEU, "a" * 1001).text
    desk.says(LIEU, "😀" * 500)
    desk.says(LIEU, "HOTRO", "a" * 1000)
    assert len(desk.rows(REQUEST)) == 1
    said = [reply.text for one in (SUPERIOR, LIEU) for reply in desk.told(one)]
    assert max(len(text.encode("utf-16-le")) // 2 for text in said) <= MAX_TEXT


# ── pictures and documents ──────────────────────────────────────────────────────────────────────────


def photo(desk: Switchboard, name: str = "anh.jpg", remote: str = "") -> Attachment:
    """One that lies here, or that the platform still has."""
    path = "" if remote else f"uploads/{name}"
    (desk.database.files / "uploads").mkdir(parents=True, exist_ok=True)
    (desk.database.files / "uploads" / name).write_bytes(b"abc")
    return Attachment(path, name, "image/jpeg", 3, "photo", remote)


def work(desk: Switchboard) -> None:
    while tasks.run_next(desk.database, desk.now):
        pass


def files(desk: Switchboard, address: str) -> list[str]:
    """Paths of what an account was given."""
    return [file.path for reply in desk.told(address) for file in reply.attachments]


def test_a_picture_goes_to_whoever_is_asked_and_one_of_the_answer_back(chat: Switchboard) -> None:
    chat.says(LIEU, "HOTRO")
    shown = chat.send(LIEU, QUESTION, attachments=(photo(chat),))[-1]
    assert "1 ảnh, tệp gửi kèm" in shown.text
    work(chat)
    for officer in (SUPERIOR, SECOND):
        assert files(chat, officer) == ["uploads/anh.jpg"]
        assert newest(chat, officer).startswith("Gửi kèm câu hỏi số 1 của đồng chí Dương Ngọc Liễu")
    assert files(chat, OFFICE) == files(chat, OTHER_SUPERIOR) == files(chat, KIEN) == []
    number = int(chat.rows(REQUEST)[-1].id)
    chat.send(SUPERIOR, f"trả lời {number}: Xem mẫu này", attachments=(photo(chat, "mau.jpg"),))
    work(chat)
    assert files(chat, LIEU) == ["uploads/mau.jpg"]
    assert files(chat, SECOND) == ["uploads/anh.jpg"]


def test_a_picture_before_its_words_waits_for_them(desk: Switchboard) -> None:
    desk.says(LIEU, "báo cáo", "không phát sinh", "HOTRO")
    assert "Tôi đã nhận ảnh" in desk.send(LIEU, attachments=(photo(desk),))[-1].text
    desk.send(LIEU, attachments=(photo(desk, "hai.jpg"),))
    assert desk.rows(REQUEST) == []
    desk.says(LIEU, "640 hay 650 ạ?")
    work(desk)
    assert files(desk, SUPERIOR) == ["uploads/anh.jpg", "uploads/hai.jpg"]


def test_what_was_sent_before_another_errand_goes_nowhere(desk: Switchboard) -> None:
    number = ask(desk)
    desk.says(SUPERIOR, "HOTRO")
    desk.send(SUPERIOR, attachments=(photo(desk),))
    desk.says(SUPERIOR, f"trả lời {number}: Có tính.")
    work(desk)
    assert files(desk, LIEU) == []


def test_a_file_is_passed_on_when_the_platform_has_handed_it_out(desk: Switchboard) -> None:
    desk.says(LIEU, "HOTRO")
    desk.send(LIEU, QUESTION, attachments=(photo(desk, remote="AgAD"),))
    work(desk)
    assert QUESTION in newest(desk, SUPERIOR)
    assert files(desk, SUPERIOR) == []
    with desk.database.begin() as db:
        (wanted,) = remote_files.wanted(db, desk.now, 9, ("web",))
        remote_files.arrived(db, wanted.id, "received/2026-09/1.jpg", 3)
    work(desk)
    assert files(desk, SUPERIOR) == ["received/2026-09/1.jpg"]


def test_a_file_that_never_came_is_asked_for_again(desk: Switchboard) -> None:
    desk.says(LIEU, "HOTRO")
    desk.send(LIEU, QUESTION, attachments=(photo(desk, remote="AgAD"),))
    with desk.database.begin() as db:
        (wanted,) = remote_files.wanted(db, desk.now, 9, ("web",))
        remote_files.give_up(db, wanted.id)
    work(desk)
    assert "không nhận được “anh.jpg”" in newest(desk, LIEU)
    assert files(desk, SUPERIOR) == []


def test_whoever_is_asked_later_gets_the_picture_too_and_nobody_twice(desk: Switchboard) -> None:
    desk.says(LIEU, "HOTRO")
    desk.send(LIEU, QUESTION, attachments=(photo(desk),))
    work(desk)
    assert follow_up(desk, "2026-09-11 16:00") == {"again": 1}
    assert follow_up(desk, "2026-09-14 16:00") == {"passed": 1}
    assert files(desk, OFFICE) == files(desk, SUPERIOR) == ["uploads/anh.jpg"]


@pytest.mark.parametrize(
    "file",
    [
        Attachment("", "noi.ogg", "audio/ogg", 10, "voice", "remote"),
        Attachment("uploads/a.exe", "a.exe", "application/x-msdownload", 10),
        Attachment("uploads/a.pdf", "a.pdf", "application/pdf", 21 << 20),
    ],
)
def test_voice_programs_and_what_is_too_large_stay_and_that_is_said(
    desk: Switchboard, file: Attachment
) -> None:
    desk.says(LIEU, "HOTRO")
    assert "câu hỏi bằng chữ" in desk.send(LIEU, attachments=(file,))[-1].text
    assert "không chuyển được" in desk.send(LIEU, QUESTION, attachments=(file,))[-1].text
    assert QUESTION in newest(desk, SUPERIOR)
    assert desk.rows(TASK) == []


def test_the_picture_goes_with_the_person_and_after_its_time(desk: Switchboard) -> None:
    desk.says(LIEU, "HOTRO")
    desk.send(LIEU, QUESTION, attachments=(photo(desk),))
    work(desk)
    with desk.database.begin() as db:
        paths = erasure.erase(db, audit.JOB, desk.person(LIEU), "Cán bộ", desk.now)
    assert "uploads/anh.jpg" in paths
    desk.says(KIEN, "HOTRO")
    desk.send(KIEN, QUESTION, attachments=(photo(desk, "kien.jpg"),))
    work(desk)
    retention.keep_to(desk.database, desk.now + timedelta(days=366))
    assert not (desk.database.files / "uploads" / "kien.jpg").exists()


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("hỗ trợ: khóa khi nào?", "khóa khi nào?"),
        ("Em cần hỗ trợ về cách ghi số tiền", "cách ghi số tiền"),
        ("HOTRO: khóa khi nào?\nNgày mấy?", "khóa khi nào?\nNgày mấy?"),
        ("HOTRO tôi không thấy nút gửi", "tôi không thấy nút gửi"),
        ("/hotro@congdoan_bot tôi không thấy nút gửi", "tôi không thấy nút gửi"),
        ("ho tro: khoa khi nao", "khoa khi nao"),
        ("hỗ trợ: " + "dài " * 100, ("dài " * 100).strip()),
    ],
)
def test_the_words_may_hold_the_question_already(desk: Switchboard, typed: str, body: str) -> None:
    desk.says(LIEU, typed)
    assert [row.body for row in desk.rows(REQUEST)] == [body]


@pytest.mark.parametrize("typed", sorted(NOTHING))
@pytest.mark.parametrize("who", [LIEU, SUPERIOR])
def test_other_words_ask_and_answer_nothing(desk: Switchboard, who: str, typed: str) -> None:
    ask(desk, who=KIEN)
    desk.send(who, typed)
    assert [row.state for row in desk.rows(REQUEST)] == ["open"]
    assert desk.rows(MESSAGE) == []


def test_in_a_text_such_words_are_the_answer(desk: Switchboard) -> None:
    desk.says(TEACHER, "báo cáo", "không phát sinh", "như cũ", "1")
    for words in (
        "Hỗ trợ: 3 hộ nghèo",
        "Cần hỗ trợ về nhà ở cho công nhân",
        "trả lời 1: kiến nghị của công nhân",
    ):
        assert "Đã ghi câu này" in desk.says(TEACHER, words).text
    assert desk.rows(REQUEST) == []
    said = desk.says(TEACHER, "HOTRO: khóa khi nào?").text
    assert len(desk.rows(REQUEST)) == 1
    assert "3 hộ nghèo Cần hỗ trợ về nhà ở cho công nhân trả lời 1: kiến nghị" in said, (
        "nothing written is lost"
    )


# ── answering ───────────────────────────────────────────────────────────────────────────────────────


def test_the_answer_goes_back_once_and_the_others_hear_of_it(chat: Switchboard) -> None:
    number = ask(chat)
    chat.says(SUPERIOR, f"trả lời {number}: Có tính.")
    assert "Vũ Thanh Kiên (Chủ tịch, CĐ phường Hoa Lư) trả lời" in newest(chat, LIEU)
    assert "Vũ Thanh Kiên đã trả lời" in newest(chat, SECOND)
    assert chat.heard(KIEN) == []
    assert state(chat) == "answered"
    before = len(chat.heard(SUPERIOR))
    chat.says(SECOND, f"TRALOI {number}: Đúng vậy.")
    assert "“Đúng vậy.”" in newest(chat, LIEU)
    assert len(chat.heard(SUPERIOR)) == before


def test_who_answers_second_is_told_of_the_first(desk: Switchboard) -> None:
    number = ask(desk)
    desk.says(SUPERIOR, f"trả lời {number}: Có tính.")
    assert "Vũ Thanh Kiên trả lời:\n“Có tính.”" in desk.says(SECOND, f"trả lời {number}").text


def test_an_answer_whose_author_was_erased_is_not_quoted(desk: Switchboard) -> None:
    number = ask(desk)
    question = desk.told(SECOND)[-1]
    desk.says(SUPERIOR, f"trả lời {number}: Có tính.")
    with desk.database.begin() as db:
        erasure.erase(db, audit.JOB, desk.person(SUPERIOR), "Cán bộ đã xóa", desk.now)
    assert desk.press(SECOND, question, "Trả lời").text.startswith("Đồng chí gõ nội dung trả lời")


def test_a_further_question_goes_on_with_the_same_request(chat: Switchboard) -> None:
    number = ask(chat)
    chat.says(SUPERIOR, f"trả lời {number}: Có tính.")
    chat.press(LIEU, chat.told(LIEU)[-1], "Hỏi thêm")
    chat.says(LIEU, "Cả nam?")
    assert "hỏi thêm" in newest(chat, SUPERIOR)
    assert (len(chat.rows(REQUEST)), state(chat)) == (1, "open")
    chat.says(SECOND, f"trả lời {number}: Cả nam.")
    chat.press(LIEU, chat.told(LIEU)[-1], "Đã rõ")
    assert state(chat) == "closed"
    assert "đã xong" in chat.says(SUPERIOR, f"trả lời {number}: Thế nhé").text
    assert ask(chat, "Việc khác") == number + 1


def test_the_answer_goes_to_another_account_when_the_first_cannot_be_reached(desk: Switchboard) -> None:
    number = ask(desk)
    with desk.database.begin() as db:
        contacts.add(db, "web", "lieu-2", desk.now, person_id=desk.account(LIEU).person_id)
    desk.send(LIEU, event="blocked")
    desk.says(SUPERIOR, f"trả lời {number}: Có tính.")
    assert "Có tính" in newest(desk, "lieu-2")
    desk.send("lieu-2", event="blocked")
    assert "chưa gửi được" in desk.says(SUPERIOR, f"trả lời {number}: Nữa").text


def test_the_answer_never_goes_to_somebody_else_on_the_same_account(desk: Switchboard) -> None:
    number = ask(desk)
    with desk.database.begin() as db:
        other = {"person_id": desk.person(TEACHER)}
        db.execute(update(contacts.CONTACT).where(contacts.CONTACT.c.address == LIEU).values(other))
    before = len(desk.heard(LIEU))
    assert "chưa gửi được" in desk.says(SUPERIOR, f"trả lời {number}: Có tính.").text
    assert len(desk.heard(LIEU)) == before
    assert "không có câu hỏi nào" in desk.says(LIEU, "đã rõ").text


@pytest.mark.parametrize("who", [OTHER_SUPERIOR, KIEN, TEACHER, ADMIN, LIEU])
def test_anothers_number_answers_like_one_that_is_not_there(chat: Switchboard, who: str) -> None:
    number = ask(chat)
    for template in ("do:answer_help:{}", "do:send_answer:{}", "do:help_more:{}", "do:help_clear:{}"):
        if who == LIEU and "answer" not in template:
            continue
        there = chat.send(who, choice=template.format(number))[-1].text
        chat.says(who, "hủy")
        absent = chat.send(who, choice=template.format(number + 1))[-1].text
        chat.says(who, "hủy")
        assert there.replace(f"số {number}", "số n") == absent.replace(f"số {number + 1}", "số n")
    chat.says(who, f"trả lời {number}: Tôi trả lời thay.")
    assert not any("Tôi trả lời thay" in text for text in chat.heard(LIEU))
    assert state(chat) == "open"


@pytest.mark.parametrize("argument", ["", "x", "0", "-1", "9" * 30, "1;2", "１"])
def test_a_button_may_hold_anything(desk: Switchboard, argument: str) -> None:
    for name in ("answer_help", "send_answer", "help_more", "help_clear", "questions"):
        assert "Xin lỗi" not in desk.send(SUPERIOR, choice=f"do:{name}:{argument}")[-1].text


@pytest.mark.parametrize("words", ["Bỏ qua câu này nhé", "Sửa câu 5 thành 40", "gửi luôn đi", "để sau"])
def test_advice_that_sounds_like_a_command_is_the_answer(desk: Switchboard, words: str) -> None:
    ask(desk)
    desk.press(SUPERIOR, desk.told(SUPERIOR)[-1], "Trả lời")
    desk.says(SUPERIOR, words)
    assert f"“{words}”" in newest(desk, LIEU)


def test_a_command_of_the_superiors_own_interview_is_no_answer(desk: Switchboard) -> None:
    ask(desk)
    question = desk.told(SUPERIOR)[-1]
    desk.says(SUPERIOR, "nhập hộ NB-HLU-02", "1")
    desk.press(SUPERIOR, question, "Trả lời")
    desk.says(SUPERIOR, "để sau")
    assert state(desk) == "open"


def test_an_answer_with_a_number_goes_to_that_question_whichever_waits(desk: Switchboard) -> None:
    first = ask(desk, "Câu một?")
    second = ask(desk, "Câu hai?", KIEN)
    desk.press(SUPERIOR, desk.told(SUPERIOR)[0], "Trả lời")
    desk.says(SUPERIOR, f"trả lời {second}: dành cho Kiên")
    assert "“dành cho Kiên”" in newest(desk, KIEN)
    assert "dành cho Kiên" not in newest(desk, LIEU)
    desk.press(SUPERIOR, desk.told(SUPERIOR)[0], "Trả lời")
    assert "Câu một?" in desk.says(SUPERIOR, "CAUHOI 2").text
    assert [row.state for row in desk.rows(REQUEST) if row.id == first] == ["open"]


def test_a_number_of_no_question_is_the_forms_and_part_of_the_answer(desk: Switchboard) -> None:
    ask(desk)
    desk.press(SUPERIOR, desk.told(SUPERIOR)[-1], "Trả lời")
    desk.says(SUPERIOR, "Trả lời câu 9: ghi 0")
    assert "“Trả lời câu 9: ghi 0”" in newest(desk, LIEU)


def test_the_answer_to_a_question_that_was_closed_meanwhile_is_not_lost_in_silence(desk: Switchboard) -> None:
    ask(desk)
    desk.press(SUPERIOR, desk.told(SUPERIOR)[-1], "Trả lời")
    desk.says(LIEU, "đã rõ")
    assert "đã xong nên tôi không gửi" in desk.says(SUPERIOR, "Có tính.").text


@pytest.mark.parametrize("gone", ["erased", "old"])
def test_the_button_of_a_question_whose_words_are_gone_answers_politely(chat: Switchboard, gone: str) -> None:
    number = ask(chat)
    question = chat.told(SUPERIOR)[-1]
    if gone == "erased":
        with chat.database.begin() as db:
            erasure.erase(db, audit.JOB, chat.person(LIEU), "Cán bộ đã xóa", chat.now)
    else:
        chat.says(LIEU, "đã rõ")
        chat.now += timedelta(days=400)
        retention.keep_to(chat.database, chat.now)
    assert f"Không có câu hỏi số {number}" in chat.press(SUPERIOR, question, "Trả lời").text


def test_the_right_to_answer_ends_with_the_post(desk: Switchboard) -> None:
    number = ask(desk)
    desk.send(SUPERIOR, choice=f"do:answer_help:{number}")
    with desk.database.begin() as db:
        mine = units.ASSIGNMENT.c.person_id == desk.person(SUPERIOR)
        db.execute(update(units.ASSIGNMENT).where(mine).values(valid_to=desk.now.date() - timedelta(days=1)))
    desk.says(SUPERIOR, "Có tính.")
    desk.says(SUPERIOR, f"trả lời {number}: Có tính.")
    assert state(desk) == "open"
    assert not any("Có tính" in text for text in desk.heard(LIEU))


def test_the_department_sees_every_question_and_a_superior_its_own(desk: Switchboard) -> None:
    ask(desk)
    ask(desk, "Câu của ngành giáo dục", TEACHER)
    assert "Có 2 câu hỏi" in desk.says(OFFICE, "câu hỏi").text
    assert "Có 1 câu hỏi" in desk.says(SUPERIOR, "câu hỏi").text
    assert "không có câu hỏi" in desk.says(OTHER_SUPERIOR, "câu hỏi").text


# ── nobody answers ──────────────────────────────────────────────────────────────────────────────────


def follow_up(chat: Switchboard, moment: str) -> dict[str, int]:
    chat.now = at(moment)
    return follow_ups.run(chat.database, chat.now)


def test_after_one_working_day_the_superior_hears_again_and_after_two_the_department(
    chat: Switchboard,
) -> None:
    chat.now = at("2026-09-10 16:20")
    ask(chat)
    for quiet in ("2026-09-10 16:30", "2026-09-11 15:30", "2026-09-11 12:00", "2026-09-12 10:00"):
        assert follow_up(chat, quiet) == {}
    assert follow_up(chat, "2026-09-11 16:00") == {"again": 1}
    assert "đã 1 ngày làm việc" in newest(chat, SUPERIOR)
    assert [follow_up(chat, again) for again in ("2026-09-11 16:00", "2026-09-14 15:30")] == [{}, {}]
    assert chat.heard(OFFICE) == []
    assert follow_up(chat, "2026-09-14 16:00") == {"passed": 1}
    assert "Công đoàn phường Hoa Lư chưa trả lời" in newest(chat, OFFICE)
    assert "Ban CSPL&QHLĐ" in newest(chat, LIEU)
    assert [follow_up(chat, f"2026-09-{day} 10:00") for day in (15, 16, 17)] == [{}, {}, {}]


def test_after_an_outage_of_days_it_is_passed_on_at_once_and_said_once(desk: Switchboard) -> None:
    ask(desk)
    assert follow_up(desk, "2026-09-21 08:00") == {"passed": 1}
    assert follow_up(desk, "2026-09-21 08:30") == {}


def test_a_further_question_begins_to_wait_anew(desk: Switchboard) -> None:
    number = ask(desk)
    assert follow_up(desk, "2026-09-11 09:00") == {"again": 1}
    desk.says(SUPERIOR, f"trả lời {number}: Có tính.")
    desk.now = at("2026-09-14 09:00")
    assert follow_up(desk, "2026-09-14 09:00") == {}
    desk.says(LIEU, "HOTRO", "Cả nam?")
    assert follow_up(desk, "2026-09-14 16:00") == {}
    assert follow_up(desk, "2026-09-15 09:00") == {"again": 1}
    assert "“Cả nam?”" in newest(desk, SUPERIOR)


def test_what_the_department_is_asked_first_is_not_passed_on(desk: Switchboard) -> None:
    for officer in (SUPERIOR, SECOND):
        desk.send(officer, event="blocked")
    desk.send(SUPERIOR, event="blocked")
    ask(desk)
    assert QUESTION in newest(desk, OFFICE)
    assert follow_up(desk, "2026-09-11 09:00") == {"again": 1}
    assert follow_up(desk, "2026-09-17 09:00") == {}


def test_a_question_that_nobody_could_hear_reaches_the_first_who_can(desk: Switchboard) -> None:
    desk.phone(SUPERIOR, "0903111222")
    everybody = (SUPERIOR, SECOND, OFFICE)
    for officer in everybody:
        desk.send(officer, event="blocked")
    assert "0903 111 222" in desk.says(LIEU, f"hỗ trợ: {QUESTION}").text
    assert follow_up(desk, "2026-09-11 09:00") == {}
    desk.send(SECOND, event="unblocked")
    assert follow_up(desk, "2026-09-11 09:30") == {"reached": 1}
    assert QUESTION in newest(desk, SECOND)
    assert "vừa được chuyển tới" in newest(desk, LIEU)
    assert "Có 1 câu hỏi" in desk.says(SECOND, "câu hỏi").text


@pytest.mark.parametrize("left", ["2026-09-10 10:00", "2026-09-11 12:00"])
def test_a_question_to_a_unit_that_has_lost_its_officers_moves_and_the_asker_hears_it(
    chat: Switchboard, left: str
) -> None:
    """Before the unit was asked a second time, and after."""
    ask(chat)
    chat.now = at(left)
    follow_up(chat, left)
    with chat.database.begin() as db:
        for officer in (SUPERIOR, SECOND):
            contacts.stop(db, chat.account(officer).id, chat.now)
    assert follow_up(chat, "2026-09-11 14:00") == {"moved": 1}
    assert QUESTION in newest(chat, OFFICE)
    assert "không còn cán bộ nào dùng Trợ lý nên tôi đã chuyển câu hỏi tới" in newest(chat, LIEU)
    assert follow_up(chat, "2026-09-11 14:15") == follow_up(chat, "2026-09-15 14:00") == {}
    chat.says(OFFICE, "trả lời 1: Có tính.")
    assert "Có tính." in newest(chat, LIEU)


def test_a_pause_stops_the_clock_of_a_question_and_floods_nobody_afterwards(desk: Switchboard) -> None:
    ask(desk)
    with desk.database.begin() as db:
        pause.begin(db, at("2026-09-10 16:00"), "Lan", "")
    assert follow_up(desk, "2026-09-14 09:00") == {}
    with desk.database.begin() as db:
        pause.end(db, at("2026-09-21 08:00"))
    assert follow_up(desk, "2026-09-21 09:00") == {}
    assert follow_up(desk, "2026-09-22 09:00") == {"again": 1}
    assert follow_up(desk, "2026-09-23 09:00") == {"passed": 1}


def test_what_is_asked_after_a_pause_waits_as_ever(desk: Switchboard) -> None:
    with desk.database.begin() as db:
        pause.begin(db, at("2026-09-01 08:00"), "Lan", "")
        pause.end(db, at("2026-09-09 08:00"))
    ask(desk)
    assert follow_up(desk, "2026-09-11 09:00") == {"again": 1}


def test_a_question_is_put_in_a_pause_and_answered(desk: Switchboard) -> None:
    with desk.database.begin() as db:
        pause.begin(db, desk.now, "Lan", "")
    number = ask(desk)
    assert QUESTION in newest(desk, SUPERIOR)
    desk.says(SUPERIOR, f"trả lời {number}: Có tính.")
    assert "Có tính." in newest(desk, LIEU)


def test_an_answered_request_closes_after_ten_days(chat: Switchboard) -> None:
    number = ask(chat)
    chat.says(SUPERIOR, f"trả lời {number}: Có tính.")
    assert follow_up(chat, "2026-09-20 08:00") == {}
    assert follow_up(chat, "2026-09-20 08:30") == {"closed": 1}
    assert state(chat) == "closed"


def test_each_follow_up_is_said_once_however_often_the_job_runs(desk: Switchboard) -> None:
    ask(desk)
    for day in range(11, 30):
        for hour in ("08:00", "08:30", "15:00", "20:00"):
            follow_up(desk, f"2026-09-{day} {hour}")
    keys = [row.key for row in desk.rows(OUTGOING) if row.key.startswith("help:")]
    assert len(keys) == len(set(keys))
    assert sum("passed" in key for key in keys) == 2
    assert sum("again" in key for key in keys) == 2
