"""Everything as tables that a person reads: units, people, reports, figures, ideas, reminders; of petitions counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from handlers import digest_texts
from handlers import export_texts as texts
from handlers.digest_files import UnknownPeriod
from handlers.engine.question import NUMERIC, Question
from handlers.questionnaires import compiled
from handlers.report_context import FORM
from storage import calendar, exports, periods
from storage.calendar import TZ
from storage.database import Database

FORMATS = {"xlsx": "xlsx", "csv": "zip"}
"""Format → how the file's name ends."""
HIDDEN = ("vuong_mac_nd",)
"""Questions whose answers are petitions (DOMAIN 5.3)."""

Row = Sequence[Any]
Table = tuple[str, Sequence[str], Iterator[Row]]


def export(  # noqa: PLR0913 - what the command can be told
    database: Database,
    now: datetime,
    folder: Path,
    *,
    month: str = "",
    form: str = "xlsx",
    with_phones: bool = False,
) -> Path:
    """Write the file (a workbook, or a ZIP of CSV files) and say where; `month` (`2026-11`) narrows all but the roster.

    Telephone numbers are shortened unless they are asked for.  Raises UnknownPeriod, ValueError for another format.
    """
    if form not in FORMATS:
        raise ValueError(unknown(form))
    from handlers.documents import tables  # noqa: PLC0415 - openpyxl is slow to load

    folder.mkdir(parents=True, exist_ok=True)
    name = file_name(month, form, now)
    write = tables.write_workbook if form == "xlsx" else tables.write_csv
    with database.snapshot() as db:
        write(_tables(db, calendar.today(now), month, with_phones=with_phones), folder / name)
    return folder / name


def file_name(month: str, form: str, now: datetime) -> str:
    """What a file that is made now is called."""
    at = f"{now.astimezone(TZ):%Y%m%d-%H%M%S}"
    return texts.NAME.format(scope=month or texts.EVERYTHING, at=at, suffix=FORMATS[form])


def unknown(form: str) -> str:
    """What is said to a format that there is not."""
    return texts.UNKNOWN_FORM.format(form=form, forms=", ".join(FORMATS))


def _tables(db: Connection, today: date, month: str, *, with_phones: bool) -> Iterator[Table]:
    known = exports.periods(db, FORM, month)
    if month and not known:
        raise UnknownPeriod(digest_texts.NO_SUCH_PERIOD.format(period=month))
    span = _span(month) if month else None
    book = _Book([compiled(xml).visible for xml in exports.forms(db, FORM)])
    yield texts.UNITS, texts.UNIT_COLUMNS, map(_unit, exports.units(db, today))
    yield texts.PARENTS, texts.PARENT_COLUMNS, map(tuple, exports.parents(db, today))
    yield texts.EVENTS, texts.EVENT_COLUMNS, _events(db, today)
    yield texts.PEOPLE, texts.PEOPLE_COLUMNS, _people(db, today, with_phones=with_phones)
    yield texts.REPORTS, book.columns, (book.row(one) for p in known for one in exports.reports(db, p.id))
    yield texts.FIGURES, texts.FIGURE_COLUMNS, _each(db, known, exports.figures, book.figure)
    yield texts.INITIATIVES, texts.INITIATIVE_COLUMNS, map(_initiative, exports.initiatives(db, span, today))
    yield texts.REMINDERS, texts.REMINDER_COLUMNS, _each(db, known, exports.reminders, _reminder)
    yield texts.PETITIONS, texts.PETITION_COLUMNS, map(_petition, exports.petitions(db, span))


def _span(month: str) -> tuple[datetime, datetime]:
    first, _ = periods.month_of(month)
    after, _ = periods.month_of(periods.next_key(month))
    return calendar.at(first, time()), calendar.at(after, time())


def _each(
    db: Connection,
    known: Sequence[Any],
    rows: Callable[[Connection, int], Iterator[Any]],
    words: Callable[[str, Any], Row],
) -> Iterator[Row]:
    """The rows of each month, the month in front."""
    return (words(period.key, row) for period in known for row in rows(db, period.id))


def _said(names: Mapping[str, str], code: str) -> str:
    """The words for a code; a code that is not known stands for itself."""
    return names.get(code, code)


def _moment(at: datetime | None) -> datetime | None:
    """As Hanoi's clocks show it; a spreadsheet knows no zones."""
    return None if at is None else at.astimezone(TZ).replace(tzinfo=None, microsecond=0)


# ── the roster ──────────────────────────────────────────────────────────────────────────────────────


def _unit(row: Any) -> Row:  # noqa: ANN401 - a row of exports.units
    kind, industry = _said(texts.KINDS, row.kind), _said(texts.INDUSTRIES, row.industry_type)
    return (
        row.code, row.name, row.short_name, kind, industry, row.above_code, row.above_name, row.valid_from,
        row.valid_to, row.reports_from, row.due_day,
    )  # fmt: skip


def _events(db: Connection, today: date) -> Iterator[Row]:
    for row in exports.successions(db):
        kind = _said(texts.EVENT_KINDS, row.kind)
        yield row.code, row.name, kind, row.on, row.new_code, row.new_name, row.reason
    for row in exports.former_names(db, today):
        yield row.code, row.name, texts.FORMER_NAME, row.until, None, row.before, None


def _people(db: Connection, today: date, *, with_phones: bool) -> Iterator[Row]:
    for row, channels in exports.posts(db, today):
        phone = row.phone if with_phones else shortened(row.phone)
        full_time = texts.YES if row.full_time else None
        yield (
            row.name, row.code, row.unit, _said(texts.ROLES, row.role), row.title, row.valid_from, row.valid_to,
            phone, full_time, channels,
        )  # fmt: skip


def shortened(phone: str) -> str:
    """A telephone number of which only the last three digits are seen."""
    return "•" * (len(phone) - 3) + phone[-3:] if len(phone) > 3 else phone


# ── what was reported ───────────────────────────────────────────────────────────────────────────────


class _Book:
    """What the questions of all versions of a form are called, and a report's row by them."""

    def __init__(self, versions: Sequence[Sequence[Question]]) -> None:
        self.questions: dict[str, Question] = {}
        for version in versions:
            # The newest version comes first, and names what it still asks.
            self.questions |= {q.name: q for q in version if q.name not in self.questions}
        self.choices = {q.name: {one.name: one.label for one in q.choices} for q in self.questions.values()}
        self.labels = {q.name: q.summary for q in self.questions.values()}
        for q in self.questions.values():
            self.labels |= {f"{q.name}/{one.name}": f"{q.summary}: {one.label}" for one in q.choices}

    @property
    def columns(self) -> Sequence[str]:
        """One a question, after what the report is and before where its figures come from."""
        asked = [f"{q.summary} ({q.unit})" if q.unit else q.summary for q in self.questions.values()]
        return (*texts.REPORT_COLUMNS, *asked, texts.PROVENANCE_COLUMN, texts.DOUBT_COLUMN)

    def row(self, report: exports.Report) -> Row:
        """One unit in one month."""
        status = "late" if report.status == "counted" and report.late else report.status
        filed = report.submission
        source = _said(texts.SOURCES, filed.source) if filed.version else None
        return (
            report.period, report.code, report.unit, report.above, _said(texts.STATUS, status), filed.number,
            filed.version or None, _moment(filed.submitted_at), source,
            *(self._answer(q, report.answers.get(q.name)) for q in self.questions.values()),
            self._unasked(report.answers), self._doubted(report.answers),
        )  # fmt: skip

    def _answer(self, question: Question, answer: Any) -> object:  # noqa: ANN401 - a row of an answer
        if answer is None or not answer.value:
            return None
        if question.name in HIDDEN:
            return texts.CONTENT_HIDDEN
        if question.kind in NUMERIC and answer.number is not None:
            return _whole(answer.number)
        if question.kind == "date":
            return date.fromisoformat(answer.value[:10])
        if question.choices:
            return "; ".join(_said(self.choices[question.name], one) for one in answer.value.split())
        return answer.value

    def _unasked(self, answers: Mapping[str, Any]) -> str | None:
        """Which answers nobody gave, by where they come from; what is missing is seen anyway."""
        found: dict[str, list[str]] = {}
        for name, answer in answers.items():
            if answer.provenance not in ("answered", "missing") and name in self.questions:
                found.setdefault(answer.provenance, []).append(self.labels[name])
        return (
            "; ".join(f"{_said(texts.PROVENANCES, how)}: {', '.join(names)}" for how, names in found.items())
            or None
        )

    def _doubted(self, answers: Mapping[str, Any]) -> str | None:
        """Which numbers the unit confirmed when it was asked again, and why they are so."""
        found = []
        for name, question in self.questions.items():
            answer = answers.get(name)
            if answer is not None and answer.doubt:
                words = texts.DOUBT_EXPLAINED if answer.note else texts.DOUBT
                why = _said(digest_texts.DOUBTS, answer.doubt)
                found.append(words.format(short=question.summary, why=why, note=answer.note))
        return "; ".join(found) or None

    def figure(self, period: str, row: Any) -> Row:  # noqa: ANN401 - a row of exports.figures
        """One number that totals are made of."""
        label, source = _said(self.labels, row.question), _said(texts.PROVENANCES, row.provenance)
        return period, row.code, row.name, row.question, label, _whole(row.number), source


def _whole(number: float) -> float | int:
    return int(number) if number.is_integer() else number


# ── what else there is ──────────────────────────────────────────────────────────────────────────────


def _initiative(row: Any) -> Row:  # noqa: ANN401 - a row of exports.initiatives
    created, recognised = _moment(row.created_at), _moment(row.recognised_at)
    state = _said(texts.STATES, row.state)
    return row.code, row.unit_code, row.name, row.title, state, created, recognised, row.person


def _reminder(period: str, row: Any) -> Row:  # noqa: ANN401 - a row of exports.reminders
    result = _said(texts.DROPPED, row.dropped) if row.dropped else _said(texts.SENT, row.state or "queued")
    return (
        period,
        row.code,
        row.name,
        row.person,
        row.step,
        _moment(row.planned_at),
        _moment(row.sent_at),
        result,
    )


def _petition(row: Any) -> Row:  # noqa: ANN401 - a row of exports.petitions
    return _said(texts.PETITION_KINDS, row.kind), _said(texts.STATES, row.state), row.number
