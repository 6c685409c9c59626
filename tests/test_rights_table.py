"""Every role tries every command, typed and as a button that names something of every place: the table of rights holds.

A new command needs a line in CASES, or the first test fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from handlers import HANDLERS, rights_page, rights_texts
from handlers.engine.commands import PHRASES
from handlers.rights import BELOW, EVERYBODY, REPORTERS, RIGHTS, WITHOUT_POST
from storage import contacts, reminders, units
from storage.database import Database, open_database
from tests.rights_world import (
    PLACES,
    REACHES,
    ROLES,
    TOMORROW,
    YESTERDAY,
    World,
    build,
    dissolve,
    post,
    rehearsal,
    writes,
)

NOBODYS = re.compile(
    "không thuộc chức trách|không dùng được từ tài khoản|không được giao đơn vị|Không có câu hỏi số|"
    "Tôi không thấy báo cáo nào có mã"
)
OWN_DATA = {"privacy", "withdraw", "stay", "human", "help_more", "help_clear"}
"""What one may do after the last post has ended, too: about the own data, and ask a person."""
REFUSED = re.compile(f"{NOBODYS.pattern}|Tài khoản này nhận bản tin")


@dataclass(frozen=True, slots=True)
class Case:
    """How a command is tried: typed, pressed, pressed with what it is about in a unit; and what it says if allowed."""

    says: str
    words: str = ""
    about: Callable[[World, str], str] | None = None
    only_own: bool = False
    """A button that names a paper: of the own unit, for its reporters, whoever else has the command."""
    from_below: bool = False
    """What it is about was put to this unit by those below it."""
    anywhere: bool = False
    """What it is about is in no unit."""


def _paper(world: World, letter: str) -> str:
    return str(world.drafts[letter])


def _sent(world: World, letter: str) -> str:
    return str(world.sent[letter])


def _opened(world: World, letter: str) -> str:
    return f"open.{world.sent[letter]}"


def _receipt(world: World, letter: str) -> str:
    return f"BC-202608-{world.sent[letter]:05}"


def _person(world: World, letter: str) -> str:
    return f"{world.contacts[letter]}.{world.persons[letter]}"


def _unit(world: World, letter: str) -> str:
    return f"{world.units[letter]}.{world.period}"


def _own_unit(world: World, letter: str) -> str:
    return str(world.units[letter])


def _code(_: World, letter: str) -> str:
    return letter * 3


def _question(world: World, letter: str) -> str:
    return str(world.questions[letter])


def _group(world: World, _: str) -> str:
    return str(world.group)


def _first(name: str) -> str:
    return PHRASES[name].split("|")[0] if name in PHRASES else ""


OPENS = "đang nhập báo cáo này|Câu 1/"
CASES = {
    "start": Case(OPENS, "báo cáo"),
    "greet": Case("Kính chào", "/start"),
    "submit": Case(OPENS, "gửi"),
    "quiet": Case(OPENS, "tháng này không phát sinh"),
    "resume": Case("Câu |không có bản nháp", "tiếp tục", _paper, only_own=True),
    "edit": Case("đang nhập báo cáo này", "SUA 2"),
    "review": Case("mã BC-202608", "xem lại"),
    "paragraph": Case("Thực hiện phong trào", "đoạn văn"),
    "idea": Case("Phiếu sáng kiến", "sáng kiến"),
    "later": Case("Tôi sẽ nhắc", "để sau"),
    "remind": Case("Tôi sẽ nhắc", "nhắc sau"),
    "history": Case("Báo cáo đã nộp|Báo cáo tháng 8", "lịch sử", _opened, only_own=True),
    "receipt": Case("ảnh biên nhận", "biên nhận", _sent, only_own=True),
    "verify": Case("gõ mã in|Báo cáo tháng 8", "kiểm tra mã", _receipt),
    "stop_reminders": Case("sẽ không nhắc", "đừng nhắc nữa"),
    "leave": Case("bản nháp để"),
    "help": Case("Các từ", "giúp"),
    "human": Case("gõ câu hỏi", "hỗ trợ"),
    "help_more": Case("gõ câu hỏi"),
    "help_clear": Case("không có câu hỏi nào đang trao đổi"),
    "answer_help": Case("gõ nội dung trả lời|Không có câu hỏi số", about=_question, from_below=True),
    "send_answer": Case("gõ nội dung trả lời|Không có câu hỏi số", about=_question, from_below=True),
    "questions": Case("câu hỏi đang chờ|không có câu hỏi nào", "câu hỏi"),
    "pause": Case("Tạm dừng toàn bộ", "tạm dừng gửi"),
    "pause_yes": Case("Đã tạm dừng"),
    "pause_no": Case("gửi bình thường"),
    "unpause": Case("không có gì tạm dừng", "chạy lại"),
    "privacy": Case("Dữ liệu cá nhân của", "dữ liệu"),
    "data_requests": Case("Không có yêu cầu nào", "yêu cầu dữ liệu"),
    "audit": Case("Chưa có thay đổi nào", "nhật ký", _code),
    "agree": Case("Xin cảm ơn"),
    "disagree": Case("muốn rút lại đồng ý"),
    "withdraw": Case("không nhận báo cáo từ tài khoản này"),
    "stay": Case("không có gì thay đổi"),
    "not_this_person": Case("Đã gỡ|Nút này không dùng được", about=_person),
    "behalf": Case("Nhập hộ báo cáo|đang nhập báo cáo tháng|Nút này không dùng được", "nhập hộ", _unit),
    "roster": Case("đang lập tệp danh sách", _first("roster")),
    "roster_apply": Case("chưa có danh sách nào"),
    "consent_text": Case("Thông báo xử lý dữ liệu"),
    "address_form": Case("Xưng hô: 1", "xưng hô"),
    "change_unit": Case("Không còn đơn vị nào khác", _first("change_unit")),
    "which_unit": Case(f"{OPENS}|Nút này không dùng được", about=_own_unit, only_own=True),
    "invite": Case("Không còn ai cần mời", _first("invite")),
    "connections": Case("KẾT NỐI –", _first("connections")),
    "hand_over": Case(r"bàn giao ở đơn vị nào|ai bàn giao\?", _first("hand_over")),
    "deputy": Case("nhập báo cáo cho", _first("deputy")),
    "end_deputy": Case("cho thôi người nhập|thôi nhập báo cáo của", _first("end_deputy")),
    "appoint": Case("Nút này thuộc lần trước"),
    "group_yes": Case("nhận bản tin toàn tỉnh|không còn ở trong nhóm", about=_group, anywhere=True),
    "group_no": Case("không gửi|không còn ở trong nhóm", about=_group, anywhere=True),
}
"""Said of a button without anything is what is said of one that names nothing."""


def test_every_command_is_tried() -> None:
    assert set(CASES) == set(HANDLERS)


def test_every_command_has_rights_and_words_and_only_known_roles() -> None:
    assert set(RIGHTS) == set(HANDLERS) == set(rights_texts.COMMANDS)
    assert set(rights_texts.ROLE_NAMES) == set(EVERYBODY)
    assert {role for roles in RIGHTS.values() for role in roles} <= set(EVERYBODY)
    assert set(WITHOUT_POST) == OWN_DATA
    assert {how for roles in RIGHTS.values() for how in roles.values()} <= set(REACHES)


def test_storage_and_handlers_mean_the_same_roles() -> None:
    assert set(REPORTERS) == set(units.REPORTERS)
    assert set(RIGHTS["behalf"]) == set(reminders.SUPERIORS)


def test_the_page_of_rights_is_current() -> None:
    written = Path(rights_page.PAGE).read_text("utf-8")
    assert written == rights_page.page(), "write it anew: python -m handlers.rights_page"


# ── the world, once for all ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("rights")
    (folder / "congdoan.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{folder}/congdoan.db", folder / "files")
    yield build(database)
    database.close()


def said(world: World, words: str = "", choice: str = "") -> tuple[str, set[str]]:
    """What is answered to the actor, and which tables were written to; afterwards it is undone."""
    db = world.database.db
    turn = db.begin_nested()
    with writes(db) as written:
        replies = world.send("actor", words, choice=choice)
    turn.rollback()
    answer = "\n".join(reply.text for reply in replies)
    assert "tôi gặp lỗi" not in answer, (words, choice)
    return answer, written


def tries(world: World, name: str) -> Iterator[tuple[str, str, str]]:
    """(place, words, button) of each way to try a command; the place is empty if nothing is named."""
    case = CASES[name]
    if case.words:
        yield "", case.words, ""
    yield "", "", f"do:{name}"
    for place, letter in PLACES.items() if case.about else ():
        yield place, "", f"do:{name}:{case.about(world, letter)}" if case.about else ""


def allowed(name: str, role: str, place: str) -> bool:
    """What the table says."""
    case, how = CASES[name], RIGHTS[name].get(role)
    if how is None:
        return False
    if place and case.only_own:
        return role in REPORTERS and place == "own"
    if place and case.from_below and how == BELOW:
        return place == "below"
    return not place or case.anywhere or PLACES[place] in REACHES[how]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_the_table_says_and_nothing_else(world: World, role: str) -> None:
    with rehearsal(world) as db:
        post(db, world, role)
        for name in HANDLERS:
            for place, words, button in tries(world, name):
                answer, written = said(world, words, button)
                shown = f"{role}: {words or button} ({place}): {answer}"
                if allowed(name, role, place):
                    assert re.search(CASES[name].says, answer), shown
                    assert not (place or words) or not NOBODYS.search(answer), shown
                else:
                    assert REFUSED.search(answer), shown
                    assert written == set(), shown


ENDED = {
    "ended yesterday": (date(2026, 1, 1), YESTERDAY, False),
    "begins tomorrow": (TOMORROW, None, False),
    "unit dissolved": (date(2026, 1, 1), None, True),
}


@pytest.mark.parametrize("validity", ENDED)
@pytest.mark.parametrize("role", ROLES)
def test_without_a_post_that_is_valid_today_nobody_does_anything(
    world: World, role: str, validity: str
) -> None:
    first, last, dissolved = ENDED[validity]
    with rehearsal(world) as db:
        post(db, world, role, first, last)
        if dissolved:
            dissolve(db, world, "M")
        for name in HANDLERS:
            for place, words, button in tries(world, name):
                answer, written = said(world, words, button)
                shown = f"{role}, {validity}: {words or button} ({place}): {answer}"
                if name in OWN_DATA:
                    assert re.search(CASES[name].says, answer), shown
                    assert written <= {"contact", "data_request", "reminder", "change", "consent"}, shown
                else:
                    why = "từ ngày 11/09/2026" if validity == "begins tomorrow" else "không được giao đơn vị"
                    assert why in answer, shown
                    assert written == set(), shown


@pytest.mark.parametrize("role", RIGHTS["behalf"])
def test_nothing_is_entered_for_a_unit_that_has_ended(world: World, role: str) -> None:
    with rehearsal(world) as db:
        post(db, world, role)
        dissolve(db, world, "W")
        answer, written = said(world, choice=f"do:behalf:{_unit(world, 'W')}")
    assert NOBODYS.search(answer)
    assert written == set()


def test_two_posts_give_the_rights_of_each_in_its_own_reach(world: World) -> None:
    """Reporter at M, and superior of it elsewhere: he enters for others and not for M."""
    with rehearsal(world) as db:
        post(db, world, "bao_cao_vien")
        values = {"person_id": world.persons["actor"], "unit_id": world.units["V"], "role": "lanh_dao_ttcs",
                  "title": "", "valid_from": date(2026, 1, 1)}  # fmt: skip
        db.execute(units.ASSIGNMENT.insert(), values)
        answers = {letter: said(world, choice=f"do:behalf:{_unit(world, letter)}")[0] for letter in "MWOV"}
    assert {letter for letter, answer in answers.items() if "đang nhập báo cáo tháng" in answer} == {"O", "V"}
    assert NOBODYS.search(answers["M"])


def test_a_write_is_noticed(world: World) -> None:
    """The tests above rest on it."""
    with rehearsal(world) as db, writes(db) as written:
        post(db, world, "quan_tri")
        db.execute(update(contacts.CONTACT).values(display_name="x"))
    assert written == {"person", "assignment", "contact"}


def test_on_postgresql_too_a_reach_is_a_query(database: Database) -> None:
    whole = build(database)
    with rehearsal(whole) as db:
        post(db, whole, "lanh_dao_ttcs")
        seen = {
            letter: bool(re.search("đang nhập", said(whole, choice=f"do:behalf:{_unit(whole, letter)}")[0]))
            for letter in "UMSWVO"
        }
    assert seen == {"U": False, "M": True, "S": False, "W": True, "V": False, "O": False}
