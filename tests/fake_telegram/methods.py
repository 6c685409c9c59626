"""The methods of the Bot API that exist here: lower-cased name → name as the API spells it, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fake_telegram import editing, profile, receiving, sending
from tests.fake_telegram.asked import Asked
from tests.fake_telegram.state import State

Method = Callable[[State, Asked], Any]

_TABLE: dict[str, Method] = {
    "answerCallbackQuery": editing.answer_callback_query,
    "deleteMessage": editing.delete_message,
    "deleteMyCommands": profile.delete_my_commands,
    "deleteWebhook": receiving.delete_webhook,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "editMessageText": editing.edit_message_text,
    "getChat": profile.get_chat,
    "getChatMenuButton": profile.get_chat_menu_button,
    "getFile": profile.get_file,
    "getMe": profile.get_me,
    "getMyCommands": profile.get_my_commands,
    "getMyDescription": profile.get_my_description,
    "getMyShortDescription": profile.get_my_short_description,
    "getUpdates": receiving.get_updates,
    "getWebhookInfo": receiving.get_webhook_info,
    "leaveChat": profile.leave_chat,
    "sendChatAction": sending.send_chat_action,
    "sendDocument": sending.send_document,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "setChatMenuButton": profile.set_chat_menu_button,
    "setMessageReaction": editing.set_message_reaction,
    "setMyCommands": profile.set_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setWebhook": receiving.set_webhook,
}
METHODS = {name.lower(): (name, method) for name, method in _TABLE.items()}

NOT_IN_ANSWERS = {"setwebhook", "deletewebhook", "close", "logout"}


def may_be_an_answer(method: str) -> bool:
    """Whether a webhook's answer may ask for this method (server source)."""
    name = method.lower()
    return bool(name) and name not in NOT_IN_ANSWERS and not name.startswith("get")
