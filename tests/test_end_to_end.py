"""The whole program in a real browser: from greeting to receipt, a reminder, the digest's picture; Ctrl-C and on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import PHONE, ChatPage, launch
from tests.process import Demo

OFFICER = "CĐCS THPT Trạc Vĩ"


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with launch(chromium) as browser:
        yield browser


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path / "var").start()
    yield running
    if running.process and running.process.poll() is None:
        running.stop()


def url(demo: Demo) -> str:
    return f"http://127.0.0.1:{demo.port}"


def _answered(chat: ChatPage, words: str) -> None:
    """Say something, and wait until the bot has replied to it."""
    before = len(chat.texts())
    chat.say(words)
    chat.page.wait_for_function("n => document.querySelectorAll('.bubble .text').length > n + 1", arg=before)


def report(chat: ChatPage) -> None:
    """A quiet month, by typing and by buttons, whatever month it is."""
    chat.say("chào")
    chat.wait_for("Trợ lý báo cáo Công đoàn")
    chat.press("Bắt đầu báo cáo")
    chat.wait_for("Tháng này đơn vị có nội dung nào")
    chat.press("8 Không phát sinh")
    chat.wait_for("Số đoàn viên đến cuối tháng")
    _answered(chat, "như cũ")
    while "Tự đánh giá" not in chat.texts()[-1]:
        _answered(chat, "0")
    chat.press("1 Tốt")
    chat.wait_for("Nội dung nổi bật")
    chat.say("bỏ qua")
    chat.wait_for("gõ GUI để nộp")
    chat.press("Nộp")


def test_a_report_from_greeting_to_receipt(demo: Demo, browser: Browser) -> None:
    chat = ChatPage.open(browser, url(demo), viewport=PHONE)
    chat.choose(OFFICER)
    report(chat)
    receipt = chat.wait_for("Đã nhận báo cáo tháng").inner_text()
    assert re.search(r"BC-\d{6}-00001", receipt)
    chat.press("Lấy đoạn văn")
    chat.wait_for("Thực hiện phong trào thi đua và cuộc vận động")
    assert chat.errors == []
    assert chat.foreign == []


def test_a_photo_is_attached_and_kept(demo: Demo, browser: Browser) -> None:
    chat = ChatPage.open(browser, url(demo))
    chat.choose(OFFICER)
    chat.say("báo cáo")
    chat.wait_for("Tháng này đơn vị có nội dung nào")
    chat.attach(Path(__file__).parent.parent / "docs" / "images" / "digest.png")
    chat.wait_for("Câu này chưa cần ảnh hay tệp")
    assert chat.picture().evaluate("image => image.naturalWidth") > 0


def test_a_reminder_and_the_digest_arrive_when_the_clock_moves(demo: Demo, browser: Browser) -> None:
    officer = ChatPage.open(browser, url(demo))
    officer.choose(OFFICER)
    leaders = ChatPage.open(browser, url(demo), viewport=PHONE)
    leaders.choose("Kênh lãnh đạo")
    officer.move_clock("Đến lần nhắc tiếp theo")
    officer.wait_for("kỳ báo cáo tháng")
    officer.move_clock("Đến hạn nộp")
    leaders.wait_for("BẢN TIN PHONG TRÀO THI ĐUA")
    leaders.wait_for("Số liệu tạm tính, chưa khóa.")
    assert leaders.picture().evaluate("image => image.naturalWidth") == 1080
    assert not leaders.text_field().is_visible()


def test_ctrl_c_stops_cleanly_and_a_new_start_goes_on_where_it_was(demo: Demo, browser: Browser) -> None:
    chat = ChatPage.open(browser, url(demo))
    chat.choose(OFFICER)
    chat.say("báo cáo")
    chat.wait_for("Tháng này đơn vị có nội dung nào")
    chat.move_clock("+1 ngày")
    moved = demo.get("/api/clock")["label"][:-6]
    chat.page.goto("about:blank")
    assert demo.stop() == 0
    demo.start()
    assert demo.get("/api/clock")["label"][:-6] == moved
    chat = ChatPage.open(browser, url(demo))
    chat.choose(OFFICER)
    chat.wait_for("Tháng này đơn vị có nội dung nào")
    chat.say("không phát sinh")
    chat.wait_for("Số đoàn viên đến cuối tháng")


def test_a_busy_port_gets_a_clear_sentence(demo: Demo, tmp_path: Path) -> None:
    said = Demo(tmp_path / "other", port=demo.port).refusal()
    assert f"Không mở được cổng {demo.port}" in said
    assert "Traceback" not in said


def test_a_second_process_on_the_same_database_refuses_to_start(demo: Demo) -> None:
    said = Demo(demo.data).refusal()
    assert "Another congdoan process already works on" in said
    assert "Traceback" not in said


def test_fresh_starts_over(demo: Demo) -> None:
    demo.say("nb-gdu-01-1", "báo cáo")
    demo.stop()
    assert demo.start().history("nb-gdu-01-1")
    demo.stop()
    again = Demo(demo.data, arguments=("--fresh",)).start()
    assert again.history("nb-gdu-01-1") == []
    again.stop()
