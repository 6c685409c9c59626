"""A message of several answers was edited in the chat: what changed in it changes, all together or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import at_once_texts, changing, interview, walking
from handlers.engine import several_answers
from handlers.engine.question import Question
from handlers.engine.session import Session, Turn
from handlers.filling import fits
from handlers.step import Step, in_hand
from storage.answers import Given
from storage.messages import Reply


def change(step: Step, given: Sequence[Given], said: Sequence[str]) -> list[Reply]:
    """Change what the new words say otherwise; `said` is what the message said before, oldest first."""
    if not in_hand(step.talk, step.draft):
        return [interview.taken_over(step)]
    order = changing.order(step.session)
    names = sorted((one.question for one in given if one.question in order), key=order.index)
    new, old = several_answers.split(step.typed), several_answers.split(said[-1])
    if new is None or old is None or not len(new.words) == len(old.words) == len(names):
        return [_unfit(step, names)]
    changed = [(name, now) for name, now, was in zip(names, new.words, old.words, strict=True) if now != was]
    before = step.session
    turns = _read(before, changed)
    if turns is None:
        return [_unfit(step, names)]
    lines = [_store(step, before, *turn) for turn in turns]
    return changing.go_on(step, before, "\n".join(line for line in lines if line))


def _read(session: Session, changed: Sequence[tuple[str, str]]) -> list[tuple[Question, str, Turn]] | None:
    """Each changed answer in its turn; None if one of them is not certain."""
    found = []
    for name, words in changed:
        question = session.form.question(name)
        turn = session.answer(question, words) if question else None
        if question is None or turn is None or not fits(turn):
            return None
        found.append((question, words, turn))
        session = session.with_answer(name, turn.value)
    return found


def _store(step: Step, before: Session, question: Question, words: str, turn: Turn) -> str:
    held = before.value(question.name)
    said = changing.store(step, question, held, turn, words)
    return "" if held == turn.value else said


def _unfit(step: Step, names: Sequence[str]) -> Reply:
    """That nothing changed, and how to change one line."""
    line = walking.line(step, names[0]) if names else 2
    example = at_once_texts.EDIT_EXAMPLE.format(n=line, value=6)
    return step.talk.say(at_once_texts.EDIT_UNFIT, example=example)
