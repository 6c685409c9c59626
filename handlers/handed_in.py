"""What can be done with a report that is in: see it, correct it, take its paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import (
    correcting,
    opened,
    opening_texts,
    paragraph,
    questionnaires,
    report,
    steering,
    summary,
    texts,
    walking,
    which_unit,
)
from handlers import report_words as words
from handlers.engine import spelling
from handlers.engine.commands import Command
from handlers.report_context import FORM
from handlers.step import enter
from handlers.talk import Talk, row_number
from handlers.which_unit import Asked
from storage import answers, attachments, submissions
from storage.messages import Choice, Reply
from storage.submissions import Draft


def correct(talk: Talk, command: Command) -> list[Reply]:
    """SUA n with nothing open: a correction of the submitted report, until the lock (DOMAIN 4, rule 5)."""
    draft = talk.unfinished()
    if draft is None or draft.form_code != FORM or draft.unit_id not in talk.units:
        sent = submissions.newest_of(talk.db, talk.units, FORM)
        if len(sent) > 1:
            return _which_to_correct(talk, sent, command)
        draft = sent[0] if sent else None
    return correct_this(talk, draft, command)


def in_words(talk: Talk) -> list[Reply] | None:
    """The same in words, "sai quỹ, 3tr"; None if they do not clearly put a line right, or something else is open."""
    typed = talk.incoming.text.strip()
    shown = opened.below(talk)
    if talk.state.top is not None or not (draft := shown or _last(talk)):
        return None
    version = draft.writing if draft.open else draft.version
    session = questionnaires.session_of(talk.db, draft, talk.today, version)
    if not correcting.concerns(session, typed):
        return None
    command = Command("edit", text=typed)
    return correct_this(talk, shown, command) if shown else correct(talk, command)


def _last(talk: Talk) -> Draft | None:
    """The report whose lines words may name: the one being written, or the one that was handed in last."""
    begun = talk.unfinished()
    if begun is not None and begun.form_code == FORM and begun.unit_id in talk.units:
        return begun
    return submissions.latest(talk.db, talk.units, FORM) if talk.units else None


def _which_to_correct(talk: Talk, sent: Sequence[Draft], command: Command) -> list[Reply]:
    """A number would be changed in the wrong report as easily as in the right one."""
    posts = {post.unit_id: post for post in report.reporting(talk)}
    papers = [(posts[draft.unit_id], draft) for draft in sent]
    asked = Asked("edit", sent[0].period_key or "", command.number, command.text)
    return which_unit.ask(talk, opening_texts.WHICH_TO_CORRECT, papers, asked)


def correct_this(talk: Talk, draft: Draft | None, command: Command) -> list[Reply]:
    """Reopen a line of this report, or show it whole."""
    if draft is None:
        return [talk.say(texts.NOTHING_OPEN)]
    if draft.version and words.locked(draft, talk.now):
        return [talk.say(texts.LOCKED, **words.named(draft))]
    if draft.open and report.somebody_elses(talk, draft):
        return [report.somebody_writes(talk, draft)]
    if draft.version:
        submissions.begin_correction(talk.db, draft)
    step = enter(talk, report.DIALOGUE, draft.id)
    if not command.number and not command.text:
        return walking.show_summary(step)
    walking.number_lines(step)
    step.frame.waits = "summary"
    if command.number:
        return steering.edit(step, command)
    return correcting.obey(step, command.text) or walking.show_summary(step)


def review(talk: Talk, command: Command) -> list[Reply]:
    """XEMLAI with nothing open: the submitted report."""
    draft = _sent(talk, command)
    if draft is None:
        return [talk.say(texts.NO_REPORT_YET)]
    session = questionnaires.session_of(talk.db, draft, talk.today, draft.version)
    files = attachments.counts(talk.db, draft, draft.version)
    said = f"{words.title_sent(talk, draft)}\n{summary.lines(session, files)}"
    return [Reply(said, _of_other_units(talk, draft, "review"))]


def show_paragraph(talk: Talk, command: Command) -> list[Reply]:
    """DOANVAN: the paragraph to paste into the unit's own report (P43)."""
    draft = _sent(talk, command)
    if draft is None:
        return [talk.say(texts.NO_PARAGRAPH_YET)]
    numbers = {name: row.number for name, row in answers.results(talk.db, draft.id, draft.version).items()}
    said = paragraph.of(numbers, spelling.month(draft.period_key or ""), draft.unit_name)
    return [Reply(said, _of_other_units(talk, draft, "paragraph"))]


def _sent(talk: Talk, command: Command) -> Draft | None:
    """The report of a button, or the one that was handed in last."""
    number = row_number(command.text)
    named = talk.paper(number) if number else None
    if named is not None and named.version and named.unit_id in talk.units:
        return named
    return submissions.latest(talk.db, talk.units, FORM)


def _of_other_units(talk: Talk, shown: Draft, act: str) -> tuple[Choice, ...]:
    """Buttons for the same of the person's other units."""
    names = {post.unit_id: post.short_name for post in talk.posts}
    sent = submissions.newest_of(talk.db, talk.units, FORM) if len(set(talk.units)) > 1 else []
    return tuple(
        Choice(f"do:{act}:{draft.id}", opening_texts.OF_UNIT.format(unit=names[draft.unit_id]))
        for draft in sent
        if draft.id != shown.id
    )
