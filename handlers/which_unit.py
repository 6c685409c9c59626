"""Who writes the reports of several units is asked once a report which one it is for; a choice holds until it is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers import opening_texts, questionnaires
from handlers.engine import spelling, vietnamese
from handlers.report_context import FORM
from handlers.step import progress
from handlers.talk import Talk
from storage import submissions
from storage.conversations import Errand
from storage.messages import Choice, Reply
from storage.models import Period
from storage.submissions import Draft
from storage.units import Post

ERRAND = "which_unit"
MOST = 20
"""Lines of a list: whoever has more units types a name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done for the unit that is chosen: `start`, `quiet` or `edit`, of which period."""

    act: str
    period: str
    number: int | None = None
    text: str = ""
    units: list[int] = field(default_factory=list)


def of(about: dict[str, Any]) -> Asked:
    """What an errand is about."""
    return Asked(**about)


Paper = tuple[Post, Draft | None]


def papers(talk: Talk, posts: Sequence[Post], period: Period) -> list[Paper]:
    """Each unit once, with its report of a period."""
    each = {post.unit_id: post for post in posts}
    return [(post, submissions.of_period(talk.db, post.unit_id, period.id)) for post in each.values()]


def waiting(found: Sequence[Paper]) -> list[Paper]:
    """Those whose report is not in."""
    return [one for one in found if one[1] is None or one[1].state not in submissions.COUNTED]


def chosen_before(talk: Talk, found: Sequence[Paper]) -> Paper | None:
    """The one that is being written on this account already."""
    open_ = {frame.submission for frame in talk.state.frames if frame.form == FORM}
    return next((one for one in found if one[1] is not None and one[1].id in open_), None)


def ask(talk: Talk, template: str, found: Sequence[Paper], asked: Asked) -> list[Reply]:
    """Which one; by number, by name or by a button."""
    shown = found[:MOST]
    lines = [
        opening_texts.LINE.format(n=n, unit=post.short_name, state=_state(talk, draft))
        for n, (post, draft) in enumerate(shown, 1)
    ]
    about = {"act": asked.act, "period": asked.period, "number": asked.number, "text": asked.text,
             "units": [post.unit_id for post, _ in found]}  # fmt: skip
    talk.state.errand = Errand(ERRAND, about)
    words = talk.words(template, n=len(found), period=spelling.month(asked.period), units="\n".join(lines))
    buttons = (Choice(f"do:which_unit:{post.unit_id}", post.short_name) for post, _ in shown)
    return [Reply(words, tuple(buttons))]


def _state(talk: Talk, draft: Draft | None) -> str:
    if draft is None:
        return opening_texts.NOT_BEGUN
    if draft.state in submissions.COUNTED:
        return opening_texts.SENT.format(code=draft.code)
    if draft.state == "returned":
        return opening_texts.RETURNED
    done, of_ = progress(questionnaires.session_of(talk.db, draft, talk.today))
    return opening_texts.BEGUN.format(done=done, of=of_)


def read(talk: Talk, asked: Asked) -> int | None:
    """The unit that the typed words mean; 0 for a number that is not in the list, None if they mean none."""
    typed = talk.incoming.text.strip().rstrip(".")
    if typed.isascii() and typed.isdecimal() and len(typed) < 4:
        return asked.units[int(typed) - 1] if 1 <= int(typed) <= len(asked.units) else 0
    wanted = vietnamese.fold(typed)
    names = {post.unit_id: f"{post.unit_code} {post.unit_name} {post.short_name}" for post in talk.posts}
    found = [
        unit for unit in asked.units if len(wanted) > 1 and wanted in vietnamese.fold(names.get(unit, ""))
    ]
    return found[0] if len(found) == 1 else None
