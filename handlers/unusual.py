"""Looks at an answer beside what the unit reported before, and asks once: right, a slip, or why.  Never a block."""

from __future__ import annotations

from handlers import asking, leaving_out, showing
from handlers import unusual_texts as texts
from handlers.engine import unusual
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Result, Turn
from handlers.engine.unusual import Usual
from handlers.step import Step
from storage import past
from storage.messages import Choice, Reply
from storage.past import Here

LONGEST = 300
"""Characters of a reason that are kept."""
SAME_MONTHS = 2
"""Earlier months that a report is compared with before it is handed in."""
FEWEST_ALIKE = 3
"""So many numbers above 0 are no coincidence when they are the same again."""


def look_again(step: Step, question: Question, turn: Turn) -> str:
    """Why an answer is to be confirmed, if it is to be: the engine's reason, or that it is unlike the past."""
    if turn.outcome not in ("taken", "confirm") or turn.reason in texts.LOOK:
        return turn.reason
    if leaving_out.lost(step.session, question, turn.value):
        return leaving_out.REASON
    known = question.anomaly and question.kind in NUMERIC and question.flow
    if not known or not turn.value or turn.value == step.session.previous(question):
        return turn.reason
    return "unusual" if usual(step, question, turn.value) else turn.reason


def usual(step: Step, question: Question, value: str) -> Usual | None:
    """What is usual here, if a value is far from it; of a question that counts by another one, for one of those."""
    here = _here(step)
    if here is None:
        return None
    beside = question.per
    own, others = past.of_questions(step.talk.db, here, question.name, beside, unusual.LOOK_BACK)
    if not beside:
        return unusual.far(float(value), own)
    count = _beside(step, question)
    return unusual.far(float(value) / count, unusual.each(own, others)) if count else None


def _here(step: Step) -> Here | None:
    draft = step.draft
    return Here(draft.unit_id, draft.form_code, draft.starts_on) if draft.starts_on else None


def _beside(step: Step, question: Question) -> float:
    return float(step.session.value(question.per) or 0) if question.per else 0.0


# ── the question ────────────────────────────────────────────────────────────────────────────────────


def confirmation(step: Step) -> Reply:
    """Read back the candidate that waits for a yes; with the reason, where it is unlike the past."""
    frame, question = step.frame, step.question
    if frame.reason == leaving_out.REASON:
        return leaving_out.confirmation(step)
    if frame.reason not in texts.LOOK:
        return asking.confirmation(step.talk, step.session, question, frame.value, frame.reason)
    step.talk.state.turn += 1
    said = step.talk.words(_template(step, question), **_values(step, question))
    labels = {"yes": texts.YES, "again": texts.SLIP, "reason": texts.REASON}
    buttons = (Choice(asking.payload(step.talk, what), label) for what, label in labels.items())
    return Reply(f"{said} {texts.ANSWER_WITH}", tuple(buttons))


def _template(step: Step, question: Question) -> str:
    counted_by_another = step.frame.reason == "unusual" and _beside(step, question)
    return texts.LOOK["unusual_each" if counted_by_another else step.frame.reason]


def _values(step: Step, question: Question) -> dict[str, str]:
    session, value = step.session, step.frame.value
    previous = session.previous(question)
    found = {
        "short": question.summary,
        "value": showing.value(session, question, value, words=not question.per),
        "previous": showing.value(session, question, previous) if previous else "",
    }
    other, count = session.form.question(question.per), _beside(step, question)
    if other is not None and count:
        found["beside"] = showing.value(session, other, session.value(other.name))
        found["each"] = texts.EACH.format(value=_shown(step, float(value) / count), of=other.unit)
    span = usual(step, question, value) if step.frame.reason == "unusual" else None
    return found | {"usual": _span(step, span) if span else ""}


def _span(step: Step, span: Usual) -> str:
    low, high = _shown(step, span.low), _shown(step, span.high)
    return low if low == high else texts.BETWEEN.format(low=low.removesuffix(_unit(step)), high=high)


def _unit(step: Step) -> str:
    return f" {step.question.unit}"


def _shown(step: Step, number: float) -> str:
    """A number as the question's values are shown, no more exact than it needs to be."""
    digits = -3 if step.question.kind == "money" and number > 10_000 else 0 if number >= 10 else 1
    return showing.value(step.session, step.question, f"{round(number, digits):.15g}")


# ── the whole report ────────────────────────────────────────────────────────────────────────────────


def same_again(step: Step) -> str:
    """A line for the summary of a report whose numbers are those of the two months before; empty if they are not."""
    here = _here(step)
    if here is None:
        return ""
    now = {result.question.name: result.number or 0.0 for result in step.session.results() if _flow(result)}
    if sum(number > 0 for number in now.values()) < FEWEST_ALIKE:
        return ""
    before = past.reports(step.talk.db, here, SAME_MONTHS)
    complete = len(before) == SAME_MONTHS
    return step.talk.words(texts.SAME_AGAIN) if complete and past.same(now, [now, *before.values()]) else ""


def _flow(result: Result) -> bool:
    return result.question.flow and result.number is not None
