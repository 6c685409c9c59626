"""The fake Telegram: people on one side, the bot's calls on the other, and what a test may turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.fake_telegram.answers import HTML, Answer, Waiting, batch, granted, refused
from tests.fake_telegram.asked import Asked
from tests.fake_telegram.chats import Json
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.files import File
from tests.fake_telegram.groups import Groups
from tests.fake_telegram.methods import METHODS, may_be_an_answer
from tests.fake_telegram.records import Call, Toast
from tests.fake_telegram.refusals import MALFORMED_TOKEN, UNKNOWN_METHOD, WRONG_TOKEN, Refused
from tests.fake_telegram.updates import Update


class Telegram(Groups):
    """A whole Telegram with one bot in it, without a wire."""

    # ── the bot side ────────────────────────────────────────────────────────────────────────────────

    def call(self, token: str, asked: Asked, answer: Callable[[Answer], None]) -> Answer | Waiting:
        """Carry out one call: the token, then faults, then the method.  A call that waits calls `answer`, once."""
        name, _ = METHODS.get(asked.method.lower(), (asked.method, None))
        asked.method = name
        with self.lock:
            refusal = self.wrong_token(token)
            if refusal is not None:
                return self._settled(asked, refused(refusal))
            fault = self._fault(asked)
            if fault is None:
                return self._outcome(asked, answer)
            return self._spoiled(asked, answer, fault)

    def wrong_token(self, token: str) -> Refused | None:
        """What is wrong with the token in a path, if anything."""
        if token == self.token:
            return None
        number, colon, secret = token.partition(":")
        wellformed = colon and secret and number.isdigit() and len(token) <= 80
        return WRONG_TOKEN if wellformed else MALFORMED_TOKEN

    def execute(self, asked: Asked) -> Answer:
        """Carry out what a webhook's answer asks for; nobody sees the result."""
        if not may_be_an_answer(asked.method):
            return granted(None)
        given = self.call(self.token, asked, lambda _answer: None)
        assert isinstance(given, Answer)
        return given

    def _outcome(self, asked: Asked, answer: Callable[[Answer], None]) -> Answer | Waiting:
        given = self._carried_out(asked)
        if isinstance(given, Answer):
            return self._settled(asked, given)

        def settle(later: Answer) -> None:
            answer(self._settled(asked, later))

        given.answer = settle
        return given

    def _carried_out(self, asked: Asked) -> Answer | Waiting:
        known = METHODS.get(asked.method.lower())
        if known is None:
            return refused(UNKNOWN_METHOD)
        try:
            result = known[1](self, asked)
        except Refused as refusal:
            return refused(refusal)
        return result if isinstance(result, Answer | Waiting) else granted(result)

    def _fault(self, asked: Asked) -> Fault | None:
        return next((fault for fault in self.faults if fault.hits(asked)), None) if self.faults else None

    def _spoiled(self, asked: Asked, answer: Callable[[Answer], None], fault: Fault) -> Answer | Waiting:
        if fault.refusal is not None:
            return self._settled(asked, refused(fault.refusal))
        if fault.kind == "html":
            return self._settled(asked, Answer(502, HTML, mime=b"text/html", outcome="html"))
        if fault.kind == "cut_before":
            return self._settled(asked, Answer(0, b"", cut=True, outcome="cut_before"))
        given = self._outcome(asked, answer) if fault.kind == "slow" else self._carried_out(asked)
        if fault.kind == "slow":
            if isinstance(given, Answer):
                given.delay += fault.delay
            return given
        self.waiting = None if isinstance(given, Waiting) else self.waiting
        return self._settled(asked, Answer(0, b"", cut=True, outcome="cut_after"))

    def _settled(self, asked: Asked, answer: Answer) -> Answer:
        keep = self.settings.keep_records
        parameters = self.records.redacted(asked.recorded()) if keep else {}
        self.records.add(Call(asked.method, parameters, answer.outcome, answer.status, self.clock()))
        return answer

    # ── a call that waits ───────────────────────────────────────────────────────────────────────────

    def updates_arrived(self) -> None:
        """Answer the call that waits for updates, and wake the webhook's sender."""
        if self.waiting is not None:
            waiting, self.waiting = self.waiting, None
            waiting.answer(batch(self.updates.get(waiting.offset, waiting.limit)))
        self.wake()

    def time_is_up(self, waiting: Waiting) -> None:
        """The call has waited long enough: it gets an empty answer, unless it has got one already."""
        with self.lock:
            if self.waiting is waiting:
                self.waiting = None
                waiting.answer(batch([]))

    def hung_up(self, waiting: Waiting) -> None:
        """The caller is gone: what comes is kept for the next one."""
        with self.lock:
            if self.waiting is waiting:
                self.waiting = None

    def download(self, path: str) -> Answer | File | None:
        """A file by its path; None: there is none."""
        with self.lock:
            fault = self._fault(Asked("download", {"path": path}))
            file = self.files.at(path)
            if fault is None or file is None:
                return file
            if fault.refusal is not None:
                return refused(fault.refusal)
            slow = fault.delay if fault.kind == "slow" else 0.0
            return Answer(200, file.body, delay=slow, cut=not slow, mime=b"application/octet-stream")

    # ── what a test may turn and see ────────────────────────────────────────────────────────────────

    @property
    def calls(self) -> list[Call]:
        """Every call so far, refused or not, with its parameters; the token is in none."""
        with self.lock:
            return list(self.records.calls)

    @property
    def sends(self) -> list[float]:
        """When the messages that were sent were accepted, epoch seconds."""
        with self.lock:
            return self.records.sends.tolist()

    @property
    def counts(self) -> dict[str, int]:
        """Accepted calls by method."""
        with self.lock:
            return dict(self.records.counts)

    def answers(self) -> list[Toast]:
        """The answers to button presses, the oldest first."""
        with self.lock:
            return list(self.toasts)

    def forget(self) -> None:
        """Begin the records anew."""
        with self.lock:
            keep, self.records = self.records.keep, type(self.records)(self.token)
            self.records.keep = keep
            self.toasts.clear()

    def tune(self, **settings: Any) -> None:
        """Turn switches: latency, limits, duplicate_updates, shuffled, privacy, keep_records, allow_http."""
        with self.lock:
            for name, value in settings.items():
                if not hasattr(self.settings, name):
                    raise ValueError(f"no switch {name!r}")
                setattr(self.settings, name, value)
            self.updates.duplicate = self.settings.duplicate_updates
            self.updates.remember = self.records.keep = self.settings.keep_records

    def fault(self, method: str | None = None, kind: str = "500", times: int | None = 1, **more: Any) -> None:
        """From now on something goes wrong; see Fault."""
        if method is not None and method.lower() in METHODS:
            method = METHODS[method.lower()][0]
        elif method not in (None, "download"):
            raise ValueError(f"no method {method!r}")
        if more.get("chat_id") is not None:
            more["chat_id"] = str(more["chat_id"])
        with self.lock:
            self.faults.append(Fault(kind, method, times, **more))

    def clear_faults(self) -> None:
        """Nothing goes wrong any more."""
        with self.lock:
            self.faults.clear()

    def outage(self, *, on: bool = True) -> None:
        """Every connection is closed at once, those that are open, too; until it is over."""
        with self.lock:
            self.down = on
            self.wake()

    def raw_update(self, body: Mapping[str, Any]) -> int:
        """An update of any kind, as it is given, whatever the bot asked for; its number."""
        (kind, content), *rest = [(name, value) for name, value in body.items() if name != "update_id"]
        if rest:
            raise ValueError("an update is of one kind")
        with self.lock:
            before, self.updates.allowed = self.updates.allowed, self.updates.allowed | {kind}
            try:
                number = self.publish(kind, dict(content), ("raw",))
            finally:
                self.updates.allowed = before
            assert number is not None
            return number

    def redeliver(self, update_id: int) -> None:
        """Deliver this update once more, even if it was confirmed."""
        with self.lock:
            again: list[Update] = self.updates.repeat(update_id)
            self.hand_out(again)

    def restart_ids(self) -> None:
        """The numbers of updates begin anew at random, as after a quiet week."""
        with self.lock:
            self.updates.restart_ids()

    def pending(self) -> int:
        """How many updates wait."""
        with self.lock:
            return self.updates.pending

    def webhook_info(self) -> Json:
        """What getWebhookInfo would say."""
        with self.lock:
            info: Json = METHODS["getwebhookinfo"][1](self, Asked("getWebhookInfo"))
            return info
