"""The forms that can be filled in, and the question that stands open for somebody."""

from __future__ import annotations

from handlers import initiative, report, walking
from handlers.step import Dialogue, Step, step_of
from handlers.talk import Talk
from storage.messages import Reply

DIALOGUES: dict[str, Dialogue] = {
    dialogue.form: dialogue for dialogue in (report.DIALOGUE, initiative.DIALOGUE)
}
"""Code of a form → its conversation."""


def open_step(talk: Talk) -> Step | None:
    """The interview that is under way, if the sender is the one who writes it."""
    top = talk.state.top
    step = step_of(talk, DIALOGUES[top.form], top) if top else None
    return step if step is not None and step.draft.editor_id == talk.sender.id else None


def go_on(talk: Talk, before: str) -> list[Reply]:
    """Say something, and show the open question again below it, if there is one."""
    step = open_step(talk)
    return [Reply(before)] if step is None else walking.resume(step, before)
