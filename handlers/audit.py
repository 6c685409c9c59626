"""Nhật ký: administrators read who changed what, page by page; petitions' words are never in it."""

from __future__ import annotations

from sqlalchemy import select

from handlers import audit_lines, audit_texts
from handlers.engine.commands import Command
from handlers.offering import offer
from handlers.talk import Talk, row_number
from storage import audit, coverage
from storage.audit import Entry
from storage.messages import MAX_TEXT, Choice, Reply
from storage.units import UNIT, called

PAGE = 10
COMMAND = "audit"


def start(talk: Talk, command: Command) -> list[Reply]:
    """The newest changes; of a unit and all below it by its code; a button goes on before an entry."""
    before, code = _asked(command.text)
    unit = talk.db.execute(
        select(UNIT.c.id, called("name", talk.today).label("name")).where(UNIT.c.code == code)
    ).one_or_none()
    if code and (unit is None or not talk.reaches(COMMAND, unit.id)):
        return [talk.say(audit_texts.NO_SUCH_UNIT, code=code)]
    below = None
    if unit is not None:
        tree = coverage.below(unit.id, talk.today)
        below = select(tree.c.id)
    found = audit.history(talk.db, units=below, before=before, most=PAGE + 1)
    scope = audit_texts.SCOPE.format(unit=unit.name) if unit is not None else ""
    return _page(talk, found, code, scope)


def _asked(text: str) -> tuple[int | None, str]:
    """(entry to go on before, code of a unit) of what was typed or stood on a button: `120`, `120.NB-HLU-01`."""
    first, dot, rest = text.partition(".")
    if dot or first.isdecimal():
        return row_number(first) or None, rest
    return None, text


def _page(talk: Talk, found: list[Entry], code: str, scope: str) -> list[Reply]:
    if not found:
        return [talk.say(audit_texts.NONE, scope=scope)]
    named = audit_lines.names(talk.db, found)
    shown: list[Entry] = []
    said = audit_texts.HEADING.format(scope=scope)
    for entry in found[:PAGE]:
        longer = f"{said}\n{audit_lines.line(entry, named)}"
        if shown and len(longer) > MAX_TEXT - 100:
            break
        said = longer
        shown.append(entry)
    if len(shown) == len(found):
        return [Reply(f"{said}\n{audit_texts.END}")]
    more = Choice(f"do:{COMMAND}:{shown[-1].id}.{code}", audit_texts.MORE)
    return [offer(talk, said, (more,))]
