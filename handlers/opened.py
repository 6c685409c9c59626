"""The report that somebody has opened in the list of own reports: what SUA, DOANVAN and BIENNHAN are about then."""

from __future__ import annotations

from handlers.engine.commands import Command
from handlers.talk import Talk, row_number
from storage.submissions import Draft


def below(talk: Talk) -> Draft | None:
    """The report that was shown last, if the message is typed right under it."""
    about = talk.left.about if talk.left is not None else {}
    return named(talk, Command("history", text=str(about.get("paper", ""))))


def named(talk: Talk, command: Command) -> Draft | None:
    """The report that a button names, if it is in and the sender writes the reports of its unit."""
    number = row_number(command.text)
    draft = talk.paper(number) if number else None
    mine = draft is not None and draft.version and draft.period_id and draft.unit_id in talk.units
    return draft if mine else None
