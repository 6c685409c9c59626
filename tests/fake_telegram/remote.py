"""The fake in another process, with the methods of `Telegram`."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.fake_telegram.control import ACTS, PROPERTIES, decoded, encoded


class Remote:
    """Every act of `Telegram` by its name; what it gives is what `Telegram` gives.  For one thread."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)

    @property
    def base_url(self) -> str:
        """What telegram.Bot takes."""
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        """What telegram.Bot takes for files."""
        return f"{self.address}/file/bot"

    def close(self) -> None:
        """Hang up; the next act connects again."""
        self._connection.close()

    def __getattr__(self, act: str) -> Any:
        if act not in ACTS:
            raise AttributeError(act)
        return self._do(act) if act in PROPERTIES else self._act(act)

    def _act(self, act: str) -> Callable[..., Any]:
        def do(*positional: Any, **named: Any) -> Any:
            return self._do(act, *positional, **named)

        return do

    def _do(self, act: str, *positional: Any, **named: Any) -> Any:
        arguments = {"*": encoded(list(positional))} | {name: encoded(one) for name, one in named.items()}
        body = json.dumps({"do": act, "with": arguments})
        self._connection.request("POST", "/control", body, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        content = json.loads(answer.read())
        if answer.status != 200:
            raise ValueError(content["error"])
        return decoded(content["result"])
