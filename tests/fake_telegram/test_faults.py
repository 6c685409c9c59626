"""Faults, outages, limits, and the fake as a process of its own."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from tests.fake_telegram import TOKEN, Address, Telegram, launched, running
from tests.fake_telegram.asked import Asked
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.refusal_cases import BUTTON
from tests.fake_telegram.stage import GROUP, HAI, LAN, Times, ask, bot, picture, result, within


def test_faults_happen_as_often_as_asked_to_whom_they_are_meant(url: Address, telegram: Telegram) -> None:
    telegram.fault("sendMessage", "429", chat_id=LAN, retry_after=7)
    telegram.fault("sendMessage", "502", times=2)
    telegram.fault("sendMessage", "cut_before")
    telegram.fault("sendMessage", "cut_after")
    telegram.fault("sendMessage", "html")

    async def work(one: Bot) -> list[str]:
        seen: list[str] = []
        for chat in (LAN, HAI, LAN, LAN, LAN, LAN, LAN):
            try:
                await one.send_message(chat, f"câu {len(seen)}")
                seen.append("ok")
            except NetworkError as error:
                seen.append(type(error).__name__)
            except RetryAfter as error:
                seen.append(str(error.retry_after))
        return seen

    assert bot(url, work) == ["0:00:07", *["NetworkError"] * 5, "ok"]
    outcomes = [call.outcome for call in telegram.calls if call.method == "sendMessage"]
    refused = ["Too Many Requests: retry after 7", "Bad Gateway", "Bad Gateway"]
    assert outcomes == [*refused, "cut_before", "cut_after", "html", "ok"]
    assert [shown.text for shown in telegram.messages(LAN)] == ["câu 4", "câu 6"]
    assert telegram.counts["sendMessage"] == len(telegram.sends) - 1 == 1


def test_a_429_says_when_to_come_back_in_header_and_body(url: Address, telegram: Telegram) -> None:
    telegram.fault(None, "429", retry_after=3, times=None)
    for _ in range(3):
        response = ask(url, "getMe")
        assert response.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        }
        assert response.headers["Retry-After"] == "3"
    telegram.clear_faults()
    assert result(ask(url, "getMe"))["is_bot"]
    with pytest.raises(ValueError, match="unknown fault"):
        Fault("418")


def test_a_slow_answer_comes_too_late_but_the_message_is_there(url: Address, telegram: Telegram) -> None:
    telegram.fault("sendMessage", "slow", delay=30)

    async def work(one: Bot) -> None:
        with pytest.raises(TimedOut):
            await one.send_message(LAN, "a", read_timeout=0.1)

    bot(url, work)
    assert [shown.text for shown in telegram.messages(LAN)] == ["a"]


def test_every_call_takes_as_long_as_the_wire(url: Address, telegram: Telegram) -> None:
    telegram.tune(latency=1.0)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{url}{TOKEN}/getMe", timeout=0.2)
    telegram.tune(latency=0.0)
    assert result(ask(url, "getMe"))["is_bot"]


def test_a_download_may_fail(url: Address, telegram: Telegram) -> None:
    telegram.document(LAN, "a.txt", "text/plain", b"abc")
    file_id = telegram.messages(LAN)[-1].raw["document"]["file_id"]
    address = url.base_file_url + TOKEN + "/" + result(ask(url, "getFile", file_id=file_id))["file_path"]
    telegram.fault("download", "500")
    telegram.fault("download", "cut_before")
    telegram.fault("download", "slow", delay=0.01)
    assert httpx.get(address).status_code == 500
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(address)
    assert [httpx.get(address).content for _ in range(2)] == [b"abc"] * 2


def test_an_outage_closes_every_connection_until_it_is_over(url: Address, telegram: Telegram) -> None:
    async def work(one: Bot) -> None:
        waiting = asyncio.create_task(one.get_updates(timeout=30))
        await asyncio.to_thread(within, lambda: telegram.waiting)
        telegram.outage()
        with pytest.raises(NetworkError):
            await waiting
        with pytest.raises(NetworkError):
            await one.send_message(LAN, "a")
        telegram.say(LAN, "trong lúc đó")
        telegram.outage(on=False)
        await one.send_message(LAN, "b")
        assert [update.message.text for update in await one.get_updates() if update.message] == [
            "trong lúc đó"
        ]

    bot(url, work)
    assert [shown.text for shown in telegram.messages(LAN)] == ["trong lúc đó", "b"]


def test_floods_are_refused_per_person_per_group_and_overall() -> None:
    timer = Times()
    telegram = Telegram(timer=timer)
    telegram.tune(limits=True)
    for person in range(1, 40):
        telegram.user(person, str(person))
    telegram.add_to_group(GROUP, "Tổ", 1)
    with running(telegram) as url:
        assert [ask(url, "sendMessage", chat_id=1, text="a").status_code for _ in range(6)] == [200] * 5 + [
            429
        ]
        timer.now += 1
        assert [ask(url, "sendMessage", chat_id=1, text="a").status_code for _ in range(2)] == [200, 429]
        statuses = [ask(url, "sendMessage", chat_id=chat, text="a").status_code for chat in range(2, 32)]
        assert statuses == [200] * 29 + [429]
        timer.now += 1
        first = [ask(url, "sendMessage", chat_id=GROUP, text="a").status_code for _ in range(21)]
        assert first == [200] * 20 + [429]
        timer.now += 30
        late = ask(url, "sendMessage", chat_id=GROUP, text="a")
        assert late.json()["parameters"] == {"retry_after": 30}
    assert len(telegram.sends) == 5 + 1 + 29 + 20


def test_another_process_offers_the_same() -> None:
    with launched("--latency", "0.01") as remote:
        assert remote.user(LAN, "Lan") == LAN
        event = remote.photo(LAN, picture(100, 100), caption="Ảnh")
        assert (event.message_id, event.chat_id) == (1, LAN)
        result(ask(remote.base_url, "sendMessage", chat_id=LAN, text="Chào", reply_markup=json.dumps(BUTTON)))
        assert [shown.text for shown in remote.messages(LAN)] == ["Ảnh", "Chào"]
        assert remote.button(LAN, "Có").message_id == 2
        assert (remote.pending(), len(remote.sends), remote.counts) == (2, 1, {"sendMessage": 1})
        (call,) = remote.calls
        assert (call.method, call.parameters["text"], call.outcome) == ("sendMessage", "Chào", "ok")
        remote.outage()
        with pytest.raises(httpx.HTTPError):
            ask(remote.base_url, "getMe")
        remote.outage(on=False)
        with pytest.raises(ValueError, match="no button"):
            remote.button(LAN, "Không")
        with pytest.raises(AttributeError):
            remote.lock.acquire()


def test_without_records_memory_stays_flat(url: Address, telegram: Telegram) -> None:
    telegram.tune(keep_records=False)
    for number in range(150):
        telegram.say(LAN, str(number))
        ask_directly(telegram, text=str(number))
    assert (telegram.calls, len(telegram.messages(LAN)), len(telegram.sends)) == ([], 100, 150)
    assert telegram.counts == {"sendMessage": 150}
    with pytest.raises(KeyError):
        telegram.redeliver(1)


def ask_directly(telegram: Telegram, **parameters: Any) -> None:
    telegram.call(TOKEN, Asked("sendMessage", {"chat_id": LAN} | parameters), lambda _answer: None)
