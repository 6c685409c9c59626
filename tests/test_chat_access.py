"""The chat page for everybody: found by searching, used by keyboard, screen reader and on a small phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.channels.web import from_person
from tests.browser import PHONE, ChatPage, launch
from tests.web_desk import House, choices, open_house

LAN = "CS001-1"
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with launch(chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("files")) as house:
        yield house


@pytest.fixture
def house(served: House, tmp_path: Path) -> House:
    (tmp_path / "kept").mkdir()
    served.begin_anew(tmp_path / "kept")
    return served


@pytest.fixture
def chat(browser: Browser, house: House) -> Iterator[ChatPage]:
    """A desktop page that must end without errors and without a request to elsewhere."""
    chat = ChatPage.open(browser, house.channel.url)
    yield chat
    assert (chat.errors, chat.foreign) == ([], [])
    chat.close()


@pytest.fixture
def lan(chat: ChatPage) -> ChatPage:
    """The same, with Lan's conversation open."""
    chat.choose("Trần Thị Lan")
    return chat


def test_people_are_found_without_diacritics(chat: ChatPage) -> None:
    for typed in ("pham duc long", "Đức Long", "thpt hoa lu", "CS002", "LONG pho chu tich"):
        chat.page.get_by_role("searchbox").fill(typed)
        expect(chat.page.locator("a.person:visible .name")).to_have_text(["Phạm Đức Long"])


def test_a_search_for_nobody_says_so(chat: ChatPage) -> None:
    chat.page.get_by_role("searchbox").fill("zzz")
    expect(chat.page.locator("#nobody")).to_be_visible()


def test_everything_can_be_done_with_the_keyboard(chat: ChatPage, house: House) -> None:
    keys = chat.page.keyboard
    keys.press("Tab")
    expect(chat.page.get_by_role("searchbox")).to_be_focused()
    keys.type("thi lan")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(chat.text_field()).to_be_focused()
    house.say(LAN, "Tổng số đoàn viên?", choices=choices("Như tháng trước: 125", "Bỏ qua"))
    chat.wait_for("Tổng số")
    keys.press("ArrowUp")
    keys.press("Tab")
    keys.press("Enter")
    chat.wait_for("Đã nhận: Bỏ qua")
    expect(chat.text_field()).to_be_focused()
    keys.type("báo cáo")
    keys.press("Enter")
    chat.wait_for("Đã nhận: báo cáo")


def test_a_screen_reader_finds_its_way(lan: ChatPage, house: House) -> None:
    house.say(LAN, "Kính chào", choices=choices("Bắt đầu"))
    lan.wait_for("Kính chào")
    log = lan.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_contain_text("Trợ lý: Kính chào")
    expect(log.get_by_role("group", name="Các lựa chọn")).to_be_visible()
    expect(lan.send_button()).to_be_enabled()
    expect(lan.page.get_by_role("region", name="Đồng hồ mô phỏng")).to_be_visible()
    unnamed = "els => els.filter(e => !(e.textContent.trim() || e.ariaLabel)).length"
    assert lan.page.locator("button, a").evaluate_all(unnamed) == 0


def test_a_phone_shows_one_thing_at_a_time(browser: Browser, house: House) -> None:
    house.say(
        LAN, "W" * 300, choices=choices("Một lựa chọn có nhãn rất dài để xem nút có xuống dòng không", "Xong")
    )
    chat = ChatPage.open(browser, house.channel.url, viewport=PHONE, has_touch=True, is_mobile=True)
    expect(chat.page.locator(".chat")).to_be_hidden()
    chat.choose("Trần Thị Lan")
    chat.wait_for("WWW")
    expect(chat.page.locator(".side")).to_be_hidden()
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    chat.move_clock("+1 ngày")
    assert house.desk.moved == ["day"]
    chat.page.get_by_role("link", name="Về danh sách người").click()
    expect(chat.page.locator(".side")).to_be_visible()
    expect(chat.page.locator(".chat")).to_be_hidden()
    assert chat.errors == []
    chat.close()


def test_fingers_hit_every_target_on_a_phone(browser: Browser, house: House) -> None:
    house.say(LAN, "Câu 1?", choices=choices("1", "Bỏ qua"))
    chat = ChatPage.open(browser, house.channel.url, viewport=PHONE, has_touch=True, is_mobile=True)
    sizes = """els => els.filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 44).map(([e]) => e.outerHTML)"""
    assert chat.page.locator("button, a, input").evaluate_all(sizes) == []
    chat.choose("Trần Thị Lan")
    chat.wait_for("Câu 1?")
    assert chat.page.locator("button, a, textarea").evaluate_all(sizes) == []
    chat.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(browser: Browser, house: House, scheme: str) -> None:
    """At least 4.5 : 1, WCAG 2 level AA."""
    house.say(LAN, "Câu 1?", choices=choices("A", "B", marked=("A",)))
    house.say(LAN, "Tệp", attachments=(house.desk.keep("b.xlsx", "application/x-x", b"PK"),))
    house.desk.chats[LAN][:0] = [from_person("m", "Của tôi", house.desk.now())]
    chat = ChatPage.open(browser, house.channel.url, color_scheme=scheme)
    weak = chat.page.evaluate(CONTRAST)
    chat.choose("Trần Thị Lan")
    chat.wait_for("Tệp")
    house.say("NB-1", "Chào")
    chat.page.get_by_role("button", name="Có tin mới: 1").wait_for()
    assert weak + chat.page.evaluate(CONTRAST) == []
    chat.close()
