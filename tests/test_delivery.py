"""What goes out: order, priorities, faults that delay nobody else, and what is never said twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Connection, event, select

from bot.channel import Limits, Quiet, SendError
from bot.delivery import Delivery, deliver_due
from bot.pacing import AT_ONCE
from storage import contacts, outbox
from storage.database import Database
from storage.messages import Choice, Reply

NOW = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)


@dataclass
class Platform(Quiet):
    """A channel that does as it is told: `faults` are raised once each, by address; None lets one message pass."""

    name: str = "web"
    faults: dict[str, list[Exception | None]] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    away: bool = False
    asked: int = 0
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    async def listen(self, receive: object) -> None:
        """Nobody writes here."""

    async def answers(self) -> bool:
        """Whether it is there."""
        self.asked += 1
        return not self.away

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Take a message, or raise what is next for this address."""
        await asyncio.sleep(self.slow.get(address, 0))
        fault = self.faults[address].pop(0) if self.faults.get(address) else None
        if fault is not None:
            raise fault
        self.moments.append(time.monotonic())
        self.replies.append(reply)
        self.sent.append((address, reply.text, reply.replaces))
        return f"platform-{key}"


@pytest.fixture
def people(database: Database) -> dict[str, int]:
    with database.begin() as db:
        return {name: contacts.add(db, "web", name, NOW) or 0 for name in ("lan", "hai")}


def put(
    database: Database, contact: int, text: str, *, kind: str = "reply", key: str = "", replaces: str = ""
) -> int | None:
    with database.begin() as db:
        reply = Reply(text, (Choice("1.0", "Có"),), replaces=replaces)
        return outbox.put(db, contact, reply, key=key or text, due_at=NOW, kind=kind)


def deliver(database: Database, platform: Platform, at: datetime = NOW) -> int:
    return asyncio.run(deliver_due(database, {"web": platform}, at))


def states(database: Database) -> dict[str, str]:
    with database.read() as db:
        return {row.key: row.state for row in db.execute(select(outbox.OUTGOING))}


def test_a_key_is_said_once(database: Database, people: dict[str, int]) -> None:
    assert put(database, people["lan"], "a", key="k")
    assert put(database, people["lan"], "b", key="k") is None
    platform = Platform()
    assert deliver(database, platform) == 1
    assert deliver(database, platform) == 0


def test_replies_go_before_reminders_and_reminders_before_digests(
    database: Database, people: dict[str, int]
) -> None:
    for kind in ("digest", "reminder", "reply"):
        put(database, people["lan"], kind, kind=kind)
    platform = Platform()
    deliver(database, platform)
    assert [text for _, text, _ in platform.sent] == ["reply", "reminder", "digest"]


def test_messages_of_a_chat_arrive_in_the_order_in_which_they_were_said(
    database: Database, people: dict[str, int]
) -> None:
    for number in range(30):
        put(database, people["lan"], f"{number:02}")
    platform = Platform()
    deliver(database, platform)
    assert [text for _, text, _ in platform.sent] == [f"{number:02}" for number in range(30)]


def test_a_passing_fault_of_one_chat_delays_nobody_else_and_is_tried_again(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "a")
    put(database, people["hai"], "b")
    platform = Platform(faults={"lan": [SendError("busy", retry_after=7)]})
    assert deliver(database, platform) == 1
    assert platform.sent == [("hai", "b", "")]
    assert deliver(database, platform, NOW + timedelta(seconds=6)) == 0
    assert deliver(database, platform, NOW + timedelta(seconds=8)) == 1


def test_a_permanent_fault_stops_the_contact_and_does_not_count_as_sent(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "a", kind="reminder")
    put(database, people["lan"], "later")
    deliver(database, Platform(faults={"lan": [SendError("blocked", unreachable=True)]}))
    assert "sent" not in states(database).values(), "the second is not even tried"
    assert deliver(database, Platform()) == 0


def test_of_unknown_outcomes_only_a_reply_is_tried_once_more(
    database: Database, people: dict[str, int]
) -> None:
    for kind in ("reply", "reminder", "digest"):
        put(database, people["lan"], kind, kind=kind)
    lost = SendError("no answer", unknown=True)
    platform = Platform(faults={"lan": [lost, None, lost, lost]})
    for minute in range(3):
        deliver(database, platform, NOW + timedelta(minutes=minute))
    assert [text for _, text, _ in platform.sent] == ["reply"]
    assert states(database) == {"reply": "sent", "reminder": "unknown", "digest": "unknown"}


def test_after_a_crash_a_reply_goes_out_again_and_a_reminder_does_not(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "reply")
    put(database, people["hai"], "reminder", kind="reminder")
    with database.begin() as db:
        assert len(outbox.claim(db, NOW, "web")) == 2
    platform = Platform()
    assert deliver(database, platform) == 0
    with database.begin() as db:
        outbox.recover(db)
    deliver(database, platform)
    assert platform.sent == [("lan", "reply", "")]
    assert states(database)["reminder"] == "unknown"


def test_an_edit_names_the_message_that_it_takes_the_place_of(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "first", key="k1")
    platform = Platform()
    deliver(database, platform)
    put(database, people["lan"], "second", key="k2", replaces="k1")
    deliver(database, platform)
    assert platform.sent[-1] == ("lan", "second", "platform-k1")


def test_a_channel_that_raises_something_else_is_a_passing_fault(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "a")
    platform = Platform(faults={"lan": [ValueError("bug")]})
    assert deliver(database, platform) == 0
    assert deliver(database, platform, NOW + timedelta(minutes=1)) == 1


# ── outages, refusals, groups that move ─────────────────────────────────────────────────────────────


def down(*_: object) -> SendError:
    return SendError("connection refused", everyone=True)


def test_an_outage_of_an_hour_loses_nothing_and_keeps_the_order(
    database: Database, people: dict[str, int]
) -> None:
    for number in range(3):
        put(database, people["lan"], f"lan {number}")
        put(database, people["hai"], f"hai {number}", kind="reminder")
    platform = Platform(faults={name: [down() for _ in range(60)] for name in ("lan", "hai")})
    for minute in range(60):
        deliver(database, platform, NOW + timedelta(minutes=minute))
    assert platform.sent == []
    platform.faults.clear()
    deliver(database, platform, NOW + timedelta(hours=2))
    assert [text for _, text, _ in platform.sent if text.startswith("lan")] == ["lan 0", "lan 1", "lan 2"]
    assert set(states(database).values()) == {"sent"}


def test_while_a_platform_is_down_nothing_is_risked_and_it_is_asked_ever_less_often(
    database: Database, people: dict[str, int]
) -> None:
    with database.begin() as db:
        many = [contacts.add(db, "web", f"officer {number}", NOW) or 0 for number in range(300)]
    for contact in many:
        put(database, contact, f"m{contact}", kind="reminder")
    platform = Platform(faults={f"officer {number}": [down()] for number in range(300)}, away=True)
    delivery = Delivery(database, {"web": platform})

    async def tried() -> int:
        await delivery.drain(NOW)
        return sum(not faults for faults in platform.faults.values())

    async def outage() -> None:
        first = await tried()
        assert first <= AT_ONCE, "what was claimed before the fault was known"
        assert [await tried() for _ in range(5)] == [first] * 5
        assert platform.asked == 1, "asked again only after a pause"
        platform.away = False
        delivery.paces["web"].asked_at = 0.0
        await delivery.drain(NOW + timedelta(minutes=10))

    asyncio.run(outage())
    assert "unknown" not in states(database).values()


def test_when_answers_get_lost_no_further_reminder_is_risked(
    database: Database, people: dict[str, int]
) -> None:
    """A server that takes connections and cuts them: each send may have arrived, so the first is enough."""
    with database.begin() as db:
        many = [contacts.add(db, "web", f"officer {number}", NOW) or 0 for number in range(60)]
    for contact in many:
        put(database, contact, f"m{contact}", kind="reminder")
    lost = SendError("no answer", unknown=True)
    platform = Platform(faults={f"officer {number}": [lost] for number in range(60)}, away=True)
    platform.limits = Limits(bot=0.02)
    delivery = Delivery(database, {"web": platform})
    asyncio.run(delivery.drain(NOW))
    assert sum(state == "unknown" for state in states(database).values()) <= 15
    assert platform.sent == []


def test_what_is_due_goes_in_the_order_in_which_it_was_said_whatever_its_moment(
    database: Database, people: dict[str, int]
) -> None:
    """A press counts from our clock, a text from Telegram's: after an outage the text looks older."""
    with database.begin() as db:
        outbox.put(db, people["lan"], Reply("of the press"), key="a", due_at=NOW)
        outbox.put(db, people["lan"], Reply("of the text"), key="b", due_at=NOW - timedelta(minutes=8))
    platform = Platform()
    deliver(database, platform)
    assert [text for _, text, _ in platform.sent] == ["of the press", "of the text"]


def test_a_stop_while_messages_are_claimed_gives_them_back(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "reminder", kind="reminder")

    async def stop_in_between() -> None:
        claiming = asyncio.Event()
        loop = asyncio.get_running_loop()

        def slowly(function: Callable[..., object], *given: object) -> object:
            done = function(*given)
            loop.call_soon_threadsafe(claiming.set)
            time.sleep(0.05)
            return done

        async def in_thread(function: Callable[..., object], *given: object) -> object:
            return await asyncio.to_thread(slowly, function, *given)

        delivery = Delivery(database, {"web": Platform()}, in_thread)
        serving = asyncio.ensure_future(delivery.serve(lambda: NOW))
        await claiming.wait()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)

    asyncio.run(stop_in_between())
    assert states(database) == {"reminder": "queued"}


def test_what_was_withdrawn_between_a_look_and_the_claim_is_not_sent(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "reminder", kind="reminder")

    def withdraw(db: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE outgoing"):
            db.connection.cursor().execute("UPDATE outgoing SET state = 'withdrawn'")

    with database.begin() as db:
        event.listen(db, "before_cursor_execute", withdraw)
        assert outbox.claim(db, NOW, "web") == []
        event.remove(db, "before_cursor_execute", withdraw)
    assert states(database) == {"reminder": "withdrawn"}


def test_a_refused_message_is_given_up_at_once_and_the_next_one_goes(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "bad")
    put(database, people["lan"], "good")
    platform = Platform(faults={"lan": [SendError("can't parse", refused=True)]})
    assert deliver(database, platform) == 1
    assert states(database) == {"bad": "failed", "good": "sent"}


def test_a_message_that_waits_holds_back_the_later_ones_of_its_chat(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "first")
    put(database, people["lan"], "second")
    platform = Platform(faults={"lan": [SendError("busy", retry_after=30)]})
    assert deliver(database, platform) == 0
    assert deliver(database, platform, NOW + timedelta(seconds=29)) == 0
    assert deliver(database, platform, NOW + timedelta(seconds=31)) == 2
    assert [text for _, text, _ in platform.sent] == ["first", "second"]


def test_a_fault_that_only_one_message_meets_is_given_up_in_the_end(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "poison")
    platform = Platform(faults={"lan": [SendError("internal", everyone=True) for _ in range(50)]})
    delivery = Delivery(database, {"web": platform})

    async def hours() -> None:
        for minute in range(60):
            put(database, people["hai"], f"hai {minute}")
            await delivery.drain(NOW + timedelta(minutes=minute))
            delivery.paces["web"].succeeded()
            await delivery.drain(NOW + timedelta(minutes=minute))

    asyncio.run(hours())
    assert states(database)["poison"] == "failed"
    assert sum(state == "sent" for state in states(database).values()) == 60


def test_nothing_is_tried_for_longer_than_a_day(database: Database, people: dict[str, int]) -> None:
    put(database, people["lan"], "a")
    platform = Platform(faults={"lan": [down(), down()]})
    deliver(database, platform)
    deliver(database, platform, NOW + timedelta(hours=25))
    assert states(database) == {"a": "failed"}


def test_a_group_that_moved_is_written_to_at_its_new_address(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "a")
    platform = Platform(faults={"lan": [SendError("upgraded", moved_to="lan-2")]})
    deliver(database, platform)
    deliver(database, platform, NOW + timedelta(minutes=1))
    assert platform.sent == [("lan-2", "a", "")]


# ── spent buttons ───────────────────────────────────────────────────────────────────────────────────


def test_once_a_question_is_answered_its_buttons_go_and_the_pressed_one_stays_to_be_seen(
    database: Database, people: dict[str, int]
) -> None:
    platform = Platform()
    platform.tidies = True
    put(database, people["lan"], "Câu 1?", key="k1")
    deliver(database, platform)
    with database.begin() as db:
        outbox.put(db, people["lan"], Reply("Câu 2?", spends="k1", chosen="Có"), key="k2", due_at=NOW)
    deliver(database, platform)
    assert platform.sent[-2:] == [("lan", "Câu 2?", ""), ("lan", "Câu 1?", "platform-k1")]
    assert platform.replies[-1].choices == ()
    assert platform.replies[-1].chosen == "Có"


def test_a_channel_that_cannot_edit_leaves_buttons_alone(database: Database, people: dict[str, int]) -> None:
    platform = Platform()
    put(database, people["lan"], "Câu 1?", key="k1")
    with database.begin() as db:
        outbox.put(db, people["lan"], Reply("Câu 2?", spends="k1"), key="k2", due_at=NOW)
    assert deliver(database, platform) == 2


# ── the pace ────────────────────────────────────────────────────────────────────────────────────────


def most_in(window: float, moments: list[float]) -> int:
    """Most sends in any stretch of so many seconds."""
    return max(sum(start <= moment < start + window for moment in moments) for start in moments)


def test_no_second_sees_more_messages_than_the_platform_allows(
    database: Database, people: dict[str, int]
) -> None:
    platform = Platform()
    platform.limits = Limits(bot=0.02, chat=0.2)
    with database.begin() as db:
        many = [contacts.add(db, "web", f"officer {number}", NOW) or 0 for number in range(40)]
    for contact in [*many, *many[:3]]:
        put(database, contact, f"m{contact}", key=f"{contact}-{len(states(database))}")
    assert deliver(database, platform) == 43
    assert most_in(0.4, platform.moments) <= 21
    for name in {address for address, _, _ in platform.sent}:
        own = [
            at for at, (address, _, _) in zip(platform.moments, platform.sent, strict=True) if address == name
        ]
        assert all(later - earlier >= 0.19 for earlier, later in pairwise(own))


def test_a_chat_rests_between_two_messages_while_others_are_written_to(
    database: Database, people: dict[str, int]
) -> None:
    platform = Platform()
    platform.limits = Limits(bot=0.005, chat=0.15)
    for number in range(4):
        put(database, people["lan"], f"lan {number}")
        put(database, people["hai"], f"hai {number}")
    assert deliver(database, platform) == 8
    for name in ("lan", "hai"):
        own = [
            at for at, (address, _, _) in zip(platform.moments, platform.sent, strict=True) if address == name
        ]
        assert all(later - earlier >= 0.14 for earlier, later in pairwise(own))


def test_a_reply_overtakes_reminders_that_wait_for_their_slot(
    database: Database, people: dict[str, int]
) -> None:
    platform = Platform()
    platform.limits = Limits(bot=0.05, chat=0.05)
    with database.begin() as db:
        many = [contacts.add(db, "web", f"officer {number}", NOW) or 0 for number in range(40)]
    for contact in many:
        put(database, contact, f"reminder {contact}", kind="reminder")

    async def answer_in_between() -> None:
        delivery = Delivery(database, {"web": platform})
        draining = asyncio.ensure_future(delivery.drain(NOW))
        await asyncio.sleep(0.15)
        put(database, people["lan"], "reply")
        await draining

    asyncio.run(answer_in_between())
    assert [text for _, text, _ in platform.sent].index("reply") <= 20


def test_a_slow_chat_delays_nobody_else(database: Database, people: dict[str, int]) -> None:
    platform = Platform(slow={"lan": 0.3})
    put(database, people["lan"], "big file")
    for number in range(5):
        put(database, people["hai"], f"{number}")
    deliver(database, platform)
    assert platform.sent[-1][0] == "lan"


def test_after_a_stall_of_the_process_what_is_late_leaves_evenly_all_the_same(
    database: Database, people: dict[str, int]
) -> None:
    platform = Platform()
    platform.limits = Limits(bot=0.02, chat=0.02)
    with database.begin() as db:
        many = [contacts.add(db, "web", f"officer {number}", NOW) or 0 for number in range(60)]
    for contact in many:
        put(database, contact, f"m{contact}")

    async def stall_in_between() -> None:
        delivery = Delivery(database, {"web": platform})
        draining = asyncio.ensure_future(delivery.drain(NOW))
        await asyncio.sleep(0.3)
        time.sleep(0.2)  # noqa: ASYNC251 - the stall
        await draining

    asyncio.run(stall_in_between())
    assert len(platform.moments) == 60
    assert most_in(0.4, platform.moments) <= 22
