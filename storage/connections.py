"""Who has joined, on which channel, who was invited, who cannot be reached, who never answered (the board)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CTE, ColumnElement, Connection, Select, Subquery, and_, case, func, or_, select

from storage.database import table_of
from storage.invitations import ASSIGNMENT, CONTACT, INVITATION, PERSON, UNIT
from storage.models import Submission, SubmissionVersion
from storage.units import REPORTERS, called, valid

SUBMISSION = table_of(Submission)
VERSION = table_of(SubmissionVersion)

STATES = ("connected", "undecided", "invited", "uninvited", "unreachable")
"""Each person is in one: has an account that agreed; joined without agreeing; holds a code that opens; neither;
every account is blocked or gone."""
SILENT = "silent"
"""Those among the connected who write reports and have never begun or handed in any paper."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person, with all posts of the scope, under the unit of the first."""

    id: int
    name: str
    unit: str
    unit_code: str
    roles: tuple[str, ...]
    state: str
    silent: bool
    channels: tuple[str, ...]
    """Channels of the accounts that can be reached and have agreed."""
    invited_at: datetime | None
    expires_at: datetime | None
    later: bool
    """The unit's first report is still to come."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people are in which state (SILENT among them), and on which channel."""

    people: int
    states: dict[str, int]
    channels: dict[str, int]


def counts(db: Connection, units: Select[tuple[int]], now: datetime, on: date) -> Counts:
    """Everybody who holds a post in `units` on a day, counted once."""
    board = _board(units, now, on)
    rows = select(board.c.state, func.count().label("people"), func.sum(board.c.silent).label("silent"))
    found = list(db.execute(rows.group_by(board.c.state)))
    states = {row.state: row.people for row in found} | {SILENT: sum(row.silent for row in found)}
    held = _held(units, on).subquery()
    there = select(CONTACT.c.channel, func.count(CONTACT.c.person_id.distinct()).label("people")).where(
        CONTACT.c.person_id.in_(select(held.c.person_id)), _REACHED
    )
    channels = {row.channel: row.people for row in db.execute(there.group_by(CONTACT.c.channel))}
    return Counts(sum(row.people for row in found), states, channels)


def of(  # noqa: PLR0913 - the scope, and which part of it
    db: Connection,
    units: Select[tuple[int]],
    now: datetime,
    on: date,
    state: str = "",
    *,
    skip: int = 0,
    most: int | None = None,
) -> list[Person]:
    """Everybody who holds a post in `units` on a day, or those in a state, in the roster's order; one statement."""
    board = _board(units, now, on)
    rows = (
        select(board, PERSON.c.name, called("short_name", on).label("unit"), UNIT.c.code, UNIT.c.reports_from)
        .select_from(
            board.join(PERSON, PERSON.c.id == board.c.person_id)
            .join(ASSIGNMENT, ASSIGNMENT.c.id == board.c.first)
            .join(UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id)
        )
        .order_by(UNIT.c.code, board.c.first)
    )
    if state:
        rows = rows.where(board.c.silent == 1 if state == SILENT else board.c.state == state)
    return [
        Person(
            row.person_id, row.name, row.unit, row.code, tuple(sorted(_split(row.roles), reverse=True)),
            row.state, bool(row.silent),
            tuple(sorted(_split(row.channels))), row.invited_at, row.expires_at,
            row.reports_from is not None and row.reports_from > on,
        )
        for row in db.execute(rows.offset(skip).limit(most) if most else rows)
    ]  # fmt: skip


def _split(joined: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (joined or "").split(","))))


# ── the statement ───────────────────────────────────────────────────────────────────────────────────

_REACHED = and_(CONTACT.c.stopped_at.is_(None), CONTACT.c.consented_at.is_not(None), CONTACT.c.audience == "")


def _board(units: Select[tuple[int]], now: datetime, on: date) -> CTE:
    """One row a person: first post, roles, state, silent, channels, when invited."""
    held = _held(units, on).cte("held")
    accounts, codes = _accounts(held, units), _codes(held, now)
    state = case(
        (accounts.c.reached > 0, "connected"),
        (accounts.c.working > 0, "undecided"),
        (codes.c.expires_at.is_not(None), "invited"),
        (accounts.c.person_id.is_not(None), "unreachable"),
        else_="uninvited",
    )
    silent = and_(accounts.c.reached > 0, accounts.c.wrote == 0, held.c.reports == 1)
    return (
        select(
            held.c.person_id,
            held.c.first,
            held.c.roles,
            state.label("state"),
            case((silent, 1), else_=0).label("silent"),
            accounts.c.channels,
            codes.c.invited_at,
            codes.c.expires_at,
        )
        .select_from(
            held.outerjoin(accounts, accounts.c.person_id == held.c.person_id).outerjoin(
                codes, codes.c.person_id == held.c.person_id
            )
        )
        .cte("board")
    )


def _held(units: Select[tuple[int]], on: date) -> Select[tuple[int, int, str, int]]:
    return (
        select(
            ASSIGNMENT.c.person_id,
            func.min(ASSIGNMENT.c.id).label("first"),
            func.aggregate_strings(ASSIGNMENT.c.role, ",").label("roles"),
            func.max(case((ASSIGNMENT.c.role.in_(REPORTERS), 1), else_=0)).label("reports"),
        )
        .select_from(ASSIGNMENT.join(UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id))
        .where(UNIT.c.id.in_(units), valid(ASSIGNMENT, on), valid(UNIT, on))
        .group_by(ASSIGNMENT.c.person_id)
    )


def _accounts(held: CTE, units: Select[tuple[int]]) -> Subquery:
    return (
        select(
            CONTACT.c.person_id,
            func.sum(case((_REACHED, 1), else_=0)).label("reached"),
            func.sum(case((CONTACT.c.stopped_at.is_(None), 1), else_=0)).label("working"),
            func.aggregate_strings(case((_REACHED, CONTACT.c.channel)), ",").label("channels"),
            func.sum(case((_wrote(units), 1), else_=0)).label("wrote"),
        )
        .where(CONTACT.c.person_id.in_(select(held.c.person_id)), CONTACT.c.audience == "")
        .group_by(CONTACT.c.person_id)
        .subquery("accounts")
    )


def _wrote(units: Select[tuple[int]]) -> ColumnElement[bool]:
    """Whether an account has begun or handed in any paper of these units; each list is read once for all accounts."""
    theirs = SUBMISSION.c.unit_id.in_(units)
    begun = select(SUBMISSION.c.editor_id).where(theirs, SUBMISSION.c.editor_id.is_not(None))
    papers = select(SUBMISSION.c.id).where(theirs)
    sent = select(VERSION.c.contact_id).where(
        VERSION.c.submission_id.in_(papers), VERSION.c.contact_id.is_not(None)
    )
    return or_(CONTACT.c.id.in_(begun), CONTACT.c.id.in_(sent))


def _codes(held: CTE, now: datetime) -> Subquery:
    return (
        select(
            INVITATION.c.person_id,
            func.max(INVITATION.c.created_at).label("invited_at"),
            func.max(INVITATION.c.expires_at).label("expires_at"),
        )
        .where(
            INVITATION.c.person_id.in_(select(held.c.person_id)),
            INVITATION.c.used_at.is_(None),
            INVITATION.c.expires_at > now,
        )
        .group_by(INVITATION.c.person_id)
        .subquery("codes")
    )
