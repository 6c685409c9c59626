"""The forms that can be filled in, and the question that stands open for somebody."""

from __future__ import annotations

from dataclasses import replace

from handlers import chatting, initiative, report, unusual, walking
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
    """Say something, and show below it what stands open, if anything does."""
    step = open_step(talk)
    if step is None:
        return [Reply(before)]
    read = to_confirm(step)
    return walking.resume(step, before) if read is None else [replace(read, text=f"{before}\n\n{read.text}")]


def to_confirm(step: Step) -> Reply | None:
    """What was read back and waits for a yes; None if nothing does."""
    if step.frame.waits not in ("confirm", "reason"):
        return None
    return chatting.read_back(step) if step.question.kind == "text" else unusual.confirmation(step)
