"""Hand-over of a post (bàn giao), deputies named and ended: one question after the other, confirmed, then done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from handlers import appointing_texts as said
from handlers import appointment, finding, rights, texts
from handlers.appointment import Plan
from handlers.engine import commands, spelling, vietnamese
from handlers.engine.commands import Command
from handlers.engine.reading import read
from handlers.new_person import person_in
from handlers.rights_texts import ROLE_NAMES
from handlers.showing import clip
from handlers.talk import Talk, row_number
from storage import appointments, units
from storage.appointments import Held
from storage.conversations import Errand
from storage.directory import Named
from storage.messages import Choice, Reply

ERRAND = "appoint"
DEPUTY = "bao_cao_vien"
IN_A_UNIT = ("chu_tich_cdcs", DEPUTY)
ABOVE = (*IN_A_UNIT, "chuyen_vien_ttcs", "lanh_dao_ttcs")
MAY_GIVE: dict[str, Sequence[str]] = {
    "chu_tich_cdcs": IN_A_UNIT,
    "chuyen_vien_ttcs": IN_A_UNIT,
    "lanh_dao_ttcs": ABOVE,
    "ban_csplqhld": ABOVE,
    "quan_tri": tuple(ROLE_NAMES),
}
"""Role → posts that its holder may hand over, in the units of RIGHTS: nobody gives more than stands below."""
BELOW_ONLY = ("chuyen_vien_ttcs", "lanh_dao_ttcs")
"""Who appoints below; in the own unit such a holder hands over nothing but the own post."""
PAST, AHEAD = timedelta(days=31), timedelta(days=14)
"""How far the first day may lie: a code made now still opens then."""

About = dict[str, Any]


def start(talk: Talk, command: Command) -> list[Reply]:
    """BANGIAO, THEMNGUOINHAP, THOINGUOINHAP; with the unit behind it, if there are several."""
    about: About = {"act": command.name, "key": talk.receipt}
    return _unit_named(talk, about, command.text)


def hear(talk: Talk, errand: Errand) -> list[Reply] | None:
    """The answer that was typed to the question that stands open."""
    about = errand.about
    if not talk.may(about["act"]):
        return [talk.say(texts.NOT_ALLOWED)]
    if (command := commands.parse(talk.incoming.text)) and command.name == "help":
        talk.state.errand = errand
        return [talk.say(said.HELP[about["stage"]])]
    return HEARS[about["stage"]](talk, about)


def press(talk: Talk, command: Command) -> list[Reply]:
    """A button of the question that stands open; one of an earlier question does nothing."""
    key, what, number = (*command.text.split("."), "", "")[:3]
    errand = talk.left
    if errand is None or errand.name != ERRAND or key != str(errand.about["key"]):
        return [talk.say(said.OLD_BUTTON)]
    about = errand.about
    if not talk.may(about["act"]):
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    if what == "post":
        return _go_on(talk, about | {"post": row_number(number)})
    if what == "yes" and about["stage"] == "confirm":
        return _do(talk, about)
    return [talk.say(texts.ERRAND_LEFT)]


def _go_on(talk: Talk, about: About) -> list[Reply]:
    """Ask what is not known yet."""
    if "post" not in about and about["act"] != "deputy":
        return _ask_post(talk, about)
    if "name" not in about and about["act"] != "end_deputy":
        return _ask_who(talk, about)
    return _confirm(talk, about)


def _ask(talk: Talk, about: About, stage: str, template: str, **values: object) -> Reply:
    talk.state.errand = Errand(ERRAND, about | {"stage": stage})
    return talk.say(template, **values)


# ── which unit ──────────────────────────────────────────────────────────────────────────────────────


def _unit_named(talk: Talk, about: About, typed: str) -> list[Reply]:
    found = finding.units(talk, about["act"], typed)
    if about["act"] != "hand_over":
        found = [one for one in found if one.kind not in ("tinh", "cap_tren")]
    if about["act"] == "end_deputy" and not typed and len(found) > 1:
        with_one = appointments.units_with(talk.db, DEPUTY, talk.reach(about["act"]), talk.today)
        found = [one for one in found if one.id in with_one]
        if not found:
            return [talk.say(said.NOBODY_ANYWHERE)]
    if len(found) == 1:
        return _go_on(talk, about | {"unit": found[0].id})
    if not typed:
        return [_ask_unit(talk, about, found)]
    talk.state.errand = Errand(
        ERRAND, about | {"stage": "unit", "units": [one.id for one in found[: finding.MOST]]}
    )
    return [finding.unclear(talk, found, typed)]


def _ask_unit(talk: Talk, about: About, found: Sequence[Named]) -> Reply:
    """Few units are listed; who has many names one."""
    question = talk.words(said.WHICH_UNIT[about["act"]])
    few = found if len(found) <= finding.MOST else ()
    listed = about | {"units": [one.id for one in few]}
    if not few:
        return _ask(talk, listed, "unit", said.WHICH_UNIT[about["act"]])
    return _ask(talk, listed, "unit", said.FEW_UNITS, question=question, units=finding.lines(few))


def _hear_unit(talk: Talk, about: About) -> list[Reply]:
    listed = about.pop("units", [])
    unit = finding.number(talk.incoming.text, listed)
    return _go_on(talk, about | {"unit": unit}) if unit else _unit_named(talk, about, talk.incoming.text)


# ── who leaves ──────────────────────────────────────────────────────────────────────────────────────


def _roles(talk: Talk, about: About) -> list[str]:
    """Posts of the unit that the sender may give; none for a unit that is not the sender's."""
    act, unit = about["act"], about["unit"]
    acting = [post for post in talk.posts if rights.reaches(talk.db, [post], act, unit, talk.today)]
    given = {role for post in acting for role in MAY_GIVE.get(post.role, ())}
    return sorted(given & {DEPUTY} if act == "end_deputy" else given)


def _posts(talk: Talk, about: About) -> list[Held]:
    reach = talk.reach(about["act"])
    held = appointments.held(talk.db, about["unit"], reach, _roles(talk, about), talk.today)
    return [post for post in held if _may_take(talk, about, post)]


def _may_take(talk: Talk, about: About, post: Held) -> bool:
    """A superior appoints below; in the own unit a post is handed over by its holder (DOMAIN 3)."""
    own = post.person_id == talk.sender.person_id
    return any(
        post.role in MAY_GIVE.get(acting.role, ())
        and (own or acting.unit_id != post.unit_id or acting.role not in BELOW_ONLY)
        and rights.reaches(talk.db, [acting], about["act"], post.unit_id, talk.today)
        for acting in talk.posts
    )


def _ask_post(talk: Talk, about: About) -> list[Reply]:
    posts = _posts(talk, about)
    unit = units.name_on(talk.db, about["unit"], talk.today)
    if not posts:
        return [talk.say(said.NOBODY[about["act"]], unit=unit)]
    if len(posts) == 1:
        return _go_on(talk, about | {"post": posts[0].id})
    shown = posts[: finding.MOST]
    lines = [
        said.POST.format(n=n, name=post.name, role=ROLE_NAMES[post.role]) for n, post in enumerate(shown, 1)
    ]
    listed = about | {"posts": [post.id for post in shown]}
    reply = _ask(talk, listed, "post", said.WHO_LEAVES[about["act"]], unit=unit, posts="\n".join(lines))
    labels = {post.id: said.POST_BUTTON.format(name=post.name, role=ROLE_NAMES[post.role]) for post in shown}
    buttons = [Choice(_button(about, f"post.{number}"), label) for number, label in labels.items()]
    return [reply.with_choices(*buttons)]


def _hear_post(talk: Talk, about: About) -> list[Reply]:
    listed = about.pop("posts")
    post = finding.number(talk.incoming.text, listed)
    wanted = vietnamese.fold(talk.incoming.text)
    same = [one.id for one in _posts(talk, about) if wanted and wanted in vietnamese.fold(one.name)]
    post = post or (same[0] if len(same) == 1 else 0)
    return _go_on(talk, about | {"post": post}) if post else _ask_post(talk, about)


def _button(about: About, what: str) -> str:
    return f"do:appoint:{about['key']}.{what}"


# ── who comes ───────────────────────────────────────────────────────────────────────────────────────


def _ask_who(talk: Talk, about: About) -> list[Reply]:
    plan = _plan(talk, about)
    if plan is None:
        return [talk.say(said.NOT_ANY_MORE)]
    return [_ask(talk, about, "who", said.WHO_COMES[about["act"]], **appointment.words(plan))]


def _hear_who(talk: Talk, about: About) -> list[Reply]:
    unmarked = about.pop("unmarked", "")
    as_typed = unmarked and commands.is_yes(talk.incoming.text)
    new, plan = person_in(unmarked if as_typed else talk.incoming.text), _plan(talk, about)
    if plan is None:
        return [talk.say(said.NOT_ANY_MORE)]
    if new is None:
        return [_ask(talk, about, "who", said.NOT_A_NAME, typed=clip(talk.incoming.text.strip(), 60))]
    wanted = vietnamese.fold(new.name)
    holders = appointments.held(talk.db, plan.unit_id, talk.reach(about["act"]), (plan.role,), talk.today)
    if any(vietnamese.fold(one.name) == wanted for one in holders):
        return [_ask(talk, about, "who", said.SAME_PERSON, name=new.name)]
    known = about | {"name": new.name, "phone": new.phone or about.get("phone", "")}
    if new.name.isascii() and new.name != unmarked and not _is_known(talk, known):
        return [_ask(talk, known | {"unmarked": new.name}, "who", said.WITHOUT_MARKS, name=new.name)]
    return _go_on(talk, known)


def _is_known(talk: Talk, about: About) -> bool:
    plan = _plan(talk, about)
    return plan is not None and plan.known is not None


# ── really? ─────────────────────────────────────────────────────────────────────────────────────────


def _plan(talk: Talk, about: About) -> Plan | None:
    """What is to be done, as the rows say now; None if it is not the sender's to do any more."""
    plan = appointment.plan(
        talk.db,
        about["act"],
        unit_id=about["unit"],
        post=about.get("post", 0),
        name=about.get("name", ""),
        phone=about.get("phone", ""),
        since=date.fromisoformat(about["since"]) if "since" in about else talk.today,
        mine=talk.reach(about["act"]),
        roles=_roles(talk, about),
        today=talk.today,
    )
    return None if plan and plan.old and not _may_take(talk, about, plan.old) else plan


def _confirm(talk: Talk, about: About) -> list[Reply]:
    plan = _plan(talk, about)
    if plan is None:
        return [talk.say(said.NOT_ANY_MORE)]
    example = spelling.date(talk.today + timedelta(days=7))
    reply = _ask(
        talk, about, "confirm", said.CONFIRM[about["act"]], example=example, **appointment.words(plan)
    )
    yes = Choice(_button(about, "yes"), said.YES[about["act"]])
    return [reply.with_choices(yes, Choice(_button(about, "no"), said.NO))]


def _hear_yes(talk: Talk, about: About) -> list[Reply]:
    typed = talk.incoming.text.strip()
    if typed == "1" or commands.is_yes(typed):
        return _do(talk, about)
    if typed == "2" or commands.is_no(typed):
        return [talk.say(texts.ERRAND_LEFT)]
    if (new := person_in(typed)) is not None and (new.phone or len(new.name.split()) > 2):
        return _hear_who(talk, about)
    if about["act"] == "hand_over" and any(sign.isdecimal() for sign in typed):
        return _hear_day(talk, about, typed)
    return [_ask(talk, about, "confirm", said.UNCLEAR, typed=clip(typed, 60))]


def _hear_day(talk: Talk, about: About, typed: str) -> list[Reply]:
    first, last = talk.today - PAST, talk.today + AHEAD
    told = read("date", typed, today=last).value
    day = date.fromisoformat(str(told)[:10]) if told else None
    plan = _plan(talk, about)
    began = plan.old.valid_from if plan and plan.old else first
    if day is None or not max(first, began) <= day <= last:
        span = {"first": spelling.date(max(first, began)), "last": spelling.date(last)}
        return [_ask(talk, about, "confirm", said.BAD_DAY, **span)]
    return _confirm(talk, about | {"since": day.isoformat()})


def _do(talk: Talk, about: About) -> list[Reply]:
    plan = _plan(talk, about)
    if plan is None:
        return [talk.say(said.NOT_ANY_MORE)]
    return appointment.carry_out(talk, plan)


HEARS: dict[str, Callable[[Talk, About], list[Reply]]] = {
    "unit": _hear_unit,
    "post": _hear_post,
    "who": _hear_who,
    "confirm": _hear_yes,
}
