"""The real program as a process, and a person who speaks to it over HTTP and repeats what was not acknowledged."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
READY = 30.0
"""Seconds in which the program must answer; far more than it needs on a quiet machine."""


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Program:
    """One of the program's commands that runs until it is stopped."""

    data: Path
    command = ""
    port: int = field(default_factory=free_port, kw_only=True)
    arguments: tuple[str, ...] = field(default=(), kw_only=True)
    process: subprocess.Popen[str] | None = field(default=None, kw_only=True)

    @property
    def log(self) -> Path:
        """What the program prints."""
        return self.data.parent / f"{self.data.name}.log"

    def environment(self) -> dict[str, str]:
        """What the program is told."""
        told = {"CONGDOAN_DATA_DIR": str(self.data), "CONGDOAN_PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        return os.environ | told

    def is_ready(self) -> bool:
        """Whether it answers as it should; may raise what a connection raises."""
        raise NotImplementedError

    def launch(self) -> subprocess.Popen[str]:
        """Start without waiting."""
        line = [sys.executable, "-m", "bot", self.command, *self.arguments]
        with self.log.open("a") as out:
            return subprocess.Popen(line, cwd=ROOT, env=self.environment(), stdout=out, stderr=out, text=True)

    def refusal(self) -> str:
        """Start what cannot start; what it says before it ends."""
        assert self.launch().wait(READY) == 2, self.log.read_text()
        return self.log.read_text()

    def start(self) -> Self:
        """Start and wait until it is ready."""
        self.process = self.launch()
        until = time.monotonic() + READY
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(self.log.read_text())
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.is_ready():
                    return self
            time.sleep(0.02)
        raise AssertionError("not ready in time: " + self.log.read_text())

    def kill(self) -> None:
        """Kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self, how: int = signal.SIGINT) -> int:
        """Ctrl-C, or what a service manager sends; the exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(15)


@dataclass
class Demo(Program):
    """`congdoan demo` on a data directory."""

    command = "demo"

    def is_ready(self) -> bool:
        """The page answers."""
        return bool(self.get("/api/clock"))

    def get(self, path: str) -> Any:
        """What the page reads."""
        return self._ask("GET", path)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """What the page sends."""
        return self._ask("POST", path, json.dumps(body))

    def _ask(self, method: str, path: str, body: str | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Content-Type": "application/json"} if body else {}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise OSError(answer.status, content[:300])
        return json.loads(content)

    def history(self, address: str) -> list[dict[str, Any]]:
        """One chat as the page sees it."""
        return list(self.get(f"/api/history?as={quote(address)}")["messages"])

    def say(self, address: str, words: str) -> None:
        """Send until it is acknowledged, always under the same id, as the page does."""
        message = {"as": address, "id": uuid.uuid4().hex, "text": words}
        until = time.monotonic() + READY
        while time.monotonic() < until:
            try:
                self.post("/api/messages", message)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
            else:
                return
        raise AssertionError(f"never acknowledged: {words!r}")
