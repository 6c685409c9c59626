"""Takes a finished report: answers, figures and code are stored, what follows is begun, a receipt is given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers import afterwards_texts as said
from handlers import behalf_notice, comparing, receipt, telling, texts
from handlers.comparing import Difference
from handlers.engine.question import Question
from handlers.engine.session import Result, Session
from handlers.report_words import locked, named
from handlers.showing import moment, value
from handlers.step import Step
from handlers.talk import Talk
from storage import answers, audit, counters, initiatives, periods, reminders, submissions
from storage.messages import Choice, Reply
from storage.submissions import Draft

ACCEPTED = ("accepted", "auto_accepted")


def submit(step: Step) -> list[Reply]:
    """Take the report that an officer has finished, and say so."""
    talk, draft = step.talk, step.draft
    if draft.version and locked(draft, talk.now):
        submissions.discard(talk.db, draft)
        return [talk.say(texts.LOCKED, **named(draft))]
    due = periods.due_of(talk.db, draft)
    late = due is not None and talk.today > due
    key = (draft.period_key or "").replace("-", "")
    code = draft.code or f"BC-{key}-{counters.next_of(talk.db, f'BC-{key}'):05d}"
    changed = _corrected(step) if draft.version else []
    _noted(step, changed, late=late)
    store(talk.db, draft, step.session, code=code, contact_id=talk.sender.id, at=talk.now, late=late)
    if draft.source:
        return [behalf_notice.handed_in(step, code, late=late)]
    lines = comparing.lines(step.session, changed)
    if draft.state in ACCEPTED:
        _tell_superior(talk, draft, code, lines or said.NOTHING_CORRECTED)
    receipt.order(talk, draft.id, draft.writing)
    return [_receipt(talk, draft, code, lines, late=late)]


def _noted(step: Step, changed: list[Difference], *, late: bool) -> None:
    """The audit has what was corrected; of texts, only that they were, since a petition may stand in them."""
    talk, draft = step.talk, step.draft
    old = {question.name: _read(step, question, held) for question, held, _ in changed}
    new = {question.name: _read(step, question, given) for question, _, given in changed}
    new = new if draft.version else _circumstances(draft, late=late)
    audit.record(
        talk.db, talk.by, "correct_report" if draft.version else "submit", "submission", draft.id, at=talk.now,
        unit_id=draft.unit_id, old=old, new=new,
    )  # fmt: skip


def _circumstances(draft: Draft, *, late: bool) -> dict[str, Any]:
    """What is worth noting of a first report: that it is late, how it came if it was entered for the unit."""
    return ({"late": late} if late else {}) | ({"source": draft.source} if draft.source else {})


def _corrected(step: Step) -> list[Difference]:
    """What is not the same any more as in the version before."""
    before = answers.results(step.talk.db, step.draft.id, step.draft.version)
    held = {name: row.value for name, row in before.items()}
    now = {result.question.name: result.value for result in step.session.results()}
    return comparing.differences(step.session, held, now)


def _read(step: Step, question: Question, stored: str) -> str:
    return audit.WRITTEN if question.kind == "text" else value(step.session, question, stored)


def store(  # noqa: PLR0913 - one act, all its circumstances
    db: Connection,
    draft: Draft,
    session: Session,
    *,
    code: str,
    contact_id: int | None,
    at: datetime,
    late: bool,
) -> None:
    """Close the version: answers and figures are in, an obstacle becomes a petition, reminders stop."""
    results = session.results()
    asked = {question.name for question in session.asked()}
    filled = [
        _filled(draft, result, contact_id, at) | {"asked": result.question.name in asked}
        for result in results
    ]
    submissions.submit(
        db, draft, filled, figures_of(results), code=code, contact_id=contact_id, at=at, late=late
    )
    told = next((result.value for result in results if result.question.name == "vuong_mac_nd"), "")
    initiatives.keep_obstacle(db, draft.unit_id, draft.id, told, at)
    if draft.period_id is not None:
        reminders.withdraw(db, draft.unit_id, draft.period_id, at)


def _filled(draft: Draft, result: Result, contact_id: int | None, at: datetime) -> dict[str, Any]:
    return {
        "submission_id": draft.id,
        "version": draft.writing,
        "question": result.question.name,
        "value": result.value,
        "number": result.number,
        "provenance": result.provenance,
        "raw": "",
        "doubt": "",
        "note": "",
        "contact_id": contact_id,
        "answered_at": at,
    }


def figures_of(results: list[Result]) -> dict[str, tuple[float, str]]:
    """Question → (number, provenance); each chosen option counts 1 under `question/option`."""
    figures: dict[str, tuple[float, str]] = {}
    for result in results:
        name = result.question.name
        if result.number is not None:
            figures[name] = (result.number, result.provenance)
        elif result.question.kind in ("one", "multi"):
            figures |= {f"{name}/{option}": (1.0, result.provenance) for option in result.value.split()}
    return figures


def _receipt(talk: Talk, draft: Draft, code: str, lines: str, *, late: bool) -> Reply:
    """The text of it; the picture follows when it is drawn."""
    template, after = (texts.RECEIPT_LATE if late else texts.RECEIPT), talk.words(texts.RECEIPT_NEXT)
    if draft.version:
        template, after = texts.RECEIPT_AGAIN, ""
        changes = f"{said.CORRECTED}\n{lines}" if lines else said.NOTHING_CORRECTED
    else:
        changes = comparing.with_last_month(talk.db, draft, draft.writing)
        if locked(draft, talk.now):
            template, after = texts.RECEIPT_AFTER_LOCK, ""
    text = talk.words(template, at=moment(talk.now), code=code, n=draft.version, **named(draft))
    words = "\n".join(part for part in (text, changes, after) if part)
    return Reply(words, (Choice(f"do:paragraph:{draft.id}", texts.PARAGRAPH),))


def _tell_superior(talk: Talk, draft: Draft, code: str, lines: str) -> None:
    """What was accepted is not what it was any more (DOMAIN 5.1)."""
    _, officers = telling.nearest(talk.db, draft.unit_id, talk.today, talk.sender.person_id)
    button = Choice(f"do:verify:{code}", said.SEE)
    telling.tell(
        talk.db, officers, said.SUPERIOR_TOLD, key=f"{talk.key}.corrected", at=talk.now, choices=(button,),
        code=code, n=draft.version, changes=lines, **named(draft),
    )  # fmt: skip
