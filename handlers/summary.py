"""The numbered page before submitting: what "sửa 5" counts by."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import asking, correcting_texts, showing, texts
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
    submit = Choice(asking.payload(talk, "submit"), texts.SUBMIT)
    return submit, Choice(asking.payload(talk, "edit"), correcting_texts.EDIT)


def reply(  # noqa: PLR0913 - the parts of one page
    talk: Talk, title: str, page: str, before: str = "", rest: str = "", *, month: str = ""
) -> Reply:
    """The page with its way on; `before` is the echo of the last answer, `rest` what becomes of the other lines.

    `month` is that of a report that is in and is being put right: what is shown has not been sent again.
    """
    talk.state.turn += 1
    whole = "\n".join(part for part in (title, page, rest) if part)
    end = correcting_texts.SUMMARY_END.format(month=month) if month else texts.SUMMARY_END
    return Reply("\n\n".join(part for part in (before, whole, end) if part), buttons(talk))


def short(talk: Talk, said: str, *, month: str = "", changed: bool = True) -> Reply:
    """What was put right, if anything was, and that it is not sent yet; `month` as above."""
    talk.state.turn += 1
    end = correcting_texts.NOT_SENT_AGAIN if month else correcting_texts.NOT_SENT
    end = f"{correcting_texts.REST_STAYS} {end}" if changed else end
    submit, edit = buttons(talk)
    look = Choice(asking.payload(talk, "review"), texts.REVIEW)
    # Beside the short text the lines are not seen: who wants to put another one right is shown them.
    edit = Choice(asking.payload(talk, "lines"), edit.label)
    return Reply(f"{said}\n\n{end.format(month=month)}", (submit, look, edit))
