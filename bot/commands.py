"""What the commands do; errors for operators are one clear sentence and exit code 2."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from bot import demo as demo_
from bot import installation, logs
from bot.app import CHANNELS, App, run_until_stopped
from bot.channel import Channel
from bot.clock import Clock
from bot.placing import ENDINGS, place
from bot.settings import Settings
from storage import units, upgrade
from storage.calendar import TZ
from storage.database import Database, lock_writer, open_database


def _fail(message: str) -> NoReturn:
    sys.stderr.write(message + "\n")
    raise SystemExit(2)


@contextlib.contextmanager
def _writing(url: str, files: Path) -> Iterator[Database]:
    """A database for this process alone, its tables as this program knows them."""
    database = open_database(url, files)
    with contextlib.closing(lock_writer(database)):
        upgrade.upgrade(database)
        yield database
    database.close()


def configured_database(settings: Settings) -> Database:
    """The configured database; an SQLite file is upgraded by itself, a PostgreSQL only on command."""
    database = open_database(settings.url, settings.files)
    _bring_up_to_date(database)
    return database


def _bring_up_to_date(database: Database) -> None:
    if database.url.get_backend_name() != "sqlite" and upgrade.pending(database):
        _fail("Cơ sở dữ liệu chưa được nâng cấp. Hãy chạy: congdoan db upgrade")
    upgrade.upgrade(database)


def demo(port: int | None, *, fresh: bool) -> None:
    """`congdoan demo`: always an SQLite file of its own, always loopback."""
    settings = Settings()
    logs.start(settings.log_format, settings.secrets)
    place = settings.data_dir / "demo"
    with _writing(f"sqlite:///{place / 'demo.db'}", place / "files") as database:
        if fresh:
            _empty(database, place)
        _serve_page(database, settings.host, settings.port if port is None else port)
    sys.stdout.write("Đã dừng. Dữ liệu được giữ; chạy lại sẽ tiếp tục từ đây.\n")


def _empty(database: Database, place: Path) -> None:
    """Start over; the lock file stays, since this process holds it."""
    database.close()
    for old in place.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
        elif old.suffix != ".lock":
            old.unlink()
    upgrade.upgrade(database)


def _serve_page(database: Database, host: str, port: int) -> None:
    from bot.channels.web import WebChannel

    clock = Clock()
    app = App(database, clock)
    page = WebChannel(demo_.Desk(app), host=host, port=port)
    address = page.bind()
    demo_.prepare(database, clock)
    sys.stdout.write(f"Trang chat: {address}   (Ctrl-C để dừng)\n")
    sys.stdout.flush()
    run_until_stopped(app.run({page.name: page}))


def serve(*, sample: bool) -> None:
    """`congdoan serve`: the configured channels, for real, until it is stopped."""
    settings = Settings()
    logs.start(settings.log_format, settings.secrets)
    _refuse_open_webhook(settings)
    clock = Clock()
    channels = {name: channel for name, build in CHANNELS.items() if (channel := build(settings, clock.now))}
    if not channels:
        _fail(NO_CHANNEL)
    database = open_database(settings.url, settings.files)
    database.backups, database.backups_kept = settings.backups, settings.backups_kept
    with contextlib.closing(database), contextlib.closing(lock_writer(database)):
        _bring_up_to_date(database)
        _prepare(database, clock.now(), sample=sample)
        _serve_channels(App(database, clock), channels, settings)
    sys.stdout.write("Đã dừng.\n")


SERVING = (
    "Đang chạy – {channels}: {how}; {address}/healthz   (Ctrl-C để dừng)\n"
    "Mở Trợ lý trong ứng dụng chat rồi gõ một câu để thử. Không thấy trả lời: mở cửa sổ khác, chạy congdoan doctor.\n"
)
NO_CHANNEL = (
    "Chưa có kênh nào được cấu hình nên chưa chạy được: hãy đặt CONGDOAN_TELEGRAM_TOKEN.\n"
    "Để xem thử không cần tài khoản: congdoan demo\n"
    "No channel is configured: set CONGDOAN_TELEGRAM_TOKEN. To try the program without any account: congdoan demo"
)
OPEN_WEBHOOK = (
    "CONGDOAN_PUBLIC_URL đã đặt nhưng CONGDOAN_TELEGRAM_WEBHOOK_SECRET chưa đặt đúng (16–256 ký tự A-Z a-z 0-9 _ -), "
    "nên ai cũng có thể giả làm Telegram.\n"
    "CONGDOAN_PUBLIC_URL is set, but CONGDOAN_TELEGRAM_WEBHOOK_SECRET is not (16 to 256 of A-Z a-z 0-9 _ -): anybody "
    "could pose as Telegram. Make one with: openssl rand -hex 32"
)


def _refuse_open_webhook(settings: Settings) -> None:
    """A public URL without a secret is refused: what comes in would prove nothing."""
    secret = settings.telegram_webhook_secret.get_secret_value()
    if settings.public_url and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
        _fail(OPEN_WEBHOOK)


def _prepare(database: Database, now: datetime, *, sample: bool) -> None:
    """The tables are there: see that there are forms and a duty, and the sample organisation where it is wanted."""
    with database.begin() as db:
        if sample and not units.any_there(db):
            demo_.fill(db, now, channel="", months=1)
        installation.prepare(db, now)


def _serve_channels(app: App, channels: Mapping[str, Channel], settings: Settings) -> None:
    from bot import naming
    from bot.endpoints import Endpoints

    routes = [route for channel in channels.values() for route in getattr(channel, "routes", list)()]
    endpoints = Endpoints(app, routes, settings.host, settings.port)
    address = endpoints.bind()
    how = f"webhook {settings.public_url}" if settings.public_url else "long polling"
    sys.stdout.write(SERVING.format(channels=", ".join(channels), how=how, address=address))
    sys.stdout.flush()
    run_until_stopped(app.run(channels, beside=[endpoints.serve, lambda: naming.serve(app, channels)]))


def chat(person: str, at: str) -> None:
    """`congdoan chat`: the same program in the terminal, on a database of its own."""
    from bot.channels.terminal import TerminalChannel

    place = Settings().data_dir / "chat"
    clock = Clock()
    with _writing(f"sqlite:///{place / 'chat.db'}", place / "files") as database:
        moment = datetime.fromisoformat(at).replace(tzinfo=TZ) if at else clock.now()
        clock.set(moment)
        demo_.prepare(database, clock)
        if at:
            clock.set(moment)
        terminal = TerminalChannel(person, clock.now)
        sys.stdout.write(f"# {person}: “.” để kết thúc, “[nhãn]” để bấm nút.\n")
        sys.stdout.write(f"@ {clock.now().astimezone(TZ):%Y-%m-%d %H:%M}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(App(database, clock).run({terminal.name: terminal}, jobs=False))


def digest(month: str, unit: str, format_: str, organisation: str, out: str | Path | None) -> None:
    """`congdoan digest`: figures as they are now."""
    from handlers import digest_files, digest_texts
    from storage.coverage import ORGANISATIONS

    if format_ not in digest_files.FORMATS:
        _fail(f"Chưa có định dạng {format_}. Chọn một trong: {', '.join(digest_files.FORMATS)}.")
    if organisation not in ORGANISATIONS:
        _fail(digest_texts.NO_SUCH_ORGANISATION)
    if out is None and format_ in ("png", "xlsx") and sys.stdout.isatty():
        _fail(f"Thêm --out TỆP để ghi bản tin {format_}, ví dụ: --out ban_tin-{month}.{format_}")
    name = f"ban_tin-{'-'.join(filter(None, (month, unit)))}"
    target = place(out, name, ENDINGS[format_]) if out is not None else None
    database = reading_database(Settings())
    try:
        body = digest_files.render(
            database,
            month,
            format_,
            unit_code=unit or None,
            organisation=organisation,
            at=demo_.clock_of(database).now(),
        )
    except LookupError as error:
        _fail(str(error))
    _hand_over(body, target)


def _hand_over(body: bytes, target: Path | None) -> None:
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    else:
        sys.stdout.buffer.write(body)


def audit(unit: str, person: str, since: str, format_: str, out: str | Path | None) -> None:
    """`congdoan audit`: the changes, the newest first."""
    from bot import audit_commands

    name = f"nhat-ky-{datetime.now(TZ):%Y%m%d-%H%M%S}"
    known = out is not None and format_ in ENDINGS
    target = place(out or "", name, ENDINGS[format_]) if known else None
    database = reading_database(Settings())
    try:
        with database.read() as db:
            body = audit_commands.render(db, format_, unit=unit, person=person, since=since)
    except LookupError as error:
        _fail(str(error))
    _hand_over(body, target)


def reading_database(settings: Settings) -> Database:
    """The configured database; without one, the demo's if there is a demo."""
    demo_file = settings.data_dir / "demo" / "demo.db"
    if (
        not settings.database_url
        and not Path(settings.data_dir / "congdoan.db").exists()
        and demo_file.exists()
    ):
        return open_database(f"sqlite:///{demo_file}", demo_file.parent / "files")
    return configured_database(settings)


def forms_check(files: list[Path]) -> None:
    """`congdoan forms check`: prints each finding; exit code 1 if one of them is an error."""
    from handlers import publishing

    wrong = False
    for path in files:
        findings = publishing.check(path)
        wrong |= any(finding.severity == "error" for finding in findings)
        for finding in findings:
            sys.stdout.write(f"{path}: {finding.sheet} dòng {finding.row}: {finding.message}\n")
        if not findings:
            sys.stdout.write(f"{path}: không có lỗi.\n")
    if wrong:
        raise SystemExit(1)


def forms_publish(file: Path) -> None:
    """`congdoan forms publish`: convert, check, put in force."""
    from handlers import publishing
    from handlers.engine.form import FormError
    from handlers.questionnaires import compiled
    from storage import audit, forms

    try:
        published = publishing.convert(file.read_bytes(), file.suffix)
    except (FormError, OSError) as error:
        _fail(f"{file}: {error}")
    errors = [finding for finding in published.findings if finding.severity == "error"]
    if errors:
        _fail(
            "\n".join(f"{file}: {finding.sheet} dòng {finding.row}: {finding.message}" for finding in errors)
        )
    form = compiled(published.xml)
    with configured_database(Settings()).begin() as db:
        at, before = datetime.now(UTC), forms.newest(db, form.code)
        version = forms.publish(db, form.code, form.title, published.xml, at, file.name)
        new = {"code": form.code, "name": form.title}
        if version != before:
            audit.record(db, audit.COMMAND, "publish", "form_version", version, at=at, new=new)
    sys.stdout.write(f"Đã xuất bản {form.code}: {form.title}.\n")


def forms_show(code: str) -> None:
    """`congdoan forms show`: the questions of the version in force."""
    from handlers.questionnaires import compiled
    from storage import forms

    with reading_database(Settings()).read() as db:
        version = forms.newest(db, code)
        if version is None:
            _fail(f"Chưa có biểu mẫu {code}. Xuất bản bằng: congdoan forms publish TỆP")
        form = compiled(forms.xml_of(db, version))
    for number, question in enumerate(form.visible, 1):
        sys.stdout.write(f"{number:3}. {question.name}  [{question.kind}]  {question.label}\n")


def db_upgrade() -> None:
    """`congdoan db upgrade`: bring the tables to this version of the program."""
    settings = Settings()
    upgrade.upgrade(open_database(settings.url, settings.files))
    sys.stdout.write("Cơ sở dữ liệu đã ở phiên bản mới nhất.\n")
