"""Drops the link between a person and the records; reports, figures and receipts stay the unit's (DOMAIN 10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, literal, or_, select, update

from storage import (
    attachments,
    audit,
    calendar,
    contacts,
    data_requests,
    pause,
    personal_data,
    submissions,
    tenures,
    units,
)
from storage.answers import ANSWER
from storage.audit import CHANGE, By
from storage.contacts import ATTEMPT, CONTACT, CONVERSATION, OUTGOING, PERSON, RECEIPT
from storage.data_requests import REQUEST
from storage.database import table_of
from storage.invitations import INVITATION
from storage.models import HelpRequest
from storage.personal_data import HELP_MESSAGE
from storage.remote_files import ATTACHMENT
from storage.submissions import SUBMISSION
from storage.tasks import TASK
from storage.tenures import Tenure
from storage.units import ASSIGNMENT

HELP_REQUEST = table_of(HelpRequest)

SAID_AT = {
    RECEIPT: "received_at", OUTGOING: "created_at", ANSWER: "answered_at", TASK: "created_at",
    HELP_REQUEST: "opened_at", HELP_MESSAGE: "at",
}  # fmt: skip
"""When a row was written, for whose it was then."""
ERASED = "erased:"
"""What the address of an erased account begins with: its row stays, since answers and receipts point to it."""


def erase(db: Connection, by: By, person_id: int, pseudonym: str, at: datetime) -> list[str]:
    """Erase a person; paths of files that are to be removed after the commit.

    Codes and states of reports, all figures and the keys of receipts stay as they are; who did what stays under
    the pseudonym.  What the account writes from now on is a stranger's; on one that passed on, each holder has the own
    words alone.
    """
    own = [*personal_data.account_ids(db, person_id), *tenures.left(db, person_id)]
    spoken = tenures.of(db, person_id, strangers=True)
    held = units.posts_of(db, person_id, calendar.today(at))
    _end_posts(db, by, person_id, at)
    paths = [
        *_drop_own_papers(db, own, spoken),
        *_drop_files(db, spoken),
        *data_requests.exports(db, person_id),
    ]
    _silence(db, own)
    _empty(db, spoken)
    _pseudonymise(db, own, person_id, pseudonym, at)
    audit.forget(db, person_id, tenures.within(spoken, CHANGE.c.row, CHANGE.c.at))
    pause.forget(db, person_id, pseudonym)
    unit_id = held[0].unit_id if held else None
    audit.record(db, by, "erase", "person", person_id, at=at, unit_id=unit_id, new={"accounts": len(own)})
    return attachments.unused(db, paths)


def _end_posts(db: Connection, by: By, person_id: int, at: datetime) -> None:
    """Yesterday was the last day: nothing may be done in the person's name any more."""
    last = calendar.today(at) - timedelta(days=1)
    running = or_(ASSIGNMENT.c.valid_to.is_(None), ASSIGNMENT.c.valid_to > last)
    posts = select(ASSIGNMENT).where(ASSIGNMENT.c.person_id == person_id, running)
    for post in db.execute(posts).all():
        db.execute(update(ASSIGNMENT).where(ASSIGNMENT.c.id == post.id).values(valid_to=last))
        old = {"role": post.role, "valid_to": post.valid_to and post.valid_to.isoformat()}
        audit.record(
            db, by, "end_post", "assignment", post.id, at=at, unit_id=post.unit_id, old=old,
            new={"valid_to": last.isoformat()},
        )  # fmt: skip


def _drop_own_papers(db: Connection, own: list[int], spoken: list[Tenure]) -> list[str]:
    """Papers that only their author writes and never handed in; a report's draft is the unit's and stays."""
    unfinished = (SUBMISSION.c.state == "draft") & SUBMISSION.c.period_id.is_(None)
    said = tenures.within(spoken, ANSWER.c.contact_id, ANSWER.c.answered_at)
    written = SUBMISSION.c.id.in_(select(ANSWER.c.submission_id).where(said))
    mine = select(SUBMISSION.c.id).where(unfinished, SUBMISSION.c.editor_id.in_(own) | written)
    papers = [submissions.get(db, row) for row in db.scalars(mine).all()]
    files = select(ATTACHMENT.c.path).where(ATTACHMENT.c.submission_id.in_([paper.id for paper in papers]))
    paths = list(db.scalars(files))
    for paper in papers:
        submissions.discard(db, paper)
    return paths


def _drop_files(db: Connection, spoken: list[Tenure]) -> list[str]:
    """Voice notes and what was sent to be worked on; pictures of a report belong to it."""
    private = ATTACHMENT.c.task_id.is_not(None) | ATTACHMENT.c.media_type.like("audio/%")
    theirs = tenures.within(spoken, ATTACHMENT.c.contact_id, ATTACHMENT.c.received_at)
    mine = select(ATTACHMENT.c.id).where(theirs, private)
    return attachments.drop(db, list(db.scalars(mine)))


def _silence(db: Connection, own: list[int]) -> None:
    """The conversations end, nothing waits for these accounts."""
    for contact_id in own:
        contacts.withdraw(db, contact_id)
        submissions.release(db, contact_id)
    for table in (CONVERSATION, ATTEMPT):
        db.execute(delete(table).where(table.c.contact_id.in_(own)))


def _empty(db: Connection, spoken: list[Tenure]) -> None:
    """What was said is gone; that something was said stays, since a receipt's key stays for ever (promise 2)."""

    def theirs(table: Table) -> ColumnElement[bool]:
        return tenures.within(spoken, table.c.contact_id, table.c[SAID_AT[table]])

    # Open work and questions of nobody are over, before their words go.
    ended = ((TASK, "queued", "failed"), (OUTGOING, "queued", "withdrawn"))
    for table, waiting, over in ended:
        db.execute(update(table).where(theirs(table), table.c.state == waiting).values(state=over))
    unclosed = HELP_REQUEST.c.state != "closed"
    db.execute(update(HELP_REQUEST).where(theirs(HELP_REQUEST), unclosed).values(state="closed"))
    emptied: list[tuple[Table, dict[str, Any]]] = [
        (RECEIPT, {"body": {}, "reference": ""}),
        (OUTGOING, {"body": {}, "platform_id": ""}),
        (ANSWER, {"raw": ""}),
        (TASK, {"body": {}}),
        (HELP_REQUEST, {"body": "", "context": {}}),
        (HELP_MESSAGE, {"body": ""}),
    ]
    for table, values in emptied:
        db.execute(update(table).where(theirs(table)).values(**values))


def _pseudonymise(db: Connection, own: list[int], person_id: int, pseudonym: str, at: datetime) -> None:
    nobody = {
        "address": literal(ERASED) + CONTACT.c.id.cast(CONTACT.c.address.type), "person_id": None,
        "display_name": "", "audience": "", "unit_id": None, "consent_version": "", "consented_at": None,
        "stopped_at": None,
    }  # fmt: skip
    db.execute(update(CONTACT).where(CONTACT.c.id.in_(own)).values(**nobody))
    erased = {"name": pseudonym, "phone": "", "address_form": "dong_chi", "erased_at": at}
    db.execute(update(PERSON).where(PERSON.c.id == person_id).values(**erased))
    unused = (
        (INVITATION.c.person_id == person_id)
        & INVITATION.c.used_at.is_(None)
        & (INVITATION.c.expires_at > at)
    )
    db.execute(update(INVITATION).where(unused).values(expires_at=at))
    asked = REQUEST.c.person_id == person_id
    db.execute(update(REQUEST).where(asked).values(body=""))
    refused = REQUEST.c.state == data_requests.REFUSED
    db.execute(update(REQUEST).where(asked, refused).values(outcome=audit.WRITTEN))
    waits = REQUEST.c.state.in_(data_requests.PENDING)
    db.execute(update(REQUEST).where(asked, waits).values(state=data_requests.DONE, finished_at=at))
