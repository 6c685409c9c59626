"""Starting the fake: in a thread of the test's process, or as a process of its own."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tests.fake_telegram.remote import Remote
from tests.fake_telegram.server import App
from tests.fake_telegram.telegram import Telegram

ROOT = Path(__file__).parent.parent.parent
READY = 20.0


class Address(str):
    """The base_url of a fake, as telegram.Bot takes it; it knows the other addresses, too."""

    __slots__ = ()

    def __new__(cls, port: int) -> Address:  # noqa: PYI034 - of exactly this class
        return super().__new__(cls, f"http://127.0.0.1:{port}/bot")

    @property
    def base_url(self) -> str:
        return str(self)

    @property
    def base_file_url(self) -> str:
        return f"{self.removesuffix('/bot')}/file/bot"

    @property
    def port(self) -> int:
        return int(self.removesuffix("/bot").rpartition(":")[2])


class _Protocol(HttpToolsProtocol):
    """HTTP whose connections can be broken by the app."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"cut": self.transport.abort}  # type: ignore[dict-item]


def server(app: App) -> uvicorn.Server:
    """A uvicorn that serves this app, quickly and quietly."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            loop="asyncio",
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_keep_alive=3600,
            backlog=2048,
        )
    )


def listening(port: int = 0) -> socket.socket:
    """A socket on this machine only; port 0: any."""
    # Named as TCP, or asyncio leaves the delay of small packets on.
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind(("127.0.0.1", port))
    opened.listen(2048)
    return opened


@contextlib.contextmanager
def running(telegram: Telegram, port: int = 0) -> Iterator[Address]:
    """Serve in a thread while the block runs; the address is the base_url."""
    app = App(telegram)
    serving = server(app)
    with listening(port) as opened:
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        _wait_until_started(serving, thread)
        try:
            yield Address(opened.getsockname()[1])
        finally:
            app.stop()
            serving.should_exit = True
            thread.join(READY)


def _wait_until_started(serving: uvicorn.Server, thread: threading.Thread) -> None:
    while not serving.started:
        thread.join(0.005)
        if not thread.is_alive():
            raise RuntimeError("the fake Telegram could not start")


@contextlib.contextmanager
def launched(*arguments: str) -> Iterator[Remote]:
    """Serve in another process while the block runs, with the arguments of `python -m tests.fake_telegram`."""
    command = [sys.executable, "-m", "tests.fake_telegram", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        if not line:
            raise RuntimeError("the fake Telegram could not start")
        remote = Remote(line)
        try:
            yield remote
        finally:
            remote.close()
            process.send_signal(signal.SIGTERM)
            process.wait(READY)
