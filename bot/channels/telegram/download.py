"""Files that people sent are brought home from Telegram: streamed, whole or not at all."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import BinaryIO

import aiohttp
import telegram

from bot.channel import SendError
from bot.channels.telegram.faults import fault
from bot.channels.telegram.transport import proxy_of
from bot.channels.telegram.words import number, words

MOST = 20 * 1024 * 1024
"""Bytes that Telegram gives to a bot (TELEGRAM 1)."""
TIMES = aiohttp.ClientTimeout(total=600, sock_connect=5, sock_read=20)
CHUNK = 64 * 1024


async def download(bot: telegram.Bot, remote: str, target: Path) -> int:
    """Write the file to `target` in one stroke and return its size; raises SendError."""
    address = await _address(bot, remote)
    part = target.with_name(f"{target.name}.part")
    try:
        return await _stream(address, part, target)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SendError(f"the file did not arrive ({type(error).__name__})") from None
    finally:
        part.unlink(missing_ok=True)


async def _address(bot: telegram.Bot, remote: str) -> str:
    try:
        file = await bot.get_file(remote)
    except Exception as error:  # noqa: BLE001 - asking can be repeated, whatever went wrong
        raise fault(error, bot.token, repeatable=True) from None
    if number(file.file_size) > MOST:
        raise SendError("the file is too big", refused=True)
    address = words(file.file_path)
    if not address.startswith(("https://", "http://")):
        raise SendError("Telegram names no address of the file", refused=True)
    return address


async def _stream(address: str, part: Path, target: Path) -> int:
    async with (
        aiohttp.ClientSession(timeout=TIMES) as session,
        session.get(address, proxy=proxy_of(address)) as answer,
    ):
        if answer.status != 200:
            raise SendError(f"the file is not given out ({answer.status})")
        size = 0
        with await asyncio.to_thread(part.open, "wb") as file:
            async for chunk in answer.content.iter_chunked(CHUNK):
                size += len(chunk)
                if size > MOST:
                    raise SendError("the file is too big", refused=True)
                file.write(chunk)
            await asyncio.to_thread(_settle, file)
    await asyncio.to_thread(part.replace, target)
    return size


def _settle(file: BinaryIO) -> None:
    """What is said to be here survives a power cut."""
    file.flush()
    os.fsync(file.fileno())
