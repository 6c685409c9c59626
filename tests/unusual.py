"""Measures "please look again" on invented honest units: how often they see it, and how many slipped zeros it catches.

`make unusual` writes docs/unusual.md between its marks.  The real form, the real engine, invented units
(tests/honest_units.py); a slip is an honest answer times ten, or without its last digit.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handlers.engine import unusual
from handlers.engine.form import Form
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Session
from handlers.engine.wording import grouped
from handlers.unusual import FEWEST_ALIKE
from tests import honest_units
from tests.xlsforms import shipped

PAGE = Path(__file__).parent.parent / "docs" / "unusual.md"
UNITS, MONTHS, SEEDS = 400, 24, (1, 2, 3)
MEMBERS = "so_doan_vien"
"""Known to a fifth, so that no slip in it is ever missed."""
SUBMITS = 0.94
"""How likely a unit reports in a month."""
SIZES = (5, 10, 20, 50, 100, 1_000, 100_000)
"""Borders between answers of different size; larger ones are money."""

Values = dict[int, float]


@dataclass(slots=True)
class Counts:
    """Of answers, and of slips in them: how many there are, how many are asked about."""

    answers: int = 0
    asked: int = 0
    slips: Counter[str] = field(default_factory=Counter)
    here: Counter[str] = field(default_factory=Counter)
    """Slips that are asked about at once."""
    later: Counter[str] = field(default_factory=Counter)
    """Slips that are asked about at the next question, which counts by this one."""


@dataclass(slots=True)
class Measured:
    """What came of it."""

    by_question: dict[str, Counts] = field(default_factory=dict)
    by_size: dict[int, Counts] = field(default_factory=dict)
    by_year: dict[int, Counts] = field(default_factory=dict)
    known: Counts = field(default_factory=Counts)
    """Answers above 0 to questions of which the unit has enough history."""
    new: Counts = field(default_factory=Counts)
    """Answers of units that have too little history yet."""
    a_year: list[int] = field(default_factory=list)
    """How often each unit is asked in a year."""
    reports: int = 0
    alike: int = 0


@dataclass(slots=True)
class Life:
    """One unit while it reports."""

    unit: honest_units.Unit
    figures: dict[str, Values] = field(default_factory=dict)
    """Question → month → number of what was handed in."""
    last: dict[str, str] = field(default_factory=dict)

    def past(self, name: str, month: int) -> Values:
        """Months ago → number."""
        return {month - then: number for then, number in self.figures.get(name, {}).items()}

    def known(self, question: Question, month: int) -> bool:
        """Whether the unit has enough history for this question."""
        if question.carry:
            return question.name in self.last
        done = [ago for ago, number in self.past(question.name, month).items() if number > 0]
        return sum(ago <= unusual.LOOK_BACK for ago in done) >= unusual.FEWEST

    def asks(self, session: Session, question: Question, value: float, month: int) -> bool:
        """Whether this answer is refused or asked about, as handlers/unusual.py does it."""
        if session.take(question, f"{value:.15g}", confirmed=False).outcome != "taken":
            return True
        if not question.flow:
            return False
        own = self.past(question.name, month)
        if not question.per:
            return unusual.far(value, own) is not None
        count = float(session.value(question.per) or 0)
        each = unusual.each(own, self.past(question.per, month))
        return bool(count) and unusual.far(value / count, each) is not None


def measure(units: int = UNITS, months: int = MONTHS, seeds: tuple[int, ...] = SEEDS) -> Measured:
    """Let invented units report, and count."""
    form, found = shipped("bc_thang"), Measured()
    for seed in seeds:
        chance = random.Random(seed)
        for _ in range(units):
            _live(form, Life(honest_units.unit(chance)), months, found)
    return found


def _live(form: Form, life: Life, months: int, found: Measured) -> None:
    unit, asked = life.unit, 0
    life.last = {"so_doan_vien": str(unit.members)}
    for month in range(months):
        now = honest_units.Month(unit, 2025 + month // 12, month % 12 + 1)
        honest_units.drift(unit, now.month)
        if unit.chance.random() < SUBMITS:
            report = _Report(life, now, month, found, _opened(form, life, now))
            asked += report.fill()
            _hand_in(life, report.session, month, found)
    found.a_year.append(round(asked * 12 / months))


def _opened(form: Form, life: Life, now: honest_units.Month) -> Session:
    poor = "1" if now.month in (10, 11) else "0"
    context = {"ky_nam": str(now.year), "ky_thang": str(now.month), "loai_hinh": life.unit.kind,
               "thang_cao_diem": poor, **{f"truoc_{name}": value for name, value in life.last.items()}}  # fmt: skip
    return Session(form, context, today=date(now.year, now.month, 20))


@dataclass(slots=True)
class _Report:
    """One report of one unit, answer by answer, with what would have come of a slip in each."""

    life: Life
    now: honest_units.Month
    month: int
    found: Measured
    session: Session
    missed: list[tuple[Question, str, float, list[Counts]]] = field(default_factory=list)
    """Slips that nothing was asked about so far."""

    def fill(self) -> int:
        """Answer everything; how many answers were asked about."""
        asked = 0
        while (question := self.session.next()) is not None:
            value = honest_units.value(self.now, self.session, question)
            assert self.session.problem(question, value) is None, (question.name, value)
            if question.kind in NUMERIC:
                asked += self._count(question, float(value))
            self.session = self.session.with_answer(question.name, value)
        return asked

    def _count(self, question: Question, value: float) -> bool:
        asked = self.life.asks(self.session, question, value, self.month)
        counts = self._counts(question, value)
        for one in counts:
            one.answers += 1
            one.asked += asked
        self._noticed_late(question, value)
        for kind, typed in _slips(value) if self.life.known(question, self.month) else ():
            seen = self.life.asks(self.session, question, typed, self.month)
            for one in counts:
                one.slips[kind] += 1
                one.here[kind] += seen
            self.missed += [] if seen else [(question, kind, typed, counts)]
        return asked

    def _counts(self, question: Question, value: float) -> list[Counts]:
        size = next((border for border in SIZES if value < border), 0)
        of_size = [self.found.by_size.setdefault(size, Counts())] if value > 0 else []
        known = self.life.known(question, self.month)
        return [
            self.found.by_question.setdefault(question.name, Counts()),
            self.found.by_year.setdefault(self.month // 12, Counts()),
            *of_size,
            *([self.found.new] if not known else [self.found.known] if value > 0 else []),
        ]

    def _noticed_late(self, question: Question, value: float) -> None:
        """An earlier slip may be seen here, since this question counts by the one that it was made in."""
        for slipped, kind, typed, counts in self.missed:
            if slipped.name == question.per:
                session = self.session.with_answer(slipped.name, f"{typed:.15g}")
                seen = self.life.asks(session, question, value, self.month)
                for one in counts:
                    one.later[kind] += seen


def _slips(value: float) -> Iterator[tuple[str, float]]:
    if value > 0:
        yield "more", value * 10
    if value >= 10:
        yield "less", value // 10


def _hand_in(life: Life, session: Session, month: int, found: Measured) -> None:
    results = session.results()
    for result in results:
        if result.number is not None:
            life.figures.setdefault(result.question.name, {})[month] = result.number
    life.last = {result.question.name: result.value for result in results if result.provenance != "missing"}
    flows = [result.question.name for result in results if result.question.flow]
    now, *before = ([life.figures[name].get(month - ago) for name in flows] for ago in range(3))
    found.reports += 1
    found.alike += sum(bool(number) for number in now) >= FEWEST_ALIKE and before == [now, now]


# ── the page ────────────────────────────────────────────────────────────────────────────────────────


def together(counts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    whole = Counts()
    for one in counts:
        whole.answers += one.answers
        whole.asked += one.asked
        for mine, theirs in ((whole.slips, one.slips), (whole.here, one.here), (whole.later, one.later)):
            mine.update(theirs)
    return whole


def share(part: int, whole: int) -> str:
    """A percentage with one decimal; a dash of nothing."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _caught(one: Counts, kind: str) -> str:
    seen = f"{share(one.here[kind], one.slips[kind])}"
    in_all = share(one.here[kind] + one.later[kind], one.slips[kind])
    return f"{seen} ({in_all})" if one.later[kind] else seen


def _row(name: str, one: Counts) -> str:
    cells = (
        name, grouped(str(one.answers)), share(one.asked, one.answers), _caught(one, "more"), _caught(one, "less"),
        grouped(str(one.slips["more"])), grouped(str(one.slips["less"])),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


COLUMNS = "answers | asked about | ×10 caught | ÷10 caught | ×10 slips | ÷10 slips"
HEAD = f"| {{what}} | {COLUMNS} |\n|---|--:|--:|--:|--:|--:|--:|"


def tables(found: Measured) -> str:
    """The measurement as Markdown."""
    whole = together(found.by_question.values())
    sizes = sorted(found.by_size, key=lambda border: border or sys.maxsize)
    borders = [1, *(border for border in sizes if border)]
    names = [_between(low, high) for low, high in zip(borders, [*borders[1:], 0], strict=True)]
    often = sorted(found.a_year)
    lines = [
        HEAD.format(what=""),
        _row("**all numbers**", whole),
        _row(
            "all but the members", together(one for name, one in found.by_question.items() if name != MEMBERS)
        ),
        *(_row(f"year {year + 1}", one) for year, one in sorted(found.by_year.items())),
        _row("answers above 0, enough history", found.known),
        _row("not enough history", found.new),
        "",
        HEAD.format(what="question"),
        *(_row(f"`{name}`", one) for name, one in found.by_question.items()),
        "",
        HEAD.format(what="honest answer"),
        *(_row(name, found.by_size[size]) for name, size in zip(names, sizes, strict=True)),
        "",
        f"A unit is asked {statistics.median(often):g} times a year; one in ten {often[len(often) * 9 // 10]} or more.",
        f"The line about three identical reports: {share(found.alike, found.reports)} of all honest reports.",
    ]
    return "\n".join(lines)


def _between(low: int, high: int) -> str:
    if not high:
        return f"{grouped(str(low))} and more (đồng)"
    return f"{grouped(str(low))}–{grouped(str(high - 1))}"


def main() -> None:
    """Measure, and write the tables between the marks of the page."""
    measured = tables(measure())
    page = PAGE.read_text("utf-8")
    between = re.compile(r"(<!-- measured -->\n).*(<!-- end -->)", re.DOTALL)
    PAGE.write_text(between.sub(lambda mark: f"{mark[1]}\n{measured}\n\n{mark[2]}", page), "utf-8")
    sys.stdout.write(measured + "\n")


if __name__ == "__main__":
    main()
