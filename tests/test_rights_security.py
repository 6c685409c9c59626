"""Codes cannot be guessed, and nothing that anybody writes is ever read as SQL, as a template or as a path."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select, update

from storage import contacts, invitations, submissions, units
from storage.answers import ANSWER
from storage.contacts import CONTACT
from storage.database import Database
from storage.models import Note
from tests.switchboard import ADMIN, KIEN, LIEU, NOW, OFFICE, SUPERIOR, TEACHER, Switchboard

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(database: Database) -> Switchboard:
    """Nobody has an account on `telegram` yet."""
    return Switchboard(database, "telegram")


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database, with what is filled in."""
    seen: list[tuple[str, Any]] = []

    def note(_db: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


# ── guessing ────────────────────────────────────────────────────────────────────────────────────────


def near(code: str) -> str:
    """The same code but for its last sign."""
    signs = [sign for sign in invitations.FIGURES + invitations.LETTERS if sign != code[-1]]
    return code[:-1] + signs[0]


def test_a_near_miss_takes_the_way_of_any_other_wrong_code(desk: Switchboard) -> None:
    """Nothing is compared sign by sign: a code is looked up by its hash, so that time tells nothing of it."""
    code = desk.invite(KIEN)
    ways = []
    for address, tried in (("far", "CFGH-2346"), ("near", near(code))):
        desk.send(address, "xin chào")
        with statements(desk.database.engine) as seen:
            answer = desk.send(address, f"mã {tried}")[-1].text
        assert "chưa thấy mã này" in answer
        ways.append([statement for statement, _ in seen])
        looked_up = [str(filled) for statement, filled in seen if "invitation" in statement.lower()]
        assert looked_up
        assert not [one for one in looked_up if invitations.plain(tried) in one.upper()]
    assert ways[0] == ways[1]


def test_a_code_is_long_enough_for_what_may_be_tried() -> None:
    """All accounts together have 200 tries an hour for the two weeks of a code: less than one in a million."""
    signs = len(invitations.LETTERS + invitations.FIGURES)
    tries = invitations.MOST_WRONG_OF_ALL * (invitations.LIFE / invitations.REST)
    pending = 5000
    assert tries * pending / signs**invitations.LENGTH < 0.01
    assert tries / signs**invitations.LENGTH < 1e-5


def test_guessing_from_many_accounts_is_told_to_the_administrators_once(
    desk: Switchboard, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(invitations, "MOST_WRONG_OF_ALL", 6)
    with caplog.at_level(logging.ERROR):
        for n in range(14):
            desk.send(f"guesser {n}", f"mã CFGH-23{n:02}")
    assert len([record for record in caplog.records if "wrong invitation codes" in record.message]) == 1
    told = [said for said in desk.heard(ADMIN) if "mã mời sai" in said]
    assert len(told) == 1
    assert [said for said in desk.heard(OFFICE) if "mã mời sai" in said] == []
    desk.now += HOUR
    for n in range(14):
        desk.send(f"later {n}", f"mã CFGH-24{n:02}")
    assert len([said for said in desk.heard(ADMIN) if "mã mời sai" in said]) == 1, "once a day is enough"


def test_while_the_door_is_shut_a_right_code_is_not_used_up(
    desk: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_WRONG_OF_ALL", 3)
    code = desk.invite(KIEN)
    for n in range(3):
        desk.send(f"guesser {n}", f"mã CFGH-23{n:02}")
    assert "tạm dừng nhận mã mời" in desk.send("new", code)[-1].text
    with desk.database.read() as db:
        assert invitations.fate(db, code, desk.now) == "good"


# ── what people write ───────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    "'; DROP TABLE submission; --", '"; DELETE FROM answer; --', "' OR '1'='1", "%' OR 1=1 --", "a\\'b",
    "{dc} {0} {__class__} %s %(x)s", "../../../etc/passwd", "<b>x</b>&lt;", "=1+1", "\u202eabc", "x\x00y",
    "x\ud83dy",
)  # fmt: skip


def counts(desk: Switchboard) -> dict[str, int]:
    """How many rows every table has, and that it is still there."""
    with desk.database.read() as db:
        return {
            name: int(db.scalar(select(func.count()).select_from(table)) or 0)
            for name, table in Note.metadata.tables.items()
        }


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_words(desk: Switchboard, words: str) -> None:
    """As the first words of a stranger, as a code, as the name of an account, as a command, as an answer."""
    before = counts(desk)
    desk.send("stranger", words, name=words)
    desk.send("stranger", f"/start {words}")
    desk.send("stranger", words, event="own_phone")
    tried = [(LIEU, words), (LIEU, f"sửa 1 thành {words}"), (LIEU, f"/{words}")]
    for who, said in (*tried, (SUPERIOR, f"nhập hộ {words}"), (SUPERIOR, words)):
        answers = desk.send(who, said, channel="web")
        assert answers
        assert "tôi gặp lỗi" not in answers[-1].text
    desk.send(LIEU, choice=f"do:resume:{words}", channel="web")
    desk.send(SUPERIOR, choice=f"do:behalf:{words}", channel="web")
    desk.send(TEACHER, choice=words, channel="web")
    after = counts(desk)
    grown = {name for name in after if after[name] != before[name]}
    assert grown <= {"receipt", "outgoing", "conversation", "contact", "joining_attempt"}
    assert after["contact"] == before["contact"] + 1


@pytest.mark.parametrize("words", HOSTILE)
def test_an_answer_is_kept_as_it_was_written(desk: Switchboard, words: str) -> None:
    for said in ("báo cáo", "8", "70", "khá", f"Nội dung: {words}", "xong"):
        summary = desk.send(TEACHER, said, channel="web")[-1].text
    assert "tôi gặp lỗi" not in summary
    held = {row.question: row.value for row in desk.rows(ANSWER)}
    assert held["noi_dung_noi_bat"] == re.sub("[\x00\ud83d]", "\ufffd", f"Nội dung: {words}")
    assert "Đã nhận" in desk.send(TEACHER, "gửi", channel="web")[-1].text


def test_names_with_quotes_are_said_and_searched_like_any_other(desk: Switchboard) -> None:
    name = 'CĐCS Công ty "A\'B; --" {dc} 100%'
    with desk.database.begin() as db:
        unit = units.UNIT.c.code == "NB-HLU-01"
        db.execute(update(units.UNIT).where(unit).values(name=name, short_name=name))
        person = contacts.PERSON.c.id == desk.person(LIEU)
        db.execute(update(contacts.PERSON).where(person).values(name="Trần {ten} O'Liễu"))
    asked = desk.send(SUPERIOR, "nhập hộ a'b; --", channel="web")[-1]
    assert name in asked.text
    for said in ("1", "8", "640", "0", "0", "khá", "bỏ qua", "gửi"):
        receipt = desk.send(SUPERIOR, said, channel="web")[-1].text
    assert name in receipt
    assert any(name in said for said in desk.heard(LIEU))


def test_no_statement_has_what_people_wrote_in_its_text(desk: Switchboard) -> None:
    """What comes from outside is filled in by the driver and never stands in a statement."""
    marked = "Zq7xK9 'x"
    with statements(desk.database.engine) as seen:
        for who, said in (
            (LIEU, marked),
            (LIEU, "báo cáo"),
            (LIEU, "8"),
            (LIEU, marked),
            (SUPERIOR, f"nhập hộ {marked}"),
        ):
            desk.send(who, said, channel="web", name=marked)
        desk.send("stranger", f"/start {marked}", name=marked)
    assert len(seen) > 30
    assert [statement for statement, _ in seen if re.search("Zq7xK9", statement, re.IGNORECASE)] == []


# ── another's draft, an ended assignment ────────────────────────────────────────────────────────────


def test_a_draft_cannot_be_read_by_its_number_from_another_unit(desk: Switchboard) -> None:
    for said in ("báo cáo", "8", "71717"):
        desk.send(LIEU, said, channel="web")
    (paper,) = desk.rows(submissions.SUBMISSION)
    for who in (TEACHER, SUPERIOR, OFFICE, ADMIN, "nb-1", "nb-3", "nb-4"):
        for choice in (f"do:resume:{paper.id}", f"do:review:{paper.id}", f"do:edit:{paper.id}", "do:resume"):
            answer = desk.send(who, choice=choice, channel="web")[-1].text
            assert "71717" not in answer.replace(".", "")
            assert "May Thêu" not in answer
    assert desk.rows(submissions.SUBMISSION)[0].editor_id == desk.account(LIEU, "web").id


def test_a_post_as_a_member_opens_no_report_of_the_unit(desk: Switchboard) -> None:
    """`doan_vien` and `to_ho_tro` have a post in the unit, and its monthly report is none of theirs (DOMAIN 3)."""
    for said in ("báo cáo", "8", "700"):
        desk.send(LIEU, said, channel="web")
    (paper,) = desk.rows(submissions.SUBMISSION)
    with desk.database.begin() as db:
        mine = units.ASSIGNMENT.c.person_id == desk.person(KIEN)
        db.execute(update(units.ASSIGNMENT).where(mine).values(role="doan_vien"))
    for more in ({"choice": f"do:resume:{paper.id}"}, {"choice": "do:resume"}, {"words": "tiếp tục"}):
        assert "Câu" not in desk.send(KIEN, channel="web", **more)[-1].text
    assert "Câu 1/5" in desk.send(KIEN, "sáng kiến", channel="web")[-1].text


def test_a_unit_that_has_ended_takes_no_more_answers(desk: Switchboard) -> None:
    for said in ("báo cáo", "8"):
        desk.send(LIEU, said, channel="web")
    with desk.database.begin() as db:
        unit = units.UNIT.c.code == "NB-HLU-01"
        db.execute(update(units.UNIT).where(unit).values(valid_to=NOW.date() - timedelta(days=1)))
    assert "không được giao đơn vị" in desk.send(LIEU, "640", channel="web")[-1].text
    assert [row.question for row in desk.rows(ANSWER)] == ["hoat_dong_thang"]
    with desk.database.read() as db:
        assert db.scalar(select(CONTACT.c.person_id).where(CONTACT.c.address == LIEU))
