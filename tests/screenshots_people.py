"""Pictures of an administrator's guide on a phone: the board of who is connected, a question and its answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from storage.contacts import CONTACT, PERSON
from storage.database import open_database
from tests.browser import PHONE, ChatPage
from tests.process import ROOT, Demo

SUPERIOR, ASKS = "Vũ Thanh Kiên", "Nguyễn Bích Thoa"
ABSENT = ("Trần Bích Loan", "Phạm Thùy Lụa", "Hà Minh Trang")
"""Officers of the superior's units who have not joined: the first two were invited."""
INVITED = ("NB-HLU-03", "NB-HLU-06")
LAST = 400
"""Milliseconds after which the page has scrolled."""


def take(browser: Browser, demo: Demo, images: Path) -> None:
    """Both pictures; the demo is stopped and started again."""
    demo.stop()
    _forget(demo)
    demo.start()
    url = f"http://127.0.0.1:{demo.port}"
    _phone(browser, url, SUPERIOR, _board, images / "board-phone.png")
    _phone(browser, url, ASKS, _ask, images / "help-phone.png", then=lambda: _answer(browser, url))


def _forget(demo: Demo) -> None:
    """Three people lose their accounts; codes are made for two units."""
    url = f"sqlite:///{demo.data / 'demo' / 'demo.db'}"
    database = open_database(url)
    with database.begin() as db:
        people = PERSON.select().with_only_columns(PERSON.c.id).where(PERSON.c.name.in_(ABSENT))
        db.execute(CONTACT.update().where(CONTACT.c.person_id.in_(people)).values(person_id=None))
    database.close()
    told = os.environ | {"CONGDOAN_DATABASE_URL": url, "CONGDOAN_TELEGRAM_TOKEN": ""}
    for unit in INVITED:
        line = [sys.executable, "-m", "bot", "invite", "--unit", unit]
        subprocess.run(line, cwd=ROOT, env=told, check=True, capture_output=True, timeout=60)


def _phone(
    browser: Browser, url: str, name: str, talk: Callable[[ChatPage], None], picture: Path,
    then: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    chat = ChatPage.open(browser, url, viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True)
    chat.choose(name)
    talk(chat)
    if then is not None:
        then()
        chat.wait_for("trả lời câu hỏi số 1")
    chat.page.wait_for_timeout(LAST)
    chat.page.screenshot(path=picture)
    chat.close()


def _board(chat: ChatPage) -> None:
    chat.say("kết nối")
    chat.wait_for("KẾT NỐI")


def _ask(chat: ChatPage) -> None:
    chat.say("hỗ trợ")
    chat.wait_for("gõ câu hỏi")
    chat.say("Đoàn viên thử việc có tính vào số đoàn viên không?")
    chat.wait_for("Đã chuyển câu hỏi")


def _answer(browser: Browser, url: str) -> None:
    chat = ChatPage.open(browser, url)
    chat.choose(SUPERIOR)
    chat.wait_for("Câu hỏi số 1 từ")
    chat.say("trả lời 1: Chỉ tính người đã có quyết định kết nạp.")
    chat.wait_for("Đã gửi câu trả lời")
    chat.close()
