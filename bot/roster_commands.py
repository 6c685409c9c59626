"""`congdoan roster …`: the list of units and people goes out as a workbook, and comes in as one."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot import commands, installation, placing, told
from bot.settings import Settings
from handlers import roster, roster_words
from handlers import roster_texts as texts
from handlers.roster import Outcome
from storage import audit, calendar
from storage import roster as rows
from storage.database import Database


def template(file: Path, *, current: bool) -> None:
    """Write the workbook to fill in, empty or with what is there."""
    from handlers.documents import roster_writing

    if file.exists():
        _stop(texts.FILE_IS_THERE.format(file=file))
    now = datetime.now(UTC)
    with _opened(now) as database, database.read() as db:
        sheets = roster.layout(db, now)
        filled = roster_writing.standing_rows(rows.standing(db), calendar.today(now)) if current else None
    file.write_bytes(roster_writing.template(sheets, filled))
    _say(texts.WROTE_TEMPLATE.format(file=file))


def import_(file: Path, *, apply: bool, out: str | Path | None, every: bool = False) -> None:
    """Look at a workbook, or write it, and name the first changes or `every` one; exits with 1 if any row is wrong."""
    from handlers.documents import roster_reading, roster_writing
    from handlers.documents.roster_guard import Refused

    try:
        body = file.read_bytes()
    except OSError as error:
        _stop(texts.NO_FILE.format(file=file, why=told.why(error)))
    place = _free_name(file) if out is None else placing.place(out, _free_name(file).name, (".xlsx",))
    now = datetime.now(UTC)
    with _opened(now) as database:
        with database.read() as db:
            sheets = roster.layout(db, now)
        try:
            with _bar(texts.READING) as advance:
                tables = roster_reading.read(body, sheets, advance)
        except Refused as error:
            _stop(str(error))
        if apply:
            with _bar(texts.WRITING) as advance:
                outcome = roster.apply(database, tables, audit.COMMAND, now, advance)
        else:
            outcome = roster.check(database, tables, now)
    if outcome.problems:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(roster_writing.marked(tables, outcome.problems))
        _stop(*_wrong(outcome), texts.MENDED_IN.format(file=place))
    _say(*_done(outcome, applied=apply, every=every))


def _free_name(file: Path) -> Path:
    """Beside a workbook, for the one that says what is wrong: one that somebody mends already stays."""
    stem = roster_words.stem(file.name)
    numbered = (f"{stem}-loi{f'-{number}' if number > 1 else ''}.xlsx" for number in itertools.count(1))
    return next(place for name in numbered if not (place := file.with_name(name)).exists())


def _wrong(outcome: Outcome) -> Iterator[str]:
    yield texts.WRONG.format(count=len(outcome.problems))
    for problem in outcome.problems[: roster_words.SHOWN]:
        yield f"  {roster_words.place(problem)}"


def _done(outcome: Outcome, *, applied: bool, every: bool) -> Iterator[str]:
    if not outcome.changes:
        yield texts.NOTHING
    else:
        yield (texts.HAS_CHANGED if applied else texts.WILL_CHANGE).format(
            counts=roster_words.counts(outcome)
        )
        most = len(outcome.changes) if every else roster_words.SHOWN
        yield from (f"  {line}" for line in roster_words.changes(outcome, most))
        if len(outcome.changes) > most:
            yield texts.SEE_ALL
    if noted := list(roster_words.warnings(outcome)):
        yield texts.WARNINGS
        yield from (f"  {line}" for line in noted)
    if outcome.changes and not applied:
        yield texts.APPLY_TO_WRITE


@contextlib.contextmanager
def _opened(now: datetime) -> Iterator[Database]:
    """The configured database, which another process may be serving."""
    database = commands.configured_database(Settings())
    try:
        with database.begin() as db:
            installation.prepare(db, now)
        yield database
    finally:
        database.close()


@contextlib.contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield roster.quietly
        return
    import typer

    with typer.progressbar(length=100, label=label, file=sys.stderr, width=30) as bar:

        def advance(done: int, of: int) -> None:
            bar.update(max(0, 100 * done // max(of, 1) - bar.pos))

        yield advance
        bar.update(100 - bar.pos)


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _stop(*lines: str) -> None:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    raise SystemExit(1)
