"""Keyboards under a message: what Telegram takes, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

from tests.fake_telegram.asked import Asked, NotJson
from tests.fake_telegram.refusals import bad_request

MAX_BUTTONS = 100
MAX_DATA = 64
"""Bytes of callback_data."""
ACTIONS = {
    "callback_data",
    "callback_game",
    "copy_text",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "url",
    "web_app",
}
STYLES = {"primary", "success", "danger"}

Markup = dict[str, Any]


def keyboard(asked: Asked) -> Markup | None:
    """The reply_markup of a call, as it is stored; None when there is none."""
    try:
        markup = asked.nested("reply_markup")
    except NotJson as error:
        raise bad_request("can't parse reply keyboard markup JSON object") from error
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup)
    if "keyboard" in markup:
        return _reply(markup)
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    return None


def inline_keyboard(asked: Asked) -> Markup | None:
    """The same where only an inline keyboard will do: in edits."""
    markup = keyboard(asked)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def is_inline(markup: Markup | None) -> bool:
    """Whether it hangs under the message itself."""
    return markup is not None and "inline_keyboard" in markup


def buttons(markup: Markup | None) -> list[Markup]:
    """All buttons of a keyboard in reading order."""
    rows = (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or []
    return [button for row in rows for button in row]


def _inline(markup: Markup) -> Markup | None:
    rows = _rows(markup, "inline_keyboard")
    checked = [[_inline_button(button) for button in row if button != {}] for row in rows]
    kept = [row for row in checked if row]
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _rows(markup: Markup, name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def _inline_button(button: object) -> Markup:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    _check_text(button, "inline keyboard button")
    chosen = sorted(ACTIONS & button.keys())
    if not chosen:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(chosen) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")  # stricter than Telegram, which takes the first match
    _check_style(button, "inline keyboard button")
    _check_action(chosen[0], button[chosen[0]])
    return button


def _check_text(button: Markup, kind: str) -> None:
    if "text" not in button:
        raise bad_request(f"can't parse {kind}: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise bad_request(f'can\'t parse {kind}: Field "text" must be of type String')


def _check_style(button: Markup, kind: str) -> None:
    if button.get("style", "primary") not in STYLES:
        raise bad_request(f"can't parse {kind}: Invalid button style specified")


def _check_action(action: str, value: object) -> None:
    if action == "callback_data" and not _fits(value):
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and not _leads_somewhere(value):
        raise bad_request("BUTTON_URL_INVALID")
    if action == "copy_text" and not _can_be_copied(value):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _fits(data: object) -> bool:
    return isinstance(data, str) and 1 <= len(data.encode()) <= MAX_DATA


def _leads_somewhere(url: object) -> bool:
    return isinstance(url, str) and ("." in url or url.startswith("tg://")) and " " not in url


def _can_be_copied(value: object) -> bool:
    text = value.get("text") if isinstance(value, dict) else None
    return isinstance(text, str) and 1 <= len(text) <= 256


def _reply(markup: Markup) -> Markup:
    rows = [[_reply_button(button) for button in row] for row in _rows(markup, "keyboard")]
    return markup | {"keyboard": [row for row in rows if row]}


def _reply_button(button: object) -> Markup:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    _check_text(button, "keyboard button")
    _check_style(button, "keyboard button")
    return button


def same(one: Markup | None, other: Markup | None) -> bool:
    """Whether a user would see no difference."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
