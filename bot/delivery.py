"""Replies go out: what is due is claimed, sent at the platform's pace and marked; one chat delays nobody else.

The order of a chat is kept by claiming one message of it at a time.  Outcomes are written down together with the
next claim, in one short transaction.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.channel import Channel, SendError
from bot.outcomes import Claimed, Order, Outcome, exchange, give_back
from bot.pacing import Pace
from storage.database import Database
from storage.outbox import Due

log = logging.getLogger(__name__)

Run = Callable[..., Awaitable[Any]]
"""Runs a function of the database somewhere and awaits it: the writer thread, or here."""
PULSE = 1.0
"""Seconds between two looks at the outbox when nothing wakes the delivery sooner."""
GATHERED = 0.02
"""Seconds for which outcomes are gathered before they are written down, when nothing else is to do."""
RECENTLY = 60.0
FAREWELL = 5.0
"""Seconds that messages under way get when the program stops."""


async def here(function: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - whatever the function gives
    """Run at once in this thread: for simulated clocks and tests, where nobody else waits."""
    return function(*args)


async def deliver_due(
    database: Database, channels: Mapping[str, Channel], now: datetime, run: Run = here
) -> int:
    """Send everything that is due at `now`; how many messages arrived."""
    return await Delivery(database, channels, run).drain(now)


class Delivery:
    """The outbox of all channels of one process."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], run: Run = here) -> None:
        self.database = database
        self.channels = channels
        self.run = run
        start = time.monotonic()
        self.paces = {name: Pace(channel.limits, start) for name, channel in channels.items()}
        self.sent = 0
        self.counts = Counter[tuple[str, str, str]]()
        """(channel, kind, outcome) → messages since the start; outcome: see `_verdict`."""
        self.send_seconds = 0.0
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._resting: dict[int, float] = {}
        self._settled: list[Outcome] = []
        self._last = Claimed()
        self._arrived: dict[str, tuple[int, float]] = {}
        self._wake = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._asking: dict[str, asyncio.Task[None]] = {}
        for name, channel in channels.items():
            channel.keep_pace(self.paces[name])

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    # ── for ever ────────────────────────────────────────────────────────────────────────────────────

    async def serve(self, now: Callable[[], datetime]) -> None:
        """Deliver until cancelled; then what is under way is waited for and written down."""
        try:
            while True:
                await self._beat(now)
                # Not wait_for: in Python 3.11 it may swallow the cancellation when both come at once.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._pause()):
                        await self._wake.wait()
        finally:
            await self._finish(now)

    async def _beat(self, now: Callable[[], datetime]) -> None:
        self._wake.clear()
        try:
            await self.step(now())
        except Exception:
            log.exception("delivery failed; it goes on in a moment")
            await asyncio.sleep(PULSE)

    def _pause(self) -> float:
        """Seconds until the next look: sooner when something waits for a slot or for a chat to have rested."""
        now = time.monotonic()
        down = [
            pace.asked_at - now
            for name, pace in self.paces.items()
            if pace.faults and name not in self._asking
        ]
        opening = [pace.opens(now) for name in self._last.starved if not (pace := self.paces[name]).faults]
        rested = [ready - now for ready in self._resting.values()] if self._last.rested else []
        return max(min([PULSE, *down, *opening, *rested]), 0.001)

    async def _finish(self, now: Callable[[], datetime]) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=FAREWELL)
        for task in (*self._under_way.values(), *self._asking.values()):
            task.cancel()
        if self._settled:
            await self.run(exchange, self.database, self._take_settled(), Order(now(), {}, (), ()))

    # ── until nothing is left ───────────────────────────────────────────────────────────────────────

    async def drain(self, now: datetime) -> int:
        """Send everything that is due at `now`, at the platform's pace; how many messages arrived."""
        before = self.sent
        while True:
            await self.step(now)
            if self._under_way or self._asking:
                tasks = [*self._under_way.values(), *self._asking.values()]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            elif not self._settled:
                if not self._may_go_on():
                    return self.sent - before
                await asyncio.sleep(self._pause())

    def _may_go_on(self) -> bool:
        """Whether waiting for a slot helps: not while a platform is down."""
        down = {name for name, pace in self.paces.items() if pace.faults}
        return bool(self._last.starved - down) or (self._last.rested and not down)

    # ── one step ────────────────────────────────────────────────────────────────────────────────────

    async def step(self, now: datetime) -> None:
        """Write down what became of messages, claim what may go now, and set it on its way."""
        async with self._one_at_a_time:
            self._ask_who_is_down()
            order = self._order(now)
            settled = self._take_settled()
            exchanging = asyncio.ensure_future(self.run(exchange, self.database, settled, order))
            try:
                self._last = await asyncio.shield(exchanging)
            except asyncio.CancelledError:
                # It is carried out all the same: what was claimed and will not be sent goes back.
                await self.run(give_back, self.database, (await exchanging).messages)
                raise
            except Exception:
                self._settled = settled + self._settled
                raise
            for due in self._last.messages:
                self._set_out(due)

    def _ask_who_is_down(self) -> None:
        for name, pace in self.paces.items():
            if pace.faults and name not in self._asking and pace.asked_at <= time.monotonic():
                self._asking[name] = asyncio.ensure_future(self._ask(name, pace))

    async def _ask(self, name: str, pace: Pace) -> None:
        """Whether a platform that seemed to be down answers: no message is risked to find out."""
        if await self.channels[name].answers():
            if pace.faults > 1:
                log.info("%s is there again", name)
            pace.succeeded()
        else:
            pace.failed(time.monotonic())
            if pace.faults == 2:
                log.warning("%s does not answer; messages wait until it does", name)
        del self._asking[name]
        self._wake.set()

    def _take_settled(self) -> list[Outcome]:
        settled, self._settled = self._settled, []
        return settled

    def _order(self, now: datetime) -> Order:
        moment = time.monotonic()
        self._resting = {contact: ready for contact, ready in self._resting.items() if ready > moment}
        room = {name: pace.room(moment) for name, pace in self.paces.items()}
        return Order(now, room, tuple(self._under_way), tuple(self._resting))

    def _set_out(self, due: Due) -> None:
        pace = self.paces[due.channel]
        slot = pace.reserve(time.monotonic())
        ready = pace.rest(slot, group=self.channels[due.channel].is_group(due.address))
        if ready > slot:
            self._resting[due.contact_id] = ready
        self._under_way[due.contact_id] = asyncio.ensure_future(self._send(due, slot))

    async def _send(self, due: Due, slot: float) -> None:
        await self.paces[due.channel].leave(slot)
        began = time.monotonic()
        what = await self._outcome(due)
        self.send_seconds += time.monotonic() - began
        self._note(due, what)
        tidies = self.channels[due.channel].tidies
        self._settled.append(Outcome(due, what, tidies=tidies, others_arrive=self._others_arrive(due)))
        del self._under_way[due.contact_id]
        asyncio.get_running_loop().call_later(GATHERED, self._wake.set)

    async def _outcome(self, due: Due) -> str | SendError:
        reply = replace(due.reply, replaces=due.replaces)
        try:
            return await self.channels[due.channel].send(due.address, reply, due.key)
        except SendError as error:
            return error
        except Exception as error:
            log.exception("sending %s through %s", due.key, due.channel)
            return SendError(type(error).__name__)

    def _others_arrive(self, due: Due) -> bool:
        """Whether the platform took a message for somebody else in the last minute."""
        contact, at = self._arrived.get(due.channel, (due.contact_id, 0.0))
        return contact != due.contact_id and time.monotonic() - at < RECENTLY

    def _note(self, due: Due, what: str | SendError) -> None:
        pace = self.paces[due.channel]
        self.counts[due.channel, due.kind, _verdict(what)] += 1
        if not isinstance(what, SendError):
            self.sent += 1
            self._arrived[due.channel] = (due.contact_id, time.monotonic())
        elif what.everyone or what.unknown:
            pace.doubt(time.monotonic())


def _verdict(what: str | SendError) -> str:
    """How a send went, in one word: sent, again (a passing fault), refused, unreachable or unknown."""
    if not isinstance(what, SendError):
        return "sent"
    flags = ("unreachable", "refused", "unknown")
    return next((flag for flag in flags if getattr(what, flag)), "again")
