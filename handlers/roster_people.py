"""Rows of people against what the database holds: who is meant, and which posts begin, change or end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from handlers import roster_texts as texts
from handlers.engine.spelling import date as day
from handlers.engine.vietnamese import fold, shape
from handlers.roster_layout import PEOPLE, Row
from handlers.roster_plan import Plan
from storage.roster import HeldPerson, HeldPost
from storage.units import REPORTERS

PLACES = {
    **dict.fromkeys((*REPORTERS, "to_ho_tro", "hoi_dong_sk", "doan_vien"), ("cdcs", "nghiep_doan")),
    **dict.fromkeys(("chuyen_vien_ttcs", "lanh_dao_ttcs"), ("cap_tren",)),
    **dict.fromkeys(("ban_csplqhld", "ban_tuyen_giao", "thuong_truc", "van_thu", "quan_tri"), ("tinh",)),
}
"""Role → kinds of units in which it means anything: a slip must not make a stranger an administrator."""
ALIKE = 0.85
"""Two spellings of one name under the same number, at least that similar, are one person's."""


@dataclass(slots=True)
class _Person:
    """Somebody of the file: rows that mean the same person, who is perhaps held already."""

    key: str
    rows: list[Row]
    held: HeldPerson | None = None

    def last(self, column: str) -> Any:  # noqa: ANN401 - text or flag
        """What the last row says that says anything."""
        return next((row.get(column) for row in reversed(self.rows) if row.get(column) is not None), None)


@dataclass(slots=True)
class _Index:
    """What is looked up while people are told apart."""

    by_number: dict[str, list[HeldPerson]] = field(default_factory=lambda: defaultdict(list))
    by_place: dict[tuple[str, str], dict[int, HeldPerson]] = field(default_factory=lambda: defaultdict(dict))
    posts: dict[tuple[int, str, str], list[HeldPost]] = field(default_factory=lambda: defaultdict(list))
    erased: dict[tuple[str, str], date] = field(default_factory=dict)
    """Unit and role of somebody who was erased → the last day."""


def compare(plan: Plan, rows: list[Row]) -> None:
    """Plan what the rows of people change."""
    index = _index(plan)
    whole = [row for row in rows if _complete(plan, row)]
    people = _people(plan, index, whole)
    for person in people:
        _person(plan, person)
    _check_shared(plan, people)
    named: set[int] = set()
    for person in people:
        named |= _posts(plan, index, person)
    plan.kept = sum(_holds(post, plan.today) and post.id not in named for post in plan.standing.posts)


def _index(plan: Plan) -> _Index:
    index = _Index()
    people = plan.standing.people
    for person in people.values():
        for number in person.numbers:
            index.by_number[number].append(person)
    for post in plan.standing.posts:
        if post.person_id in people:
            person = people[post.person_id]
            index.by_place[post.unit, _same(person.name)][person.id] = person
        elif post.valid_to is not None:
            index.erased[post.unit, post.role] = post.valid_to
        index.posts[post.person_id, post.unit, post.role].append(post)
    return index


def _complete(plan: Plan, row: Row) -> bool:
    """Whether a row says who and where; what is missing is noted."""
    for key in plan.sheets[PEOPLE].needed:
        if not row.says(key):
            plan.missing(row, key)
    unit, role = row.get("unit"), row.get("role")
    if unit is not None:
        kind = plan.kind(unit)
        if kind is None:
            plan.wrong(row, "unit", texts.NO_UNIT.format(code=unit))
        elif role and kind and kind not in PLACES[role]:
            words = texts.WRONG_PLACE.format(role=texts.ROLES[role], kind=texts.KINDS[kind])
            plan.wrong(row, "role", words)
        return kind is not None and None not in (row.get("name"), role)
    return False


# ── who is meant ────────────────────────────────────────────────────────────────────────────────────


def _people(plan: Plan, index: _Index, rows: list[Row]) -> list[_Person]:
    """People of the file: first by number, then those without one by name and unit."""
    by_number: dict[str, list[_Person]] = defaultdict(list)
    by_place: dict[tuple[str, str], list[_Person]] = defaultdict(list)
    people: list[_Person] = []
    for row in sorted(rows, key=lambda row: row.get("phone") is None):
        numbers = _numbers(row.get("phone"))
        there = by_place[_place(row)]
        found = _of_number(plan, by_number, row) if numbers else next(iter(there), None)
        if not numbers and len(there) > 1:
            words = texts.SAME_NAME.format(code=row.get("unit"), name=row.get("name"))
            plan.wrong(row, "phone", words)
            continue
        if found is None:
            found = _Person(f"{row.number}/{_same(row.get('name'))}", [])
            people.append(found)
        found.rows.append(row)
        for number in numbers:
            by_number[number].append(found)
        if found not in there:
            there.append(found)
    return _find_held(plan, index, people)


def _of_number(plan: Plan, by_number: dict[str, list[_Person]], row: Row) -> _Person | None:
    """Somebody of the file with this number and this name; a name that is nearly the same is a slip of somebody."""
    others = [one for number in _numbers(row.get("phone")) for one in by_number[number]]
    for other in others:
        if _same(other.rows[0].get("name")) == _same(row.get("name")):
            return other
    for other in others:
        name = other.rows[0].get("name")
        if _alike(name, row.get("name")):
            phone = "; ".join(map(national, _numbers(row.get("phone"))))
            words = texts.TWO_NAMES.format(phone=phone, row=other.rows[0].number, other=name)
            plan.wrong(row, "name", words)
            return other
    return None


def _find_held(plan: Plan, index: _Index, people: list[_Person]) -> list[_Person]:
    """Say who of the file is who of the database; rows that mean the same person there become one here."""
    claimed: dict[int, _Person] = {}
    for person in people:
        phone = person.last("phone")
        found = _by_number(index, phone, person.rows[0].get("name")) if phone else None
        if found and found.id not in claimed:
            person.held = found
            claimed[found.id] = person
    kept = []
    for person in people:
        found = person.held or _by_place(plan, index, person, claimed)
        other = claimed.setdefault(found.id, person) if found else person
        person.held = found
        if other is person:
            kept.append(person)
        else:
            other.rows += person.rows
    return kept


def _by_number(index: _Index, phone: str, name: str) -> HeldPerson | None:
    """Who holds one of these numbers under this name, or nearly."""
    there = {one.id: one for number in _numbers(phone) for one in index.by_number.get(number, ())}
    exact = [one for one in there.values() if _same(one.name) == _same(name)]
    near = [one for one in there.values() if _alike(one.name, name)]
    return next(iter(exact or near), None)


def _by_place(
    plan: Plan, index: _Index, person: _Person, claimed: Mapping[int, _Person]
) -> HeldPerson | None:
    """Somebody of that name in one of the units; with a number of their own, nobody that the file knows by another."""
    there = {one.id: one for row in person.rows for one in index.by_place.get(_place(row), {}).values()}
    free = [one for one in there.values() if one.id not in claimed or not person.last("phone")]
    if len(free) > 1:
        row = person.rows[0]
        plan.wrong(row, "phone", texts.SAME_NAME.format(code=row.get("unit"), name=row.get("name")))
        return None
    return free[0] if free else None


def _place(row: Row) -> tuple[str, str]:
    return row.get("unit"), _same(row.get("name"))


def _same(name: str) -> str:
    """A name as it is compared: marks matter; case, and where a tone stands (Hoà, Hòa), do not."""
    return " ".join(map(shape, name.split()))


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= ALIKE


def _numbers(phone: str | None) -> list[str]:
    return phone.split("; ") if phone else []


def national(number: str) -> str:
    """+84912345678 as people write it: 0912 345 678."""
    if not number.startswith("+84"):
        return number
    digits = "0" + number.removeprefix("+84")
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


def _check_shared(plan: Plan, people: list[_Person]) -> None:
    """A number that two people have is no proof of either."""
    owners: dict[str, dict[str, str]] = defaultdict(dict)
    for held in plan.standing.people.values():
        for number in held.numbers:
            owners[number][f"#{held.id}"] = held.name
    for person in people:
        for number in _numbers(person.last("phone")):
            others = {key: name for key, name in owners[number].items() if key != person.key}
            name = person.rows[0].get("name")
            if others:
                other = next(iter(others.values()))
                words = texts.SHARED_PHONE.format(phone=national(number), name=name, other=other)
                plan.warn(person.rows[0], "phone", words)
            owners[number][person.key] = name


# ── what changes ────────────────────────────────────────────────────────────────────────────────────


def _person(plan: Plan, person: _Person) -> None:
    """The person's own row; from here on `key` names who is held already."""
    row = person.rows[0]
    said = {"name": row.get("name"), "full_time": person.last("full_time"), "phone": person.last("phone")}
    if person.held is None:
        new = {"name": said["name"], "full_time": bool(said["full_time"]), "phone": said["phone"] or ""}
        plan.will("add_person", row, person=person.key, new=new)
        return
    person.key = f"#{person.held.id}"
    old = {"name": person.held.name, "full_time": person.held.full_time, "phone": person.held.phone}
    new = {name: value for name, value in said.items() if value is not None and value != old[name]}
    if "phone" in new and frozenset(new["phone"].split("; ")) == person.held.numbers:
        del new["phone"]  # only written in another way
    if new:
        was = {name: old[name] for name in new}
        plan.will("amend_person", row, person=person.key, id=person.held.id, old=was, new=new)


def _posts(plan: Plan, index: _Index, person: _Person) -> set[int]:
    """Plan the posts of one person; ids of those that the file names."""
    named: set[int] = set()
    seen: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(person.rows, key=lambda row: row.get("from") or date.min):
        key = (row.get("unit"), row.get("role"))
        if twin := next((other for other in seen[key] if _overlap(other, row)), None):
            plan.wrong(row, "role", texts.SAME_POST.format(row=twin.number))
            continue
        seen[key].append(row)
        held = index.posts.get((person.held.id, *key), []) if person.held else []
        post = _meant(row, [one for one in held if one.id not in named], plan.today)
        if post is None:
            if person.held is None:
                _note_erased(plan, index, row)
            _begin(plan, person, row)
        else:
            named.add(post.id)
            _amend(plan, person, row, post)
    return named


def _note_erased(plan: Plan, index: _Index, row: Row) -> None:
    """Whoever was erased is not known by name any more: an old file must not bring them back unnoticed."""
    left = index.erased.get((row.get("unit"), row.get("role")))
    if left is not None and (row.get("from") or date.min) <= left:
        plan.warn(row, "name", texts.WAS_ERASED.format(name=row.get("name"), code=row.get("unit")))


def _overlap(earlier: Row, later: Row) -> bool:
    to, start = earlier.get("to"), later.get("from")
    return to is None or start is None or start <= to


def _meant(row: Row, held: list[HeldPost], today: date) -> HeldPost | None:
    """The post that a row speaks of: the one of that day, else the one held now, else (without a day) the last one."""
    start, to = row.get("from"), row.get("to")
    for post in held:
        if post.valid_from == start or (start is None and to is not None and post.valid_to == to):
            return post
    for post in held:
        if _holds(post, today) and (start is None or post.valid_to is None or start <= post.valid_to):
            return post
    return held[-1] if held and start is None else None


def _holds(post: HeldPost, today: date) -> bool:
    """Whether a post is held now or will be."""
    return post.valid_to is None or post.valid_to >= today


def _begin(plan: Plan, person: _Person, row: Row) -> None:
    code, name = row.get("unit"), row.get("name")
    held = plan.standing.units.get(code)
    starts = held.valid_from if held else plan.starts.get(code, plan.today)
    if code in plan.ends:
        plan.wrong(row, "unit", texts.UNIT_ENDED.format(code=code, on=day(plan.ends[code])))
        return
    start, to = row.get("from"), row.get("to")
    if start is None and to is not None:
        plan.wrong(row, "to", texts.END_OF_NOTHING.format(name=name, code=code))
        return
    if start is not None and start < starts:
        plan.wrong(row, "from", texts.BEFORE_UNIT.format(code=code, on=day(starts)))
    start = start or max(plan.today.replace(day=1), starts)
    _check_order(plan, row, start, to)
    values = {"role": row.get("role"), "title": row.get("title") or "", "to": to}
    plan.will("add_post", row, unit=code, person=person.key, new=values, on=start, old={"name": name})


def _amend(plan: Plan, person: _Person, row: Row, post: HeldPost) -> None:
    stopped = post.valid_to is not None and post.valid_to < plan.today
    wanted = {"title": row.get("title"), "valid_from": row.get("from"), "valid_to": row.get("to")}
    new = {name: v for name, v in wanted.items() if v is not None and v != getattr(post, name)}
    if stopped and row.get("to") is None:
        unit = plan.standing.units[post.unit]
        if unit.valid_to is None:
            on = day(post.valid_to or plan.today)
            words = texts.HAS_STOPPED.format(name=row.get("name"), code=post.unit, on=on)
            plan.warn(row, "to", words)
        return
    if not new:
        return
    if "valid_from" in new and new["valid_from"] < (starts := plan.standing.units[post.unit].valid_from):
        plan.wrong(row, "from", texts.BEFORE_UNIT.format(code=post.unit, on=day(starts)))
    _check_order(plan, row, new.get("valid_from", post.valid_from), new.get("valid_to", post.valid_to))
    old = {name: getattr(post, name) for name in new} | {"role": post.role}
    plan.will("amend_post", row, unit=post.unit, person=person.key, id=post.id, old=old, new=new)


def _check_order(plan: Plan, row: Row, start: date, to: date | None) -> None:
    if to is not None and to < start:
        words = texts.BACKWARDS.format(to=day(to), start=day(start))
        plan.wrong(row, "to" if row.says("to") else "from", words)
