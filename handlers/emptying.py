"""A line is left out: "bỏ mục 11", "bỏ câu 4 đi"; what the form wants answered is asked for again."""

from __future__ import annotations

from handlers import correcting_texts, naming, quiet, texts, walking, which_line
from handlers.engine import corrections
from handlers.engine.corrections import Told
from handlers.engine.question import NUMERIC, Question
from handlers.step import Step
from storage.messages import Reply


def hear(step: Step, typed: str) -> list[Reply] | None:
    """Empty the line, or ask what is to stand there; None if the message says no such thing."""
    told = corrections.emptied(typed)
    if told is None or _is_answer(step, told):
        return None
    if told.number is not None:
        return _numbered(step, told.number)
    meant = naming.called(step.session, "", told.name, naming.BY_SHORT_NAME)
    if len(meant) == 1:
        return empty(step, meant[0])
    if meant:
        return which_line.ask(step, told.name, "", meant)
    return quiet.leave_out(step, naming.bare(told.name))


def _is_answer(step: Step, told: Told) -> bool:
    """Among options "bỏ mục 4" speaks of those; in a text only a number is no prose."""
    if step.frame.waits == "summary":
        return False
    kind = step.question.kind
    return kind == "multi" or (kind == "text" and told.number is None)


def _numbered(step: Step, number: int) -> list[Reply]:
    asked = [question.name for question in step.session.asked()]
    shown = step.frame.lines or asked
    name = shown[number - 1] if 1 <= number <= len(shown) else ""
    question = step.session.form.question(name) if name in asked else None
    if question is None:
        return [step.talk.say(texts.NO_SUCH_LINE, n=number, of=len(shown))]
    if name != step.frame.question and not step.session.answered(question):
        return walking.resume(step, step.talk.words(correcting_texts.NOT_ASKED_YET, n=number))
    return empty(step, question)


def empty(step: Step, question: Question) -> list[Reply]:
    """Leave a line without an answer, where the form allows it."""
    if question.name != step.frame.question:
        walking.leave_open(step)
    replies = walking.reopen(step, question.name)
    if not step.session.required(question):
        return walking.take(step, "", "missing", step.typed, step.talk.receipt)
    numeric = question.kind in NUMERIC
    why = correcting_texts.NOT_EMPTY_NUMBER if numeric else correcting_texts.NOT_EMPTY
    asked = replies[-1]
    return [Reply(f"{step.talk.words(why)}\n{asked.text}", asked.choices)]
