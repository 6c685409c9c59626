"""Updates that Telegram delivers: the secret first, then the form, then the message; answered after its commit."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.outage import Outage
from bot.channels.telegram.updates import Taken, UnreadableUpdateError, Updates

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
MOST = 1024 * 1024
"""Bytes of a body; an update has some thousand."""
PATIENCE = 10.0
"""Seconds for a body to arrive."""

Take = Callable[[Taken], Awaitable[None]]


class RefusedError(Exception):
    """A request that is not Telegram's, with the status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Webhook:
    """The route; `take` is set while the channel listens."""

    def __init__(self, updates: Updates, secret: str) -> None:
        self._updates = updates
        self._secret = secret.encode()
        self.take: Take | None = None
        self._storage = Outage(log, "messages cannot be stored")
        self._complained: deque[str] = deque(maxlen=100)

    def routes(self) -> list[Route]:
        """What the HTTP server is to serve."""
        return [Route(PATH, self._post, methods=["POST"])]

    async def _post(self, request: Request) -> Response:
        try:
            taken, take = await self._taken(request)
        except RefusedError as refused:
            return Response(status_code=refused.status, headers={"Connection": "close"})
        try:
            await take(taken)
        except Exception as error:  # noqa: BLE001 - Telegram repeats what was not taken
            self._storage.failed(type(error).__name__)
            return Response(status_code=500)
        self._storage.over()
        return Response()

    async def _taken(self, request: Request) -> tuple[Taken, Take]:
        shown = request.headers.get(SECRET, "").encode("latin-1")
        if not hmac.compare_digest(shown, self._secret):
            raise RefusedError(403)
        if self.take is None:
            raise RefusedError(503)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise RefusedError(415)
        raw = _object(await _body(request))
        try:
            return self._updates.take(raw), self.take
        except UnreadableUpdateError as error:
            # Taken all the same: refused, it would hold up its chat for a day.
            self._complain(str(error))
            return Taken(None), self.take

    def _complain(self, sentence: str) -> None:
        """Once, although Telegram repeats it."""
        if sentence not in self._complained:
            self._complained.append(sentence)
            log.error("%s", sentence)


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > len(str(MOST)) or int(declared) > MOST):
        raise RefusedError(413)
    try:
        return await asyncio.wait_for(_read(request), PATIENCE)
    except TimeoutError:
        raise RefusedError(408) from None
    except ClientDisconnect:
        raise RefusedError(400) from None


async def _read(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise RefusedError(413)
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise RefusedError(400) from None
    if not isinstance(content, dict) or not isinstance(content.get("update_id"), int):
        raise RefusedError(400)
    return content
