"""What Telegram says becomes an Incoming: one payload a file, what is expected of it in the table beside it."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import telegram
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.attachments import bare_name
from bot.channels.telegram.phone import normal
from storage.messages import EVENTS, Attachment, Incoming

PAYLOADS = {file.stem: file for file in sorted((Path(__file__).parent / "payloads/telegram").glob("*.json"))}
SENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOW = SENT + timedelta(hours=1)
TOKEN = "123456:TEST-token-of-nobody-at-all-1234567890"
CHANNEL = TelegramChannel(telegram.Bot(TOKEN), now=lambda: NOW)
UNREADABLE = {"event": "unreadable"}
PRESS = {"message_id": "c4382bfdwdsb323b2d9", "received_at": NOW, "reference": "40"}
EDITED = {"edited": True}
GROUP = {
    "address": "-1001234567890",
    "name": "Lãnh đạo Công đoàn tỉnh",
    "text": "5001",
    "reference": "",
}


def file(name: str, media_type: str, size: int, remote: str, kind: str = "file") -> dict[str, Any]:
    return {"attachments": (Attachment("", name, media_type, size, kind, remote),)}


EXPECTED: dict[str, dict[str, Any] | None] = {
    "text": {"text": "mười hai"},
    "command": {"text": "/baocao"},
    "command_with_bot_name": {"text": "/baocao"},
    "deep_link": {"text": "/start ABCD-EFGH"},
    "half_a_character": {"text": "ok \ufffd xong"},
    "forwarded_text": {"text": "25"},
    "reply_to_the_bot": {"text": "0"},
    "clock_ahead_of_ours": {"text": "đúng", "received_at": NOW},
    # ── files ──
    "photo": {"text": "Hội nghị người lao động"} | file("anh.jpg", "image/jpeg", 180000, "large", "photo"),
    "photo_of_an_album": file("anh.jpg", "image/jpeg", 90000, "one", "photo"),
    "document": file(
        "Hồ sơ sáng kiến.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        54321,
        "doc1",
    ),
    "document_with_folders": file("bimat.txt", "text/plain", 10, "doc2"),
    "document_that_is_a_picture": file("anh goc.png", "image/png", 2500000, "doc3", "photo"),
    "document_without_name_or_type": file("tep", "application/octet-stream", 0, "doc4"),
    "video_as_document": file("hoi-thao.mp4", "video/mp4", 30000000, "doc5"),
    "voice": file("tin-thoai.ogg", "audio/ogg", 30000, "v1", "voice"),
    "audio": file("ghi am.mp3", "audio/mpeg", 900000, "a1", "voice"),
    "sticker": file("👍", "image/webp", 0, "", "sticker"),
    # ── what we have no use for ──
    "gif": UNREADABLE,
    "video": UNREADABLE | {"text": "Hội thao"},
    "video_note": UNREADABLE,
    "location": UNREADABLE,
    "venue": UNREADABLE,
    "poll": UNREADABLE,
    "dice": UNREADABLE,
    "story": UNREADABLE,
    "kind_of_the_future": UNREADABLE,
    # ── phone numbers ──
    "own_contact": {"event": "own_phone", "text": "+84912345678"},
    "own_contact_with_plus": {"event": "own_phone", "text": "+84912345678"},
    "foreign_contact": {"event": "other_phone"},
    "contact_without_account": {"event": "other_phone"},
    "forwarded_own_contact": {"event": "other_phone"},
    # ── edits: they count as received when they were made ──
    "edited_text": EDITED | {"text": "15", "received_at": SENT + timedelta(minutes=2)},
    "edited_caption": EDITED
    | {"text": "Hội nghị, 24/11", "received_at": SENT + timedelta(minutes=1)}
    | file("anh.jpg", "image/jpeg", 180000, "large", "photo"),
    "live_location_moves": None,
    # ── presses ──
    "press": PRESS | {"choice": "7.1", "label": "✓ 2 Thi đua"},
    "press_of_a_button_that_is_gone": PRESS | {"choice": "6.yes"},
    "press_under_an_old_message": PRESS | {"choice": "2.skip", "reference": "12"},
    "press_in_a_group": None,
    "press_under_an_inline_message": None,
    "press_of_a_game": None,
    # ── what happens to the bot ──
    "blocked": {"event": "blocked", "reference": ""},
    "unblocked": {"event": "unblocked", "reference": ""},
    "added_to_a_group": GROUP | {"event": "added"},
    "added_to_a_channel": GROUP
    | {"event": "added", "address": "-1009876543210", "name": "Bản tin Công đoàn"},
    "added_muted": GROUP | {"event": "added"},
    "promoted": None,
    "muted_in_a_group": None,
    "thrown_out": GROUP | {"event": "removed"},
    "left_a_group": GROUP | {"event": "removed"},
    "group_moved": GROUP | {"event": "moved", "address": "-4001", "text": "-1001234567890"},
    "group_arrived": None,
    # ── what nobody answers ──
    "said_in_a_group": None,
    "edited_in_a_group": None,
    "bot_arrived_in_a_group": None,
    "channel_post": None,
    "business_message": None,
    "said_by_a_bot": None,
    "pinned": None,
    "timer_changed": None,
    "write_access_allowed": None,
    "inline_query": None,
    "update_of_the_future": None,
}


def raw(name: str) -> dict[str, Any]:
    return dict(json.loads(PAYLOADS[name].read_text("utf-8")))


def read(payload: dict[str, Any]) -> Incoming | None:
    return CHANNEL.to_incoming(telegram.Update.de_json(payload, CHANNEL.bot))


def test_the_table_knows_every_payload():
    assert EXPECTED.keys() == PAYLOADS.keys()


@pytest.mark.parametrize("name", PAYLOADS)
def test_an_update_is_read_as_the_table_says(name):
    expected = EXPECTED[name]
    payload = raw(name)
    if expected is None:
        assert read(payload) is None
        return
    usual = {
        "channel": "telegram",
        "address": "5001",
        "message_id": str(payload["update_id"]),
        "received_at": SENT,
        "bot": "123456",
        "reference": "41",
        "name": "Lan Nguyễn Thị",
    }
    assert read(payload) == Incoming(**{**usual, **expected})


def test_what_is_sent_again_is_known_by_its_number():
    assert read(raw("press")) == read(raw("press"))
    later = raw("press") | {"update_id": 9}
    assert read(later) == read(raw("press")), "a press is known by its own id, not by the update's"


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("0912345678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("+84 91 234 56 78", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("+1 202 555 0143", "+12025550143"),
        ("113", ""),
        ("không có", ""),
        ("9" * 16, ""),
    ],
)
def test_a_phone_number_has_one_form(typed, phone):
    assert normal(typed) == phone


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/", "tep"),
        ("..", "tep"),
        ("a\nb\tc.txt", "abc.txt"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        (None, "tep"),
        (7, "tep"),
    ],
)
def test_a_file_name_is_never_a_path(claimed, kept):
    assert bare_name(claimed) == kept


# ── whatever comes ──────────────────────────────────────────────────────────────────────────────────

GONE = object()
ODD: tuple[Any, ...] = (
    GONE,
    None,
    "",
    "x",
    "\ud800\x00",
    0,
    -1,
    1 << 70,
    2.5,
    True,
    [],
    {},
    [None],
    {"a": 1},
)


def places(held: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a payload where a value can be changed."""
    found = [path] if path else []
    pairs = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    for name, value in pairs:
        found += places(value, (*path, name))
    return found


def changed(payload: dict[str, Any], path: tuple[Any, ...], value: object) -> None:
    held: Any = payload
    try:
        for name in path[:-1]:
            held = held[name]
        if value is GONE:
            del held[path[-1]]
        else:
            held[path[-1]] = copy.deepcopy(value)
    except (KeyError, IndexError, TypeError):
        pass  # an earlier change took the place away


@settings(max_examples=600, deadline=None, derandomize=True)
@given(some.data())
def test_whatever_the_library_takes_we_can_read(data):
    payload = raw(data.draw(some.sampled_from(sorted(PAYLOADS))))
    for path in data.draw(some.lists(some.sampled_from(places(payload)), min_size=1, max_size=3)):
        changed(payload, path, data.draw(some.sampled_from(ODD)))
    try:
        update = telegram.Update.de_json(payload, CHANNEL.bot)
    except Exception:  # noqa: BLE001 - what the library refuses is not ours to read
        return
    incoming = CHANNEL.to_incoming(update)
    if incoming is not None:
        storable = json.dumps(incoming.to_json(), ensure_ascii=False)
        assert "\x00" not in storable.encode().decode()
        assert Incoming.from_json(json.loads(storable)) == incoming
        assert incoming.received_at <= NOW
        assert incoming.event in ("", *EVENTS)
        assert incoming.address.lstrip("-").isdecimal()
