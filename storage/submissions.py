"""Drafts and what becomes of them: opened, written, submitted, corrected, thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    update,
)

from storage import accounts, answers, units
from storage.answers import ANSWER
from storage.database import insert, table_of
from storage.models import (
    Attachment,
    Contact,
    FormVersion,
    Period,
    Submission,
    SubmissionVersion,
    Unit,
)

SUBMISSION = table_of(Submission)
VERSION = table_of(SubmissionVersion)
PERIOD = table_of(Period)
FORM = table_of(FormVersion)
UNIT = table_of(Unit)
ATTACHMENT = table_of(Attachment)
EDITOR = accounts.CONTACT.alias("editor")
CONTACT = table_of(Contact)

Units = Select[tuple[int]]
"""Ids of units, as a query."""

COUNTED = ("submitted", "accepted", "auto_accepted")
"""States in which a report is in the figures: submitted and not returned (SETTLED)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A submission with what a conversation needs to know about it."""

    id: int
    form_version_id: int
    form_sha256: str
    form_code: str
    unit_id: int
    unit_name: str
    """As of the period's last day; the latest, where there is no period."""
    period_id: int | None
    state: str
    code: str | None
    version: int
    context: dict[str, str]
    editor_id: int | None
    editor_person_id: int | None
    """Who stands behind the account that writes."""
    edited_at: datetime
    submitted_at: datetime | None
    period_key: str | None
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    closes_at: datetime | None
    closed_at: datetime | None
    due_day: int | None
    """The unit's own day, if it has one: `periods.due_of` makes a date of it."""
    source: str
    """How it came in if it is entered for the unit: `phone` or `paper`; empty: its own officers write it."""
    open: bool
    """Whether it is being written: a draft, a returned report, or a correction under way."""

    @property
    def writing(self) -> int:
        """Number of the version being written."""
        return self.version + 1


_CORRECTING = select(ANSWER.c.question).where(
    ANSWER.c.submission_id == SUBMISSION.c.id, ANSWER.c.version == SUBMISSION.c.version + 1
)
# Written out: a list that is bound would be put into the text of the statement anew at every turn.
_WRITTEN = or_(*(SUBMISSION.c.state == literal_column(f"'{state}'") for state in ("draft", "returned")))
_OPEN = or_(_WRITTEN, _CORRECTING.exists())
_EVER = literal_column("'9999-12-31'", Date)
DRAFTS = select(
    SUBMISSION.c.id, SUBMISSION.c.form_version_id, FORM.c.sha256, SUBMISSION.c.form_code, SUBMISSION.c.unit_id,
    units.called("name", func.coalesce(PERIOD.c.ends_on, _EVER)),
    SUBMISSION.c.period_id, SUBMISSION.c.state, SUBMISSION.c.code, SUBMISSION.c.version,
    SUBMISSION.c.context, SUBMISSION.c.editor_id, EDITOR.c.person_id.label("editor_person_id"), SUBMISSION.c.edited_at,
    SUBMISSION.c.submitted_at, PERIOD.c.key, PERIOD.c.starts_on, PERIOD.c.ends_on,
    PERIOD.c.due_on, PERIOD.c.closes_at, PERIOD.c.closed_at, UNIT.c.due_day, SUBMISSION.c.source, _OPEN.label("open"),
).select_from(
    SUBMISSION.join(UNIT, UNIT.c.id == SUBMISSION.c.unit_id)
    .join(FORM, FORM.c.id == SUBMISSION.c.form_version_id)
    .outerjoin(PERIOD, PERIOD.c.id == SUBMISSION.c.period_id)
    .outerjoin(EDITOR, EDITOR.c.id == SUBMISSION.c.editor_id)
)  # fmt: skip
_BY_ID = DRAFTS.where(SUBMISSION.c.id == bindparam("submission"))
_OWN_ACCOUNT = select(CONTACT.c.id).where(
    CONTACT.c.id == SUBMISSION.c.editor_id, CONTACT.c.person_id == bindparam("person")
)
# What a unit reports is its reporters'; a paper of one's own needs no more than a post in the unit (DOMAIN 3).
_THEIRS = or_(
    *(units.ASSIGNMENT.c.role == literal_column(f"'{role}'") for role in units.REPORTERS),
    and_(SUBMISSION.c.period_id.is_(None), _OWN_ACCOUNT.exists()),
)
_POST = select(units.ASSIGNMENT.c.id).where(
    units.ASSIGNMENT.c.unit_id == SUBMISSION.c.unit_id,
    units.ASSIGNMENT.c.person_id == bindparam("person"),
    units.valid(units.ASSIGNMENT, bindparam("day")),
    units.valid(UNIT, bindparam("day")),
    _THEIRS,
)
_BY_PERSON = _BY_ID.where(_POST.exists())
_OF_PERIOD = DRAFTS.where(
    SUBMISSION.c.unit_id == bindparam("unit"), SUBMISSION.c.period_id == bindparam("period")
)


def draft_of(row: Any) -> Draft:  # noqa: ANN401 - a row of DRAFTS
    """The submission that a row of DRAFTS tells of."""
    return Draft(*row)


def find(
    db: Connection, submission_id: int, person_id: int | None, on: date, entered_for: Units | None = None
) -> Draft | None:
    """One submission by id; None if it was discarded, or if the person has no post for it in its unit on that day.

    With `entered_for`, the units for which the person may enter reports: of them, only what is entered is found.
    """
    values = {"submission": submission_id, "person": person_id, "day": on}
    statement = _BY_PERSON if entered_for is None else _BY_ID.where(_entered(entered_for))
    row = db.execute(statement, values).one_or_none()
    return None if row is None else draft_of(row)


def _entered(units_: Units) -> ColumnElement[bool]:
    """Papers that are entered for one of these units; what its own officers write never is."""
    return and_(SUBMISSION.c.source != "", SUBMISSION.c.unit_id.in_(units_))


def get(db: Connection, submission_id: int) -> Draft:
    """One submission that is known to be there."""
    return draft_of(db.execute(_BY_ID, {"submission": submission_id}).one())


def of_period(db: Connection, unit_id: int, period_id: int) -> Draft | None:
    """A unit's submission for a period, in whatever state."""
    row = db.execute(_OF_PERIOD, {"unit": unit_id, "period": period_id}).one_or_none()
    return None if row is None else draft_of(row)


def unfinished(
    db: Connection,
    unit_ids: Sequence[int],
    contact_id: int,
    *,
    own: Sequence[int] = (),
    entered_for: Units | None = None,
) -> Draft | None:
    """What is being written and was touched last: a report of these units, or a paper that the contact writes.

    `own` are the units in which the contact may have papers without a period, `entered_for` those for which it enters.
    In several units, what this person writes goes before what a colleague does.
    """
    mine = SUBMISSION.c.editor_id.in_(accounts.of_same_person(contact_id))
    which = [
        and_(SUBMISSION.c.period_id.is_not(None), SUBMISSION.c.unit_id.in_(unit_ids)),
        and_(SUBMISSION.c.period_id.is_(None), mine, SUBMISSION.c.unit_id.in_([*unit_ids, *own])),
    ]
    if entered_for is not None:
        which.append(and_(mine, _entered(entered_for)))
    drafts = DRAFTS.where(_OPEN, or_(*which))
    first = [case((mine, 0), else_=1)] if len(set(unit_ids)) > 1 else []
    row = db.execute(drafts.order_by(*first, SUBMISSION.c.edited_at.desc()).limit(1)).one_or_none()
    return None if row is None else draft_of(row)


def own_draft(db: Connection, unit_ids: Sequence[int], form_code: str, contact_id: int) -> Draft | None:
    """An unfinished paper without a period (an initiative) that the contact's person began in one of these units."""
    mine = DRAFTS.where(
        SUBMISSION.c.form_code == form_code,
        SUBMISSION.c.unit_id.in_(unit_ids),
        SUBMISSION.c.editor_id.in_(accounts.of_same_person(contact_id)),
        SUBMISSION.c.state == "draft",
    )
    row = db.execute(mine.order_by(SUBMISSION.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else draft_of(row)


def latest(db: Connection, unit_ids: Sequence[int], form_code: str) -> Draft | None:
    """The newest submitted report of these units; of several in one period, the one that came last."""
    newest = newest_of(db, unit_ids, form_code)
    return newest[0] if newest else None


def newest_of(db: Connection, unit_ids: Sequence[int], form_code: str) -> list[Draft]:
    """The submitted reports of these units in the newest period that has any, the last one first."""
    came = (SUBMISSION.c.unit_id.in_(unit_ids), SUBMISSION.c.form_code == form_code, SUBMISSION.c.version > 0)
    period = (
        select(PERIOD.c.id)
        .select_from(PERIOD.join(SUBMISSION, SUBMISSION.c.period_id == PERIOD.c.id))
        .where(*came)
        .order_by(PERIOD.c.starts_on.desc())
        .limit(1)
    )
    sent = DRAFTS.where(*came, SUBMISSION.c.period_id == period.scalar_subquery())
    return [
        draft_of(row)
        for row in db.execute(sent.order_by(SUBMISSION.c.submitted_at.desc(), SUBMISSION.c.id.desc()))
    ]


def open_draft(  # noqa: PLR0913 - the columns of one row
    db: Connection,
    *,
    form_version_id: int,
    form_code: str,
    unit_id: int,
    period_id: int | None,
    context: Mapping[str, str],
    contact_id: int | None,
    at: datetime,
    source: str = "",
) -> int:
    """Begin a submission; its id."""
    row = {
        "form_version_id": form_version_id, "form_code": form_code, "unit_id": unit_id, "period_id": period_id,
        "state": "draft", "version": 0, "context": dict(context), "editor_id": contact_id,
        "opened_at": at, "edited_at": at, "late": False, "source": source,
    }  # fmt: skip
    return int(db.execute(insert(SUBMISSION, db).returning(SUBMISSION.c.id), row).scalar_one())


_TOUCH = (
    update(SUBMISSION)
    .where(SUBMISSION.c.id == bindparam("submission"))
    .values(editor_id=bindparam("contact"), edited_at=bindparam("at"))
)


def touch(db: Connection, submission_id: int, contact_id: int, at: datetime) -> None:
    """Note who is writing, and when."""
    db.execute(_TOUCH, {"submission": submission_id, "contact": contact_id, "at": at})


def set_source(db: Connection, submission_id: int, source: str, *, nobody: bool = False) -> None:
    """Note that it is entered for the unit, `phone` or `paper`; empty: it is the unit's own; `nobody`: and free."""
    values: dict[str, Any] = {"source": source} | ({"editor_id": None} if nobody else {})
    db.execute(update(SUBMISSION).where(SUBMISSION.c.id == submission_id).values(values))


def release(db: Connection, contact_id: int) -> None:
    """The account writes no paper any more: what it was writing is its unit's, whoever goes on with it."""
    mine = update(SUBMISSION).where(SUBMISSION.c.editor_id == contact_id)
    db.execute(mine.values(editor_id=None))


def discard(db: Connection, draft: Draft) -> None:
    """Throw away what is being written: the whole draft, or a correction of what was submitted."""
    writing = {"submission_id": draft.id, "version": draft.writing}
    for table in (ATTACHMENT, ANSWER):
        db.execute(delete(table).where(*(table.c[name] == value for name, value in writing.items())))
    if draft.version == 0:
        db.execute(delete(SUBMISSION).where(SUBMISSION.c.id == draft.id))
    else:
        state = "submitted" if draft.state == "draft" else draft.state
        source = origin(db, draft.id, draft.version)[0]
        values = {"state": state, "source": source}
        db.execute(update(SUBMISSION).where(SUBMISSION.c.id == draft.id).values(values))


def origin(db: Connection, submission_id: int, version: int) -> tuple[str, int | None]:
    """How a submitted version came in (empty: from the unit itself), and the account that handed it in."""
    its = (VERSION.c.submission_id == submission_id) & (VERSION.c.number == version)
    row = db.execute(select(VERSION.c.source, VERSION.c.contact_id).where(its)).one_or_none()
    return ("", None) if row is None else (row.source, row.contact_id)


def begin_correction(db: Connection, draft: Draft) -> None:
    """Copy the latest version's asked answers and files into a new one, to be corrected; again changes nothing."""
    if not answers.given(db, draft.id, draft.writing):
        _copy(db, draft, ANSWER, ANSWER.c.asked)
        _copy(db, draft, ATTACHMENT, true())


def _copy(db: Connection, draft: Draft, table: Table, which: ColumnElement[bool]) -> None:
    columns = [column.name for column in table.c if column.name not in ("version", "id")]
    newest = (table.c.submission_id == draft.id) & (table.c.version == draft.version)
    rows = select(literal(draft.writing), *(table.c[name] for name in columns)).where(newest, which)
    db.execute(table.insert().from_select(["version", *columns], rows))


def submit(  # noqa: PLR0913 - one act, all its circumstances
    db: Connection,
    draft: Draft,
    filled: Sequence[Mapping[str, Any]],
    figures: Mapping[str, tuple[float, str]],
    *,
    code: str,
    contact_id: int | None,
    at: datetime,
    late: bool,
) -> None:
    """Close the version being written: what was not asked is `filled` in, and its figures replace the earlier ones."""
    answers.fill_in(db, filled)
    version = {"submission_id": draft.id, "number": draft.writing, "submitted_at": at,
               "contact_id": contact_id, "late": late, "reason": "", "source": draft.source}  # fmt: skip
    db.execute(VERSION.insert(), version)
    first = {} if draft.version else {"late": late}
    db.execute(
        update(SUBMISSION)
        .where(SUBMISSION.c.id == draft.id)
        .values(state="submitted", version=draft.writing, code=code, submitted_at=at, edited_at=at, **first)
    )
    if draft.period_id is not None:
        answers.replace_figures(db, draft.period_id, draft.unit_id, figures)


def before(db: Connection, unit_id: int, form_code: str, starts_on: date) -> dict[str, str]:
    """Question → stored text of the unit's last report before a period; empty if there was none."""
    last = (
        select(SUBMISSION.c.id, SUBMISSION.c.version)
        .select_from(SUBMISSION.join(PERIOD, PERIOD.c.id == SUBMISSION.c.period_id))
        .where(SUBMISSION.c.unit_id == unit_id, SUBMISSION.c.form_code == form_code)
        .where(SUBMISSION.c.state.in_(COUNTED), PERIOD.c.starts_on < starts_on)
        .order_by(PERIOD.c.starts_on.desc())
        .limit(1)
    )
    found = db.execute(last).one_or_none()
    if found is None:
        return {}
    rows = answers.results(db, found.id, found.version)
    return {question: row.value for question, row in rows.items() if row.provenance != "missing"}
