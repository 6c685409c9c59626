"""No one sees or changes what is not theirs (promise 9): every right comes from an assignment valid today."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import inbound
from storage import outbox, submissions, units
from storage.answers import ANSWER
from storage.calendar import TZ
from storage.contacts import CONTACT
from storage.database import Database
from storage.messages import Incoming, Reply
from tests.player import demo_start

NOW = datetime(2026, 9, 10, 8, 30, tzinfo=TZ)
TEACHER, OTHER = "nb-gdu-01-1", "nb-gdu-02-1"


@pytest.fixture
def filled(database: Database) -> Database:
    demo_start(database, NOW, months=0)
    return database


def say(database: Database, address: str, words: str, number: int, at: datetime = NOW) -> str:
    inbound.receive(database, Incoming("web", address, f"{address}-{number}", at, words))
    with database.read() as db:
        newest = select(outbox.OUTGOING.c.body).order_by(outbox.OUTGOING.c.id.desc()).limit(1)
        return Reply.from_json(db.execute(newest).scalar_one()).text


def person_of(database: Database, address: str) -> int:
    with database.read() as db:
        return int(db.execute(select(CONTACT.c.person_id).where(CONTACT.c.address == address)).scalar_one())


def end_posts(database: Database, address: str, last: date) -> None:
    with database.begin() as db:
        mine = units.ASSIGNMENT.c.person_id == person_of(database, address)
        db.execute(update(units.ASSIGNMENT).where(mine).values(valid_to=last))


def answers(database: Database) -> int:
    with database.read() as db:
        return len(db.execute(select(submissions.SUBMISSION.c.id)).all())


def test_an_assignment_that_has_ended_opens_nothing(filled: Database) -> None:
    end_posts(filled, TEACHER, NOW.date() - timedelta(days=1))
    assert "không được giao đơn vị" in say(filled, TEACHER, "báo cáo", 1)
    assert answers(filled) == 0


def test_an_assignment_that_ends_in_mid_report_ends_the_report(filled: Database) -> None:
    say(filled, TEACHER, "báo cáo", 1)
    end_posts(filled, TEACHER, NOW.date())
    assert "Câu 2/4" in say(filled, TEACHER, "không phát sinh", 2)
    assert "không được giao đơn vị" in say(filled, TEACHER, "như cũ", 3, NOW + timedelta(days=1))


def test_a_draft_is_found_only_by_those_who_have_a_post_in_its_unit(filled: Database) -> None:
    say(filled, TEACHER, "báo cáo", 1)
    with filled.read() as db:
        draft = db.execute(select(submissions.SUBMISSION.c.id)).scalar_one()
        assert submissions.find(db, draft, person_of(filled, TEACHER), NOW.date())
        assert submissions.find(db, draft, person_of(filled, OTHER), NOW.date()) is None
        assert submissions.find(db, draft, None, NOW.date()) is None


def test_two_units_reports_do_not_mix(filled: Database) -> None:
    say(filled, TEACHER, "báo cáo", 1)
    say(filled, OTHER, "báo cáo", 1)
    say(filled, TEACHER, "không phát sinh", 2)
    assert "Tháng trước: 66" in say(filled, OTHER, "8", 2)
    assert "Tháng trước: 71" in say(filled, TEACHER, "TIEPTUC", 3)


def test_a_superior_and_a_leader_do_not_write_reports(filled: Database) -> None:
    for address in ("nb-hlu-1", "nb-1", "nb-2"):
        assert "Câu 1/" not in say(filled, address, "báo cáo", 1)
    assert answers(filled) == 0


def test_another_persons_button_changes_nothing(filled: Database) -> None:
    say(filled, TEACHER, "báo cáo", 1)
    inbound.receive(filled, Incoming("web", OTHER, "stolen", NOW, choice="1.7"))
    with filled.read() as db:
        assert db.scalar(select(ANSWER.c.question)) is None
