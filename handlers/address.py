"""How a person is spoken to: asked once after the consent, changed at any time by "xưng hô" (DOMAIN 9)."""

from __future__ import annotations

from dataclasses import replace

from handlers import address_texts, idle, report, texts
from handlers.engine import vietnamese
from handlers.engine.commands import Command
from handlers.talk import Talk
from handlers.texts import ADDRESS_FORMS
from storage import joining
from storage.conversations import Errand
from storage.messages import Choice, Reply

ERRAND = "address_form"
FORMS = list(ADDRESS_FORMS)


def choices() -> tuple[Choice, ...]:
    """A button for each form."""
    return tuple(
        Choice(f"do:address_form:{form}", f"{words[0].upper()}{words[1:]}")
        for form, words in ADDRESS_FORMS.items()
    )


def question(talk: Talk) -> str:
    """Ask without insisting: any other message simply goes on."""
    talk.state.errand = Errand(ERRAND)
    first, second = ADDRESS_FORMS.values()
    return talk.words(address_texts.WHICH, first=first, second=second)


def choose(talk: Talk, command: Command) -> list[Reply]:
    """XUNGHO, or the button of a form."""
    if command.text in ADDRESS_FORMS:
        return _chosen(talk, command.text)
    return [Reply(question(talk), choices())]


def hear(talk: Talk, _: Errand) -> list[Reply] | None:
    """What was typed after the question; None if it is something else."""
    typed = vietnamese.fold(talk.incoming.text).strip(" .")
    numbers = {str(number): form for number, form in enumerate(FORMS, 1)}
    words = {vietnamese.fold(said): form for form, said in ADDRESS_FORMS.items()} | {"anh chi": FORMS[1]}
    form = numbers.get(typed) or words.get(typed)
    return _chosen(talk, form) if form else None


def _chosen(talk: Talk, form: str) -> list[Reply]:
    assert talk.sender.person_id is not None  # noqa: S101 - only who has joined gets here
    joining.set_address_form(talk.db, talk.sender.person_id, form)
    talk.sender = replace(talk.sender, address_form=form)
    said = talk.words(address_texts.CHOSEN, form=ADDRESS_FORMS[form])
    if talk.state.frames:
        return [Reply(f"{said} {talk.words(address_texts.GO_ON)}", (Choice("do:resume", texts.RESUME),))]
    return [Reply(said, idle.MENU[:1] if talk.units and not report.begins_later(talk) else ())]
