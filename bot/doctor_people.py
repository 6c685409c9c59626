"""Checks of what people wait for: answers, requests about their data, units without anybody who reports, a pause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.doctor_findings import Finding, doubtful, good, wrong
from handlers.showing import moment
from storage import calendar, pause, periods, troubles

SHOWN = 3
"""Names of units in one line."""
DAYS = 2
"""Working days in which somebody who asked for help should have been answered."""


def check(db: Connection, now: datetime) -> Iterator[Finding]:
    """All of them."""
    if paused := pause.current(db):
        yield doubtful(
            f"Lời nhắc và bản tin đang tạm dừng từ {moment(paused.at)}, do {paused.by}. "
            "Khi muốn gửi lại, quản trị gõ “chạy lại” trong chat."
        )
    yield from _units(db, now)
    yield _help(db, now)
    yield _data(db, now)


def _units(db: Connection, now: datetime) -> Iterator[Finding]:
    today = calendar.today(now)
    kinds = {kind for duty in periods.duties(db, today) for kind in duty.unit_kinds.split()}
    alone = troubles.without_reporters(db, kinds, today)
    if alone:
        names = ", ".join(alone[:SHOWN]) + (" …" if len(alone) > SHOWN else "")
        yield doubtful(
            f"{len(alone)} đơn vị phải báo cáo nhưng chưa có người nhập báo cáo: {names}. "
            "Hãy bổ sung trong danh sách rồi nhập lại."
        )


def _help(db: Connection, now: datetime) -> Finding:
    number, oldest = troubles.unanswered_help(db)
    if oldest is None:
        return good("Không có câu hỏi hỗ trợ nào chờ trả lời.")
    words = f"{number} câu hỏi hỗ trợ chưa ai trả lời, lâu nhất từ {moment(oldest)}."
    late = calendar.load(db).shift(calendar.today(oldest), DAYS) < calendar.today(now)
    return (
        doubtful(f"{words} Hãy nhắc cán bộ công đoàn cấp trên trả lời trong chat.") if late else good(words)
    )


def _data(db: Connection, now: datetime) -> Finding:
    number, done_by = troubles.open_data_requests(db)
    if done_by is None:
        return good("Không có yêu cầu nào về dữ liệu cá nhân đang chờ.")
    words = f"{number} yêu cầu về dữ liệu cá nhân đang chờ, hạn gần nhất hết ngày {done_by:%d/%m/%Y}."
    today = calendar.today(now)
    if done_by < today:
        return wrong(f"{words} Đã quá hạn luật định: hãy xử lý ngay trong chat.")
    soon = done_by - today <= timedelta(days=3)
    return doubtful(f"{words} Hãy xử lý trong chat.") if soon else good(words)
