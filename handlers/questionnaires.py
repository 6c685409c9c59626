"""Published forms, ready to run, and the session that a draft's answers make."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from handlers.engine.form import Form
from handlers.engine.session import Session
from storage import forms, submissions
from storage.submissions import Draft

_COMPILED: dict[str, Form] = {}


@lru_cache(maxsize=64)
def compiled(xml: str) -> Form:
    """The runnable form of an XForm."""
    return Form.from_xml(xml)


def form_of(db: Connection, draft: Draft) -> Form:
    """The runnable form of the version that a draft began with; compiled once a process."""
    form = _COMPILED.get(draft.form_sha256)
    if form is None:
        form = _COMPILED[draft.form_sha256] = compiled(forms.xml_of(db, draft.form_version_id))
    return form


def session_of(
    db: Connection, draft: Draft, today: date, counted: dict[str, int], version: int | None = None
) -> Session:
    """The interview as the rows tell it; `counted` is what the bot itself has recorded for the period."""
    answers = {f"tu_dong_{name}": str(number) for name, number in counted.items()}
    answers |= draft.context
    answers |= submissions.answers(db, draft.id, draft.writing if version is None else version)
    return Session(form_of(db, draft), answers, today=today)
