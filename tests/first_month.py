"""Ten units' first month as people live it: an administrator at the command line, and chats with `congdoan serve`."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.fake_telegram import Shown, Telegram
from tests.process import ROOT
from tests.serving import Serve

PATIENCE = 20.0
"""Seconds for an answer; far more than it needs on a quiet machine."""
CODE = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b")
Row = dict[str, str | int]

# ── who there is ────────────────────────────────────────────────────────────────────────────────────

PROVINCE, OFFICE = "Liên đoàn Lao động tỉnh Ninh Bình", "Nguyễn Minh Tân"
ADMINISTRATOR, SUPERIOR, OTHER_SUPERIOR = "Lã Công Vượng", "Vũ Thanh Kiên", "Mai Hồng Thơm"
CELLS = (
    ("NB-HLU-01", "CĐCS Công ty TNHH May Sao Khuê", "Doanh nghiệp", "Trần Thị Lan"),
    ("NB-HLU-02", "CĐCS Công ty CP Du lịch Thuyền Nan", "Doanh nghiệp", "Đặng Thị Duyên"),
    ("NB-HLU-03", "CĐCS Trường THPT Hoa Lư", "Trường học", "Hà Phương Loan"),
    ("NB-HLU-04", "CĐCS Bệnh viện An Phúc", "Bệnh viện", "Phạm Thùy Lụa"),
    ("NB-HLU-05", "CĐCS Công ty Vận tải Cố Đô", "Doanh nghiệp", "Lương Văn Tuyển"),
    ("NB-HLU-06", "CĐCS Hợp tác xã Đá Vân Thạch", "Doanh nghiệp", "Bùi Kim Trang"),
    ("NB-TDP-01", "CĐCS Công ty TNHH Gốm Bồ Bát", "Doanh nghiệp", "Lê Thị Gốm"),
    ("NB-TDP-02", "CĐCS Trường Tiểu học Tam Điệp", "Trường học", "Ngô Thu Hằng"),
    ("NB-TDP-03", "CĐCS Trạm Y tế Tam Điệp", "Bệnh viện", "Đỗ Văn Hải"),
    ("NB-TDP-04", "CĐCS Công ty CP Dứa Đồng Giao", "Doanh nghiệp", "Hoàng Thu Chi"),
    ("NB-TDP-05", "CĐCS Ủy ban nhân dân phường", "Cơ quan", "Vũ Bích Thoa"),
    ("NB-TDP-06", "CĐCS Công ty Xi măng Hướng Dương", "Doanh nghiệp", "Nguyễn Văn Đá"),
)
BEGIN = 10
"""So many of them report from this month on; the last ones wait for their turn."""
OFFICERS = [officer for *_, officer in CELLS]
SUPERIORS = (("NB-HLU", "Công đoàn phường Hoa Lư"), ("NB-TDP", "Công đoàn phường Tam Điệp"))


def phone(name: str) -> str:
    """A person's number as it stands in the roster."""
    return f"09120000{[*OFFICERS, ADMINISTRATOR, OFFICE, SUPERIOR, OTHER_SUPERIOR].index(name):02}"


def unit_rows(month: str) -> list[Row]:
    """The sheet of units; `month` is the first one, as people write it."""
    top: Row = {"Mã đơn vị": "NB", "Tên đơn vị": PROVINCE, "Cấp": "Liên đoàn Lao động tỉnh"}
    above: list[Row] = [
        {"Mã đơn vị": code, "Tên đơn vị": name, "Cấp": "Công đoàn cấp trên", "Mã cấp trên": "NB"}
        for code, name in SUPERIORS
    ]
    cells: list[Row] = [
        {
            "Mã đơn vị": code, "Tên đơn vị": name, "Cấp": "Công đoàn cơ sở", "Loại hình": industry,
            "Mã cấp trên": code[:6], "Báo cáo từ tháng": month if place < BEGIN else "chưa",
            "Đoàn viên (đầu kỳ)": 40 + 7 * place,
        }
        for place, (code, name, industry, _) in enumerate(CELLS)
    ]  # fmt: skip
    return [top, *above, *cells]


def people_rows() -> list[Row]:
    """The sheet of people, with two mistakes that people make: a number too short, a role that is not in the list."""
    above = (
        (ADMINISTRATOR, "NB", "Quản trị"), (OFFICE, "NB", "Ban CSPL&QHLĐ"),
        (SUPERIOR, "NB-HLU", "Lãnh đạo cấp trên"), (OTHER_SUPERIOR, "NB-TDP", "Chuyên viên cấp trên"),
    )  # fmt: skip
    rows = [person(name, unit, role) for name, unit, role in above]
    rows += [person(officer, code, "Chủ tịch CĐCS") for code, *_, officer in CELLS]
    rows[4]["Số điện thoại"] = "0912"
    rows[5]["Vai trò"] = "Giám đốc"
    return rows


def person(name: str, unit: str, role: str) -> Row:
    """One row."""
    return {"Họ và tên": name, "Số điện thoại": phone(name), "Mã đơn vị": unit, "Vai trò": role}


def fill(file: Path, sheets: Mapping[str, Sequence[Row]]) -> None:
    """Type rows under the headings of a template, as a person does in Excel."""
    book = load_workbook(file)
    for title, rows in sheets.items():
        for number, row in enumerate(rows, 2):
            for heading, value in row.items():
                _put(book[title], number, heading, value)
    book.save(file)


def mistakes(file: Path) -> dict[int, str]:
    """What the error workbook says about people: row → words."""
    sheet = load_workbook(file)["Cán bộ"]
    head, *rows = sheet.iter_rows(values_only=True)
    column = head.index("Cần sửa")
    return {number: str(row[column]) for number, row in enumerate(rows, 2) if row[column]}


def put(file: Path, title: str, row: int, heading: str, value: str) -> None:
    """Correct one cell."""
    book = load_workbook(file)
    _put(book[title], row, heading, value)
    book.save(file)


def _put(sheet: Any, row: int, heading: str, value: str | int) -> None:
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(row, headings.index(heading) + 1, value)


# ── the command line ────────────────────────────────────────────────────────────────────────────────


@dataclass
class Desk:
    """The administrator's terminal; `said` is all that was typed and shown."""

    served: Serve
    said: list[str] = field(default_factory=list)

    def run(self, *arguments: str, code: int = 0) -> str:
        """`congdoan …`, beside the running program; what it shows."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT, env=self.served.environment(), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        shown = done.stdout + done.stderr
        self.said.append(f"$ congdoan {' '.join(arguments)}\n{shown}")
        assert done.returncode == code, shown
        return shown


# ── chats ───────────────────────────────────────────────────────────────────────────────────────────

QUIET = {
    "Tháng này đơn vị có nội dung nào": "[8 Không phát sinh]",
    "Số đoàn viên đến cuối tháng": "như cũ",
    "Đơn vị đã có tổ nào": "3",
    "Quỹ": "0",
    "Góc xưởng": "0",
    "Khu nhà trọ": "0",
    "Tự đánh giá mức": "tốt",
    "Nội dung nổi bật hoặc": "bỏ qua",
    "gõ GUI để nộp": "gửi",
}
"""Words of a question → the answer of a quiet month, whatever month it is."""


@dataclass
class Chats:
    """Everybody's private chat with the bot, by name."""

    telegram: Telegram
    users: dict[str, int] = field(default_factory=dict)

    def say(self, name: str, words: str, wait_for: str = "") -> str:
        """Type, or press `[a button]`, or follow `/start CODE`; the bot's message that has these words."""
        user = self._user(name)
        before = len(self.telegram.messages(user))
        if words.startswith("["):
            self.telegram.button(user, words[1:-1])
        elif words.startswith("/start "):
            self.telegram.start(user, words.removeprefix("/start "))
        else:
            self.telegram.say(user, words)
        return self.hear(name, wait_for, before)

    def share_phone(self, name: str, wait_for: str) -> str:
        """Press the button that shares one's own number."""
        user = self._user(name)
        before = len(self.telegram.messages(user))
        self.telegram.contact(user, f"+84{phone(name)[1:]}")
        return self.hear(name, wait_for, before)

    def hear(self, name: str, words: str, after: int = 0) -> str:
        """Wait until the bot has said this to somebody, behind so many messages."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            new = [message.text for message in self._seen(name)[after:] if message.mine]
            for text in new:
                if words in text:
                    return text
            time.sleep(0.01)
        raise AssertionError(f"{name} never hears {words!r} but {new}")

    def report(self, name: str, words: str = "báo cáo") -> str:
        """A quiet month up to the receipt, which is returned."""
        asked = self.say(name, words)
        while "mã BC-" not in asked:
            found = [(asked.rfind(part), answer) for part, answer in QUIET.items() if part in asked]
            assert found, f"no answer is known to {asked!r}"
            asked = self.say(name, max(found)[1])
        return asked

    def has(self, name: str) -> bool:
        """Whether this person has a chat at all."""
        return name in self.users

    def written(self, name: str) -> str:
        """The conversation of one person, for reading."""
        return "\n".join(map(_line, self._seen(name)))

    def document(self, name: str) -> bool:
        """Whether the bot has sent this person a file."""
        return any(message.document for message in self._seen(name))

    def _seen(self, name: str) -> list[Shown]:
        return self.telegram.messages(self._user(name))

    def _user(self, name: str) -> int:
        if name not in self.users:
            self.users[name] = self.telegram.user(7001 + len(self.users), name)
        return self.users[name]


def _line(message: Shown) -> str:
    shown: list[Any] = [message.text or message.document or "(điện thoại)"]
    shown += ["  " + " ".join(f"[{label}]" for label in row) for row in message.labels]
    return ("◀ " if message.mine else "▶ ") + "\n".join(shown)
