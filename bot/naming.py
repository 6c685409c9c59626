"""What each channel's bot is called is asked at the start and kept, so that invitations can name it and carry links."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from bot.app import App
from bot.channel import Channel
from storage import doors
from storage.doors import Door

log = logging.getLogger(__name__)

AGAIN = 60.0
"""Seconds until a platform that did not answer is asked once more."""


async def serve(app: App, channels: Mapping[str, Channel]) -> None:
    """Ask until all have answered, then rest: what a bot is called hardly ever changes."""
    waiting = {name: channel.door for name, channel in channels.items() if hasattr(channel, "door")}
    while waiting:
        for name, door in list(waiting.items()):
            try:
                called, link = await door()
                await app.in_writer(_keep, app, Door(name, called, link))
            except Exception as error:  # noqa: BLE001 - codes work without it
                log.debug("%s does not say what its bot is called: %s", name, type(error).__name__)
            else:
                del waiting[name]
        await asyncio.sleep(AGAIN)
    await asyncio.Event().wait()


def _keep(app: App, door: Door) -> None:
    with app.database.begin() as db:
        doors.keep(db, door)
