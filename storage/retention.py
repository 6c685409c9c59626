"""What is kept for how long, and what is old enough to go (DOMAIN 10): each step a short transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, Text, cast, or_, select, update

from storage import attachments, invitations, receipts, submissions
from storage.answers import ANSWER
from storage.contacts import CONVERSATION, OUTGOING, RECEIPT
from storage.data_requests import EXPORT_REMOVED, REQUEST, export_path
from storage.database import Database
from storage.erasure import HELP_REQUEST
from storage.initiatives import PETITION
from storage.personal_data import HELP_MESSAGE
from storage.remote_files import ATTACHMENT
from storage.submissions import PERIOD, SUBMISSION
from storage.tasks import TASK

DRAFTS = timedelta(days=90)
"""Untouched drafts of periods that are locked, and papers that were never handed in."""
CHAT = timedelta(days=365)
"""What was typed, said, spoken and sent to be worked on; the same for what the bot said."""
PHOTOS = timedelta(days=730)
"""Files of reports."""
PETITIONS = timedelta(days=730)
"""Words of a petition after it was closed."""
EXPORTS = timedelta(days=7)
"""The file that a person got of the own data."""
BATCH = 500
"""Rows in one transaction, so that nobody's message waits for it."""
PETITION_QUESTIONS = ("vuong_mac_nd",)
"""Questions of reports whose words are a petition's."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which rows are due at a moment, and what is done to some of them: paths of files to be removed."""

    name: str
    due: Callable[[datetime], Select[Any]]
    drop: Callable[[Connection, list[int]], list[str]]


def keep_to(database: Database, now: datetime) -> dict[str, int]:
    """Let everything go that is older than it may be; how much, by what it was.  Again changes nothing."""
    gone = {}
    for rule in RULES:
        with database.read() as db:
            rows = list(db.scalars(rule.due(now)))
        for some in _batches(rows):
            with database.begin() as db:
                paths = rule.drop(db, some)
            attachments.remove(database.files, paths)
        if rows:
            gone[rule.name] = len(rows)
    return gone


def _batches(rows: list[int]) -> Iterator[list[int]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def _said(table: Table, at: str, *more: ColumnElement[bool]) -> Callable[[datetime], Select[Any]]:
    """Rows of a table with a `body` in JSON that was not emptied yet."""
    held = cast(table.c.body, Text) != "{}"

    def due(now: datetime) -> Select[Any]:
        return select(table.c.id).where(table.c[at] < now - CHAT, held, *more).order_by(table.c.id)

    return due


def _emptied(table: Table, **values: Any) -> Callable[[Connection, list[int]], list[str]]:  # noqa: ANN401
    def drop(db: Connection, rows: list[int]) -> list[str]:
        db.execute(update(table).where(table.c.id.in_(rows)).values(**values))
        return []

    return drop


def _old_help(now: datetime) -> Select[Any]:
    return select(HELP_MESSAGE.c.id).where(HELP_MESSAGE.c.at < now - CHAT, HELP_MESSAGE.c.body != "")


def _old_help_requests(now: datetime) -> Select[Any]:
    """An open question is still to be answered, however old it is."""
    old = (HELP_REQUEST.c.opened_at < now - CHAT) & (HELP_REQUEST.c.state != "open")
    return select(HELP_REQUEST.c.id).where(old, HELP_REQUEST.c.body != "")


def _old_answers(now: datetime) -> Select[Any]:
    typed = (ANSWER.c.answered_at < now - CHAT) & (ANSWER.c.raw != "")
    return select(ANSWER.c.submission_id).where(typed).distinct()


def _untype(db: Connection, submission_ids: list[int]) -> list[str]:
    """As of the papers: all that is typed in one is about as old."""
    db.execute(update(ANSWER).where(ANSWER.c.submission_id.in_(submission_ids)).values(raw=""))
    return []


def _old_conversations(now: datetime) -> Select[Any]:
    stale = CONVERSATION.c.updated_at < now - CHAT
    held = cast(CONVERSATION.c.state, Text).like('%"frames": [{%')
    errand = cast(CONVERSATION.c.state, Text).like('%"errand"%')
    return select(CONVERSATION.c.contact_id).where(stale, or_(held, errand))


def _end_conversations(db: Connection, contact_ids: list[int]) -> list[str]:
    """The number of the last question stays, so that a button of then is not one of now."""
    mine = select(CONVERSATION).where(CONVERSATION.c.contact_id.in_(contact_ids))
    for row in db.execute(mine).all():
        bare = {"turn": row.state.get("turn", 0), "frames": [], "asked_in": ""}
        same = CONVERSATION.c.contact_id == row.contact_id
        db.execute(update(CONVERSATION).where(same).values(state=bare))
    return []


def _old_petitions(now: datetime) -> Select[Any]:
    closed = (PETITION.c.closed_at < now - PETITIONS) & (PETITION.c.body != "")
    return select(PETITION.c.id).where(closed)


def _end_petitions(db: Connection, rows: list[int]) -> list[str]:
    """The report told the same words."""
    mine = PETITION.c.id.in_(rows)
    papers = select(PETITION.c.submission_id).where(mine, PETITION.c.submission_id.is_not(None))
    told = ANSWER.c.question.in_(PETITION_QUESTIONS) & ANSWER.c.submission_id.in_(papers)
    db.execute(update(ANSWER).where(told).values(value="", raw=""))
    db.execute(update(PETITION).where(mine).values(body=""))
    return []


# ── files and papers ────────────────────────────────────────────────────────────────────────────────


def _old_private_files(now: datetime) -> Select[Any]:
    """Voice notes, and what was sent to be worked on."""
    private = ATTACHMENT.c.task_id.is_not(None) | ATTACHMENT.c.media_type.like("audio/%")
    return select(ATTACHMENT.c.id).where(ATTACHMENT.c.received_at < now - CHAT, private)


def _old_photos(now: datetime) -> Select[Any]:
    there = (ATTACHMENT.c.path != "") & ATTACHMENT.c.submission_id.is_not(None)
    return select(ATTACHMENT.c.id).where(ATTACHMENT.c.received_at < now - PHOTOS, there)


def _old_drafts(now: datetime) -> Select[Any]:
    """What nobody has touched and nobody can hand in any more, or has ever owed: drafts, and begun corrections."""
    untouched = SUBMISSION.c.edited_at < now - DRAFTS
    over = SUBMISSION.c.period_id.is_(None) | PERIOD.c.closed_at.is_not(None)
    correcting = select(ANSWER.c.question).where(
        ANSWER.c.submission_id == SUBMISSION.c.id, ANSWER.c.version == SUBMISSION.c.version + 1
    )
    begun = (SUBMISSION.c.state == "draft") | (
        SUBMISSION.c.state.in_(submissions.COUNTED) & correcting.exists()
    )
    papers = SUBMISSION.outerjoin(PERIOD, PERIOD.c.id == SUBMISSION.c.period_id)
    return select(SUBMISSION.c.id).select_from(papers).where(untouched, over, begun)


def _end_drafts(db: Connection, rows: list[int]) -> list[str]:
    paths: list[str] = []
    for row in rows:
        draft = submissions.get(db, row)
        mine = (ATTACHMENT.c.submission_id == row) & (ATTACHMENT.c.version == draft.writing)
        paths += db.scalars(select(ATTACHMENT.c.path).where(mine))
        submissions.discard(db, draft)
    return attachments.unused(db, paths)


def _old_exports(now: datetime) -> Select[Any]:
    given = (REQUEST.c.kind == "export") & (REQUEST.c.body == "")
    return select(REQUEST.c.id).where(given, REQUEST.c.opened_at < now - EXPORTS)


def _end_exports(db: Connection, rows: list[int]) -> list[str]:
    exports = db.execute(select(REQUEST.c.id, REQUEST.c.person_id).where(REQUEST.c.id.in_(rows))).all()
    db.execute(update(REQUEST).where(REQUEST.c.id.in_(rows)).values(body=EXPORT_REMOVED))
    return [export_path(row.person_id, row.id) for row in exports]


def _old_invitations(now: datetime) -> Select[Any]:
    """None of the codes in such a file opens any more."""
    made = (TASK.c.kind == invitations.TASK) & (TASK.c.finished_at < now - invitations.LIFE)
    return select(TASK.c.id).where(made, cast(TASK.c.body, Text) != "{}")


def _end_invitations(db: Connection, rows: list[int]) -> list[str]:
    """The emptied body says that the files are gone."""
    db.execute(update(TASK).where(TASK.c.id.in_(rows)).values(body={}))
    return [invitations.file_path(row, ending) for row in rows for ending in invitations.ENDINGS]


def _old_receipts(now: datetime) -> Select[Any]:
    drawn = (TASK.c.kind == receipts.PICTURE) & (TASK.c.finished_at < now - receipts.KEPT)
    return select(TASK.c.id).where(drawn, cast(TASK.c.body, Text) != "{}")


def _end_receipts(db: Connection, rows: list[int]) -> list[str]:
    """Likewise."""
    db.execute(update(TASK).where(TASK.c.id.in_(rows)).values(body={}))
    return [receipts.path(row) for row in rows]


_QUIET = OUTGOING.c.state.not_in(("queued", "sending"))

RULES = (
    Rule("drafts_dropped", _old_drafts, _end_drafts),
    Rule("messages_emptied", _said(RECEIPT, "received_at"), _emptied(RECEIPT, body={}, reference="")),
    Rule("replies_emptied", _said(OUTGOING, "created_at", _QUIET), _emptied(OUTGOING, body={})),
    Rule("tasks_emptied", _said(TASK, "created_at"), _emptied(TASK, body={})),
    Rule("help_emptied", _old_help, _emptied(HELP_MESSAGE, body="")),
    Rule("help_requests_emptied", _old_help_requests, _emptied(HELP_REQUEST, body="", context={})),
    Rule("answers_untyped", _old_answers, _untype),
    Rule("conversations_ended", _old_conversations, _end_conversations),
    Rule("files_dropped", _old_private_files, attachments.drop),
    Rule("photos_dropped", _old_photos, attachments.empty),
    Rule("petitions_emptied", _old_petitions, _end_petitions),
    Rule("invitations_removed", _old_invitations, _end_invitations),
    Rule("exports_removed", _old_exports, _end_exports),
    Rule("receipts_removed", _old_receipts, _end_receipts),
)
"""In this order; a rule that is done has nothing due until something else is old enough."""
