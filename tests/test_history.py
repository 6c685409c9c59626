"""The own reports are listed, opened by number or month, and what is typed below one is about that one and no other."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from handlers import afterwards_texts as said
from handlers import comparing, questionnaires, submitting
from handlers.report_context import FORM, context_of
from storage import answers, appointments, forms, history, periods, submissions
from storage.audit import JOB
from storage.calendar import TZ
from storage.contacts import CONTACT
from storage.database import Database
from storage.messages import MAX_TEXT
from storage.submissions import SUBMISSION, Draft
from storage.units import UNIT
from tests.switchboard import KIEN, LIEU, NOW, OFFICE, SUPERIOR, TEACHER, Switchboard

QUIET = {
    "hoat_dong_thang": "khong_phat_sinh",
    "so_doan_vien": "639",
    "tu_danh_gia": "tot",
    "noi_dung_noi_bat": "",
}
BUSY = {
    "hoat_dong_thang": "tuyen_truyen cham_lo", "so_doan_vien": "640", "tt_so_cuoc": "3", "tt_luot_nguoi": "300",
    "cl_so_nguoi": "45", "cl_so_tien": "12000000", "quy_dodn_so_tien": "0", "tu_danh_gia": "tot",
}  # fmt: skip


@pytest.fixture
def desk(sqlite_database: Database) -> Switchboard:
    return Switchboard(sqlite_database)


def unit(desk: Switchboard, code: str) -> int:
    return next(row.id for row in desk.rows(UNIT) if row.code == code)


def hand_in(desk: Switchboard, month: str, given: dict[str, str], code: str = "NB-HLU-01") -> Draft:
    """A report of an earlier month."""
    at = datetime.fromisoformat(f"{month}-18T09:00").replace(tzinfo=TZ)
    with desk.database.begin() as db:
        period = periods.ensure(db, periods.duties(db, date(2026, 9, 1))[0], month)
        made = submissions.open_draft(
            db, form_version_id=forms.newest(db, FORM) or 0, form_code=FORM, unit_id=unit(desk, code),
            period_id=period.id, context=context_of(db, unit(desk, code), "", period),
            contact_id=desk.account(LIEU).id, at=at,
        )  # fmt: skip
        draft = submissions.get(db, made)
        session = questionnaires.session_of(db, draft, at.date())
        for name, value in given.items():
            session = session.with_answer(name, value)
        number = f"BC-{month.replace('-', '')}-{made:05}"
        submitting.store(db, draft, session, code=number, contact_id=desk.account(LIEU).id, at=at, late=False)
        return submissions.get(db, made)


def compared(desk: Switchboard, draft: Draft) -> str:
    with desk.database.read() as db:
        return comparing.with_last_month(db, draft, draft.version)


# ── what changed ────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_compared_with_a_month_that_is_not_there(desk: Switchboard) -> None:
    """A report of June is not last month's in August."""
    hand_in(desk, "2026-06", BUSY)
    assert compared(desk, hand_in(desk, "2026-08", QUIET)) == ""


def test_what_was_returned_is_not_compared_with(desk: Switchboard) -> None:
    hand_in(desk, "2026-07", BUSY)
    with desk.database.begin() as db:
        db.execute(update(SUBMISSION).values(state="returned"))
    assert compared(desk, hand_in(desk, "2026-08", QUIET)) == ""


def test_the_same_again_is_said_in_three_words(desk: Switchboard) -> None:
    hand_in(desk, "2026-07", QUIET)
    assert compared(desk, hand_in(desk, "2026-08", QUIET)) == "So với tháng 7/2026: số liệu không đổi."


def test_one_figure_a_section_the_largest_change_first(desk: Switchboard) -> None:
    """Five times as many people is more of a change than half as many events again; lượt and money say one thing."""
    hand_in(desk, "2026-07", BUSY)
    more = BUSY | {"tt_so_cuoc": "4", "cl_so_nguoi": "90", "cl_so_tien": "60000000", "so_doan_vien": "640"}
    assert compared(desk, hand_in(desk, "2026-08", more)) == (
        "So với tháng 7/2026: chăm lo 60.000.000 đồng (tháng trước 12.000.000), "
        "tuyên truyền 4 cuộc (tháng trước 3); đoàn viên không đổi."
    )


def test_members_that_changed_are_a_change_like_any_other(desk: Switchboard) -> None:
    hand_in(desk, "2026-07", QUIET)
    line = compared(desk, hand_in(desk, "2026-08", QUIET | {"so_doan_vien": "645"}))
    assert line == "So với tháng 7/2026: đoàn viên 645 người (tháng trước 639)."


def test_no_more_than_three_figures(desk: Switchboard) -> None:
    hand_in(desk, "2026-07", QUIET)
    most = BUSY | {
        "hoat_dong_thang": "tuyen_truyen cham_lo giam_sat_kien_nghi dien_hinh xanh_sach_dep",
        "xsd_so_dot": "2", "gs_so_cuoc": "1", "kn_so_moi": "0", "guong_so": "1", "kt_so_luong": "3",
    }  # fmt: skip
    assert compared(desk, hand_in(desk, "2026-08", most)).count("(tháng trước") == comparing.MOST


def test_every_figure_of_the_form_can_be_said(desk: Switchboard) -> None:
    """A sentence for each question that is named, and no name that no question has."""
    with desk.database.read() as db:
        form = questionnaires.form_of(db, hand_in(desk, "2026-08", QUIET))
    names = {question.name for question in form.visible}
    assert set(said.FIGURES_IN_WORDS) <= names


def unlock(desk: Switchboard) -> None:
    """No month is closed yet."""
    with desk.database.begin() as db:
        db.execute(update(submissions.PERIOD).values(closes_at=NOW + timedelta(days=30)))


# ── the list ────────────────────────────────────────────────────────────────────────────────────────


def months(desk: Switchboard, first: int, last: int) -> None:
    for month in range(first, last + 1):
        hand_in(desk, f"2026-{month:02}", QUIET)


def test_the_newest_comes_first_and_older_ones_on_the_next_page(desk: Switchboard) -> None:
    for month in range(9, 13):
        hand_in(desk, f"2025-{month:02}", QUIET)
    months(desk, 1, 8)
    first = desk.says(LIEU, "lịch sử")
    lines = first.text.splitlines()
    assert lines[0].endswith("(trang 1/2):")
    assert lines[1].startswith("1. Tháng 8/2026 – đã nộp (18/08/2026), mã BC-202608-")
    assert "TIEP" in lines[-1]
    second = desk.says(LIEU, "tiếp")
    assert second.text.splitlines()[1].startswith("1. Tháng 12/2025")
    assert "Báo cáo tháng 11/2025" in desk.says(LIEU, "2").text
    assert desk.says(LIEU, "lịch sử", "xem tiếp").text == second.text
    assert desk.press(LIEU, first, said.NEXT_PAGE).text == second.text
    assert max(len(reply.text) for reply in (first, second)) < MAX_TEXT


@pytest.mark.parametrize(
    "typed", ["2", "xem 2", "số 2", "mở báo cáo 2", "tháng 7", "xem tháng 7", "T7", "7/2026", "tháng 7/2026",
              "báo cáo tháng 7", "cho xem báo cáo tháng 7 năm 2026"],
)  # fmt: skip
def test_a_report_is_opened_by_its_number_or_its_month(desk: Switchboard, typed: str) -> None:
    months(desk, 6, 8)
    assert "Báo cáo tháng 7/2026" in desk.says(LIEU, "lịch sử", typed).text


def test_what_is_typed_below_a_report_is_about_that_one(desk: Switchboard) -> None:
    """The newest is another one: SUA would change the wrong month."""
    old = hand_in(desk, "2026-08", BUSY)
    unlock(desk)
    desk.says(LIEU, "báo cáo", "không phát sinh", "như cũ", "2", "3", "tốt", "bỏ qua", "gửi")
    desk.says(LIEU, "lịch sử", "tháng 8")
    assert "tháng 8/2026" in desk.says(LIEU, "đoạn văn").text
    assert "tháng 8/2026" in desk.says(LIEU, "biên nhận").text
    assert "Báo cáo tháng 8/2026" in desk.says(LIEU, "xem lại").text
    assert "Bản sửa tháng 8/2026 CHƯA NỘP" in desk.says(LIEU, "sửa 2 thành 650").text
    assert "bản sửa lần 1 của báo cáo tháng 8/2026" in desk.says(LIEU, "gửi").text
    with desk.database.read() as db:
        assert answers.results(db, old.id, 2)["so_doan_vien"].value == "650"
    assert "đã sửa 1 lần" in desk.says(LIEU, "lịch sử").text


def test_a_bare_number_below_a_report_is_asked_about(desk: Switchboard) -> None:
    """It may be one of its lines, or one of the list: neither is guessed."""
    months(desk, 7, 8)
    assert "số liệu đã khóa" in desk.says(LIEU, "lịch sử", "1", "2").text
    unlock(desk)
    assert "SUA 2" in desk.says(LIEU, "lịch sử", "1", "2").text
    assert "Báo cáo tháng 7/2026" in desk.says(LIEU, "xem 2").text


def test_an_answer_to_an_open_question_is_not_taken_for_the_list_once_something_else_was_said(
    desk: Switchboard,
) -> None:
    months(desk, 7, 8)
    desk.says(LIEU, "báo cáo", "không phát sinh", "lịch sử", "tiếp tục")
    assert "Đoàn viên: 2 người" in desk.says(LIEU, "2").text


def test_reports_of_several_units_say_whose_they_are(desk: Switchboard) -> None:
    with desk.database.begin() as db:
        appointments.appoint(
            db,
            JOB,
            desk.person(TEACHER),
            unit(desk, "NB-GDU-02"),
            "bao_cao_vien",
            since=date(2026, 1, 1),
            at=NOW,
        )
    for code in ("NB-GDU-01", "NB-GDU-02"):
        hand_in(desk, "2026-08", QUIET, code)
    listed = desk.says(TEACHER, "lịch sử").text
    assert "của 2 đơn vị" in listed
    assert "Tháng 8/2026, CĐCS THPT Trạc Vĩ" in listed
    assert "của đơn vị nào" in desk.says(TEACHER, "tháng 8").text
    assert "Nguyễn Khuê Minh (mã" in desk.says(TEACHER, "2").text
    assert "Trạc Vĩ (mã" in desk.says(TEACHER, "lịch sử", "tháng 8 Trạc Vĩ").text


def test_an_old_button_opens_nothing_that_is_not_ones_own(desk: Switchboard) -> None:
    """Nor does a post that has ended (promise 9)."""
    mine = hand_in(desk, "2026-08", QUIET)
    button = f"do:history:open.{mine.id}"
    assert "Báo cáo tháng 8/2026" in desk.send(KIEN, choice=button)[-1].text
    for other in (TEACHER, SUPERIOR, OFFICE):
        assert "Báo cáo tháng 8" not in desk.send(other, choice=button)[-1].text
    for junk in ("open.", "open.abc", "open.99999999999999999999", "page.-1", "page.9999", "open.²"):
        assert desk.send(LIEU, choice=f"do:history:{junk}")[-1].text


def test_a_report_with_everything_in_it_fits_into_a_message(desk: Switchboard) -> None:
    sections = "tuyen_truyen thi_dua_sang_kien xanh_sach_dep cham_lo giam_sat_kien_nghi vuong_mac dien_hinh"
    full = BUSY | {
        "hoat_dong_thang": sections, "sk_y_tuong_moi": "10", "sk_duoc_cong_nhan": "2", "xsd_so_dot": "2",
        "gs_so_cuoc": "1", "kn_so_moi": "3", "vuong_mac_nd": "x" * 900, "guong_so": "1", "kt_so_luong": "3",
        "cl_so_tien": "99999999999", "quy_dodn_so_tien": "99999999999", "noi_dung_noi_bat": "y" * 1400,
    }  # fmt: skip
    hand_in(desk, "2026-07", QUIET)
    made = hand_in(desk, "2026-08", full)
    for text in (desk.says(LIEU, "lịch sử", "1").text, desk.says(SUPERIOR, f"kiểm tra {made.code}").text):
        assert len(text.encode("utf-16-le")) // 2 < MAX_TEXT - 200


def test_without_reports_there_is_no_list(desk: Switchboard) -> None:
    assert "chưa nộp báo cáo tháng nào" in desk.says(LIEU, "lịch sử").text
    assert "chưa có biên nhận" in desk.says(LIEU, "biên nhận").text


# ── corrections ─────────────────────────────────────────────────────────────────────────────────────


def told_of_correction(desk: Switchboard) -> list[str]:
    return [text for text in desk.heard(SUPERIOR) if "bản trước đã được chấp nhận" in text]


@pytest.mark.parametrize(
    ("state", "times"), [("submitted", 0), ("accepted", 1), ("auto_accepted", 1), ("returned", 0)]
)
def test_the_superior_hears_of_a_correction_of_what_was_accepted(
    desk: Switchboard, state: str, times: int
) -> None:
    desk.says(LIEU, "báo cáo", "không phát sinh", "như cũ", "2", "3", "tốt", "bỏ qua", "gửi")
    with desk.database.begin() as db:
        db.execute(update(SUBMISSION).values(state=state))
    desk.says(LIEU, "sửa 2 thành 645", "gửi")
    assert len(told_of_correction(desk)) == times
    if times:
        assert "→ 645 người" in told_of_correction(desk)[0]
        with desk.database.read() as db:
            found = history.by_code(db, "BC-202609-00001")
        assert found is not None
        assert (found.state, found.version) == ("submitted", 2)


def test_words_that_changed_are_not_repeated_to_the_superior(desk: Switchboard) -> None:
    """What is written in a petition or a text is read in the report, by those who may."""
    desk.says(LIEU, "báo cáo", "không phát sinh", "như cũ", "2", "3", "tốt", "Chuyện cũ", "xong", "gửi")
    with desk.database.begin() as db:
        db.execute(update(SUBMISSION).values(state="accepted"))
        db.execute(update(CONTACT).where(CONTACT.c.address == KIEN).values(stopped_at=NOW))
    receipt = desk.says(LIEU, "sửa 6", "Chuyện mới của anh Bình", "xong", "gửi").text
    assert "Mục 6 (Nội dung nổi bật): đã viết lại" in receipt
    assert "Bình" not in told_of_correction(desk)[0]
