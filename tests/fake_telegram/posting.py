"""A small HTTP client that keeps its connection: posts an update, reads the answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

import httptools

CONNECT_WITHIN = 10.0
ANSWER_WITHIN = 60.0


class Unreachable(OSError):
    """No connection could be made."""


@dataclass(slots=True)
class Response:
    """An answer as httptools reads it."""

    status: int = 0
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    complete: bool = False

    def on_status(self, reason: bytes) -> None:
        self.reason += reason.decode("latin-1")

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.complete = True

    @property
    def until_close(self) -> bool:
        """Whether the end of the connection is the end of the answer."""
        return not {"content-length", "transfer-encoding"} & self.headers.keys()


class Connection:
    """One connection to a webhook, for one post at a time."""

    def __init__(self, url: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.url = url
        self._reader = reader
        self._writer = writer
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._head = f"POST {target} HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect; Unreachable when nobody answers."""
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        try:
            opening = asyncio.open_connection(parts.hostname, port, ssl=secure or None)
            streams = await asyncio.wait_for(opening, CONNECT_WITHIN)
        except TimeoutError as error:
            raise Unreachable("Connection timed out") from error
        except OSError as error:
            refused = isinstance(error, ConnectionRefusedError)
            raise Unreachable("Connection refused" if refused else str(error)) from error
        return cls(url, *streams)

    @property
    def usable(self) -> bool:
        """Whether the other side still listens, as far as is known here."""
        return not (self._reader.at_eof() or self._writer.is_closing())

    def close(self) -> None:
        self._writer.close()

    async def post(self, body: bytes, headers: str) -> Response:
        """Send and read; ConnectionError when it breaks, TimeoutError when nothing comes."""
        head = f"{self._head}{headers}Content-Length: {len(body)}\r\n\r\n"
        self._writer.write(head.encode("latin-1") + body)
        async with asyncio.timeout(ANSWER_WITHIN):
            response = await self._read()
        if response.headers.get("connection", "").lower() == "close":
            self.close()
        return response

    async def _read(self) -> Response:
        response = Response()
        parser = httptools.HttpResponseParser(response)
        while not response.complete:
            chunk = await self._reader.read(65536)
            if not chunk and response.headers and response.until_close:
                break
            if not chunk:
                raise ConnectionResetError("Webhook connection closed")
            parser.feed_data(chunk)
        response.status = parser.get_status_code()
        return response
