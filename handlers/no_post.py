"""Somebody whom the roster knows without a post today: it is still to begin, or has ended."""

from __future__ import annotations

from handlers import rights, showing, texts
from handlers.engine import spelling
from handlers.rights_texts import ROLE_NAMES
from handlers.talk import Talk
from storage import appointments
from storage.messages import Reply


def said(talk: Talk) -> Reply:
    """What is answered to whatever needs a post."""
    return Reply(begins(talk) or talk.words(texts.NO_UNIT))


def help_lines(talk: Talk) -> Reply:
    """GIUP of such a person: why most is closed, and what is open all the same."""
    lines = [line for command, line in texts.HELP_LINES.items() if command in rights.WITHOUT_POST]
    return Reply("\n".join([said(talk).text, talk.words(texts.HELP), *lines]))


def begins(talk: Talk) -> str:
    """The post that is to begin, and its first day; empty if there is none."""
    post = appointments.upcoming(talk.db, talk.sender.person_id or 0, talk.today)
    if post is None:
        return ""
    named = showing.post(ROLE_NAMES.get(post.role, post.role), post.unit_name)
    return talk.words(texts.POST_BEGINS, post=named, since=spelling.date(post.valid_from))


def unit(talk: Talk) -> int | None:
    """The unit of the post that is to begin, else of the one that ended last."""
    person = talk.sender.person_id or 0
    post = appointments.upcoming(talk.db, person, talk.today)
    return post.unit_id if post else appointments.last_unit(talk.db, person, talk.today)
