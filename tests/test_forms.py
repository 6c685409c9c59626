"""The questionnaires that come with the program ask what the plan asks, and no more."""

from __future__ import annotations

import time
from datetime import date

import pytest

from handlers.engine.session import Session
from tests.xlsforms import named, shipped

TODAY = date(2026, 11, 22)
ALL = "tuyen_truyen thi_dua_sang_kien xanh_sach_dep cham_lo giam_sat_kien_nghi vuong_mac dien_hinh"
QUIET = ["hoat_dong_thang", "so_doan_vien", "tu_danh_gia", "noi_dung_noi_bat"]
TEAMS = "to_ho_tro to_uom_mam"
USUAL = {"int": "2", "money": "500000", "one": "tot", "text": ""}


def month(number: int, kind: str = "truong_hoc", **more: str) -> dict[str, str]:
    """The context of a monthly report."""
    high = "1" if number in {10, 11} else "0"
    context = {"ky_nam": "2026", "ky_thang": str(number), "loai_hinh": kind, "thang_cao_diem": high}
    return context | {"truoc_so_doan_vien": "125", "truoc_to_sang_kien": TEAMS} | more


def way(context: dict[str, str], **given: str) -> list[str]:
    """The questions that one interview asks, each answered as given or as usual."""
    answers, asked = dict(context), []
    while (question := (session := Session(shipped("bc_thang"), answers, today=TODAY)).next()) is not None:
        value = given.get(question.name, USUAL.get(question.kind, ""))
        turn = session.take(question, value)
        assert turn.outcome == "taken", (question.name, turn.reason)
        answers[question.name] = turn.value
        asked.append(question.name)
    return asked


def quiet(context: dict[str, str]) -> list[str]:
    return way(context, hoat_dong_thang="khong_phat_sinh", so_doan_vien="125", to_sang_kien="to_ho_tro")


def report(**answers: str) -> Session:
    return Session(shipped("bc_thang"), month(9) | answers, today=TODAY)


def problem(name: str, value: str, **answers: str) -> str | None:
    session = report(**answers)
    question = named(session.form, name)
    return session.problem(question, value)


# ── how many questions ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7, 8, 9, 12])
def test_a_quiet_month_takes_four_answers(number):
    assert quiet(month(number)) == QUIET


@pytest.mark.parametrize("number", [10, 11])
def test_in_the_month_for_the_poor_the_fund_is_asked_even_when_it_is_quiet(number):
    assert quiet(month(number)) == [*QUIET[:2], "quy_dodn_so_tien", *QUIET[2:]]


@pytest.mark.parametrize("number", [3, 6, 9, 12])
def test_enterprises_have_two_questions_more_at_the_end_of_a_quarter(number):
    asked = quiet(month(number, "doanh_nghiep"))
    assert asked == [*QUIET[:2], "goc_xuong_dat", "nha_tro_van_minh", *QUIET[2:]]


def test_october_asks_for_the_teams_while_one_is_missing():
    asked = quiet(month(10, truoc_to_sang_kien="to_ho_tro"))
    assert asked == [*QUIET[:2], "to_sang_kien", "quy_dodn_so_tien", *QUIET[2:]]


@pytest.mark.parametrize(
    ("number", "had", "expected"),
    [(1, "", True), (1, "chua_co", True), (4, "to_uom_mam", True), (7, TEAMS, False), (2, "", False)],
)
def test_the_teams_are_asked_once_a_quarter_until_there_are_two(number, had, expected):
    assert ("to_sang_kien" in quiet(month(number, truoc_to_sang_kien=had))) is expected


def test_a_typical_month_takes_nine_answers_and_eleven_at_the_end_of_a_quarter():
    chosen = {"hoat_dong_thang": "tuyen_truyen cham_lo", "so_doan_vien": "125"}
    assert len(way(month(8, "doanh_nghiep"), **chosen)) == 9
    assert len(way(month(9, "doanh_nghiep"), **chosen)) == 11


def test_everything_ticked_takes_seventeen_to_twenty():
    chosen = {"hoat_dong_thang": ALL, "so_doan_vien": "125", "vuong_mac_nd": "Chưa có kinh phí tổ chức."}
    assert len(way(month(8), **chosen)) == 17
    assert len(way(month(9, "doanh_nghiep"), **chosen)) == 19


def test_the_monthly_report_has_twenty_questions_and_the_initiative_fifteen():
    assert len(shipped("bc_thang").visible) == 20
    assert len(shipped("sang_kien").visible) == 15


# ── rules and words of the monthly report ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("counted", [{}, {"tu_dong_sk_y_tuong_moi": "0"}])
def test_a_rule_says_nothing_of_a_count_that_is_not_there(counted):
    said = problem("sk_y_tuong_moi", "3000", hoat_dong_thang=ALL, **counted)
    assert said == "Xin nhập số nguyên từ 0 đến 1.000."


@pytest.mark.parametrize(
    ("name", "value", "answers", "words"),
    [
        ("hoat_dong_thang", "tuyen_truyen khong_phat_sinh", {}, "không chọn thêm mục khác"),
        ("hoat_dong_thang", "", {}, "ít nhất một mục"),
        ("so_doan_vien", "0", {}, "từ 1 đến 50.000"),
        ("so_doan_vien", "50001", {}, "từ 1 đến 50.000"),
        ("tt_so_cuoc", "501", {"hoat_dong_thang": ALL}, "từ 0 đến 500"),
        (
            "tt_luot_nguoi",
            "1",
            {"hoat_dong_thang": ALL, "tt_so_cuoc": "2"},
            "không nhỏ hơn số cuộc tuyên truyền (2)",
        ),
        ("sk_y_tuong_moi", "2", {"hoat_dong_thang": ALL, "tu_dong_sk_y_tuong_moi": "3"}, "đã ghi nhận (3)"),
        (
            "sk_duoc_cong_nhan",
            "0",
            {"hoat_dong_thang": ALL, "tu_dong_sk_duoc_cong_nhan": "1"},
            "đã ghi nhận (1)",
        ),
        ("kn_so_moi", "0", {"hoat_dong_thang": ALL, "tu_dong_kn_so_moi": "1"}, "đã ghi nhận (1)"),
        ("cl_so_tien", "0", {"hoat_dong_thang": ALL, "cl_so_nguoi": "3"}, "phải lớn hơn 0"),
        ("cl_so_tien", "100000000001", {"hoat_dong_thang": ALL, "cl_so_nguoi": "3"}, "100 tỷ"),
        ("quy_dodn_so_tien", "100000000001", {"hoat_dong_thang": ALL}, "ghi rõ đơn vị"),
        ("vuong_mac_nd", "Thiếu", {"hoat_dong_thang": ALL}, "10"),
        ("noi_dung_noi_bat", "x" * 1501, {}, "1.500 ký tự"),
        ("to_sang_kien", "chua_co to_ho_tro", {"ky_thang": "1", "truoc_to_sang_kien": ""}, "Chưa thành lập"),
    ],
)
def test_a_rule_refuses_with_its_own_words(name, value, answers, words):
    assert words in (problem(name, value, **answers) or "")


@pytest.mark.parametrize(
    ("name", "value", "answers"),
    [
        ("hoat_dong_thang", ALL, {}),
        ("tt_luot_nguoi", "2", {"hoat_dong_thang": ALL, "tt_so_cuoc": "2"}),
        ("sk_y_tuong_moi", "0", {"hoat_dong_thang": ALL}),
        ("sk_y_tuong_moi", "3", {"hoat_dong_thang": ALL, "tu_dong_sk_y_tuong_moi": "3"}),
        ("noi_dung_noi_bat", "", {}),
        ("noi_dung_noi_bat", "x" * 1500, {}),
    ],
)
def test_a_value_at_the_limit_is_fine(name, value, answers):
    assert problem(name, value, **answers) is None


def test_no_meeting_means_nobody_is_counted_and_no_help_means_no_money():
    asked = way(month(9), hoat_dong_thang="tuyen_truyen cham_lo", tt_so_cuoc="0", cl_so_nguoi="0")
    assert "tt_luot_nguoi" not in asked
    assert "cl_so_tien" not in asked


def test_a_jump_of_the_membership_and_five_billion_are_confirmed():
    session = report(hoat_dong_thang=ALL, cl_so_nguoi="9")
    members, money = named(session.form, "so_doan_vien"), named(session.form, "cl_so_tien")
    assert session.take(members, "151", confirmed=False).reason == "jump"
    assert session.take(members, "150", confirmed=False).outcome == "taken"
    assert session.take(money, "5000000001", confirmed=False).reason == "above"


def test_hints_speak_of_earlier_figures_only_when_there_are_any():
    form = shipped("bc_thang")
    question, ideas = named(form, "so_doan_vien"), named(form, "sk_duoc_cong_nhan")
    first = Session(form, {"ky_thang": "9"}, today=TODAY)
    later = Session(form, month(9, truoc_so_doan_vien="1250", tu_dong_sk_duoc_cong_nhan="2"), today=TODAY)
    assert first.hint(question) == ""
    assert later.hint(question) == 'Tháng trước: 1.250. Không đổi thì gõ "như cũ".'
    assert first.hint(ideas) == "Theo quyết định, giấy chứng nhận."
    assert later.hint(ideas) == "Theo quyết định, giấy chứng nhận. Đã ghi nhận: 2."


def test_a_quiet_month_submits_zeros_for_what_was_not_asked_and_keeps_the_stocks():
    session = report(
        hoat_dong_thang="khong_phat_sinh",
        so_doan_vien="125",
        tu_danh_gia="tot",
        noi_dung_noi_bat="",
        truoc_goc_xuong_dat="4",
        tu_dong_kn_so_moi="1",
    )
    found = {each.question.name: (each.value, each.provenance) for each in session.results()}
    assert len(found) == 20
    assert found["so_doan_vien"] == ("125", "carried")
    assert found["tt_so_cuoc"] == ("0", "implied_zero")
    assert found["quy_dodn_so_tien"] == ("0", "implied_zero")
    assert found["kn_so_moi"] == ("1", "auto_count")
    assert found["goc_xuong_dat"] == ("4", "carried")
    assert found["nha_tro_van_minh"] == ("", "missing")
    assert found["to_sang_kien"] == (TEAMS, "carried")
    assert found["vuong_mac_nd"] == ("", "missing")


def test_every_question_fits_a_phone_and_has_a_short_name():
    for code in ("bc_thang", "sang_kien"):
        for question in shipped(code).visible:
            assert len(question.label) <= 80, question.name
            assert question.short, question.name
            assert len(question.short) <= 35, question.name
            assert question.section, question.name


def test_a_whole_turn_takes_less_than_two_milliseconds_of_processor_time():
    form = shipped("bc_thang")
    answers = month(9) | {"hoat_dong_thang": ALL} | dict.fromkeys(("tt_so_cuoc", "tt_luot_nguoi"), "2")
    question = named(form, "kt_so_luong")
    begun = time.process_time()
    for _ in range(50):
        Session(form, answers, today=TODAY).take(question, "3")
        after = Session(form, answers | {"kt_so_luong": "3"}, today=TODAY)
        upcoming = after.next()
        assert upcoming is not None
        assert after.label(upcoming)
        after.choices(upcoming)
    assert (time.process_time() - begun) / 50 < 0.002


# ── initiatives ─────────────────────────────────────────────────────────────────────────────────────


def initiative(**answers: str) -> Session:
    return Session(shipped("sang_kien"), answers, today=TODAY)


IDEA = ["sk_ten", "sk_tac_gia", "sk_linh_vuc", "sk_van_de", "sk_giai_phap"]
DOSSIER = [
    "sk_ngay_ap_dung",
    "sk_chu_dau_tu",
    "sk_dieu_kien",
    "sk_loi_ich",
    "sk_gia_tri",
    "sk_nguoi_ap_dung_dau",
    "sk_tep",
    "sk_cam_ket",
]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({"giai_doan": "1"}, IDEA),
        ({"giai_doan": "1", "cho_ho_tro": "1"}, [*IDEA, "sk_ho_tro", "sk_tep"]),
        ({"giai_doan": "2"}, [*IDEA, *DOSSIER]),
        ({"giai_doan": "3"}, [*IDEA, *DOSSIER, "sk_1_trieu"]),
    ],
)
def test_each_stage_asks_its_own_questions(context, expected):
    assert [question.name for question in initiative(**context).asked()] == expected


@pytest.mark.parametrize(
    ("stage", "authors", "fine"),
    [
        ("1", "Trần Thị B\nLê Văn C", True),
        ("2", "Trần Thị B – công nhân – Công ty X", True),
        ("2", "Trần Thị B\nLê Văn C", False),
        ("2", "Trần Thị B – 60%\nLê Văn C – 40 %", True),
        ("2", "A B – 33,3%\nC D – 33,3%\nE F – 33,4%", True),
        ("2", "Trần Thị B – 60%\nLê Văn C – 30%", False),
    ],
)
def test_the_authors_shares_make_a_hundred_when_the_dossier_is_filed(stage, authors, fine):
    session = initiative(giai_doan=stage)
    question = named(session.form, "sk_tac_gia")
    message = session.problem(question, authors)
    assert (message is None) is fine
    assert fine or "100%" in (message or "")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("sk_ten", "Gá", "từ 5 đến 250"),
        ("sk_van_de", "Chậm.", "từ 20 đến 3.000"),
        ("sk_ngay_ap_dung", "2026-11-23", "không được ở tương lai"),
        ("sk_cam_ket", "khong", "Cần đồng ý cam kết"),
        ("sk_gia_tri", "1000000000001", "ghi rõ đơn vị"),
        ("sk_chu_dau_tu", "x" * 251, "Tối đa 250"),
    ],
)
def test_an_initiative_refuses_what_no_council_could_use(name, value, words):
    session = initiative(giai_doan="2")
    question = named(session.form, name)
    assert words in (session.problem(question, value) or "")


def test_files_go_where_they_belong():
    assert named(shipped("bc_thang"), "noi_dung_noi_bat").max_files == 3
    tep = named(shipped("sang_kien"), "sk_tep")
    assert (tep.kind, tep.max_files) == ("file", 5)
