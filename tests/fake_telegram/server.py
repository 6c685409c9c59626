"""The wire: the Bot API, file downloads and the control of tests as one ASGI app."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from tests.fake_telegram.answers import Answer, Waiting, refused
from tests.fake_telegram.asked import Asked, Upload
from tests.fake_telegram.bodies import Fields, parameters
from tests.fake_telegram.control import controlled
from tests.fake_telegram.courier import Courier
from tests.fake_telegram.files import UPLOAD_LIMIT
from tests.fake_telegram.refusals import NOT_FOUND, TOO_LARGE, Refused
from tests.fake_telegram.telegram import Telegram

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Cut = Callable[[], None]

MAX_BODY = UPLOAD_LIMIT + 1024 * 1024


class App:
    """An ASGI app; `scope["extensions"]["cut"]` breaks the connection of a request."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._open: set[Cut] = set()
        self._stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"] == "/control":
            status, body = controlled(self.telegram, await _body(receive))
            await _reply(send, Answer(status, body))
        elif self._is_down:
            await _break(scope["extensions"]["cut"], receive)
        else:
            await self._watched(scope, receive, send)

    @property
    def _is_down(self) -> bool:
        return self.telegram.down or self._stopping

    # ── life ────────────────────────────────────────────────────────────────────────────────────────

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._loop = asyncio.get_running_loop()
        courier = Courier(self.telegram)
        running = asyncio.create_task(courier.run())
        listeners = (courier.wake, self._look)
        self.telegram.listeners.extend(listeners)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for listener in listeners:
            self.telegram.listeners.remove(listener)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await send({"type": "lifespan.shutdown.complete"})

    def _look(self) -> None:
        """Break what is open when an outage has begun; from any thread."""
        if self.telegram.down:
            self._loop.call_soon_threadsafe(self._break_all)

    def _break_all(self) -> None:
        for cut in list(self._open):
            cut()

    def stop(self) -> None:
        """Take no more calls and break those that wait; from any thread."""
        self._stopping = True
        self._loop.call_soon_threadsafe(self._break_all)

    # ── calls ───────────────────────────────────────────────────────────────────────────────────────

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        cut: Cut = scope["extensions"]["cut"]
        self._open.add(cut)
        try:
            answer = await self._answer(scope, receive)
        finally:
            self._open.discard(cut)
        if answer is None or answer.cut or self._is_down:
            await _break(cut, receive)
        else:
            await _reply(send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer | None:
        half = self.telegram.settings.latency / 2
        if half:
            await asyncio.sleep(half)
        answer = await self._routed(scope, receive)
        if half:
            await asyncio.sleep(half)
        if answer is not None and answer.delay:
            await _unless_gone(receive, answer.delay)
        return answer

    async def _routed(self, scope: Scope, receive: Receive) -> Answer | None:
        place, _, rest = scope["path"].removeprefix("/").partition("/")
        if place.startswith("bot") and rest and "/" not in rest:
            return await self._called(place.removeprefix("bot"), rest, scope, receive)
        await _body(receive)
        if place == "file" and rest.startswith("bot"):
            return self._downloaded(rest.removeprefix("bot"))
        return refused(NOT_FOUND)

    async def _called(self, token: str, method: str, scope: Scope, receive: Receive) -> Answer | None:
        body = await _body(receive)
        if len(body) > MAX_BODY:
            return refused(TOO_LARGE)
        try:
            fields, uploads = parameters(scope["query_string"], _mime(scope), body)
        except Refused as refusal:
            return refused(refusal)
        return await self._outcome(token, method, fields, uploads, receive)

    async def _outcome(
        self, token: str, method: str, fields: Fields, uploads: dict[str, Upload], receive: Receive
    ) -> Answer | None:
        if self.telegram.down:
            return None
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()

        def later(answer: Answer) -> None:
            loop.call_soon_threadsafe(_resolve, future, answer)

        given = self.telegram.call(token, Asked(method, fields, uploads), later)
        return given if isinstance(given, Answer) else await self._waited(given, future, receive)

    async def _waited(
        self, waiting: Waiting, future: asyncio.Future[Answer], receive: Receive
    ) -> Answer | None:
        """The answer of a call that waits; None when the caller has hung up."""
        gone: asyncio.Future[Any] = asyncio.ensure_future(receive())
        both: set[asyncio.Future[Any]] = {future, gone}
        await asyncio.wait(both, timeout=waiting.seconds, return_when=asyncio.FIRST_COMPLETED)
        if future.done():
            gone.cancel()
            return future.result()
        if gone.done():
            self.telegram.hung_up(waiting)
            return None
        gone.cancel()
        self.telegram.time_is_up(waiting)
        return await future

    def _downloaded(self, rest: str) -> Answer:
        token, _, path = rest.partition("/")
        refusal = self.telegram.wrong_token(token)
        file = refused(refusal) if refusal else self.telegram.download(path)
        if file is None:
            return refused(NOT_FOUND)
        return file if isinstance(file, Answer) else Answer(200, file.body, mime=b"application/octet-stream")


def _resolve(future: asyncio.Future[Answer], answer: Answer) -> None:
    if not future.done():
        future.set_result(answer)


def _mime(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"content-type":
            return str(value.decode("latin-1"))
    return ""


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    pieces = [body]
    while message.get("more_body"):
        message = await receive()
        pieces.append(message.get("body", b""))
    return b"".join(pieces)


async def _break(cut: Cut, receive: Receive) -> None:
    cut()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _unless_gone(receive: Receive, seconds: float) -> None:
    """Wait, but not for a caller who has hung up."""
    gone = asyncio.ensure_future(receive())
    await asyncio.wait({gone}, timeout=seconds)
    gone.cancel()


async def _reply(send: Send, answer: Answer) -> None:
    headers = [(b"content-type", answer.mime), (b"content-length", b"%d" % len(answer.body))]
    if answer.retry_after:
        headers.append((b"retry-after", b"%d" % answer.retry_after))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
