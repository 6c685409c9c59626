"""What is said when nothing is asked and no command is meant: a short reply, the menu once, then a person."""

from __future__ import annotations

import re
from datetime import datetime

from handlers import chatter_texts, correcting_texts, passing_on, texts
from handlers import report_words as words
from handlers.engine import chatter, spelling
from handlers.engine.vietnamese import fold
from handlers.report_context import FORM
from handlers.showing import moment
from handlers.talk import Talk
from handlers.which_unit import Paper, papers, waiting
from storage import periods, submissions
from storage.conversations import Errand
from storage.messages import Choice, Reply
from storage.models import Period

MENU = "menu"
"""The errand of having shown the menu: what is unclear after it goes to a person."""
START = Choice("do:start", texts.START)
OPTIONS = (START, Choice("do:idea", texts.IDEA))
RESUME = Choice("do:resume", texts.RESUME)
_HOW = re.compile(
    r"(?:\b(?:bao cao|bc|nhap|lam|gui|nop|bat dau|vao|ghi|khai|dien)\b.*\b(?:sao|the nao|nhu nao|kieu gi|"
    r"cho nao|o dau|"
    r"cach nao|tu dau|vao dau|lam gi|the nao|ra sao)\b|^(?:gio |bay gio |the |roi )?(?:phai )?(?:lam|gui|nhap|"
    r"viet|go) (?:cai )?gi\b|"
    r"(?:^|\b(?:phai|can) )(?:bao cao|ghi|nhap|gui|lam|khai)(?: nhung| cai)* gi\b|"
    r"\b(?:gui|goi|nop|bao cao|nhap|lam)(?: bao cao| bc)? (?:o|tai|vo|vao) (?:day|do|cho nay)\b.*"
    r"(?:khong|ko|ha|a|nhi|dung)\b|"
    r"^(?:vao|bat dau) (?:dau|tu dau)\b|^(?:lam|bat dau|vao|nhap|gui) (?:di|thoi|luon|nao)$)"
)


def asks_how(typed: str) -> bool:
    """Whether somebody asks how or where one reports: the first question shows it."""
    return chatter.heard(typed) not in ("due", "who_sees", "received", "promise") and bool(
        _HOW.search(fold(typed).strip(" ?.!"))
    )


def is_talk(typed: str) -> bool:
    """Whether words that name the report do not ask for it: how long there is time, who reads it, "chiều em gửi"."""
    kind = chatter.heard(typed)
    return kind in ("due", "who_sees", "received", "promise", "complaint", "insult") or _is_pasted(
        kind, typed
    )


def _is_pasted(kind: str | None, typed: str) -> bool:
    """Whether it is a whole report, copied from elsewhere."""
    return kind == "long" and any(sign.isdigit() for sign in typed)


def hear(talk: Talk) -> list[Reply] | None:
    """A short reply to what is no wish; None if it may be one that was not understood."""
    kind = chatter.heard(talk.incoming.text)
    kind = "pasted" if _is_pasted(kind, talk.incoming.text) else kind
    if kind in ("thanks", "noted", "laughter"):
        return [_thanked(talk, thanks=kind == "thanks")]
    if kind in _FIXED:
        return [talk.say(_FIXED[kind])]
    if kind in _BY_PERIOD and talk.units:
        return _by_period(talk, kind)
    if kind in ("complaint", "insult"):
        return [_complained(talk, None, [])]
    if kind in chatter.ASKS:
        return [_to_a_person(talk, chatter_texts.ASKED_OUTSIDE)]
    begun = kind in ("greeting", "name") and talk.unfinished() is not None
    return [talk.say(chatter_texts.GREETED_BEGUN).with_choices(RESUME)] if begun else None


_FIXED = {"who_sees": chatter_texts.WHO_SEES, "who": chatter_texts.WHO}


def _to_a_person(talk: Talk, template: str, *more: Choice) -> Reply:
    passing_on.keep_also(talk, talk.incoming.text.strip())
    return talk.say(template).with_choices(*more, passing_on.button())


def _thanked(talk: Talk, *, thanks: bool) -> Reply:
    if thanks:
        return talk.say(chatter_texts.THANKS)
    if talk.unfinished() is not None:
        return talk.say(chatter_texts.NOTED_BEGUN).with_choices(RESUME)
    period = periods.current(talk.db, FORM, talk.now)
    if period is None or not _owed(talk, period):
        return talk.say(chatter_texts.NOTED)
    return talk.say(chatter_texts.NOTED_OWED, period=spelling.month(period.key)).with_choices(START)


# ── what depends on the month's report ──────────────────────────────────────────────────────────────


def _by_period(talk: Talk, kind: str) -> list[Reply] | None:
    period = periods.current(talk.db, FORM, talk.now)
    if period is None:
        return [talk.say(texts.NO_PERIOD)]
    return [_BY_PERIOD[kind](talk, period, _owed(talk, period))]


def _owed(talk: Talk, period: Period) -> list[Paper]:
    posts = [post for post in talk.posts if post.reports and post.owes(period.starts_on)]
    return waiting(papers(talk, posts, period))


def _due(talk: Talk, period: Period, owed: list[Paper]) -> Reply:
    template = chatter_texts.DUE if owed else chatter_texts.DUE_SENT
    due = periods.due_first(talk.db, period, [post.unit_id for post, _ in owed] or talk.units)
    reply = talk.say(template, period=spelling.month(period.key), due=f"{due:%d/%m}")
    return reply.with_choices(*((START,) if owed else ()))


def _received(talk: Talk, period: Period, owed: list[Paper]) -> Reply:
    if owed:
        post, draft = owed[0]
        template = chatter_texts.NOT_RECEIVED_BEGUN if draft else chatter_texts.NOT_RECEIVED
        said = talk.say(template, period=spelling.month(period.key), unit=post.short_name)
        return said.with_choices(RESUME if draft else START)
    return sent(talk, chatter_texts.SENT_AT) or talk.say(texts.NO_PERIOD)


def _promised(talk: Talk, period: Period, owed: list[Paper]) -> Reply:
    if not owed:
        return sent(talk) or talk.say(texts.NOTHING_TO_REMIND, period=spelling.month(period.key))
    return talk.say(chatter_texts.PROMISED).with_choices(START, Choice("do:remind", chatter_texts.REMIND))


def _pasted(talk: Talk, _: Period, owed: list[Paper]) -> Reply:
    if not owed:
        return talk.say(chatter_texts.PASTED_SENT)
    return talk.say(chatter_texts.PASTED).with_choices(START)


def _complained(talk: Talk, period: Period | None, owed: list[Paper]) -> Reply:
    if period is None or not owed:
        return _to_a_person(talk, chatter_texts.COMPLAINT)
    passing_on.keep_also(talk, talk.incoming.text.strip())
    quiet = Choice(f"do:quiet:{period.key}", chatter_texts.QUIET)
    return talk.say(chatter_texts.COMPLAINT_OWED).with_choices(START, quiet, passing_on.button())


_BY_PERIOD = {
    "due": _due,
    "received": _received,
    "left": _received,
    "promise": _promised,
    "complaint": _complained,
    "insult": _complained,
    "pasted": _pasted,
}


def sent(talk: Talk, template: str = texts.REPORT_IS_IN) -> Reply | None:
    """That this month's report is in, for who asks or greets; None while it is owed."""
    period = periods.current(talk.db, FORM, talk.now)
    posts = [post for post in talk.posts if post.reports]
    found = papers(talk, posts, period) if period else []
    if not found or waiting(found):
        return None
    drafts = [draft for _, draft in found if draft is not None]
    at = moment(drafts[0].submitted_at) if drafts[0].submitted_at else ""
    return talk.say(template, at=at, code=drafts[0].code, **words.named(drafts[0]))


# ── what is not understood ──────────────────────────────────────────────────────────────────────────


def unclear(talk: Talk) -> Reply:
    """The menu, and a person the next time; never the same words twice in a row."""
    before = _said_before(talk)
    if before != "figures" and re.search(r"\d", talk.incoming.text):
        return _once(talk, "figures", _figures(talk))
    is_in = sent(talk)
    if not before:
        return _once(talk, "menu", is_in or talk.say(texts.MENU).with_choices(*OPTIONS))
    if is_in:
        return _to_a_person(talk, chatter_texts.UNCLEAR_SENT)
    return _to_a_person(talk, chatter_texts.UNCLEAR_AGAIN, START)


def _figures(talk: Talk) -> Reply:
    """Figures that no question waits for: how they are written down, or put right once the report is in."""
    draft = submissions.latest(talk.db, talk.units, FORM)
    if draft is not None and sent(talk) is not None and not words.locked(draft, talk.now):
        return talk.say(correcting_texts.FIGURES_SENT, **words.named(draft))
    return talk.say(chatter_texts.FIGURES).with_choices(START)


def file(talk: Talk, why: str) -> Reply:
    """A file that nothing waits for: why it is not used, and the next time what can be done instead."""
    if _said_before(talk) == "file":
        return talk.say(chatter_texts.FILE_OUTSIDE)
    return _once(talk, "file", talk.say(why))


def _once(talk: Talk, what: str, reply: Reply) -> Reply:
    talk.state.errand = Errand(MENU, {"at": talk.now.isoformat(), "said": what})
    return reply


def _said_before(talk: Talk) -> str:
    """What the message before was answered with, if it was not understood either."""
    held = talk.left
    recent = held is not None and held.name == MENU and talk.now - datetime.fromisoformat(held.about["at"])
    return str(held.about["said"]) if held and recent is not False and recent < passing_on.HOLDS else ""
