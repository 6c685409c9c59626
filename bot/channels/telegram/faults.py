"""What went wrong with a call, in the words of the seam (TELEGRAM 6): who cannot be reached, what may have arrived."""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channel import SendError
from bot.channels.telegram.transport import AnswerLostError, NotSentError
from bot.logs import Redactor

GONE = (
    "bot was kicked",
    "chat not found",
    "group chat was deactivated",
    "input_user_deactivated",
    "peer_id_invalid",
    "user is deactivated",
)
"""Of bad requests, those that say that nobody is there."""
TOO_LARGE = "request entity too large"
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.LocalProtocolError,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""Of the faults of python-telegram-bot's own client, those that happen before the request is on the wire."""


def fault(error: Exception, token: str, *, repeatable: bool = False) -> SendError:
    """Translate; what can be repeated without harm (an edit) is never of unknown outcome, only to be tried again."""
    reason = Redactor([token])(str(error)) or type(error).__name__
    if isinstance(error, ChatMigrated):
        return SendError(reason, moved_to=str(error.new_chat_id))
    if isinstance(error, RetryAfter):
        return SendError(reason, retry_after=seconds_of(error))
    if isinstance(error, Forbidden) or (isinstance(error, BadRequest) and says(error, *GONE)):
        return SendError(reason, unreachable=True)
    if isinstance(error, BadRequest) or (isinstance(error, NetworkError) and says(error, TOO_LARGE)):
        return SendError(reason, refused=True)
    everyone = isinstance(error, InvalidToken) or _never_arrived(error)
    return SendError(reason, everyone=everyone, unknown=not everyone and not repeatable)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def says(error: TelegramError, *parts: str) -> bool:
    """Whether the description has one of these in it; its letters' case is not Telegram's but the library's."""
    said = error.message.lower()
    return any(part in said for part in parts)


def _never_arrived(error: Exception) -> bool:
    """No connection, or the server's own word that it did nothing: 5xx and whatever else it answers in between."""
    if isinstance(error, NotSentError):
        return True
    if isinstance(error, AnswerLostError) or not isinstance(error, NetworkError):
        return False
    cause = error.__cause__
    return cause is None or isinstance(cause, (TelegramError, *NEVER_LEFT))
