"""Posts the leaders' digest: provisional on the due day, of record the working day after, final after the lock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Connection, select

from handlers import digest, digest_files, digest_texts, report_context
from storage import audiences, calendar, outbox, pause, reminders, reviewing
from storage.audiences import Recipient
from storage.calendar import Calendar
from storage.coverage import PERIOD, SUBMISSION, missing_units, record_time, statuses, view
from storage.database import Database
from storage.messages import Attachment, Reply
from storage.models import Period
from storage.outbox import OUTGOING
from storage.pause import Past
from storage.summary import Summary

LEADERS, DEPARTMENT, SUPERIOR = "leaders", "department", "superior"
DEPARTMENT_ROLES = ("ban_csplqhld",)
SUPERIOR_ROLES = ("lanh_dao_ttcs", "chuyen_vien_ttcs")
DAYTIME = time(7, 30), time(20)
"""A digest that was held up is posted within these hours, never at night."""
STALE_AFTER = timedelta(days=3)
"""How long after the lock a digest still is news."""


@dataclass(frozen=True, slots=True)
class Post:
    """One digest that is due: for whom, about which unit, and in which of the three versions."""

    period: Period
    stage: str
    kind: str
    recipient: Recipient

    @property
    def key(self) -> str:
        """Unique in the outbox; a superior's officer may serve several units."""
        key = f"digest:{self.period.key}:{self.stage}:{self.recipient.contact_id}"
        return f"{key}:{self.recipient.unit_id}" if self.kind == SUPERIOR else key


def run(database: Database, now: datetime) -> dict[str, int]:
    """Queue each digest that is due and was not queued before; figures and pictures are made outside the writer."""
    if not _is_day(now) or _paused(database):
        return {}
    with database.read() as db:
        posts = [post for post in _unsaid(db, list(_wanted(db, now))) if _worth_saying(db, post)]
    if not posts:
        return {}
    replies = _Replies(database, now)
    written = [(post, replies.of(post)) for post in posts]
    with database.begin() as db:
        queued = [
            outbox.put(db, post.recipient.contact_id, reply, key=post.key, due_at=now, kind="digest")
            for post, reply in written
        ]
    return {"digests": sum(row is not None for row in queued)}


def _paused(database: Database) -> bool:
    """Whether nothing is posted now; what waits in the outbox is taken back, and said anew with later figures."""
    with database.read() as db:
        if pause.current(db) is None:
            return False
        waits = reminders.queued(db, "digest")
    if waits:
        with database.begin() as db:
            reminders.recall(db, kind="digest")
    return True


def due_stages(period: Period, working: Calendar, now: datetime, past: Past | None = None) -> list[str]:
    """The stage whose digest may be posted now, if any: one that the next has overtaken is not posted any more.

    What a pause kept back is news until some days after it.
    """
    if period.closed_at is not None:
        return ["final"] if period.closed_at <= now < _news_until(period.closed_at, past) else []
    record_at = record_time(period.due_on, working)
    if now >= record_at:
        return ["record"] if now < _news_until(max(period.closes_at, record_at), past) else []
    return ["provisional"] if now >= calendar.at(period.due_on, "17:00") else []


def _news_until(moment: datetime, past: Past | None) -> datetime:
    until = moment + STALE_AFTER
    return past.ended + STALE_AFTER if past and past.began < until and past.ended > moment else until


def _is_day(now: datetime) -> bool:
    start, end = DAYTIME
    return start <= now.astimezone(calendar.TZ).time() < end


def _wanted(db: Connection, now: datetime) -> Iterator[Post]:
    for period, stage in _due(db, now):
        yield from (Post(period, stage, LEADERS, recipient) for recipient in audiences.leaders(db))
        yield from _officers(db, period, stage, now)


def _due(db: Connection, now: datetime) -> list[tuple[Period, str]]:
    """Each period with its stage; of those that only a pause kept back nothing but the latest."""
    working, past = calendar.load(db), pause.last(db)
    since = min(now, past.began) if past and now < past.ended + STALE_AFTER else now
    every = [
        (period, stage)
        for period in _running(db, now, since - STALE_AFTER)
        for stage in due_stages(period, working, now, past)
    ]
    return [
        (period, stage)
        for period, stage in every
        if period.id == every[-1][0].id or due_stages(period, working, now)
    ]


def _running(db: Connection, now: datetime, since: datetime) -> list[Period]:
    recent = PERIOD.c.closed_at.is_(None) | (PERIOD.c.closed_at > since)
    due = select(PERIOD).where(
        PERIOD.c.form_code == report_context.FORM, PERIOD.c.due_on <= calendar.today(now), recent
    )
    return [Period(**row) for row in db.execute(due.order_by(PERIOD.c.starts_on)).mappings()]


def _officers(db: Connection, period: Period, stage: str, now: datetime) -> Iterator[Post]:
    """Names go to superiors when the reports were due, and at the lock for what was given back (SETTLED)."""
    today = calendar.today(now)
    if stage == "record":
        for recipient in audiences.officers(db, DEPARTMENT_ROLES, today):
            yield Post(period, stage, DEPARTMENT, Recipient(recipient.contact_id, None))
    if stage == "record" or (stage == "final" and _some_returned(db, period)):
        for recipient in audiences.officers(db, SUPERIOR_ROLES, today):
            yield Post(period, stage, SUPERIOR, recipient)


def _some_returned(db: Connection, period: Period) -> bool:
    mine = (SUBMISSION.c.period_id == period.id) & (SUBMISSION.c.state == "returned")
    return db.scalar(select(SUBMISSION.c.id).where(mine).limit(1)) is not None


def _unsaid(db: Connection, posts: list[Post]) -> list[Post]:
    keys = [post.key for post in posts]
    said = set(db.scalars(select(OUTGOING.c.key).where(OUTGOING.c.key.in_(keys)))) if keys else set()
    return [post for post in posts if post.key not in said]


def _worth_saying(db: Connection, post: Post) -> bool:
    """A superior hears of reports when it has units that owe one, and at the lock when some were given back."""
    if post.kind != SUPERIOR:
        return True
    counts = statuses(db, post.period.id, post.recipient.unit_id)
    return bool(counts if post.stage == "record" else counts.get("returned"))


class _Replies:
    """What each post says; a summary and a picture are made once for all who get the same."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now
        self.made: dict[tuple[int, int | None, str], Reply] = {}

    def of(self, post: Post) -> Reply:
        """The message of a post."""
        version = SUPERIOR if post.kind == SUPERIOR else LEADERS
        same = (post.period.id, post.recipient.unit_id, version)
        if same not in self.made:
            self.made[same] = self._make(post)
        return self.made[same]

    def _make(self, post: Post) -> Reply:
        # pandas and matplotlib are loaded on the few days of a month on which a digest is due.
        from storage import summaries  # noqa: PLC0415

        unit_id = post.recipient.unit_id
        with self.database.read() as db:
            seen = view(db, post.period.id)
            summary = summaries.summarise(db, seen, unit_id=unit_id, at=self.now)
            if post.kind == SUPERIOR:
                looked_at = list(dict.fromkeys(row.name for row in reviewing.looked_at(db, seen, unit_id)))
                alike = [row.name for row in reviewing.alike(db, seen, unit_id)]
                missing = missing_units(db, seen, unit_id)
                return Reply(digest.superior_text(summary, missing, looked_at, alike))
        return Reply(digest.text(summary), attachments=(self._picture(summary, post),))

    def _picture(self, summary: Summary, post: Post) -> Attachment:
        body = digest_files.picture(self.database, summary)
        unit = post.recipient.unit_id or "all"
        path = f"digests/{post.period.key}-{post.stage}-{unit}-{self.now:%Y%m%dT%H%M%S}.png"
        file = self.database.files / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        return Attachment(path, digest_texts.PICTURE_NAME, "image/png", len(body), "photo")
