"""A webhook that does as it is told, to see what the fake Telegram posts and when."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """What the webhook answers: a status, headers, a JSON body."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass(slots=True)
class Receiver:
    """What has come, and what is answered: `answer` decides by the update."""

    url: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], Told] = lambda _update: Told()
    busy: int = 0
    most: int = 0
    """How many were under way at once, at most."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def texts(self) -> list[str]:
        """What was said or pressed, in the order in which it came."""
        return [
            update["message"]["text"] if "message" in update else update["callback_query"]["data"]
            for update in list(self.updates)
        ]

    def take(self, headers: dict[str, str], body: bytes) -> Told:
        """One post."""
        update = json.loads(body)
        with self._lock:
            self.updates.append(update)
            self.headers.append(headers)
            self.moments.append(time.monotonic())
            self.busy += 1
            self.most = max(self.most, self.busy)
        told = self.answer(update)
        with self._lock:
            self.busy -= 1
        return told


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    """A webhook on this machine while the block runs."""
    receiver = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told = receiver.take(dict(self.headers.items()), body)
            content = b"" if told.body is None else json.dumps(told.body).encode()
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler) as serving:
        serving.daemon_threads = True
        receiver.url = f"http://127.0.0.1:{serving.server_address[1]}/telegram/webhook"
        threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield receiver
        serving.shutdown()
