"""An initiative (sáng kiến) at its idea stage: five questions, at any time, also in the middle of a report."""

from __future__ import annotations

from handlers import no_post, texts, walking
from handlers.engine.commands import Command
from handlers.engine.session import Session
from handlers.step import Dialogue, Step, enter
from handlers.talk import Talk
from storage import counters, forms, initiatives, submissions
from storage.calendar import TZ
from storage.messages import Reply
from storage.submissions import Draft

FORM = "sang_kien"
IDEA_STAGE = "1"
"""`giai_doan` of the form: 1 idea, 2 dossier, 3 recognised (SETTLED)."""


def start(talk: Talk, _: Command) -> list[Reply]:
    """SANGKIEN: write down an idea, or go on with the one begun."""
    if not talk.posts:
        return [no_post.said(talk)]
    draft = submissions.own_draft(talk.db, talk.own_units, FORM, talk.sender.id)
    submission_id = draft.id if draft else _new(talk)
    if submission_id is None:
        return [talk.say(texts.NOT_YET)]
    step = enter(talk, DIALOGUE, submission_id)
    return walking.resume(step, _heading(talk, step.draft))


def _new(talk: Talk) -> int | None:
    version = forms.newest(talk.db, FORM)
    if version is None:
        return None
    return submissions.open_draft(
        talk.db,
        form_version_id=version,
        form_code=FORM,
        unit_id=talk.posts[0].unit_id,
        period_id=None,
        context={"giai_doan": IDEA_STAGE},
        contact_id=talk.sender.id,
        at=talk.now,
    )


def _heading(talk: Talk, draft: Draft) -> str:
    return talk.words(texts.IDEA_HEADING, unit=draft.unit_name)


def _title(talk: Talk, draft: Draft) -> str:
    return talk.words(texts.IDEA_TITLE, unit=draft.unit_name)


def _rest(_session: Session) -> str:
    return ""


def _counted(_talk: Talk, _draft: Draft) -> dict[str, int]:
    return {}


def _submit(step: Step) -> list[Reply]:
    talk, draft = step.talk, step.draft
    year = talk.now.astimezone(TZ).year
    code = f"SK-{year}-{counters.next_of(talk.db, f'SK-{year}'):06d}"
    title = step.session.value("sk_ten")
    submissions.submit(talk.db, draft, [], {}, code=code, contact_id=talk.sender.id, at=talk.now, late=False)
    row = {"code": code, "unit_id": draft.unit_id, "submission_id": draft.id, "person_id": talk.sender.person_id,
           "title": title, "state": "y_tuong", "created_at": talk.now}  # fmt: skip
    initiatives.add(talk.db, row)
    return [talk.say(texts.IDEA_RECEIPT, title=title, code=code)]


DIALOGUE = Dialogue(FORM, _heading, _title, _rest, _counted, _submit, texts.BACK_TO_IDEA)
