"""What the buttons below a finished page do; each can be typed as well."""

from __future__ import annotations

from collections.abc import Callable

from handlers import correcting_texts, steering, walking
from handlers.engine.commands import Command
from handlers.step import Step
from storage.messages import Reply


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
