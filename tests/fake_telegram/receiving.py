"""getUpdates and webhooks: one or the other, and whoever comes second ends the first."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from tests.fake_telegram.answers import Answer, Said, Waiting, batch, refused
from tests.fake_telegram.asked import Asked, NotJson
from tests.fake_telegram.chats import Json
from tests.fake_telegram.lines import Lines
from tests.fake_telegram.refusals import (
    BY_SET_WEBHOOK,
    OTHER_POLL,
    WEBHOOK_ACTIVE,
    bad_request,
    conflict,
    flood,
)
from tests.fake_telegram.state import State, Webhook
from tests.fake_telegram.updates import DEFAULT, allowed

MAX_TIMEOUT = 50
PORTS = {443, 80, 88, 8443}
HELD_BACK = 3.0
"""Seconds by which a repeated 409 is delayed."""
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\]")


# ── polling ─────────────────────────────────────────────────────────────────────────────────────────


def get_updates(state: State, asked: Asked) -> Answer | Waiting:
    """What waits; or, when nothing does and the bot has time, a call that waits (its `answer` is not yet set)."""
    if state.webhook is not None:
        return _conflict(state, WEBHOOK_ACTIVE)
    offset, limit = asked.integer("offset"), asked.integer("limit", 100, 1, 100)
    seconds = float(asked.integer("timeout", 0, 0, MAX_TIMEOUT))
    _set_allowed(state, asked)
    limit, seconds = _slowed(state, offset, limit, seconds)
    found = state.updates.get(offset, limit)
    if found or not seconds:
        return batch(found)
    _end_waiting(state, OTHER_POLL)
    state.waiting = Waiting(max(offset, 0), limit, seconds, lambda _answer: None)
    return state.waiting


def _slowed(state: State, offset: int, limit: int, seconds: float) -> tuple[int, float]:
    """Repeating an offset within 0.5 s gives one update; within 3 s a short timeout becomes 3 s."""
    before, moment = state.last_poll
    now = state.timer()
    state.last_poll = (offset, now)
    if offset == before and seconds < 3 and now < moment + 3:
        seconds = 3 * state.waits
    if offset == before and now < moment + 0.5:
        limit = 1
    return limit, seconds


def _set_allowed(state: State, asked: Asked) -> None:
    try:
        kinds = allowed(asked.nested("allowed_updates"))
    except NotJson:
        kinds = None
    if kinds is not None:
        state.updates.allowed = kinds


def _end_waiting(state: State, words: str) -> None:
    if state.waiting is not None:
        waiting, state.waiting = state.waiting, None
        waiting.answer(_conflict(state, words))


def _conflict(state: State, words: str) -> Answer:
    now = state.timer()
    if now < state.next_conflict:
        return refused(conflict(words), HELD_BACK * state.waits)
    state.next_conflict = now + HELD_BACK
    return refused(conflict(words))


# ── webhooks ────────────────────────────────────────────────────────────────────────────────────────


def set_webhook(state: State, asked: Asked) -> Said:
    """From now on updates are posted to this address."""
    url = asked.text("url")
    if not url:
        return delete_webhook(state, asked)
    now = state.timer()
    if now < state.next_set_webhook:
        raise flood(1)
    state.next_set_webhook = now + 1
    fresh = _webhook(asked)
    if state.webhook is not None and _alike(state.webhook, fresh) and not asked.flag("drop_pending_updates"):
        _set_allowed(state, asked)
        return Said(result=True, description="Webhook is already set")
    _must_be_valid(state, fresh)
    _end_waiting(state, BY_SET_WEBHOOK)
    _drop_pending(state, asked)
    _set_allowed(state, asked)
    state.webhook = fresh
    state.lines = Lines(state.updates.all(), state.waits)
    state.wake()
    return Said(result=True, description="Webhook was set")


def delete_webhook(state: State, asked: Asked) -> Said:
    """From now on updates wait for getUpdates."""
    _drop_pending(state, asked)
    had = state.webhook is not None
    state.webhook = state.lines = None
    state.wake()
    return Said(result=True, description="Webhook was deleted" if had else "Webhook is already deleted")


def _drop_pending(state: State, asked: Asked) -> None:
    if asked.flag("drop_pending_updates"):
        state.updates.clear()
        state.lines = state.lines and Lines([], state.waits)


def _webhook(asked: Asked) -> Webhook:
    connections = asked.integer("max_connections", 40, 1, 100)
    return Webhook(asked.text("url"), asked.text("secret_token"), connections, asked.text("ip_address"))


def _alike(one: Webhook, other: Webhook) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("url", "secret", "max_connections", "ip_address")
    )


def _must_be_valid(state: State, webhook: Webhook) -> None:
    url = webhook.url if "://" in webhook.url else f"https://{webhook.url}"
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise bad_request("invalid webhook URL specified") from error
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        raise bad_request("invalid webhook URL specified")
    if len(webhook.secret) > 256:
        raise bad_request("secret token is too long")
    if re.search(r"[^A-Za-z0-9_-]", webhook.secret):
        raise bad_request("secret token contains unallowed characters")
    if state.settings.allow_http and is_loopback(parts.hostname or ""):
        return
    if parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def get_webhook_info(state: State, _asked: Asked) -> Json:
    """How the webhook goes."""
    webhook = state.webhook
    told: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": state.updates.pending,
    }
    if webhook is not None:
        told |= {"max_connections": webhook.max_connections}
        told |= {"ip_address": webhook.ip_address} if webhook.ip_address else {}
        if webhook.last_error_date:
            told |= {
                "last_error_date": webhook.last_error_date,
                "last_error_message": webhook.last_error_message,
            }
    if state.updates.allowed != DEFAULT:
        told |= {"allowed_updates": sorted(state.updates.allowed)}
    return told
