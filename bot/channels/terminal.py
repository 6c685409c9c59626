"""The terminal as a channel: lines typed come in, replies are printed in the transcript format."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from bot import transcript
from bot.channel import Quiet, Receive
from storage.messages import Incoming, Reply

PATIENCE = 2.0
"""Seconds to wait for the answer before the next line is read: piped lines may press its buttons."""


class TerminalChannel(Quiet):
    """One person at a terminal; `[label]` presses the newest button of that name."""

    name = "web"

    def __init__(self, address: str, now: Callable[[], datetime], lines: TextIO = sys.stdin) -> None:
        self.address = address
        self.now = now
        self.lines = lines
        self.shown: list[Reply] = []
        self._answered = asyncio.Event()

    async def listen(self, receive: Receive) -> None:
        """Read lines until the end of input or an empty command `.`."""
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, self._read):
            typed = line.rstrip("\n")
            if typed == ".":
                return
            self._answered.clear()
            await receive(self._incoming(typed))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), PATIENCE)

    def _read(self) -> str:
        """One line, printed as it stands in a transcript: prompted for, or repeated when it came through a pipe."""
        if self.lines.isatty():
            sys.stdout.write(f"{self.address}: ")
            sys.stdout.flush()
            return self.lines.readline()
        line = self.lines.readline()
        if line.rstrip("\n") not in ("", "."):
            sys.stdout.write(f"{self.address}: {line}")
        return line

    def _incoming(self, typed: str) -> Incoming:
        choice = transcript.pressed(typed, self.shown) if typed.startswith("[") else ""
        text = "" if choice else typed
        return Incoming(self.name, self.address, uuid.uuid4().hex, self.now(), text, choice)

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Print a reply; those for others are printed too, under their names."""
        if address == self.address:
            self.shown.append(reply)
            self._answered.set()
        sys.stdout.write(transcript.said(address, reply) + "\n")
        sys.stdout.flush()
        return key
