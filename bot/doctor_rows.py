"""Checks of what the rows say: questionnaires, the month, the outbox, accounts, files, people without an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from bot import metrics
from bot.doctor_findings import Finding, doubtful, good, wrong
from bot.installation import FORMS
from handlers import report_context
from storage import forms, invitations, periods, troubles, units
from storage.calendar import TZ
from storage.remote_files import ATTACHMENT

DAY = timedelta(days=1)
LATE = timedelta(minutes=10)
"""A message that has been due for longer waits for something: the platform, or a program that does not run."""
REASONS = 3
LONGEST = 100
"""Characters of a reason that are shown."""


def check(db: Connection, now: datetime, *, runs: bool) -> Iterator[Finding]:
    """All of them; `runs`: whether the program is running, which would have to have done some things."""
    yield _forms(db)
    yield from _organisation(db, now)
    yield _month(db, now, runs=runs)
    yield _waiting(db, now)
    yield _unsent(db, now)
    yield _unreachable(db)
    yield _files(db, now)


def _forms(db: Connection) -> Finding:
    missing = [path.stem for path in sorted(FORMS.glob("*.xml")) if forms.newest(db, path.stem) is None]
    if missing:
        return doubtful(
            f"Chưa xuất bản biểu mẫu {', '.join(missing)}: lần chạy congdoan serve tới sẽ xuất bản."
        )
    return good("Biểu mẫu đã xuất bản.")


def _organisation(db: Connection, now: datetime) -> Iterator[Finding]:
    if not units.any_there(db):
        yield doubtful(
            "Chưa có đơn vị nào. Hãy nhập danh sách: congdoan roster template, rồi congdoan roster import"
        )
        return
    later = units.not_yet(db)
    missing = invitations.people_without_account(db, "telegram", now.astimezone(TZ).date())
    awaited = {one.person_id for one in missing if one.unit_code not in later}
    uninvited = awaited - invitations.holders(db, now)
    if uninvited:
        yield doubtful(
            f"{len(uninvited)} người chưa có tài khoản Telegram và chưa có mã mời còn hạn. "
            "Để in mã mời, hãy chạy: congdoan invite"
        )
    elif awaited:
        yield good(f"{len(awaited)} người chưa có tài khoản Telegram, đều đã có mã mời còn hạn.")
    else:
        yield good("Mọi người có chức trách đều đã có tài khoản Telegram.")


def _month(db: Connection, now: datetime, *, runs: bool) -> Finding:
    key = periods.key_of(now)
    if period := periods.by_key(db, report_context.FORM, key):
        return good(f"Kỳ báo cáo tháng {key} đã mở, hạn hết ngày {period.due_on:%d/%m/%Y}.")
    if runs:
        return wrong(
            f"Kỳ báo cáo tháng {key} chưa mở dù chương trình đang chạy. Hãy xem nhật ký, dòng “job periods failed”."
        )
    return doubtful(f"Kỳ báo cáo tháng {key} chưa mở: lần chạy congdoan serve tới sẽ mở.")


# ── what goes out ───────────────────────────────────────────────────────────────────────────────────


def _waiting(db: Connection, now: datetime) -> Finding:
    found = troubles.waiting(db, now)
    if not found:
        return good("Hộp gửi: không có tin nào chờ.")
    messages = sum(one.messages for one in found)
    age = now - min(one.since for one in found)
    minutes = int(age.total_seconds() // 60)
    words = f"Hộp gửi: {messages} tin đến giờ gửi mà chưa gửi, tin lâu nhất đã chờ {minutes} phút."
    if age < LATE:
        return good(words)
    return doubtful(f"{words} Hãy xem congdoan serve có chạy không và Telegram có kết nối được không.")


def _unsent(db: Connection, now: datetime) -> Finding:
    """Failed and unknown in the last day, with the reasons that are met most."""
    found = troubles.unsent(db, now - DAY)
    if not found:
        return good("Trong 24 giờ qua, mọi tin đến giờ đều gửi được hoặc còn chờ gửi.")
    reasons = "; ".join(f"{number} × {error[:LONGEST] or 'không rõ'}" for error, number in found[:REASONS])
    return doubtful(
        f"{sum(number for _, number in found)} tin trong 24 giờ qua không gửi được hoặc không rõ đã đến. "
        f"Lý do hay gặp: {reasons}."
    )


def _unreachable(db: Connection) -> Finding:
    gone = metrics.unreachable(db)
    if not gone:
        return good("Không có tài khoản nào mất liên lạc.")
    return doubtful(
        f"{gone} tài khoản không nhận được tin (đã chặn trợ lý hoặc đã xóa). "
        "Cần gọi điện nhờ họ mở lại trợ lý trên Telegram và bấm Bắt đầu."
    )


# ── what came in ────────────────────────────────────────────────────────────────────────────────────


def _files(db: Connection, now: datetime) -> Finding:
    """Files that are still with the platform, and those of the last week that were given up."""
    still, oldest = db.execute(
        select(func.count(), func.min(ATTACHMENT.c.received_at)).where(ATTACHMENT.c.fetch_at.is_not(None))
    ).one()
    given_up = (
        ATTACHMENT.c.fetch_at.is_(None)
        & (ATTACHMENT.c.remote != "")
        & (ATTACHMENT.c.received_at > now - 7 * DAY)
    )
    lost = db.scalar(select(func.count()).where(given_up)) or 0
    if not lost and (not still or now - oldest < LATE):
        return good("Tệp đính kèm: không có tệp nào chờ tải quá 10 phút.")
    return doubtful(
        f"Tệp đính kèm: {still} tệp chưa tải được, {lost} tệp trong tuần qua không tải được nữa. "
        "Hãy xem nhật ký, dòng có “attachment”, và nhờ người gửi gửi lại nếu cần."
    )
