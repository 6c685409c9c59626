"""A group receives digests after an administrator has confirmed it; nobody is answered in one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from scheduler import digests
from storage import audiences, contacts, units
from storage.calendar import TZ
from storage.database import Database
from storage.inbox import RECEIPT
from storage.messages import Reply
from storage.outbox import OUTGOING
from tests.switchboard import ADMIN, LIEU, NOW, OFFICE, SUPERIOR, Switchboard


@pytest.fixture
def chat(database: Database) -> Switchboard:
    """The sample organisation."""
    return Switchboard(database)


def audience(chat: Switchboard, address: str = "group") -> tuple[str, bool]:
    """What a group is to us, and whether the province is what it is told of."""
    with chat.database.read() as db:
        row = contacts.row_of(db, chat.account(address).id)
        return row.audience, row.unit_id == units.province(db, NOW.date())


def added(chat: Switchboard, address: str = "group", **more: str) -> Reply:
    """The question that the administrator gets."""
    more = {"name": "Ban Thường vụ", "text": SUPERIOR} | more
    assert chat.send(address, event="added", **more) == []
    return chat.told(ADMIN)[-1]


def test_a_group_is_kept_and_only_the_administrators_are_asked(chat: Switchboard) -> None:
    asked = added(chat)
    assert "đồng chí Vũ Thanh Kiên đưa vào nhóm “Ban Thường vụ”" in asked.text
    assert [one.label for one in asked.choices] == ["Gửi bản tin toàn tỉnh vào nhóm này", "Không dùng"]
    assert audience(chat) == ("group", False)
    assert chat.told(OFFICE) == chat.told(SUPERIOR) == chat.told("group") == []
    assert chat.send("group", "báo cáo") == chat.send("group", choice="do:start") == []


def test_who_is_not_known_is_not_named(chat: Switchboard) -> None:
    assert "một tài khoản ngoài danh sách" in added(chat, text="4711").text
    chat.send("4712", "chào", name="Tuấn")
    assert "tài khoản “Tuấn”" in added(chat, "other", text="4712").text


def test_a_confirmed_group_receives_the_provinces_digest_and_is_greeted_once(chat: Switchboard) -> None:
    asked = added(chat)
    for _ in range(2):
        assert "nhóm “Ban Thường vụ” nhận bản tin toàn tỉnh" in chat.press(ADMIN, asked, "Gửi bản tin").text
    assert audience(chat) == ("leaders", True)
    assert len(chat.told("group")) == 1
    digests.run(chat.database, datetime(2026, 9, 18, 17, 5, tzinfo=TZ))
    assert "BẢN TIN" in chat.told("group")[-1].text
    assert chat.send("group", "báo cáo") == []


def test_a_refused_group_receives_nothing(chat: Switchboard) -> None:
    chat.press(ADMIN, added(chat), "Không dùng")
    assert audience(chat) == ("group", False)
    with chat.database.read() as db:
        assert chat.account("group").id not in [one.contact_id for one in audiences.leaders(db)]


def test_a_confirmed_group_may_be_refused_later(chat: Switchboard) -> None:
    asked = added(chat)
    chat.press(ADMIN, asked, "Gửi bản tin")
    chat.press(ADMIN, asked, "Không dùng")
    assert audience(chat) == ("group", False)


@pytest.mark.parametrize("presser", [SUPERIOR, OFFICE, LIEU, "nb-1"])
def test_nobody_else_decides_about_a_group(chat: Switchboard, presser: str) -> None:
    asked = added(chat)
    for label in ("Gửi bản tin", "Không dùng"):
        assert "Nút này không dùng được" in chat.press(presser, asked, label).text
    assert audience(chat) == ("group", False)


def test_without_an_administrator_the_standing_department_decides(chat: Switchboard) -> None:
    with chat.database.begin() as db:
        admin = units.ASSIGNMENT.c.role == "quan_tri"
        db.execute(update(units.ASSIGNMENT).where(admin).values(valid_to=NOW.date() - timedelta(days=1)))
    chat.send("group", event="added", name="Nhóm")
    asked = chat.told(OFFICE)[-1]
    assert "Từ nay nhóm" in chat.press(OFFICE, asked, "Gửi bản tin").text
    assert audience(chat) == ("leaders", True)


def test_new_rights_of_the_bot_in_a_group_ask_nobody_again(chat: Switchboard) -> None:
    chat.press(ADMIN, added(chat), "Gửi bản tin")
    before = len(chat.told(ADMIN))
    chat.send("group", event="added", name="Ban Thường vụ (mới)")
    assert (audience(chat), len(chat.told(ADMIN))) == (("leaders", True), before)
    with chat.database.read() as db:
        assert contacts.name_of(db, chat.account("group").id) == "Ban Thường vụ (mới)"


def test_a_group_that_the_bot_was_taken_out_of_is_asked_about_again(chat: Switchboard) -> None:
    asked = added(chat)
    chat.press(ADMIN, asked, "Gửi bản tin")
    assert chat.send("group", event="removed") == []
    assert "bị đưa ra khỏi nhóm “Ban Thường vụ”" in chat.told(ADMIN)[-1].text
    assert chat.told("group", "queued") == []
    assert "không còn ở trong nhóm" in chat.press(ADMIN, asked, "Gửi bản tin").text
    added(chat)
    assert audience(chat) == ("group", False)
    assert chat.account("group").stopped_at is None


def test_that_a_group_without_digests_is_gone_nobody_needs_to_hear(chat: Switchboard) -> None:
    added(chat)
    before = len(chat.told(ADMIN))
    chat.send("group", event="removed")
    chat.send("unknown", event="removed")
    assert len(chat.told(ADMIN)) == before
    assert audience(chat, "unknown") == ("group", False)
    assert [row.key for row in chat.rows(OUTGOING) if row.key.startswith("unreachable")] == []


def test_a_group_moves_with_what_waits_for_it(chat: Switchboard) -> None:
    chat.press(ADMIN, added(chat), "Gửi bản tin")
    chat.send("group", event="moved", text="supergroup")
    assert audience(chat, "supergroup") == ("leaders", True)
    assert len(chat.told("supergroup")) == 1
    with chat.database.read() as db:
        assert contacts.find(db, "web", "group") is None


@pytest.mark.parametrize("confirmed", ["group", "supergroup"])
def test_a_group_whose_new_address_is_known_already_becomes_one_and_leaders_wins(
    chat: Switchboard, confirmed: str
) -> None:
    first, second = added(chat), added(chat, "supergroup")
    chat.press(ADMIN, first if confirmed == "group" else second, "Gửi bản tin")
    kept = chat.account("group").id
    chat.send("group", event="moved", text="supergroup")
    assert (chat.account("supergroup").id, audience(chat, "supergroup")) == (kept, ("leaders", True))
    assert len(chat.told("supergroup")) == 1, "the greeting goes along"
    with chat.database.read() as db:
        assert contacts.find(db, "web", "group") is None
        assert db.scalar(select(func.count()).where(RECEIPT.c.contact_id == kept)) == 3


def test_a_move_that_is_told_twice_changes_nothing(chat: Switchboard) -> None:
    chat.press(ADMIN, added(chat), "Gửi bản tin")
    with chat.database.begin() as db:
        for _ in range(2):
            contacts.move(db, "web", "group", "supergroup")
        contacts.move(db, "web", "supergroup", "supergroup")
    assert audience(chat, "supergroup") == ("leaders", True)


def test_a_move_of_a_group_that_nobody_knew_takes_over_what_is_known(chat: Switchboard) -> None:
    chat.press(ADMIN, added(chat, "supergroup"), "Gửi bản tin")
    chat.send("never seen", event="moved", text="supergroup")
    assert audience(chat, "supergroup") == ("leaders", True)
