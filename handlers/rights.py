"""Which role may do what, and for which units: one table, from which queries, tests and the docs are made (DOMAIN 3).

A right comes only through an assignment that is valid today (promise 9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, Select, false, select, union

from storage import coverage, units
from storage.units import UNIT, Post

OWN, BELOW, UNDER, ALL = "own", "below", "under", "all"
"""For the holder's own unit; for that and everything under it; for what is under it alone; for the whole province."""

REPORTERS = dict.fromkeys(units.REPORTERS, OWN)
SUPERIORS = {"chuyen_vien_ttcs": BELOW, "lanh_dao_ttcs": BELOW, "ban_csplqhld": ALL}
ABOVE = {"chuyen_vien_ttcs": UNDER, "lanh_dao_ttcs": UNDER, "ban_csplqhld": ALL}
"""Superiors where it is about persons: not about each other."""
ADMINISTRATORS = {"quan_tri": ALL, "ban_csplqhld": ALL}
INVITERS = {**SUPERIORS, **ADMINISTRATORS}
APPOINTERS = {"chu_tich_cdcs": OWN, **INVITERS}
"""Who hands posts over and names deputies; which posts of a unit, says handlers/appointing.py."""
EVERYBODY = dict.fromkeys(
    (
        "bao_cao_vien", "chu_tich_cdcs", "doan_vien", "to_ho_tro", "hoi_dong_sk", "chuyen_vien_ttcs",
        "lanh_dao_ttcs", "ban_csplqhld", "ban_tuyen_giao", "thuong_truc", "van_thu", "quan_tri",
    ),
    OWN,
)  # fmt: skip
"""All roles: for oneself.  An idea, too: every officer is a member and may be an author."""

RIGHTS: dict[str, Mapping[str, str]] = {
    "start": REPORTERS,
    "greet": EVERYBODY,
    "submit": REPORTERS,
    "quiet": REPORTERS,
    "resume": EVERYBODY,
    "edit": REPORTERS,
    "review": REPORTERS,
    "paragraph": REPORTERS,
    "history": REPORTERS,
    "receipt": REPORTERS,
    "verify": {**REPORTERS, **SUPERIORS},
    "idea": EVERYBODY,
    "later": REPORTERS,
    "remind": REPORTERS,
    "stop_reminders": REPORTERS,
    "leave": REPORTERS,
    "help": EVERYBODY,
    "human": EVERYBODY,
    "agree": EVERYBODY,
    "disagree": EVERYBODY,
    "withdraw": EVERYBODY,
    "stay": EVERYBODY,
    "consent_text": EVERYBODY,
    "address_form": EVERYBODY,
    "change_unit": REPORTERS,
    "which_unit": REPORTERS,
    "invite": {**ABOVE, **ADMINISTRATORS},
    "connections": INVITERS,
    "hand_over": APPOINTERS,
    "deputy": APPOINTERS,
    "end_deputy": APPOINTERS,
    "appoint": APPOINTERS,
    "not_this_person": {**ABOVE, "quan_tri": ALL},
    "behalf": SUPERIORS,
    "group_yes": ADMINISTRATORS,
    "group_no": ADMINISTRATORS,
    "help_more": EVERYBODY,
    "help_clear": EVERYBODY,
    "answer_help": SUPERIORS,
    "send_answer": SUPERIORS,
    "questions": SUPERIORS,
    "pause": ADMINISTRATORS,
    "pause_yes": ADMINISTRATORS,
    "pause_no": ADMINISTRATORS,
    "unpause": ADMINISTRATORS,
    "privacy": EVERYBODY,
    "data_requests": ADMINISTRATORS,
    "audit": ADMINISTRATORS,
    "roster": ADMINISTRATORS,
    "roster_apply": ADMINISTRATORS,
}
"""Command → role → how far."""
WITHOUT_POST = ("privacy", "withdraw", "stay", "human", "help_more", "help_clear")
"""The own data, and a question to a person, are open to everybody whom we know, without a post too (DOMAIN 10)."""


def allowed(posts: Sequence[Post], command: str) -> bool:
    """Whether any of these posts opens a command."""
    roles = RIGHTS.get(command, {})
    return command in WITHOUT_POST or any(post.role in roles for post in posts)


def reach(posts: Sequence[Post], command: str, on: date) -> Select[tuple[int]]:
    """Ids of the units for which these posts open a command on a day, as a query: `unit_id.in_(reach(…))`."""
    roles = RIGHTS.get(command, {})
    held = [(roles[post.role], post.unit_id) for post in posts if post.role in roles]
    if any(how == ALL for how, _ in held):
        return select(UNIT.c.id)
    own = [unit_id for how, unit_id in held if how == OWN]
    parts = [select(UNIT.c.id).where(UNIT.c.id.in_(own))] if own else []
    for number, (how, top) in enumerate(sorted({(how, top) for how, top in held if how != OWN})):
        tree = coverage.below(top, on, name=f"below_{number}")
        parts.append(select(tree.c.id) if how == BELOW else select(tree.c.id).where(tree.c.id != top))
    if not parts:
        return select(UNIT.c.id).where(false())
    return parts[0] if len(parts) == 1 else select(union(*parts).subquery().c.id)


def reaches(db: Connection, posts: Sequence[Post], command: str, unit_id: int, on: date) -> bool:
    """Whether these posts open a command for a unit on a day."""
    return (
        db.scalar(select(UNIT.c.id).where(UNIT.c.id == unit_id, UNIT.c.id.in_(reach(posts, command, on))))
        is not None
    )
