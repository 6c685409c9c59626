"""What the bot says of itself: getMe, commands, descriptions, the menu button; getChat and leaveChat."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.fake_telegram.addressing import chat_of, must_be_let_in
from tests.fake_telegram.asked import Asked, NotJson
from tests.fake_telegram.chats import Json
from tests.fake_telegram.refusals import bad_request
from tests.fake_telegram.state import State

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMANDS = 100
DESCRIPTION, SHORT_DESCRIPTION = 512, 120
ABILITIES: Json = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


def get_me(state: State, _asked: Asked) -> Json:
    """The bot."""
    return state.me | ABILITIES | {"can_read_all_group_messages": not state.settings.privacy}


# ── commands ────────────────────────────────────────────────────────────────────────────────────────


def set_my_commands(state: State, asked: Asked) -> bool:
    """The menu of commands of a scope and a language."""
    state.profile[_key("commands", asked)] = _commands(asked)
    return True


def get_my_commands(state: State, asked: Asked) -> Any:
    """The same, as it was set."""
    return state.profile.get(_key("commands", asked), [])


def delete_my_commands(state: State, asked: Asked) -> bool:
    """Back to none."""
    state.profile.pop(_key("commands", asked), None)
    return True


def _commands(asked: Asked) -> list[Json]:
    try:
        commands = asked.nested("commands")
    except NotJson as error:
        raise bad_request("can't parse commands JSON object") from error
    if commands is None:
        return []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(one) for one in commands]


def _command(one: object) -> Json:
    if not isinstance(one, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(one.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command, description = one["command"].removeprefix("/"), one["description"].strip()
    if not COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _key(what: str, asked: Asked) -> str:
    try:
        scope = asked.nested("scope")
    except NotJson as error:
        raise bad_request("can't parse BotCommandScope JSON object") from error
    scope = {"type": "default"} if scope is None else scope
    return json.dumps([what, scope, asked.text("language_code")], sort_keys=True)


# ── descriptions, menu button ───────────────────────────────────────────────────────────────────────


def set_my_description(state: State, asked: Asked) -> bool:
    """What stands in the empty chat."""
    return _set_text(state, asked, "description", DESCRIPTION, "BOT_DESCRIPTION_TOO_LONG")


def set_my_short_description(state: State, asked: Asked) -> bool:
    """What stands on the profile."""
    return _set_text(state, asked, "short_description", SHORT_DESCRIPTION, "BOT_SHORT_DESCRIPTION_TOO_LONG")


def _set_text(state: State, asked: Asked, what: str, limit: int, refusal: str) -> bool:
    text = asked.text(what)
    if len(text) > limit:
        raise bad_request(refusal)
    state.profile[_key(what, asked)] = text
    return True


def get_my_description(state: State, asked: Asked) -> Json:
    """The same, as it was set."""
    return {"description": state.profile.get(_key("description", asked), "")}


def get_my_short_description(state: State, asked: Asked) -> Json:
    """The same, as it was set."""
    return {"short_description": state.profile.get(_key("short_description", asked), "")}


def set_chat_menu_button(state: State, asked: Asked) -> bool:
    """The button beside the text field, for one private chat or for all."""
    try:
        button = asked.nested("menu_button") or {"type": "default"}
    except NotJson as error:
        raise bad_request("can't parse menu button JSON object") from error
    if not isinstance(button, dict) or button.get("type") not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse menu button: Unsupported menu button type specified")
    state.profile["menu_button " + _private(state, asked)] = button
    return True


def get_chat_menu_button(state: State, asked: Asked) -> Any:
    """The same, as it was set."""
    return state.profile.get("menu_button " + _private(state, asked), {"type": "commands"})


def _private(state: State, asked: Asked) -> str:
    if not asked.text("chat_id"):
        return "all"
    chat = chat_of(state, asked)
    if not chat.private:
        raise bad_request("chat not found")
    return str(chat.id)


# ── chats ───────────────────────────────────────────────────────────────────────────────────────────


def get_chat(state: State, asked: Asked) -> Json:
    """A chat with what all full chats have."""
    chat = chat_of(state, asked)
    return chat.json | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def leave_chat(state: State, asked: Asked) -> bool:
    """Go, from groups and channels."""
    chat = chat_of(state, asked)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    must_be_let_in(chat)
    chat.status = "left"
    return True


def get_file(state: State, asked: Asked) -> Json:
    """Where a file can be downloaded."""
    return state.files.info(asked.text("file_id"))
