"""A yes to what was read back, and what is said of other lines meanwhile."""

from __future__ import annotations

from dataclasses import replace

from handlers import asking, collecting, correcting, correcting_texts, dialogues, showing, steering, walking
from handlers.engine import commands, corrections, sending
from handlers.engine.commands import Command
from handlers.step import Step
from storage.messages import Reply

MOST_OF_YES = 4
"""Words that a yes has."""


def agreed(step: Step) -> list[Reply]:
    """Take what was read back; a piece of a text that comes in several is one more piece."""
    frame = step.frame
    if collecting.wanted(step):
        frame.waits = "answer"
        return collecting.keep_words(step, frame.value, frame.given)
    return walking.take_candidate(step)


def of_other_lines(step: Step) -> list[Reply] | None:
    """A look at the lines, or another line put right: what was read back goes on waiting for its yes."""
    command = commands.within(step.typed)
    if command is not None and command.name == "review":
        return dialogues.go_on(step.talk, walking.lines(step))
    if command is not None and command.name == "edit":
        return steering.obey(step, command)
    return correcting.hear(step)


def agreed_and_more(step: Step) -> list[Reply] | None:
    """A yes, and something of another line: "đúng rồi em, mà câu 2 là 5"; None if the rest may take the yes back."""
    rest, frame = corrections.agreed(step.typed) or _sent_with_it(step.typed), step.frame
    if not rest or not correcting.is_other(step, rest):
        return None
    echo = asking.echo(step.session, step.question, frame.value, frame.provenance)
    *before, asked = agreed(step)
    command = commands.parse(rest)
    if (command and command.name == "submit") or sending.before(rest) == "":
        return _and_handed_in(step, echo, [*before, asked])
    edits = command is not None and command.name == "edit"
    more = steering.edit(step, command, rest) if command and edits else correcting.obey(step, rest)
    if more:
        *some, last = more
        return [*before, *some, replace(last, text=f"{echo}\n{last.text}")]
    note = step.talk.words(correcting_texts.ALSO_SAID, rest=showing.clip(rest, asking.LONGEST))
    said, _, put = asked.text.partition("\n\n")
    return [*before, replace(asked, text=f"{said} {note}\n\n{put}" if put else f"{said}\n{note}")]


def _sent_with_it(typed: str) -> str:
    """The wish to hand in that stands right behind a yes; empty if none does."""
    words = typed.split()
    ends = (at for at in range(1, min(len(words), MOST_OF_YES + 1)) if commands.is_yes(" ".join(words[:at])))
    rests = (" ".join(words[at:]) for at in ends)
    return next((rest for rest in rests if sending.before(rest) == ""), "")


def _and_handed_in(step: Step, echo: str, agreed_to: list[Reply]) -> list[Reply] | None:
    """With "đúng rồi gửi đi em" the page comes first if it was the last answer, otherwise what is missing."""
    if step.frame.waits == "summary":
        return agreed_to
    missing = steering.obey(step, Command("submit"))
    return [replace(missing[0], text=f"{echo}\n{missing[0].text}"), *missing[1:]] if missing else agreed_to
