"""A random walk over other people's numbers: nothing of theirs changes, nothing of theirs is said, nothing fails.

The seed is printed with a failure; `SEED=… pytest tests/test_rights_fuzz.py` walks the same way again.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from handlers import HANDLERS
from handlers.engine.commands import PHRASES
from handlers.rights import ADMINISTRATORS, ALL, REPORTERS, RIGHTS
from storage.contacts import CONTACT
from storage.conversations import CONVERSATION
from storage.database import open_database
from storage.messages import Attachment
from storage.receipts import SECRET
from storage.submissions import SUBMISSION
from tests.rights_world import (
    OF_EVERY_TURN,
    PARENTS,
    REACHES,
    ROLES,
    TABLES,
    World,
    build,
    post,
    rehearsal,
    writes,
)

SEED = int(os.environ.get("SEED") or (1 if os.environ.get("CI") else random.SystemRandom().randrange(10**6)))
WATCHED = {name: table for name, table in TABLES.items() if name not in {*OF_EVERY_TURN, "form_version"}}
OF_NOBODY = {"counter"}
"""Tables of which no row is anybody's."""
OF_WHO_ASKS = {"help_request", "help_message", "data_request", "task", "reminder"}
"""Tables whose rows are their account's, whatever unit they are about."""
EXTREMES = ("", "0", "-1", "1", "2147483648", "9223372036854775807", "9223372036854775808", "9" * 30, "9" * 5000,
            "٣", "½", "x", "%s", "{dc}", "' OR 1=1 --", "1;DROP TABLE unit", ".", "..", "1.", ".1", "\x00")  # fmt: skip
WORDS = ("8", "1", "2", "70", "như cũ", "bỏ qua", "khá", "gửi", "SUA 1", "SUA 2 thành 71", "hủy", "quay lại", "xong",
         "để sau", "đúng", "không", "xem thêm", "điện thoại", "giấy", "/start ABCD-EFGH", "/start 1", "/start x'--",
         "nhập hộ", "xin chào", "mã CFGH-2346", "'; DELETE FROM answer; --", "9" * 5000, "%d")  # fmt: skip


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "congdoan.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{folder}/congdoan.db", folder / "files")
    yield build(database)
    database.close()


@dataclass(slots=True)
class Walker:
    """Somebody with a role at M who presses and types whatever there is."""

    world: World
    db: Connection
    role: str
    chance: random.Random
    taken: set[str] = field(default_factory=set)
    """Units whose draft was taken over, which is an act of its own that the audit knows."""
    path: list[str] = field(default_factory=list)

    # ── what is done ────────────────────────────────────────────────────────────────────────────────

    def step(self) -> None:
        before = self.rows()
        words, more = self.message()
        self.path.append(f"{words!r} {more}"[:160])
        with writes(self.db) as written:
            replies = self.world.send("actor", words, **more)
        said = "\n".join(
            [reply.text for reply in replies] + [one.label for reply in replies for one in reply.choices]
        )
        assert "tôi gặp lỗi" not in said, self.shown()
        after = self.rows() if written else before
        for table in WATCHED:
            for row in self.changed(before[table], after[table]):
                assert self.may_change(table, row, before), f"{table}: {row}\n{self.shown()}"
        self.taken |= {self.letter(row["unit_id"]) for row in after["submission"].values() if row["source"]}
        for word in self.not_to_be_said():
            assert word not in said, f"{said}\n{self.shown()}"

    def shown(self) -> str:
        return f"SEED={SEED}, {self.role}:\n" + "\n".join(self.path[-12:])

    def message(self) -> tuple[str, dict[str, Any]]:
        chance, reference = self.chance, str(self.chance.randrange(30))
        command, option = (
            chance.choice(list(HANDLERS)),
            chance.choice((*map(str, range(8)), "done", *EXTREMES)),
        )
        event = chance.choice(("own_phone", "other_phone", "unreadable", "blocked", "unblocked"))
        photo = Attachment("uploads/a.jpg", "a.jpg", "image/jpeg", 9, "photo")
        press = ("", {"choice": f"do:{command}:{self.argument()}"})
        answer = (self.words(), {"reference": reference})
        return chance.choice((
            press, press, press, press, answer, answer, answer,
            ("", {"choice": f"{self.turn()}.{option}"}), ("", {"choice": f"{self.turn()}.{option}"}),
            (self.words(), {"edited": True, "reference": reference}),
            (chance.choice(("", "+84912345678", "x")), {"event": event}),
            ("", {"attachments": (photo,)}), ("", {"choice": "do:agree"}),
        ))  # fmt: skip

    def words(self) -> str:
        letter = self.chance.choice("MSWUVO")
        phrase = self.chance.choice(self.chance.choice(list(PHRASES.values())).split("|"))
        return self.chance.choice((*WORDS, phrase, phrase, f"nhập hộ {letter * 3}", f"công ty {letter * 3}"))

    def argument(self) -> str:
        """A number of something, several joined by dots, or what is none."""
        numbers = [self.chance.choice(self.numbers()) for _ in range(self.chance.randrange(1, 4))]
        letter = self.chance.choice("MSWUVO")
        unit, period, draft = self.world.units[letter], self.world.period, self.world.drafts[letter]
        contact, person = self.world.contacts[letter], self.world.persons[letter]
        return self.chance.choice((
            ".".join(map(str, numbers)), str(draft), f"{contact}.{person}", f"{unit}.{period}",
            f"{unit}.{period}.{draft}", f"{unit}.{period}.{draft}.phone", f"{unit}.{period}.{draft}.paper.skip",
            f"{unit}.{period}.0.phone",
            str(self.world.questions[letter]), f"done.{numbers[0]}", letter * 3,
            f"more.{period}.{self.chance.choice(numbers)}",
            self.chance.choice(EXTREMES), str(self.world.group), str(unit), str(person), str(contact),
        ))  # fmt: skip

    def numbers(self) -> list[Any]:
        known = [*self.world.units.values(), *self.world.drafts.values(), *self.world.sent.values()]
        return [*known, *self.world.persons.values(), *self.world.contacts.values(), *EXTREMES, *range(40)]

    def turn(self) -> Any:
        mine = CONVERSATION.c.contact_id == self.world.contacts["actor"]
        state = self.db.scalar(select(CONVERSATION.c.state).where(mine)) or {}
        return self.chance.choice((state.get("turn", 0),) * 4 + (0, 1, 10**12))

    # ── what may come of it ─────────────────────────────────────────────────────────────────────────

    def rows(self) -> dict[str, dict[Any, Any]]:
        return {
            name: {tuple(row[key.name] for key in table.primary_key): dict(row) for row in found}
            for name, table in WATCHED.items()
            for found in [self.db.execute(select(table)).mappings()]
        }

    def changed(self, before: dict[Any, Any], after: dict[Any, Any]) -> Iterator[Any]:
        """Each row that is new, gone or different: as it was, if it was there."""
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                yield before.get(key) or after[key]

    def reach(self) -> set[str]:
        """Units of which this role may change something."""
        hows = [
            RIGHTS[name][self.role] for name in ("behalf", "not_this_person") if self.role in RIGHTS[name]
        ]
        return {
            *("M" if self.role in REPORTERS else ""),
            *(letter for how in hows for letter in REACHES[how]),
        }

    def may_change(self, table: str, row: Any, before: dict[str, dict[Any, Any]]) -> bool:
        if table in OF_NOBODY:
            return True
        if table == "note" and row["name"] == SECRET:
            return True  # the installation's own, made with the first receipt
        if table == "note" or (table == "contact" and row["audience"]):
            return self.role in ADMINISTRATORS
        whose = self.whose(table, row, before)
        return whose == "actor" or whose in self.reach()

    def whose(self, table: str, row: Any, before: dict[str, dict[Any, Any]]) -> str:
        """`actor`, or the letter of the unit that a row belongs to."""
        me, account = self.world.persons["actor"], self.world.contacts["actor"]
        own_paper = table == "submission" and (
            row["editor_id"] == account or row["unit_id"] not in self.world.units.values()
        )
        if own_paper and (row["period_id"] is None or row["source"]):
            return "actor"
        if (table in OF_WHO_ASKS and row["contact_id"] == account) or (
            table == "change" and row["person_id"] == me
        ):
            return "actor"
        if row.get("unit_id"):
            return "actor" if row.get("person_id") == me else self.letter(row["unit_id"])
        if row.get("submission_id"):
            paper = before["submission"].get((row["submission_id"],))
            return "actor" if paper is None else self.whose("submission", paper, before)
        person = row.get("person_id") or (row["id"] if table == "person" else None)
        contact = row.get("contact_id") or (row["id"] if table == "contact" else None)
        if person == me or contact == account:
            return "actor"
        names = {"contacts": contact, "persons": person, "units": row["id"] if table == "unit" else None}
        return next(
            (letter for name, number in names.items() if number for letter, held in getattr(self.world, name).items()
             if held == number), "?",
        )  # fmt: skip

    def letter(self, unit_id: int) -> str:
        return next((letter for letter, held in self.world.units.items() if held == unit_id), "?")

    def not_to_be_said(self) -> list[str]:
        """Words of drafts of others, and names that are not this role's to know: its own and the superior's are."""
        hidden = set() if self.role in ADMINISTRATORS else set(PARENTS) - {"M", "U"} - self.reach()
        asked = {"W"} if self.role in RIGHTS["answer_help"] else set()
        asked = set(PARENTS) if RIGHTS["answer_help"].get(self.role) == ALL else asked
        drafts = set(PARENTS) - self.taken - asked - ({"M"} if self.role in REPORTERS else set())
        return [
            *(self.world.secret(letter) for letter in drafts),
            *(f"{what} {letter * 3}" for letter in hidden for what in ("Công ty", "Trần Thị", "CĐCS")),
        ]


def walk(world: World, role: str, steps: int) -> None:
    chance = random.Random(f"{SEED} {role}")
    with rehearsal(world) as db:
        post(db, world, role)
        walker = Walker(world, db, role, chance)
        for _ in range(steps):
            walker.step()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reaches_what_is_not_theirs(world: World, role: str) -> None:
    walk(world, role, 100)


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_nobody_reaches_what_is_not_theirs_however_long_they_try(world: World, role: str) -> None:
    walk(world, role, 4000)


def test_an_account_of_nobody_walks_against_a_wall(world: World) -> None:
    """Neither a stranger nor somebody whose post has ended changes or learns anything."""
    with rehearsal(world) as db:
        post(db, world, "van_thu")
        mine = CONTACT.c.id == world.contacts["actor"]
        db.execute(CONTACT.update().where(mine).values(person_id=None, consented_at=None))
        walker = Walker(world, db, "van_thu", random.Random(f"{SEED} nobody"))
        before = walker.rows()
        for _ in range(60):
            walker.step()
        after = walker.rows()
        assert db.scalar(select(CONTACT.c.person_id).where(mine)) is None
        assert {name for name in before if before[name] != after[name]} <= {
            "contact",
            "joining_attempt",
            "counter",
        }
        assert len(list(db.scalars(select(SUBMISSION.c.id)))) == 12
