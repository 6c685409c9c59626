"""The chat page in a real Chromium, as a person sees and uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from bot.channels.web import from_bot
from storage.messages import Incoming, Reply
from tests.browser import ChatPage, launch
from tests.web_desk import PEOPLE, House, choices, open_house

LAN = "CS001-1"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


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


def test_a_first_visit_says_what_to_do(chat: ChatPage) -> None:
    welcome = chat.page.locator("#welcome")
    expect(welcome).to_contain_text("Chọn một người ở danh sách bên trái.")
    expect(welcome).to_contain_text("Gõ báo cáo rồi bấm Gửi")
    assert chat.people().count() == len(PEOPLE)
    groups = chat.page.locator(".people h3").all_inner_texts()
    assert groups == list(dict.fromkeys(person["group"] for person in PEOPLE))


def test_an_empty_chat_says_how_to_begin(lan: ChatPage) -> None:
    expect(lan.page.locator("#nothing")).to_contain_text("gõ “báo cáo” để bắt đầu")
    lan.page.get_by_role("button", name="Bắt đầu báo cáo").click()
    lan.wait_for("Đã nhận: báo cáo")


def test_the_bot_says_that_it_is_one(lan: ChatPage) -> None:
    heading = lan.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Trợ lý báo cáo Công đoàn – trả lời tự động")
    expect(lan.page.locator("#who")).to_contain_text("Trần Thị Lan · Chủ tịch")


def test_what_is_said_is_answered_without_a_reload(lan: ChatPage, house: House) -> None:
    lan.say("báo cáo")
    lan.wait_for("Đã nhận: báo cáo")
    assert lan.texts() == ["báo cáo", "Đã nhận: báo cáo"]
    expect(lan.page.locator(".mine .foot")).to_have_text("08:30đã gửi")
    assert [(i.address, i.text) for i in house.desk.received] == [(LAN, "báo cáo")]
    expect(lan.text_field()).to_be_focused()


def test_enter_sends_and_shift_enter_breaks_the_line(lan: ChatPage, house: House) -> None:
    low = lan.text_field().bounding_box()
    lan.text_field().press_sequentially("một")
    lan.text_field().press("Shift+Enter")
    lan.text_field().press_sequentially("hai")
    high = lan.text_field().bounding_box()
    lan.text_field().press("Enter")
    lan.wait_for("Đã nhận: một")
    assert house.desk.received[0].text == "một\nhai"
    assert low is not None
    assert high is not None
    assert high["height"] > low["height"]
    expect(lan.text_field()).to_have_value("")


def test_an_empty_message_is_not_sent(lan: ChatPage, house: House) -> None:
    lan.say("   ")
    lan.say("im lặng")
    lan.wait_for("im lặng")
    assert [incoming.text for incoming in house.desk.received] == ["im lặng"]


def test_a_press_shows_its_label_and_takes_the_buttons_away(lan: ChatPage, house: House) -> None:
    house.say(LAN, "Tổng số đoàn viên?", choices=choices("Như tháng trước: 125", "Bỏ qua"))
    lan.press("Như tháng trước: 125")
    lan.wait_for("Đã nhận: Như tháng trước: 125")
    assert lan.texts()[1] == "Như tháng trước: 125"
    assert lan.buttons() == []
    assert [(i.choice, i.text) for i in house.desk.received] == [("q:1", "")]


def test_only_the_newest_question_has_buttons(lan: ChatPage, house: House) -> None:
    house.say(LAN, "Câu 1?", choices=choices("A", "B"))
    house.say(LAN, "Câu 2?", choices=choices("C", "D"))
    lan.wait_for("Câu 2?")
    assert lan.buttons() == ["C", "D"]
    lan.say("im lặng")
    lan.wait_for("im lặng")
    assert lan.buttons() == []


def test_a_notice_does_not_take_away_the_buttons_of_a_question(lan: ChatPage, house: House) -> None:
    house.say(LAN, "Câu 1?", choices=choices("A", "B"))
    house.say(LAN, "Đồng chí Long đang cùng soạn báo cáo này.")
    lan.wait_for("Đồng chí Long")
    assert lan.buttons() == ["A", "B"]


def test_an_edit_takes_the_place_of_the_earlier_bubble(lan: ChatPage, house: House) -> None:
    first = house.say(LAN, "Tạm tính: 41/60")
    house.say(LAN, "Đang chờ")
    house.say(LAN, "Chính thức: 44/60", replaces=first)
    lan.wait_for("Chính thức")
    assert lan.texts() == ["Chính thức: 44/60", "Đang chờ"]
    lan.page.reload()
    lan.wait_for("Chính thức")
    assert lan.texts() == ["Chính thức: 44/60", "Đang chờ"]


def test_ticking_boxes_changes_the_question_and_adds_no_bubbles(lan: ChatPage, house: House) -> None:
    labels = ("Tuyên truyền", "Chăm lo đoàn viên", "Xong")
    question = house.say(LAN, "Các hoạt động?", choices=choices(*labels))
    lan.press("Tuyên truyền")
    expect(lan.page.locator(".mine .state")).to_have_text("đã gửi")
    second = house.say(LAN, "Các hoạt động?", choices=choices(*labels, marked=labels[:1]), replaces=question)
    expect(lan.page.locator("button.choice[aria-pressed=true]")).to_have_text("Tuyên truyền")
    lan.press("Chăm lo đoàn viên")
    expect(lan.page.locator(".mine .state")).to_have_text("đã gửi")
    house.say(LAN, "Các hoạt động?", choices=choices(*labels, marked=labels[:2]), replaces=second)
    expect(lan.page.locator("button.choice[aria-pressed=true]")).to_have_count(2)
    assert lan.texts() == ["Các hoạt động?"]
    lan.press("Xong")
    lan.wait_for("Đã nhận: Xong")
    assert lan.texts() == ["Các hoạt động?", "Xong", "Đã nhận: Xong"]


def test_text_is_text_and_keeps_its_lines(lan: ChatPage, house: House) -> None:
    house.say(LAN, "**Đậm** <b>x</b>\n- dòng hai <img src=x onerror=alert(1)>")
    bubble = lan.wait_for("Đậm")
    assert lan.texts() == ["**Đậm** <b>x</b>\n- dòng hai <img src=x onerror=alert(1)>"]
    assert bubble.locator("b, img").count() == 0


def test_a_picture_is_seen_and_a_file_is_a_link(lan: ChatPage, house: House) -> None:
    files = (
        house.desk.keep("bieu_do.png", "image/png", PICTURE),
        house.desk.keep("ban tin 11.xlsx", "application/vnd.ms-excel", b"PK"),
    )
    house.say(LAN, "BẢN TIN THÁNG 11/2026", attachments=files)
    image = lan.picture()
    assert image.get_attribute("alt") == "Ảnh: bieu_do.png"
    assert image.evaluate("image => image.naturalWidth") == 1
    with lan.page.expect_download() as download:
        lan.page.get_by_role("link", name="ban tin 11.xlsx").click()
    assert download.value.suggested_filename == "ban tin 11.xlsx"
    assert Path(download.value.path()).read_bytes() == b"PK"


def test_a_photo_goes_with_its_words(lan: ChatPage, house: House, tmp_path: Path) -> None:
    (tmp_path / "hội nghị.png").write_bytes(PICTURE)
    lan.attach(tmp_path / "hội nghị.png", "Ảnh hội nghị")
    lan.wait_for("Đã nhận: Ảnh hội nghị")
    assert lan.picture().get_attribute("src") == house.desk.history(LAN)[0]["attachments"][0]["url"]
    [photo] = house.desk.received[0].attachments
    assert (photo.name, photo.kind, photo.size) == ("hội nghị.png", "photo", len(PICTURE))
    expect(lan.page.locator("#picked")).to_be_hidden()


def test_too_large_a_file_gets_a_sentence_at_once(lan: ChatPage, house: House, tmp_path: Path) -> None:
    (tmp_path / "to.png").write_bytes(PICTURE.ljust(10 * 1024 * 1024 + 1))
    lan.attach(tmp_path / "to.png")
    expect(lan.page.get_by_role("alert")).to_have_text(
        "Tệp lớn quá 10 MB. Đồng chí vui lòng gửi tệp nhỏ hơn."
    )
    assert house.desk.received == []


def test_a_message_that_fails_is_repeated_with_the_same_id(browser: Browser, house: House) -> None:
    tries: list[str] = []

    async def after_the_second_try(incoming: Incoming) -> None:
        tries.append(incoming.message_id)
        if len(tries) == 1:
            raise RuntimeError
        await house.echo(incoming)
        if len(tries) == 2:
            raise RuntimeError

    house.receive = after_the_second_try
    chat = ChatPage.open(browser, house.channel.url)
    chat.choose("Trần Thị Lan")
    chat.say("125")
    chat.say("im lặng")
    expect(chat.page.locator(".mine .foot").first).to_contain_text(
        "chưa gửi được – thử lại", use_inner_text=True
    )
    expect(chat.page.locator(".mine .foot").last).to_contain_text("đã gửi", timeout=15_000)
    assert tries[0] == tries[1] == tries[2] != tries[3]
    assert [incoming.text for incoming in house.desk.received] == ["125", "im lặng"]
    assert sorted(chat.texts()) == ["125", "im lặng", "Đã nhận: 125"]
    chat.close()


def test_the_person_need_not_wait_for_the_repeat(browser: Browser, house: House) -> None:
    async def broken(_incoming: Incoming) -> None:
        raise RuntimeError

    house.receive = broken
    chat = ChatPage.open(browser, house.channel.url)
    chat.choose("Trần Thị Lan")
    chat.say("125")
    again = chat.page.get_by_role("button", name="thử lại")
    expect(again).to_be_visible()
    house.receive = house.echo
    again.click()
    chat.wait_for("Đã nhận: 125")
    chat.close()


def test_a_message_on_its_way_survives_a_reload(browser: Browser, house: House) -> None:
    async def broken(_incoming: Incoming) -> None:
        raise RuntimeError

    house.receive = broken
    chat = ChatPage.open(browser, house.channel.url)
    chat.choose("Trần Thị Lan")
    chat.say("im lặng")
    expect(chat.page.get_by_role("button", name="thử lại")).to_be_visible()
    house.receive = house.echo
    chat.page.reload()
    expect(chat.page.locator(".mine .state")).to_have_text("đã gửi")
    assert chat.texts() == ["im lặng"]
    assert len(house.desk.received) == 1
    chat.close()


def test_what_came_while_the_connection_was_lost_is_read_again(lan: ChatPage, house: House) -> None:
    house.say(LAN, "Trước")
    lan.wait_for("Trước")
    house.drop_streams()
    missed = from_bot("missed", Reply("Trong lúc mất kết nối"), house.desk.now())
    house.desk.chats[LAN].append(missed)
    lan.wait_for("Trong lúc mất kết nối")
    expect(lan.page.locator("#connection")).to_be_hidden()
    house.say(LAN, "Sau")
    lan.wait_for("Sau")
    assert lan.texts() == ["Trước", "Trong lúc mất kết nối", "Sau"]


def test_a_new_message_does_not_touch_the_earlier_ones(lan: ChatPage, house: House) -> None:
    """A screen reader reads what is added to the log; nodes that stay are not read again."""
    house.say(LAN, "Một", choices=choices("A"))
    lan.wait_for("Một")
    lan.page.evaluate(
        """() => { window.added = []; new MutationObserver((list) => list.forEach((change) =>
             change.addedNodes.forEach((node) => window.added.push(node.textContent))))
             .observe(document.getElementById("log"), {childList: true, subtree: true}); }"""
    )
    lan.press("A")
    lan.wait_for("Đã nhận: A")
    house.drop_streams()
    house.say(LAN, "Ba")
    lan.wait_for("Ba")
    added = lan.page.evaluate("window.added")
    assert [text for text in added if "Một" in text] == []
    assert len([text for text in added if text.startswith("Trợ lý: ")]) == 2


def test_a_reload_stays_with_the_person(lan: ChatPage, house: House) -> None:
    house.say(LAN, "Vẫn ở đây")
    lan.page.reload()
    lan.wait_for("Vẫn ở đây")
    assert lan.page.url == f"{house.channel.url}/#{LAN}"


def test_drafts_belong_to_persons(lan: ChatPage) -> None:
    lan.text_field().fill("chưa xong")
    lan.choose("Phạm Đức Long")
    expect(lan.text_field()).to_have_value("")
    lan.choose("Trần Thị Lan")
    expect(lan.text_field()).to_have_value("chưa xong")


def test_a_message_for_another_person_leaves_a_dot_until_it_is_read(lan: ChatPage, house: House) -> None:
    house.say("NB-1", "Có đơn vị gửi báo cáo")
    row = lan.people().filter(has_text="Đặng Văn Chính")
    expect(row).to_contain_text("có tin mới")
    expect(lan.page).to_have_title("(1) Trợ lý báo cáo Công đoàn")
    lan.page.get_by_role("button", name="Có tin mới: 1").click()
    expect(lan.page.locator("a.person:visible")).to_have_count(1)
    lan.choose("Đặng Văn Chính")
    lan.wait_for("Có đơn vị gửi báo cáo")
    expect(lan.page.locator(".dot")).to_have_count(0)
    expect(lan.page.locator("a.person:visible")).to_have_count(len(PEOPLE))


def test_the_leadership_channel_is_read_only(chat: ChatPage, house: House) -> None:
    house.say("lanhdao", "BẢN TIN")
    chat.choose("Kênh lãnh đạo")
    chat.wait_for("BẢN TIN")
    expect(chat.text_field()).to_be_hidden()
    expect(chat.page.locator("#read-only")).to_contain_text("Kênh chỉ để đọc")


def test_the_clock_moves_and_brings_what_is_due(lan: ChatPage, house: House) -> None:
    moved = house.desk.move

    async def remind(to: str) -> dict[str, Any]:
        clock = await moved(to)
        await house._send(LAN, Reply("Còn 5 ngày làm việc đến hạn."), "reminder-1")
        return clock

    house.desk.move = remind  # type: ignore[method-assign]
    expect(lan.page.locator("#clock-now")).to_have_text("Thứ Năm, 12/11/2026 08:30")
    lan.move_clock("Đến lần nhắc tiếp theo")
    lan.wait_for("Còn 5 ngày làm việc")
    expect(lan.page.locator("#clock-now")).to_have_text("Thứ Năm, 13/11/2026 08:30")
    assert house.desk.moved == ["next_reminder"]
    expect(lan.page.locator(".day")).to_have_text(["Thứ Sáu, 13/11/2026"])


def test_a_move_that_is_not_offered_cannot_be_pressed(chat: ChatPage) -> None:
    expect(chat.page.get_by_role("button", name="Đến hạn nộp")).to_be_disabled()


def test_times_are_those_of_hanoi_and_days_have_a_line(browser: Browser, house: House) -> None:
    house.desk.time = house.desk.time.replace(hour=23, minute=50)
    house.say(LAN, "Tối")
    house.desk.time = house.desk.time.replace(day=13, hour=0, minute=5)
    house.say(LAN, "Đêm")
    chat = ChatPage.open(browser, house.channel.url, timezone_id="America/New_York")
    chat.choose("Trần Thị Lan")
    chat.wait_for("Đêm")
    assert chat.page.locator(".day").all_inner_texts() == ["Thứ Năm, 12/11/2026", "Thứ Sáu, 13/11/2026"]
    assert chat.page.locator(".bubble time").all_inner_texts() == ["23:50", "00:05"]
    chat.close()
