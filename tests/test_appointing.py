"""A post is handed over and a deputy named by those above alone; whoever comes joins by a code; all is written down."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers.new_person import NewPerson, person_in
from storage import appointments, units
from storage.database import Database, table_of
from storage.models import Change
from tests.player import CODE
from tests.switchboard import (
    ADMIN,
    KIEN,
    LIEU,
    NOW,
    OFFICE,
    OTHER_SUPERIOR,
    SUPERIOR,
    TEACHER,
    Switchboard,
)

UNIT = "NB-HLU-01"
NEW = "hoa"
DAY = timedelta(days=1)


@pytest.fixture
def desk(sqlite_database: Database) -> Switchboard:
    return Switchboard(sqlite_database)


def said(desk: Switchboard, address: str, *words: str) -> str:
    """All that is answered to the last of several messages."""
    return "\n".join(reply.text for reply in [desk.send(address, each) for each in words][-1])


def handed_over(desk: Switchboard, who: str = SUPERIOR, new: str = "Nguyễn Thị Hoa 0912345678") -> str:
    """The code with which Kiên's successor joins."""
    words = said(desk, who, f"bàn giao {UNIT}", "Kiên", new, "đúng")
    return CODE.findall(words)[-1]


def posts(desk: Switchboard, code: str = UNIT) -> list[tuple[str, str]]:
    """(name, role) of those who hold a post in a unit today."""
    with desk.database.read() as db:
        unit = db.scalar(select(units.UNIT.c.id).where(units.UNIT.c.code == code))
        every = select(units.UNIT.c.id)
        found = appointments.held(db, unit or 0, every, ("chu_tich_cdcs", "bao_cao_vien"), desk.now.date())
    return [(one.name, one.role) for one in found]


# ── the code ────────────────────────────────────────────────────────────────────────────────────────


def test_who_comes_by_a_hand_over_joins_by_the_code_and_never_by_the_number_alone(desk: Switchboard) -> None:
    code = handed_over(desk)
    assert "chưa đủ để tôi nhận ra" in said_event(desk, NEW, "+84912345678")
    assert desk.account(NEW).person_id is None
    assert "Kính chào đồng chí Nguyễn Thị Hoa" in said(desk, NEW, code)
    assert desk.account(NEW).person_id is not None


def said_event(desk: Switchboard, address: str, number: str, channel: str = "web") -> str:
    return desk.send(address, number, event="own_phone", channel=channel)[-1].text


def test_who_has_joined_by_the_code_may_add_an_account_by_the_number(desk: Switchboard) -> None:
    said(desk, NEW, handed_over(desk))
    assert "Kính chào" in said_event(desk, "hoa-2", "+84912345678", "zalo")


def test_a_deputy_of_the_roster_or_of_the_chairwoman_may_join_by_the_number(desk: Switchboard) -> None:
    said(desk, LIEU, "thêm người nhập", "Trần Văn Bình 0987654321", "đúng")
    assert "Kính chào đồng chí Trần Văn Bình" in said_event(desk, "binh", "+84987654321")


def test_a_colleague_who_takes_the_post_and_has_an_account_needs_no_code(desk: Switchboard) -> None:
    words = said(desk, SUPERIOR, f"bàn giao {UNIT}", "1", "lương hữu kiên", "đúng")
    assert "không cần mã" in words
    assert not CODE.search(words)
    assert "giữ chức trách Chủ tịch CĐCS" in desk.heard(KIEN)[-1]
    assert posts(desk) == [("Lương Hữu Kiên", "bao_cao_vien"), ("Lương Hữu Kiên", "chu_tich_cdcs")]


# ── the change ──────────────────────────────────────────────────────────────────────────────────────


def test_the_old_officer_leaves_the_day_before_the_new_one_comes(desk: Switchboard) -> None:
    day = desk.now.date() + 5 * DAY
    words = said(desk, SUPERIOR, f"bàn giao {UNIT}", "Kiên", "Nguyễn Thị Hoa", f"{day:%d/%m}", "đúng")
    assert f"{day:%d/%m/%Y}" in words
    assert ("Lương Hữu Kiên", "bao_cao_vien") in posts(desk), "today nothing has changed"
    desk.now += 5 * DAY
    assert posts(desk) == [("Dương Ngọc Liễu", "chu_tich_cdcs"), ("Nguyễn Thị Hoa", "bao_cao_vien")]
    assert "không được giao đơn vị" in said(desk, KIEN, "báo cáo")


@pytest.mark.parametrize("day", ["20/12", "01/07/2026", "31/02", "ngày kia 7"])
def test_a_day_out_of_reach_changes_nothing(desk: Switchboard, day: str) -> None:
    said(desk, SUPERIOR, f"bàn giao {UNIT}", "Kiên", "Nguyễn Thị Hoa", day)
    assert ("Lương Hữu Kiên", "bao_cao_vien") in posts(desk)
    assert f"{desk.now:%d/%m/%Y}" in said(desk, SUPERIOR, "đúng"), "the day that was shown holds"


def test_the_new_officer_finds_the_draft_without_asking_the_one_who_left(desk: Switchboard) -> None:
    said(desk, KIEN, "báo cáo", "không phát sinh")
    said(desk, NEW, handed_over(desk), "đồng ý")
    assert "Câu 2/6" in said(desk, NEW, "báo cáo")
    assert "không được giao đơn vị" in said(desk, KIEN, "639")


def test_every_change_is_written_down_with_who_made_it(desk: Switchboard) -> None:
    handed_over(desk)
    said(desk, LIEU, "thôi người nhập", "đúng")
    changes = desk.rows(table_of(Change))
    assert [(row.act, row.person_id) for row in changes] == [
        ("end_post", desk.person(SUPERIOR)),
        ("assign", desk.person(SUPERIOR)),
        ("end_post", desk.person(LIEU)),
    ]
    ended, appointed, _ = changes
    assert ended.old["person_id"] == desk.person(KIEN)
    assert ended.new == {"valid_to": f"{NOW.date() - DAY}"}
    assert appointed.new["role"] == "bao_cao_vien"
    assert {row.channel for row in changes} == {"web"}


def test_the_successor_does_not_take_over_what_the_old_officer_was_called(desk: Switchboard) -> None:
    titles = select(units.ASSIGNMENT.c.title).where(units.ASSIGNMENT.c.role == "bao_cao_vien")
    with desk.database.read() as db:
        before = db.scalars(titles.where(units.ASSIGNMENT.c.person_id == desk.person(KIEN))).all()
    said(desk, NEW, handed_over(desk))
    with desk.database.read() as db:
        after = db.scalars(titles.where(units.ASSIGNMENT.c.person_id == desk.person(NEW))).all()
    assert (before, after) == (["Phó Chủ tịch"], [""])


def test_each_of_two_posts_of_one_person_has_its_own_button(desk: Switchboard) -> None:
    said(desk, SUPERIOR, f"bàn giao {UNIT}", "1", "lương hữu kiên", "đúng")
    asked = desk.send(SUPERIOR, f"bàn giao {UNIT}")[-1]
    assert [choice.label for choice in asked.choices] == [
        "Lương Hữu Kiên – Người nhập báo cáo",
        "Lương Hữu Kiên – Chủ tịch CĐCS",
    ]


def test_who_has_handed_over_asks_the_superior_of_the_last_unit(desk: Switchboard) -> None:
    handed_over(desk)
    desk.now += 90 * DAY
    assert "chuyển tới đồng chí Vũ Thanh Kiên" in said(desk, KIEN, "HOTRO")
    assert "Đã chuyển câu hỏi số 1" in said(desk, KIEN, "tôi bị bàn giao nhầm")
    told = desk.heard(SUPERIOR)[-1]
    assert "“tôi bị bàn giao nhầm”" in told
    assert "đã thôi chức trách" in told


def test_a_second_press_changes_nothing(desk: Switchboard) -> None:
    said(desk, SUPERIOR, f"bàn giao {UNIT}", "Kiên", "Nguyễn Thị Hoa")
    asked = desk.told(SUPERIOR)[-1]
    desk.press(SUPERIOR, asked, "Xác nhận bàn giao")
    assert "thuộc lần trước" in desk.press(SUPERIOR, asked, "Xác nhận bàn giao").text
    assert len(posts(desk)) == 2


def test_an_old_button_does_not_confirm_a_later_question(desk: Switchboard) -> None:
    said(desk, SUPERIOR, f"bàn giao {UNIT}", "Kiên", "Nguyễn Thị Hoa")
    old = desk.told(SUPERIOR)[-1]
    said(desk, SUPERIOR, f"bàn giao {UNIT}", "1", "Trần Văn Bình")
    assert "thuộc lần trước" in desk.press(SUPERIOR, old, "Xác nhận bàn giao").text
    assert len(posts(desk)) == 2
    assert ("Dương Ngọc Liễu", "chu_tich_cdcs") in posts(desk)


# ── who may ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", [LIEU, SUPERIOR, OFFICE, ADMIN])
def test_the_chairwoman_and_those_above_hand_over(desk: Switchboard, who: str) -> None:
    handed_over(desk, who)
    assert ("Nguyễn Thị Hoa", "bao_cao_vien") in posts(desk)


@pytest.mark.parametrize("who", [KIEN, "nb-1", "nb-3"])
@pytest.mark.parametrize("words", ["bàn giao", "thêm người nhập", "thôi người nhập"])
def test_nobody_else_does(desk: Switchboard, who: str, words: str) -> None:
    assert "không thuộc chức trách" in said(desk, who, words)


@pytest.mark.parametrize("who", [TEACHER, OTHER_SUPERIOR])
def test_another_units_posts_are_not_found(desk: Switchboard, who: str) -> None:
    assert "chưa thấy đơn vị nào" in said(desk, who, f"bàn giao {UNIT}")


def test_a_specialist_hands_over_no_post_of_a_superior(desk: Switchboard) -> None:
    assert "chưa có ai giữ chức trách" in said(desk, "nb-hlu-2", "bàn giao NB-HLU")
    assert "bàn giao cho ai" in said(desk, OFFICE, "bàn giao NB-HLU", "1"), "the department hands over both"


def test_a_forged_post_of_another_unit_changes_nothing(desk: Switchboard) -> None:
    """A chairwoman at the list of her own unit sends the number of somebody else's post."""
    with desk.database.read() as db:
        theirs = db.scalar(
            select(units.ASSIGNMENT.c.id).where(units.ASSIGNMENT.c.person_id == desk.person(TEACHER))
        )
    said(desk, LIEU, "bàn giao")
    key = re.search(r"do:appoint:(\d+)\.", desk.told(LIEU)[-1].choices[0].value)
    assert key
    words = desk.send(LIEU, choice=f"do:appoint:{key[1]}.post.{theirs}")[-1].text
    assert "không còn thuộc phạm vi" in words
    assert ("Lương Kim Hiền", "chu_tich_cdcs") in posts(desk, "NB-GDU-01")


@pytest.mark.parametrize("forged", ["", ".", "1.yes", "x.yes", "1.post.9", f"{'9' * 30}.yes"])
def test_a_forged_button_changes_nothing(desk: Switchboard, forged: str) -> None:
    words = desk.send(LIEU, choice=f"do:appoint:{forged}")[-1].text
    assert "Xin lỗi" not in words
    assert len(posts(desk)) == 2


def test_who_loses_the_right_in_mid_question_does_nothing(desk: Switchboard) -> None:
    said(desk, SUPERIOR, f"bàn giao {UNIT}", "Kiên", "Nguyễn Thị Hoa")
    with desk.database.begin() as db:
        mine = units.ASSIGNMENT.c.person_id == desk.person(SUPERIOR)
        db.execute(update(units.ASSIGNMENT).where(mine).values(valid_to=NOW.date() - DAY))
    said(desk, SUPERIOR, "đúng")
    assert ("Lương Hữu Kiên", "bao_cao_vien") in posts(desk)


def test_a_post_that_somebody_else_handed_over_meanwhile_is_not_handed_over_twice(desk: Switchboard) -> None:
    said(desk, SUPERIOR, f"bàn giao {UNIT}", "Kiên", "Nguyễn Thị Hoa")
    handed_over(desk, LIEU, "Trần Văn Bình")
    assert "vừa thay đổi" in said(desk, SUPERIOR, "đúng")
    assert ("Nguyễn Thị Hoa", "bao_cao_vien") not in posts(desk)


@pytest.mark.parametrize("day", ["17/9/2026", "18/9/2026", ""])
def test_a_hand_over_that_has_not_begun_is_put_right_by_the_next_one(desk: Switchboard, day: str) -> None:
    said(desk, SUPERIOR, f"bàn giao {UNIT}", "Kiên", "Nguyễn Thị Hoa", "17/9/2026", "đúng")
    words = said(desk, SUPERIOR, f"bàn giao {UNIT}", "Kiên", "Trần Thị Mai", *([day] if day else []))
    assert "thay cho Nguyễn Thị Hoa đã ghi lần trước" in words
    said(desk, SUPERIOR, "đúng")
    first = int(day[:2]) if day else NOW.day
    for number in range(NOW.day, 20):
        desk.now = NOW.replace(day=number)
        holds = "Trần Thị Mai" if number >= first else "Lương Hữu Kiên"
        assert [name for name, role in posts(desk) if role == "bao_cao_vien"] == [holds]


# ── names ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("Nguyễn Thị Hoa 0912 345 678", "Nguyễn Thị Hoa", "+84912345678"),
        ("0912.345.678 - nguyễn thị hoa", "Nguyễn Thị Hoa", "+84912345678"),
        ("đồng chí Nguyễn Thị Hoa, SĐT: +84 912 345 678", "Nguyễn Thị Hoa", "+84912345678"),
        ("anh Vũ Anh Tuấn", "Vũ Anh Tuấn", ""),
        ("TRẦN VĂN BÌNH", "Trần Văn Bình", ""),
        ("H'Hen Niê", "H'Hen Niê", ""),
    ],
)
def test_a_name_and_a_number_are_read_in_any_order(typed: str, name: str, phone: str) -> None:
    assert person_in(typed) == NewPerson(name, phone)


@pytest.mark.parametrize(
    "typed", ["Hoa", "cô Hoa", "0912345678", "", "chưa rõ ai, để sau 12", "=HYPERLINK(1)", "1"]
)
def test_what_is_no_full_name_is_asked_again(typed: str) -> None:
    assert person_in(typed) is None


# ── names without marks, units without deputies, the own unit ───────────────────────────────────────


def test_a_name_without_marks_is_asked_once(desk: Switchboard) -> None:
    asked = said(desk, LIEU, "bàn giao", "Kiên", "nguyen thi hoa 0912345678")
    assert "“Nguyen Thi Hoa” viết có dấu thế nào" in asked
    assert "Nhận: Nguyễn Thị Hoa, 0912 345 678" in said(desk, LIEU, "Nguyễn Thị Hoa")


@pytest.mark.parametrize("word", ["đúng", "Nguyen Thi Hoa"])
def test_a_name_that_has_none_stays_as_it_was_typed(desk: Switchboard, word: str) -> None:
    assert "Nhận: Nguyen Thi Hoa" in said(desk, LIEU, "bàn giao", "Kiên", "nguyen thi hoa", word)


def test_whoever_is_known_need_not_be_spelt_out(desk: Switchboard) -> None:
    assert "Nhận: Lương Hữu Kiên (đang là" in said(desk, LIEU, "bàn giao", "1", "luong huu kien")
    assert "cho Lương Hữu Kiên" in said(desk, LIEU, "đúng")


def test_only_units_that_have_a_deputy_are_listed_for_ending_one(desk: Switchboard) -> None:
    every = said(desk, SUPERIOR, "thêm người nhập")
    with desk.database.begin() as db:
        deputies = units.ASSIGNMENT.c.role == "bao_cao_vien"
        kept = select(units.UNIT.c.id).where(units.UNIT.c.code.in_((UNIT, "NB-HLU-02")))
        ended = update(units.ASSIGNMENT).where(deputies, units.ASSIGNMENT.c.unit_id.not_in(kept))
        db.execute(ended.values(valid_to=NOW.date() - DAY))
    listed = said(desk, SUPERIOR, "hủy", "thôi người nhập")
    assert listed.count("NB-HLU-") == 2 < max(every.count("NB-HLU-"), 3)
    with desk.database.begin() as db:
        db.execute(update(units.ASSIGNMENT).where(deputies).values(valid_to=NOW.date() - DAY))
    assert "hiện không có người nhập báo cáo nào" in said(desk, SUPERIOR, "hủy", "thôi người nhập")


def test_a_leader_hands_over_the_own_post_in_the_own_unit_and_nobody_elses(desk: Switchboard) -> None:
    asked = said(desk, SUPERIOR, "bàn giao NB-HLU")
    assert "bàn giao cho ai" in asked
    assert desk.account(SUPERIOR).name in asked
    assert desk.account("nb-hlu-2").name not in asked
    assert desk.account("nb-hlu-2").name in said(desk, OFFICE, "bàn giao NB-HLU")


def test_help_in_the_middle_says_what_is_waited_for_and_loses_nothing(desk: Switchboard) -> None:
    assert "chọn người" in said(desk, LIEU, "bàn giao", "GIUP")
    assert "họ và tên" in said(desk, LIEU, "Kiên", "giúp")
    assert "ĐÚNG để thực hiện" in said(desk, LIEU, "Nguyễn Thị Hoa", "GIUP")
    assert "Đã bàn giao" in said(desk, LIEU, "đúng")


def test_help_of_who_has_handed_over_lists_what_is_still_open(desk: Switchboard) -> None:
    said(desk, LIEU, "bàn giao", "1", "Nguyễn Thị Hoa", "đúng")
    told = said(desk, LIEU, "GIUP")
    assert "hiện không được giao đơn vị nào" in told
    assert "HOTRO – hỏi" in told
    assert "DULIEU – xem" in told
    assert "BATDAU" not in told


# ── who hears of it ─────────────────────────────────────────────────────────────────────────────────


def heard_of_it(desk: Switchboard, address: str) -> list[str]:
    return [text for text in desk.heard(address) if "BANGIAO để sửa lại" in text]


def test_the_superior_hears_once_of_a_hand_over_in_the_unit(desk: Switchboard) -> None:
    said(desk, LIEU, "bàn giao", "Kiên", "Nguyễn Thị Hoa", "đúng")
    (told,) = heard_of_it(desk, SUPERIOR)
    assert "cho Nguyễn Thị Hoa" in told
    assert "người thực hiện: Dương Ngọc Liễu" in told
    assert heard_of_it(desk, OTHER_SUPERIOR) == heard_of_it(desk, OFFICE) == []


def test_who_hands_over_below_is_not_told_what_was_just_done(desk: Switchboard) -> None:
    handed_over(desk, SUPERIOR)
    assert heard_of_it(desk, SUPERIOR) == heard_of_it(desk, OFFICE) == []


def test_an_heir_who_is_known_is_told_how_far_the_draft_is(desk: Switchboard) -> None:
    said(desk, LIEU, "báo cáo", "không phát sinh", "như cũ", "bàn giao", "1", "Lương Hữu Kiên", "đúng")
    told = desk.heard(KIEN)[-1]
    assert "Báo cáo tháng 9/2026 của CĐCS Công ty TNHH May Thêu Sao Khuê đã trả lời 2/" in told
    assert "gõ TIEPTUC để làm tiếp" in told
    assert "Câu 3/" in said(desk, KIEN, "TIEPTUC")


def test_an_heir_of_a_unit_without_a_draft_is_told_of_none(desk: Switchboard) -> None:
    said(desk, LIEU, "bàn giao", "1", "Lương Hữu Kiên", "đúng")
    assert "gõ BATDAU" in desk.heard(KIEN)[-1]
