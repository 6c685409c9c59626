"""Promises of the answer path: nothing lost, everything once, a poisonous message stops nobody."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import OperationalError

import handlers
from bot import inbound
from storage import answers, contacts, conversations, inbox, outbox, submissions
from storage.calendar import TZ
from storage.database import Database
from storage.messages import Attachment, Incoming, Reply
from tests.player import demo_start

NOW = datetime(2026, 9, 10, 8, 30, tzinfo=TZ)
LAN = "nb-gdu-01-1"


@pytest.fixture
def filled(database: Database) -> Database:
    demo_start(database, NOW, months=0)
    return database


def message(number: int, words: str = "", **more: Any) -> Incoming:
    return Incoming("web", str(more.pop("address", LAN)), f"m{number}", NOW, words, **more)


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has that a turn may touch."""
    tables = (inbox.RECEIPT, outbox.OUTGOING, answers.ANSWER, submissions.SUBMISSION)
    with database.read() as db:
        return {table.name: db.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def said(database: Database) -> list[str]:
    with database.read() as db:
        return [
            Reply.from_json(body).text
            for body in db.scalars(select(outbox.OUTGOING.c.body).order_by(outbox.OUTGOING.c.id))
        ]


def state(database: Database) -> object:
    with database.read() as db:
        sender = contacts.find(db, "web", LAN)
        return conversations.load(sender.state if sender else None).frames


def test_a_message_delivered_again_changes_nothing(filled: Database) -> None:
    assert inbound.receive(filled, message(1, "báo cáo"))
    before = rows(filled)
    assert not inbound.receive(filled, message(1, "báo cáo"))
    assert rows(filled) == before


def test_messages_out_of_order_are_each_taken_once(filled: Database) -> None:
    for number in (2, 1, 2, 3, 1):
        inbound.receive(filled, message(number, "chào"))
    with filled.read() as db:
        assert db.scalar(select(func.count()).select_from(inbox.RECEIPT)) == 3


def test_a_handler_that_raises_leaves_a_receipt_and_an_apology_and_the_next_message_works(
    filled: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    inbound.receive(filled, message(1, "báo cáo"))
    kept = state(filled)

    def broken(*_: object) -> None:
        raise RuntimeError("poison")

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setitem(handlers.HANDLERS, "paragraph", broken)
        inbound.receive(filled, message(2, "DOANVAN"))
    assert state(filled) == kept
    assert len([record for record in caplog.records if record.levelno >= logging.ERROR]) == 1
    reference = caplog.records[-1].getMessage().split("reference ")[1]
    assert reference in said(filled)[-1]
    with filled.read() as db:
        assert (
            db.scalar(select(inbox.RECEIPT.c.failure).where(inbox.RECEIPT.c.message_id == "m2")) == reference
        )
    assert not inbound.receive(filled, message(2, "DOANVAN"))
    inbound.receive(filled, message(3, "không phát sinh"))
    assert "Câu 2/4" in said(filled)[-1]


def test_a_turn_is_committed_as_a_whole_or_not_at_all(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the driver's own transactions the answer would outlive the failure of the outbox."""
    inbound.receive(filled, message(1, "báo cáo"))
    before = rows(filled)

    def full(*_: object, **__: object) -> None:
        raise RuntimeError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "put", full)
        with pytest.raises(RuntimeError):
            inbound.receive(filled, message(2, "không phát sinh"))
    assert rows(filled) == before


def test_a_savepoint_does_not_commit_what_stands_around_it(filled: Database) -> None:
    def fail_around_a_savepoint() -> None:
        with filled.begin() as db:
            inbox.claim(db, message(9, "x"), None)
            with db.begin_nested():
                db.execute(text("DELETE FROM note"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_around_a_savepoint()
    with filled.read() as db:
        assert db.scalar(select(func.count()).select_from(inbox.RECEIPT)) == 0


@pytest.mark.parametrize(
    "strange",
    [
        message(5, ""),
        message(5, "x" * 10_000),
        message(5, attachments=(Attachment("", "", "", 0, "sticker"),)),
        message(5, attachments=(Attachment("a.jpg", "a.jpg", "image/jpeg", 10, "photo"),)),
        message(5, choice="1.0"),
        message(5, choice="bậy.bạ"),
        message(5, choice="do:nothing"),
        message(5, "/khongcolenh"),
        message(5, "x", edited=True),
        message(5, "\x00\x01"),
        message(5, "'; DROP TABLE answer; --"),
    ],
    ids=[
        "empty",
        "long",
        "sticker",
        "photo",
        "old-button",
        "bad-button",
        "unknown-button",
        "command",
        "edited",
        "control",
        "sql",
    ],
)
def test_a_strange_message_gets_one_polite_sentence_and_the_answers_stay(
    filled: Database, strange: Incoming
) -> None:
    for number, words in enumerate(["báo cáo", "1"]):
        inbound.receive(filled, message(number, words))
    before, answers = rows(filled), rows(filled)["answer"]
    inbound.receive(filled, strange)
    after = rows(filled)
    assert after["outgoing"] == before["outgoing"] + 1
    assert after["answer"] == answers
    reply = said(filled)[-1]
    assert "Xin lỗi" not in reply, reply
    assert "ồng chí" in reply
    inbound.receive(filled, message(6, "như cũ"))
    assert rows(filled)["answer"] == answers + 1


def test_nobody_in_the_leadership_channel_is_answered(filled: Database) -> None:
    inbound.receive(filled, message(1, "báo cáo", address="lanh-dao"))
    assert rows(filled)["outgoing"] == 0


# ── faults of the database are no faults of the message ─────────────────────────────────────────────


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_connection_that_was_cut_costs_no_answer(filled: Database, postgresql_server: str) -> None:
    """As after a restart of PostgreSQL between two messages."""
    inbound.receive(filled, message(1, "báo cáo"))
    with filled.begin() as db:
        writing = db.scalar(text("SELECT pg_backend_pid()"))
    server = create_engine(postgresql_server)
    with server.connect() as db:
        db.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": writing})
    server.dispose()
    inbound.receive(filled, message(2, "không phát sinh"))
    assert "Câu 2/" in said(filled)[-1]
    with filled.read() as db:
        assert not db.scalar(select(func.count()).where(inbox.RECEIPT.c.failure != ""))


def test_a_database_that_stays_away_is_the_channels_to_repeat(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No apology, no receipt: the platform delivers the message again."""

    def away(*_: object, **__: object) -> None:
        raise OperationalError("SELECT", {}, Exception("away"))

    before = rows(filled)
    with monkeypatch.context() as patch:
        patch.setattr(inbox, "claim", away)
        with pytest.raises(OperationalError):
            inbound.receive(filled, message(1, "báo cáo"))
    assert rows(filled) == before
    inbound.receive(filled, message(1, "báo cáo"))
    assert "Câu 1/" in said(filled)[-1]


def test_messages_that_share_a_commit_are_each_taken_though_one_is_poison(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("poison")

    monkeypatch.setitem(handlers.HANDLERS, "paragraph", broken)
    together = [message(1, "báo cáo"), message(2, "DOANVAN"), message(3, "không phát sinh")]
    inbound.receive_all(filled, together)
    assert "Câu 1/" in said(filled)[0]
    assert "Xin lỗi" in said(filled)[1]
    assert "Câu 2/" in said(filled)[2]
