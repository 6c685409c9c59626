"""An option is taken out though what it opened has been answered: which answers go with it, asked about once."""

from __future__ import annotations

from handlers import asking, showing
from handlers import leaving_out_texts as texts
from handlers.engine.question import Question
from handlers.engine.session import Session
from handlers.step import Step
from storage.messages import Choice, Reply

REASON = "leaves_out"
"""Why the candidate waits for a yes."""
MOST = 3
"""Answers that are named."""


def lost(session: Session, question: Question, value: str) -> list[Question]:
    """The questions with an answer that would not be asked any more; none unless options are taken out."""
    if question.kind != "multi" or not set(session.value(question.name).split()) - set(value.split()):
        return []
    left = {each.name for each in session.with_answer(question.name, value).asked()}
    gone = [each for each in session.asked() if each.name not in left and session.value(each.name)]
    # What is not asked counts as 0 anyway.
    return [each for each in gone if not (each.flow and session.value(each.name) == "0")]


def confirmation(step: Step) -> Reply:
    """Ask whether the options go, and the answers that they opened."""
    talk, session, question = step.talk, step.session, step.question
    talk.state.turn += 1
    value = step.frame.value
    out = " ".join(name for name in session.value(question.name).split() if name not in value.split())
    words = {"out": _shown(session, question, out), "value": _shown(session, question, value)}
    dropped = lost(session, question, value)
    said = talk.words(texts.DROPS if dropped else texts.ONLY, lost=_named(session, dropped), **words)
    labels = {"yes": texts.YES, "again": texts.NO}
    return Reply(said, tuple(Choice(asking.payload(talk, what), label) for what, label in labels.items()))


def _shown(session: Session, question: Question, names: str) -> str:
    return showing.value(session, question, names)


def _named(session: Session, dropped: list[Question]) -> str:
    named = "; ".join(
        texts.LOST.format(short=each.summary, value=asking.told(session, each, session.value(each.name)))
        for each in dropped[:MOST]
    )
    more = len(dropped) - MOST
    return texts.MORE.format(lost=named, n=more) if more > 0 else named
