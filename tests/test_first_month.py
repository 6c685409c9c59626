"""An empty installation becomes ten reporting units, with nothing but what an administrator and officers can do."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import calendar
from tests import first_month as month
from tests.fake_telegram import Address, Telegram
from tests.first_month import ADMINISTRATOR, BEGIN, CODE, OFFICERS, SUPERIOR, Chats, Desk
from tests.serving import Serve

WRITTEN_TO = "CONGDOAN_FIRST_MONTH"
"""Environment variable: a file for the whole conversation, for people to read."""
LAN, ASKS, LEAVES, BY_TELEPHONE = OFFICERS[0], OFFICERS[1], OFFICERS[2], OFFICERS[3]
BY_OWN_PHONE = OFFICERS[8:BEGIN]
HEIR = "Nguyễn Thị Hoa"


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(waits=0.02)


@pytest.fixture
def desk(base: Address, tmp_path: Path) -> Iterator[Desk]:
    served = Serve(tmp_path / "var", base, base.base_file_url)
    served.data.mkdir()
    served.start()
    yield Desk(served)
    assert served.stop() == 0
    assert "Traceback" not in served.log.read_text("utf-8")


def test_an_empty_installation_becomes_ten_reporting_units(
    desk: Desk, telegram: Telegram, tmp_path: Path
) -> None:
    chats = Chats(telegram)
    try:
        bring_in(desk, tmp_path)
        codes = invite(desk, tmp_path)
        join(chats, codes)
        report(chats)
        look(chats, desk)
        keep(chats, desk)
    finally:
        write(chats, desk)


# ── units and people ────────────────────────────────────────────────────────────────────────────────


def bring_in(desk: Desk, place: Path) -> None:
    """A template is filled by hand, looked at, mended, written, and changes nothing a second time."""
    roster = place / "danh-sach.xlsx"
    desk.run("roster", "template", str(roster))
    now = datetime.now(UTC)
    month.fill(
        roster,
        {"Đơn vị": month.unit_rows(f"{calendar.today(now):%m/%Y}"), "Cán bộ": month.people_rows()},
    )
    assert "2 chỗ cần sửa" in desk.run("roster", "import", str(roster), code=1)
    returned = place / "danh-sach-loi.xlsx"
    said = month.mistakes(returned)
    assert sorted(said) == [6, 7]
    assert "0912" in said[6]
    assert "Giám đốc" in said[7]
    month.put(returned, "Cán bộ", 6, "Số điện thoại", month.phone(LAN))
    month.put(returned, "Cán bộ", 7, "Vai trò", "Chủ tịch CĐCS")
    looked = desk.run("roster", "import", str(returned))
    assert "Sẽ thay đổi: 15 đơn vị mới" in looked
    assert looked.count("chưa đến lượt báo cáo") == len(OFFICERS) - BEGIN
    assert "--apply" in looked
    assert "Đã ghi: 15 đơn vị mới" in desk.run("roster", "import", str(returned), "--apply")
    assert "Không có gì khác" in desk.run("roster", "import", str(returned), "--apply")


def invite(desk: Desk, place: Path) -> dict[str, str]:
    """Slips to print, then the same as words; each person's code."""
    slips = place / "phieu-moi.docx"
    assert "14 phiếu mời" in desk.run("invite", "--sheet", str(slips))
    assert slips.read_bytes().startswith(b"PK")
    lines = desk.run("invite", "--text", "--renew").splitlines()
    people = [line for line in lines if line.startswith("- ") and CODE.search(line)]
    return {line[2:].split(" (")[0]: CODE.findall(line)[-1] for line in people}


# ── joining ─────────────────────────────────────────────────────────────────────────────────────────


def join(chats: Chats, codes: dict[str, str]) -> None:
    """The administrator first, by the link; a superior; ten officers, eight by code, two by their own number."""
    chats.say(ADMINISTRATOR, f"/start {codes[ADMINISTRATOR]}", "có đồng ý không")
    chats.say(ADMINISTRATOR, "[Đồng ý]", "Xin cảm ơn")
    chats.say(SUPERIOR, f"/start {codes[SUPERIOR]}", "có đồng ý không")
    chats.say(SUPERIOR, "đồng ý", "Xin cảm ơn")
    for officer in OFFICERS[:BEGIN]:
        if officer in BY_OWN_PHONE:
            chats.say(officer, "/start", "mã mời")
            chats.share_phone(officer, "có đồng ý không")
        else:
            chats.say(officer, "xin chào", "mã mời")
            chats.say(officer, codes[officer], "có đồng ý không")
        assert "Xưng hô" in chats.say(officer, "[Đồng ý]", "Xin cảm ơn")
    chats.say(LAN, "2", "anh/chị")


# ── the month ───────────────────────────────────────────────────────────────────────────────────────


def report(chats: Chats) -> None:
    """Nine report; one is asked a question first, one hands over, one has telephoned."""
    ask(chats)
    hand_over(chats)
    for officer in OFFICERS[:BEGIN]:
        if officer not in (LEAVES, BY_TELEPHONE):
            assert "Đã nhận báo cáo" in chats.report(officer)
    assert "nhập hộ theo điện thoại" in on_behalf(chats)
    chats.hear(BY_TELEPHONE, "vừa nhập hộ")


def ask(chats: Chats) -> None:
    """HOTRO in mid-report; the superior answers, and the report goes on where it was."""
    chats.say(ASKS, "báo cáo", "Câu 1/")
    chats.say(ASKS, "HOTRO", SUPERIOR)
    chats.say(ASKS, "Đoàn viên thử việc có tính vào số đoàn viên không?", "Đã chuyển câu hỏi số 1")
    chats.hear(SUPERIOR, "Câu hỏi số 1 từ")
    chats.say(SUPERIOR, "[Trả lời]", "gõ nội dung trả lời")
    chats.say(SUPERIOR, "Chỉ tính người đã có quyết định kết nạp.", "Đã gửi câu trả lời")
    chats.hear(ASKS, "quyết định kết nạp")
    chats.say(ASKS, "đã rõ", "đã xong")


def hand_over(chats: Chats) -> None:
    """The chairwoman hands over; the new one joins by the code that she passes on, and reports."""
    chats.say(LEAVES, "bàn giao", "bàn giao cho ai")
    chats.say(LEAVES, f"{HEIR} 0987 654 321", "ĐÚNG")
    chats.say(LEAVES, "đúng", "Đã bàn giao")
    code = CODE.findall(chats.hear(LEAVES, "Kính gửi"))[-1]
    chats.say(HEIR, f"/start {code}", "có đồng ý không")
    chats.say(HEIR, "1", "Xin cảm ơn")
    assert "Đã nhận báo cáo" in chats.report(HEIR)
    chats.say(LEAVES, "báo cáo", "không được giao")


def on_behalf(chats: Chats) -> str:
    """A unit has telephoned: the superior types for it."""
    chats.say(SUPERIOR, "nhập hộ", "chưa báo cáo")
    chats.say(SUPERIOR, "NB-HLU-04", "điện thoại hay bản giấy")
    return chats.report(SUPERIOR, "1")


# ── looking ─────────────────────────────────────────────────────────────────────────────────────────


def look(chats: Chats, desk: Desk) -> None:
    """Who is missing, and the figures of the month."""
    board = chats.say(ADMINISTRATOR, "kết nối", "KẾT NỐI")
    invited = re.search(r"(\d)\. Đã mời, chưa vào: 2", board)
    assert invited, board
    missing = chats.say(ADMINISTRATOR, invited[1], "Đã mời, chưa vào: 2")
    assert all(name in missing for name in (month.OFFICE, month.OTHER_SUPERIOR))
    board = chats.say(ADMINISTRATOR, "kết nối", "KẾT NỐI")
    later = re.search(r"(\d)\. Chưa mời, hoặc mã mời đã hết hạn: 2", board)
    assert later, board
    missing = chats.say(ADMINISTRATOR, later[1], "Chưa mời, hoặc mã mời đã hết hạn: 2")
    assert missing.count("chưa đến lượt báo cáo") == len(OFFICERS) - BEGIN
    assert all(name in missing for name in OFFICERS[BEGIN:])
    assert "Đã mời, chưa vào: 2" in desk.run("people")
    key = f"{calendar.today(datetime.now(UTC)):%Y-%m}"
    figures = json.loads(desk.run("digest", "--month", key, "--format", "json"))
    assert (figures["owing"], figures["submitted"]) == (BEGIN, BEGIN)


def keep(chats: Chats, desk: Desk) -> None:
    """A pause and its end; a backup; the doctor finds nothing wrong; the audit knows who did what."""
    chats.say(ADMINISTRATOR, "/tạmdừng", "Gõ CÓ")
    chats.say(ADMINISTRATOR, "có", "Đã tạm dừng")
    chats.say(ADMINISTRATOR, "CHẠY LẠI", "gửi lại từ bây giờ")
    assert "Đã sao lưu" in desk.run("backup")
    assert desk.run("doctor").splitlines()[-1].startswith("0 lỗi")
    assert "NHATKY" in chats.say(ADMINISTRATOR, "giúp", "Các từ")
    assert "nộp báo cáo" in chats.say(ADMINISTRATOR, "NHATKY", "Nhật ký")
    audit = desk.run("audit")
    assert not re.search(r"\b[a-z]+_[a-z]+\b|9999|\+00:00", audit), "raw keys and values"
    for words in (HEIR, SUPERIOR, ADMINISTRATOR):
        assert words in audit


def write(chats: Chats, desk: Desk) -> None:
    """Everything that the administrator, the superior and three officers saw, if somebody wants to read it."""
    if file := os.environ.get(WRITTEN_TO):
        parts = ["\n".join(desk.said)]
        people = (ADMINISTRATOR, SUPERIOR, LAN, ASKS, LEAVES, BY_TELEPHONE, BY_OWN_PHONE[0], HEIR)
        parts += [f"═══ {name} ═══\n{chats.written(name)}" for name in people if chats.has(name)]
        Path(file).write_text("\n\n".join(parts), "utf-8")
