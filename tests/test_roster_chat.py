"""A roster in chat: whose right it is, what is written once, and what a wrong file comes to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers import roster_texts as texts
from handlers import tasks
from storage import units
from storage.audit import CHANGE
from storage.messages import Attachment
from storage.tasks import TASK
from tests import rosters
from tests.switchboard import ADMIN, LIEU, OFFICE, SUPERIOR, Switchboard

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def desk(database):
    return Switchboard(database)


def work(desk):
    while tasks.run_next(desk.database, desk.now):
        pass


def send(desk, who, name="danh_sach.xlsx", body=None):
    """The last that an account hears after it has sent a workbook."""
    if body is None:
        rosters.put(desk.database, name)
    else:
        file = desk.database.files / "uploads" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    kept = Attachment(f"uploads/{name}", name, XLSX, 1000)
    desk.send(who, attachments=(kept,))
    work(desk)
    return desk.told(who)[-1]


def codes(desk):
    return [row.code for row in desk.rows(units.UNIT)]


@pytest.mark.parametrize("who", [ADMIN, OFFICE])
def test_an_administrator_looks_and_then_writes(desk, who):
    seen = send(desk, who)
    assert [one.label for one in seen.choices] == ["Ghi vào hệ thống"]
    assert "NB-HLU-90" not in codes(desk)
    desk.send(who, choice=seen.choices[0].value)
    work(desk)
    assert "NB-HLU-90" in codes(desk)
    assert {row.person_id for row in desk.rows(CHANGE)} == {desk.person(who)}
    assert {row.channel for row in desk.rows(CHANGE)} == {"web"}


def test_a_second_press_writes_nothing_more(desk):
    seen = send(desk, ADMIN)
    for _ in range(2):
        desk.send(ADMIN, choice=seen.choices[0].value)
        work(desk)
    assert codes(desk).count("NB-HLU-90") == 1
    assert texts.NOTHING in desk.told(ADMIN)[-1].text


@pytest.mark.parametrize("who", [LIEU, SUPERIOR])
def test_the_list_is_nobody_else_s(desk, who):
    seen = send(desk, ADMIN)
    send(desk, who)
    for words in ("ghi danh sách", "ghi", "danh sách"):
        desk.send(who, words)
    desk.send(who, choice=seen.choices[0].value)
    work(desk)
    assert len(desk.rows(TASK)) == 1
    assert "NB-HLU-90" not in codes(desk)


def test_another_administrator_s_file_is_not_written_by_its_number(desk):
    seen = send(desk, ADMIN)
    for number in (*range(-1, 4), "x", 10**30):
        desk.send(OFFICE, choice=f"do:roster_apply:{number}")
    desk.send(OFFICE, choice=seen.choices[0].value)
    work(desk)
    assert "NB-HLU-90" not in codes(desk)
    assert len(desk.rows(TASK)) == 1


def test_a_right_that_ends_between_the_look_and_the_writing_writes_nothing(desk):
    seen = send(desk, ADMIN)
    desk.send(ADMIN, choice=seen.choices[0].value)
    with desk.database.begin() as db:
        mine = units.ASSIGNMENT.c.person_id == desk.person(ADMIN)
        db.execute(units.ASSIGNMENT.update().where(mine).values(valid_to=desk.now.date() - timedelta(days=1)))
    work(desk)
    assert "NB-HLU-90" not in codes(desk)
    assert "không còn quyền" in desk.told(ADMIN)[-1].text


def test_what_changed_since_the_look_is_looked_at_again(desk):
    seen = send(desk, ADMIN)
    with desk.database.begin() as db:
        db.execute(units.UNIT.update().where(units.UNIT.c.code == "NB-TDI").values(kind="cdcs"))
    desk.send(ADMIN, choice=seen.choices[0].value)
    work(desk)
    assert "NB-HLU-90" not in codes(desk)
    assert desk.told(ADMIN)[-1].attachments[0].name == "danh_sach-loi.xlsx"


@pytest.mark.parametrize("words", ["ghi", "1", "có", "đồng ý", "ghi vào hệ thống", "GHI DANH SACH"])
def test_the_button_may_be_typed(desk, words):
    send(desk, ADMIN)
    desk.send(ADMIN, words)
    work(desk)
    assert "NB-HLU-90" in codes(desk)


@pytest.mark.parametrize("words", ["không", "hủy", "để sau", "2", "xin chào"])
def test_any_other_word_writes_nothing(desk, words):
    send(desk, ADMIN)
    desk.send(ADMIN, words)
    work(desk)
    assert "NB-HLU-90" not in codes(desk)


@pytest.mark.parametrize("body", [b"", b"not a workbook", b"PK\x03\x04" + b"\0" * 50])
def test_a_broken_file_gets_one_sentence(desk, body):
    assert texts.NOT_XLSX in send(desk, ADMIN, "hong.xlsx", body).text
    with desk.database.read() as db:
        assert db.scalars(select(TASK.c.state)).all() == ["done"]


@pytest.mark.parametrize("name", ["danh_sach.csv", "danh_sach.ods", "danh_sach.xls", "danh_sach.XLSB"])
def test_a_list_of_another_kind_is_told_how_to_be_saved(desk, name):
    assert "xlsx" in send(desk, ADMIN, name, b"NB,NB-HLU").text


def test_a_message_stays_within_what_platforms_take(desk):
    many = [rosters.MAY | {"code": f"X{n}", "name": f"CĐCS {'rất dài ' * 22}{n}"} for n in range(60)]
    right = send(desk, ADMIN, "dai.xlsx", rosters.workbook(desk.database, many))
    wrong = send(desk, ADMIN, "sai.xlsx", rosters.workbook(desk.database, [m | {"kind": "x"} for m in many]))
    for reply in (right, wrong):
        assert len(reply.text.encode("utf-16-le")) // 2 <= 2000
    assert "60 đơn vị mới" in right.text


def test_what_is_there_comes_as_a_file(desk):
    desk.send(ADMIN, "danh sách")
    work(desk)
    [file] = desk.told(ADMIN)[-1].attachments
    body = (desk.database.files / file.path).read_bytes()
    assert file.size == len(body)
    assert texts.NOTHING in send(desk, ADMIN, "lai.xlsx", body).text
