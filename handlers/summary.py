"""The numbered page before submitting: what "sửa 5" counts by."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import asking, showing, texts
from handlers.engine.session import Session
from handlers.talk import Talk
from storage.messages import Choice, Reply


def lines(session: Session, files: Mapping[str, int]) -> str:
    """One numbered line a question asked and answered so far; `files`: how many pictures each has."""
    rows = []
    for number, question in enumerate(session.asked(), 1):
        if session.answered(question):
            value = showing.value(session, question, session.value(question.name))
            if question.carry and session.value(question.name) == session.previous(question):
                value += " (như tháng trước)"
            if question.name in files:
                value = showing.with_files(
                    value if session.value(question.name) else "", files[question.name]
                )
            rows.append(texts.SUMMARY_LINE.format(n=number, short=question.summary, value=value))
    return "\n".join(rows)


def buttons(talk: Talk) -> tuple[Choice, ...]:
    """What can be done with a finished page."""
    return (Choice(asking.payload(talk, "submit"), texts.SUBMIT),)


def reply(talk: Talk, title: str, page: str, before: str = "", rest: str = "") -> Reply:
    """The page with its way on; `before` is the echo of the last answer, `rest` what becomes of the other lines."""
    talk.state.turn += 1
    whole = "\n".join(part for part in (title, page, rest) if part)
    return Reply("\n\n".join(part for part in (before, whole, texts.SUMMARY_END) if part), buttons(talk))
