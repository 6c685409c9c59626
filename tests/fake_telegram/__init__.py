"""A Telegram for tests, over real HTTP: as strict as the real one, with people, faults and outages on demand.

It knows no part of this project; what it refuses and how it words it follows Telegram's own server.
"""

from __future__ import annotations

from tests.fake_telegram.chats import Shown
from tests.fake_telegram.records import Call, Event, Toast
from tests.fake_telegram.remote import Remote
from tests.fake_telegram.running import Address, launched, running
from tests.fake_telegram.state import TOKEN
from tests.fake_telegram.telegram import Telegram

__all__ = ["TOKEN", "Address", "Call", "Event", "Remote", "Shown", "Telegram", "Toast", "launched", "running"]
