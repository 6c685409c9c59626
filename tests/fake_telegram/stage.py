"""What the fake's own tests share: a clock that is moved, pictures, patience, and the real client."""

from __future__ import annotations

import asyncio
import io
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from PIL import Image
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.fake_telegram import TOKEN, Address

LAN, HAI, MINH = 1, 2, 3
GROUP = -1001


class Times:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def picture(width: int = 1600, height: int = 900, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, kind)
    return out.getvalue()


def ask(address: str, method: str, /, **parameters: Any) -> httpx.Response:
    """One call, its parameters as JSON."""
    return httpx.post(f"{address}{TOKEN}/{method}", json=parameters, timeout=20, verify=False)


def result(response: httpx.Response) -> Any:
    assert response.json()["ok"], response.text
    return response.json()["result"]


def within(condition: Callable[[], Any]) -> Any:
    """Wait until it is so; 10 s are far more than it takes."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.005)
    raise AssertionError("it never came to that")


def bot(url: Address, work: Callable[[Bot], Awaitable[Any]]) -> Any:
    """What the real client of python-telegram-bot makes of it."""

    async def run() -> Any:
        async with Bot(TOKEN, url, url.base_file_url, get_updates_request=HTTPXRequest(4)) as one:
            return await work(one)

    os.environ["PTB_TIMEDELTA"] = "true"  # RetryAfter.retry_after is a timedelta, without a warning
    return asyncio.run(run())
