"""What a fault of the platform means for a message: refused, unreachable, perhaps arrived, or to be tried again."""

from __future__ import annotations

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.connection import bot_id, open_bot
from bot.channels.telegram.faults import fault
from bot.channels.telegram.transport import AnswerLostError, NotSentError

TOKEN = "123456:AAsecretsecretsecretsecretsecretsecret"
FLAGS = ("refused", "unreachable", "unknown", "everyone")


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def httpx_fault(kind: type[httpx.HTTPError], error: type[NetworkError] = NetworkError) -> Exception:
    return caused(error("x"), kind("x"))


CASES = {
    "blocked": (Forbidden("Forbidden: bot was blocked by the user"), "unreachable"),
    "never started": (Forbidden("Forbidden: bot can't initiate conversation with a user"), "unreachable"),
    "no such chat": (BadRequest("Bad Request: chat not found"), "unreachable"),
    "deleted account": (BadRequest("Bad Request: user is deactivated"), "unreachable"),
    "strange peer": (BadRequest("Bad Request: PEER_ID_INVALID"), "unreachable"),
    "thrown out": (BadRequest("Bad Request: bot was kicked from the supergroup chat"), "unreachable"),
    "too long": (BadRequest("Bad Request: message is too long"), "refused"),
    "broken button": (BadRequest("Bad Request: BUTTON_DATA_INVALID"), "refused"),
    "body too large": (NetworkError("Request Entity Too Large"), "refused"),
    "server error": (NetworkError("Internal Server Error"), "everyone"),
    "a proxy's page": (caused(NetworkError("Bad Gateway (502)"), TelegramError("Invalid")), "everyone"),
    "token refused": (InvalidToken("Unauthorized"), "everyone"),
    "no connection": (NotSentError("no connection"), "everyone"),
    "answer lost": (AnswerLostError("no answer"), "unknown"),
    "answer unreadable": (TelegramError("Invalid server response"), "unknown"),
    "our own mistake": (KeyError("date"), "unknown"),
    "httpx connect": (httpx_fault(httpx.ConnectError), "everyone"),
    "httpx connect late": (httpx_fault(httpx.ConnectTimeout, TimedOut), "everyone"),
    "httpx pool": (httpx_fault(httpx.PoolTimeout, TimedOut), "everyone"),
    "httpx proxy": (httpx_fault(httpx.ProxyError), "everyone"),
    "httpx read late": (httpx_fault(httpx.ReadTimeout, TimedOut), "unknown"),
    "httpx write late": (httpx_fault(httpx.WriteTimeout, TimedOut), "unknown"),
    "httpx read": (httpx_fault(httpx.ReadError), "unknown"),
    "httpx write": (httpx_fault(httpx.WriteError), "unknown"),
    "httpx protocol": (httpx_fault(httpx.RemoteProtocolError), "unknown"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_means_one_thing(name):
    error, meaning = CASES[name]
    found = fault(error, TOKEN)
    assert [flag for flag in FLAGS if getattr(found, flag)] == [meaning]


@pytest.mark.parametrize("name", [name for name, (_, meaning) in CASES.items() if meaning == "unknown"])
def test_what_can_be_repeated_is_simply_tried_again(name):
    found = fault(CASES[name][0], TOKEN, repeatable=True)
    assert [flag for flag in FLAGS if getattr(found, flag)] == []


def test_a_flood_says_how_long_to_wait():
    found = fault(RetryAfter(17), TOKEN)
    assert (found.retry_after, found.refused, found.unknown, found.everyone) == (17.0, False, False, False)


def test_a_group_that_moved_says_where_to():
    assert fault(ChatMigrated(-100777), TOKEN).moved_to == "-100777"


@pytest.mark.parametrize(
    "error",
    [
        InvalidToken(f"The token `{TOKEN}` was rejected by the server."),
        NetworkError(f"httpx.ConnectError: https://api.telegram.org/bot{TOKEN}/sendMessage"),
        BadRequest("somebody else's: 7012345678:AAFakeFakeFakeFakeFakeFakeFakeFakeFake"),
        ValueError(TOKEN),
    ],
)
def test_no_fault_shows_a_token(error):
    assert ":AA" not in str(fault(error, TOKEN))


def test_opening_a_bot_needs_no_network_and_its_number_stands_in_the_token():
    bot = open_bot(TOKEN, "http://127.0.0.1:9/bot")
    assert bot_id(bot) == "123456"
    assert bot.base_url == f"http://127.0.0.1:9/bot{TOKEN}"
    assert bot.base_file_url == f"http://127.0.0.1:9/file/bot{TOKEN}"
    assert open_bot(TOKEN).base_file_url.startswith("https://api.telegram.org/file/bot")
