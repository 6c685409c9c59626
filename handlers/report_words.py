"""How the monthly report is spoken of: its heading, the title of its summary, the lines that were not asked."""

from __future__ import annotations

from datetime import datetime

from handlers import texts
from handlers.engine import spelling
from handlers.engine.session import Session
from handlers.talk import Talk
from storage import periods
from storage.submissions import Draft


def named(draft: Draft) -> dict[str, str]:
    """Period and unit, as sentences say them."""
    return {"period": spelling.month(draft.period_key or ""), "unit": draft.unit_name}


def heading(talk: Talk, draft: Draft) -> str:
    """What is said when it opens."""
    due = periods.due_of(talk.db, draft)
    return talk.words(texts.REPORT_HEADING, due=f"{due:%d/%m}" if due else "", **named(draft))


def title(talk: Talk, draft: Draft) -> str:
    """What stands above its summary."""
    return talk.words(texts.REPORT_TITLE, **named(draft))


def rest(session: Session) -> str:
    """Flows that were not asked: what the bot itself has counted, and that all others are 0 (SETTLED)."""
    unasked = [r for r in session.results() if r.provenance in ("auto_count", "implied_zero")]
    recorded = [f"{r.question.summary}: {r.value}" for r in unasked if r.provenance == "auto_count"]
    lines = [texts.SUMMARY_COUNTED.format(items="; ".join(recorded))] if recorded else []
    return "\n".join([*lines, texts.SUMMARY_ZERO] if len(unasked) > len(recorded) else lines)


def locked(draft: Draft, now: datetime) -> bool:
    """Whether its period is closed; a correction is then the standing department's alone (SETTLED)."""
    return draft.closed_at is not None or (draft.closes_at is not None and now >= draft.closes_at)
