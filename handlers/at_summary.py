"""What the buttons below a finished page do; each can be typed as well."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers import correcting_texts, steering, walking
from handlers.engine import commands, sending, vietnamese
from handlers.engine.commands import Command
from handlers.step import Step
from storage.messages import Reply

_NOTHING_MORE = re.compile(
    r"(?:(?:thoi|the|vay|da|a|em|anh|chi) )*"
    r"(?:(?:khong|ko|k|hong|het) (?:can |phai |muon )?(?:sua|doi|them|bo sung|thay doi)(?: (?:gi|nua|them|het))*|"
    r"(?:duoc|du|het|xong|the la xong|nhu vay|vay)(?: (?:ca|het|la))*(?: (?:roi|duoc|xong))*)"
    r"(?: (?:em|anh|chi|a|nhe|nha|do|day|thoi))*"
)


def hands_in(typed: str) -> bool:
    """Whether words at the summary agree to it, or say that nothing is to be put right and it may go."""
    head = sending.before(typed)
    if head is None:
        return commands.is_yes(typed)
    said = " ".join(re.findall(r"\w+", vietnamese.fold(head)))
    return not head or commands.is_yes(head) or _NOTHING_MORE.fullmatch(said) is not None


def _submit(step: Step) -> list[Reply] | None:
    return steering.obey(step, Command("submit"))


def _which_line(step: Step) -> list[Reply]:
    return [step.talk.say(correcting_texts.WHICH_TO_OPEN)]


def _which_of_lines(step: Step) -> list[Reply]:
    """Where the page was not shown last, its lines are."""
    return steering.edit(step, Command("edit"))


BUTTONS: dict[str, Callable[[Step], list[Reply] | None]] = {
    "submit": _submit,
    "review": walking.show_summary,
    "edit": _which_line,
    "lines": _which_of_lines,
}
"""What a button says → what it does."""
