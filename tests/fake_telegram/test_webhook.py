"""A webhook gets every update in order, again until it takes it, and as many at once as it allows."""

from __future__ import annotations

import time
from typing import Any

from tests.fake_telegram import Address, Telegram
from tests.fake_telegram.lines import Lines
from tests.fake_telegram.receiver import Receiver, Told, receiving
from tests.fake_telegram.refusal_cases import BUTTON
from tests.fake_telegram.stage import HAI, LAN, MINH, Times, ask, result, within
from tests.fake_telegram.updates import Update
from tests.process import free_port


def hook(url: str, receiver: Receiver, **more: Any) -> None:
    assert ask(url, "setWebhook", url=receiver.url, secret_token="bi-mat_1", **more).json() == {
        "ok": True,
        "result": True,
        "description": "Webhook was set",
    }


def empty(telegram: Telegram) -> bool:
    return telegram.pending() == 0


def test_a_webhook_gets_each_update_once_in_order_with_the_secret(
    url: Address, telegram: Telegram, receiver: Receiver
) -> None:
    telegram.say(LAN, "trước")
    hook(url, receiver)
    for number in range(20):
        telegram.say(LAN, str(number))
    within(lambda: empty(telegram))
    assert receiver.texts() == ["trước", *map(str, range(20))]
    assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in receiver.headers} == {"bi-mat_1"}
    assert {headers["Content-Type"] for headers in receiver.headers} == {"application/json"}
    info = telegram.webhook_info()
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (receiver.url, 0, 40)
    assert "last_error_date" not in info
    assert ask(url, "deleteWebhook").json()["description"] == "Webhook was deleted"
    assert ask(url, "deleteWebhook").json()["description"] == "Webhook is already deleted"


def test_a_failing_chat_waits_in_order_and_delays_nobody_else(
    url: Address, telegram: Telegram, receiver: Receiver, clock: Times
) -> None:
    failures = iter([Told(500), Told(503), Told(429, {"Retry-After": "20"})])
    receiver.answer = lambda update: (
        next(failures, Told()) if "message" in update and update["message"]["chat"]["id"] == LAN else Told()
    )
    telegram.say(LAN, "một")
    telegram.say(LAN, "hai")
    telegram.say(HAI, "khác")
    telegram.press(LAN, 9, "nút")
    hook(url, receiver)
    within(lambda: empty(telegram))
    assert [text for text in receiver.texts() if text in {"một", "hai"}] == ["một"] * 4 + ["hai"]
    assert max(receiver.texts().index(text) for text in ("khác", "nút")) < len(receiver.texts()) - 2
    info = telegram.webhook_info()
    assert info["last_error_message"] == "Wrong response from the webhook: 429 Too Many Requests"
    assert info["last_error_date"] == clock.now


def test_pauses_double_and_retry_after_comes_first() -> None:
    lines, update = Lines([]), Update(1, "message", b"", 0, ("chat", LAN))
    assert [lines.pause_after(update, 0) for _ in range(6)] == [0, 2, 4, 8, 16, 32]
    assert lines.pause_after(update, 7) == 7
    assert lines.pause_after(update, 99_999) == 3600
    assert all(60 <= lines.pause_after(update, 0) <= 120 for _ in range(20))


def test_a_webhook_that_is_down_gets_everything_later(url: Address, telegram: Telegram) -> None:
    port = free_port()
    ask(url, "setWebhook", url=f"http://127.0.0.1:{port}/telegram/webhook")
    telegram.say(LAN, "a")
    within(lambda: telegram.webhook_info().get("last_error_message") == "Connection refused")
    assert telegram.webhook_info()["pending_update_count"] == 1
    with receiving(port) as receiver:
        within(lambda: empty(telegram))
        assert receiver.texts() == ["a"]


def test_an_answer_may_call_a_method_but_not_read(
    url: Address, telegram: Telegram, receiver: Receiver
) -> None:
    telegram.say(LAN, "a")
    bodies = iter(
        [
            {"method": "sendMessage", "chat_id": LAN, "text": "Đã nhận", "reply_markup": BUTTON},
            {"method": "getMe"},
            {"method": "deleteWebhook"},
            {"method": "sendMessage", "chat_id": 99, "text": "a"},
        ]
    )
    receiver.answer = lambda _update: Told(body=next(bodies))
    hook(url, receiver)
    for text in "bcd":
        telegram.say(LAN, text)
    within(lambda: len(telegram.calls) == 3)
    assert [call.outcome for call in telegram.calls] == ["ok", "ok", "Bad Request: chat not found"]
    assert [shown.text for shown in telegram.messages(LAN) if shown.mine] == ["Đã nhận"]
    assert telegram.webhook is not None


def test_no_more_connections_than_allowed_and_duplicates_on_demand(
    url: Address, telegram: Telegram, receiver: Receiver
) -> None:
    def slowly(_update: object) -> Told:
        time.sleep(0.02)
        return Told()

    receiver.answer = slowly
    hook(url, receiver, max_connections=2)
    telegram.tune(duplicate_updates=True, shuffled=True)
    for person in (LAN, HAI, MINH):
        telegram.say(person, f"{person}a")
        telegram.say(person, f"{person}b")
    within(lambda: empty(telegram))
    assert receiver.most == 2
    assert sorted(receiver.texts()) == sorted(f"{person}{text}" for person in (1, 2, 3) for text in "aabb")
    assert [text for text in receiver.texts() if text[0] == "1"] == ["1a", "1a", "1b", "1b"]
    number = receiver.updates[0]["update_id"]
    telegram.redeliver(number)
    within(lambda: [update["update_id"] for update in receiver.updates].count(number) == 3)


def test_updates_expire_on_their_way_and_410_ends_the_webhook(
    url: Address, telegram: Telegram, receiver: Receiver, clock: Times
) -> None:
    receiver.answer = lambda _update: Told(410)
    hook(url, receiver)
    telegram.press(LAN, 1, "nút")
    within(lambda: len(receiver.updates) >= 2)
    clock.now += 151
    within(lambda: empty(telegram))
    telegram.say(LAN, "a")
    within(lambda: telegram.webhook is not None and telegram.webhook.gone_since)
    clock.now += 23 * 3600 + 1
    within(lambda: telegram.webhook is None)
    assert [update["message"]["text"] for update in result(ask(url, "getUpdates"))] == ["a"]
