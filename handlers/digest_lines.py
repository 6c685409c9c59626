"""The lines of a digest: coverage, headlines with their change, counts, how firm the figures are."""

from __future__ import annotations

from handlers import digest_texts as texts
from handlers.digest_numbers import MAX_NAME, change, number, percent
from handlers.engine.spelling import month
from handlers.showing import clip, moment
from storage.summary import Summary, Total


def head(summary: Summary, title: str) -> str:
    """What it is, of whom, of which month, and when the figures were taken."""
    scope = f"{clip(summary.scope.short_name, MAX_NAME)} – " if summary.scope else ""
    said = texts.HEAD.format(
        title=title, scope=scope, period=month(summary.period_key), at=moment(summary.at)
    )
    return f"{said}\n{texts.NOW}" if summary.organisation == "now" else said


def coverage(summary: Summary) -> list[str]:
    """How many have reported, of how many that owe it."""
    c = summary.coverage
    if not c.owing:
        return [texts.NOBODY_OWES]
    share = percent(c.submitted, c.owing)
    first = texts.COVERAGE.format(submitted=number(c.submitted), owing=number(c.owing), percent=share)
    parts = [(texts.LATE, c.late), (texts.UNACCEPTED, c.unaccepted)]
    said = [words.format(late=number(n), unaccepted=number(n)) for words, n in parts if n]
    lines = [f"{first}{'; trong đó ' if said else ''}{', '.join(said)}."]
    lines += [texts.RETURNED.format(returned=number(c.returned))] if c.returned else []
    return lines + ([texts.AFTER_LOCK.format(after_lock=number(c.after_lock))] if c.after_lock else [])


def totals(summary: Summary) -> list[str]:
    """The headlines, numbered, and what their changes are counted against."""
    lines = [f"{n}. {total_line(total)}" for n, total in enumerate(summary.totals, 1)]
    return [*lines, compared(summary)] if summary.comparison and summary.comparison.units else lines


def total_line(total: Total) -> str:
    """A headline with its change and its companion: `Tuyên truyền: 2.315 cuộc (+4,1%), 148.200 lượt`."""
    unit = texts.UNITS.get(total.name, "")
    words = f"{texts.LABELS[total.name]}: {number(total.value)} {unit}".rstrip()
    moved = change(total)
    words += f" ({moved})" if moved else ""
    if total.beside:
        words += ", " + texts.BESIDE[total.beside.name].format(value=number(total.beside.value))
    return words


def compared(summary: Summary) -> str:
    """What the changes are counted against; its denominator where that is not the digest's own."""
    against = summary.comparison
    if not against or not against.units:
        return ""
    words = texts.COMPARED if against.units == summary.coverage.submitted else texts.COMPARED_OVER
    return words.format(period=month(against.period_key), units=number(against.units))


def counts(summary: Summary) -> list[str]:
    """Initiatives, obstacles, and how units assess themselves."""
    overdue = summary.obstacles_overdue
    obstacles = texts.OBSTACLES_OVERDUE if overdue else texts.OBSTACLES
    told = ", ".join(f"{texts.CHOICES.get(name, name)} {number(n)}" for name, n in assessment(summary))
    return [
        texts.INITIATIVES.format(initiatives=number(summary.initiatives)),
        obstacles.format(obstacles=number(summary.obstacles), overdue=number(overdue)),
        *([f"{texts.ASSESSMENT}: {told}."] if told else []),
    ]


def assessment(summary: Summary) -> list[tuple[str, int]]:
    """How units assess themselves, from good to poor."""
    order = list(texts.CHOICES)
    return sorted(
        summary.assessment, key=lambda item: order.index(item[0]) if item[0] in order else len(order)
    )


def stage_line(summary: Summary) -> str:
    """How firm the figures are, in a sentence."""
    closed = moment(summary.closed_at) if summary.closed_at else ""
    return texts.STAGES[summary.stage].format(closes=moment(summary.closes_at), closed=closed)
