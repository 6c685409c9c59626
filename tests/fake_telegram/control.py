"""Driving the fake from another process: what may be asked for, and how values cross the wire."""

from __future__ import annotations

import base64
import json
from dataclasses import fields, is_dataclass
from typing import Any

from tests.fake_telegram.chats import Shown
from tests.fake_telegram.records import Call, Event, Toast
from tests.fake_telegram.telegram import Telegram

PROPERTIES = {name for name, value in vars(Telegram).items() if isinstance(value, property)}
ACTS = PROPERTIES | {
    "add_to_group",
    "answers",
    "block",
    "button",
    "clear_faults",
    "contact",
    "delete_account",
    "document",
    "edit",
    "fault",
    "forget",
    "group_say",
    "location",
    "messages",
    "migrate_group",
    "outage",
    "pending",
    "photo",
    "press",
    "raw_update",
    "redeliver",
    "remove_from_group",
    "restart_ids",
    "say",
    "send",
    "start",
    "sticker",
    "tune",
    "unblock",
    "user",
    "voice",
    "webhook_info",
}
"""What a test may do from outside."""
TYPES: dict[str, type] = {one.__name__: one for one in (Shown, Call, Event, Toast)}


def controlled(telegram: Telegram, body: bytes) -> tuple[int, bytes]:
    """Do what is asked; status and JSON."""
    try:
        asked = json.loads(body)
        result = _done(telegram, asked["do"], decoded(asked.get("with", {})))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return 400, json.dumps({"error": f"{type(error).__name__}: {error}"}).encode()
    return 200, json.dumps({"result": encoded(result)}, ensure_ascii=False).encode()


def _done(telegram: Telegram, act: str, arguments: dict[str, Any]) -> Any:
    if act not in ACTS:
        raise ValueError(f"no act {act!r}")
    if act in PROPERTIES:
        return getattr(telegram, act)
    return getattr(telegram, act)(*arguments.pop("*", ()), **arguments)


def encoded(value: Any) -> Any:
    """As JSON; bytes and records say what they are."""
    if isinstance(value, bytes):
        return {"is": "bytes", "value": base64.b64encode(value).decode()}
    if is_dataclass(value) and not isinstance(value, type):
        said = {one.name: getattr(value, one.name) for one in fields(value)}
        return {"is": type(value).__name__, "value": said}
    if isinstance(value, list | tuple):
        return [encoded(one) for one in value]
    return value


def decoded(value: Any) -> Any:
    """Back from JSON."""
    if isinstance(value, list):
        return [decoded(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() != {"is", "value"}:
        return {name: decoded(one) for name, one in value.items()}
    if value["is"] == "bytes":
        return base64.b64decode(value["value"])
    return TYPES[value["is"]](**value["value"])
