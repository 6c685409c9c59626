"""Brings updates to the webhook: in order within a queue, again after a failure, never more at once than it allows."""

from __future__ import annotations

import asyncio
import contextlib

import httptools

from tests.fake_telegram.asked import Asked
from tests.fake_telegram.bodies import parameters
from tests.fake_telegram.lines import Lines
from tests.fake_telegram.posting import Connection, Response, Unreachable
from tests.fake_telegram.refusals import Refused
from tests.fake_telegram.state import Webhook
from tests.fake_telegram.telegram import Telegram
from tests.fake_telegram.updates import Update

RECONNECT = 2.0
"""Seconds between two attempts to connect; an update is not held to have failed by them (server source)."""
GONE = 23 * 3600
"""Seconds of 410 after which the webhook is removed."""


class Courier:
    """The webhook's sender; it lives in one event loop."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._wake = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._free: list[Connection] = []
        self._under_way: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be something to bring; from any thread."""
        self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self) -> None:
        """Bring until cancelled."""
        try:
            while True:
                self._wake.clear()
                pause = self._set_out()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), pause)
        finally:
            await self._stop()

    async def _stop(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        for connection in self._free:
            connection.close()

    def _set_out(self) -> float | None:
        """Start what is ready; seconds until more will be, if that is known."""
        telegram = self._telegram
        with telegram.lock:
            webhook, lines = telegram.webhook, telegram.lines
            if webhook is None or lines is None or telegram.down:
                return None
            while len(self._under_way) < webhook.max_connections:
                update = lines.next(telegram.timer(), shuffled=telegram.settings.shuffled)
                if update is None:
                    return lines.pause(telegram.timer())
                if update.expires < telegram.clock():
                    self._drop(lines, update)
                else:
                    self._start(webhook, lines, update)
            return None

    def _start(self, webhook: Webhook, lines: Lines, update: Update) -> None:
        task = asyncio.ensure_future(self._bring(webhook, lines, update))
        self._under_way.add(task)
        task.add_done_callback(self._came_back)

    def _came_back(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._wake.set()
        if not task.cancelled():
            task.result()

    async def _bring(self, webhook: Webhook, lines: Lines, update: Update) -> None:
        try:
            response = await self._post(webhook, update.body)
        except Unreachable as error:
            with self._telegram.lock:
                self._note(webhook, str(error))
                lines.back(update, self._telegram.timer(), RECONNECT)
        except TimeoutError:
            self._failed(webhook, lines, update, "Read timeout expired")
        except (OSError, httptools.HttpParserError):
            self._failed(webhook, lines, update, "Webhook connection closed")
        else:
            self._answered(webhook, lines, update, response)

    async def _post(self, webhook: Webhook, body: bytes) -> Response:
        secret = f"X-Telegram-Bot-Api-Secret-Token: {webhook.secret}\r\n" if webhook.secret else ""
        headers = f"{secret}Content-Type: application/json\r\nConnection: keep-alive\r\n"
        connection = await self._connection(webhook.url)
        try:
            response = await connection.post(body, headers + "Accept-Encoding: gzip, deflate\r\n")
        except BaseException:
            connection.close()
            raise
        self._free.append(connection)
        return response

    async def _connection(self, url: str) -> Connection:
        while self._free:
            connection = self._free.pop()
            if connection.usable and connection.url == url:
                return connection
            connection.close()
        return await Connection.open(url if "://" in url else f"https://{url}")

    def _answered(self, webhook: Webhook, lines: Lines, update: Update, response: Response) -> None:
        if 200 <= response.status < 300:
            webhook.gone_since = None
            with self._telegram.lock:
                self._drop(lines, update)
            self._execute(response)
            return
        wait = response.headers.get("retry-after", "")
        words = f"Wrong response from the webhook: {response.status} {response.reason}"
        self._failed(webhook, lines, update, words, float(wait) if wait.isdigit() else 0.0)
        self._maybe_gone(webhook, response.status)

    def _failed(
        self, webhook: Webhook, lines: Lines, update: Update, words: str, retry_after: float = 0.0
    ) -> None:
        telegram = self._telegram
        with telegram.lock:
            self._note(webhook, words)
            pause = lines.pause_after(update, retry_after)
            if telegram.clock() + pause > update.expires:
                self._drop(lines, update)
            else:
                lines.back(update, telegram.timer(), pause)

    def _note(self, webhook: Webhook, words: str) -> None:
        webhook.last_error_date = self._telegram.date()
        webhook.last_error_message = words

    def _drop(self, lines: Lines, update: Update) -> None:
        lines.done(update)
        if self._telegram.lines is lines:
            self._telegram.updates.done(update)

    def _maybe_gone(self, webhook: Webhook, status: int) -> None:
        telegram = self._telegram
        with telegram.lock:
            if status != 410:
                webhook.gone_since = None
            elif webhook.gone_since is None:
                webhook.gone_since = telegram.clock()
            elif telegram.clock() > webhook.gone_since + GONE and telegram.webhook is webhook:
                telegram.webhook = telegram.lines = None

    def _execute(self, response: Response) -> None:
        """Carry out the method that the answer asks for, if any."""
        try:
            fields, uploads = parameters(b"", response.headers.get("content-type", ""), response.body)
        except Refused:
            return
        method = str(fields.pop("method", ""))
        if method:
            self._telegram.execute(Asked(method, fields, uploads))
