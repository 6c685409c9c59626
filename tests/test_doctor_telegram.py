"""`congdoan doctor` and Telegram: the token, the network, the clock, and a webhook that is not what was configured."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot import doctor_telegram
from bot.doctor_findings import Finding
from bot.settings import Settings
from tests.fake_telegram import TOKEN, Telegram, running
from tests.process import free_port
from tests.test_doctor import HOOK, NOW, SECRET, lines, marked, settings_of


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def settings(telegram: Telegram, tmp_path: Path) -> Iterator[Settings]:
    """An installation with a token, whose Telegram is a fake."""
    with running(telegram) as base:
        yield settings_of(tmp_path, telegram_token=TOKEN, telegram_base_url=base)


def examined(settings: Settings) -> list[Finding]:
    return doctor_telegram.check(settings, lambda: datetime.now(UTC))


def with_hook(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": HOOK + "/"})


def set_hook(telegram: Telegram, settings: Settings, url: str) -> None:
    async def act() -> None:
        bot = doctor_telegram.bot_of(settings)
        await bot.set_webhook(url, secret_token=SECRET)
        await bot.request.shutdown()

    asyncio.run(act())


def test_a_network_that_fails_once_is_asked_again(settings: Settings, telegram: Telegram) -> None:
    telegram.fault("getMe", "cut_before", times=1)
    assert "bot là @congdoan_bot" in lines(examined(settings))
    telegram.fault("getMe", "cut_before", times=2)
    (found,) = marked(examined(settings), "✗")
    assert "Không kết nối được Telegram" in found


def test_a_token_that_telegram_refuses_is_wrong_and_is_not_shown(settings: Settings) -> None:
    other = Settings(
        _env_file=None,
        telegram_token=TOKEN[:-1] + "x",
        telegram_base_url=settings.telegram_base_url,
    )
    (found,) = marked(examined(other), "✗")
    assert found == doctor_telegram.REFUSED


def test_a_telegram_that_is_not_there_is_wrong(tmp_path: Path) -> None:
    nowhere = settings_of(
        tmp_path, telegram_token=TOKEN, telegram_base_url=f"http://127.0.0.1:{free_port()}/bot"
    )
    (found,) = marked(examined(nowhere), "✗")
    assert "Không kết nối được Telegram" in found
    assert TOKEN not in found


def test_a_webhook_that_is_set_while_we_poll_is_wrong(settings: Settings, telegram: Telegram) -> None:
    set_hook(telegram, settings, f"{HOOK}/telegram/webhook")
    assert "congdoan webhook clear" in "".join(marked(examined(settings), "✗"))
    assert marked(examined(with_hook(settings)), "✗") == []
    assert f"Webhook: {HOOK}/telegram/webhook, khớp" in lines(examined(with_hook(settings)))


@pytest.mark.parametrize("there", ["", "https://other.example.vn/telegram/webhook"])
def test_a_webhook_that_is_absent_or_elsewhere_is_wrong(
    settings: Settings, telegram: Telegram, there: str
) -> None:
    if there:
        set_hook(telegram, settings, there)
    assert "congdoan webhook set" in "".join(marked(examined(with_hook(settings)), "✗"))


def test_deliveries_that_fail_or_pile_up_are_pointed_out(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, public_url=HOOK, telegram_webhook_secret=SECRET)
    info: dict[str, Any] = {
        "url": f"{HOOK}/telegram/webhook",
        "pending_update_count": 101,
        "last_error_date": (NOW - timedelta(minutes=5)).isoformat(),
        "last_error_message": "Wrong response from the webhook: 502 Bad Gateway",
    }
    [many] = marked(doctor_telegram.hook(settings, info, NOW), "!")
    assert "101 tin đang chờ ở Telegram" in many
    [failed] = marked(doctor_telegram.hook(settings, info, NOW), "✗")
    assert "502 Bad Gateway" in failed
    [over] = marked(doctor_telegram.hook(settings, info | {"pending_update_count": 0}, NOW), "!")
    assert "502 Bad Gateway" in over, "nothing waits: it has passed"
    old = info | {"pending_update_count": 100, "last_error_date": (NOW - timedelta(days=2)).isoformat()}
    assert marked(doctor_telegram.hook(settings, old, NOW), "!") == []


@contextmanager
def server_that_says(moment: datetime) -> Iterator[str]:
    """An HTTP server whose clock stands at a moment."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(302)
            self.end_headers()

        def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the shape of its class
            return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("apart", "mark"), [(0, "✓"), (59, "✓"), (62, "✗"), (-3600, "✗")])
def test_a_clock_that_differs_from_telegrams_by_more_than_a_minute_is_wrong(apart: int, mark: str) -> None:
    here = NOW.replace(microsecond=0)
    with server_that_says(here + timedelta(seconds=apart)) as server:
        assert asyncio.run(doctor_telegram._clock(server, lambda: here)).mark == mark
