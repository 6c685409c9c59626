"""The answer to "Báo cáo cho đơn vị nào?": what was asked for is done for that unit."""

from __future__ import annotations

from handlers import handed_in, opening_texts, report, texts, which_unit
from handlers.engine.commands import Command
from handlers.report_context import FORM
from handlers.talk import Talk, row_number
from handlers.which_unit import Asked
from storage import periods, submissions
from storage.conversations import Errand
from storage.messages import Reply


def which(talk: Talk, command: Command) -> list[Reply]:
    """The button of a unit in the list; an old one opens that unit's report of this month."""
    errand = talk.left
    mine = errand is not None and errand.name == which_unit.ERRAND
    return _chosen(talk, row_number(command.text), which_unit.of(errand.about) if errand and mine else None)


def named_unit(talk: Talk, errand: Errand) -> list[Reply] | None:
    """What was typed after "Báo cáo cho đơn vị nào?"; None if it names none of them."""
    asked = which_unit.of(errand.about)
    unit = which_unit.read(talk, asked)
    if unit is None:
        return None
    return _chosen(talk, unit, asked)


def _chosen(talk: Talk, unit_id: int, asked: Asked | None) -> list[Reply]:
    posts = [post for post in report.reporting(talk) if post.unit_id == unit_id]
    if asked is None:
        period = periods.current(talk.db, FORM, talk.now)
        asked = Asked("start", period.key if period else "")
    period = periods.by_key(talk.db, FORM, asked.period)
    if not posts and talk.left and not talk.incoming.choice:
        talk.state.errand = talk.left
        return [talk.say(opening_texts.NO_SUCH_UNIT, typed=talk.incoming.text.strip())]
    if not posts or period is None:
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    if asked.act == "edit":
        draft = submissions.of_period(talk.db, unit_id, period.id)
        return handed_in.correct_this(talk, draft, Command("edit", asked.number, asked.text))
    return report.write_in(
        talk, report.opened_for(talk, which_unit.papers(talk, posts, period), period, asked), asked
    )
