"""An account that nobody stands behind yet: a code or the person's own telephone number opens, consent comes next."""

from __future__ import annotations

import re

from handlers import (
    address,
    groups,
    idle,
    joining_texts,
    left_open,
    no_post,
    offering,
    report,
    showing,
    telling,
    texts,
    unheard,
)
from handlers.engine import chatter, commands, vietnamese
from handlers.engine.commands import Command
from handlers.talk import Talk, row_number
from storage import accounts, appointments, audit, contacts, invitations, joining, outbox, reminders, units
from storage.conversations import Errand
from storage.messages import SHARE_PHONE, Choice, Reply

EVENTS = ("own_phone", "other_phone")
AGREE, DISAGREE, FULL = "do:agree", "do:disagree", "do:consent_text"
DECLINED, UNDECIDED = "declined", "undecided"
"""Errands of an account that has just refused or withdrawn, and of one that has answered neither yes nor no."""
ASKED = (
    Choice(AGREE, joining_texts.AGREE),
    Choice(DISAGREE, joining_texts.DISAGREE),
    Choice(FULL, joining_texts.FULL_TEXT),
)
WITHDRAWING = (
    Choice("do:withdraw", joining_texts.WITHDRAW_YES),
    Choice("do:stay", joining_texts.WITHDRAW_NO),
)
STILL_UNDECIDED = (
    joining_texts.NEEDS_CONSENT,
    joining_texts.NEEDS_CONSENT_AGAIN,
    joining_texts.NEEDS_CONSENT_STILL,
)
"""The first time, and in other words after it."""
SHARE = Choice(SHARE_PHONE, joining_texts.SHARE_PHONE)
WHY_NOT = {
    "wrong": joining_texts.WRONG_CODE,
    "expired": joining_texts.EXPIRED_CODE,
    "used": joining_texts.USED_CODE,
}

_START = re.compile(r"/start(?:@\w+)?\s+(\S+)", re.IGNORECASE)
_CODE = re.compile(r"(?<![0-9a-z])([0-9a-z]{4})(\s?-\s?|\s?)([0-9a-z]{4})(?![0-9a-z])")
_SAYS_CODE = re.compile(r"(?<!\w)(?:mã|ma|mã mời|ma moi|code)(?: là| la)? ?:? ?$")
_AGREES = re.compile(r"\bdong y\b")
_HOLDS_BACK = re.compile(
    r"\?|\b(?:khong|ko|k|chua|chang|cha|neu|nhung|ma|sao|hay|chac|dung|phai|roi moi|thi)\b"
)
"""Beside "đồng ý" these leave it open: a consent must be plain (DOMAIN 10)."""
_REFUSES = re.compile(
    r"\b(?:khong|ko|k|chua|chang|cha) (?:co |muon |he |the |cho )?dong y\b(?! (?:khong|ko|k)\b)"
)
_VOWELS = frozenset("aeiouy")


# ── who nobody knows ────────────────────────────────────────────────────────────────────────────────


def stranger(talk: Talk) -> list[Reply]:
    """A message from an account without a person."""
    incoming = talk.incoming
    if incoming.event == "own_phone":
        return _by_phone(talk, incoming.text)
    if incoming.event == "other_phone":
        return [talk.say(joining_texts.PHONE_OF_ANOTHER).with_choices(SHARE)]
    if incoming.choice == SHARE_PHONE:
        return [talk.say(joining_texts.PHONE_NOT_HERE)]
    code = code_in(incoming.text)
    if not code and joining.phone(incoming.text):
        return [talk.say(joining_texts.PHONE_TYPED).with_choices(SHARE)]
    return _by_code(talk, code) if code else [talk.say(texts.STRANGER).with_choices(SHARE)]


def payload(text: str) -> str:
    """What a deep link (`/start CODE`) carries; empty if the message is none."""
    link = _START.fullmatch(text.strip())
    return link[1] if link else ""


def code_in(text: str) -> str:
    """The code in a message, alone or among words; empty if there is nothing that looks like one."""
    if payload(text):
        return payload(text)
    line = vietnamese.compose(text).lower()
    for found in _CODE.finditer(vietnamese.fold(line)):
        if _SAYS_CODE.search(line[: found.start()]) or _looks_like_a_code(*found.groups()):
            return found[1] + found[3]
    return ""


def _looks_like_a_code(first: str, between: str, last: str) -> bool:
    """Two groups of four are words or years as often as not: "toàn dân", "Toàn 1985", "2026-2027"."""
    signs = first + last
    mixed = any(not part.isdigit() and not part.isalpha() for part in (first, last))
    return not signs.isdigit() and ("-" in between or mixed or not _VOWELS & set(signs))


def _by_code(talk: Talk, code: str) -> list[Reply]:
    db, sender, at = talk.db, talk.sender, talk.now
    until = invitations.rests_until(db, sender.id, at)
    if until is not None:
        return [talk.say(joining_texts.TOO_MANY_CODES, at=showing.moment(until))]
    person_id = invitations.redeem(db, code, sender.id, at)
    if person_id is None:
        _alarm(talk)
        return [talk.say(WHY_NOT[invitations.fate(db, code, at)])]
    has_another = bool(joining.accounts(db, person_id, sender.channel))
    return _join(talk, person_id, joining_texts.JOINED_AGAIN if has_another else "")


def _alarm(talk: Talk) -> None:
    """So many wrong codes that nobody joins by one for now: the administrators hear of it, once a day."""
    if invitations.shut(talk.db, talk.now):
        _, officers = telling.administrators(talk.db, talk.today)
        telling.tell(talk.db, officers, joining_texts.CODES_GUESSED, key=f"guessed:{talk.today}", at=talk.now)


def _by_phone(talk: Talk, number: str) -> list[Reply]:
    """One person of the roster has the number and no account here: nobody else can be meant (SETTLED)."""
    people = joining.holders(talk.db, number, talk.today)
    new = [one for one in people if not joining.accounts(talk.db, one, talk.sender.channel)]
    undone = talk.sender.consent_version == joining.UNDONE
    if len(people) != 1 or not new or undone or _by_code_alone(talk, new[0]):
        return [talk.say(joining_texts.PHONE_UNKNOWN)]
    return _join(talk, new[0], joining_texts.JOINED_BY_PHONE)


def _by_code_alone(talk: Talk, person_id: int) -> bool:
    """Whoever came by a hand-over and has not joined yet: a number typed by a colleague proves nothing (SETTLED)."""
    return appointments.joins_by_code_alone(talk.db, person_id) and not joining.has_account(
        talk.db, person_id
    )


def _join(talk: Talk, person_id: int, told: str) -> list[Reply]:
    """The account is the person's from now on; `told` is what the superior hears of it, if anything."""
    db, sender = talk.db, talk.sender
    _tell_other_account(talk, person_id)
    joining.join(db, sender.id, person_id)
    contacts.set_title(db, sender.id, talk.incoming.name)
    known = contacts.find(db, sender.channel, sender.address)
    assert known is not None  # noqa: S101 - it has just written
    talk.sender = known
    _noted(talk, "join")
    who = telling.named(db, person_id, talk.today)
    officers = telling.superiors(db, person_id, talk.today)
    if told and not officers:
        unheard.keep(talk, person_id, told)
    if told:
        telling.tell(
            db,
            officers,
            told,
            key=f"{talk.key}.joined",
            at=talk.now,
            choices=(unheard.button(sender.id, person_id),),
            who=who,
            account=joining_texts.account(sender.channel, talk.incoming.name),
        )
    return [_welcome(talk, who)]


def _tell_other_account(talk: Talk, person_id: int) -> None:
    """Whoever has an account hears of a further one: a code may have come into other hands."""
    account = accounts.working(talk.db, person_id)
    if account is None:
        return
    form, name = contacts.address_of(talk.db, account)
    joined = joining_texts.account(talk.sender.channel, talk.incoming.name)
    words = texts.say(joining_texts.ACCOUNT_ADDED, form, name, account=joined)
    outbox.put(talk.db, account, Reply(words), key=f"{talk.key}.added", due_at=talk.now)


def _office(talk: Talk) -> str:
    province = units.province(talk.db, talk.today)
    return units.name_on(talk.db, province, talk.today) if province else joining_texts.SOME_OFFICE


def _welcome(talk: Talk, who: str) -> Reply:
    consent = talk.words(joining_texts.CONSENT, office=_office(talk))
    posts = units.posts_of(talk.db, talk.sender.person_id or 0, talk.today)
    reports = any(post.reports for post in posts)
    welcome = joining_texts.WELCOME if reports else joining_texts.WELCOME_OTHER
    return Reply(f"{talk.words(welcome, who=who)}\n\n{consent}", ASKED)


# ── who has not agreed yet ──────────────────────────────────────────────────────────────────────────


def unconsented(talk: Talk) -> list[Reply]:
    """Before the person has agreed no report is taken (DOMAIN 10): press, type the words, or the button's number.

    Another code is taken, too: the first may have been somebody else's.
    """
    choice, typed = talk.incoming.choice, talk.incoming.text.strip()
    if code := code_in(typed):
        return _by_code(talk, code)
    if choice == DISAGREE or (not choice and _says_no(typed)):
        return disagreed(talk)
    if choice == AGREE or (not choice and _says_yes(talk, typed)):
        joining.agree(talk.db, talk.sender.id, joining_texts.CONSENT_VERSION, talk.now)
        _noted(talk, "agree", version=joining_texts.CONSENT_VERSION)
        unheard.tell(talk)
        return agreed(talk)
    if choice == FULL or (not choice and _wants_all(typed)):
        return show_all(talk)
    return [_asked_again(talk)]


def _asked_again(talk: Talk) -> Reply:
    """Who it is that asks, to whoever wonders; otherwise what was not understood, in other words each time."""
    times = int(talk.left.about["times"]) if talk.left is not None and talk.left.name == UNDECIDED else 0
    talk.state.errand = Errand(UNDECIDED, {"times": times + 1})
    words = talk.words(STILL_UNDECIDED[min(times, len(STILL_UNDECIDED) - 1)])
    if chatter.heard(talk.incoming.text) == "who":
        words = f"{talk.words(joining_texts.WHO_ASKS, office=_office(talk))} {words}"
    return Reply(words, ASKED)


def _says_yes(talk: Talk, typed: str) -> bool:
    """Right after a refusal "vâng" takes note of it: a consent then is what names itself (DOMAIN 10)."""
    names_itself = _AGREES.search(_plain(typed)) is not None and _HOLDS_BACK.search(_plain(typed)) is None
    if talk.left is not None and talk.left.name == DECLINED:
        return names_itself
    return typed == "1" or commands.is_yes(typed) or names_itself


def _says_no(typed: str) -> bool:
    return typed == "2" or commands.is_no(typed) or _REFUSES.search(_plain(typed)) is not None


def _plain(typed: str) -> str:
    return " ".join(re.findall(r"\w+|\?", vietnamese.fold(typed)))


def _wants_all(typed: str) -> bool:
    return typed == "3" or vietnamese.fold(typed).startswith("xem day du")


def show_all(talk: Talk, _: Command | None = None) -> list[Reply]:
    """The whole notice: kinds of data, purpose, who sees them, how long, which rights, and where it goes abroad."""
    text = talk.words(
        joining_texts.CONSENT_IN_FULL, office=_office(talk), version=joining_texts.CONSENT_VERSION
    )
    return [Reply(text, ASKED if talk.sender.consented_at is None else ())]


def agreed(talk: Talk, _: Command | None = None) -> list[Reply]:
    """What comes after "Đồng ý"; pressed again it says the same."""
    if talk.state.frames:
        return [talk.say(joining_texts.AGREED_AGAIN)]
    later = no_post.begins(talk) if not talk.posts else report.begins_later(talk)
    drafts = "" if later else left_open.said(talk, talk.units)
    first = Choice("do:resume", texts.RESUME) if drafts else idle.MENU[0]
    start = (first,) if talk.units and not later else ()
    thanks = talk.words(joining_texts.AGREED_LATER, when=later) if later else _thanks(talk, drafts)
    said = f"{thanks}\n{address.question(talk)}"
    return [Reply(said, (*address.choices(), *start))]


def _thanks(talk: Talk, drafts: str) -> str:
    if drafts:
        return talk.words(joining_texts.AGREED_GOES_ON, drafts=drafts)
    return talk.words(joining_texts.AGREED if talk.units else _thanks_for_others(talk))


def _thanks_for_others(talk: Talk) -> str:
    roles = {post.role for post in talk.posts}
    groups.ask_again(talk)
    if roles & {*reminders.SUPERIORS, telling.OFFICE}:
        return joining_texts.AGREED_SUPERIOR
    if roles & {*telling.ADMINISTRATORS}:
        return joining_texts.AGREED_ADMINISTRATOR
    return joining_texts.AGREED_OTHER


def withdrawing(talk: Talk, _: Command | None = None) -> list[Reply]:
    """Who has agreed presses the old "Không đồng ý": by mistake as often as not, so it is asked once."""
    return [offering.offer(talk, talk.words(joining_texts.WITHDRAW), WITHDRAWING, asks=True)]


def staying(talk: Talk, _: Command | None = None) -> list[Reply]:
    """It was a mistake."""
    return [talk.say(joining_texts.STILL_AGREED)]


def disagreed(talk: Talk, _: Command | None = None) -> list[Reply]:
    """No, also of who has agreed before: no report is taken from now on."""
    joining.disagree(talk.db, talk.sender.id, joining_texts.CONSENT_VERSION, talk.now)
    _noted(talk, "withdraw" if talk.sender.consented_at else "disagree")
    talk.state.errand = Errand(DECLINED)
    return [talk.say(joining_texts.DISAGREED).with_choices(ASKED[0])]


def _noted(talk: Talk, act: str, **new: str) -> None:
    """What a person decides about the own account."""
    posts = units.posts_of(talk.db, talk.sender.person_id or 0, talk.today)
    audit.record(
        talk.db, talk.by, act, "contact", talk.sender.id, at=talk.now, unit_id=posts[0].unit_id if posts else None,
        new=new,
    )  # fmt: skip


# ── who is here already ─────────────────────────────────────────────────────────────────────────────


def known(talk: Talk, _: Command | None = None) -> list[Reply]:
    """A telephone number or a code of somebody who has joined: nothing more is needed."""
    return [talk.say(joining_texts.ALREADY_JOINED).with_choices(*(idle.MENU if talk.units else ()))]


def not_this_person(talk: Talk, command: Command) -> list[Reply]:
    """A superior says that an account is not the person's: it is nobody's again, drafts stay with the unit."""
    contact_id, person_id = map(row_number, (*command.text.split(".", 1), "")[:2])
    if not any(talk.reaches("not_this_person", unit) for unit in _units_of(talk, person_id)):
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    account = contacts.row_of(talk.db, contact_id)
    if account is None or account.person_id != person_id:
        return [talk.say(joining_texts.UNDONE_BEFORE)]
    joining.undo(talk.db, account.id)
    posts = units.posts_of(talk.db, person_id, talk.today)
    audit.record(
        talk.db, talk.by, "undo", "person", person_id, at=talk.now, unit_id=posts[0].unit_id if posts else None,
        old={"channel": account.channel, "account": account.id},
    )  # fmt: skip
    words = texts.say(joining_texts.TAKEN_OFF, "", "")
    outbox.put(talk.db, account.id, Reply(words), key=f"{talk.key}.taken_off", due_at=talk.now)
    who = telling.named(talk.db, person_id, talk.today)
    named = joining_texts.account(account.channel, account.display_name)
    return [talk.say(joining_texts.UNDONE, account=named, who=who)]


def _units_of(talk: Talk, person_id: int) -> list[int]:
    return [post.unit_id for post in units.posts_of(talk.db, person_id, talk.today)]
