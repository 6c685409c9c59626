"""Looks at an answer beside what the unit reported before, and asks once: right, a slip, or why.  Never a block."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import asking, leaving_out, showing
from handlers import unusual_texts as texts
from handlers.digest_texts import DOUBTS
from handlers.engine import unusual
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Result, Session, Turn
from handlers.engine.unusual import Usual
from handlers.step import Step
from storage import answers, past
from storage.messages import Choice, Reply
from storage.past import Here
from storage.reviewing import MONTHS
from storage.submissions import Draft

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
    return texts.LOOK[_key(step, question, step.frame.reason)]


def _key(step: Step, question: Question, doubt: str) -> str:
    return "unusual_each" if doubt == "unusual" and _beside(step, question) else doubt


def remark(step: Step, question: Question, value: str, doubt: str) -> str:
    """In a few words why a number is to be looked at, to stand behind it."""
    words = texts.BESIDE[_key(step, question, doubt)]
    return words.format(**_told(step, question, value, doubt))


def _values(step: Step, question: Question) -> dict[str, str]:
    return _told(step, question, step.frame.value, step.frame.reason)


def _told(step: Step, question: Question, value: str, doubt: str) -> dict[str, str]:
    session = step.session
    previous = session.previous(question)
    found = {
        "short": question.summary,
        "value": showing.value(session, question, value, words=not question.per),
        "previous": showing.value(session, question, previous) if previous else "",
    }
    other, count = session.form.question(question.per), _beside(step, question)
    if other is not None and count:
        found["beside"] = showing.value(session, other, session.value(other.name))
        found["each"] = texts.EACH.format(value=_shown(step, question, float(value) / count), of=other.unit)
    span = usual(step, question, value) if doubt == "unusual" else None
    return found | {"usual": _span(step, question, span) if span else ""}


def _span(step: Step, question: Question, span: Usual) -> str:
    low, high = _shown(step, question, span.low), _shown(step, question, span.high)
    low_alone = low.removesuffix(f" {question.unit}")
    return low if low == high else texts.BETWEEN.format(low=low_alone, high=high)


def _shown(step: Step, question: Question, number: float) -> str:
    """A number as the question's values are shown, no more exact than it needs to be."""
    digits = -3 if question.kind == "money" and number > 10_000 else 0 if number >= 10 else 1
    return showing.value(step.session, question, f"{round(number, digits):.15g}")


# ── the whole report ────────────────────────────────────────────────────────────────────────────────


def same_again(step: Step) -> str:
    """A line for the summary of a report whose numbers are those of the two months before; empty if they are not."""
    again = alike(step.talk.db, step.draft, step.session, SAME_MONTHS)
    return step.talk.words(texts.SAME_AGAIN) if again else ""


def alike(db: Connection, draft: Draft, session: Session, months: int) -> bool:
    """Whether a report's numbers of what was done are those of each of the `months` before."""
    if draft.starts_on is None:
        return False
    now = {result.question.name: result.number or 0.0 for result in session.results() if _flow(result)}
    if sum(number > 0 for number in now.values()) < FEWEST_ALIKE:
        return False
    before = past.reports(db, Here(draft.unit_id, draft.form_code, draft.starts_on), months)
    return len(before) == months and past.same(now, [now, *before.values()])


def _flow(result: Result) -> bool:
    return result.question.flow and result.number is not None


# ── for whoever checks a report ─────────────────────────────────────────────────────────────────────


def confirmed(db: Connection, draft: Draft, session: Session, version: int) -> list[str]:
    """Lines of the numbers that were looked at again, with the unit's reasons; and that four months are alike."""
    lines = []
    for name, doubt, note in answers.doubted(db, draft.id, version):
        question = session.form.question(name)
        if question is not None and doubt in DOUBTS:
            reason = texts.GIVEN_REASON.format(note=note) if note else texts.NO_REASON
            shown = showing.value(session, question, session.value(name))
            why = DOUBTS[doubt][0].lower() + DOUBTS[doubt][1:]
            lines.append(
                texts.CONFIRMED_LINE.format(short=question.summary, value=shown, why=why, reason=reason)
            )
    head = [texts.CONFIRMED] if lines else []
    return [*head, *lines, *([texts.ALIKE] if alike(db, draft, session, MONTHS - 1) else [])]
