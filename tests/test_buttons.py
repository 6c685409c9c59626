"""The question is one living message; buttons of others do nothing; the menu's commands are understood."""

from __future__ import annotations

import pytest

from handlers import HANDLERS
from handlers.engine import commands
from storage import submissions
from storage.answers import ANSWER
from storage.database import Database
from tests.switchboard import ADMIN, LIEU, SUPERIOR, TEACHER, Switchboard


@pytest.fixture
def chat(database: Database) -> Switchboard:
    """The sample organisation."""
    return Switchboard(database)


# ── the question is one living message ──────────────────────────────────────────────────────────────


def keys(chat: Switchboard, address: str) -> str:
    return chat.state(address).asked_in


def test_a_press_spends_the_question_and_shows_what_was_pressed(chat: Switchboard) -> None:
    asked = chat.says(TEACHER, "báo cáo")
    key = keys(chat, TEACHER)
    reply = chat.press(TEACHER, asked, "Không phát sinh")
    assert (reply.spends, reply.chosen) == (key, "8 Không phát sinh")
    assert keys(chat, TEACHER) != key


def test_a_typed_answer_spends_the_question_and_shows_no_choice(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo")
    key = keys(chat, TEACHER)
    reply = chat.says(TEACHER, "8")
    assert (reply.spends, reply.chosen) == (key, "")


def test_ticking_spends_nothing_and_done_shows_all_that_was_ticked(chat: Switchboard) -> None:
    asked = chat.says(TEACHER, "báo cáo")
    first = keys(chat, TEACHER)
    ticked = chat.press(TEACHER, asked, "1 Tuyên truyền")
    assert (ticked.replaces, ticked.spends) == (first, "")
    ticked = chat.press(TEACHER, ticked, "4 Chăm lo")
    key = keys(chat, TEACHER)
    reply = chat.press(TEACHER, ticked, "Xong")
    assert (reply.spends, reply.chosen) == (key, "1 Tuyên truyền, vận động, 4 Chăm lo, an sinh, ủng hộ quỹ")


def test_words_that_end_the_ticking_show_what_was_ticked(chat: Switchboard) -> None:
    asked = chat.says(TEACHER, "báo cáo")
    chat.press(TEACHER, asked, "1 Tuyên truyền")
    assert chat.says(TEACHER, "xong").chosen == "1 Tuyên truyền, vận động"


def test_the_tick_on_a_label_is_not_repeated(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo")
    turn = chat.state(TEACHER).turn
    (reply,) = chat.send(TEACHER, choice=f"{turn}.7", label="✓ 8 Không phát sinh")
    assert reply.chosen == "8 Không phát sinh"


def test_a_question_without_buttons_leaves_nothing_to_spend(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo", "1", "70")
    assert keys(chat, TEACHER) == ""
    assert chat.says(TEACHER, "2").spends == ""


@pytest.mark.parametrize("words", ["để sau", "SANGKIEN", "hủy", "vài", "GIUP", "TIEPTUC"])
def test_whatever_closes_the_question_spends_it(chat: Switchboard, words: str) -> None:
    chat.says(TEACHER, "báo cáo")
    key = keys(chat, TEACHER)
    assert chat.says(TEACHER, words).spends == key
    assert keys(chat, TEACHER) != key


def test_submitting_spends_the_summary_once(chat: Switchboard) -> None:
    summary = chat.says(TEACHER, "báo cáo", "8", "70", "1", "bỏ qua")
    key = keys(chat, TEACHER)
    receipt = chat.press(TEACHER, summary, "Nộp")
    assert (receipt.spends, receipt.chosen) == (key, "Nộp")
    assert keys(chat, TEACHER) == ""
    assert chat.press(TEACHER, receipt, "Lấy đoạn văn").spends == ""


def test_a_stale_press_spends_nothing(chat: Switchboard) -> None:
    asked = chat.says(TEACHER, "báo cáo")
    chat.says(TEACHER, "8")
    key = keys(chat, TEACHER)
    reply = chat.press(TEACHER, asked, "Không phát sinh")
    assert "Nút này thuộc câu hỏi trước" in reply.text
    assert (reply.spends, keys(chat, TEACHER)) == ("", key)


# ── buttons of others, commands of the menu ─────────────────────────────────────────────────────────


@pytest.fixture
def begun(chat: Switchboard) -> Switchboard:
    """The teacher's report is under way; the bot was put into a group, and Kiên has joined by phone."""
    chat.says(TEACHER, "báo cáo", "8")
    chat.send("group", event="added", name="Nhóm", text=SUPERIOR)
    return chat


def foreign(chat: Switchboard) -> dict[str, str]:
    """Each command of a button, with what it would carry if it were the teacher's, the superior's or the admin's."""
    draft = chat.rows(submissions.SUBMISSION)[0].id
    teacher, group = chat.account(TEACHER), chat.account("group")
    carried = {"resume": draft, "quiet": "2026-09", "not_this_person": f"{teacher.id}.{teacher.person_id}",
               "group_yes": group.id, "group_no": group.id}  # fmt: skip
    return {name: f"do:{name}:{carried.get(name, '')}".rstrip(":") for name in HANDLERS}


@pytest.mark.parametrize("name", sorted(HANDLERS))
def test_another_persons_button_changes_nothing_of_theirs(begun: Switchboard, name: str) -> None:
    draft = begun.rows(submissions.SUBMISSION)[0]
    before = theirs(begun, draft.id)
    (reply,) = begun.send(LIEU, choice=foreign(begun)[name], label="x")
    assert "Xin lỗi" not in reply.text
    assert theirs(begun, draft.id) == before


def theirs(begun: Switchboard, draft: int) -> list[object]:
    """The teacher's report, its answers, her account, and the group."""
    papers = [row for row in begun.rows(submissions.SUBMISSION) if row.id == draft]
    kept = [row for row in begun.rows(ANSWER) if row.submission_id == draft]
    return [papers, kept, begun.account(TEACHER), begun.account("group")]


@pytest.mark.parametrize("name", ["resume", "not_this_person", "group_yes", "group_no"])
def test_who_presses_it_hears_so_in_one_sentence(begun: Switchboard, name: str) -> None:
    (reply,) = begun.send(LIEU, choice=foreign(begun)[name])
    assert "Nút này không dùng được từ tài khoản của đồng chí" in reply.text
    assert begun.state(LIEU).frames == []


@pytest.mark.parametrize(
    "choice", ["do:resume:99", f"do:resume:{'9' * 40}", "do:resume:٣", "do:group_yes:x", "do:", "do:?"]
)
def test_a_forged_button_is_answered_politely(begun: Switchboard, choice: str) -> None:
    for address in (LIEU, ADMIN):
        (reply,) = begun.send(address, choice=choice)
        assert "Xin lỗi" not in reply.text


def test_a_button_of_ones_own_draft_that_is_submitted_by_now_offers_what_is_open(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo", "8", "70", "1", "bỏ qua", "gửi")
    draft = chat.rows(submissions.SUBMISSION)[0].id
    assert "không có bản nháp nào" in chat.send(TEACHER, choice=f"do:resume:{draft}")[0].text


@pytest.mark.parametrize(
    ("typed", "name"),
    [("/baocao", "start"), ("/tieptuc", "resume"), ("/sangkien", "idea"), ("/xemlai", "review"),
     ("/doanvan", "paragraph"), ("/trogiup", "help"), ("/hotro", "human"), ("/start", "greet"), ("/help", "help"),
     ("/start@congdoan_bot", "greet"), ("/BaoCao", "start")],
)  # fmt: skip
def test_a_command_of_the_menu_is_understood(typed: str, name: str) -> None:
    command = commands.parse(typed)
    assert command is not None
    assert command.name == name
    assert name in HANDLERS


def test_start_greets_by_name_and_offers_the_report(chat: Switchboard) -> None:
    reply = chat.says(TEACHER, "/start")
    assert reply.text.startswith("Kính chào đồng chí Hiền.")
    assert [one.label for one in reply.choices] == ["Bắt đầu báo cáo", "Nêu sáng kiến"]


def test_start_in_mid_report_offers_to_go_on(chat: Switchboard) -> None:
    chat.says(TEACHER, "báo cáo", "8")
    reply = chat.says(TEACHER, "/start")
    assert reply.choices[0].value == "do:resume"
    assert "Câu 2/4" in chat.press(TEACHER, reply, "Làm tiếp").text
