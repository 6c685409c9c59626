"""The audit: every act has words, rows are only added, petitions' words are never in it, and who may read it does."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from bot import audit_commands, simulation
from bot.__main__ import app
from handlers import audit_lines, audit_texts, digest_texts
from scheduler import periods as periods_job
from storage import acts as acts_of
from storage import audit, coverage, tree, upgrade
from storage.audit import CHANGE, COMMAND, JOB, By
from storage.database import Database, open_database
from storage.initiatives import PETITION
from storage.messages import MAX_TEXT
from storage.periods import PERIOD
from storage.submissions import SUBMISSION
from storage.units import UNIT
from tests.switchboard import ADMIN, KIEN, LIEU, NOW, OFFICE, OTHER_SUPERIOR, SUPERIOR, TEACHER, Switchboard
from tests.test_architecture import MODULES

REPORT = (
    "báo cáo",
    "6",
    "như cũ",
    "2",
    "3",
    "Công nhân chưa được trả tiền làm thêm giờ.",
    "tốt",
    "bỏ qua",
    "gửi",
)


@pytest.fixture
def board(database: Database) -> Switchboard:
    return Switchboard(database)


def acts(board: Switchboard) -> list[str]:
    return [row.act for row in board.rows(CHANGE)]


# ── the code ────────────────────────────────────────────────────────────────────────────────────────


def _calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield file, node


def _constants(node: ast.AST) -> set[str]:
    return {
        one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def test_every_act_has_words() -> None:
    recorded = [node for _, node in _calls("audit.record")]
    assert len(recorded) > 10
    used = set().union(*(_constants(node.args[2]) for node in recorded))
    for name in ("_noted", "requests_told.noted", "noted"):
        used |= set().union(*(_constants(arg) for _, node in _calls(name) for arg in node.args[:3]), set())
    assert used - set(audit_texts.ACTS) == set()


def test_no_code_changes_or_removes_a_row_but_for_erasure() -> None:
    """Rows are only ever added; the one exception blanks names and reasons, and is in storage/audit.py itself."""
    touched = re.compile(
        r"(update|delete)\(\s*(audit\.)?CHANGE\b|CHANGE\.(update|delete)\(|table_of\(Change\)"
    )
    found = {file.name: len(touched.findall(file.read_text("utf-8"))) for file in MODULES}
    assert {name: n for name, n in found.items() if n} == {"audit.py": 3}, "table_of, and the two in `forget`"
    raw = re.compile(r"(UPDATE|DELETE FROM)\s+\"?change\b", re.IGNORECASE)
    assert not [file for file in MODULES if raw.search(file.read_text("utf-8"))]


# ── what is recorded ────────────────────────────────────────────────────────────────────────────────


def test_a_correction_has_old_and_new_of_what_changed_and_no_prose(board: Switchboard) -> None:
    board.says(LIEU, *REPORT)
    board.says(LIEU, "sửa 2 thành 650", "sửa 5 thành Đã trả đủ tiền cho công nhân tổ ba.", "gửi")
    first, second = [row for row in board.rows(CHANGE) if row.about == "submission"]
    assert (first.act, first.old, first.new) == ("submit", {}, {})
    assert second.act == "correct_report"
    assert second.old["so_doan_vien"] == "642 người"
    assert second.new["so_doan_vien"] == "650 người"
    assert second.old["vuong_mac_nd"] == second.new["vuong_mac_nd"] == audit.WRITTEN
    assert set(second.new) == {"so_doan_vien", "vuong_mac_nd"}
    assert (second.person_id, second.channel) == (board.person(LIEU), "web")


def test_joining_consent_and_undoing_are_recorded(board: Switchboard) -> None:
    code = board.invite(LIEU)
    board.says("may-moi", code, "không đồng ý", "đồng ý")
    board.press(SUPERIOR, board.told(SUPERIOR)[-1], "Không phải")
    assert acts(board) == ["join", "disagree", "agree", "undo"]
    joined, *_, undone = board.rows(CHANGE)
    assert joined.person_id == board.person(LIEU)
    assert undone.person_id == board.person(SUPERIOR)
    assert (undone.about, undone.row) == ("person", board.person(LIEU))


def test_what_jobs_do_is_recorded_once(board: Switchboard) -> None:
    board.says(LIEU, *REPORT)
    for days in (5, 5, 30, 30):
        periods_job.run(board.database, NOW + timedelta(days=days))
    assert acts(board) == ["submit", "auto_accept", "lock"]
    accepted, locked = board.rows(CHANGE)[1:]
    assert (accepted.channel, accepted.person_id, accepted.row) == ("job", None, board.rows(SUBMISSION)[0].id)
    assert locked.row == board.rows(PERIOD)[0].id


def test_groups_and_silence_are_recorded(board: Switchboard) -> None:
    board.says(KIEN, "đừng nhắc nữa tháng này")
    board.send("nhom", event="added", text=LIEU, name="Nhóm")
    group = board.told(ADMIN)[-1]
    board.press(ADMIN, group, "Không dùng")
    board.press(ADMIN, group, "Gửi bản tin")
    board.press(ADMIN, group, "Gửi bản tin")
    assert acts(board) == ["stop_reminders", "group_no", "group_yes"]


def test_a_whole_month_leaves_no_word_of_a_petition_in_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/month.db"
    simulation.command(20, "2026-11", 3, url, tmp_path)
    database = open_database(url, tmp_path)
    with database.read() as db:
        told = [row.body for row in db.execute(PETITION.select()) if row.body]
        changes = db.execute(CHANGE.select()).all()
    database.close()
    assert told, "somebody had an obstacle"
    assert len(changes) > 20
    rows = "\n".join(str((row.old, row.new, row.reason)) for row in changes)
    words = {body[start : start + 12] for body in told for start in range(0, max(len(body) - 12, 1), 6)}
    assert not [part for part in words if part in rows]


# ── who reads it ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", [LIEU, SUPERIOR, OTHER_SUPERIOR, TEACHER])
def test_nobody_else_reads_it(sqlite_database: Database, address: str) -> None:
    board = Switchboard(sqlite_database)
    board.says(KIEN, "đừng nhắc nữa tháng này")
    for reply in (board.says(address, "nhật ký"), board.send(address, choice="do:audit:9")[-1]):
        assert "Kiên" not in reply.text


def test_a_unit_has_its_own_and_what_is_below_it(sqlite_database: Database) -> None:
    board = Switchboard(sqlite_database)
    board.says(KIEN, "đừng nhắc nữa tháng này")
    board.says(TEACHER, "đừng nhắc nữa tháng này")
    teacher = board.account(TEACHER).name
    assert teacher in board.says(OFFICE, "nhật ký").text
    below = board.says(OFFICE, "nhật ký thay đổi NB-HLU").text
    assert "Kiên" in below
    assert teacher not in below
    assert "Kiên" in board.says(OFFICE, "nhat ky nb-hlu-01").text
    assert "chưa thấy đơn vị" in board.says(OFFICE, "nhật ký NB-NIX-09").text


def test_pages_follow_each_other_and_fit_a_message(sqlite_database: Database) -> None:
    board = Switchboard(sqlite_database)
    with sqlite_database.begin() as db:
        for number in range(25):
            values = {"name": f"{number:02} " + "rất dài " * 20}
            audit.record(db, COMMAND, "rename", "unit", 1, at=NOW, unit_id=1, old={"name": "a"}, new=values)
    page, seen = board.says(ADMIN, "nhật ký"), []
    for _ in range(9):
        assert len(page.text) <= MAX_TEXT
        lines = page.text.splitlines()[1:]
        assert len(lines) <= 11
        seen += re.findall(r"→ (\d\d) ", page.text)
        if not page.choices:
            break
        page = board.says(ADMIN, "xem tiếp")
    assert seen == [f"{number:02}" for number in range(24, -1, -1)]


@pytest.mark.parametrize(
    "choice", ["do:audit:0.", "do:audit:x.y", "do:audit:-1", "do:audit:1.NB';--", "do:audit:" + "9" * 30]
)
def test_a_button_of_nobody_does_no_harm(sqlite_database: Database, choice: str) -> None:
    board = Switchboard(sqlite_database)
    assert board.send(ADMIN, choice=choice)[-1].text


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_says_when_who_from_where_what_and_both_values(sqlite_database: Database) -> None:
    board = Switchboard(sqlite_database)
    with sqlite_database.begin() as db:
        person, unit = board.person(ADMIN), 5
        old, new = {"role": "bao_cao_vien", "valid_to": None}, {"valid_to": "2026-12-31"}
        audit.record(db, By(person, "telegram"), "end_post", "person", board.person(LIEU), at=NOW, unit_id=unit,
                     old=old, new=new, reason="QĐ 12")  # fmt: skip
        (entry,) = audit.history(db)
        line = audit_lines.line(entry, audit_lines.names(db, [entry]))
    assert re.fullmatch(
        r"08:30 10/09/2026 · Lã Công Vượng \(Telegram\) · kết thúc chức trách của Dương Ngọc Liễu tại .+: "
        r"chức trách: người nhập báo cáo; đến hết ngày: 31/12/2026 \(lý do: QĐ 12\)",
        line,
    )


@pytest.mark.parametrize(
    ("by", "who"),
    [(JOB, "Trợ lý (tự động)"), (COMMAND, "Người vận hành máy chủ"), (By(None, "web"), "Một tài khoản")],
)
def test_what_no_person_did_has_a_name(sqlite_database: Database, by: By, who: str) -> None:
    with sqlite_database.begin() as db:
        audit.record(
            db, by, "an_act_of_tomorrow", "thing", None, at=NOW, new={"list": [1, "a"], "map": {"b": None}}
        )
        (entry,) = audit.history(db)
        line = audit_lines.line(entry, audit_lines.names(db, [entry]))
    assert line == f"08:30 10/09/2026 · {who} · thay đổi (an_act_of_tomorrow): list: 1, a; map: b: không có"


# ── congdoan audit ──────────────────────────────────────────────────────────────────────────────────


def test_the_command_filters_by_unit_person_and_day(board: Switchboard) -> None:
    board.says(KIEN, "đừng nhắc nữa tháng này")
    board.now += timedelta(days=3)
    board.says(TEACHER, "đừng nhắc nữa tháng này")
    teacher = board.account(TEACHER).name
    with board.database.read() as db:

        def told(**asked: str) -> list[str]:
            return audit_commands.render(db, "text", **asked).decode().splitlines()

        assert len(told()) == 2
        assert teacher in told()[0]
        assert ["Kiên" in line for line in told(unit="NB-HLU")] == [True]
        assert [teacher in line for line in told(person=teacher)] == [True]
        assert [teacher in line for line in told(since="2026-09-12")] == [True]
        assert told(since="2027-01-01") == ["Chưa có thay đổi nào được ghi."]
        for wrong in ({"unit": "NB-X"}, {"person": "Không Ai"}, {"since": "hôm qua"}):
            with pytest.raises(LookupError):
                told(**wrong)
        with pytest.raises(LookupError):
            audit_commands.render(db, "pdf")


def test_a_spreadsheet_runs_nothing_of_it(sqlite_database: Database) -> None:
    with sqlite_database.begin() as db:
        evil = {"name": "=cmd|' /C calc'!A0"}
        audit.record(db, COMMAND, "rename", "unit", None, at=NOW, old=evil, new=evil, reason="@SUM(A1)")
        body = audit_commands.render(db, "csv")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0] == list(audit_texts.COLUMNS)
    assert rows[1][-1] == "'@SUM(A1)"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_json_has_the_values_as_stored(sqlite_database: Database) -> None:
    with sqlite_database.begin() as db:
        audit.record(db, JOB, "lock", "period", 1, at=NOW, new={"accepted": 3})
        (entry,) = json.loads(audit_commands.render(db, "json"))
    assert (entry["act"], entry["new"], entry["at"]) == ("lock", {"accepted": 3}, "2026-09-10T08:30:00+07:00")


def test_congdoan_audit_writes_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/real.db"
    database = open_database(url, tmp_path)
    upgrade.upgrade(database)
    with database.begin() as db:
        audit.record(db, JOB, "lock", "period", None, at=NOW)
    database.close()
    monkeypatch.setenv("CONGDOAN_DATABASE_URL", url)
    out = tmp_path / "so" / "nhat-ky.csv"
    ran = CliRunner().invoke(app, ["audit", "--format", "csv", "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    assert "khóa số liệu kỳ" in out.read_text("utf-8-sig")
    assert CliRunner().invoke(app, ["audit", "--unit", "NB-X"]).exit_code == 2


def test_the_subtree_of_a_unit_is_that_of_the_day(board: Switchboard) -> None:
    board.says(KIEN, "đừng nhắc nữa tháng này")
    with board.database.begin() as db:
        db.execute(update(coverage.PARENT).values(valid_to=NOW.date() - timedelta(days=1)))
    assert "Kiên" not in board.says(ADMIN, "nhật ký NB-HLU").text
    assert "Kiên" in board.says(ADMIN, "nhật ký NB-HLU-01").text


def test_acts_on_the_tree_are_read_by_names(sqlite_database: Database) -> None:
    board = Switchboard(sqlite_database)
    with board.database.begin() as db:
        first, second, above = db.execute(
            select(UNIT.c.id)
            .where(UNIT.c.code.in_(("NB-HLU-02", "NB-HLU-03", "NB-TDI")))
            .order_by(UNIT.c.code)
        ).scalars()
        for done in (
            tree.rename(db, first, "CĐCS Tên Mới", "CĐCS Tên Mới", NOW.date(), "QĐ 12"),
            tree.move(db, first, above, NOW.date(), "QĐ 13"),
            tree.merge(db, [second], first, NOW.date(), "QĐ 14"),
        ):
            acts_of.record(db, COMMAND, done, at=NOW, reason="QĐ 12")
        entries = audit.history(db)
        named = audit_lines.names(db, entries)
        lines = "\n".join(audit_lines.line(entry, named) for entry in entries)
    assert "cấp trên: Công đoàn phường" not in lines
    assert "loại: đổi tên" in lines
    assert "sang đơn vị: CĐCS Tên Mới" in lines
    assert not re.search(r"\w_id|rename|reason|: \d+(;|$| \()", lines), lines


def test_a_table_names_what_changed_as_lines_do(sqlite_database: Database) -> None:
    board = Switchboard(sqlite_database)
    with board.database.begin() as db:
        unit = db.scalar(select(UNIT.c.id).where(UNIT.c.code == "NB-HLU-02")) or 0
        above = db.scalar(select(UNIT.c.id).where(UNIT.c.code == "NB-TDI"))
        acts_of.record(db, COMMAND, tree.move(db, unit, above or 0, NOW.date(), "QĐ 13"), at=NOW)
        about = {next(iter(digest_texts.LABELS)): 3, "people": [board.person(LIEU)]}
        audit.record(db, COMMAND, "change", "opening_figure", None, at=NOW, unit_id=unit, new=about)
        rows = list(csv.reader(io.StringIO(audit_commands.render(db, "csv").decode("utf-8-sig"))))
    values = " | ".join(cell for row in rows[1:] for cell in row[6:8])
    assert "cấp trên: " in values
    assert "Dương Ngọc Liễu" in values
    assert not re.search(r"[a-z]+_[a-z]+", values), values


def test_a_pause_is_said_once_in_its_line(sqlite_database: Database) -> None:
    board = Switchboard(sqlite_database)
    board.says(ADMIN, "tạm dừng: bão số 3", "có", "chạy lại")
    with board.database.read() as db:
        entries = audit.history(db)
        named = audit_lines.names(db, entries)
        ended, begun = [audit_lines.line(entry, named) for entry in entries]
    assert begun.endswith("· tạm dừng nhắc việc (lý do: bão số 3)"), begun
    assert ended.endswith("cho nhắc việc trở lại: tạm dừng từ lúc: 08:30 ngày 10/09/2026"), ended
