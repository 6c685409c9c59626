"""What people do reaches the bot, and what the bot does reaches people, through the real client."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, EndPointNotFound, Forbidden

from tests.fake_telegram import Address, Telegram
from tests.fake_telegram.stage import GROUP, HAI, LAN, MINH, ask, bot, picture, result


def test_whatever_people_send_is_what_the_real_client_reads(url: Address, telegram: Telegram) -> None:
    telegram.start(LAN, "ma-moi_1")
    telegram.say(LAN, "😀 /bao_cao và #thi_đua")
    telegram.contact(LAN, "84912345678")
    telegram.contact(LAN, "84900000000", contact_user_id=None, forwarded=True)
    telegram.photo(LAN, picture(400, 300, "JPEG"), "Ảnh /a")
    telegram.document(LAN, "Báo cáo.xlsx", "application/vnd.ms-excel", b"PK")
    telegram.voice(LAN)
    telegram.sticker(LAN)
    telegram.location(LAN)
    telegram.edit(LAN, 2, "sửa")
    telegram.block(LAN)
    telegram.unblock(LAN)
    telegram.raw_update({"chat_moon": {"phase": 3}})

    updates: list[Update] = list(bot(url, lambda one: one.get_updates()))
    assert [update.update_id - updates[0].update_id for update in updates] == list(range(13))
    messages = [update.message for update in updates if update.message]
    assert [message.message_id for message in messages] == list(range(1, 10))
    start, text, own, other, photo, document, voice, sticker, place = messages
    assert start.text == "/start ma-moi_1"
    assert [(one.type, one.offset, one.length) for one in start.entities] == [("bot_command", 0, 6)]
    assert list(text.parse_entities()) == list(text.entities)
    assert [text.parse_entity(one) for one in text.entities] == ["/bao_cao", "#thi_đua"]
    assert own.contact is not None
    assert (own.contact.user_id, own.forward_origin) == (LAN, None)
    assert other.contact is not None
    assert (other.contact.user_id, other.forward_origin is None) == (None, False)
    assert [size.width for size in photo.photo] == [90, 320, 400]
    assert photo.caption == "Ảnh /a"
    assert document.document is not None
    assert document.document.file_name == "Báo cáo.xlsx"
    assert None not in (voice.voice, sticker.sticker, place.location)
    assert updates[9].edited_message is not None
    assert updates[9].edited_message.text == "sửa"
    blocked, back = (update.my_chat_member for update in updates[10:12])
    assert blocked is not None
    assert back is not None
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    assert back.new_chat_member.status == "member"
    assert updates[12].to_dict() == {
        "update_id": updates[12].update_id,
        "chat_moon": {"phase": 3},
    } or updates[12].api_kwargs == {"chat_moon": {"phase": 3}}


def test_the_real_client_sends_edits_uploads_and_downloads(url: Address, telegram: Telegram) -> None:
    async def work(one: Bot) -> None:
        keys = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="1", style="success")]])
        sent = await one.send_message(LAN, "Chào <b>Lan</b>", parse_mode="HTML", reply_markup=keys)
        telegram.button(LAN, "Có")
        (update,) = await one.get_updates()
        assert update.callback_query is not None
        assert await update.callback_query.answer("Đã nhận", show_alert=True)
        await sent.edit_text("Xong")
        with pytest.raises(BadRequest, match="not modified"):
            await sent.edit_text("Xong")
        message = await one.send_document(LAN, b"PK\x03\x04", filename="Mẫu tháng 11.xlsx", caption="Mẫu")
        assert message.document is not None
        file = await message.document.get_file()
        assert await file.download_as_bytearray() == b"PK\x03\x04"
        assert (await one.send_photo(LAN, picture())).photo[-1].width == 1280
        await one.set_my_commands([("start", "Bắt đầu")], language_code="vi")
        assert [command.command for command in await one.get_my_commands(language_code="vi")] == ["start"]
        assert (await one.get_chat(LAN)).first_name == "Lan"
        assert await sent.set_reaction("👍")
        assert await message.delete()
        telegram.block(HAI)
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await one.send_message(HAI, "a")
        with pytest.raises(EndPointNotFound):
            await one.do_api_request("sendRichMessage")

    bot(url, work)
    assert [shown.text for shown in telegram.messages(LAN)] == ["Xong", ""]
    assert telegram.messages(LAN)[0].reaction == ["👍"]
    assert telegram.answers()[0].alert


def test_in_a_group_the_bot_hears_what_is_meant_for_it(url: Address, telegram: Telegram) -> None:
    telegram.add_to_group(GROUP, "Tổ công đoàn", LAN)
    said = ["xin chào", "/bao_cao", "/a@bot_khac", "/a@congdoan_bot", "@congdoan_bot ơi", "/a@Congdoan_Bot"]
    heard = [text for text in said if telegram.group_say(GROUP, LAN, text).update_id]
    assert heard == ["/bao_cao", "/a@congdoan_bot", "@congdoan_bot ơi", "/a@Congdoan_Bot"]
    kinds = [set(update) - {"update_id"} for update in result(ask(url, "getUpdates"))]
    assert kinds[:2] == [{"my_chat_member"}, {"message"}]
    telegram.tune(privacy=False)
    assert telegram.group_say(GROUP, LAN, "xin chào").update_id
    assert result(ask(url, "leaveChat", chat_id=GROUP))
    left = ask(url, "sendMessage", chat_id=GROUP, text="a").json()["description"]
    assert left == "Forbidden: bot is not a member of the supergroup chat"
    telegram.add_to_group(-1004, "Bản tin", LAN, "channel")
    post = result(ask(url, "sendMessage", chat_id=-1004, text="a"))
    assert (post.get("from"), post["sender_chat"]["type"]) == (None, "channel")


def test_what_no_client_can_do_is_an_error_of_the_test(telegram: Telegram) -> None:
    telegram.block(LAN)
    telegram.delete_account(HAI)
    for act in (
        lambda: telegram.say(LAN, "a"),
        lambda: telegram.say(HAI, "a"),
        lambda: telegram.say(99, "a"),
        lambda: telegram.say(MINH, "a" * 4097),
        lambda: telegram.tune(speed=1),
        lambda: telegram.fault("sendNothing"),
        lambda: telegram.photo(MINH, b"none"),
    ):
        with pytest.raises(ValueError, match=r".+"):
            act()
    telegram.start(LAN)
    assert [shown.text for shown in telegram.messages(LAN)] == ["/start"]
