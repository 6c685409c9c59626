"""LICHSU: the reports of the own units, the newest first; any of them is opened by its number or its month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from handlers import afterwards_texts as said
from handlers import comparing, handed_in, opened, questionnaires, receipt, summary, texts
from handlers import report_words as words
from handlers.engine import commands, spelling, vietnamese
from handlers.engine.commands import Command
from handlers.report_context import FORM
from handlers.showing import moment
from handlers.talk import Talk, row_number
from storage import attachments, history, submissions
from storage.calendar import TZ
from storage.conversations import Errand
from storage.messages import Choice, Reply
from storage.submissions import Draft

ERRAND = "history"
TAKES = ("edit", "paragraph", "review", "receipt", "resume")
"""Commands that are about the list, or the report that is open in it; "tiếp" is a word of TIEPTUC as well."""
PAGE = 8
_NUMBER = re.compile(r"(?:(?:xem|mo)(?: lai)? )?(?:so |bao cao |cai |thu )?([0-9]{1,3})\.?")
_MONTH = re.compile(r"(?:thang|t) ?(1[0-2]|0?[1-9])(?: ?[/-] ?(20[0-9]{2})| nam (20[0-9]{2}))?(?![0-9])|"
                    r"\b(1[0-2]|0?[1-9]) ?[/-] ?(20[0-9]{2})\b")  # fmt: skip
_NEXT = ("tiep", "xem tiep", "trang sau", "xem them", "con nua")


def show(talk: Talk, command: Command) -> list[Reply]:
    """The newest page; or what a button of the list asks for."""
    what, _, number = command.text.partition(".") if talk.incoming.choice else ("", "", "")
    if what == "open":
        draft = opened.named(talk, Command("history", text=number))
        return [_open(talk, draft)] if draft else [talk.say(texts.BUTTON_NOT_YOURS)]
    return [_page(talk, max(row_number(number), 1) if what == "page" else 1)]


def hear(talk: Talk, errand: Errand) -> list[Reply] | None:
    """What was typed under the list, or under a report that is open; None if it is about neither."""
    about, typed = errand.about, vietnamese.fold(talk.incoming.text.strip(" .!"))
    command = commands.parse(talk.incoming.text)
    paper = opened.named(talk, Command("history", text=str(about.get("paper", 0))))
    if typed in _NEXT and about.get("page", 0) < about.get("pages", 0):
        return [_page(talk, about["page"] + 1)]
    if command is not None:
        return _with_opened(talk, errand, paper, command) if paper else None
    if found := _MONTH.search(typed):
        return _of_month(talk, errand, found, typed)
    if found := _NUMBER.fullmatch(typed):
        return _numbered(talk, errand, int(found[1]), bare=typed.rstrip(".").isdecimal())
    return None


# ── the list ────────────────────────────────────────────────────────────────────────────────────────


def _page(talk: Talk, page: int) -> Reply:
    of = -(-history.count(talk.db, talk.units, FORM) // PAGE)
    if not of:
        return talk.say(said.NO_HISTORY)
    page = min(page, of)
    papers = history.sent(talk.db, talk.units, FORM, skip=(page - 1) * PAGE, most=PAGE)
    names = {post.unit_id: post.unit_name for post in talk.posts if post.reports}
    pages = said.PAGES.format(page=page, of=of) if of > 1 else ""
    if len(names) > 1:
        head = said.HISTORY_OF_SEVERAL.format(n=len(names), pages=pages)
    else:
        head = said.HISTORY.format(unit=next(iter(names.values())), pages=pages)
    more = (Choice(f"do:history:page.{page + 1}", said.NEXT_PAGE),) if page < of else ()
    return _list(talk, head, papers, {"page": page, "pages": of}, more)


def _list(
    talk: Talk, head: str, papers: Sequence[Draft], about: dict[str, Any], more: tuple[Choice, ...] = ()
) -> Reply:
    talk.state.errand = Errand(ERRAND, about | {"papers": [paper.id for paper in papers]})
    rows = [_row(talk, n, paper) for n, paper in enumerate(papers, 1)]
    end = talk.words(said.HISTORY_END, month=_month_of(papers[-1]))
    parts = [head, *rows, f"{end} {said.HISTORY_MORE}" if more else end]
    return Reply("\n".join(parts), (*(_button(talk, n, paper) for n, paper in enumerate(papers, 1)), *more))


def _row(talk: Talk, n: int, paper: Draft) -> str:
    at = paper.submitted_at.astimezone(TZ) if paper.submitted_at else None
    return said.REPORT.format(
        n=n,
        period=spelling.month(paper.period_key or ""),
        unit=said.OF_UNIT.format(unit=_short_name(talk, paper)) if _several(talk) else "",
        state=_state(paper),
        at=f"{at:%d/%m/%Y}" if at else "",
        code=paper.code,
        notes=_notes(talk, paper),
    )


def _button(talk: Talk, n: int, paper: Draft) -> Choice:
    period = spelling.month(paper.period_key or "")
    label = f"{said.MONTH_BUTTON.format(period=period)}" + (
        f" – {_short_name(talk, paper)}" if _several(talk) else ""
    )
    return Choice(f"do:history:open.{paper.id}", f"{n} {label}")


def _several(talk: Talk) -> bool:
    return len(set(talk.units)) > 1


def _short_name(talk: Talk, paper: Draft) -> str:
    return next((post.short_name for post in talk.posts if post.unit_id == paper.unit_id), paper.unit_name)


def _state(paper: Draft) -> str:
    return said.STATES.get(paper.state, said.STATES["submitted"])


def _notes(talk: Talk, paper: Draft) -> str:
    """How often it was corrected, and that it was entered for the unit."""
    corrected = said.CORRECTED_TIMES.format(n=paper.version - 1) if paper.version > 1 else ""
    return corrected + (said.BEHALF if submissions.origin(talk.db, paper.id, paper.version)[0] else "")


def _month_of(paper: Draft) -> int:
    return paper.starts_on.month if paper.starts_on else 1


# ── one of them ─────────────────────────────────────────────────────────────────────────────────────


def _open(talk: Talk, paper: Draft) -> Reply:
    """The report as its summary showed it, what changed against the month before, and what can be done with it."""
    listed = talk.left.about if talk.left is not None and talk.left.name == ERRAND else {}
    talk.state.errand = Errand(ERRAND, {**listed, "paper": paper.id})
    session = questionnaires.session_of(talk.db, paper, talk.today, paper.version)
    at = moment(paper.submitted_at) if paper.submitted_at else ""
    state = said.STATE_LINE.format(state=_state(paper), at=at, notes=_notes(talk, paper))
    end = said.OPENED_END_LOCKED if words.locked(paper, talk.now) else said.OPENED_END
    parts = [
        words.title_sent(talk, paper), summary.lines(session, attachments.counts(talk.db, paper, paper.version)),
        words.rest(session), comparing.with_last_month(talk.db, paper, paper.version), state, talk.words(end),
    ]  # fmt: skip
    return Reply("\n".join(part for part in parts if part), _acts(paper))


def _acts(paper: Draft) -> tuple[Choice, ...]:
    return (
        Choice(f"do:paragraph:{paper.id}", texts.PARAGRAPH),
        Choice(f"do:receipt:{paper.id}", said.RECEIPT_BUTTON),
        Choice("do:history", said.LIST_BUTTON),
    )


def _with_opened(talk: Talk, errand: Errand, paper: Draft, command: Command) -> list[Reply] | None:
    """SUA, DOANVAN, BIENNHAN under a report are about this one; the list stays, except below a correction."""
    if command.name == "edit":
        return handed_in.correct_this(talk, paper, command)
    acts = {"paragraph": handed_in.show_paragraph, "receipt": receipt.again}
    if command.name == "review":
        return [_open(talk, paper)]
    if command.name not in acts:
        return None
    talk.state.errand = errand
    return acts[command.name](talk, Command(command.name, text=str(paper.id)))


def _numbered(talk: Talk, errand: Errand, number: int, *, bare: bool) -> list[Reply] | None:
    """A number counts the list; below a report it might as well be one of its lines, and is asked about."""
    papers = errand.about.get("papers", [])
    if "paper" in errand.about and (bare or not papers):
        talk.state.errand = errand
        return [talk.say(_about_line(talk, errand.about["paper"]), n=number)]
    if not 1 <= number <= len(papers):
        talk.state.errand = errand
        return [talk.say(said.NOT_IN_LIST, typed=number)]
    paper = opened.named(talk, Command("history", text=str(papers[number - 1])))
    return [_open(talk, paper)] if paper else None


def _about_line(talk: Talk, submission_id: int) -> str:
    shut = words.locked(submissions.get(talk.db, submission_id), talk.now)
    return said.OPENED_NUMBER_LOCKED if shut else said.OPENED_NUMBER


def _of_month(talk: Talk, errand: Errand, found: re.Match[str], typed: str) -> list[Reply]:
    """The report of a month; of several units' it takes the one that is named, or asks."""
    month = int(found[1] or found[4])
    year = int(found[2] or found[3] or found[5] or talk.today.year - (month > talk.today.month))
    key = f"{year}-{month:02}"
    papers = history.of_month(talk.db, talk.units, FORM, key)
    named = (
        vietnamese.fold(typed[found.end() :]).strip(" -–,:")
        or vietnamese.fold(typed[: found.start()]).strip()
    )
    only = [paper for paper in papers if named and named in vietnamese.fold(_short_name(talk, paper))]
    papers = only if len(only) == 1 else papers
    if len(papers) == 1:
        return [_open(talk, papers[0])]
    if papers:
        return [_list(talk, said.HISTORY_OF_MONTH.format(period=spelling.month(key)), papers, {})]
    talk.state.errand = errand
    return [talk.say(said.NO_SUCH_MONTH, month=spelling.month(key))]
