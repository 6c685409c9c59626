"""KIEMTRA: what is stored under the code of a receipt, and whether the receipt still says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection

from handlers import afterwards_texts as said
from handlers import behalf_notice, comparing, questionnaires, receipt, unusual
from handlers import report_words as words
from handlers.engine import commands, spelling
from handlers.engine.commands import Command
from handlers.showing import moment
from handlers.talk import Talk
from storage import answers, calendar, history, initiatives
from storage.conversations import Errand
from storage.history import Version
from storage.messages import Reply
from storage.submissions import Draft, Units

ERRAND = "verify"
_SIGNS = re.compile("[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of a code, and whether all that was asked about it is right."""

    text: str
    right: bool


def start(talk: Talk, command: Command) -> list[Reply]:
    """Say what is stored under a code; without one, ask for it."""
    code, _, check = command.text.partition(" ")
    if not code:
        talk.state.errand = Errand(ERRAND)
        return [talk.say(said.WHICH_CODE)]
    found = find(talk.db, code, check, talk.reach("verify"))
    if found is None:
        return [talk.say(said.NO_SUCH_CODE, code=code[:20])]
    return [Reply(found.text)]


def hear(talk: Talk, _: Errand) -> list[Reply] | None:
    """The code alone, after it was asked for; None if it is none."""
    command = commands.parse(f"kiểm tra {talk.incoming.text}")
    return start(talk, command) if command is not None and command.name == "verify" and command.text else None


def find(db: Connection, code: str, check: str = "", within: Units | None = None) -> Finding | None:
    """What is stored under a code in these units, everywhere if None; None if there is nothing."""
    if code.startswith("SK"):
        return _idea(db, code, within)
    draft = history.by_code(db, code, within)
    return _report(db, draft, check) if draft is not None and draft.version else None


def _idea(db: Connection, code: str, within: Units | None) -> Finding | None:
    """That it is there and how far it has come; its words are the author's until it is recognised (DOMAIN 5.2)."""
    row = initiatives.by_code(db, code, within)
    if row is None:
        return None
    state = said.IDEA_STATES.get(row.state, said.IDEA_ON_THE_WAY)
    at = spelling.date(calendar.today(row.created_at))
    return Finding(said.IDEA_VERIFIED.format(code=code, unit=row.unit_name, at=at, state=state), right=True)


def _report(db: Connection, draft: Draft, check: str) -> Finding:
    versions = history.versions(db, draft.id)
    latest = versions[-1]
    verdict, matched = _verdict(db, draft, versions, check)
    session = questionnaires.session_of(db, draft, calendar.today(latest.submitted_at), latest.number)
    head = said.VERIFIED.format(code=draft.code, **words.named(draft))
    state = said.VERIFIED_STATE.format(
        version=receipt.version_words(latest.number),
        at=moment(latest.submitted_at),
        state=said.STATES.get(draft.state, said.STATES["submitted"]),
    )
    first = said.VERIFIED_BEFORE.format(at=moment(versions[0].submitted_at)) if len(versions) > 1 else ""
    changed = _changed(db, draft, matched, latest) if matched is not None and matched != latest else []
    parts = [
        head, f"{state} {first}".strip(), verdict, *changed, said.FIGURES, behalf_notice.figures(session),
        words.rest(session), *unusual.confirmed(db, draft, session, latest.number),
    ]  # fmt: skip
    return Finding("\n".join(part for part in parts if part), right=not check or matched == latest)


def _verdict(db: Connection, draft: Draft, versions: list[Version], check: str) -> tuple[str, Version | None]:
    """What is said of a check code, and the version that it belongs to."""
    typed = plain(check)
    if not typed:
        return "", None
    shown = f"{typed[:4]}-{typed[4:]}"
    matched = next((one for one in versions if plain(receipt.check_of(db, draft, one)) == typed), None)
    kind = "wrong" if matched is None else "same" if matched == versions[-1] else "earlier"
    earlier, latest = matched or versions[-1], versions[-1]
    return said.CHECK_IS[kind].format(
        check=shown,
        version=_inside(earlier),
        at=moment(earlier.submitted_at),
        latest=_inside(latest),
        latest_at=moment(latest.submitted_at),
    ), matched


def _inside(version: Version) -> str:
    words_ = receipt.version_words(version.number)
    return words_[0].lower() + words_[1:]


def plain(check: str) -> str:
    """A check code as it is compared: capitals without a hyphen."""
    return _SIGNS.sub("", check.upper())


def _changed(db: Connection, draft: Draft, old: Version, new: Version) -> list[str]:
    session = questionnaires.session_of(db, draft, calendar.today(new.submitted_at), new.number)
    before, now = (
        {name: row.value for name, row in answers.results(db, draft.id, one.number).items()}
        for one in (old, new)
    )
    lines = comparing.lines(session, comparing.differences(session, before, now))
    return [said.CORRECTED, lines] if lines else []
