"""Deliveries by webhook: only Telegram is heard, what is committed is acknowledged, nothing large or slow hurts."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.channel import Limits
from bot.channels.telegram import PATH, TelegramChannel, open_bot, set_webhook, webhook
from bot.port import Server, open_port, server_config
from tests.fake_telegram import TOKEN, Telegram
from tests.telegram_talk import HAI, LAN, Listening, until

NOWHERE = "http://127.0.0.1:9/bot"
"""Deliveries need no Telegram to answer."""
SECRET = "s3cret_s3cret-s3cret"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
UPDATE = {
    "update_id": 77,
    "message": {
        "message_id": 5,
        "date": 1795510800,
        "chat": {"id": LAN, "type": "private", "first_name": "Lan"},
        "from": {"id": LAN, "is_bot": False, "first_name": "Lan"},
        "text": "mười hai",
    },
}


@pytest.fixture
def telegram() -> Telegram:
    fake = Telegram()
    fake.tune(allow_http=True)
    fake.user(LAN, "Lan")
    fake.user(HAI, "Hải")
    return fake


class House:
    """The channel behind a real HTTP server."""

    def __init__(self, channel: TelegramChannel) -> None:
        self.channel = channel
        self.listening = Listening(channel)
        self._socket = open_port("127.0.0.1", 0)
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}{PATH}"

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serve the routes while the block runs."""
        server = Server(server_config(Starlette(routes=self.channel.routes())))
        serving = asyncio.ensure_future(server.serve(sockets=[self._socket]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving

    async def post(self, body: Any = UPDATE, **more: Any) -> int:
        """The status of one delivery."""
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, **{"data": data, "headers": HEADERS, **more}) as answer,
        ):
            content = await answer.read()
            assert content == b""
            return answer.status


def with_house(use: Callable[[House], Awaitable[Any]], base: str = NOWHERE, *, listens: bool = True) -> Any:
    """Serve, and listen unless the channel is not to be ready."""

    async def run() -> Any:
        channel = TelegramChannel(open_bot(TOKEN, base), limits=Limits(), secret=SECRET)
        house = House(channel)
        try:
            async with house.open(), contextlib.AsyncExitStack() as stack:
                if listens:
                    await stack.enter_async_context(house.listening)
                    await until(lambda: channel._webhook and channel._webhook.take)
                return await use(house)
        finally:
            await channel.close()

    return asyncio.run(run())


def status(body: Any = UPDATE, **more: Any) -> int:
    """What one delivery to a listening channel is answered with; a refused one is never heard."""

    async def use(house: House) -> int:
        found = await house.post(body, **more)
        assert found == 200 or house.listening.heard == []
        return found

    return int(with_house(use))


def begun(headers: str) -> int:
    """The status for a request of which nothing comes after the headers."""

    async def use(house: House) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n".encode())
        async with asyncio.timeout(5):
            line = await reader.readline()
        writer.close()
        assert house.listening.heard == []
        return int(line.split()[1])

    return int(with_house(use))


# ── who is heard ────────────────────────────────────────────────────────────────────────────────────


def test_a_delivery_is_acknowledged_with_nothing_in_it():
    async def use(house):
        assert await house.post() == 200
        assert house.listening.texts == ["mười hai"]

    with_house(use)


@pytest.mark.parametrize(
    "shown", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xe9\xff", "s" * 5000]
)
def test_without_the_secret_nothing_is_heard(shown):
    headers = {"Content-Type": "application/json"}
    if shown is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = shown
    assert status(headers=headers) == 403


def test_the_secret_is_looked_at_before_the_body():
    assert begun("Content-Length: 1000000") == 403


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_posts_are_deliveries(method):
    async def use(house):
        async with aiohttp.ClientSession() as session, session.request(method, house.url) as answer:
            assert answer.status == 405

    with_house(use)


def test_a_polling_channel_has_no_routes():
    assert TelegramChannel(open_bot(TOKEN)).routes() == []


# ── what is heard ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["text/plain", "", "application/x-www-form-urlencoded"])
def test_a_delivery_that_is_no_json_is_refused(kind):
    assert status(headers=HEADERS | {"Content-Type": kind}) == 415


def test_json_may_name_its_charset():
    assert status(headers=HEADERS | {"Content-Type": "application/json; charset=utf-8"}) == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe{}",
        b'{"update_id": "\xff"}',
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b"{}",
        b'{"update_id": "7"}',
    ],
    ids=range(12),
)
def test_what_cannot_be_read_is_refused(body):
    assert status(body) == 400


@pytest.mark.parametrize("message", ["[]", '{"date": "x"}'])
def test_an_update_that_nobody_can_read_is_taken_so_that_it_holds_up_no_other(message):
    assert status(f'{{"update_id": 7, "message": {message}}}'.encode()) == 200


def test_an_update_that_nobody_can_read_is_logged_once_and_without_its_content(caplog):
    bad = {"update_id": 78, "message": {"message_id": 1, "date": "bí mật", "text": "bí mật"}}

    async def use(house):
        assert [await house.post(bad) for _ in range(3)] == [200] * 3

    with_house(use)
    assert caplog.text.count("78") == 1
    assert "bí mật" not in caplog.text


@pytest.mark.parametrize("update", [{"update_id": 7, "telepathy": {}}, UPDATE | {"message": None}])
def test_what_nobody_answers_is_acknowledged(update):
    assert status(update) == 200


# ── size and time ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [webhook.MOST + 1, 10**30])
def test_a_body_of_more_than_a_megabyte_is_refused_before_it_comes(size):
    shown = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    assert begun(f"{shown}Content-Length: {size}") in (413, 400)


def test_a_body_of_a_megabyte_is_read():
    body = json.dumps(UPDATE).encode()
    assert status(io.BytesIO(body + b" " * (webhook.MOST - len(body)))) == 200


def test_a_body_that_does_not_say_its_size_is_counted():
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 65536

    async def use(house):
        async with asyncio.timeout(10):
            with contextlib.suppress(aiohttp.ClientError):
                assert await house.post(endless()) == 413
        assert house.listening.heard == []
        assert await house.post() == 200

    with_house(use)


def test_a_body_that_never_ends_does_not_hold_anybody_up(monkeypatch):
    monkeypatch.setattr(webhook, "PATIENCE", 0.1)

    async def slow() -> AsyncIterator[bytes]:
        yield b'{"update_id":'
        await asyncio.sleep(20)

    async def use(house):
        async with asyncio.timeout(10):
            waiting = asyncio.ensure_future(house.post(slow()))
            assert await house.post() == 200
            assert await waiting == 408

    with_house(use)


# ── when it is acknowledged ─────────────────────────────────────────────────────────────────────────


def test_it_is_acknowledged_after_the_commit():
    async def use(house):
        house.listening.gate.clear()
        delivery = asyncio.ensure_future(house.post())
        done, _ = await asyncio.wait([delivery], timeout=0.2)
        assert not done
        house.listening.gate.set()
        assert await delivery == 200
        assert house.listening.texts == ["mười hai"]

    with_house(use)


def test_what_could_not_be_stored_is_not_acknowledged_and_logged_once(caplog):
    async def use(house):
        house.listening.faults = [OSError("disk full")] * 3
        assert [await house.post() for _ in range(4)] == [500, 500, 500, 200]

    with_house(use)
    assert caplog.text.count("cannot be stored") == 1
    assert "mười hai" not in caplog.text


def test_before_it_listens_it_is_not_available():
    async def use(house):
        assert await house.post() == 503

    with_house(use, listens=False)


def test_when_it_stops_it_is_not_available_any_more():
    async def use(house):
        house.listening.task.cancel()
        await asyncio.gather(house.listening.task, return_exceptions=True)
        assert await house.post() == 503

    with_house(use)


# ── with Telegram itself ────────────────────────────────────────────────────────────────────────────


def delivered(telegram: Telegram, base: str, use: Callable[[House], Awaitable[Any]]) -> Any:
    """Let Telegram deliver here."""

    async def told(house: House) -> Any:
        await set_webhook(house.channel.bot, house.url, SECRET)
        return await use(house)

    return with_house(told, base)


def test_telegram_delivers_in_order_and_has_its_presses_acknowledged(telegram, base):
    words = [f"câu {number}" for number in range(40)]

    async def use(house):
        for said in words:
            telegram.say(LAN, said)
        telegram.press(HAI, 1, "1.yes")
        await until(lambda: len(house.listening.heard) == 41)
        await until(telegram.answers)
        assert [text for text in house.listening.texts if text != "1.yes"] == words
        await until(lambda: telegram.pending() == 0)

    delivered(telegram, base, use)


def test_telegram_repeats_what_could_not_be_stored(telegram, base):
    async def use(house):
        house.listening.faults = [OSError("disk full")]
        telegram.say(LAN, "12")
        await until(lambda: house.listening.heard)
        await until(lambda: telegram.pending() == 0)
        assert "500" in telegram.webhook_info()["last_error_message"]

    delivered(telegram, base, use)


def test_a_start_leaves_the_webhook_as_it_is(telegram, base):
    async def use(house):
        await until(lambda: telegram.counts.get("setMyCommands") == 2)

    with_house(use, base)
    assert not {"setWebhook", "deleteWebhook"} & set(telegram.counts)
