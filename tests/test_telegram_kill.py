"""kill -9 of `congdoan serve` under load: polling and webhook, SQLite and PostgreSQL (promises 1, 2, 3, 4)."""

from __future__ import annotations

import random
import re
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.pacing import AT_ONCE
from tests.fake_telegram import TOKEN, running
from tests.playing import Playing
from tests.serving import QUESTIONS, SECRET, Serve, fill, publish_twenty_questions

PATIENCE = 120.0
ANSWERS = text(
    "SELECT c.address, a.question, a.value FROM answer a JOIN contact c ON c.id = a.contact_id WHERE a.asked"
)
TURNS = QUESTIONS + 2
"""The greeting, the answers, and "gửi"."""


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_kills_under_load_lose_nothing_and_store_nothing_twice(
    empty_url: str, tmp_path: Path, webhook: bool
) -> None:
    kill_under_load(empty_url, tmp_path, webhook=webhook, officers=40, kills=3)


@pytest.mark.long
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_a_hundred_kills_under_load_lose_nothing_and_store_nothing_twice(
    empty_url: str, tmp_path: Path, webhook: bool
) -> None:
    kill_under_load(empty_url, tmp_path, webhook=webhook, officers=240, kills=30)


def kill_under_load(url: str, place: Path, *, webhook: bool, officers: int, kills: int) -> None:
    """Let everybody report at once, kill the program at random moments, and compare what everybody has."""
    chance = random.Random(f"{webhook} {url.partition(':')[0]}")
    telegram = Playing(waits=0.02)
    telegram.tune(duplicate_updates=webhook, shuffled=webhook)
    with running(telegram) as base:
        served = Serve(place / "var", base, base.base_file_url, url, webhook=webhook)
        served.data.mkdir()
        lines = {user: script(user) for user in fill(url, served.data / "files", officers)}
        publish_twenty_questions(url)
        for user in lines:
            telegram.user(user, f"Cán bộ {user}")
        served.start()
        if webhook:
            set_webhook(base, served.hook)
        telegram.play(lines)
        done = 0
        while done < kills:
            time.sleep(chance.uniform(0.02, 0.5))
            served.kill()
            served.start()
            done += 1
        settle(served, telegram, officers * TURNS)
        assert served.stop() == 0
    check_rows(served, lines)
    check_chats(telegram, lines, kills)
    assert TOKEN not in served.log.read_text("utf-8")


def script(user: int) -> list[str]:
    """What this officer says: numbers that nobody else says in this order."""
    return ["/baocao", *(str((user * 31 + number * 7) % 900) for number in range(QUESTIONS)), "gửi"]


def set_webhook(base: str, hook: str) -> None:
    """What the operator does once with `congdoan webhook set`."""
    asked = {"url": hook, "secret_token": SECRET, "max_connections": "40"}
    body = urllib.parse.urlencode(asked).encode()
    with urllib.request.urlopen(f"{base}{TOKEN}/setWebhook", body, timeout=10) as answer:
        assert answer.status == 200


def settle(served: Serve, telegram: Playing, messages: int) -> None:
    """Wait until every message was received and everything was said."""
    database = served.database()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with database.read() as db:
            received = db.scalar(text("SELECT count(*) FROM receipt"))
            waiting = db.scalar(
                text("SELECT count(*) FROM outgoing WHERE kind = 'reply' AND state IN ('queued', 'sending')")
            ) + db.scalar(text("SELECT count(*) FROM task WHERE state = 'queued'"))
        if telegram.done and received == messages and not waiting and not telegram.pending():
            database.close()
            return
        time.sleep(0.1)
    raise AssertionError(
        f"{received} of {messages} received, {waiting} replies wait: {served.log.read_text()[-2000:]}"
    )


def check_rows(served: Serve, lines: Mapping[int, list[str]]) -> None:
    """Each officer's unit has exactly the answers that were given, once, and one report."""
    database = served.database()
    held: dict[int, dict[str, str]] = {}
    with database.read() as db:
        for row in db.execute(ANSWERS):
            held.setdefault(int(row.address), {})[row.question] = row.value
        assert db.scalar(text("SELECT count(*) FROM submission_version")) == len(lines)
        assert db.scalar(text("SELECT count(*) FROM receipt WHERE failure <> ''")) == 0
    database.close()
    meant = {user: {f"so_{n}": said for n, said in enumerate(words[1:-1])} for user, words in lines.items()}
    assert held == meant


def check_chats(telegram: Playing, lines: Mapping[int, list[str]], kills: int) -> None:
    """Each reply arrived, in order, the picture of the receipt last, and no more than once more for each kill."""
    again = 0
    for user in lines:
        said = [message.text for message in telegram.messages(user) if message.mine]
        marks = [
            (re.search(r"Câu \d+/|gõ GUI|Đã nhận báo cáo|Biên nhận", words) or [words])[0] for words in said
        ]
        asked = [f"Câu {number}/" for number in range(1, QUESTIONS + 1)]
        expected = [*asked, "gõ GUI", "Đã nhận báo cáo", "Biên nhận"]
        assert [mark for mark, _ in groupby(marks)] == expected
        assert max(Counter(marks).values()) <= 1 + kills
        again += len(marks) - len(expected)
    print(
        f"{kills} kills, {len(lines) * TURNS} messages: nothing lost, nothing stored twice, {again} replies repeated"
    )
    assert again <= kills * 2 * AT_ONCE, "what was under way when the program was killed"
