"""`congdoan serve` as an operator meets it: what it refuses, how it stops, what it says, and what it never says."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fake_telegram import TOKEN, Address, Telegram
from tests.process import free_port
from tests.serving import SECRET, Serve, fill


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(waits=0.02)


@pytest.fixture
def served(base: Address, tmp_path: Path) -> Iterator[Serve]:
    made = Serve(tmp_path / "var", base, base.base_file_url)
    made.data.mkdir()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.kill()
    if made.log.exists():
        said = made.log.read_text("utf-8")
        assert TOKEN not in said
        assert SECRET not in said


def said_in(served: Serve, words: str, seconds: float = 20.0) -> bool:
    """Whether the program says this before long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if words in served.log.read_text("utf-8"):
            return True
        time.sleep(0.05)
    return False


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────


def test_without_a_channel_there_is_nothing_to_serve(served: Serve) -> None:
    served.settings["CONGDOAN_TELEGRAM_TOKEN"] = ""
    assert "CONGDOAN_TELEGRAM_TOKEN" in served.refusal()


@pytest.mark.parametrize(
    "secret", ["", "short", "with spaces in it, and commas", "đủ dài nhưng có dấu tiếng Việt"]
)
def test_a_public_url_without_a_proper_secret_is_refused(served: Serve, secret: str) -> None:
    served.webhook = True
    served.settings["CONGDOAN_TELEGRAM_WEBHOOK_SECRET"] = secret
    assert "anybody could pose as Telegram" in served.refusal()


def test_a_second_process_on_the_same_database_is_refused(served: Serve) -> None:
    served.start()
    second = Serve(served.data, served.base_url, served.file_base_url)
    second.port = free_port()
    assert second.launch().wait(30) == 2
    assert said_in(served, "Another congdoan process already works on")


def test_a_busy_port_is_named(served: Serve) -> None:
    served.start()
    second = Serve(served.data.parent / "other", served.base_url, served.file_base_url, port=served.port)
    second.data.mkdir()
    assert f"Cannot open port {served.port}" in second.refusal()


def test_a_wrong_token_ends_the_program_with_the_remedy_and_without_the_token(served: Serve) -> None:
    wrong = "7012345678:AAWrongWrongWrongWrongWrongWrongWrong"
    served.settings["CONGDOAN_TELEGRAM_TOKEN"] = wrong
    said = served.refusal()
    assert "CONGDOAN_TELEGRAM_TOKEN" in said
    assert wrong not in said


def test_polling_while_a_webhook_is_set_ends_with_the_remedy(
    telegram: Telegram, base: Address, served: Serve
) -> None:
    import urllib.request

    asked = f"url={served.hook}&secret_token={SECRET}".encode()
    urllib.request.urlopen(f"{base}{TOKEN}/setWebhook", asked, timeout=10).close()
    assert "congdoan webhook clear" in served.refusal()


# ── starting, stopping ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_clean(telegram: Telegram, served: Serve, how: int) -> None:
    user = next(iter(fill(served.url, served.data / "files")))
    telegram.user(user, "Lan")
    served.start()
    telegram.say(user, "/baocao")
    time.sleep(0.3)
    assert served.stop(how) == 0
    assert "Đã dừng." in served.log.read_text("utf-8")
    assert "Traceback" not in served.log.read_text("utf-8")
    with sqlite3.connect(served.data / "congdoan.db") as db:
        assert db.execute("SELECT count(*) FROM outgoing WHERE state = 'sending'").fetchone()[0] == 0


def test_a_pilot_needs_nothing_but_a_token(telegram: Telegram, served: Serve) -> None:
    """An empty folder: tables, forms and the duty are made, and a stranger is answered."""
    served.start()
    telegram.user(7, "Người lạ")
    telegram.start(7)
    until = time.monotonic() + 20
    while not [message for message in telegram.messages(7) if message.mine] and time.monotonic() < until:
        time.sleep(0.02)
    assert "mã mời" in next(message.text for message in telegram.messages(7) if message.mine)


def test_the_sample_organisation_is_loaded_into_an_empty_database_only(served: Serve) -> None:
    served.arguments = ("--sample",)
    served.start()
    served.stop()
    served.start()
    with sqlite3.connect(served.data / "congdoan.db") as db:
        assert db.execute("SELECT count(*) FROM unit").fetchone()[0] == 69
        assert db.execute("SELECT count(*) FROM contact").fetchone()[0] == 0


def test_the_menu_of_commands_is_set_and_the_webhook_left_alone(telegram: Telegram, served: Serve) -> None:
    served.start()
    until = time.monotonic() + 20
    while "setMyCommands" not in telegram.counts and time.monotonic() < until:
        time.sleep(0.02)
    assert telegram.counts["setMyCommands"] >= 1
    assert not {"setWebhook", "deleteWebhook"} & telegram.counts.keys()


def test_a_webhook_that_was_never_set_is_told(served: Serve) -> None:
    served.webhook = True
    served.start()
    assert said_in(served, "congdoan webhook set")


def test_a_platform_that_is_away_at_the_start_is_waited_for(telegram: Telegram, served: Serve) -> None:
    user = next(iter(fill(served.url, served.data / "files")))
    telegram.user(user, "Lan")
    telegram.outage(on=True)
    served.start()
    telegram.outage(on=False)
    telegram.say(user, "/baocao")
    until = time.monotonic() + 30
    while not [message for message in telegram.messages(user) if message.mine] and time.monotonic() < until:
        time.sleep(0.05)
    assert "Câu 1/" in next(message.text for message in telegram.messages(user) if message.mine)
    assert "Traceback" not in served.log.read_text("utf-8")


# ── endpoints ───────────────────────────────────────────────────────────────────────────────────────


def test_health_readiness_and_metrics(served: Serve) -> None:
    served.start()
    assert served.get("/healthz") == (200, "ok\n")
    assert served.get("/readyz") == (200, "ready\n")
    status, body = served.get("/metrics")
    assert status == 200
    assert "congdoan_" in body
    assert served.get("/")[0] == 404, "the chat page is never part of serve"
    assert served.get("/telegram/webhook")[0] in (404, 405), "no webhook without a public URL"
