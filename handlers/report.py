"""The monthly report: opening the draft of the right unit, and going on with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from handlers import (
    no_post,
    opening_texts,
    questionnaires,
    steering,
    submitting,
    texts,
    walking,
    which_unit,
)
from handlers import report_words as words
from handlers.engine import spelling
from handlers.engine.commands import Command
from handlers.report_context import FORM, context_of, counted
from handlers.showing import moment
from handlers.step import Dialogue, Step, editor_of, enter, in_hand
from handlers.step import progress as progress_of
from handlers.talk import Talk
from handlers.which_unit import Asked, Paper
from storage import appointments, forms, periods, submissions
from storage.calendar import TZ
from storage.messages import Choice, Reply
from storage.models import Period
from storage.submissions import Draft
from storage.units import Post

# ── opening ─────────────────────────────────────────────────────────────────────────────────────────


def start(talk: Talk, command: Command) -> list[Reply]:
    """BATDAU, "báo cáo tháng 10": open the month's draft, or go on with it."""
    period = period_of(talk, command.number)
    return _begin(talk, period, Asked("start", period.key if period else ""))


def quiet(talk: Talk, command: Command) -> list[Reply]:
    """Open the draft with "không phát sinh" answered, at the next question: a button of reminders (SETTLED)."""
    period = periods.current(talk.db, FORM, talk.now)
    if command.text and (period is None or period.key != command.text):
        return [talk.say(texts.OTHER_PERIOD)]
    return _begin(talk, period, Asked("quiet", period.key if period else ""))


def change_unit(talk: Talk, _: Command) -> list[Reply]:
    """DOIDONVI: ask again which unit the report is for; what is written stays."""
    period = periods.current(talk.db, FORM, talk.now)
    if period is None:
        return [talk.say(texts.NO_PERIOD)]
    found = which_unit.waiting(which_unit.papers(talk, owing(talk, period), period))
    if len(found) < 2:
        return [talk.say(opening_texts.NOTHING_TO_CHOOSE, period=spelling.month(period.key))]
    return which_unit.ask(talk, opening_texts.WHICH_UNIT, found, Asked("start", period.key))


def _begin(talk: Talk, period: Period | None, asked: Asked) -> list[Reply]:
    posts = reporting(talk)
    if not posts:
        return [talk.say(texts.NOT_A_REPORTER) if talk.posts else no_post.said(talk)]
    if period is None:
        return [talk.say(texts.NO_PERIOD)]
    begun = owing(talk, period)
    if not begun:
        return [Reply(_not_yet(talk, posts))]
    return write_in(talk, opened_for(talk, which_unit.papers(talk, begun, period), period, asked), asked)


def reporting(talk: Talk) -> list[Post]:
    """Posts of the sender that write reports."""
    return [post for post in talk.posts if post.reports]


def owing(talk: Talk, period: Period) -> list[Post]:
    """Those of them whose unit has begun to report by then."""
    return [post for post in reporting(talk) if post.owes(period.starts_on)]


def opened_for(talk: Talk, papers: Sequence[Paper], period: Period, asked: Asked) -> Draft | list[Reply]:
    """The one draft that is meant; or the question which, or that all is in."""
    waiting = which_unit.waiting(papers)
    if not waiting:
        sent = [draft for _, draft in papers if draft is not None]
        return [_already_sent(talk, max(sent, key=lambda draft: draft.submitted_at or draft.edited_at))]
    begun = which_unit.chosen_before(talk, waiting)
    if begun is None and len(waiting) > 1:
        return which_unit.ask(talk, opening_texts.WHICH_UNIT, waiting, asked)
    post, draft = begun or waiting[0]
    return draft or _new_draft(talk, post, period)


def write_in(talk: Talk, opened: Draft | list[Reply], asked: Asked) -> list[Reply]:
    """Write in the draft; or say what is said when there is none, or somebody else writes in it."""
    if not isinstance(opened, Draft):
        return opened
    if somebody_elses(talk, opened):
        return [somebody_writes(talk, opened)]
    return _quietly(talk, opened) if asked.act == "quiet" else _go_on(talk, opened)


def somebody_elses(talk: Talk, draft: Draft) -> bool:
    """Whether another person writes it, who has not left the unit since."""
    if draft.editor_id is None or in_hand(talk, draft):
        return False
    return not appointments.has_left(talk.db, draft.editor_person_id or 0, draft.unit_id, talk.today)


def _quietly(talk: Talk, opened: Draft) -> list[Reply]:
    step = enter(talk, DIALOGUE, opened.id)
    gate = step.session.asked()[0]
    if step.session.answered(gate):
        return walking.resume(step, words.heading(talk, opened))
    step.frame.question = gate.name
    return steering.answer(step, "không phát sinh") or []


def period_of(talk: Talk, month: int | None) -> Period | None:
    """The current period, or that of a month by its number: a late report is still taken (SETTLED)."""
    if month is None:
        return periods.current(talk.db, FORM, talk.now)
    year = talk.today.year if month <= talk.today.month else talk.today.year - 1
    return periods.by_key(talk.db, FORM, f"{year}-{month:02}")


def begins_later(talk: Talk) -> str:
    """From which month on the sender's units report, while none of them has begun; else empty."""
    posts, period = reporting(talk), periods.current(talk.db, FORM, talk.now)
    begun = any(post.owes(period.starts_on if period else talk.today) for post in posts)
    return _not_yet(talk, posts) if posts and not begun else ""


def _not_yet(talk: Talk, posts: list[Post]) -> str:
    """What is said for a unit whose first reports are to come: a pilot starts with a few."""
    first = min(posts, key=lambda post: post.reports_from or date.max)
    begins = first.reports_from or date.max
    if begins == date.max:
        return talk.words(texts.REPORTS_LATER, unit=first.unit_name)
    key = f"{begins:%Y-%m}"
    month = spelling.month(key if begins.day == 1 else periods.next_key(key))
    return talk.words(texts.REPORTS_FROM, unit=first.unit_name, month=month)


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


def somebody_writes(talk: Talk, draft: Draft) -> Reply:
    """Ask whether to go on with the common draft."""
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
    review = Choice(f"do:review:{draft.id}", texts.REVIEW)
    return Reply(text, (review, Choice(f"do:paragraph:{draft.id}", texts.PARAGRAPH)))


def _submit(step: Step) -> list[Reply]:
    """Take the report; who has others to write is told which."""
    talk, replies = step.talk, submitting.submit(step)
    period = periods.by_key(talk.db, FORM, step.draft.period_key or "")
    if len(set(talk.units)) < 2 or period is None:
        return replies
    left = which_unit.waiting(which_unit.papers(talk, owing(talk, period), period))
    if not left:
        return replies
    units = ", ".join(post.short_name for post, _ in left[: which_unit.MOST])
    *before, last = replies
    said = f"{last.text}\n{talk.words(opening_texts.MORE_UNITS, units=units)}"
    return [*before, Reply(said, (*last.choices, Choice("do:start", texts.START)))]


def _counted(talk: Talk, draft: Draft) -> dict[str, int]:
    return counted(talk.db, draft)


DIALOGUE = Dialogue(FORM, words.heading, words.title, words.rest, _counted, _submit, texts.BACK_TO_REPORT)
