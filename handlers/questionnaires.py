"""Published forms, ready to run, and the session that a draft's answers make."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from handlers.engine.form import Form
from handlers.engine.question import Question
from handlers.engine.session import Session
from storage import answers, forms
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


def session_of(db: Connection, draft: Draft, today: date, version: int | None = None) -> Session:
    """The interview as the rows tell it, without what the bot itself has recorded (see `counting`)."""
    given = answers.given(db, draft.id, draft.writing if version is None else version)
    return Session(form_of(db, draft), draft.context | given, today=today)


def counting(session: Session, counted: dict[str, int]) -> Session:
    """The session that also knows these counts, by question (`tu_dong_…`)."""
    known = {f"tu_dong_{name}": str(number) for name, number in counted.items()}
    return Session(session.form, known | dict(session.answers), today=session.today)


def asks_what_is_counted(session: Session) -> bool:
    """Whether a question applies that the bot has its own count of."""
    return any(session.relevant(question) for question in _counted_questions(session.form))


@lru_cache(maxsize=64)
def _counted_questions(form: Form) -> tuple[Question, ...]:
    return tuple(q for q in form.visible if form.question(f"tu_dong_{q.name}") is not None)
