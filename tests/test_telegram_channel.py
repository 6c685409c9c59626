"""What leaves for Telegram, seen by the people there: messages, buttons, edits, files, faults, pace."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.channel import Limits, SendError
from bot.channels.telegram import (
    LIMITS,
    TelegramChannel,
    clear_webhook,
    open_bot,
    set_webhook,
    transport,
    webhook_info,
)
from bot.channels.telegram.menu import COMMANDS
from bot.channels.telegram.updates import ALLOWED
from handlers import HANDLERS
from handlers.engine import commands
from storage.messages import Attachment, Choice, Reply
from tests.fake_telegram import TOKEN, Telegram
from tests.telegram_talk import HAI, LAN, file_under, with_channel

YES_NO = (Choice("1.yes", "Có"), Choice("1.no", "Không"))
QUESTION = Reply("Câu 1/4. Có tai nạn không?", YES_NO)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def telegram() -> Telegram:
    fake = Telegram()
    fake.user(LAN, "Lan")
    fake.user(HAI, "Hải")
    return fake


def send(base: str, *replies: Reply, to: int = LAN, key: str = "r1.0", **more: Any) -> list[str]:
    async def use(channel: TelegramChannel) -> list[str]:
        return [await channel.send(str(to), reply, key) for reply in replies]

    return with_channel(base, use, **more)


def refusal(base: str, reply: Reply = QUESTION, **more: Any) -> SendError:
    with pytest.raises(SendError) as raised:
        send(base, reply, **more)
    return raised.value


def picture(width: int = 400, height: int = 300) -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(body, "PNG")
    return body.getvalue()


def attachment(root: Path, name: str, body: bytes, kind: str = "file", media: str = WORKBOOK) -> Attachment:
    return Attachment(file_under(root, f"sent/{name}", body), name, media, len(body), kind)


# ── words and buttons ───────────────────────────────────────────────────────────────────────────────


def test_a_question_arrives_with_its_number_in_bold_and_its_buttons(telegram, base):
    [number] = send(base, QUESTION)
    [message] = telegram.messages(LAN)
    assert str(message.message_id) == number
    assert message.text == "Câu 1/4. Có tai nạn không?"
    assert message.raw["entities"] == [{"offset": 0, "length": 8, "type": "bold"}]
    assert message.labels == [["Có", "Không"]]
    assert telegram.calls[-1].parameters["link_preview_options"]["is_disabled"] is True


def test_what_looks_like_markup_is_shown_as_it_is(telegram, base):
    text = "Quỹ <5 triệu & >1 triệu: <b>đúng</b>?"
    send(base, Reply(text))
    assert telegram.messages(LAN)[0].text == text


def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(telegram, base):
    text = "\n\n".join(f"{n}. " + "a" * 900 for n in range(1, 10))
    [number] = send(base, Reply(text, YES_NO))
    shown = telegram.messages(LAN)
    assert "\n\n".join(message.text for message in shown) == text
    assert [bool(message.labels) for message in shown] == [False] * (len(shown) - 1) + [True]
    assert number == str(shown[-1].message_id)


def test_a_message_of_nothing_is_refused_without_a_call(telegram, base):
    assert refusal(base, Reply(" \n")).refused
    assert telegram.calls == []


def test_half_characters_do_not_keep_a_message_from_arriving(telegram, base):
    send(base, Reply("ok \ud83d\x00 xong"))
    assert telegram.messages(LAN)[0].text == "ok \ufffd xong"


# ── edits ───────────────────────────────────────────────────────────────────────────────────────────


def test_ticked_options_are_shown_in_the_same_message(telegram, base):
    options = Reply("Các hoạt động?", (Choice("1.0", "1 Tuyên truyền"), Choice("1.1", "2 Thi đua")))
    [number] = send(base, options)
    ticked = (Choice("1.0", "1 Tuyên truyền", marked=True), options.choices[1])
    assert send(base, Reply(options.text, ticked, replaces=number)) == [number]
    [message] = telegram.messages(LAN)
    assert message.labels == [["✓ 1 Tuyên truyền", "2 Thi đua"]]


def test_spent_buttons_go_and_what_was_pressed_stays(telegram, base):
    [number] = send(base, QUESTION)
    assert send(base, Reply(QUESTION.text, replaces=number, chosen="Có"), key="r1.0.tidy") == [number]
    [message] = telegram.messages(LAN)
    assert (message.text, message.labels) == ("Câu 1/4. Có tai nạn không?\n\n✓ Có", [])


def test_what_was_pressed_before_stands_only_where_it_was_pressed(telegram, base):
    send(base, Reply("Câu 2/4. Tiếp?", spends="r1.0", chosen="Có"))
    assert telegram.messages(LAN)[0].text == "Câu 2/4. Tiếp?"


def test_an_edit_that_changes_nothing_has_succeeded(telegram, base):
    [number] = send(base, QUESTION)
    same = Reply(QUESTION.text, QUESTION.choices, replaces=number)
    assert send(base, same, same) == [number, number]


def test_buttons_of_a_long_text_are_taken_off_its_last_part(telegram, base):
    text = "\n\n".join("a" * 1500 for _ in range(4))
    [number] = send(base, Reply(text, YES_NO))
    send(base, Reply(text, replaces=number, chosen="Có"), key="r1.0.tidy")
    shown = telegram.messages(LAN)
    assert [message.text for message in shown] == ["\n\n".join(["a" * 1500] * 2)] * 1 + [
        "\n\n".join(["a" * 1500] * 2) + "\n\n✓ Có"
    ]
    assert shown[-1].labels == []


def test_the_words_under_a_picture_are_edited_as_such(telegram, base, tmp_path):
    photo = attachment(tmp_path, "a.png", picture(), "photo", "image/png")
    [number] = send(base, Reply("Bản tin?", YES_NO, (photo,)), files=tmp_path)
    assert send(base, Reply("Bản tin.", replaces=number)) == [number]
    [message] = telegram.messages(LAN)
    assert (message.text, message.labels, bool(message.photo)) == ("Bản tin.", [], True)


def test_an_edit_of_a_message_that_is_gone_is_sent_anew(telegram, base):
    [number] = send(base, Reply(QUESTION.text, YES_NO, replaces="77"))
    assert [str(message.message_id) for message in telegram.messages(LAN)] == [number]


def test_tidying_a_message_that_is_gone_says_nothing(telegram, base):
    assert send(base, Reply(QUESTION.text, replaces="77", chosen="Có"), key="r1.0.tidy") == ["77"]
    assert telegram.messages(LAN) == []


def test_an_edit_whose_answer_is_lost_is_simply_to_be_repeated(telegram, base):
    [number] = send(base, QUESTION)
    telegram.fault("editMessageText", "cut_after")
    edit = Reply("Xong.", replaces=number)
    error = refusal(base, edit)
    assert (error.unknown, error.refused, error.everyone) == (False, False, False)
    assert send(base, edit) == [number]
    assert len(telegram.messages(LAN)) == 1


# ── files ───────────────────────────────────────────────────────────────────────────────────────────


def test_one_file_has_a_short_text_and_the_buttons_under_it(telegram, base, tmp_path):
    photo = attachment(tmp_path, "bieu-do.png", picture(), "photo", "image/png")
    send(base, Reply("Bản tin tháng 11", YES_NO, (photo,)), files=tmp_path)
    [message] = telegram.messages(LAN)
    assert (message.text, message.labels) == ("Bản tin tháng 11", [["Có", "Không"]])
    assert message.photo


def test_a_long_text_follows_its_picture(telegram, base, tmp_path):
    photo = attachment(tmp_path, "bieu-do.png", picture(), "photo", "image/png")
    [number] = send(base, Reply("a" * 1025, YES_NO, (photo,)), files=tmp_path)
    first, second = telegram.messages(LAN)
    assert first.photo
    assert (first.text, first.labels) == ("", [])
    assert (second.text, second.labels) == ("a" * 1025, [["Có", "Không"]])
    assert number == str(second.message_id)


def test_several_files_come_first_then_the_words(telegram, base, tmp_path):
    files = (
        attachment(tmp_path, "a.xlsx", b"PK one"),
        attachment(tmp_path, "b.png", picture(), "photo", "image/png"),
    )
    send(base, Reply("Hai tệp.", (), files), files=tmp_path)
    shown = telegram.messages(LAN)
    assert [(bool(one.document), bool(one.photo), one.text) for one in shown] == [
        (True, False, ""),
        (False, True, ""),
        (False, False, "Hai tệp."),
    ]
    assert shown[0].document == "a.xlsx"


def test_a_picture_that_telegram_cannot_show_goes_as_a_file(telegram, base, tmp_path):
    broken = attachment(tmp_path, "hong.png", b"not a picture", "photo", "image/png")
    send(base, Reply("Ảnh", (), (broken,)), files=tmp_path)
    [message] = telegram.messages(LAN)
    assert message.document == "hong.png"


def test_a_large_picture_goes_as_a_file(telegram, base, tmp_path):
    large = attachment(tmp_path, "to.png", b"\x89PNG" + bytes(10 * 1024 * 1024), "photo", "image/png")
    send(base, Reply("Ảnh", (), (large,)), files=tmp_path)
    assert [call.method for call in telegram.calls] == ["sendDocument"]


def test_a_file_beyond_the_limit_is_refused_without_a_call(telegram, base, tmp_path):
    path = tmp_path / file_under(tmp_path, "sent/to.bin", b"")
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    error = refusal(base, Reply("Tệp", (), (Attachment("sent/to.bin", "to.bin", "x/y"),)), files=tmp_path)
    assert error.refused
    assert telegram.calls == []


@pytest.mark.parametrize("path", ["sent/none.xlsx", "../outside.xlsx", "/etc/hostname", "", "a\x00b"])
def test_a_missing_or_foreign_file_does_not_keep_the_words_back(telegram, base, tmp_path, path, caplog):
    (tmp_path / "outside.xlsx").write_bytes(b"secret")
    root = tmp_path / "files"
    root.mkdir()
    send(base, Reply("Bản tin", YES_NO, (Attachment(path, "a.xlsx", WORKBOOK),)), files=root)
    [message] = telegram.messages(LAN)
    assert (message.text, message.document) == ("Bản tin", "")
    assert "is missing" in caplog.text


def test_what_arrived_of_a_reply_is_not_repeated_when_the_rest_is(telegram, base, tmp_path):
    files = tuple(attachment(tmp_path, f"{name}.xlsx", b"PK") for name in "ab")
    reply = Reply("Hai tệp.", YES_NO, files)

    async def twice(channel: TelegramChannel) -> str:
        telegram.fault("sendMessage", "429", retry_after=3)
        with pytest.raises(SendError) as raised:
            await channel.send(str(LAN), reply, "d1")
        assert raised.value.retry_after == 3
        return await channel.send(str(LAN), reply, "d1")

    number = with_channel(base, twice, files=tmp_path)
    shown = telegram.messages(LAN)
    assert [one.document or one.text for one in shown] == ["a.xlsx", "b.xlsx", "Hai tệp."]
    assert number == str(shown[-1].message_id)


# ── files that people sent ──────────────────────────────────────────────────────────────────────────


def fetched(base: str, remote: str, target: Path) -> int:
    return with_channel(base, lambda channel: channel.fetch(remote, target))


def document(telegram: Telegram, body: bytes, **more: Any) -> str:
    event = telegram.document(LAN, "a.pdf", "application/pdf", body, **more)
    message = next(one for one in telegram.messages(LAN) if one.message_id == event.message_id)
    return str(message.raw["document"]["file_id"])


def test_a_file_is_fetched_whole(telegram, base, tmp_path):
    body = bytes(range(256)) * 4000
    target = tmp_path / "1.pdf"
    assert fetched(base, document(telegram, body), target) == len(body)
    assert target.read_bytes() == body
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("size", [None, 20 * 1024 * 1024 + 1])
def test_a_file_that_nobody_gives_is_given_up(telegram, base, tmp_path, size):
    remote = document(telegram, b"x", size=size) if size else "no-such-file"
    with pytest.raises(SendError) as raised:
        fetched(base, remote, tmp_path / "1.pdf")
    assert raised.value.refused
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_larger_than_it_claims_is_given_up_and_leaves_nothing(telegram, base, tmp_path):
    remote = document(telegram, bytes(20 * 1024 * 1024 + 1), size=1000)
    with pytest.raises(SendError) as raised:
        fetched(base, remote, tmp_path / "1.pdf")
    assert raised.value.refused
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("method", "kind"), [("getFile", "500"), ("download", "502"), ("download", "cut_before")]
)
def test_a_fetch_that_fails_on_the_way_leaves_nothing_and_can_be_repeated(
    telegram, base, tmp_path, method, kind
):
    remote = document(telegram, b"x" * 1000)
    telegram.fault(method, kind, times=None)
    with pytest.raises(SendError) as raised:
        fetched(base, remote, tmp_path / "1.pdf")
    telegram.clear_faults()
    assert not raised.value.refused
    assert list(tmp_path.iterdir()) == []
    assert fetched(base, remote, tmp_path / "1.pdf") == 1000


# ── faults ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_flood_says_how_long_to_wait(telegram, base):
    telegram.fault("sendMessage", "429", retry_after=7)
    assert refusal(base).retry_after == 7


@pytest.mark.parametrize("kind", ["500", "502", "html"])
def test_a_server_that_is_down_is_down_for_everyone(telegram, base, kind, caplog):
    telegram.fault("sendMessage", kind)
    assert refusal(base).everyone
    assert caplog.text == ""


def test_without_a_connection_nothing_was_sent():
    assert refusal("http://127.0.0.1:9/bot").everyone


def test_an_answer_that_was_lost_leaves_the_outcome_unknown(telegram, base):
    telegram.fault("sendMessage", "cut_after")
    assert refusal(base).unknown
    assert len(telegram.messages(LAN)) == 1


def test_somebody_who_blocked_the_bot_is_unreachable(telegram, base):
    telegram.block(LAN)
    error = refusal(base)
    assert error.unreachable
    assert "blocked" in str(error)


@pytest.mark.parametrize("address", [999, -100999])
def test_a_chat_that_is_not_there_is_unreachable(telegram, base, address):
    assert refusal(base, to=address).unreachable


def test_a_deleted_account_is_unreachable(telegram, base):
    telegram.delete_account(LAN)
    assert refusal(base).unreachable


def test_a_group_that_moved_says_where_to(telegram, base):
    telegram.add_to_group(-4001, "Lãnh đạo", LAN, "group")
    telegram.migrate_group(-4001, -1004001, LAN)
    assert refusal(base, to=-4001).moved_to == "-1004001"


def test_a_button_that_no_platform_takes_is_refused_without_a_call(telegram, base):
    assert refusal(base, Reply("Chọn", (Choice("đ", "Có"),))).refused
    assert telegram.calls == []


def test_a_refused_token_stops_everyone_and_is_not_shown(telegram, base):
    async def use(channel: TelegramChannel) -> str:
        return await channel.send(str(LAN), QUESTION, "k")

    wrong = "7012345678:AAwrongwrongwrongwrongwrongwrongwrong"

    async def run() -> None:
        channel = TelegramChannel(open_bot(wrong, base), limits=Limits())
        try:
            await use(channel)
        finally:
            await channel.close()

    with pytest.raises(SendError) as raised:
        asyncio.run(run())
    assert raised.value.everyone
    assert "AAwrong" not in str(raised.value)


# ── pace ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_limits_are_those_that_were_settled():
    assert Limits(1 / 29, 1.05, 60 / 18) == LIMITS
    channel = TelegramChannel(open_bot(TOKEN))
    assert channel.is_group("-1001")
    assert not channel.is_group("1001")


def test_replies_of_several_messages_take_as_many_slots(telegram, base, tmp_path):
    files = tuple(attachment(tmp_path, f"{n}.xlsx", b"PK") for n in range(3))
    people = [telegram.user(6000 + n, f"Cán bộ {n}") for n in range(5)]
    limits = Limits(bot=0.04, chat=0.15)

    async def all_at_once(channel: TelegramChannel) -> None:
        digest = Reply("Bản tin", (), files)
        await asyncio.gather(*(channel.send(str(one), digest, f"d{one}") for one in people))

    with_channel(base, all_at_once, files=tmp_path, limits=limits)
    moments = sorted(call.at for call in telegram.calls)
    assert len(moments) == 4 * len(people)
    assert moments[-1] - moments[0] >= 0.04 * (len(moments) - 1) * 0.9
    for one in people:
        mine = [call.at for call in telegram.calls if call.parameters["chat_id"] == str(one)]
        assert all(later - earlier >= 0.1 for earlier, later in pairwise(mine))


# ── around ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_word_of_the_menu_is_understood():
    meanings = [commands.parse(f"/{word}") for word, _ in COMMANDS]
    named = [meaning.name for meaning in meanings if meaning]
    assert named == ["start", "resume", "idea", "review", "paragraph", "help", "human"]
    assert set(named) <= HANDLERS.keys()


def test_the_menu_is_set_and_the_webhook_is_left_alone(telegram, base):
    with_channel(base, lambda channel: channel.prepare())
    assert [call.method for call in telegram.calls] == ["setMyCommands", "setMyCommands"]
    shown = telegram.calls[0].parameters["commands"]
    assert shown[0] == {"command": "baocao", "description": "Báo cáo tháng"}


def test_without_the_menu_the_channel_works(telegram, base, caplog):
    telegram.fault("setMyCommands", "500", times=None)
    caplog.set_level(logging.WARNING)
    with_channel(base, lambda channel: channel.prepare())
    assert "menu" in caplog.text


def use_bot(base: str, use: Callable[[Any], Awaitable[Any]]) -> Any:
    return with_channel(base, lambda channel: use(channel.bot))


def test_a_webhook_is_set_shown_and_cleared(telegram, base):
    telegram.tune(allow_http=True)
    url, secret = "http://127.0.0.1:9/telegram/webhook", "s" * 32
    use_bot(base, lambda bot: set_webhook(bot, url, secret, 7))
    [call] = telegram.calls
    assert call.parameters["allowed_updates"] == list(ALLOWED)
    info = use_bot(base, webhook_info)
    assert (info["url"], info["max_connections"], info["pending_update_count"]) == (url, 7, 0)
    assert (info["last_error_date"], set(info["allowed_updates"])) == ("", set(ALLOWED))
    use_bot(base, clear_webhook)
    assert use_bot(base, webhook_info)["url"] == ""


def test_a_webhook_that_telegram_refuses_says_why(telegram, base):
    with pytest.raises(SendError, match="webhook"):
        use_bot(base, lambda bot: set_webhook(bot, "ftp://nowhere", "s" * 32))


# ── through a proxy ─────────────────────────────────────────────────────────────────────────────────


def through(host: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The request lines that a proxy sees while a message goes to a server of this name."""
    lines: list[str] = []

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append((await reader.readline()).decode().replace(TOKEN, "token").strip())
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async def run() -> SendError:
        async with await asyncio.start_server(relay, "127.0.0.1", 0) as proxy:
            port = proxy.sockets[0].getsockname()[1]
            for name in ("http_proxy", "https_proxy"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
            monkeypatch.setenv("no_proxy", "127.0.0.1")
            transport._proxy.cache_clear()
            channel = TelegramChannel(open_bot(TOKEN, host), limits=Limits())
            try:
                with pytest.raises(SendError) as raised:
                    await channel.send(str(LAN), QUESTION, "k")
            finally:
                await channel.close()
                transport._proxy.cache_clear()
            return raised.value

    assert asyncio.run(run()).everyone, "nothing arrived"
    return lines


@pytest.mark.parametrize(
    ("host", "line"),
    [
        ("http://telegram.test/bot", "POST http://telegram.test/bottoken/sendMessage HTTP/1.1"),
        ("https://telegram.test/bot", "CONNECT telegram.test:443 HTTP/1.1"),
    ],
)
def test_the_proxy_of_the_environment_is_used(monkeypatch, host, line):
    assert through(host, monkeypatch) == [line]


def test_a_server_that_the_environment_exempts_is_reached_directly(monkeypatch):
    assert through("http://127.0.0.1:9/bot", monkeypatch) == []
