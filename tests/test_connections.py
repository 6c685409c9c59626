"""The board says of each person what is true, to those above alone; who is invited gets in, nobody else is invited."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import pytest
from PIL import Image
from sqlalchemy import event, select

from handlers import inviting, inviting_files, tasks
from handlers.documents import invitation_slips
from handlers.inviting import Invited
from storage import accounts, appointments, connections, contacts, invitations, joining, units
from storage import tasks as queue
from storage.audit import JOB
from storage.database import Database, table_of
from storage.doors import Door
from storage.messages import MAX_TEXT
from storage.models import Change
from tests.player import CODE, DOOR
from tests.switchboard import ADMIN, KIEN, LIEU, NOW, OFFICE, OTHER_SUPERIOR, SUPERIOR, TEACHER, Switchboard

EVERY = select(units.UNIT.c.id)
OPERATOR = Door("", "", "")


@pytest.fixture
def desk(database: Database) -> Switchboard:
    return Switchboard(database)


def forget(desk: Switchboard, address: str) -> int:
    """The account is nobody's; whose it was."""
    person = desk.person(address)
    with desk.database.begin() as db:
        joining.undo(db, desk.account(address).id)
    return person


def states(desk: Switchboard) -> dict[int, connections.Person]:
    with desk.database.read() as db:
        return {one.id: one for one in connections.of(db, EVERY, desk.now, desk.now.date())}


# ── states ──────────────────────────────────────────────────────────────────────────────────────────


def test_each_person_is_in_the_state_that_is_true(desk: Switchboard) -> None:
    kien, lieu, teacher = forget(desk, KIEN), desk.person(LIEU), desk.person(TEACHER)
    assert states(desk)[kien].state == "uninvited"
    with desk.database.begin() as db:
        code = invitations.issue(db, kien, NOW)
        contacts.stop(db, desk.account(TEACHER).id, NOW)
    board = states(desk)
    assert (board[kien].state, board[kien].expires_at) == ("invited", NOW + timedelta(days=14))
    assert board[teacher].state == "unreachable"
    assert (board[lieu].state, board[lieu].channels, board[lieu].silent) == ("connected", ("web",), True)
    desk.send("new", code, channel="telegram")
    assert states(desk)[kien].state == "undecided"
    desk.send("new", choice="do:agree", channel="telegram")
    assert (states(desk)[kien].state, states(desk)[kien].channels) == ("connected", ("telegram",))


def test_a_code_that_has_expired_counts_as_none(desk: Switchboard) -> None:
    kien = forget(desk, KIEN)
    with desk.database.begin() as db:
        invitations.issue(db, kien, NOW)
    desk.now += timedelta(days=14)
    assert states(desk)[kien].state == "uninvited"


def test_who_has_begun_a_paper_has_answered(desk: Switchboard) -> None:
    desk.send(LIEU, "báo cáo")
    assert not states(desk)[desk.person(LIEU)].silent
    assert states(desk)[desk.person(KIEN)].silent
    assert not states(desk)[desk.person(SUPERIOR)].silent, "a superior writes no reports"


def test_a_person_with_two_posts_is_counted_once(desk: Switchboard) -> None:
    posts = units.ASSIGNMENT
    with desk.database.begin() as db:
        unit = db.scalar(select(units.UNIT.c.id).where(units.UNIT.c.code == "NB-GDU-02"))
        row = {"person_id": desk.person(TEACHER), "unit_id": unit, "role": "bao_cao_vien", "title": "",
               "valid_from": NOW.date()}  # fmt: skip
        db.execute(posts.insert(), row)
        found = connections.of(db, EVERY, NOW, NOW.date())
    assert len({one.id for one in found}) == len(found)
    assert states(desk)[desk.person(TEACHER)].roles == ("chu_tich_cdcs", "bao_cao_vien")


def test_the_counts_are_those_of_the_lists(desk: Switchboard) -> None:
    kien = forget(desk, KIEN)
    with desk.database.begin() as db:
        invitations.issue(db, kien, NOW)
        contacts.stop(db, desk.account(TEACHER).id, NOW)
        contacts.add(db, "zalo", "l", NOW, person_id=desk.person(LIEU))
        counted = connections.counts(db, EVERY, NOW, NOW.date())
        lists = {
            state: connections.of(db, EVERY, NOW, NOW.date(), state)
            for state in (*connections.STATES, connections.SILENT)
        }
        second = connections.of(db, EVERY, NOW, NOW.date(), "connected", skip=2, most=3)
    assert {state: len(people) for state, people in lists.items() if people} == {
        state: number for state, number in counted.states.items() if number
    }
    assert counted.people == sum(
        counted.states[state] for state in connections.STATES if state in counted.states
    )
    assert counted.channels["zalo"] == 1
    assert lists["connected"][2:5] == second


def test_the_board_is_one_statement(desk: Switchboard) -> None:
    seen: list[str] = []

    def see(_c: object, _k: object, statement: str, *_: object) -> None:
        seen.append(statement)

    with desk.database.read() as db:
        event.listen(db, "before_cursor_execute", see)
        connections.of(db, EVERY, NOW, NOW.date())
    assert len([statement for statement in seen if statement != "BEGIN"]) == 1


# ── who sees it, who invites ────────────────────────────────────────────────────────────────────────


def test_a_superior_sees_the_own_subtree_alone(desk: Switchboard) -> None:
    words = "\n".join(desk.says(SUPERIOR, "kết nối", "1").text for _ in "1")
    assert "CĐ phường Hoa Lư" in words
    with desk.database.read() as db:
        teacher = units.person_name(db, desk.person(TEACHER))
    everything = "\n".join(desk.heard(SUPERIOR))
    assert teacher not in everything


@pytest.mark.parametrize("what", ["one.{person}", "all.connected.{unit}", "list.connected.{unit}.1"])
def test_a_forged_number_of_another_unit_shows_and_changes_nothing(desk: Switchboard, what: str) -> None:
    with desk.database.read() as db:
        unit = db.scalar(select(units.UNIT.c.id).where(units.UNIT.c.code == "NB-GDU-01"))
        name = units.person_name(db, desk.person(TEACHER))
    value = what.format(person=desk.person(TEACHER), unit=unit)
    words = "\n".join(one.text for one in desk.send(SUPERIOR, choice=f"do:connections:{value}"))
    desk.send(SUPERIOR, choice=f"do:invite:text.{unit}")
    while tasks.run_next(desk.database, desk.now):
        pass
    assert "Xin lỗi" not in words
    assert name not in "\n".join(desk.heard(SUPERIOR))
    assert desk.rows(invitations.INVITATION) == []


@pytest.mark.parametrize(
    "forged", ["", "x", "list", "list..", "list.silent.x.-1", f"one.{'9' * 30}", "all.all.0"]
)
def test_a_forged_button_is_no_fault(desk: Switchboard, forged: str) -> None:
    for command in ("connections", "invite", "which_unit", "address_form", "paragraph", "review"):
        said = desk.send(SUPERIOR, choice=f"do:{command}:{forged}")
        said += desk.send(LIEU, choice=f"do:{command}:{forged}")
        assert "Xin lỗi" not in "\n".join(one.text for one in said)


def test_work_that_was_asked_for_before_the_right_ended_invites_nobody(desk: Switchboard) -> None:
    forget(desk, KIEN)
    desk.says(SUPERIOR, "mời", "2")
    with desk.database.begin() as db:
        mine = units.ASSIGNMENT.c.person_id == desk.person(SUPERIOR)
        db.execute(units.ASSIGNMENT.update().where(mine).values(valid_to=NOW.date() - timedelta(days=1)))
    assert tasks.run_next(desk.database, desk.now)
    assert desk.rows(invitations.INVITATION) == []
    assert "không lập phiếu" in desk.heard(SUPERIOR)[-1]


def test_an_invitation_of_many_is_written_down_once(desk: Switchboard) -> None:
    people = {forget(desk, KIEN), forget(desk, LIEU)}
    desk.says(SUPERIOR, "mời", "2")
    tasks.run_next(desk.database, desk.now)
    (change,) = desk.rows(table_of(Change))
    assert (change.act, change.person_id, set(change.new["people"])) == (
        "invite",
        desk.person(SUPERIOR),
        people,
    )
    codes = CODE.findall("\n".join(desk.heard(SUPERIOR)))
    assert not any(code in str(change.new) for code in codes)


def test_the_codes_of_a_group_open_for_those_named(desk: Switchboard) -> None:
    kien = forget(desk, KIEN)
    desk.says(SUPERIOR, "mời", "2")
    tasks.run_next(desk.database, desk.now)
    line = next(line for line in desk.heard(SUPERIOR)[-1].splitlines() if "Lương Hữu Kiên" in line)
    desk.send("new", CODE.findall(line)[0])
    assert desk.account("new").person_id == kien


def test_a_code_that_was_handed_out_stays_until_a_new_one_is_wished(desk: Switchboard) -> None:
    code = desk.invite(KIEN)
    forget(desk, KIEN)
    forget(desk, LIEU)
    desk.now += timedelta(minutes=1)
    said = desk.says(SUPERIOR, "mời")
    assert "Có 1 đồng chí" in said.text
    assert "1 đồng chí có mã còn hạn, tôi giữ nguyên" in said.text
    desk.says(SUPERIOR, "2")
    tasks.run_next(desk.database, desk.now)
    assert "Lương Hữu Kiên" not in desk.heard(SUPERIOR)[-1]
    with desk.database.read() as db:
        assert invitations.fate(db, code, desk.now) == "good"
    desk.now += timedelta(minutes=1)
    assert "mã còn hạn của" in desk.says(SUPERIOR, "mời").text
    desk.says(SUPERIOR, "2")
    tasks.run_next(desk.database, desk.now)
    assert "Lương Hữu Kiên" in desk.heard(SUPERIOR)[-1]
    with desk.database.read() as db:
        assert invitations.fate(db, code, desk.now) == "expired"


def test_codes_are_renewed_together_with_new_ones_on_demand(desk: Switchboard) -> None:
    desk.invite(KIEN)
    forget(desk, KIEN)
    forget(desk, LIEU)
    assert "mã còn hạn của Lương Hữu Kiên" in desk.says(SUPERIOR, "mời", "cấp lại").text
    desk.says(SUPERIOR, "1")
    tasks.run_next(desk.database, desk.now)
    assert "Phiếu mời của 2" in desk.heard(SUPERIOR)[-1]


def test_another_superior_has_nobody_to_invite(desk: Switchboard) -> None:
    forget(desk, KIEN)
    assert "Không còn ai cần mời" in desk.says(OTHER_SUPERIOR, "mời").text


# ── words and slips ─────────────────────────────────────────────────────────────────────────────────


def crowd(number: int) -> list[Invited]:
    """People with long names in long units."""
    link = "https://t.me/congdoan_bot?start="
    return [
        Invited(n, f"U{n}", f"CĐCS Công ty Cổ phần Vật liệu xây dựng và Thương mại tổng hợp số {n // 2}",
                f"Nguyễn Thị Hoàng Phương Thảo {n}", "Chủ tịch CĐCS, Người nhập báo cáo", f"CFGH-{2000 + n}",
                f"{link}CFGH-{2000 + n}")
        for n in range(number)
    ]  # fmt: skip


def test_words_for_a_group_are_cut_between_lines_and_lose_nobody() -> None:
    parts = inviting.messages(inviting.group_words(crowd(80), DOOR, NOW))
    assert len(parts) > 3
    assert all(len(part.encode("utf-16-le")) // 2 < MAX_TEXT for part in parts)
    whole = "\n".join(parts)
    assert all(one.code in whole and one.name in whole for one in crowd(80))


def test_long_lists_go_as_a_file(desk: Switchboard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inviting_files, "MOST_MESSAGES", 0)
    forget(desk, KIEN)
    desk.says(SUPERIOR, "mời", "2")
    tasks.run_next(desk.database, desk.now)
    (file,) = desk.told(SUPERIOR)[-1].attachments
    assert "Lương Hữu Kiên" in (desk.database.files / file.path).read_text("utf-8")


def test_a_sheet_is_made_again_after_a_crash_and_its_codes_hold(desk: Switchboard) -> None:
    kien = forget(desk, KIEN)
    desk.says(SUPERIOR, "mời", "1")
    with desk.database.read() as db:
        task = queue.next_of(db)
    assert task is not None
    inviting_files.work(desk.database, task, desk.now)
    tasks.run_next(desk.database, desk.now)
    (file,) = desk.told(SUPERIOR)[-1].attachments
    words = text_of((desk.database.files / file.path).read_bytes())
    desk.send("new", CODE.findall(words)[0])
    assert desk.account("new").person_id == kien


def text_of(body: bytes) -> str:
    document = docx.Document(io.BytesIO(body))
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_each_person_has_a_slip_with_name_code_and_steps() -> None:
    words = text_of(invitation_slips.write(crowd(11), DOOR, "LĐLĐ tỉnh Ninh Bình", "08:30 ngày 24/09/2026"))
    for one in crowd(11):
        assert words.count(one.code) == 1
        assert one.name in words
    assert words.count("Mở Telegram, bấm “Bắt đầu”") == 11
    assert words.count("Không quét được: tìm @congdoan_bot trên Telegram, bấm “Bắt đầu”, gõ mã.") == 11
    assert words.count("Chưa có Telegram: cài trước.") == 11
    assert "hết hạn 08:30 ngày 24/09/2026" in words


def test_the_picture_on_a_slip_is_the_code_of_its_link() -> None:
    """The modules of the picture in the document, read dot by dot, are those of the link's QR code."""
    (one,) = crowd(1)
    document = docx.Document(io.BytesIO(invitation_slips.write([one], DOOR, "", "")))
    (part,) = [part for part in document.part.package.iter_parts() if part.partname.endswith(".png")]
    matrix = [list(row) for row in invitation_slips.code_of(one.link).matrix]
    picture = Image.open(io.BytesIO(part.blob)).convert("1")
    size, border = 5, 2
    assert picture.size[0] == size * (len(matrix) + 2 * border)
    read = [
        [
            int(not picture.getpixel(((x + border) * size + size // 2, (y + border) * size + size // 2)))
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert read == matrix


def test_without_links_a_slip_says_how_to_get_in_by_the_code() -> None:
    people = [Invited(1, "U", "CĐCS A", "Trần Văn Bình", "Chủ tịch CĐCS", "CFGH-2346", "")]
    words = text_of(invitation_slips.write(people, OPERATOR, "", ""))
    assert "gõ mã trên rồi gửi" in words
    assert "QR" not in words


# ── accounts ────────────────────────────────────────────────────────────────────────────────────────


def test_a_person_is_written_to_on_the_newest_account_that_works(desk: Switchboard) -> None:
    person = desk.person(KIEN)
    with desk.database.begin() as db:
        newer = contacts.add(db, "zalo", "k", NOW, person_id=person)
        assert accounts.working(db, person) == newer
        contacts.stop(db, newer or 0, NOW)
        assert accounts.working(db, person) == desk.account(KIEN).id
        mine = db.execute(accounts.of_same_person(newer or 0))
        assert {row.id for row in mine} == {newer, desk.account(KIEN).id}
        nobodys = contacts.add(db, "zalo", "x", NOW) or 0
        contacts.add(db, "zalo", "y", NOW)
        assert [row.id for row in db.execute(accounts.of_same_person(nobodys))] == [nobodys]


def test_a_code_comes_from_above_not_from_a_colleague(desk: Switchboard) -> None:
    second = desk.person("nb-hlu-2")
    with desk.database.begin() as db:
        joining.undo(db, desk.account("nb-hlu-2").id)
    assert "Không còn ai cần mời" in desk.says(SUPERIOR, "mời").text
    answer = desk.send(SUPERIOR, choice=f"do:connections:one.{second}")
    assert not CODE.findall("".join(one.text for one in answer))
    listed = desk.send(SUPERIOR, choice="do:connections:list.uninvited.0.1")[-1]
    assert "Mai Hồng Thơm" in listed.text
    assert listed.choices == ()
    assert "không cấp mã cho người này được" in desk.says(SUPERIOR, "1").text
    assert CODE.findall("".join(one.text for one in desk.send(ADMIN, choice=f"do:connections:one.{second}")))


@pytest.mark.parametrize("joined", [True, False])
def test_nobody_gets_a_code_that_opens_a_post_above_or_beside(desk: Switchboard, joined: bool) -> None:
    """An administrator of the province is a deputy in a unit, too: a code would open both posts."""
    with desk.database.begin() as db:
        unit = units.posts_of(db, desk.person(LIEU), NOW.date())[0].unit_id
        administrator = desk.person(ADMIN)
        appointments.appoint(db, JOB, administrator, unit, "bao_cao_vien", since=NOW.date(), at=NOW)
        if not joined:
            joining.undo(db, desk.account(ADMIN).id)
    answer = desk.send(SUPERIOR, choice=f"do:connections:second.{administrator}")
    assert "không cấp mã cho người này được" in answer[-1].text
    assert not CODE.findall("".join(one.text for one in answer))
    assert "Không còn ai cần mời" in desk.says(SUPERIOR, "mời").text
    assert CODE.findall(
        "".join(one.text for one in desk.send(OFFICE, choice=f"do:connections:second.{administrator}"))
    )
