"""What somebody who comes to a unit is told of its report: how far the draft is, and the word that goes on with it."""

from __future__ import annotations

from collections.abc import Iterable

from handlers import joining_texts, report
from handlers.engine import spelling
from handlers.report_context import FORM
from handlers.talk import Talk
from storage import periods, submissions


def said(talk: Talk, unit_ids: Iterable[int]) -> str:
    """How far the drafts of this period are, in one sentence a unit; empty where nothing is written yet."""
    period = periods.current(talk.db, FORM, talk.now)
    if period is None:
        return ""
    papers = [submissions.of_period(talk.db, unit_id, period.id) for unit_id in dict.fromkeys(unit_ids)]
    begun = [
        (draft.unit_name, *report.progress(talk.db, draft.id))
        for draft in papers
        if draft is not None and draft.state == "draft"
    ]
    month = spelling.month(period.key)
    return " ".join(
        joining_texts.DRAFT_OPEN.format(month=month, unit=unit, done=done, of=of)
        for unit, done, of in begun
        if done
    )
