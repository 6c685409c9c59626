"""`congdoan export`: everything as a workbook or as CSV files."""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.backup_commands import CommandError
from bot.commands import reading_database
from bot.placing import place
from bot.settings import Settings
from handlers import exporting
from storage import audit

WRITTEN = "Đã xuất ra {path}. Tệp có tên người{phones}: chỉ gửi cho người có trách nhiệm."
WITH_PHONES = " và số điện thoại"
NO_PETITIONS = "Nội dung vướng mắc, kiến nghị không được xuất, chỉ có số lượng."


def export(month: str, form: str, out: str | Path | None, *, with_phones: bool) -> None:
    """Write the file where it is wanted, by default into `trao-doi` of the data folder.  Raises CommandError."""
    now, settings = datetime.now(UTC), Settings()
    with closing(reading_database(settings)) as database:
        target = _target(month, form, out or f"{settings.exchange}/", now)
        folder = target.parent
        folder.mkdir(parents=True, exist_ok=True)
        # On the disk of the target, so that a broken export never stands there as a whole one.
        with tempfile.TemporaryDirectory(dir=folder, prefix=".congdoan-export-") as making:
            try:
                made = exporting.export(
                    database, now, Path(making), month=month, form=form, with_phones=with_phones
                )
            except (LookupError, ValueError) as error:
                raise CommandError(str(error)) from None
            made.chmod(0o600)
            path = made.replace(target)
        with database.begin() as db:
            what = {"month": month, "form": form, "phones": with_phones}
            audit.record(db, audit.COMMAND, "export", "database", None, at=now, new=what)
    phones = WITH_PHONES if with_phones else ""
    sys.stdout.write(f"{WRITTEN.format(path=path, phones=phones)}\n{NO_PETITIONS}\n")


def _target(month: str, form: str, out: str | Path, now: datetime) -> Path:
    if form not in exporting.FORMATS:
        raise CommandError(exporting.unknown(form))
    return place(out, exporting.file_name(month, form, now), (f".{exporting.FORMATS[form]}",))
