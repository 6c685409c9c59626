"""Several lines are put right in one message; whatever is not certain is read back first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import (
    asking,
    collecting,
    correcting_texts,
    dialogues,
    naming,
    showing,
    texts,
    unusual,
    unusual_texts,
    walking,
    which_line,
)
from handlers.engine import commands, corrections
from handlers.engine.corrections import Told
from handlers.engine.question import Question
from handlers.engine.session import Turn
from handlers.filling import fits
from handlers.step import Step
from storage.messages import Choice, Reply

WAITS = "corrections"
"""The wait for a yes to the list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line, and what is to stand there."""

    question: Question
    typed: str
    turn: Turn
    sure: bool


def hear(step: Step, typed: str = "") -> list[Reply] | None:
    """Put the lines right, or ask; None if the message is no list, or answers the open question."""
    typed = typed or step.typed
    listed = corrections.several(typed) or _one_in_a_text(step, typed)
    if not listed or _answers(step, listed, typed):
        return None
    lines = [_lines(step, one) for one in listed]
    if not any(lines) or (step.frame.waits != "summary" and not all(lines)):
        return None
    return _hear(step, listed, lines, typed)


def _hear(step: Step, listed: Sequence[Told], lines: Sequence[Sequence[Question]], typed: str) -> list[Reply]:
    rows = [_row(step, one, found) for one, found in zip(listed, lines, strict=True)]
    if len(listed) == 1 and not rows[0]:
        return which_line.ask(step, listed[0].name, listed[0].value, lines[0])
    unread = [one for one, row in zip(listed, rows, strict=True) if row is None]
    if unread:
        part = f"{unread[0].name or unread[0].number} {unread[0].value}"
        said = step.talk.words(correcting_texts.SEVERAL_UNREAD, part=showing.clip(part, asking.LONGEST))
        return which_line.back(step, said)
    found_rows = [row for row in rows if row is not None]
    ordered = not _in_a_text(step) or any(one.orders for one in listed)
    if ordered and all(row.sure for row in found_rows):
        return _store(step, found_rows)
    return [_ask(step, found_rows, typed)]


def _one_in_a_text(step: Step, typed: str) -> tuple[Told, ...]:
    """Where a text is wanted, a single correction without "sửa" may be prose: it is asked about like a list."""
    told = corrections.told(typed) if _in_a_text(step) else None
    return (told,) if told is not None and not told.orders else ()


def _in_a_text(step: Step) -> bool:
    return step.frame.waits != "summary" and step.question.kind == "text"


def _answers(step: Step, listed: Sequence[Told], typed: str) -> bool:
    """Whether it is an answer as it stands, or a list by number that reaches the open question and those after it."""
    if step.frame.waits == "summary":
        return False
    if step.question.kind != "text" and step.answers(typed):
        return True
    if not all(one.number for one in listed):
        return False
    order = [question.name for question in step.session.asked()]
    place = order.index(step.frame.question) + 1 if step.frame.question in order else 0
    return any(one.number is not None and one.number >= place for one in listed)


def _lines(step: Step, told: Told) -> list[Question]:
    if told.number is None:
        return naming.meant(step.session, step.frame.question, told)
    order = step.frame.lines or [question.name for question in step.session.asked()]
    name = order[told.number - 1] if 1 <= told.number <= len(order) else ""
    return [each for each in naming.lines(step.session, step.frame.question) if each.name == name]


def _row(step: Step, told: Told, found: Sequence[Question]) -> Row | None:
    """The line that can take the value; None if that is none or several."""
    rows = []
    for question in found:
        turn = step.session.answer(question, told.value)
        if fits(turn):
            certain = len(found) == 1 and not unusual.look_again(step, question, turn)
            rows.append(Row(question, told.value, turn, certain and turn.outcome == "taken"))
    return rows[0] if len(rows) == 1 else None


def _ask(step: Step, rows: Sequence[Row], typed: str) -> Reply:
    frame, talk = step.frame, step.talk
    prose = _in_a_text(step)
    frame.between = {"waits": frame.waits, "table": frame.table, "typed": typed, "receipt": talk.receipt,
                     "rows": [[row.question.name, row.typed] for row in rows]}  # fmt: skip
    frame.waits = WAITS
    talk.state.turn += 1
    end = correcting_texts.SEVERAL_OR_TEXT if prose else correcting_texts.SEVERAL_END
    said = [talk.words(correcting_texts.SEVERAL), *(_line(step, row) for row in rows), end]
    yes = Choice(asking.payload(talk, "yes"), texts.YES)
    no = Choice(asking.payload(talk, "no"), correcting_texts.NO)
    return Reply("\n".join(said), (yes, no))


def _line(step: Step, row: Row) -> str:
    session, question = step.session, row.question
    held, template = session.value(question.name), correcting_texts.CHANGED_LINE
    if not session.answered(question):
        template = correcting_texts.NEW_LINE
    elif held == row.turn.value:
        template = correcting_texts.SAME_LINE
    old, new = asking.told(session, question, held), asking.told(session, question, row.turn.value)
    return template.format(n=walking.line(step, question.name), short=question.summary, old=old, new=new)


def confirmed(step: Step) -> list[Reply] | None:
    """Put the lines right after a yes; after a no, a text is what it may have been; None if it is something else."""
    frame = step.frame
    between = frame.between
    frame.waits, frame.table = between.get("waits", "answer"), between.get("table", [])
    if step.pressed == "yes" or (not step.pressed and commands.is_yes(step.typed)):
        return _store(step, _rows(step, between.get("rows", [])))
    if step.pressed != "no" and not commands.is_no(step.typed):
        return None
    if frame.waits == "answer" and step.question.kind == "text":
        return _as_text(step, between["typed"], between["receipt"])
    return which_line.back(step, step.talk.words(correcting_texts.NOTHING_CHANGED))


def _as_text(step: Step, words: str, receipt: int) -> list[Reply]:
    if collecting.wanted(step):
        return collecting.keep_words(step, words, receipt)
    return walking.settle(step, step.session.answer(step.question, words), words, receipt)


def _rows(step: Step, held: Sequence[Sequence[str]]) -> list[Row]:
    found = [(step.session.form.question(name), typed) for name, typed in held]
    return [Row(each, typed, step.session.answer(each, typed), sure=True) for each, typed in found if each]


def _store(step: Step, rows: Sequence[Row]) -> list[Reply]:
    """Given 0 as their message: editing its words could not change them one by one."""
    said = [correcting_texts.CHANGED_SEVERAL, *(_line(step, row) for row in rows)]
    for row in rows:
        reason = unusual.look_again(step, row.question, row.turn)
        doubt = reason if reason in unusual_texts.LOOK else ""
        walking.keep(step, row.question, row.turn.value, row.turn.provenance, row.typed, 0, doubt=doubt)
    frame, words = step.frame, "\n".join(said)
    if frame.waits == "summary":
        return walking.at_the_end(step, words)
    if any(row.question.name == frame.question for row in rows):
        frame.question, frame.waits = "", "answer"
        return walking.advance(step, words)
    return dialogues.go_on(step.talk, words)
