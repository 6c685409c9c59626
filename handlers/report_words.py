"""How the monthly report is spoken of: its heading, the title of its summary, the lines that were not asked."""

from __future__ import annotations

from datetime import date, datetime

from handlers import at_once, behalf_words, texts
from handlers.engine import spelling
from handlers.engine.session import Session
from handlers.showing import moment
from handlers.talk import Talk
from storage import heirs, periods, units
from storage.submissions import Draft


def named(draft: Draft) -> dict[str, str]:
    """Period and unit, as sentences say them."""
    return {"period": spelling.month(draft.period_key or ""), "unit": draft.unit_name}


def heading(talk: Talk, draft: Draft) -> str:
    """What is said when it opens."""
    due = periods.due_of(talk.db, draft)
    lock = moment(draft.closes_at) if draft.closes_at else ""
    template = _heading(talk, draft, due)
    words = talk.words(template, due=f"{due:%d/%m}" if due else "", lock=lock, **named(draft))
    parts = (words, _taken_over(talk, draft), at_once.offer(talk, draft))
    return _with_origin(" ".join(part for part in parts if part), talk, draft)


def _heading(talk: Talk, draft: Draft, due: date | None) -> str:
    """Which one: a first report that is late is told so, and that it is still taken (SETTLED)."""
    if draft.version or due is None or talk.today <= due:
        return texts.REPORT_HEADING
    return texts.REPORT_HEADING_LOCKED if locked(draft, talk.now) else texts.REPORT_HEADING_LATE


def _taken_over(talk: Talk, draft: Draft) -> str:
    """A first report after a merge speaks for the units that went up in this one, too (DOMAIN 2, rule 4)."""
    if draft.version or draft.starts_on is None or draft.ends_on is None:
        return ""
    olds = heirs.taken_over(talk.db, draft.unit_id, draft.starts_on, draft.ends_on)
    names = ", ".join(units.name_on(talk.db, unit_id, draft.starts_on) for unit_id in olds)
    return texts.REPORT_TAKES_OVER.format(names=names) if names else ""


def title(talk: Talk, draft: Draft) -> str:
    """What stands above its summary."""
    words = talk.words(texts.REPORT_TITLE, **named(draft))
    return _with_origin("\n".join(part for part in (words, _taken_over(talk, draft)) if part), talk, draft)


def title_sent(talk: Talk, draft: Draft) -> str:
    """What stands above a report that is in: with its code and, if it was entered for the unit, by whom."""
    head = f"{talk.words(texts.REPORT_TITLE, **named(draft))} (mã {draft.code})"
    return "\n".join(part for part in (head, behalf_words.origin(talk, draft)) if part)


def _with_origin(head: str, talk: Talk, draft: Draft) -> str:
    said = behalf_words.entering(talk, draft)
    return f"{head}\n{said}" if said else head


def rest(session: Session) -> str:
    """Flows that were not asked: what the bot itself has counted, and that all others are 0 (SETTLED)."""
    unasked = [r for r in session.results() if r.provenance in ("auto_count", "implied_zero")]
    recorded = [f"{r.question.summary}: {r.value}" for r in unasked if r.provenance == "auto_count"]
    lines = [texts.SUMMARY_COUNTED.format(items="; ".join(recorded))] if recorded else []
    return "\n".join([*lines, texts.SUMMARY_ZERO] if len(unasked) > len(recorded) else lines)


def locked(draft: Draft, now: datetime) -> bool:
    """Whether its period is closed; a correction is then the standing department's alone (SETTLED)."""
    return draft.closed_at is not None or (draft.closes_at is not None and now >= draft.closes_at)
