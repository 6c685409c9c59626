"""A province of seven units for tests of rights: somebody stands at M, the others above, beside, below or elsewhere.

P ─┬─ U ─┬─ M ─── W
   │     └─ S
   └─ V ─── O
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, event, func, select, update

from bot import inbound, installation
from handlers import questionnaires, submitting
from handlers.report_context import FORM, context_of
from handlers.rights import EVERYBODY
from storage import answers, contacts, forms, help_requests, periods, submissions
from storage.calendar import TZ
from storage.database import Database, table_of
from storage.inbox import RECEIPT
from storage.messages import Incoming, Reply
from storage.models import Assignment, Note, Unit
from storage.outbox import OUTGOING
from tests import organisation
from tests.organisation import add

NOW = datetime(2026, 9, 10, 8, 30, tzinfo=TZ)
TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PARENTS = {"U": "P", "M": "U", "S": "U", "W": "M", "V": "P", "O": "V"}
PLACES = {"own": "M", "sibling": "S", "below": "W", "above": "U", "other": "O"}
REACHES = {"own": "M", "below": "MW", "under": "W", "all": "PUMSWVO"}
"""What the holder of a post at M reaches, said once more by hand."""
ROLES = tuple(EVERYBODY)
TABLES = Note.metadata.tables
OF_EVERY_TURN = {"receipt", "outgoing", "conversation"}


@dataclass(slots=True)
class World:
    """The ids of what is there, by the letter of the unit."""

    database: Any
    units: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    drafts: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    questions: dict[str, int] = field(default_factory=dict)
    period: int = 0
    group: int = 0
    number: int = 0

    def send(self, address: str, words: str = "", **more: Any) -> list[Reply]:
        """What is answered to a message."""
        self.number += 1
        incoming = Incoming("web", address, f"m{self.number}", NOW, words, **more)
        inbound.receive(self.database, incoming)
        with self.database.read() as db:
            receipt = db.scalar(select(func.max(RECEIPT.c.id)))
            keys = [f"r{receipt}.{n}" for n in range(4)] + [f"r{receipt}.failed"]
            bodies = db.scalars(
                select(OUTGOING.c.body).where(OUTGOING.c.key.in_(keys)).order_by(OUTGOING.c.id)
            )
            return [Reply.from_json(body) for body in bodies]

    def secret(self, letter: str) -> str:
        """What only those who may read the draft of a unit may be told."""
        return f"Chuyện riêng của {letter * 3}"


def build(database: Database) -> World:
    """Every unit but the province has a reporter who has begun this month's report and handed in the last one."""
    world = World(database)
    with database.begin() as db:
        world.units["P"] = organisation.unit(db, "P", kind="tinh")
        installation.begin_duty(db, date(2026, 1, 1))
        installation.publish_forms(db, NOW)
        duty = periods.duties(db, TODAY)[0]
        last, this = periods.ensure(db, duty, "2026-08"), periods.ensure(db, duty, "2026-09")
        world.period = this.id
        for letter, parent in PARENTS.items():
            world.units[letter] = organisation.unit(db, letter * 3, world.units[parent])
            world.contacts[letter] = organisation.person(
                db, f"Trần Thị {letter * 3}", (world.units[letter], "bao_cao_vien")
            )
            world.persons[letter] = contacts.row_of(db, world.contacts[letter]).person_id
            world.sent[letter] = _paper(db, world, letter, last, send=True)
            world.drafts[letter] = _paper(db, world, letter, this, send=False)
        for letter, parent in PARENTS.items():
            world.questions[letter] = _question(db, world, letter, world.units[parent])
        world.group = cast(
            "int", contacts.add(db, "web", "group", NOW, audience="group", display_name="Nhóm")
        )
    return world


def _paper(db: Connection, world: World, letter: str, period: Any, *, send: bool) -> int:
    made = submissions.open_draft(
        db,
        form_version_id=forms.newest(db, FORM) or 0,
        form_code=FORM,
        unit_id=world.units[letter],
        period_id=period.id,
        context=context_of(db, world.units[letter], "", period),
        contact_id=world.contacts[letter],
        at=NOW - timedelta(hours=1),
    )
    draft = submissions.get(db, made)
    values = {
        "hoat_dong_thang": "khong_phat_sinh",
        "so_doan_vien": "70",
        "noi_dung_noi_bat": world.secret(letter),
    }
    for question, value in values.items():
        answers.save(db, _answer(draft, world.contacts[letter], question, value))
    if send:
        session = questionnaires.session_of(db, draft, TODAY).with_answer("tu_danh_gia", "tot")
        code = f"BC-202608-{made:05}"
        submitting.store(db, draft, session, code=code, contact_id=world.contacts[letter], at=NOW, late=False)
    return made


def _question(db: Connection, world: World, letter: str, asked: int) -> int:
    """What the reporter of a unit asks the superior."""
    context = {"person": world.persons[letter], "told": []}
    asked_at = (world.contacts[letter], world.units[letter], asked)
    return help_requests.ask(db, *asked_at, world.secret(letter), context, NOW).id


def _answer(draft: submissions.Draft, contact: int, question: str, value: str) -> dict[str, Any]:
    return {"submission_id": draft.id, "version": draft.writing, "question": question, "value": value, "doubt": "",
            "number": float(value) if value.isdecimal() else None, "provenance": "answered", "asked": True,
            "raw": value, "note": "", "receipt_id": None, "contact_id": contact, "answered_at": NOW}  # fmt: skip


def post(
    db: Connection, world: World, role: str, first: date = date(2026, 1, 1), last: date | None = None
) -> None:
    """Somebody holds a role at M, with the account `actor`."""
    world.contacts["actor"] = organisation.person(db, "Lê Văn Vai", channel="web")
    person = contacts.row_of(db, world.contacts["actor"]).person_id
    account = contacts.CONTACT
    db.execute(update(account).where(account.c.id == world.contacts["actor"]).values(address="actor"))
    world.persons["actor"] = person
    add(
        db,
        Assignment,
        person_id=person,
        unit_id=world.units["M"],
        role=role,
        title="",
        valid_from=first,
        valid_to=last,
    )


def dissolve(db: Connection, world: World, letter: str) -> None:
    """The unit ended yesterday."""
    table = table_of(Unit)
    db.execute(update(table).where(table.c.id == world.units[letter]).values(valid_to=YESTERDAY))


# ── trying things without keeping them ──────────────────────────────────────────────────────────────


class Rehearsal:
    """A database of which nothing is kept: every transaction is a savepoint in one that is rolled back."""

    def __init__(self, db: Connection, files: Any) -> None:
        self.db, self.files = db, files

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self.db.begin_nested():
            yield self.db

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self.db


@contextmanager
def rehearsal(world: World) -> Iterator[Connection]:
    """Until the end of the block the world plays on a copy of itself."""
    real = world.database
    with real.engine.connect() as db:
        outer = db.begin()
        world.database = Rehearsal(db, real.files)
        try:
            yield db
        finally:
            outer.rollback()
            world.database = real


_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@contextmanager
def writes(db: Connection) -> Iterator[set[str]]:
    """Names of the tables that are written to, but for those that every turn writes to."""
    found: set[str] = set()

    def note(_db: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if table := _WRITES.match(statement):
            found.add(table[1])
            found.difference_update(OF_EVERY_TURN)

    event.listen(db, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db, "before_cursor_execute", note)


def told(db: Connection, contact_id: int) -> list[str]:
    """What was queued for an account."""
    bodies = db.scalars(select(OUTGOING.c.body).where(OUTGOING.c.contact_id == contact_id))
    return [Reply.from_json(body).text for body in bodies]
