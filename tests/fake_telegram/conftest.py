"""A fake Telegram with three people, served over HTTP, and a webhook that does as it is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fake_telegram import Address, Telegram, running
from tests.fake_telegram.receiver import Receiver, receiving
from tests.fake_telegram.stage import HAI, LAN, MINH, Times


@pytest.fixture
def clock() -> Times:
    return Times()


@pytest.fixture
def telegram(clock: Times) -> Telegram:
    telegram = Telegram(clock=clock, waits=0.02)
    for number, name in ((LAN, "Lan"), (HAI, "Hải"), (MINH, "Minh")):
        telegram.user(number, name)
    return telegram


@pytest.fixture
def url(telegram: Telegram) -> Iterator[Address]:
    with running(telegram) as url:
        yield url


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver
