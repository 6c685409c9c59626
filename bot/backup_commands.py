"""`congdoan backup` and `congdoan restore`: everything into one file, and back, on the same or another machine."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url

import scheduler
from bot import doctor_place, moments
from bot.placing import place
from bot.settings import Settings
from storage import backups, restoring, upgrade
from storage.backups import Manifest
from storage.calendar import TZ
from storage.database import Database, lock_writer, open_database


class CommandError(Exception):
    """The command cannot be carried out; the words say what the operator has to do."""

    for_operator = True


NOTHING = "Chưa có dữ liệu để sao lưu: {where}. Hãy kiểm tra CONGDOAN_DATA_DIR và CONGDOAN_DATABASE_URL."
OCCUPIED = (
    "Cơ sở dữ liệu {where} đang có dữ liệu nên chưa phục hồi. "
    "Nếu chắc chắn thay bằng bản sao lưu, hãy thêm --force: dữ liệu hiện có được sao lưu trước."
)
NO_FILE = "Không có tệp {file}."
BAD_MOMENT = "Không hiểu thời điểm {said}. Hãy ghi theo mẫu “10:00 24/11/2026” (giờ Hà Nội)."
SAVED = "Đã sao lưu vào {path} ({size} MB): {rows} dòng, {files} tệp."
NO_SECRETS = (
    "Trong đó không có .env (mã bot, mật khẩu): hãy cất riêng. Nên chép bản sao lưu sang một máy khác: "
    "ai có nó thì đọc được mọi báo cáo."
)
KEPT = "Dữ liệu trước khi phục hồi đã được sao lưu vào {path}."
DONE = "Đã phục hồi {rows} dòng, {files} tệp, từ bản sao lưu lúc {taken}."
GAP = (
    "Những gì cán bộ đã gửi từ {taken} đến {stopped} không có trong bản sao lưu và đã mất; "
    "hãy báo các đơn vị đã gửi trong khoảng đó kiểm tra lại."
)
GAP_DATA = "Người tham gia, đổi đơn vị, xóa dữ liệu cá nhân trong khoảng đó phải làm lại."
NO_GAP = "Máy cũ đã dừng trước khi sao lưu nên không mất gì."
NOT_SAID = "Tin nhắc và bản tin đến hạn trong khoảng đó được coi là đã gửi, không gửi lại ({count} tin)."
NEXT = "Tiếp theo: congdoan doctor, rồi chạy lại congdoan serve. Máy cũ không được chạy nữa."
SPEAKING = ("periods", "reminders", "digests", "follow_ups")
"""Jobs that say something to officers and leaders, and the one that they rest on."""
REPLAYED = timedelta(days=7)
"""Before the end of the old machine: the time whose reminders and digests are worked out, to count as said."""


def backup(out: str | Path | None) -> None:
    """`congdoan backup`: beside a running `serve` or without one.  Raises CommandError, NoRoomError."""
    settings = Settings()
    now = datetime.now(UTC)
    with closing(_there(settings)) as database:
        if out is None:
            path, manifest = backups.daily(database, now)
        else:
            path = place(out, backups.free_name(Path(out), now).name, (".tar.gz",))
            manifest = backups.take(database, path, now)
    _say(_saved(path, manifest), NO_SECRETS)


def _there(settings: Settings) -> Database:
    """The configured database, with tables of whatever revision."""
    if not doctor_place.no_file(settings):
        database = _opened(settings)
        if upgrade.revision(database):
            return database
        database.close()
    where = make_url(settings.url).render_as_string(hide_password=True)
    raise CommandError(NOTHING.format(where=where))


def _opened(settings: Settings) -> Database:
    database = open_database(settings.url, settings.files)
    database.backups, database.backups_kept = settings.backups, settings.backups_kept
    return database


def _saved(path: Path, manifest: Manifest) -> str:
    size = f"{path.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    return SAVED.format(path=path, size=size, rows=sum(manifest.rows.values()), files=manifest.files)


def restore(archive: Path, *, force: bool, stopped: str) -> None:
    """`congdoan restore`: into an empty installation, or over what is there.  Raises what an operator can mend."""
    if not archive.is_file():
        raise CommandError(NO_FILE.format(file=archive))
    now = datetime.now(UTC)
    until = min(_moment(stopped), now) if stopped else now
    manifest = restoring.verify(archive)
    settings = Settings()
    with closing(_opened(settings)) as database, closing(lock_writer(database)):
        occupied = restoring.holds_data(database)
        if occupied and not force:
            where = database.url.render_as_string(hide_password=True)
            raise CommandError(OCCUPIED.format(where=where))
        if occupied:
            # The archive may be one of the oldest in the folder, which would have to make room.
            kept = backups.before_restoring(settings.backups, now)
            backups.take(database, kept, now)
            _say(KEPT.format(path=kept))
        count = _restore(database, archive, manifest, now, until)
        backups.keep_before_restoring(settings.backups, archive)
    _tell(manifest, until, count)


def _moment(said: str) -> datetime:
    try:
        return moments.moment(said).astimezone(UTC)
    except ValueError:
        raise CommandError(BAD_MOMENT.format(said=said)) from None


def _restore(database: Database, archive: Path, manifest: Manifest, now: datetime, until: datetime) -> int:
    """Rows as a whole, then the files that were made ready; how many reminders and digests count as said."""
    try:
        places = restoring.unpack_files(archive, database.files)
        restoring.load(database, archive, manifest, now, until)
        restoring.place_files(database.files, places)
    finally:
        restoring.drop_unpacked(database.files)
    return mute(database, manifest.taken_at, until, now)


def mute(database: Database, taken_at: datetime, until: datetime, now: datetime) -> int:
    """Work out what the old machine has said since its backup, so that it counts as said; how many messages."""
    muted = 0
    since = max(taken_at, until - REPLAYED)
    for moment, name in scheduler.fire_times(since, until):
        if name in SPEAKING:
            scheduler.run_job(name, database, moment)
            with database.begin() as db:
                muted += restoring.lay_aside(db, now)
    return muted


def _tell(manifest: Manifest, until: datetime, count: int) -> None:
    taken, stopped = _spoken(manifest.taken_at), _spoken(until)
    rows = sum(manifest.rows.values())
    _say(DONE.format(rows=rows, files=manifest.files, taken=taken))
    if until > manifest.taken_at:
        _say(GAP.format(taken=taken, stopped=stopped), GAP_DATA, NOT_SAID.format(count=count))
    else:
        _say(NO_GAP)
    _say(NEXT)


def _spoken(moment: datetime) -> str:
    return f"{moment.astimezone(TZ):%H:%M ngày %d/%m/%Y}"


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
