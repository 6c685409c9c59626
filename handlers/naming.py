"""Which lines of a report the words of a correction name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from handlers.engine import vietnamese
from handlers.engine.corrections import Told
from handlers.engine.question import Question
from handlers.engine.session import Session
from handlers.filling import fits

SHORT = {"sk": "sang kien", "dv": "doan vien", "tt": "tuyen truyen", "cl": "cham lo", "xsd": "xanh sach dep"}
"""How officers shorten what a line is called."""
Fits = Callable[[Session, Question, str], bool]


def lines(session: Session, asked: str) -> list[Question]:
    """Lines that can be put right: with an answer, or the one that is asked now."""
    return [each for each in session.asked() if each.name == asked or session.answered(each)]


def called(session: Session, asked: str, words: str, ways: Sequence[Fits] = ()) -> list[Question]:
    """Lines that are called so: by the short name, a part of it, or of the question."""
    said = bare(words)
    for way in ways or WAYS:
        if said and (found := [each for each in lines(session, asked) if way(session, each, said)]):
            return found
    return []


def meant(session: Session, asked: str, told: Told) -> list[Question]:
    """The lines that a correction may mean, by name, by what it says stands there, by what may stand there."""
    named = called(session, asked, told.name)
    if told.old:
        holding = [each for each in lines(session, asked) if _holds(session, each, told.old)]
        both = [each for each in named if each in holding]
        return both or (_joined(session, named, holding) if named else [])
    fitting = [each for each in named if fits(session.answer(each, told.value))]
    if named and not fitting:
        others = [each for each in _alike(session, asked, told) if fits(session.answer(each, told.value))]
        return _joined(session, named, others)
    return fitting if len(fitting) == 1 else named


def _joined(session: Session, some: Sequence[Question], others: Sequence[Question]) -> list[Question]:
    names = {each.name for each in (*some, *others)}
    return [each for each in session.asked() if each.name in names]


def _holds(session: Session, question: Question, old: str) -> bool:
    return session.answered(question) and session.answer(question, old).value == session.value(question.name)


def _alike(session: Session, asked: str, told: Told) -> list[Question]:
    """Lines that share a word with the name: where the named one cannot take the value, one of them may be meant."""
    said = {word for word in bare(told.name).split() if len(word) > 2}
    return [each for each in lines(session, asked) if said & set(bare(each.summary).split())]


def bare(words: str) -> str:
    """Words without marks, written out, and without what only says that a line follows."""
    plain = " ".join(SHORT.get(word, word) for word in re.findall(r"[^\W_]+", vietnamese.fold(words)))
    return re.sub(r"^(?:(?:tong|so|muc|cau|cai|phan|ve) )+", "", plain)


def is_called(_: Session, question: Question, said: str) -> bool:
    """Whether this is the short name."""
    return bare(question.summary) == said


def begins_so(_: Session, question: Question, said: str) -> bool:
    """Whether this is a part of the short name."""
    return f" {said} " in f" {bare(question.summary)} "


def is_spelt_so(question: Question, typed: str) -> bool:
    """Whether words with marks have those of the short name: "đúng" is not "dung"."""
    spelt = {vietnamese.shape(word) for word in re.findall(r"[^\W_]+", question.summary.lower())}
    marked = [word for word in re.findall(r"[^\W_]+", typed.lower()) if vietnamese.fold(word) != word]
    return all(vietnamese.shape(word) in spelt for word in marked)


def _is_asked_so(session: Session, question: Question, said: str) -> bool:
    return f" {said} " in f" {bare(session.label(question))} "


BY_SHORT_NAME: tuple[Fits, ...] = (is_called, begins_so)
WAYS: tuple[Fits, ...] = (*BY_SHORT_NAME, _is_asked_so)
