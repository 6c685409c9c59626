"""Long polling: a batch is confirmed when it has been committed, whatever breaks meanwhile."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import pytest
from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.channel import ChannelClosedError, Limits
from bot.channels.telegram import TelegramChannel, open_bot, outage, polling
from bot.channels.telegram.updates import Updates
from tests.fake_telegram import TOKEN, Telegram
from tests.telegram_talk import HAI, LAN, Listening, until, with_channel

WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it"
)


@pytest.fixture
def telegram() -> Telegram:
    fake = Telegram()
    fake.user(LAN, "Lan")
    fake.user(HAI, "Hải")
    return fake


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses are as short as a test wants them."""
    monkeypatch.setattr(outage, "FIRST", 0.02)
    monkeypatch.setattr(polling, "AFTER_CONFLICT", 0.02)


def polls(telegram: Telegram) -> list[int]:
    """The offsets that were asked for and answered."""
    asked = [call.parameters for call in telegram.calls if call.method == "getUpdates"]
    return [int(parameters.get("offset", 0)) for parameters in asked]


def closed(base: str, token: str = TOKEN) -> str:
    """What the operator is told when the channel ends by itself."""

    async def run() -> None:
        channel = TelegramChannel(open_bot(token, base), limits=Limits())
        try:
            async with asyncio.timeout(10), Listening(channel) as listening:
                await listening.task
        finally:
            await channel.close()

    with pytest.raises(ChannelClosedError) as raised:
        asyncio.run(run())
    return str(raised.value)


# ── nothing is lost ─────────────────────────────────────────────────────────────────────────────────


def test_messages_are_handed_over_in_the_order_in_which_they_were_sent(telegram, base):
    words = [f"câu {number}" for number in range(250)]
    for said in words:
        telegram.say(LAN, said)

    async def use(channel):
        async with Listening(channel) as listening:
            await until(lambda: len(listening.heard) == 250)
            assert listening.texts == words
            assert {incoming.bot for incoming in listening.heard} == {TOKEN.partition(":")[0]}

    with_channel(base, use)


def test_what_is_not_committed_is_not_confirmed(telegram, base):
    last = max(telegram.say(LAN, str(number)).update_id for number in range(3))

    async def use(channel):
        async with Listening(channel) as listening:
            listening.gate.clear()
            await until(lambda: polls(telegram))
            telegram.say(LAN, "late")
            await asyncio.sleep(0.1)
            assert polls(telegram) == [0]
            assert telegram.pending() == 4
            listening.gate.set()
            await until(lambda: len(listening.heard) == 4)
            await until(lambda: telegram.pending() == 0)
            assert polls(telegram) == [0, last + 1]

    with_channel(base, use)


def test_what_was_not_committed_before_a_stop_comes_again(telegram, base):
    update_id = telegram.say(LAN, "12").update_id

    async def stopped_too_early(channel):
        async with Listening(channel) as listening:
            listening.gate.clear()
            await until(lambda: polls(telegram))
        assert listening.heard == []

    async def again(channel):
        async with Listening(channel) as listening:
            await until(lambda: listening.heard)
            assert [incoming.message_id for incoming in listening.heard] == [str(update_id)]

    with_channel(base, stopped_too_early)
    with_channel(base, again)


def test_a_batch_that_cannot_be_stored_is_handed_over_again_before_any_other(telegram, base, caplog):
    for said in ("một", "hai"):
        telegram.say(LAN, said)

    async def use(channel):
        async with Listening(channel) as listening:
            listening.faults = [OSError("disk full"), OSError("disk full"), OSError("disk full")]
            await until(lambda: len(listening.heard) >= 3)
            assert set(listening.texts) == {"một", "hai"}
            telegram.say(LAN, "ba")
            await until(lambda: listening.texts[-1] == "ba")
            assert len(polls(telegram)) == 2

    with_channel(base, use)
    assert caplog.text.count("cannot be stored") == 1
    assert "một" not in caplog.text


def test_an_update_that_nobody_can_read_stops_no_other_and_is_not_shown(telegram, base, caplog):
    bad = {"message_id": 1, "date": "bí mật", "chat": {"id": LAN, "type": "private"}, "text": "bí mật"}
    telegram.say(LAN, "trước")
    number = telegram.raw_update({"message": bad})
    telegram.say(LAN, "sau")

    async def use(channel):
        async with Listening(channel) as listening:
            await until(lambda: len(listening.heard) == 2)
            await until(lambda: telegram.pending() == 0)
            assert listening.texts == ["trước", "sau"]

    with_channel(base, use)
    assert str(number) in caplog.text
    assert "bí mật" not in caplog.text


def test_numbers_that_begin_anew_after_a_quiet_week_lose_nothing(telegram, base):
    async def use(channel):
        async with Listening(channel) as listening:
            first = telegram.say(LAN, "một").update_id
            await until(lambda: len(polls(telegram)) >= 3)  # the second came back empty, and confirmed all
            assert polls(telegram)[:3] == [0, first + 1, 0]
            telegram.restart_ids()
            telegram.say(LAN, "hai")
            await until(lambda: len(listening.heard) == 2)
            await until(lambda: telegram.pending() == 0)

    with_channel(base, use, poll_seconds=1)


def test_no_more_is_held_than_one_batch(telegram, base):
    telegram.tune(keep_records=False)
    for number in range(2000):
        telegram.say(LAN, str(number))
    under_way, most = 0, 0

    async def receive(_incoming):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1

    async def use(channel):
        listening = asyncio.ensure_future(channel.listen(receive))
        await until(lambda: telegram.pending() == 0)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

    with_channel(base, use)
    assert most == 100


# ── presses ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_press_is_acknowledged_after_its_commit_even_when_it_is_known_already(telegram, base):
    press = telegram.press(LAN, 1, "1.yes")

    async def use(channel):
        async with Listening(channel) as listening:
            listening.gate.clear()
            await until(lambda: polls(telegram))
            await asyncio.sleep(0.1)
            assert telegram.answers() == []
            listening.gate.set()
            await until(telegram.answers)
            telegram.redeliver(press.update_id)
            await until(lambda: len(listening.heard) == 2)
        return listening.heard

    heard = with_channel(base, use)
    assert {incoming.message_id for incoming in heard} == {f"c{press.callback_id}"}
    tried = [call for call in telegram.calls if call.method == "answerCallbackQuery"]
    assert [call.outcome == "ok" for call in tried] == [True, False], (
        "the second comes too late, and that is all"
    )


# ── faults of the platform ──────────────────────────────────────────────────────────────────────────


def test_an_outage_is_logged_once_and_ends_by_itself(telegram, base, caplog):
    caplog.set_level(logging.INFO)

    async def use(channel):
        async with Listening(channel) as listening:
            await until(lambda: telegram.waiting is not None)
            telegram.outage(on=True)
            await until(lambda: "does not answer" in caplog.text)
            await asyncio.sleep(0.2)
            telegram.outage(on=False)
            telegram.say(LAN, "còn đây")
            await until(lambda: listening.heard)

    with_channel(base, use)
    assert caplog.text.count("does not answer") == 2, "when it began, and when it was over"
    assert "works again" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("kind", ["500", "502", "html", "429", "cut_before", "cut_after"])
def test_polling_goes_on_after_a_fault(telegram, base, kind):
    telegram.fault("getUpdates", kind, times=2, retry_after=0.05)
    telegram.say(LAN, "12")

    async def use(channel):
        async with Listening(channel) as listening:
            await until(lambda: listening.heard)

    with_channel(base, use)


def test_waits_are_those_that_telegram_asks_for():
    async def take(_taken):
        raise AssertionError("nothing comes")

    bot = open_bot(TOKEN)
    poller = polling.Poller(bot, Updates(bot, lambda: datetime.now(UTC)), take, 1)
    assert poller._wait(RetryAfter(9)) == 9
    assert [poller._wait(NetworkError("down")) for _ in range(13)][:4] == [0.02, 0.04, 0.08, 0.16]
    assert poller._wait(NetworkError("down")) == outage.LONGEST
    with pytest.raises(ChannelClosedError):
        poller._wait(InvalidToken("no"))


# ── when only an operator can help ──────────────────────────────────────────────────────────────────


def test_a_webhook_that_is_set_ends_polling_with_the_remedy(telegram, base):
    telegram.fault("getUpdates", "409", description=WEBHOOK_ACTIVE)
    told = closed(base)
    assert "congdoan webhook clear" in told
    assert "CONGDOAN_PUBLIC_URL" in told


def test_another_poller_is_noticed_after_some_attempts(telegram, base):
    words = (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    telegram.fault("getUpdates", "409", times=None, description=words)
    assert "Another program polls" in closed(base)
    assert sum(call.method == "getUpdates" for call in telegram.calls) == 3


def test_conflicts_that_pass_end_nothing(telegram, base):
    words = (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )

    def conflicts() -> int:
        return sum(call.status == 409 for call in telegram.calls)

    async def use(channel):
        async with Listening(channel) as listening:
            for number in range(1, 4):
                telegram.fault("getUpdates", "409", times=2, description=words)
                telegram.say(LAN, "12")
                await until(lambda: conflicts() == 2 * number and telegram.waiting)  # noqa: B023 - within the round
            assert len(listening.heard) == 3

    with_channel(base, use)


@pytest.mark.parametrize("token", ["7012345678:AAwrongwrongwrongwrongwrongwrongwrong", "nonsense"])
def test_a_refused_token_ends_polling_and_is_not_shown(telegram, base, token):
    told = closed(base, token)
    assert "CONGDOAN_TELEGRAM_TOKEN" in told
    assert token not in told
