"""DULIEU: a person sees, corrects, exports, withdraws and asks for erasure, with or without a post or a consent."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from handlers import privacy, privacy_export, privacy_seen, privacy_texts, tasks
from scheduler import housekeeping
from storage import data_requests, personal_data
from storage.contacts import CONTACT, OUTGOING, PERSON
from storage.data_requests import REQUEST, Request
from storage.database import Database
from storage.messages import MAX_TEXT
from storage.units import ASSIGNMENT
from tests.switchboard import ADMIN, KIEN, LIEU, NOW, OFFICE, SUPERIOR, TEACHER, Switchboard


@pytest.fixture
def board(sqlite_database: Database) -> Switchboard:
    return Switchboard(sqlite_database)


def requests(board: Switchboard, address: str = LIEU) -> list[Request]:
    with board.database.read() as db:
        return data_requests.of_person(db, board.person(address))


def end_posts(board: Switchboard, address: str) -> None:
    with board.database.begin() as db:
        mine = ASSIGNMENT.c.person_id == board.person(address)
        db.execute(update(ASSIGNMENT).where(mine).values(valid_to=NOW.date() - timedelta(days=1)))


# ── the menu ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["1", "1.", "xem", "Xem", "XEM", "1 xem"])
def test_a_line_of_the_menu_can_be_typed(board: Switchboard, typed: str) -> None:
    board.says(LIEU, "dữ liệu")
    assert "Họ tên: Dương Ngọc Liễu" in board.says(LIEU, typed).text


def test_words_that_are_commands_elsewhere_mean_the_menus_lines_here(board: Switchboard) -> None:
    board.says(LIEU, "DULIEU")
    assert "sửa mục nào" in board.says(LIEU, "sửa").text


def test_a_number_is_the_interviews_again_once_the_menu_was_left(board: Switchboard) -> None:
    board.says(TEACHER, "báo cáo", "không phát sinh", "dữ liệu", "1")
    assert "Đã ghi: 70 người" in board.says(TEACHER, "70").text


def test_the_menu_takes_one_answer_and_no_more(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "1")
    assert "Họ tên" not in board.says(LIEU, "1").text


def test_who_has_no_post_any_more_still_sees_and_erases(board: Switchboard) -> None:
    end_posts(board, LIEU)
    assert "không được giao" in board.says(LIEU, "báo cáo").text
    assert "Chức trách trước đây" in board.says(LIEU, "dữ liệu", "1").text
    assert "Chức trách của" not in board.says(LIEU, "dữ liệu", "5").text
    assert "đã nhận yêu cầu" in board.says(LIEU, "xóa dữ liệu").text


def test_who_has_withdrawn_still_asks_for_erasure_and_does_nothing_else(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "4", "1")
    for words in ("báo cáo", "sửa 2", "SUA 2 thành 5", "hỗ trợ", "25"):
        said = board.says(LIEU, words)
        assert "đồng ý" in said.text
        assert said.choices[0].value == "do:agree"
    board.says(LIEU, "dữ liệu", "5")
    assert "cần đồng chí đồng ý" in board.says(LIEU, "báo cáo").text
    assert "đã nhận yêu cầu" in board.says(LIEU, "dữ liệu", "5", "xóa dữ liệu").text


def test_a_stranger_has_nothing_to_see(board: Switchboard) -> None:
    assert "mã mời" in board.says("la", "dữ liệu").text
    assert "mã mời" in board.send("la", choice="do:privacy:see")[-1].text
    assert board.rows(REQUEST) == []


# ── seeing ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("0912345678", "0912 *** 678"),
        ("+84912345678", "0912 *** 678"),
        ("0229 3 888 888; 0912 345 678", "0229 *** 678"),
        ("", "chưa có"),
        ("12345", "***"),
    ],
)
def test_a_number_is_shown_without_its_middle(held: str, shown: str) -> None:
    assert privacy_seen.masked(held) == shown


def test_a_long_life_is_told_in_messages_that_fit(board: Switchboard) -> None:
    lines = ["x" * 150] * 60
    assert all(len(page) <= MAX_TEXT for page in privacy_seen.paged(lines))
    assert "\n".join(privacy_seen.paged(lines)).split("\n") == lines


# ── correcting ──────────────────────────────────────────────────────────────────────────────────────


def test_a_name_changes_when_an_administrator_presses_once(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "2", "1", "Dương Ngọc Liên")
    assert board.account(LIEU).name == "Dương Ngọc Liễu"
    told = board.told(ADMIN)[-1]
    assert "Dương Ngọc Liên" in told.text
    board.press(ADMIN, told, "Sửa ngay")
    assert board.account(LIEU).name == "Dương Ngọc Liên"
    assert "đã sửa họ tên" in board.heard(LIEU)[-1]
    assert "đã được xử lý rồi" in board.press(ADMIN, told, "Sửa ngay").text
    assert [one.state for one in requests(board)] == ["done"]


def test_a_second_correction_takes_the_place_of_the_first(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "2", "1", "Dương Ngọc Liên", "dữ liệu", "2", "1", "Dương Ngọc Loan")
    assert [one.state for one in requests(board)] == ["taken_back", "open"]
    assert "đang chờ: 1" in board.says(ADMIN, "yêu cầu dữ liệu").text


@pytest.mark.parametrize("typed", ["Liễu", "Liễu 2", "=HYPERLINK(1)", "a" * 61, "0912", ""])
def test_what_is_no_name_is_asked_for_again(board: Switchboard, typed: str) -> None:
    board.says(LIEU, "dữ liệu", "2", "1")
    board.says(LIEU, typed)
    assert board.state(LIEU).errand is not None
    assert requests(board) == []


def test_the_same_as_before_bothers_nobody(board: Switchboard) -> None:
    board.phone(LIEU, "0912.345.678")
    assert "không cần sửa" in board.says(LIEU, "dữ liệu", "2", "2", "+84 912 345 678").text
    assert requests(board) == []


def test_the_form_of_address_is_ones_own_matter(board: Switchboard) -> None:
    assert "anh/chị" in board.says(LIEU, "dữ liệu", "2", "3").text
    assert board.account(LIEU).address_form == "anh_chi"
    assert requests(board) == []


def test_hanging_up_in_the_middle_changes_nothing(board: Switchboard) -> None:
    assert "dừng việc này" in board.says(LIEU, "dữ liệu", "2", "1", "hủy").text
    assert requests(board) == []


# ── exporting ───────────────────────────────────────────────────────────────────────────────────────


def test_an_export_holds_everything_and_goes_to_the_account_that_asked(board: Switchboard) -> None:
    board.phone(LIEU, "0912345678")
    board.says(LIEU, "=1+1")
    board.says(TEACHER, "chuyện riêng của thầy")
    board.says(LIEU, "báo cáo", "không phát sinh", "như cũ", "dữ liệu", "3")
    assert tasks.run_next(board.database, board.now)
    address, _, reply = list(board.queued())[-1]
    assert address == LIEU
    file = reply.attachments[0]
    book = load_workbook(io.BytesIO((board.database.files / file.path).read_bytes()))
    assert book.sheetnames == list(privacy_texts.SHEETS.values())
    cells = [str(cell.value) for sheet in book for row in sheet.rows for cell in row if cell.value]
    for wanted in ("Dương Ngọc Liễu", "0912345678", LIEU, "không phát sinh", "như cũ", "Đoàn viên"):
        assert any(wanted in cell for cell in cells), wanted
    assert not any("thầy" in cell for cell in cells)
    assert "'=1+1" in cells
    assert not any(cell.startswith("=") for cell in cells)
    assert [(one.kind, one.state) for one in requests(board)] == [("export", "done")]


def test_an_export_is_made_once_at_a_time(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "3")
    assert "đang được lập" in board.says(LIEU, "dữ liệu", "3").text
    assert len(requests(board)) == 1
    board.now += timedelta(hours=2)
    assert "đang lập tệp" in board.says(LIEU, "dữ liệu", "3").text, "the first one has failed"


def test_an_account_that_was_taken_off_meanwhile_gets_no_file(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "3")
    with board.database.begin() as db:
        db.execute(update(CONTACT).where(CONTACT.c.address == LIEU).values(person_id=None))
    tasks.run_next(board.database, board.now)
    assert list(board.queued())[-1][2].attachments == ()


def test_the_file_of_an_export_is_removed_after_a_week(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "3")
    tasks.run_next(board.database, board.now)
    path = board.database.files / list(board.queued())[-1][2].attachments[0].path
    assert housekeeping.run(board.database, NOW + timedelta(days=6)) == {}
    assert path.exists()
    assert housekeeping.run(board.database, NOW + timedelta(days=8)) == {"exports_removed": 1}
    assert not path.exists()
    assert housekeeping.run(board.database, NOW + timedelta(days=8)) == {}


# ── withdrawing ─────────────────────────────────────────────────────────────────────────────────────


def test_a_withdrawal_holds_at_once_and_the_superior_hears_it_neutrally(board: Switchboard) -> None:
    with board.database.begin() as db:
        db.execute(update(OUTGOING).values(state="sent"))
    board.says(LIEU, "dữ liệu", "4")
    board.says(LIEU, "rút lại đồng ý")
    assert board.account(LIEU).consented_at is None
    assert "không dùng tài khoản trò chuyện để báo cáo nữa" in board.heard(SUPERIOR)[-1]
    assert [(one.kind, one.state) for one in requests(board)] == [("withdraw", "done")]


def test_who_reports_from_another_account_as_well_is_not_missed(board: Switchboard) -> None:
    code = board.invite(LIEU)
    board.says("may-moi", code, "đồng ý")
    heard = len(board.heard(SUPERIOR))
    board.says(LIEU, "dữ liệu", "4", "1")
    assert len(board.heard(SUPERIOR)) == heard
    assert board.account("may-moi").consented_at is not None


@pytest.mark.parametrize("how", ["menu", "button"])
def test_to_withdraw_is_a_question_that_takes_yes_and_no(board: Switchboard, how: str) -> None:
    def asked() -> None:
        board.says(LIEU, "DULIEU", "4") if how == "menu" else board.send(LIEU, choice="do:disagree")

    board.says(LIEU, "báo cáo")
    asked()
    board.says(LIEU, "không")
    assert board.account(LIEU).consented_at
    asked()
    board.says(LIEU, "có")
    assert board.account(LIEU).consented_at is None


def test_to_take_an_erasure_back_is_such_a_question_too(board: Switchboard) -> None:
    board.says(LIEU, "DULIEU", "5", "XÓA DỮ LIỆU")
    assert "vẫn được giữ" in board.says(LIEU, "DULIEU", "5", "không").text
    assert "đã hủy yêu cầu xóa" in board.says(LIEU, "DULIEU", "5", "có").text


def test_a_withdrawal_is_asked_once_and_can_be_left(board: Switchboard) -> None:
    assert "không có gì thay đổi" in board.says(LIEU, "dữ liệu", "4", "giữ nguyên").text
    assert board.account(LIEU).consented_at is not None


# ── erasing ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["xóa dữ liệu", "XOA DU LIEU", "“XÓA DỮ LIỆU”", "Xóa."])
def test_the_word_confirms_however_it_is_typed(board: Switchboard, typed: str) -> None:
    assert "đã nhận yêu cầu" in board.says(LIEU, "dữ liệu", "5", typed).text
    assert [(one.kind, one.state) for one in requests(board)] == [("erase", "open")]


@pytest.mark.parametrize("typed", ["có", "đồng ý", "1", "ok", "xóa báo cáo", "thôi"])
def test_no_other_word_does(board: Switchboard, typed: str) -> None:
    board.says(LIEU, "dữ liệu", "5", typed)
    assert requests(board) == []


def test_a_request_can_be_taken_back_until_it_is_carried_out(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "5", "xóa dữ liệu")
    assert "đã hủy yêu cầu xóa" in board.says(LIEU, "dữ liệu", "5", "1").text
    assert "không dùng được" in board.send(LIEU, choice="do:privacy:take_back")[-1].text
    board.says(LIEU, "dữ liệu", "5", "xóa dữ liệu")
    board.press(ADMIN, board.told(ADMIN)[-1], "Thực hiện xóa")
    board.says(ADMIN, "có")
    assert "không dừng lại được" in board.send(LIEU, choice="do:privacy:take_back")[-1].text
    assert [one.state for one in requests(board)] == ["taken_back", "approved"]


# ── nobody else's ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", [KIEN, SUPERIOR])
def test_only_administrators_decide(board: Switchboard, address: str) -> None:
    board.says(LIEU, "dữ liệu", "5", "xóa dữ liệu")
    number = requests(board)[0].id
    for act in (f"done.{number}", f"refuse.{number}", f"extend.{number}", str(number), ""):
        board.send(address, choice=f"do:data_requests:{act}")
        board.says(address, "một lý do nào đó")
    assert [(one.state, one.extended) for one in requests(board)] == [("open", False)]


def test_an_administrator_whose_post_has_ended_gives_no_reason_any_more(board: Switchboard) -> None:
    board.says(LIEU, "dữ liệu", "5", "xóa dữ liệu")
    board.press(ADMIN, board.told(ADMIN)[-1], "Từ chối")
    end_posts(board, ADMIN)
    board.says(ADMIN, "không được")
    assert requests(board)[0].state == "open"


@pytest.mark.parametrize("number", ["0", "999", "-1", "1.1", "x", "done.999", "done.", "fly.1", "9" * 30])
def test_a_number_of_nothing_does_nothing(board: Switchboard, number: str) -> None:
    board.says(LIEU, "dữ liệu", "3")
    assert board.send(ADMIN, choice=f"do:data_requests:{number}")
    assert [one.state for one in requests(board)] == ["open"]


def test_a_reason_fits_into_one_message(board: Switchboard) -> None:
    board.says(LIEU, "DULIEU", "5", "XÓA DỮ LIỆU")
    board.press(ADMIN, board.told(ADMIN)[-1], "Từ chối")
    assert "ghi lại giúp" in board.says(ADMIN, "rất dài " * 200).text
    board.says(ADMIN, "dài " * 249)
    assert "dài dài" in board.heard(LIEU)[-1]
    assert all(len(words) <= MAX_TEXT for words in board.heard(LIEU))


def test_the_department_decides_where_there_is_no_administrator(board: Switchboard) -> None:
    end_posts(board, ADMIN)
    board.says(LIEU, "dữ liệu", "5", "xóa dữ liệu")
    assert "yêu cầu xóa dữ liệu" in board.heard(OFFICE)[-1]
    board.press(OFFICE, board.told(OFFICE)[-1], "Thực hiện xóa")
    board.says(OFFICE, "có")
    assert requests(board)[0].state == "approved"


def test_every_part_of_the_menu_answers_politely_to_anybody(board: Switchboard) -> None:
    for part in (*privacy.PARTS, "nonsense", ""):
        assert board.send(OFFICE, choice=f"do:privacy:{part}")[-1].text
    assert len(board.rows(PERSON)) > 0


def test_the_export_of_a_second_holder_has_nothing_of_the_first(board: Switchboard) -> None:
    """A telephone goes from Liễu to Kiên: a superior takes the account off, Kiên joins by a code on it."""
    first, second = board.person(LIEU), board.person(KIEN)

    def says(*words: str) -> None:
        for each in words:
            board.now += timedelta(minutes=1)
            board.send("may-1", each, channel="telegram")

    says(
        board.invite(LIEU),
        "đồng ý",
        "báo cáo",
        "không phát sinh",
        "hỗ trợ",
        "Con tôi ốm, nộp muộn được không?",
    )
    account = board.account("may-1", "telegram").id
    assert board.account("may-1", "telegram").person_id == first
    board.now += timedelta(hours=1)
    assert (
        "không còn"
        in board.send(SUPERIOR, choice=f"do:not_this_person:{account}.{first}", label="x")[-1].text
    )
    says("ai đó thử máy", board.invite(KIEN), "đồng ý", "dữ liệu")
    assert board.account("may-1", "telegram").person_id == second
    with board.database.begin() as db:
        db.execute(update(OUTGOING).values(state="sent", sent_at=OUTGOING.c.created_at))
    with board.database.read() as db:
        of_second = privacy_export.collect(db, second, NOW.date())
        of_first = privacy_export.collect(db, first, NOW.date())
        held = personal_data.held(db, second)
    said = [row[3] for row in of_second["messages"]]
    assert "dữ liệu" in said
    assert not {"báo cáo", "ai đó thử máy"} & set(said)
    assert "Con tôi ốm" not in str(of_second)
    assert of_second["answers"] == []
    assert held.messages == sum(row[2] == privacy_texts.FROM_PERSON for row in of_second["messages"])
    assert "Con tôi ốm" in str(of_first["messages"])
    assert "Nội dung" in str(of_first["answers"])
    assert not {"dữ liệu", "ai đó thử máy"} & {row[3] for row in of_first["messages"]}
