"""A superior enters a report that came by telephone or on paper: which unit, how it came, then the usual interview.

Nothing is kept before the interview opens: until then each button, and the errand that waits for a typed answer,
carries what was chosen so far, and everything is looked at anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from handlers import behalf_texts, behalf_words, report, texts, walking
from handlers.collecting import NOTHING_MORE
from handlers.engine import commands, spelling, vietnamese
from handlers.engine.commands import Command
from handlers.report_context import FORM, context_of
from handlers.report_words import heading, named
from handlers.showing import moment
from handlers.step import editor_of, enter, in_hand
from handlers.talk import Talk, row_number
from storage import attachments, audit, coverage, forms, submissions
from storage.conversations import Errand
from storage.coverage import PERIOD, Owed
from storage.messages import Attachment, Choice, Reply
from storage.models import Period
from storage.submissions import Draft

PAGE = 8
"""Units in one list."""
MORE = ("xem them", "them", "trang sau", "tiep theo")
SOURCES = {"1": "phone", "2": "paper"}


@dataclass(frozen=True, slots=True)
class Order:
    """What was chosen so far."""

    unit: int
    period: int
    draft: int = 0
    """The draft that was shown and is to be taken over; 0: none."""
    source: str = ""
    without: str = ""
    """`skip`: there is no picture of the paper."""

    def button(self, label: str, **more: object) -> Choice:
        """A button that goes on from here."""
        chosen = asdict(self) | more
        return Choice("do:behalf:" + ".".join(str(value) for value in chosen.values()).rstrip("."), label)


def start(talk: Talk, command: Command) -> list[Reply]:
    """NHAPHO, "nhập hộ NB-HLU-01": which unit; a button goes on with what it carries."""
    if talk.incoming.choice and command.text:
        return _pressed(talk, command.text.split("."))
    period = report.period_of(talk, command.number)
    return _search(talk, period, command.text) if period else [talk.say(texts.NO_PERIOD)]


def _pressed(talk: Talk, parts: list[str]) -> list[Reply]:
    if parts[0] == "leave":
        return [talk.say(behalf_texts.LEFT)]
    unit, period_id, draft, source, skip = (*parts, *[""] * 5)[:5]
    period = _period(talk, row_number(period_id))
    if period is None:
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    if unit == "more":
        return _list(talk, period, "", row_number(draft))
    source = source if source in SOURCES.values() else ""
    return _go_on(talk, Order(row_number(unit), period.id, row_number(draft), source, skip))


def hear(talk: Talk, errand: Errand) -> list[Reply] | None:
    """A typed answer, or a picture, for what stands open; the right is looked at anew."""
    if not talk.may("behalf"):
        return None
    whom = commands.for_whom(talk.incoming.text)
    return start(talk, whom) if whom else STEPS[errand.about["step"]](talk, errand.about)


def _wait(talk: Talk, step: str, **about: Any) -> None:  # noqa: ANN401 - JSON
    talk.state.errand = Errand("behalf", {"step": step, **about})


def _period(talk: Talk, number: int) -> Period | None:
    row = talk.db.execute(select(PERIOD).where(PERIOD.c.id == number, PERIOD.c.form_code == FORM)).mappings()
    found = row.one_or_none()
    return Period(**found) if found else None


# ── which unit ──────────────────────────────────────────────────────────────────────────────────────


def _search(talk: Talk, period: Period, typed: str) -> list[Reply]:
    """One unit that the words name is taken; several are listed."""
    found = _matching(talk, period, typed) if typed else []
    if len(found) == 1:
        return _go_on(talk, Order(found[0].id, period.id))
    return _list(talk, period, typed, 0)


def _matching(talk: Talk, period: Period, typed: str) -> list[Owed]:
    """Units of that code, else those whose code or name holds all words; without words those that are missing."""
    units = coverage.owed(talk.db, period.id, talk.reach("behalf"))
    wanted = vietnamese.fold(typed)
    if not wanted:
        return [unit for unit in units if unit.missing]
    exact = [unit for unit in units if unit.code.lower() == wanted]
    words = wanted.split()
    return exact or [
        unit for unit in units if _is_called(f"{unit.code} {unit.name} {unit.short_name}", words)
    ]


def _is_called(names: str, words: list[str]) -> bool:
    plain = _plain(names)
    return all(word in plain for word in words)


@lru_cache(maxsize=8192)
def _plain(names: str) -> str:
    """Without marks; kept, since a province has thousands of names."""
    return vietnamese.fold(names)


def _list(talk: Talk, period: Period, typed: str, page: int) -> list[Reply]:
    found, month = _matching(talk, period, typed), spelling.month(period.key)
    shown = found[page * PAGE :][:PAGE]
    if not shown and not typed:
        return [talk.say(behalf_texts.NONE_MISSING, period=month)]
    _wait(talk, "unit", period=period.id, page=page, typed=typed, options=[unit.id for unit in shown])
    if not shown:
        return [talk.say(behalf_texts.NOT_FOUND, typed=typed[:40], period=month)]
    buttons = [
        Order(unit.id, period.id).button(f"{n} {unit.short_name}{_begun(talk, unit, period)}", draft="")
        for n, unit in enumerate(shown, 1)
    ]
    more = len(found) > (page + 1) * PAGE
    if more and not typed:
        buttons.append(Choice(f"do:behalf:more.{period.id}.{page + 1}", behalf_texts.MORE))
    pages = -(-len(found) // PAGE)
    where = behalf_texts.PAGE.format(page=page + 1, of=pages) if pages > 1 else ""
    words = behalf_texts.FOUND if typed else behalf_texts.WHICH_UNIT
    return [talk.say(words, n=len(found), period=month, typed=typed[:40], page=where).with_choices(*buttons)]


def _begun(talk: Talk, unit: Owed, period: Period) -> str:
    """That a draft is there, so that nobody is telephoned who is at it."""
    draft = submissions.of_period(talk.db, unit.id, period.id)
    return behalf_texts.BEGUN if draft is not None and draft.open and not draft.version else ""


def _hear_unit(talk: Talk, about: dict[str, Any]) -> list[Reply] | None:
    period, typed = _period(talk, about["period"]), talk.incoming.text.strip()
    if period is None:
        return None
    number = row_number(typed)
    if 1 <= number <= len(about["options"]):
        return _go_on(talk, Order(about["options"][number - 1], period.id))
    if vietnamese.fold(typed) in MORE:
        return _list(talk, period, about["typed"], about["page"] + 1)
    return _search(talk, period, typed)


# ── what stands in the way ──────────────────────────────────────────────────────────────────────────


def _go_on(talk: Talk, order: Order) -> list[Reply]:
    """Ask what is still to be asked, or open the interview."""
    reach = talk.reach("behalf")
    unit = next(iter(coverage.owed(talk.db, order.period, reach, unit_id=order.unit)), None)
    if unit is None:
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    draft = submissions.of_period(talk.db, order.unit, order.period)
    in_the_way = _in_the_way(talk, order, unit, draft)
    return in_the_way or _ask(talk, order if draft else replace(order, draft=0), unit, draft)


def _in_the_way(talk: Talk, order: Order, unit: Owed, draft: Draft | None) -> list[Reply] | None:
    if unit.id in talk.units:
        return [talk.say(behalf_texts.OWN_UNIT, unit=unit.short_name)]
    if draft is None:
        return None
    if draft.version:
        words = behalf_texts.RETURNED if draft.state == "returned" else behalf_texts.ALREADY_IN
        return [talk.say(words, code=draft.code, **named(draft))]
    if draft.source and in_hand(talk, draft):
        return _interview(talk, draft.id)
    return None if draft.id == order.draft else [_offer(talk, order, draft)]


def _ask(talk: Talk, order: Order, unit: Owed, draft: Draft | None) -> list[Reply]:
    if not order.source:
        return [_ask_how(talk, order, unit)]
    if order.source == "paper" and not order.without:
        _wait(talk, "photo", **asdict(order))
        return [
            talk.say(behalf_texts.PHOTO).with_choices(order.button(behalf_texts.NO_PHOTO, without="skip"))
        ]
    return _open(talk, order, unit, draft)


def _offer(talk: Talk, order: Order, draft: Draft) -> Reply:
    """Somebody writes it already: whose draft it is and how far, but nothing of what it says."""
    done, of = report.progress(talk.db, draft.id)
    shown = replace(order, draft=draft.id, source="")
    _wait(talk, "draft", **asdict(shown))
    said = talk.words(behalf_texts.DRAFT_THERE, done=done, of=of, at=moment(draft.edited_at),
                      **editor_of(talk, draft), **named(draft))  # fmt: skip
    return Reply(said, (shown.button(behalf_texts.TAKE_OVER), Choice("do:behalf:leave", behalf_texts.LEAVE)))


def _hear_draft(talk: Talk, about: dict[str, Any]) -> list[Reply] | None:
    typed, order = vietnamese.fold(talk.incoming.text), _order(about)
    if typed in ("1", "nhap tiep", "nhap tiep ban nhap") or commands.is_yes(typed):
        return _go_on(talk, order)
    if typed == "2" or typed.startswith("de ") or commands.is_no(typed):
        return [talk.say(behalf_texts.LEFT)]
    return _go_on(talk, replace(order, draft=0))


def _ask_how(talk: Talk, order: Order, unit: Owed) -> Reply:
    _wait(talk, "source", **asdict(order))
    period = _period(talk, order.period)
    month = spelling.month(period.key) if period else ""
    buttons = (
        order.button(behalf_texts.PHONE, source="phone"),
        order.button(behalf_texts.PAPER, source="paper"),
    )
    return talk.say(behalf_texts.HOW, unit=unit.name, period=month).with_choices(*buttons)


def _hear_source(talk: Talk, about: dict[str, Any]) -> list[Reply] | None:
    typed = vietnamese.fold(talk.incoming.text)
    source = SOURCES.get(typed, "")
    if "dien thoai" in typed or "goi" in typed.split():
        source = "phone"
    elif "giay" in typed or "van ban" in typed:
        source = "paper"
    return _go_on(talk, replace(_order(about), source=source))


def _hear_photo(talk: Talk, about: dict[str, Any]) -> list[Reply] | None:
    files, order, typed = talk.incoming.attachments, _order(about), talk.incoming.text.strip()
    command = commands.parse(typed)
    if files and files[0].media_type in behalf_words.TAKEN:
        return _go_on(talk, replace(order, without="photo"))
    if not files and ((command and command.name == "skip") or vietnamese.fold(typed) in NOTHING_MORE):
        return _go_on(talk, replace(order, without="skip"))
    _wait(talk, "photo", **asdict(order))
    if files:
        return [talk.say(behalf_texts.PHOTO_TYPE)]
    return _go_on(talk, order)


def _order(about: dict[str, Any]) -> Order:
    return Order(**{name: about[name] for name in Order.__slots__})


# ── the interview ───────────────────────────────────────────────────────────────────────────────────


def _open(talk: Talk, order: Order, unit: Owed, draft: Draft | None) -> list[Reply]:
    """Begin the draft, or take over the one that was shown; either is noted."""
    submission_id = _taken_over(talk, draft, order.source) if draft else _new(talk, order, unit)
    if submission_id is None:
        return [talk.say(texts.NO_PERIOD)]
    audit.record(
        talk.db, talk.by, "take_over" if draft else "enter_behalf", "submission", submission_id, at=talk.now,
        unit_id=unit.id, new={"source": order.source},
    )  # fmt: skip
    files = talk.incoming.attachments
    if not files or order.without != "photo":
        return _interview(talk, submission_id)
    return _interview(talk, submission_id, files[0])


def _interview(talk: Talk, submission_id: int, photo: Attachment | None = None) -> list[Reply]:
    step = enter(talk, report.DIALOGUE, submission_id)
    if photo is not None:
        attachments.add(talk.db, step.draft, behalf_words.PAPER, photo, talk.sender, talk.now)
    kept = f"{behalf_texts.PHOTO_KEPT}\n" if photo is not None else ""
    return walking.resume(step, kept + heading(talk, step.draft))


def _taken_over(talk: Talk, draft: Draft, source: str) -> int:
    submissions.set_source(talk.db, draft.id, source)
    return draft.id


def _new(talk: Talk, order: Order, unit: Owed) -> int | None:
    version, period = forms.newest(talk.db, FORM), _period(talk, order.period)
    if version is None or period is None:
        return None
    return submissions.open_draft(
        talk.db,
        form_version_id=version,
        form_code=FORM,
        unit_id=unit.id,
        period_id=period.id,
        context=context_of(talk.db, unit.id, unit.industry_type, period),
        contact_id=talk.sender.id,
        at=talk.now,
        source=order.source,
    )


STEPS: dict[str, Callable[[Talk, dict[str, Any]], list[Reply] | None]] = {
    "unit": _hear_unit,
    "draft": _hear_draft,
    "source": _hear_source,
    "photo": _hear_photo,
}
"""What the next typed message is taken for."""
