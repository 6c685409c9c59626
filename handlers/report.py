"""The monthly report: opening the draft, taking it, saying so."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from handlers import interview, paragraph, questionnaires, summary, texts
from handlers.engine import spelling
from handlers.engine.commands import Command
from handlers.engine.session import Result, Session
from handlers.step import Dialogue, Step, editor_of, enter
from handlers.step import progress as progress_of
from handlers.talk import Talk
from storage import counters, forms, initiatives, periods, reminders, submissions, units
from storage.calendar import TZ
from storage.messages import Choice, Reply
from storage.models import Period
from storage.submissions import Draft
from storage.units import Post

FORM = "bc_thang"
SENT = submissions.COUNTED
POVERTY_MONTH = ((10, 17), (11, 18))
"""Tháng cao điểm "Vì người nghèo", 17/10–18/11 every year (P9)."""


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def clock(at: datetime) -> str:
    """A moment as receipts say it: 09:14 ngày 16/12/2026, in Hanoi."""
    return at.astimezone(TZ).strftime("%H:%M ngày %d/%m/%Y")


def _named(draft: Draft) -> dict[str, str]:
    return {"period": spelling.month(draft.period_key or ""), "unit": draft.unit_name}


def _heading(talk: Talk, draft: Draft) -> str:
    due = draft.due_on.strftime("%d/%m") if draft.due_on else ""
    return talk.words(texts.REPORT_HEADING, due=due, **_named(draft))


def _title(talk: Talk, draft: Draft) -> str:
    return talk.words(texts.REPORT_TITLE, **_named(draft))


def _rest(session: Session) -> str:
    """Flows that were not asked: what the bot itself has counted, and that all others are 0 (SETTLED)."""
    unasked = [r for r in session.results() if r.provenance in ("auto_count", "implied_zero")]
    recorded = [f"{r.question.summary}: {r.value}" for r in unasked if r.provenance == "auto_count"]
    lines = [texts.SUMMARY_COUNTED.format(items="; ".join(recorded))] if recorded else []
    return "\n".join([*lines, texts.SUMMARY_ZERO] if len(unasked) > len(recorded) else lines)


# ── what the form asks about ────────────────────────────────────────────────────────────────────────


def counted(db: Connection, draft: Draft) -> dict[str, int]:
    """What the bot itself has recorded in the period, by question (`tu_dong_…`)."""
    if draft.starts_on is None or draft.ends_on is None:
        return {}
    start = datetime.combine(draft.starts_on, time(), TZ)
    end = datetime.combine(draft.ends_on + timedelta(days=1), time(), TZ)
    return initiatives.counted(db, draft.unit_id, start, end)


def _counted(talk: Talk, draft: Draft) -> dict[str, int]:
    return counted(talk.db, draft)


def context_of(db: Connection, unit_id: int, industry_type: str, period: Period) -> dict[str, str]:
    """Values of the form's hidden questions for a unit and a period (FORMS, "Context")."""
    year, month = period.starts_on.year, period.starts_on.month
    first, last = (period.starts_on.replace(month=m, day=d) for m, d in POVERTY_MONTH)
    overlaps = period.starts_on <= last and period.ends_on >= first
    context = {"ky_nam": str(year), "ky_thang": str(month), "loai_hinh": industry_type,
               "thang_cao_diem": "1" if overlaps else "0"}  # fmt: skip
    opening = {name: f"{number:.15g}" for name, number in units.opening_figures(db, unit_id).items()}
    last_values = opening | submissions.before(db, unit_id, FORM, period.starts_on)
    return context | {f"truoc_{name}": value for name, value in last_values.items()}


# ── opening ─────────────────────────────────────────────────────────────────────────────────────────


def start(talk: Talk, _: Command) -> list[Reply]:
    """BATDAU: open this month's draft, or go on with it."""
    opened = _open(talk)
    if not isinstance(opened, Draft):
        return opened
    if opened.editor_id != talk.sender.id:
        return [_somebody_writes(talk, opened)]
    return go_on(talk, opened)


def quiet(talk: Talk, command: Command) -> list[Reply]:
    """Open the draft with "không phát sinh" answered, at the next question: a button of reminders (SETTLED)."""
    period = periods.current(talk.db, FORM, talk.now)
    if command.text and (period is None or period.key != command.text):
        return [talk.say(texts.OTHER_PERIOD)]
    opened = _open(talk)
    if not isinstance(opened, Draft):
        return opened
    if opened.editor_id != talk.sender.id:
        return [_somebody_writes(talk, opened)]
    step = enter(talk, DIALOGUE, opened.id)
    gate = step.session.asked()[0]
    if step.session.answered(gate):
        return interview.resume(step, _heading(talk, opened))
    step.frame.question = gate.name
    return interview.answer(step, "không phát sinh") or []


def _open(talk: Talk) -> Draft | list[Reply]:
    """The draft to write in; or what is said when there is none to be written."""
    period = periods.current(talk.db, FORM, talk.now)
    posts = [post for post in talk.posts if post.reports]
    if not posts:
        return [talk.say(texts.NOT_A_REPORTER if talk.posts else texts.NO_UNIT)]
    if period is None:
        return [talk.say(texts.NO_PERIOD)]
    drafts = [submissions.of_period(talk.db, post.unit_id, period.id) for post in posts]
    for post, draft in zip(posts, drafts, strict=True):
        if draft is None:
            return _new_draft(talk, post, period)
        if draft.state not in SENT:
            return draft
    assert drafts[0] is not None  # noqa: S101 - every unit has reported
    return [already_sent(talk, drafts[0])]


def _new_draft(talk: Talk, post: Post, period: Period) -> Draft | list[Reply]:
    version = forms.newest(talk.db, FORM)
    if version is None:
        return [talk.say(texts.NO_PERIOD)]
    created = submissions.open_draft(
        talk.db,
        form_version_id=version,
        form_code=FORM,
        unit_id=post.unit_id,
        period_id=period.id,
        context=context_of(talk.db, post.unit_id, post.industry_type, period),
        contact_id=talk.sender.id,
        at=talk.now,
    )
    return submissions.get(talk.db, created)


def go_on(talk: Talk, draft: Draft) -> list[Reply]:
    """Take up a draft where it stands."""
    return interview.resume(enter(talk, DIALOGUE, draft.id), _heading(talk, draft))


def _somebody_writes(talk: Talk, draft: Draft) -> Reply:
    done, of = progress(talk.db, draft.id)
    editor = editor_of(talk, draft)
    text = talk.words(texts.SOMEBODY_WRITES, done=done, of=of, at=clock(draft.edited_at), **editor)
    leave = Choice("do:leave", texts.LEAVE.format(**editor))
    return Reply(text, (Choice("do:resume", texts.RESUME), leave))


def progress(db: Connection, submission_id: int) -> tuple[int, int]:
    """How many questions of a draft are answered, of how many that are asked so far."""
    draft = submissions.get(db, submission_id)
    today = draft.edited_at.astimezone(TZ).date()
    return progress_of(questionnaires.session_of(db, draft, today))


# ── after submitting ────────────────────────────────────────────────────────────────────────────────


def already_sent(talk: Talk, draft: Draft) -> Reply:
    """What is said to BATDAU when the report is in."""
    at = clock(draft.submitted_at) if draft.submitted_at else ""
    text = talk.words(texts.ALREADY_SENT, at=at, code=draft.code, **_named(draft))
    return Reply(text, (Choice("do:review", "Xem lại"), Choice("do:paragraph", texts.PARAGRAPH)))


def correct(talk: Talk, command: Command) -> list[Reply]:
    """SUA n with nothing open: a correction of the submitted report, until the lock (DOMAIN 4, rule 5)."""
    draft = submissions.latest(talk.db, talk.units, FORM)
    if draft is None:
        return [talk.say(texts.NOTHING_OPEN)]
    if draft.closed_at is not None or (draft.closes_at and talk.now >= draft.closes_at):
        return [talk.say(texts.LOCKED, **_named(draft))]
    submissions.begin_correction(talk.db, draft)
    step = enter(talk, DIALOGUE, draft.id)
    return interview.edit(step, command) if command.number else interview.show_summary(step)


def review(talk: Talk, _: Command) -> list[Reply]:
    """XEMLAI with nothing open: the submitted report."""
    draft = submissions.latest(talk.db, talk.units, FORM)
    if draft is None:
        return [talk.say(texts.NO_REPORT_YET)]
    session = questionnaires.session_of(talk.db, draft, talk.today, draft.version)
    return [Reply(f"{_title(talk, draft)} (mã {draft.code})\n{summary.lines(session)}")]


def show_paragraph(talk: Talk, _: Command) -> list[Reply]:
    """DOANVAN: the paragraph to paste into the unit's own report (P43)."""
    draft = submissions.latest(talk.db, talk.units, FORM)
    if draft is None:
        return [talk.say(texts.NO_REPORT_YET)]
    numbers = {
        name: row.number for name, row in submissions.results(talk.db, draft.id, draft.version).items()
    }
    return [Reply(paragraph.of(numbers, spelling.month(draft.period_key or ""), draft.unit_name))]


# ── submitting ──────────────────────────────────────────────────────────────────────────────────────


def _submit(step: Step) -> list[Reply]:
    talk, draft = step.talk, step.draft
    late = draft.due_on is not None and talk.today > draft.due_on
    key = (draft.period_key or "").replace("-", "")
    code = draft.code or f"BC-{key}-{counters.next_of(talk.db, f'BC-{key}'):05d}"
    store(
        talk.db, draft, step.session.results(), code=code, contact_id=talk.sender.id, at=talk.now, late=late
    )
    return [_receipt(talk, draft, code, late=late)]


def store(  # noqa: PLR0913 - one act, all its circumstances
    db: Connection,
    draft: Draft,
    results: list[Result],
    *,
    code: str,
    contact_id: int,
    at: datetime,
    late: bool,
) -> None:
    """Close the version: answers and figures are in, an obstacle becomes a petition, reminders stop."""
    filled = [_filled(draft, result, contact_id, at) for result in results]
    submissions.submit(
        db, draft, filled, figures_of(results), code=code, contact_id=contact_id, at=at, late=late
    )
    for result in results:
        if result.question.name == "vuong_mac_nd" and result.value:
            initiatives.add_obstacle(db, draft.unit_id, draft.id, result.value, at)
    if draft.period_id is not None:
        reminders.withdraw(db, draft.unit_id, draft.period_id, at)


def _filled(draft: Draft, result: Result, contact_id: int, at: datetime) -> dict[str, Any]:
    return {
        "submission_id": draft.id,
        "version": draft.writing,
        "question": result.question.name,
        "value": result.value,
        "number": result.number,
        "provenance": result.provenance,
        "asked": False,
        "raw": "",
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


def _receipt(talk: Talk, draft: Draft, code: str, *, late: bool) -> Reply:
    template = texts.RECEIPT_LATE if late else texts.RECEIPT
    if draft.version:
        template = texts.RECEIPT_AGAIN
    elif draft.closed_at is not None or (draft.closes_at and talk.now >= draft.closes_at):
        template = texts.RECEIPT_AFTER_LOCK
    text = talk.words(template, at=clock(talk.now), code=code, n=draft.version, **_named(draft))
    return Reply(text, (Choice("do:paragraph", texts.PARAGRAPH),))


DIALOGUE = Dialogue(FORM, _heading, _title, _rest, _counted, _submit, texts.BACK_TO_REPORT)
