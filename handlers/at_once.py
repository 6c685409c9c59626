"""Several answers in one message, for those who know the questions: a table, one yes, then each is stored by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers import asking, at_once_texts, showing, texts, unusual, unusual_texts, walking
from handlers.engine import commands, corrections, several_answers, vietnamese
from handlers.engine.question import NUMERIC
from handlers.engine.several_answers import Parts
from handlers.filling import Filled, Row, fill, fits
from handlers.step import Step
from handlers.talk import Talk
from storage import earlier_reports
from storage.messages import Choice, Reply
from storage.submissions import Draft

WAITS = "several"
"""The wait for a yes to the table."""
ENOUGH = 2
"""Earlier months that a person has answered question by question before several answers are taken."""
# ── for whom ────────────────────────────────────────────────────────────────────────────────────────


def months(talk: Talk, draft: Draft) -> int:
    """Earlier months that the sender has reported for the unit; 0 for a paper without a period, or entered."""
    if draft.starts_on is None or draft.source or talk.sender.person_id is None:
        return 0
    return earlier_reports.times(
        talk.db, draft.unit_id, draft.form_code, draft.starts_on, talk.sender.person_id
    )


def offer(talk: Talk, draft: Draft) -> str:
    """What the heading of the third report says about it; empty for every other one."""
    return talk.words(at_once_texts.OFFER) if not draft.version and months(talk, draft) == ENOUGH else ""


# ── taking them ─────────────────────────────────────────────────────────────────────────────────────


BARE = re.compile(r"[0-9][0-9.,]*(?: ?(?:k|tr|trieu|ty|d|dong|nghin|ngan)[0-9]*)*")
"""A figure alone, such as "2tr5": several of them are several answers, while "7 nam, 9 nữ" is one."""


def hear(step: Step) -> list[Reply] | None:
    """Show what a message of several answers would be; None if it is one answer, or the sender is new to it."""
    if step.frame.waits == "summary" or step.frame.back or step.question.kind not in NUMERIC:
        return None
    parts = several_answers.split(step.typed)
    if parts is None or months(step.talk, step.draft) < ENOUGH or not _is_several(step, parts):
        return None
    if parts.numbers and not _in_order(step, parts):
        n = walking.line(step, step.question.name)
        return _again(step, step.talk.words(at_once_texts.OUT_OF_ORDER, n=n))
    return _show(step, parts.words, step.talk.receipt)


def _is_several(step: Step, parts: Parts) -> bool:
    """Whether the message as a whole is no answer, while its first part is one."""
    whole = step.session.answer(step.question, step.typed)
    first = fits(step.session.answer(step.question, parts.words[0]))
    summed = whole.outcome == "confirm" and whole.reason == "arithmetic"
    bare = summed and all(BARE.fullmatch(vietnamese.fold(word)) for word in parts.words)
    return parts.by_question or ((whole.outcome == "ask" or bare) and first)


def _in_order(step: Step, parts: Parts) -> bool:
    """Whether numbers before the answers count from 1, or are those of the questions."""
    if not parts.by_question and parts.numbers == tuple(range(1, len(parts.numbers) + 1)):
        return True
    numbers = fill(step.session, step.question, parts.words).numbers
    return bool(numbers) and parts.numbers[: len(numbers)] == numbers


def _show(step: Step, answers: Sequence[str], given: int) -> list[Reply]:
    """The table; or what does not fit, and the question again."""
    filled = fill(step.session, step.question, answers)
    if len(filled.rows) < len(answers):
        return _again(step, _misfit(step, filled, answers))
    frame = step.frame
    frame.waits, frame.table, frame.given = WAITS, list(answers), given
    return [_table(step, filled.rows)]


def _again(step: Step, said: str) -> list[Reply]:
    return walking.ask(step, step.question.name, said)


def _misfit(step: Step, filled: Filled, answers: Sequence[str]) -> str:
    """Which answer does not fit, and why; none of them is taken."""
    talk, turn, question = step.talk, filled.failed, filled.upcoming
    if turn is None or question is None:
        count = len(filled.rows)
        return talk.words(at_once_texts.TOO_MANY, n=len(answers), left=count)
    place = len(filled.rows)
    typed = showing.clip(answers[place], asking.LONGEST)
    why = turn.reason if turn.outcome == "refused" else talk.words(at_once_texts.DOUBTFUL_PART)
    return talk.words(at_once_texts.BAD_PART, n=place + 1, typed=typed, short=question.summary, why=why)


def _table(step: Step, rows: Sequence[Row], before: str = "") -> Reply:
    talk, looks = step.talk, _doubts(step, rows)
    talk.state.turn += 1
    lines = [before, talk.words(at_once_texts.TABLE)]
    for n, (row, (_, look)) in enumerate(zip(rows, looks, strict=True), 1):
        lines.append(_line(step, n, row, look))
        if row.dropped:
            names, short = ", ".join(row.dropped), row.question.summary
            lines.append(at_once_texts.DROPPED.format(names=names, short=short))
    far = ", ".join(str(n) for n, (_, look) in enumerate(looks, 1) if look)
    again = talk.words(at_once_texts.LOOK_AGAIN, lines=far) if far else ""
    lines.append(f"{again} {talk.words(at_once_texts.TABLE_END, n=len(rows))}".strip())
    buttons = (
        Choice(asking.payload(talk, "yes"), texts.YES),
        Choice(asking.payload(talk, "again"), texts.AGAIN),
    )
    return Reply("\n".join(line for line in lines if line), buttons)


def _line(step: Step, n: int, row: Row, look: str) -> str:
    template = at_once_texts.LINE_LOOK if look else at_once_texts.LINE
    value = showing.value(step.session, row.question, row.turn.value, words=True)
    return template.format(n=n, short=row.question.summary, value=value, look=look)


def _doubts(step: Step, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Why each row is to be looked at, and the words for it; each beside the rows above it."""
    found, there = [], replace(step)
    for row in rows:
        reason = unusual.look_again(there, row.question, row.turn)
        doubt = reason if reason in unusual_texts.LOOK else ""
        look = unusual.remark(there, row.question, row.turn.value, doubt) if doubt else ""
        found.append((doubt, look))
        there.session = there.session.with_answer(row.question.name, row.turn.value)
    return found


# ── waiting for a yes ───────────────────────────────────────────────────────────────────────────────


def confirmed(step: Step) -> list[Reply] | None:
    """Store the table after a yes, change a row, or begin again; None for a command, which leaves it."""
    frame, typed = step.frame, step.typed
    if step.pressed == "yes" or (not step.pressed and commands.is_yes(typed)):
        return _store(step)
    if step.pressed == "again" or (not step.pressed and commands.is_no(typed)):
        frame.table = []
        return walking.ask(step, frame.question, step.talk.words(texts.CONFIRM_AGAIN))
    return _instead(step)


def _instead(step: Step) -> list[Reply] | None:
    """Neither yes nor no: another row of answers, a row put right, or a command."""
    frame, typed = step.frame, step.typed
    if several_answers.split(typed) and (anew := hear(step)) is not None:
        return anew
    command, told = commands.parse(typed), corrections.told(typed)
    if told is not None and told.number is not None:
        return _change(step, told.number, told.value)
    if command is None:
        return [_table_again(step, step.talk.words(at_once_texts.NOTHING_NOTED_YET))]
    if command.name == "edit" and command.number is not None:
        return _change(step, command.number, command.text)
    frame.waits, frame.table = "answer", []
    return None


def _table_again(step: Step, said: str) -> Reply:
    return _table(step, fill(step.session, step.question, step.frame.table).rows, said)


def _change(step: Step, number: int, value: str) -> list[Reply]:
    """Row n of the table gets another value; what does not fit leaves the table as it is."""
    frame, talk = step.frame, step.talk
    if not 1 <= number <= len(frame.table):
        return [_table_again(step, talk.words(at_once_texts.NO_SUCH_ROW, n=len(frame.table)))]
    if not value:
        return [_table_again(step, talk.words(at_once_texts.ROW_TO_WHAT, n=number))]
    answers = [*frame.table[: number - 1], value, *frame.table[number:]]
    filled = fill(step.session, step.question, answers)
    if len(filled.rows) < len(answers):
        return [_table_again(step, _misfit(step, filled, answers))]
    frame.table = answers
    return [_table(step, filled.rows)]


def _store(step: Step) -> list[Reply]:
    frame = step.frame
    rows = fill(step.session, step.question, frame.table).rows
    for row, (doubt, _) in zip(rows, _doubts(step, rows), strict=True):
        turn = row.turn
        walking.keep(step, row.question, turn.value, turn.provenance, row.typed, frame.given, doubt=doubt)
    frame.question, frame.table = "", []
    return walking.advance(step, step.talk.words(at_once_texts.NOTED, n=len(rows)))
