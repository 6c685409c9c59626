"""Checks of the backups: that there is a recent one, that it can be read, and what the last restoration has lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.doctor_findings import Finding, doubtful, good, wrong
from bot.settings import Settings
from handlers.showing import moment
from scheduler.backups import failure
from scheduler.health import OLD
from storage import backups, restoring, units
from storage.backups import Backup
from storage.upgrade import NewerDatabaseError

TOO_OLD = timedelta(days=3)
READ = 1_000_000_000
"""Bytes up to which a backup is read from end to end; a larger one takes minutes: `sha256sum` and a rehearsal do it."""
REMEMBERED = timedelta(days=14)


def check(settings: Settings, db: Connection, now: datetime) -> Iterator[Finding]:
    """All of them; an installation without units has nothing to lose yet."""
    if not units.any_there(db):
        return
    taken = backups.found(settings.backups)
    if failed := failure(db, taken):
        yield wrong(
            f"Sao lưu lúc {moment(failed[0])} không thành: {failed[1]} Sau khi xử lý, hãy chạy: congdoan backup"
        )
    if not taken:
        yield doubtful(
            f"Chưa có bản sao lưu nào trong {settings.backups}. congdoan serve sao lưu lúc 02:30 hằng đêm; "
            "sao lưu ngay bằng: congdoan backup"
        )
    else:
        yield from _newest(taken, now)
        yield from _room(settings)
    yield from _restored(db, now)


def _room(settings: Settings) -> Iterator[Finding]:
    if tight := backups.tight(settings.backups):
        free, size = (number // 1_000_000 for number in tight)
        yield doubtful(
            f"Ổ đĩa của {settings.backups} còn trống {free} MB, không đủ cho hai bản sao lưu nữa ({size} MB mỗi bản). "
            "Nên dọn bớt, giảm CONGDOAN_BACKUPS_KEPT hoặc thêm dung lượng."
        )


def _newest(taken: list[Backup], now: datetime) -> Iterator[Finding]:
    newest = taken[0]
    at = moment(newest.taken_at)
    age = now - newest.taken_at
    if fault := _fault(newest):
        yield wrong(f"Bản sao lưu mới nhất {newest.path} không dùng được: {fault} Hãy chạy: congdoan backup")
    elif age > TOO_OLD:
        yield wrong(f"Bản sao lưu mới nhất đã {age.days} ngày ({at}). Hãy chạy: congdoan backup")
    elif age > OLD:
        yield doubtful(f"Bản sao lưu mới nhất từ {at}, đã quá một ngày. Hãy chạy: congdoan backup")
    else:
        yield good(
            f"Sao lưu: {len(taken)} bản, mới nhất {at}, đọc được. "
            "Hãy chép đều đặn sang máy khác (rsync): hỏng ổ đĩa thì mất cả dữ liệu lẫn bản sao ở đây."
        )


def _fault(newest: Backup) -> str:
    try:
        if newest.path.stat().st_size <= READ:
            restoring.verify(newest.path)
    except (restoring.DamagedBackupError, NewerDatabaseError, OSError) as error:
        return str(error)
    return ""


def _restored(db: Connection, now: datetime) -> Iterator[Finding]:
    gap = restoring.gap(db)
    if gap and now - gap.restored_at < REMEMBERED:
        yield doubtful(
            f"Đã phục hồi từ bản sao lưu lúc {moment(gap.restored_at)}: những gì gửi từ {moment(gap.taken_at)} "
            f"đến {moment(gap.stopped_at)} đã mất. Hãy báo các đơn vị kiểm tra lại báo cáo; việc đổi đơn vị, "
            "mời tham gia, xóa dữ liệu cá nhân trong khoảng đó phải làm lại."
        )
