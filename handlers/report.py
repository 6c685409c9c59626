"""The monthly report: opening the draft, going on with it, and what can be done once it is in."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from handlers import paragraph, questionnaires, steering, submitting, summary, texts, walking
from handlers import report_words as words
from handlers.engine import spelling
from handlers.engine.commands import Command
from handlers.report_context import FORM, context_of, counted
from handlers.showing import moment
from handlers.step import Dialogue, editor_of, enter
from handlers.step import progress as progress_of
from handlers.talk import Talk
from storage import answers, attachments, forms, periods, submissions
from storage.calendar import TZ
from storage.messages import Choice, Reply
from storage.models import Period
from storage.submissions import Draft
from storage.units import Post

SENT = submissions.COUNTED


# ── opening ─────────────────────────────────────────────────────────────────────────────────────────


def start(talk: Talk, command: Command) -> list[Reply]:
    """BATDAU, "báo cáo tháng 10": open the month's draft, or go on with it."""
    opened = _open(talk, command.number)
    return _go_on(talk, opened) if isinstance(opened, Draft) else opened


def quiet(talk: Talk, command: Command) -> list[Reply]:
    """Open the draft with "không phát sinh" answered, at the next question: a button of reminders (SETTLED)."""
    period = periods.current(talk.db, FORM, talk.now)
    if command.text and (period is None or period.key != command.text):
        return [talk.say(texts.OTHER_PERIOD)]
    opened = _open(talk)
    if not isinstance(opened, Draft):
        return opened
    step = enter(talk, DIALOGUE, opened.id)
    gate = step.session.asked()[0]
    if step.session.answered(gate):
        return walking.resume(step, words.heading(talk, opened))
    step.frame.question = gate.name
    return steering.answer(step, "không phát sinh") or []


def _open(talk: Talk, month: int | None = None) -> Draft | list[Reply]:
    """The draft to write in; or what is said when there is none, or somebody else writes in it."""
    opened = _opened(talk, _period(talk, month))
    if isinstance(opened, Draft) and opened.editor_id not in (None, talk.sender.id):
        return [_somebody_writes(talk, opened)]
    return opened


def _period(talk: Talk, month: int | None) -> Period | None:
    """The current period, or that of a month by its number: a late report is still taken (SETTLED)."""
    if month is None:
        return periods.current(talk.db, FORM, talk.now)
    year = talk.today.year if month <= talk.today.month else talk.today.year - 1
    return periods.by_key(talk.db, FORM, f"{year}-{month:02}")


def _opened(talk: Talk, period: Period | None) -> Draft | list[Reply]:
    posts = [post for post in talk.posts if post.reports]
    if not posts:
        return [talk.say(texts.NOT_A_REPORTER if talk.posts else texts.NO_UNIT)]
    if period is None:
        return [talk.say(texts.NO_PERIOD)]
    begun = [post for post in posts if post.owes(period.starts_on)]
    if not begun:
        return [_not_yet(talk, posts)]
    posts = begun
    drafts = [submissions.of_period(talk.db, post.unit_id, period.id) for post in posts]
    for post, draft in zip(posts, drafts, strict=True):
        if draft is None:
            return _new_draft(talk, post, period)
        if draft.state not in SENT:
            return draft
    assert drafts[0] is not None  # noqa: S101 - every unit has reported
    return [_already_sent(talk, drafts[0])]


def _not_yet(talk: Talk, posts: list[Post]) -> Reply:
    """What is said for a unit whose first reports are to come: a pilot starts with a few."""
    first = min(posts, key=lambda post: post.reports_from or date.max)
    begins = first.reports_from or date.max
    if begins == date.max:
        return talk.say(texts.REPORTS_LATER, unit=first.unit_name)
    key = f"{begins:%Y-%m}"
    month = spelling.month(key if begins.day == 1 else periods.next_key(key))
    return talk.say(texts.REPORTS_FROM, unit=first.unit_name, month=month)


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


def _go_on(talk: Talk, draft: Draft) -> list[Reply]:
    return walking.resume(enter(talk, DIALOGUE, draft.id), words.heading(talk, draft))


def _somebody_writes(talk: Talk, draft: Draft) -> Reply:
    done, of = progress(talk.db, draft.id)
    editor = editor_of(talk, draft)
    text = talk.words(texts.SOMEBODY_WRITES, done=done, of=of, at=moment(draft.edited_at), **editor)
    leave = Choice("do:leave", texts.LEAVE.format(**editor))
    return Reply(text, (Choice(f"do:resume:{draft.id}", texts.RESUME), leave))


def progress(db: Connection, submission_id: int) -> tuple[int, int]:
    """How many questions of a draft are answered, of how many that are asked so far."""
    draft = submissions.get(db, submission_id)
    today = draft.edited_at.astimezone(TZ).date()
    return progress_of(questionnaires.session_of(db, draft, today))


# ── after submitting ────────────────────────────────────────────────────────────────────────────────


def _already_sent(talk: Talk, draft: Draft) -> Reply:
    """What is said to BATDAU when the report is in."""
    at = moment(draft.submitted_at) if draft.submitted_at else ""
    text = talk.words(texts.ALREADY_SENT, at=at, code=draft.code, **words.named(draft))
    return Reply(text, (Choice("do:review", texts.REVIEW), Choice("do:paragraph", texts.PARAGRAPH)))


def correct(talk: Talk, command: Command) -> list[Reply]:
    """SUA n with nothing open: a correction of the submitted report, until the lock (DOMAIN 4, rule 5)."""
    draft = submissions.unfinished(talk.db, talk.units, talk.sender.id)
    if draft is None or draft.form_code != FORM:
        draft = submissions.latest(talk.db, talk.units, FORM)
    if draft is None:
        return [talk.say(texts.NOTHING_OPEN)]
    if draft.version and words.locked(draft, talk.now):
        return [talk.say(texts.LOCKED, **words.named(draft))]
    if draft.open and draft.editor_id not in (None, talk.sender.id):
        return [_somebody_writes(talk, draft)]
    if draft.version:
        submissions.begin_correction(talk.db, draft)
    step = enter(talk, DIALOGUE, draft.id)
    return steering.edit(step, command) if command.number else walking.show_summary(step)


def review(talk: Talk, _: Command) -> list[Reply]:
    """XEMLAI with nothing open: the submitted report."""
    draft = submissions.latest(talk.db, talk.units, FORM)
    if draft is None:
        return [talk.say(texts.NO_REPORT_YET)]
    session = questionnaires.session_of(talk.db, draft, talk.today, draft.version)
    files = attachments.counts(talk.db, draft, draft.version)
    return [Reply(f"{words.title(talk, draft)} (mã {draft.code})\n{summary.lines(session, files)}")]


def show_paragraph(talk: Talk, _: Command) -> list[Reply]:
    """DOANVAN: the paragraph to paste into the unit's own report (P43)."""
    draft = submissions.latest(talk.db, talk.units, FORM)
    if draft is None:
        return [talk.say(texts.NO_REPORT_YET)]
    numbers = {name: row.number for name, row in answers.results(talk.db, draft.id, draft.version).items()}
    return [Reply(paragraph.of(numbers, spelling.month(draft.period_key or ""), draft.unit_name))]


def _counted(talk: Talk, draft: Draft) -> dict[str, int]:
    return counted(talk.db, draft)


DIALOGUE = Dialogue(
    FORM, words.heading, words.title, words.rest, _counted, submitting.submit, texts.BACK_TO_REPORT
)
