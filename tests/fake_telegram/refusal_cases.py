"""The table of refusals: a call, and Telegram's exact words; the chats that it speaks of are made by the test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.fake_telegram.telegram import Telegram

LAN, BLOCKED, GONE, STRANGER = 1, 2, 3, 4
GROUP, KICKED, OLD_GROUP, NEW_GROUP, CHANNEL = -1001, -1002, -3, -1003, -1004
HELLO, TEXT, TYPED, FILE = 1, 2, 3, 4
"""Messages in Lan's chat: her own, the bot's text with a button, its text with a typed keyboard, its document."""
BUTTON = {"inline_keyboard": [[{"text": "Có", "callback_data": "yes"}]]}


def furnished(telegram: Telegram) -> Telegram:
    """The people and groups of the table, with nothing left in the queue."""
    for number, name in ((LAN, "Lan"), (BLOCKED, "Hải"), (GONE, "Minh")):
        telegram.user(number, name)
    telegram.user(STRANGER, "Người lạ", started=False)
    telegram.block(BLOCKED)
    telegram.delete_account(GONE)
    telegram.add_to_group(GROUP, "Tổ công đoàn", LAN)
    telegram.add_to_group(KICKED, "Nhóm cũ", LAN)
    telegram.remove_from_group(KICKED, LAN)
    telegram.add_to_group(OLD_GROUP, "Nhóm nhỏ", LAN, "group")
    telegram.migrate_group(OLD_GROUP, NEW_GROUP, LAN)
    telegram.add_to_group(CHANNEL, "Bản tin", LAN, "channel")
    telegram.say(LAN, "chào")
    telegram.updates.clear()
    return telegram


def markup(button: object) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"

SEND = {"chat_id": LAN, "text": "a"}
EDIT = {"chat_id": LAN, "message_id": TEXT, "text": "b"}


def keyboard_refusals() -> Iterator[tuple[str, dict[str, Any], str]]:
    two = {"text": "a", "callback_data": "1", "url": "https://vi.vn"}
    for given, words in (
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        ({"inline_keyboard": None}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": "a"}, 'field "inline_keyboard" must be of type Array'),
        (markup({"text": "a"}), "text buttons are unallowed in the inline keyboard"),
        (markup({"text": "a", "callback_data": "ơ" * 33}), "BUTTON_DATA_INVALID"),
        (markup({"text": "a", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (markup({"text": "a", "url": "không có"}), "BUTTON_URL_INVALID"),
        (markup(two), "BUTTON_TYPE_INVALID"),
        ({"inline_keyboard": [[BUTTON["inline_keyboard"][0][0]] * 101]}, "reply markup is too long"),
    ):
        yield "sendMessage", SEND | {"reply_markup": given}, words
        yield "editMessageText", EDIT | {"reply_markup": given}, words


def markup_refusals() -> Iterator[tuple[str, dict[str, Any], str]]:
    for mode, text, words in (
        ("HTML", "<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "ệ <p>a</p>", 'Unsupported start tag "p" at byte offset 4'),
        ("HTML", "<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("HTML", "a</b>", "Unexpected end tag at byte offset 1"),
        ("HTML", "a < b", 'Unsupported start tag "" at byte offset 2'),
        ("Markdown", "đ *a", "Can't find end of the entity starting at byte offset 3"),
        ("MarkdownV2", "a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "*a", "Can't find end of Bold entity at byte offset 0"),
        ("MarkdownV2", "[a](vi.vn", "Can't find end of a URL at byte offset 4"),
    ):
        yield "sendMessage", SEND | {"text": text, "parse_mode": mode}, f"can't parse entities: {words}"


BAD_REQUESTS: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "a"}, "chat_id is empty"),
    ("editMessageText", {"text": "a", "message_id": TEXT}, "chat_id is empty"),
    *(
        ("sendMessage", {"chat_id": chat, "text": "a"}, "chat not found")
        for chat in (999, 0, "lan", "@ai", "1.5")
    ),
    ("sendMessage", {"chat_id": LAN}, "message text is empty"),
    ("sendMessage", SEND | {"text": " \n "}, "message text is empty"),
    ("sendMessage", SEND | {"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ("editMessageText", EDIT | {"text": ""}, "message text is empty"),
    ("sendMessage", SEND | {"text": "ạ" * 4097}, "message is too long"),
    ("editMessageText", EDIT | {"text": "ạ" * 4097}, "message is too long"),
    ("sendMessage", SEND | {"text": "ạ" * 11_000}, "text is too long"),
    ("sendMessage", SEND | {"parse_mode": "BBCode"}, "unsupported parse_mode"),
    *markup_refusals(),
    *keyboard_refusals(),
    ("sendMessage", SEND | {"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendMessage", SEND | {"reply_to_message_id": 99}, "message to be replied not found"),
    ("editMessageText", EDIT | {"message_id": 99}, "message to edit not found"),
    ("editMessageText", EDIT | {"message_id": HELLO}, "message can't be edited"),
    ("editMessageText", EDIT | {"message_id": TYPED}, "message can't be edited"),
    ("editMessageText", EDIT | {"message_id": FILE}, "there is no text in the message to edit"),
    ("editMessageText", EDIT | {"message_id": ""}, "message identifier is not specified"),
    ("editMessageText", EDIT | {"reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
    ("editMessageText", EDIT | {"text": "Chào đồng chí", "reply_markup": BUTTON}, NOT_MODIFIED),
    ("editMessageReplyMarkup", {"chat_id": LAN, "message_id": FILE}, NOT_MODIFIED),
    ("editMessageCaption", EDIT | {"caption": "a"}, "there is no caption in the message to edit"),
    ("editMessageCaption", EDIT | {"message_id": FILE, "caption": "ạ" * 1025}, "message caption is too long"),
    ("deleteMessage", {"chat_id": LAN}, "message identifier is not specified"),
    ("deleteMessage", {"chat_id": LAN, "message_id": 99}, "message to delete not found"),
    ("deleteMessage", {"chat_id": GROUP, "message_id": 1}, "message can't be deleted"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, STALE_QUERY),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "MESSAGE_TOO_LONG"),
    ("sendPhoto", {"chat_id": LAN}, "there is no photo in the request"),
    ("sendDocument", {"chat_id": LAN}, "there is no document in the request"),
    ("sendPhoto", {"chat_id": LAN, "photo": "https://vi.vn/a.png"}, "failed to get HTTP URL content"),
    ("getFile", {}, "file_id not specified"),
    ("getFile", {"file_id": "a"}, "wrong file_id or the file is temporarily unavailable"),
    ("setMyCommands", {"commands": "["}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": [{"command": "Báo", "description": "a"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyDescription", {"description": "a" * 513}, "BOT_DESCRIPTION_TOO_LONG"),
    ("setMessageReaction", {"chat_id": LAN, "message_id": HELLO, "reaction": [{}, {}]}, "REACTIONS_TOO_MANY"),
    ("sendChatAction", {"chat_id": LAN, "action": "sleep"}, "wrong parameter action in request"),
    ("leaveChat", {"chat_id": LAN}, "chat member status can't be changed in private chats"),
    ("setWebhook", {"url": "https://a b"}, "invalid webhook URL specified"),
    ("setWebhook", {"url": "ftp://vi.vn"}, "invalid webhook URL specified"),
    ("setWebhook", {"url": "https://vi.vn", "secret_token": "a" * 257}, "secret token is too long"),
    ("setWebhook", {"url": "vi.vn", "secret_token": "mật"}, "secret token contains unallowed characters"),
    ("setWebhook", {"url": "http://vi.vn"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        "setWebhook",
        {"url": "https://vi.vn:8080"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
]
OTHERS = [
    ("sendMessage", {"chat_id": BLOCKED, "text": "a"}, 403, "Forbidden: bot was blocked by the user"),
    ("sendMessage", {"chat_id": GONE, "text": "a"}, 403, "Forbidden: user is deactivated"),
    (
        "sendMessage",
        {"chat_id": STRANGER, "text": "a"},
        403,
        "Forbidden: bot can't initiate conversation with a user",
    ),
    (
        "sendMessage",
        {"chat_id": KICKED, "text": "a"},
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    ),
    ("sendRichMessage", {}, 404, "Not Found: method not found"),
]
REFUSALS = [(method, given, 400, f"Bad Request: {words}") for method, given, words in BAD_REQUESTS] + OTHERS
