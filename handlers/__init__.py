"""What the bot says: one module per conversation.  No clock, no network, no platform here."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from handlers import idle, initiative, interview, report, texts, walking
from handlers.engine import commands
from handlers.engine.commands import Command
from handlers.step import Dialogue, enter, step_of
from handlers.talk import Talk
from storage import conversations, submissions
from storage.contacts import Sender
from storage.conversations import Frame
from storage.messages import Incoming, Reply
from storage.submissions import Draft

Handler = Callable[[Talk, Command], list[Reply]]


DIALOGUES: dict[str, Dialogue] = {
    dialogue.form: dialogue for dialogue in (report.DIALOGUE, initiative.DIALOGUE)
}
GLOBAL = "do:"
"""Buttons that mean a command whatever is being asked; all others belong to one question."""


def _resume(talk: Talk, command: Command) -> list[Reply]:
    """TIEPTUC: say again what stands open, or take up the draft touched last; a button may name the draft."""
    top = talk.state.top
    if top is not None and not command.text:
        step = step_of(talk, DIALOGUES[top.form], top)
        if step is not None and step.draft.editor_id == talk.sender.id:
            return walking.resume(step)
    draft = _draft_named(talk, command.text) or submissions.unfinished(
        talk.db, talk.own_units, talk.sender.id
    )
    if draft is None:
        return [talk.say(texts.NOTHING_TO_RESUME)]
    dialogue = DIALOGUES[draft.form_code]
    step = enter(talk, dialogue, draft.id)
    return walking.resume(step, dialogue.heading(talk, step.draft))


def _draft_named(talk: Talk, number: str) -> Draft | None:
    """The draft of a button, if it is still open and the sender has a post in its unit."""
    if not number.isdecimal():
        return None
    draft = submissions.find(talk.db, int(number), talk.sender.person_id, talk.today)
    return draft if draft is not None and draft.open else None


HANDLERS: dict[str, Handler] = {
    "start": report.start,
    "submit": report.start,
    "quiet": report.quiet,
    "resume": _resume,
    "edit": report.correct,
    "review": report.review,
    "paragraph": report.show_paragraph,
    "idea": initiative.start,
    "later": idle.remind,
    "remind": idle.remind,
    "stop_reminders": idle.stop_reminders,
    "leave": idle.leave,
    "help": idle.show_help,
    "human": idle.human,
}


def handle(db: Connection, sender: Sender, incoming: Incoming, key: str) -> list[Reply]:
    """Answer one message; the state that it leaves is saved with it.  `key` names the replies in the outbox."""
    if sender.audience:
        return []
    if sender.person_id is None:
        return [Reply(texts.say(texts.STRANGER, sender.address_form, sender.name))]
    talk = Talk(db, sender, incoming, conversations.load(sender.state))
    asked = talk.state.turn
    replies = _answer(talk)
    if talk.state.turn != asked:
        talk.state.asked_in = reply_key(key, len(replies) - 1) if replies[-1].choices else ""
    conversations.save(db, sender.id, talk.state, talk.now)
    return replies


def reply_key(key: str, number: int) -> str:
    """The outbox key of a turn's nth reply."""
    return f"{key}.{number}"


def _answer(talk: Talk) -> list[Reply]:
    if talk.incoming.edited:
        return [talk.say(texts.EDITED)]
    if talk.incoming.choice.startswith(GLOBAL):
        return _run(talk, _command_of_button(talk.incoming.choice))
    top = talk.state.top
    if top is not None:
        replies = interview.hear(talk, DIALOGUES[top.form])
        if replies is not None:
            return _go_back(talk, top, replies)
    elif talk.incoming.choice:
        return [talk.say(texts.STALE_BUTTON)]
    return _outside(talk)


def _go_back(talk: Talk, ended: Frame, replies: list[Reply]) -> list[Reply]:
    """When a paper is finished or put aside, the one below it goes on where it was."""
    below = talk.state.top
    if ended in talk.state.frames or below is None:
        return replies
    dialogue = DIALOGUES[below.form]
    step = step_of(talk, dialogue, below)
    return replies if step is None else [*replies, *walking.resume(step, talk.words(dialogue.again))]


def _outside(talk: Talk) -> list[Reply]:
    """No question took the message: a command, or nothing that we know."""
    if not talk.posts:
        return [talk.say(texts.NO_UNIT)]
    command = commands.parse(talk.incoming.text) or idle.meant(talk)
    return idle.unclear(talk) if command is None else _run(talk, command)


def _command_of_button(choice: str) -> Command:
    name, _, text = choice.removeprefix(GLOBAL).partition(":")
    return Command(name, text=text)


def _run(talk: Talk, command: Command) -> list[Reply]:
    if not talk.posts:
        return [talk.say(texts.NO_UNIT)]
    handler = HANDLERS.get(command.name)
    return handler(talk, command) if handler else idle.nothing_open(talk, command)
