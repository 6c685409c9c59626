"""An administrator stops all reminders and digests for a while, and starts them again; replies go on."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from handlers import pausing_texts, showing, telling
from handlers.engine import commands
from handlers.engine.commands import Command
from handlers.engine.vietnamese import fold
from handlers.rights import ADMINISTRATORS
from handlers.talk import Talk
from storage import audit, pause
from storage.conversations import Errand
from storage.messages import MAX_TEXT, Choice, Reply
from storage.pause import Pause

ERRAND = "pause"
HEAD = 24
"""Characters in which the command stands."""
MOST = 200
"""Characters of a reason."""
_PAUSE = re.compile(
    r"/?tam ?dung(?: gui| nhac| loi nhac| toan bo| gui tin)?(?:\s*[:,\-]\s*|\s+(?:vi|do|ly do)\s*:?\s+|\s*$)"
)
_SLASH = re.compile(r"/tam[ _]?dung(?:@\w+)?(?:\s*[:,\-]\s*|\s+)(?=\S)")
"""Behind the slash form any words are the reason."""


def meant(talk: Talk) -> Command | None:
    """`/tạmdừng`, "tạm dừng: bão số 3", where no question waits and for whom it is meant; to others it is "later"."""
    typed = unicodedata.normalize("NFC", talk.incoming.text.strip())
    found = _PAUSE.match(fold(typed)) or (_SLASH.match(fold(typed)) if typed.startswith("/") else None)
    if found is None or talk.state.frames or not talk.may("pause"):
        return None
    return Command("pause", text=typed[found.end() :].strip()[:MOST])


def by_name(talk: Talk) -> Command | None:
    """The same with a colon or a slash, which is no answer to anything: "tạm dừng: bão số 3"."""
    typed = talk.incoming.text.strip()
    return meant(talk) if typed.startswith("/") or ":" in typed[:HEAD] else None


# ── what an administrator orders ────────────────────────────────────────────────────────────────────


def ask(talk: Talk, command: Command) -> list[Reply]:
    """Ask once before everything is stopped."""
    if now := pause.current(talk.db):
        return [_paused(talk, now)]
    talk.state.errand = Errand(ERRAND, {"reason": command.text})
    buttons = (Choice("do:pause_yes", pausing_texts.YES), Choice("do:pause_no", pausing_texts.NO))
    return [talk.say(pausing_texts.ASK, reason=_why(command.text)).with_choices(*buttons)]


def heard(talk: Talk, errand: Errand) -> list[Reply] | None:
    """CÓ or KHÔNG; anything else is not about the pause."""
    talk.left = errand
    if commands.is_yes(talk.incoming.text) and talk.may("pause"):
        return begin(talk, Command("pause_yes"))
    return leave(talk, Command("pause_no")) if commands.is_no(talk.incoming.text) else None


def begin(talk: Talk, _: Command) -> list[Reply]:
    """Stop all reminders and digests; the other administrators hear of it."""
    if now := pause.current(talk.db):
        return [_paused(talk, now)]
    reason = talk.left.about["reason"] if talk.left and talk.left.name == ERRAND else ""
    pause.begin(talk.db, talk.now, talk.sender.name, reason, talk.sender.person_id)
    audit.record(talk.db, talk.by, "pause", "note", None, at=talk.now, reason=reason)
    _tell(talk, pausing_texts.BEGUN_BY, reason=_why(reason))
    return [talk.say(pausing_texts.BEGUN, reason=_why(reason))]


def leave(talk: Talk, _: Command) -> list[Reply]:
    """Not stopped after all."""
    now = pause.current(talk.db)
    return [talk.say(pausing_texts.NOT_BEGUN) if now is None else _paused(talk, now)]


def end(talk: Talk, _: Command) -> list[Reply]:
    """Start again: what was asked for a day that has passed is dropped, so that nobody is flooded."""
    now = pause.current(talk.db)
    if now is None:
        return [talk.say(pausing_texts.NOT_PAUSED)]
    pause.end(talk.db, talk.now)
    old = {"at": now.at.isoformat()}
    audit.record(talk.db, talk.by, "unpause", "note", None, at=talk.now, old=old)
    _tell(talk, pausing_texts.ENDED_BY)
    return [talk.say(pausing_texts.ENDED)]


def _paused(talk: Talk, now: Pause) -> Reply:
    return talk.say(
        pausing_texts.PAUSED_ALREADY, by=now.by, since=showing.moment(now.at), reason=_why(now.reason)
    )


def _tell(talk: Talk, template: str, reason: str = "") -> None:
    others = telling.of_roles(talk.db, ADMINISTRATORS, talk.today, talk.sender.person_id)
    telling.tell(talk.db, others, template, key=f"{talk.key}.pause", at=talk.now, by=talk.sender.name,
                 since=showing.moment(talk.now), reason=reason)  # fmt: skip


def _why(reason: str) -> str:
    return pausing_texts.ITS_REASON.format(reason=reason) if reason else ""


# ── the banner ──────────────────────────────────────────────────────────────────────────────────────


def bannered(talk: Talk, replies: list[Reply]) -> list[Reply]:
    """An administrator is reminded of the pause by every turn, but not in the middle of an interview."""
    if not replies or talk.state.frames or not talk.may("pause"):
        return replies
    now = pause.current(talk.db)
    if now is None or now.at >= talk.now or _paused(talk, now) in replies:
        return replies
    line = talk.words(pausing_texts.BANNER, since=showing.moment(now.at), by=now.by)
    first, *rest = replies
    text = f"{line}\n\n{first.text}"
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        return [*replies, Reply(line)]
    return [replace(first, text=text), *rest]
