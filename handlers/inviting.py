"""Invitations: a one-time code for each person who is still to join, as slips to print or as words for a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, Select

from handlers import finding, inviting_texts, joining_texts, showing, texts
from handlers.engine import vietnamese
from handlers.engine.commands import Command
from handlers.rights import INVITERS
from handlers.rights_texts import ROLE_NAMES
from handlers.talk import Talk, row_number
from storage import audit, calendar, directory, invitations, tasks, units
from storage.audit import By
from storage.conversations import Errand
from storage.doors import Door
from storage.invitations import Awaited
from storage.messages import MAX_TEXT, Choice, Reply

ERRAND = "invite"
ROOM = MAX_TEXT - 100
"""UTF-16 units of a message to be forwarded: Zalo takes less than Telegram."""
HOW = ("sheet", "text")
AGAIN = "again"
"""Codes that still open end, too."""
NAMED = 3


@dataclass(frozen=True, slots=True)
class Invited:
    """One person and the code that was made for them; `link` is empty where there are no links."""

    person_id: int
    unit_code: str
    unit: str
    name: str
    role: str
    code: str
    link: str


# ── codes ───────────────────────────────────────────────────────────────────────────────────────────


def issue(db: Connection, by: By, awaited: Sequence[Awaited], door: Door, now: datetime) -> list[Invited]:
    """A new code for each of these people, whatever posts they have; their earlier codes end."""
    posts: dict[int, list[Awaited]] = {}
    for one in awaited:
        posts.setdefault(one.person_id, []).append(one)
    codes = invitations.issue_all(db, list(posts), now)
    if codes:
        audit.record(db, by, "invite", "person", None, at=now, new={"people": list(codes)})
    return [_invited(held, codes[person], door) for person, held in posts.items()]


def _invited(posts: Sequence[Awaited], code: str, door: Door) -> Invited:
    roles = ", ".join(dict.fromkeys(ROLE_NAMES.get(post.role, post.role) for post in posts))
    first = posts[0]
    link = door.with_code(code)
    return Invited(first.person_id, first.unit_code, first.unit_name, first.name, roles, code, link)


def until(now: datetime) -> str:
    """When codes that are made now expire, in words."""
    return showing.moment(now + invitations.LIFE)


# ── words for a group ───────────────────────────────────────────────────────────────────────────────


def where(door: Door) -> str:
    """Where one joins, as the end of a phrase; empty if that is not known."""
    platform = joining_texts.PLATFORMS.get(door.channel, "")
    return inviting_texts.ON.format(platform=platform) if platform else ""


def how(door: Door) -> str:
    """What to do without a link."""
    template = inviting_texts.LOOK_FOR if door.name else inviting_texts.OPEN
    return template.format(name=door.name, where=where(door))


def group_words(invited: Sequence[Invited], door: Door, now: datetime) -> list[str]:
    """Paragraphs to be pasted into a chat: the head, one for each unit, the end."""
    links = any(one.link for one in invited)
    head = inviting_texts.GROUP_HEAD if links else inviting_texts.GROUP_HEAD_CODES
    person = inviting_texts.GROUP_PERSON if links else inviting_texts.GROUP_PERSON_CODE
    paragraphs = [head.format(where=where(door), how=how(door))]
    for unit, people in groupby(invited, key=lambda one: one.unit):
        lines = [person.format(name=p.name, role=p.role, link=p.link, code=p.code) for p in people]
        paragraphs.append("\n".join([unit, *lines]))
    return [*paragraphs, inviting_texts.GROUP_END.format(until=until(now))]


def to_one(one: Invited, door: Door, now: datetime) -> str:
    """Words to be forwarded to one person alone."""
    template = inviting_texts.ONE_WITH_LINK if one.link else inviting_texts.ONE_WITH_CODE
    post = showing.post(one.role, one.unit)
    values = {"name": one.name, "post": post, "link": one.link, "code": one.code}
    return texts.say(template, "", one.name, **values, where=where(door), how=how(door), until=until(now))


def messages(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs as few messages; one that is too long itself is cut between its lines."""
    made: list[str] = []
    for paragraph in paragraphs:
        between = "\n\n"
        for line in paragraph.split("\n"):
            joined = f"{made[-1]}{between}{line}" if made else line
            if made and _units(joined) > ROOM:
                made.append(line)
            elif made:
                made[-1] = joined
            else:
                made = [line]
            between = "\n"
    return made


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


# ── in chat ─────────────────────────────────────────────────────────────────────────────────────────


def awaited(db: Connection, mine: Select[tuple[int]], unit_id: int, now: datetime) -> list[Awaited]:
    """Who holds a post in one of the caller's units, at or below a unit (0: all), and has no account that works.

    In units that take part; the unit that is named does.
    """
    return taking_part(db, _unconnected(db, mine, unit_id, now), units.code_of(db, unit_id))


def _unconnected(db: Connection, mine: Select[tuple[int]], unit_id: int, now: datetime) -> list[Awaited]:
    today = calendar.today(now)
    within = directory.under(mine, unit_id, today)
    return invitations.people_without_account(db, "", today, units=within, mine=mine, roles=tuple(INVITERS))


def taking_part(db: Connection, people: Sequence[Awaited], named: str = "") -> list[Awaited]:
    """Posts in units that take part ("chưa" in the roster: not yet); the unit that is named by its code does."""
    later = units.not_yet(db) - {named}
    return [one for one in people if one.unit_code not in later]


def fewer(before: Sequence[Awaited], after: Sequence[Awaited]) -> int:
    """How many people have been left out."""
    return len({one.person_id for one in before} - {one.person_id for one in after})


def without_code(
    db: Connection, people: Sequence[Awaited], now: datetime, before: datetime | None = None
) -> list[Awaited]:
    """Those who hold no code that still opens, so that nobody's slip ends unasked; `before`: made before then."""
    held = invitations.holders(db, now, before)
    return [one for one in people if one.person_id not in held]


def everybody(
    db: Connection, mine: Select[tuple[int]], people: Sequence[int], now: datetime
) -> list[Awaited]:
    """Those of these people who hold a post in one of the caller's units, whether or not they have an account."""
    held = invitations.people_without_account(
        db, "", calendar.today(now), all_=True, units=mine, mine=mine, roles=tuple(INVITERS)
    )
    wanted = set(people)
    return [one for one in held if one.person_id in wanted]


def offer(talk: Talk, command: Command) -> list[Reply]:
    """MOI, "mời NB-HLU-01": how many would be invited, and how; or one of the two buttons."""
    way, unit, again = (*command.text.split("."), "", "")[:3]
    if talk.incoming.choice and way in HOW:
        return _make(talk, way, row_number(unit), again=again == AGAIN)
    if talk.incoming.choice and way == AGAIN:
        return _offer(talk, row_number(unit), again=True)
    if talk.incoming.choice or not command.text:
        return _offer(talk, 0)
    return _for_words(talk, command.text)


def _for_words(talk: Talk, typed: str) -> list[Reply]:
    found = finding.units(talk, "invite", typed)
    if len(found) == 1:
        return _offer(talk, found[0].id)
    if found:
        talk.state.errand = Errand(ERRAND, {"units": [one.id for one in found[: finding.MOST]]})
    return [finding.unclear(talk, found, typed)]


def hear(talk: Talk, errand: Errand) -> list[Reply] | None:
    """What was typed after an offer: 1, 2, or the unit that is meant; None if it is something else."""
    typed = talk.incoming.text
    if "units" in errand.about:
        unit = finding.number(typed, errand.about["units"])
        if unit:
            return _offer(talk, unit)
        return _for_words(talk, typed) if finding.units(talk, "invite", typed) else None
    said = vietnamese.fold(typed).strip(" .")
    again = errand.about["again"]
    if errand.about["kept"] and (said == "3" or said.startswith("cap lai")):
        return _offer(talk, errand.about["unit"], again=True)
    words = {
        "1": "sheet",
        "2": "text",
        "phieu": "sheet",
        "phieu moi": "sheet",
        "tin nhan": "text",
        "zalo": "text",
    }
    return _make(talk, words[said], errand.about["unit"], again=again) if said in words else None


def _offer(talk: Talk, unit_id: int, *, again: bool = False) -> list[Reply]:
    """Whoever holds a code that opens is left out, unless nobody else is left or it is wished."""
    people = awaited(talk.db, talk.reach("invite"), unit_id, talk.now)
    later = fewer(_unconnected(talk.db, talk.reach("invite"), unit_id, talk.now), people)
    if not people:
        nobody = inviting_texts.ONLY_LATER if later else inviting_texts.EVERYBODY_IN
        return [talk.say(nobody, scope=_scope(talk, unit_id), later=later)]
    rest = without_code(talk.db, people, talk.now)
    kept = {one.person_id: one.name for one in people if one not in rest}
    again = bool(kept) and (again or not rest)
    talk.state.errand = Errand(ERRAND, {"unit": unit_id, "again": again, "kept": bool(kept) and not again})
    invited = people if again else rest
    template = (
        inviting_texts.OFFER_AGAIN if again else inviting_texts.OFFER_REST if kept else inviting_texts.OFFER
    )
    said = talk.say(
        template,
        people=len({one.person_id for one in invited}),
        units=len({one.unit_code for one in invited}),
        scope=_scope(talk, unit_id),
        kept=len(kept),
        names=_names(talk, list(kept.values())),
        later=talk.words(inviting_texts.LATER, later=later) if later else "",
    )
    return [said.with_choices(*_ways(unit_id, again=again, more=bool(kept) and not again))]


def _names(talk: Talk, names: Sequence[str]) -> str:
    first = ", ".join(names[:NAMED])
    return (
        talk.words(inviting_texts.AND_OTHERS, names=first, n=len(names) - NAMED)
        if len(names) > NAMED
        else first
    )


def _ways(unit_id: int, *, again: bool, more: bool) -> list[Choice]:
    end = f"{unit_id}.{AGAIN}" if again else f"{unit_id}"
    labels = (inviting_texts.SHEET, inviting_texts.TEXT)
    ways = [Choice(f"do:invite:{way}.{end}", label) for way, label in zip(HOW, labels, strict=True)]
    return [*ways, Choice(f"do:invite:{AGAIN}.{unit_id}", inviting_texts.AGAIN)] if more else ways


def _scope(talk: Talk, unit_id: int) -> str:
    name = units.name_on(talk.db, unit_id, talk.today) if unit_id and talk.reaches("invite", unit_id) else ""
    return inviting_texts.OF_UNIT.format(unit=name) if name else ""


def _make(talk: Talk, way: str, unit_id: int, *, again: bool) -> list[Reply]:
    people = awaited(talk.db, talk.reach("invite"), unit_id, talk.now)
    invited = people if again else without_code(talk.db, people, talk.now)
    if not invited:
        return _offer(talk, unit_id)
    body = {"way": way, "unit": unit_id, AGAIN: again, "at": talk.now.isoformat()}
    tasks.put(talk.db, invitations.TASK, talk.sender, talk.now, body)
    number = len({one.person_id for one in invited})
    return [talk.say(inviting_texts.MAKING, what=inviting_texts.WHAT[way], people=number)]
