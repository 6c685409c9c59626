"""Takes the pictures of the docs anew: the real demo, real conversations, a real Chromium (`make screenshots`)."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests import screenshots_paper, screenshots_people
from tests.browser import DESK, PHONE, ChatPage, launch
from tests.process import ROOT, Demo

IMAGES = ROOT / "docs" / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LARGEST = 250_000
"""Bytes of a picture: the docs are read on phones, too."""
PHONE_OFFICER = "Dương Ngọc Liễu"
DESK_OFFICER = "Lương Kim Hiền"
MISSING = 4
"""Every fourth unit has not reported when the digest is posted, so that one sees what is said of missing ones."""
PATIENCE = 20.0
Answers = dict[str, tuple[str, ...]]
"""Words of a question → how different officers answer it."""


def main() -> None:
    """Write every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        demo = Demo(Path(place) / "var").start()
        try:
            with launch(_chromium()) as browser:
                _take(browser, demo)
                screenshots_people.take(browser, demo, IMAGES)
        finally:
            demo.stop()
        if lacking := screenshots_paper.missing():
            sys.stdout.write(f"no pictures of paper: {', '.join(lacking)} is not installed\n")
        else:
            screenshots_paper.take(IMAGES, Path(place))
    for picture in sorted(IMAGES.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")
        assert picture.stat().st_size < LARGEST, f"{picture.name} is too large"


def _take(browser: Browser, demo: Demo) -> None:
    url = f"http://127.0.0.1:{demo.port}"
    _phone(browser, url, PHONE_OFFICER, _mid_report, "chat-phone")
    _desk(browser, url)
    _others_report(demo)
    demo.post("/api/clock", {"to": "deadline"})
    _phone(browser, url, "Kênh lãnh đạo", _digest, "digest-phone")
    newest = max(
        (demo.data / "demo" / "files" / "digests").glob("*.png"), key=lambda file: file.stat().st_mtime
    )
    shutil.copyfile(newest, IMAGES / "digest.png")


# ── conversations on the page ───────────────────────────────────────────────────────────────────────


def _phone(browser: Browser, url: str, name: str, talk: Callable[[ChatPage], None], picture: str) -> None:
    chat = ChatPage.open(browser, url, viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True)
    chat.choose(name)
    talk(chat)
    _shoot(chat, picture)
    chat.close()


def _desk(browser: Browser, url: str) -> None:
    """A quiet month up to the receipt and the paragraph."""
    chat = ChatPage.open(browser, url, viewport=DESK)
    chat.choose(DESK_OFFICER)
    _answer_until(chat, "mã BC-", ANSWERS | QUIET)
    chat.press("Lấy đoạn văn")
    chat.wait_for("không phát sinh nội dung mới")
    _shoot(chat, "chat-desktop")
    chat.close()


def _mid_report(chat: ChatPage) -> None:
    """One section of a report: money in shorthand and in words, up to a question with buttons."""
    _answer_until(chat, "Tự đánh giá", ANSWERS | BY_PHONE)


def _answer_until(chat: ChatPage, words: str, answers: Answers) -> None:
    asked = _say(chat, "báo cáo")
    while words not in asked:
        asked = _say(chat, _answer(asked, 0, answers))


def _digest(chat: ChatPage) -> None:
    chat.wait_for("BẢN TIN")
    chat.picture().scroll_into_view_if_needed()


def _say(chat: ChatPage, words: str) -> str:
    said = chat.bubbles().count()
    chat.say(words)
    chat.page.wait_for_function("n => document.querySelectorAll('.bubble').length >= n", arg=said + 2)
    return chat.texts()[-1]


def _shoot(chat: ChatPage, name: str) -> None:
    chat.page.wait_for_timeout(400)
    chat.page.screenshot(path=IMAGES / f"{name}.png")


# ── everybody else, over HTTP ───────────────────────────────────────────────────────────────────────

ANSWERS: Answers = {
    "nội dung nào": ("1 4", "2 4", "không phát sinh", "1 3 4 6", "2 4 7", "5", "1 7"),
    "Số đoàn viên": ("như cũ",),
    "Số cuộc tuyên truyền": ("2", "hai cuộc", "1 cuộc", "1", "2 cuộc"),
    "được tuyên truyền": ("180", "250 lượt", "1.200", "320", "400"),
    "tổ nào": ("1 2", "3"),
    "ý tưởng, sáng kiến mới": ("2", "3", "4", "2", "3"),
    "được công nhận": ("0", "1"),
    "Số đợt": ("1", "2"),
    "được thăm": ("150", "80 người", "210 lượt", "165", "190"),
    "Tổng giá trị": ("82tr5", "60 triệu", "112 triệu", "95 triệu", "101,5 triệu"),
    "Quỹ": ("8 triệu", "6tr5", "0", "12 triệu", "500k", "10 triệu", "9 triệu", "15tr"),
    "giám sát, phản biện": ("1",),
    "kiến nghị, đề xuất mới": ("1", "0"),
    "Vướng mắc gì": ("Khu nhà trọ của công nhân chưa có nước sạch, đề nghị hỗ trợ.",),
    "gương điển hình": ("1",),
    "được khen thưởng": ("3",),
    "Tự đánh giá": ("1", "tốt", "2", "khá", "1", "tốt", "1", "3"),
    "nổi bật": ("không",),
    "hiện có": ("4",),
    "Khu nhà trọ": ("1",),
    "ĐÚNG": ("đúng",),
    "GUI để nộp": ("gửi",),
}
QUIET: Answers = {"nội dung nào": ("không phát sinh",), "Quỹ": ("0",)}
BY_PHONE: Answers = {
    "nội dung nào": ("4",),
    "được thăm": ("45 người",),
    "Tổng giá trị": ("22tr5",),
    "Quỹ": ("năm triệu đồng",),
}


def _others_report(demo: Demo) -> None:
    people = [
        person["address"]
        for person in demo.get("/api/people")["people"]
        if person["title"] == "Chủ tịch CĐCS"
    ]
    for number, address in enumerate(people, 1):
        if number % MISSING:
            _report(demo, address, number)


def _report(demo: Demo, address: str, number: int) -> None:
    if demo.history(address):
        return
    asked = _answered(demo, address, "báo cáo")
    while "mã BC-" not in asked:
        asked = _answered(demo, address, _answer(asked, number, ANSWERS))


def _answer(asked: str, number: int, answers: Answers) -> str:
    """The answer of one officer to what was asked last: the words that come latest in the message decide."""
    found = [(asked.rfind(words), ways) for words, ways in answers.items() if words in asked]
    assert found, f"no answer is known to {asked!r}"
    ways = max(found)[1]
    return ways[number % len(ways)]


def _answered(demo: Demo, address: str, words: str) -> str:
    """Say something and wait for the bot's answer to it."""
    before = len(demo.history(address))
    demo.say(address, words)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        history: list[dict[str, Any]] = demo.history(address)
        if len(history) > before + 1 and history[-1]["from"] == "bot":
            return str(history[-1]["text"])
        time.sleep(0.01)
    raise AssertionError(f"no answer to {words!r} from {address}")


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    return found or sys.exit("no Chromium found: install one, or name it in CHROMIUM")


if __name__ == "__main__":
    main()
