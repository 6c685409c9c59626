"""A change as people read it: when, who, from where, what, old and new value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from handlers import audit_texts, digest_texts, showing
from handlers.engine import spelling
from storage import calendar, units
from storage.audit import WRITTEN, Entry
from storage.calendar import TZ
from storage.contacts import CONTACT, PERSON
from storage.data_requests import REQUEST
from storage.submissions import PERIOD, SUBMISSION
from storage.units import ASSIGNMENT

PEOPLE = "people"
"""The value that holds numbers of people."""
LONGEST = 60
"""Characters of one value."""
NAMED = 5
"""So many people stand in a line by name."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the numbers in some entries are called: (table, row) → name, unit → its names, person → name."""

    rows: Mapping[tuple[str, int], str]
    units: Mapping[int, Sequence[tuple[date, str]]]
    people: Mapping[int, str]

    def row(self, entry: Entry) -> str:
        """What the entry is about; a unit as it was called on that day."""
        if entry.about == "unit":
            return self.unit(entry.row, entry)
        return self.rows.get((entry.about, entry.row or 0)) or ""

    def unit(self, unit_id: int | None, entry: Entry) -> str:
        """A unit as it was called on the day of the entry; empty if it is not known."""
        return units.named(self.units.get(unit_id or 0, ()), calendar.today(entry.at))


def names(db: Connection, entries: Iterable[Entry]) -> Named:
    """Look up what these entries are about."""
    listed = list(entries)
    by_table: dict[str, set[int]] = {}
    for entry in listed:
        if entry.row is not None:
            by_table.setdefault(entry.about, set()).add(entry.row)
    rows = {
        (about, row_id): name
        for about, numbers in by_table.items()
        if about in _NAMES
        for row_id, name in db.execute(_NAMES[about].where(_KEYS[about].in_(numbers))).all()
    }
    wanted = {entry.unit_id for entry in listed if entry.unit_id} | by_table.get("unit", set())
    wanted |= {
        held for entry in listed for key, held in [*entry.old.items(), *entry.new.items()]
        if key in audit_texts.UNITS and isinstance(held, int)
    }  # fmt: skip
    people = {person for entry in listed for person in entry.new.get(PEOPLE, ())}
    called = db.execute(select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(people))).all()
    return Named(rows, units.short_names(db, wanted), {row.id: row.name for row in called})


_NAMES: dict[str, Any] = {
    "person": select(PERSON.c.id, PERSON.c.name),
    "contact": select(CONTACT.c.id, PERSON.c.name).join_from(
        CONTACT, PERSON, PERSON.c.id == CONTACT.c.person_id
    ),
    "assignment": select(ASSIGNMENT.c.id, PERSON.c.name).join_from(
        ASSIGNMENT, PERSON, PERSON.c.id == ASSIGNMENT.c.person_id
    ),
    "data_request": select(REQUEST.c.id, PERSON.c.name).join_from(
        REQUEST, PERSON, PERSON.c.id == REQUEST.c.person_id
    ),
    "submission": select(SUBMISSION.c.id, SUBMISSION.c.code),
    "period": select(PERIOD.c.id, PERIOD.c.key),
}
_KEYS: dict[str, Any] = {
    "person": PERSON.c.id, "contact": CONTACT.c.id, "assignment": ASSIGNMENT.c.id,
    "data_request": REQUEST.c.id, "submission": SUBMISSION.c.id, "period": PERIOD.c.id,
}  # fmt: skip


def line(entry: Entry, named: Named) -> str:
    """One line in plain words."""
    reason = audit_texts.REASON.format(reason=showing.clip(entry.reason, LONGEST)) if entry.reason else ""
    changes = details(entry, named)
    return audit_texts.LINE.format(
        at=f"{entry.at.astimezone(TZ):%H:%M %d/%m/%Y}",
        who=who(entry),
        what=what(entry),
        subject=subject(entry, named),
        changes=f": {changes}" if changes else "",
        reason=reason,
    )


def who(entry: Entry) -> str:
    """Who did it, and from where."""
    nobody = {"job": audit_texts.PROGRAM, "command": audit_texts.OPERATOR}
    name = entry.name or nobody.get(entry.channel, audit_texts.SOMEBODY)
    where = audit_texts.CHANNELS.get(entry.channel, entry.channel) if entry.name else ""
    return f"{name} ({where})" if where else name


def what(entry: Entry) -> str:
    """What was done."""
    words = audit_texts.ACTS_ON.get((entry.act, entry.about)) or audit_texts.ACTS.get(entry.act)
    return words or audit_texts.OTHER_ACT.format(act=entry.act)


def subject(entry: Entry, named: Named) -> str:
    """To whom or what, and at which unit."""
    name = named.row(entry)
    if entry.about == "period" and name:
        found = audit_texts.PERIOD_NAMED.format(period=spelling.month(name))
    else:
        found = _subject_words(entry).format(name=name) if name and name != entry.name else ""
    unit = named.unit(entry.unit_id, entry)
    return found + (audit_texts.AT_UNIT.format(unit=unit) if unit and unit != name else "")


def _subject_words(entry: Entry) -> str:
    if entry.about not in audit_texts.PEOPLE:
        return audit_texts.NAMED
    if entry.act in audit_texts.ADDED_PERSON:
        return audit_texts.NAMED
    return audit_texts.TO_PERSON if entry.act in audit_texts.TO else audit_texts.OF_PERSON


def details(entry: Entry, named: Named | None = None) -> str:
    """Old and new value of each thing that changed; without names, people are counted and units left out."""
    called = named or Named({}, {}, {})
    old, new = (_read(held, lambda unit_id: called.unit(unit_id, entry)) for held in (entry.old, entry.new))
    if entry.new.get("old_id") == entry.new.get("new_id"):
        new = {key: held for key, held in new.items() if key not in ("old_id", "new_id")}
    told = [
        _people(key, new[key], called.people)
        if key == PEOPLE and key in new
        else _change(key, old.get(key), new[key])
        if key in new
        else audit_texts.HELD.format(field=_field(key), old=value(old[key]))
        for key in {**old, **new}
    ]
    return "; ".join(one for one in told if one)


def values(held: Mapping[str, Any], entry: Entry, named: Named) -> str:
    """The old or the new values of an entry alone, for a table that has a column for each."""
    read = _read(held, lambda unit_id: named.unit(unit_id, entry))
    return "; ".join(
        _people(key, one, named.people)
        if key == PEOPLE
        else audit_texts.ADDED.format(field=_field(key), new=value(one))
        for key, one in read.items()
    )


def _read(held: Mapping[str, Any], name: Callable[[int], str]) -> dict[str, Any]:
    """Values as people know them: units by name, and nothing that says only the number of a row."""
    return {
        key: name(one) if key in audit_texts.UNITS else one
        for key, one in held.items()
        if key not in audit_texts.HIDDEN and not (key in audit_texts.UNITS and not name(one))
    }


def _people(key: str, held: Iterable[int], people: Mapping[int, str]) -> str:
    numbers = list(held)
    named = ", ".join(people[one] for one in numbers if one in people)
    words = named if len(numbers) <= NAMED and named else audit_texts.SO_MANY.format(n=len(numbers))
    return audit_texts.ADDED.format(field=_field(key), new=words)


def _change(key: str, old: Any, new: Any) -> str:  # noqa: ANN401 - a value of JSON
    if old == new != WRITTEN or (old in (None, "") and new in (None, "")):
        return ""
    field = _field(key)
    if old is None and new == WRITTEN:
        return audit_texts.ADDED.format(field=field, new=audit_texts.WORDS_ADDED)
    if old in (None, "") or WRITTEN in (old, new):
        return audit_texts.ADDED.format(field=field, new=value(new))
    return audit_texts.CHANGED.format(field=field, old=value(old), new=value(new))


def _field(key: str) -> str:
    return audit_texts.FIELDS.get(key) or digest_texts.LABELS.get(key, key)


def value(held: Any) -> str:  # noqa: ANN401 - a value of JSON
    """A stored value as it is read."""
    if isinstance(held, (list, tuple)):
        return showing.clip(", ".join(value(one) for one in held), LONGEST)
    if isinstance(held, dict):
        return showing.clip("; ".join(f"{key}: {value(one)}" for key, one in held.items()), LONGEST)
    words = str(held)
    if held == WRITTEN:
        return audit_texts.WORDS_CHANGED
    if day := _day(words):
        return audit_texts.NOT_YET if day == date.max else spelling.date(day)
    if moment := _moment(words):
        return showing.moment(moment)
    known = {**digest_texts.CHOICES, **audit_texts.ROLES, **audit_texts.VALUES}
    return showing.clip(known.get(words, words), LONGEST)


def _moment(words: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words) if len(words) > 18 else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if len(words) == 10 else None
    except ValueError:
        return None
