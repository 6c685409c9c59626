"""The fake Telegram refuses what the real one refuses, in its words, and behaves as it does on the wire."""

from __future__ import annotations

import asyncio
import io
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from PIL import Image
from telegram import Bot
from telegram.error import (
    ChatMigrated,
    Conflict,
    RetryAfter,
)

from tests.fake_telegram import TOKEN, Address, Telegram, running
from tests.fake_telegram import refusal_cases as cases
from tests.fake_telegram.answers import Answer
from tests.fake_telegram.asked import Asked
from tests.fake_telegram.refusal_cases import BUTTON, LAN, TEXT, furnished
from tests.fake_telegram.stage import Times, bot, picture, result, within

Ask = Callable[..., httpx.Response]


@pytest.fixture
def clock() -> Times:
    return Times()


@pytest.fixture
def telegram(clock: Times) -> Telegram:
    return furnished(Telegram(clock=clock, waits=0.02))


@pytest.fixture
def url(telegram: Telegram) -> Iterator[Address]:
    with running(telegram) as url:
        yield url


@pytest.fixture
def ask(url: Address, telegram: Telegram) -> Iterator[Ask]:
    """Call a method with JSON, after the bot has said three things to Lan."""
    with httpx.Client(timeout=20) as client:

        def ask(method: str, files: Any = None, **parameters: Any) -> httpx.Response:
            if files:
                return client.post(f"{url}{TOKEN}/{method}", data=parameters, files=files)
            return client.post(f"{url}{TOKEN}/{method}", json=parameters)

        ask("sendMessage", chat_id=LAN, text="Chào đồng chí", reply_markup=BUTTON)
        ask("sendMessage", chat_id=LAN, text="Chọn", reply_markup={"keyboard": [["Có", "Không"]]})
        ask("sendDocument", chat_id=LAN, files={"document": ("mau.xlsx", b"x", "text/plain")})
        yield ask


# ── refusals ────────────────────────────────────────────────────────────────────────────────────────


def everything(telegram: Telegram) -> Any:
    chats = {chat: telegram.messages(chat) for chat in telegram.chats}
    return chats, telegram.pending(), telegram.profile, telegram.webhook, telegram.sends, telegram.answers()


def test_each_refusal_has_telegrams_words_and_stores_nothing(ask: Ask, telegram: Telegram) -> None:
    before = everything(telegram)
    for method, given, status, words in cases.REFUSALS:
        response = ask(method, **given)
        assert (response.status_code, response.json()["description"]) == (status, words), (method, given)
        assert response.json()["ok"] is False
        assert response.json()["error_code"] == status
        last = telegram.calls[-1]
        assert (last.method, last.status, last.outcome) == (method, status, words)
        telegram.next_set_webhook = 0
    assert everything(telegram) == before


@pytest.mark.parametrize(
    ("method", "part", "words"),
    [
        ("sendPhoto", b"%PDF-1.7", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", b"", "file must be non-empty"),
        ("sendPhoto", picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", picture(10, 10) + bytes(10 * 1024 * 1024), "file of size 1048"),
        ("sendDocument", b"", "file must be non-empty"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_not_kept(
    ask: Ask, telegram: Telegram, method: str, part: bytes, words: str
) -> None:
    before = len(telegram.messages(LAN)), len(telegram.files._by_id)
    response = ask(method, chat_id=LAN, files={method[4:].lower(): ("a.png", part)})
    assert response.json()["description"].startswith(f"Bad Request: {words}")
    refused = ask("sendDocument", chat_id=cases.BLOCKED, files={"document": ("a.txt", b"a")})
    assert refused.status_code == 403
    assert (len(telegram.messages(LAN)), len(telegram.files._by_id)) == before


def test_tokens_and_paths_are_checked_first(url: Address, telegram: Telegram) -> None:
    wrong = TOKEN[:-1] + "x"
    telegram.fault(None, "500")
    for path, status, words in (
        ("abc/getMe", 401, "Unauthorized: invalid token specified"),
        (f"{wrong}/getMe", 401, "Unauthorized"),
        (f"{TOKEN}", 404, "Not Found"),
        (f"{TOKEN}/", 404, "Not Found"),
        (f"{TOKEN}/nothing", 500, "Internal Server Error"),
        (f"{TOKEN}/nothing", 404, "Not Found: method not found"),
    ):
        response = httpx.get(f"{url}{path}")
        assert (response.status_code, response.json()["description"]) == (status, words), path
    assert httpx.get(f"{url.base_file_url}{wrong}/a").status_code == 401
    assert httpx.get(f"{url.base_file_url}{TOKEN}/a").status_code == 404


def test_a_group_that_moved_says_where_it_went(ask: Ask, url: Address) -> None:
    told = ask("sendMessage", chat_id=cases.OLD_GROUP, text="a").json()
    assert told["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert told["parameters"] == {"migrate_to_chat_id": cases.NEW_GROUP}
    with pytest.raises(ChatMigrated):
        bot(url, lambda one: one.send_message(cases.OLD_GROUP, "a"))


# ── calls ───────────────────────────────────────────────────────────────────────────────────────────


def test_all_styles_of_parameters_are_equal(url: Address, telegram: Telegram) -> None:
    address = f"{url}{TOKEN}"
    flat = {"chat_id": str(LAN), "text": "Chào & tạm biệt", "reply_markup": json.dumps(BUTTON)}
    responses = [
        httpx.get(f"{address}/sendMessage", params=flat),
        httpx.post(f"{address}/SENDMESSAGE", data=flat),
        httpx.post(f"{address}/sendmessage", data=flat, files={"unused": b"a"}),
        httpx.post(f"{address}/SendMessage", json=flat),
        httpx.post(f"{address}/sendMessage", json=flat | {"chat_id": LAN, "reply_markup": BUTTON}),
    ]
    told = [result(response) for response in responses]
    assert [one.pop("message_id") for one in told] == [2, 3, 4, 5, 6]
    assert all(one == told[0] for one in told)
    assert told[0]["text"] == "Chào & tạm biệt"
    assert told[0]["reply_markup"] == BUTTON
    assert {call.method for call in telegram.calls} == {"sendMessage"}
    assert all(call.parameters["reply_markup"] == BUTTON for call in telegram.calls)


def test_the_records_never_show_the_token(ask: Ask, telegram: Telegram) -> None:
    ask("sendMessage", chat_id=LAN, text=f"mã: {TOKEN}")
    ask("setMyCommands", commands=[{"command": "a", "description": TOKEN}])
    assert telegram.messages(LAN)[-1].text == f"mã: {TOKEN}"
    assert "<token>" in str(telegram.calls[-2:])
    assert TOKEN not in str(telegram.calls)
    assert TOKEN.partition(":")[2] not in str(telegram.calls)


def test_a_parsed_text_has_entities_in_utf16_units(ask: Ask) -> None:
    for mode, text in (
        ("HTML", "😀 <b>Đậm <i>cả</i></b> &amp; <a href='https://vi.vn'>x</a> /start"),
        ("MarkdownV2", "😀 *Đậm _cả_* & [x](https://vi.vn) /start"),
    ):
        message = result(ask("sendMessage", chat_id=LAN, text=text, parse_mode=mode))
        assert message["text"] == "😀 Đậm cả & x /start"
        assert [(one["type"], one["offset"], one["length"]) for one in message["entities"]] == [
            ("bold", 3, 6),
            ("italic", 7, 2),
            ("text_link", 12, 1),
            ("bot_command", 14, 6),
        ]
    old = result(ask("sendMessage", chat_id=LAN, text=" *a* `b` \\_ \n", parse_mode="Markdown"))
    assert (old["text"], [one["type"] for one in old["entities"]]) == ("a b _", ["bold", "code"])


def test_an_edit_without_a_keyboard_removes_it(ask: Ask, telegram: Telegram) -> None:
    edited = result(ask("editMessageText", chat_id=LAN, message_id=TEXT, text="Đã ghi"))
    assert "reply_markup" not in edited
    assert edited["edit_date"] == edited["date"] == 1_800_000_000
    shown = telegram.messages(LAN)[1]
    assert (shown.text, shown.labels, shown.edits) == ("Đã ghi", [], 1)
    assert telegram.messages(LAN)[2].labels == [["Có", "Không"]]
    assert telegram.button(LAN, "Không").message_id == 5
    result(ask("sendMessage", chat_id=LAN, text="b", reply_markup={"remove_keyboard": True}))
    assert telegram.messages(LAN)[-1].markup == {"remove_keyboard": True}
    with pytest.raises(ValueError, match="no button"):
        telegram.button(LAN, "Không")


def test_a_press_is_answered_once_and_soon(ask: Ask, telegram: Telegram, clock: Times) -> None:
    first, second = telegram.button(LAN, "Có"), telegram.press(LAN, 99, "cũ")
    update, stale = result(ask("getUpdates", allowed_updates=["callback_query"]))
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"], query["chat_instance"]) == (
        "yes",
        LAN,
        telegram.chat_instance,
    )
    assert query["message"]["from"]["is_bot"] is True
    assert query["message"]["reply_markup"] == BUTTON
    assert stale["callback_query"]["message"]["date"] == 0
    assert result(ask("answerCallbackQuery", callback_query_id=first.callback_id, text="Đã nhận"))
    again = ask("answerCallbackQuery", callback_query_id=first.callback_id).json()
    clock.now += 151
    late = ask("answerCallbackQuery", callback_query_id=second.callback_id).json()
    assert again["description"] == late["description"] == f"Bad Request: {cases.STALE_QUERY}"
    assert [(toast.text, toast.alert) for toast in telegram.answers()] == [("Đã nhận", False)]


def test_a_file_id_can_be_sent_again_and_a_file_downloaded(
    ask: Ask, url: Address, telegram: Telegram
) -> None:
    photo = result(ask("sendPhoto", chat_id=LAN, caption="Ảnh", files={"photo": ("a.png", picture())}))[
        "photo"
    ]
    assert [(size["width"], size["height"]) for size in photo] == [
        (90, 51),
        (320, 180),
        (800, 450),
        (1280, 720),
    ]
    assert result(ask("sendPhoto", chat_id=LAN, photo=photo[0]["file_id"]))["photo"] == photo
    wrong = ask("sendDocument", chat_id=LAN, document=photo[0]["file_id"]).json()
    assert wrong["description"] == "Bad Request: can't use file of type Photo as Document"
    path = result(ask("getFile", file_id=photo[-1]["file_id"]))["file_path"]
    body = httpx.get(f"{url.base_file_url}{TOKEN}/{path}").content
    assert Image.open(io.BytesIO(body)).size == (1280, 720)
    telegram.document(LAN, "to.zip", "application/zip", b"PK", size=20 * 1024 * 1024 + 1)
    big = telegram.messages(LAN)[-1].raw["document"]["file_id"]
    assert ask("getFile", file_id=big).json()["description"] == "Bad Request: file is too big"


# ── polling ─────────────────────────────────────────────────────────────────────────────────────────


def ids(response: httpx.Response) -> list[int]:
    return [update["update_id"] for update in result(response)]


def test_an_offset_confirms_what_lies_below_it(ask: Ask, telegram: Telegram) -> None:
    first, second, third, fourth = (telegram.say(LAN, text).update_id or 0 for text in "abcd")
    assert (second, third, fourth) == (first + 1, first + 2, first + 3)
    assert ids(ask("getUpdates", limit=2)) == [first, second]
    assert ids(ask("getUpdates", offset=third)) == [third, fourth]
    assert ids(ask("getUpdates", offset=first)) == [third, fourth]
    assert ids(ask("getUpdates", offset=fourth + 1000)) == [third, fourth]  # too far ahead: no offset at all
    assert ids(ask("getUpdates", offset=-1)) == [fourth]
    assert ids(ask("getUpdates", offset=fourth)) == [fourth]
    assert ids(ask("getUpdates", offset=fourth + 1)) == []
    assert telegram.pending() == 0


def test_repeating_an_offset_at_once_gives_one_update(ask: Ask, telegram: Telegram) -> None:
    first, second = telegram.say(LAN, "a").update_id, telegram.say(LAN, "b").update_id
    assert ids(ask("getUpdates", offset=first)) == [first, second]
    assert ids(ask("getUpdates", offset=first)) == [first]
    telegram.last_poll = (first or 0, time.monotonic() - 1)
    assert ids(ask("getUpdates", offset=first)) == [first, second]


def test_allowed_updates_filter_when_an_update_is_made(ask: Ask, telegram: Telegram) -> None:
    kept = telegram.say(LAN, "a").update_id
    assert ids(ask("getUpdates", allowed_updates=["callback_query"])) == [kept]
    assert telegram.say(LAN, "b").update_id is None
    pressed = telegram.button(LAN, "Có").update_id
    assert ids(ask("getUpdates", offset=pressed, allowed_updates="{")) == [pressed]  # unreadable: as before
    assert telegram.say(LAN, "c").update_id is None
    ask("getUpdates", offset=pressed, allowed_updates=["nothing"])  # unknown names only: the default set
    assert telegram.say(LAN, "d").update_id
    assert telegram.raw_update({"chat_moon": {"phase": 3}})


def test_updates_expire(ask: Ask, telegram: Telegram, clock: Times) -> None:
    message, press = telegram.say(LAN, "a"), telegram.button(LAN, "Có")
    clock.now += 151
    assert (ids(ask("getUpdates")), press.update_id) == ([message.update_id], (message.update_id or 0) + 1)
    clock.now += 24 * 3600
    assert telegram.pending() == 0
    assert ids(ask("getUpdates", offset=1)) == []


def test_a_waiting_poll_wakes_and_a_second_one_ends_it(url: Address, telegram: Telegram) -> None:
    async def work(one: Bot) -> None:
        waiting = asyncio.create_task(one.get_updates(timeout=30))
        await asyncio.to_thread(within, lambda: telegram.waiting)
        telegram.say(LAN, "xin chào")
        (update,) = await waiting
        old = asyncio.create_task(one.get_updates(offset=update.update_id + 1, timeout=30))
        await asyncio.to_thread(within, lambda: telegram.waiting)
        first = telegram.waiting
        new = asyncio.create_task(one.get_updates(offset=update.update_id + 2, timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure"):
            await old
        await asyncio.to_thread(within, lambda: telegram.waiting not in (None, first))
        await one.set_webhook("https://vi.vn/a")
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await new
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await one.get_updates()
        with pytest.raises(RetryAfter):
            await one.set_webhook("https://vi.vn/b")

    bot(url, work)
    assert telegram.calls[-1].outcome == "Too Many Requests: retry after 1"


def test_a_repeated_conflict_is_held_back(telegram: Telegram) -> None:
    telegram.call(TOKEN, Asked("setWebhook", {"url": "https://vi.vn"}), print)
    first, second = (telegram.call(TOKEN, Asked("getUpdates"), print) for _ in range(2))
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert (first.status, first.delay) == (409, 0)
    assert (second.status, second.delay) == (409, 3 * telegram.waits)


def test_plain_http_needs_the_switch(ask: Ask, telegram: Telegram) -> None:
    telegram.tune(allow_http=False)
    refused = ask("setWebhook", url="http://127.0.0.1:8080/telegram/webhook").json()
    assert refused["description"] == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    assert telegram.webhook is None


def test_what_was_confirmed_can_be_delivered_again(ask: Ask, telegram: Telegram) -> None:
    number = telegram.say(LAN, "a").update_id or 0
    assert ids(ask("getUpdates", offset=number)) == [number]
    assert ids(ask("getUpdates", offset=number + 1)) == []
    telegram.redeliver(number)
    assert ids(ask("getUpdates", offset=number + 1)) == [number]
    telegram.tune(duplicate_updates=True)
    twice = telegram.say(LAN, "b").update_id
    assert ids(ask("getUpdates")) == [twice, twice]
