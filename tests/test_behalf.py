"""A superior enters a report for a unit: what came by telephone or on paper, for units of their own, known to all."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from handlers import digest_files
from handlers.engine.commands import Command, for_whom
from scheduler import reminders as reminders_job
from storage import audit, contacts, coverage, units
from storage.answers import ANSWER, FIGURE
from storage.attachments import ATTACHMENT
from storage.conversations import CONVERSATION
from storage.database import Database
from storage.messages import Attachment, Reply
from storage.submissions import SUBMISSION, VERSION
from tests.switchboard import KIEN, LIEU, NOW, OFFICE, OTHER_SUPERIOR, SUPERIOR, TEACHER, Switchboard

DAY = timedelta(days=1)
QUIET = ("8", "640", "0", "0", "khá", "bỏ qua")
SAO_KHUE = "CĐCS Công ty TNHH May Thêu Sao Khuê"


@pytest.fixture
def chat(database: Database) -> Switchboard:
    """The sample organisation."""
    return Switchboard(database)


@pytest.fixture
def desk(sqlite_database: Database) -> Switchboard:
    """The same where it does not matter which database it is."""
    return Switchboard(sqlite_database)


def photo(name: str = "giay.jpg", kind: str = "image/jpeg") -> Attachment:
    return Attachment(f"uploads/{name}", name, kind, 1000, "photo")


def enter_for(chat: Switchboard, who: str, code: str, *words: str) -> Reply:
    """Enter a report that came by telephone, as far as the words go."""
    return chat.says(who, f"nhập hộ {code}", "1", *words)


def unit_of(chat: Switchboard, code: str) -> int:
    with chat.database.read() as db:
        return int(db.scalar(select(units.UNIT.c.id).where(units.UNIT.c.code == code)) or 0)


def acts(chat: Switchboard) -> list[str]:
    return [row.act for row in chat.rows(audit.CHANGE)]


# ── the whole way ───────────────────────────────────────────────────────────────────────────────────


def test_a_report_by_telephone_is_taken_with_where_it_came_from(chat: Switchboard) -> None:
    receipt = enter_for(chat, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    assert "Đã nhận báo cáo tháng 9/2026" in receipt.text
    assert "đồng chí Vũ Thanh Kiên (Công đoàn phường Hoa Lư) nhập hộ theo điện thoại" in receipt.text
    (paper,) = chat.rows(SUBMISSION)
    (version,) = chat.rows(VERSION)
    assert (paper.state, paper.source, version.source) == ("submitted", "phone", "phone")
    assert version.contact_id == chat.account(SUPERIOR).id
    assert {row.contact_id for row in chat.rows(ANSWER)} == {chat.account(SUPERIOR).id}
    figures = {
        row.question: row.number for row in chat.rows(FIGURE) if row.unit_id == unit_of(chat, "NB-HLU-01")
    }
    assert figures["so_doan_vien"] == 640
    assert acts(chat) == ["enter_behalf", "submit"]
    opened, sent = chat.rows(audit.CHANGE)
    assert opened.new == sent.new == {"source": "phone"}
    assert (opened.person_id, opened.unit_id) == (chat.person(SUPERIOR), unit_of(chat, "NB-HLU-01"))


def test_every_officer_of_the_unit_who_can_be_reached_gets_one_notice(chat: Switchboard) -> None:
    with chat.database.begin() as db:
        contacts.stop(db, chat.account(KIEN).id, NOW)
    receipt = enter_for(chat, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    (told,) = chat.heard(LIEU)
    for part in ("Vũ Thanh Kiên (Công đoàn phường Hoa Lư) vừa nhập hộ", SAO_KHUE, "2) Đoàn viên: 640 người",
                 "mã BC-202609-00001", "SUA 2"):  # fmt: skip
        assert part in told
    assert chat.heard(KIEN) == chat.heard(TEACHER) == []
    assert "báo cho 1 cán bộ" in receipt.text


def test_that_nobody_could_be_told_is_said(desk: Switchboard) -> None:
    with desk.database.begin() as db:
        for address in (LIEU, KIEN):
            contacts.stop(db, desk.account(address).id, NOW)
    assert "mong đồng chí báo lại" in enter_for(desk, SUPERIOR, "NB-HLU-01", *QUIET, "gửi").text


def test_the_number_in_the_notice_corrects_that_line_until_the_lock(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    assert "nhập hộ theo điện thoại" in desk.press(LIEU, desk.told(LIEU)[0], "Xem lại").text
    assert "Đang ghi: 640 người" in desk.says(LIEU, "SUA 2").text
    desk.says(LIEU, "642", "gửi")
    first, second = desk.rows(VERSION)
    assert (first.source, second.source) == ("phone", "")
    assert "nhập hộ" not in desk.says(LIEU, "xem lại").text


def test_a_correction_that_is_dropped_leaves_where_it_came_from(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    desk.says(LIEU, "SUA 2", "642", "hủy", "hủy")
    (paper,) = desk.rows(SUBMISSION)
    assert paper.source == "phone"
    assert "nhập hộ theo điện thoại" in desk.says(LIEU, "xem lại").text


def test_reminders_stop_for_a_unit_whose_report_was_entered(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    before = len(desk.heard(LIEU))
    reminders_job.run(desk.database, NOW.replace(day=16))
    assert len(desk.heard(LIEU)) == before
    assert desk.heard("nb-hlu-02-1") != []


# ── paper ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_pictures_of_the_paper_are_kept_with_the_report(chat: Switchboard) -> None:
    assert "ảnh bản giấy" in chat.says(SUPERIOR, "nhập hộ NB-HLU-01", "2").text
    assert "tệp PDF" in chat.send(SUPERIOR, attachments=(photo("a.ogg", "audio/ogg"),))[-1].text
    opened = chat.send(SUPERIOR, attachments=(photo(),))[-1].text
    assert "Đã lưu ảnh bản giấy" in opened
    assert "Câu 1/6" in opened
    assert (
        "thêm một trang"
        in chat.send(SUPERIOR, attachments=(photo("trang2.pdf", "application/pdf"),))[-1].text
    )
    assert "nhập hộ theo bản giấy" in chat.says(SUPERIOR, *QUIET).text
    chat.says(SUPERIOR, "gửi")
    kept = chat.rows(ATTACHMENT)
    assert [(row.question, row.version, row.name) for row in kept] == [
        ("giay_goc", 1, "giay.jpg"), ("giay_goc", 1, "trang2.pdf")
    ]  # fmt: skip
    assert chat.rows(SUBMISSION)[0].source == "paper"


@pytest.mark.parametrize("words", ["bỏ qua", "BOQUA", "không có"])
def test_the_paper_need_not_be_photographed(desk: Switchboard, words: str) -> None:
    assert "Câu 1/6" in desk.says(SUPERIOR, "nhập hộ NB-HLU-01", "bản giấy", words).text
    assert desk.rows(ATTACHMENT) == []


# ── which unit ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    ["nhập hộ NB-HLU-01", "nhap ho nb-hlu-01", "nhập thay Sao Khuê", "báo cáo hộ cho đơn vị sao khue ạ",
     "nhập hộ báo cáo cho May Thêu", "em nhập hộ NB-HLU-01 tháng 9"],
)  # fmt: skip
def test_a_unit_is_found_by_its_code_or_by_a_part_of_its_name(desk: Switchboard, words: str) -> None:
    assert f"9/2026 của {SAO_KHUE}: đơn vị báo bằng" in desk.says(SUPERIOR, words).text


def test_the_month_of_a_late_report_may_be_named() -> None:
    assert for_whom("nhập hộ NB-HLU-01 tháng 8") == Command("behalf", 8, "nb-hlu-01")
    assert for_whom("nhập hộ NB-HLU-01") == Command("behalf", None, "nb-hlu-01")
    assert for_whom("báo cáo tháng 8") is None


def test_units_that_are_missing_are_listed_page_by_page(desk: Switchboard) -> None:
    first = desk.says(OFFICE, "nhập hộ")
    assert "còn 60 đơn vị chưa báo cáo (trang 1/8)" in first.text
    assert len(first.choices) == 9
    second = desk.press(OFFICE, first, "Xem thêm")
    assert [one.label[:2] for one in second.choices[:2]] == ["1 ", "2 "]
    assert not {one.value for one in first.choices} & {one.value for one in second.choices}
    third = desk.says(OFFICE, "xem thêm")
    assert "trang 3/8" in third.text
    chosen = desk.says(OFFICE, "2").text
    assert third.choices[1].label.removeprefix("2 CĐCS ").split()[-1] in chosen
    assert len(desk.says(OFFICE, "nhập hộ công ty").choices) == 8


def test_a_unit_that_is_in_leaves_the_list(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    assert "còn 6 đơn vị" in desk.says(SUPERIOR, "nhập hộ").text
    assert "mã BC-202609-00001" in desk.says(SUPERIOR, "sao khuê").text


@pytest.mark.parametrize("who", [OTHER_SUPERIOR, "nb-gdu-1"])
def test_another_superiors_unit_is_not_found_and_not_named(desk: Switchboard, who: str) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", "8")
    for words in ("nhập hộ NB-HLU-01", "Sao Khuê"):
        said = desk.says(who, words).text
        assert "chưa thấy đơn vị nào" in said
        assert "May Thêu" not in said


@pytest.mark.parametrize("who", [LIEU, TEACHER, "nb-1", "nb-3", "nb-4", "nb-5"])
def test_nobody_else_enters_reports_for_others(desk: Switchboard, who: str) -> None:
    for words in ("nhập hộ", "nhập hộ NB-HLU-01"):
        desk.says(who, words)
    value = f"do:behalf:{unit_of(desk, 'NB-HLU-01')}.{desk.rows(coverage.PERIOD)[-1].id}.0.phone"
    desk.send(who, choice=value)
    assert [row for row in desk.rows(SUBMISSION) if row.source] == []


def test_free_words_that_only_look_like_it_are_no_command() -> None:
    """In a question of words an officer may write about household registers."""
    from handlers.engine.commands import parse

    assert parse("Nhập hộ khẩu cho 5 công nhân") is None


# ── a draft of the unit's own ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def begun(chat: Switchboard) -> Switchboard:
    """Liễu has begun the report, with 777 members."""
    chat.says(LIEU, "báo cáo", "8", "700")
    return chat


def test_a_draft_is_said_to_be_there_and_nothing_of_it_is_shown(begun: Switchboard) -> None:
    offered = begun.says(SUPERIOR, "nhập hộ NB-HLU-01")
    assert "Dương Ngọc Liễu đang nhập báo cáo tháng 9/2026" in offered.text
    assert "(2/6 câu" in offered.text
    assert "700" not in offered.text
    assert "để đơn vị hoàn thành" in begun.says(SUPERIOR, "2").text
    assert acts(begun) == []
    assert begun.rows(SUBMISSION)[0].source == ""


def test_it_is_taken_over_as_it_stands_and_the_audit_says_so(begun: Switchboard) -> None:
    begun.says(SUPERIOR, "nhập hộ NB-HLU-01", "1")
    assert begun.rows(SUBMISSION)[0].source == "", "not before it is known how the report came"
    assert "Câu 3/6" in begun.says(SUPERIOR, "1").text
    change = begun.rows(audit.CHANGE)[0]
    assert (change.act, change.person_id) == ("take_over", begun.person(SUPERIOR))
    assert "đang nhập tiếp" in begun.says(LIEU, "0").text
    assert "2) Đoàn viên: 700 người" in begun.says(SUPERIOR, "0", "0", "khá", "bỏ qua").text


def test_who_takes_over_and_stops_gives_the_draft_back(begun: Switchboard) -> None:
    begun.says(SUPERIOR, "nhập hộ NB-HLU-01", "1", "1", "5")
    assert "trả bản nháp lại" in begun.says(SUPERIOR, "hủy").text
    assert "các câu đã trả lời vẫn được giữ" in begun.says(SUPERIOR, "hủy").text
    assert "Câu 4/6" in begun.says(LIEU, "tiếp tục").text
    assert acts(begun) == ["take_over", "give_back"]


def test_without_the_take_over_no_button_opens_it(begun: Switchboard) -> None:
    (draft,) = begun.rows(SUBMISSION)
    for value in (f"do:resume:{draft.id}", f"do:behalf:{draft.unit_id}.{draft.period_id}.0.phone",
                  f"do:behalf:{draft.unit_id}.{draft.period_id}.{draft.id + 1}.phone"):  # fmt: skip
        said = begun.send(SUPERIOR, choice=value)[-1].text
        assert "700" not in said
        assert "Câu" not in said
    assert begun.rows(SUBMISSION)[0].editor_id == begun.account(LIEU).id
    assert acts(begun) == []


def test_the_units_officer_takes_it_back_and_it_is_the_units_alone(begun: Switchboard) -> None:
    begun.says(SUPERIOR, "nhập hộ NB-HLU-01", "1", "1")
    assert "Câu 3/6" in begun.says(LIEU, "tiếp tục").text
    assert "đã tự nhập tiếp" in begun.heard(SUPERIOR)[-1]
    (draft,) = begun.rows(SUBMISSION)
    assert draft.source == ""
    said = [begun.send(SUPERIOR, words)[-1].text for words in ("5", "TIEPTUC")]
    said.append(begun.send(SUPERIOR, choice=f"do:resume:{draft.id}")[-1].text)
    assert not any("Câu" in one for one in said)
    assert acts(begun) == ["take_over", "reclaim"]
    begun.says(LIEU, "0", "0", "khá", "bỏ qua", "gửi")
    assert begun.rows(VERSION)[0].source == ""
    assert begun.rows(ANSWER)[0].contact_id == begun.account(LIEU).id


def test_a_correction_of_an_entered_report_is_the_units_alone(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    desk.says(LIEU, "SUA 2", "655")
    (paper,) = desk.rows(SUBMISSION)
    assert "655" not in desk.send(SUPERIOR, choice=f"do:resume:{paper.id}")[-1].text
    assert desk.rows(SUBMISSION)[0].editor_id == desk.account(LIEU).id


# ── later, and not any more ─────────────────────────────────────────────────────────────────────────


def test_what_was_put_aside_goes_on(chat: Switchboard) -> None:
    enter_for(chat, SUPERIOR, "NB-HLU-01", "8", "để sau")
    for words in ("TIEPTUC", "nhập hộ NB-HLU-01"):
        said = chat.says(SUPERIOR, words).text
        assert "Câu 2/6" in said
        assert "nhập hộ theo điện thoại" in said
        chat.says(SUPERIOR, "để sau")


def test_a_colleague_at_the_superior_may_go_on_with_it(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", "8")
    assert "Vũ Thanh Kiên đang nhập" in desk.says("nb-hlu-2", "nhập hộ NB-HLU-01").text
    assert "Câu 2/6" in desk.says("nb-hlu-2", "1", "1").text
    assert "đang nhập tiếp" in desk.says(SUPERIOR, "640").text


def test_an_assignment_that_ends_in_the_middle_ends_it(chat: Switchboard) -> None:
    enter_for(chat, SUPERIOR, "NB-HLU-01", "8")
    with chat.database.begin() as db:
        mine = units.ASSIGNMENT.c.person_id == chat.person(SUPERIOR)
        db.execute(update(units.ASSIGNMENT).where(mine).values(valid_to=NOW.date()))
    chat.now += DAY
    for words in ("640", "TIEPTUC", "gửi", "nhập hộ"):
        assert "không được giao đơn vị" in chat.says(SUPERIOR, words).text
    assert len(chat.rows(ANSWER)) == 1
    assert "Câu 2/6" in chat.press(LIEU, chat.says(LIEU, "báo cáo"), "Làm tiếp").text


def test_a_unit_that_leaves_the_superior_in_the_middle_takes_it_along(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", "8")
    parent = units.UNIT_PARENT
    with desk.database.begin() as db:
        its = parent.c.unit_id == unit_of(desk, "NB-HLU-01")
        db.execute(update(parent).where(its).values(parent_id=unit_of(desk, "NB-TDI")))
    assert "Câu" not in desk.says(SUPERIOR, "640").text
    assert "Câu" not in desk.says(SUPERIOR, "TIEPTUC").text
    assert len(desk.rows(ANSWER)) == 1


def test_an_errand_ends_with_the_assignment(desk: Switchboard) -> None:
    desk.says(SUPERIOR, "nhập hộ NB-HLU-01")
    with desk.database.begin() as db:
        mine = units.ASSIGNMENT.c.person_id == desk.person(SUPERIOR)
        db.execute(update(units.ASSIGNMENT).where(mine).values(valid_to=date(2026, 9, 9)))
    assert "không được giao đơn vị" in desk.says(SUPERIOR, "1").text
    assert desk.rows(SUBMISSION) == []


def test_the_draft_is_thrown_away_where_the_superior_began_it(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", "8")
    assert "NHAPHO" in desk.says(SUPERIOR, "hủy", "hủy").text
    assert desk.rows(SUBMISSION) == []


def test_an_edited_message_of_an_entered_report_changes_nothing_once_it_is_in(desk: Switchboard) -> None:
    enter_for(desk, SUPERIOR, "NB-HLU-01", "8")
    desk.send(SUPERIOR, "640", reference="77")
    desk.says(SUPERIOR, "0", "0", "khá", "bỏ qua", "gửi")
    said = desk.send(SUPERIOR, "650", reference="77", edited=True)[-1].text
    assert "cán bộ của đơn vị gõ SUA" in said
    assert [row.value for row in desk.rows(ANSWER) if row.question == "so_doan_vien"] == ["640"]


def test_a_first_report_after_the_lock_is_entered_too_and_the_officers_are_sent_to_a_person(
    desk: Switchboard,
) -> None:
    desk.now = NOW.replace(day=28)
    receipt = enter_for(desk, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    assert "(sau hạn)" in receipt.text
    assert "số lũy kế kỳ sau" in receipt.text
    assert "SUA" not in desk.heard(LIEU)[0]


def test_other_words_lead_out_and_a_button_of_yesterday_goes_on(desk: Switchboard) -> None:
    asked = desk.says(SUPERIOR, "nhập hộ NB-HLU-01")
    assert "dừng việc này" in desk.says(SUPERIOR, "hủy").text
    assert desk.rows(CONVERSATION)[0].state.get("errand") is None
    desk.now += DAY
    assert "Câu 1/6" in desk.press(SUPERIOR, asked, "Điện thoại").text


def test_the_workbook_says_in_which_role_a_report_was_entered_to_the_entitled_only(chat: Switchboard) -> None:
    enter_for(chat, SUPERIOR, "NB-HLU-01", *QUIET, "gửi")
    chat.says(TEACHER, "báo cáo", "không phát sinh", "72", "1", "bỏ qua", "gửi")

    def column(*, with_names: bool) -> dict[str, object]:
        body = digest_files.render(chat.database, "2026-09", "xlsx", at=chat.now, with_names=with_names)
        head, *rows = load_workbook(io.BytesIO(body))["Theo đơn vị"].iter_rows(values_only=True)
        return {str(row[0]): row[head.index("Nhập hộ")] for row in rows} if "Nhập hộ" in head else {}

    assert column(with_names=False) == {}
    said = {code: words for code, words in column(with_names=True).items() if words}
    assert said == {"NB-HLU-01": "Lãnh đạo cấp trên, theo điện thoại"}
