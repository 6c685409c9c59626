"""What the bot says: one module per conversation.  No clock, no network, no platform here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from handlers import (
    address,
    appointing,
    audit,
    behalf,
    board,
    chatter_texts,
    data_requests,
    editing,
    groups,
    handed_in,
    history,
    human,
    human_answers,
    human_guess,
    human_list,
    human_words,
    idle,
    initiative,
    interview,
    inviting,
    joining,
    membership,
    no_post,
    offering,
    passing_on,
    pausing,
    privacy,
    receipt,
    report,
    rights,
    roster_chat,
    small_talk,
    texts,
    unit_choice,
    verifying,
    walking,
    which_unit,
)
from handlers.dialogues import DIALOGUES, go_on, open_step
from handlers.engine import commands
from handlers.engine.commands import Command
from handlers.rights import RIGHTS
from handlers.step import enter, step_of
from handlers.talk import Talk, row_number
from storage import contacts, conversations
from storage.contacts import Sender
from storage.conversations import Errand, Frame
from storage.messages import Incoming, Reply
from storage.submissions import Draft

Handler = Callable[[Talk, Command], list[Reply]]

GLOBAL = "do:"
"""Buttons that mean a command whatever is being asked; all others belong to one question."""


def _resume(talk: Talk, command: Command) -> list[Reply]:
    """TIEPTUC: say again what stands open, or take up the draft touched last; a button may name the draft."""
    top = talk.state.top
    if top is not None and not command.text:
        step = step_of(talk, DIALOGUES[top.form], top)
        if step is not None and step.draft.editor_id == talk.sender.id:
            return walking.resume(step)
        if step is not None:
            return _take_up(talk, step.draft)
    named = _draft_named(talk, command.text)
    if command.text and named is None:
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    draft = named if named and named.open else talk.unfinished()
    if draft is None:
        return [talk.say(texts.NOTHING_TO_RESUME)]
    return _take_up(talk, draft)


def _take_up(talk: Talk, draft: Draft) -> list[Reply]:
    """From now on the sender writes this paper, from where it stands."""
    dialogue = DIALOGUES[draft.form_code]
    step = enter(talk, dialogue, draft.id)
    return walking.resume(step, dialogue.heading(talk, step.draft))


def _draft_named(talk: Talk, number: str) -> Draft | None:
    """The paper of a button, if it is the sender's."""
    submission = row_number(number)
    return talk.paper(submission) if submission else None


HANDLERS: dict[str, Handler] = {
    "start": report.start,
    "greet": idle.greet,
    "submit": report.start,
    "quiet": report.quiet,
    "resume": _resume,
    "edit": handed_in.correct,
    "review": handed_in.review,
    "paragraph": handed_in.show_paragraph,
    "history": history.show,
    "receipt": receipt.again,
    "verify": verifying.start,
    "change_unit": report.change_unit,
    "which_unit": unit_choice.which,
    "idea": initiative.start,
    "later": idle.remind,
    "remind": idle.remind,
    "stop_reminders": idle.stop_reminders,
    "leave": idle.leave,
    "help": idle.show_help,
    "agree": joining.agreed,
    "disagree": joining.withdrawing,
    "withdraw": privacy.withdrawn,
    "stay": joining.staying,
    "consent_text": joining.show_all,
    "not_this_person": joining.not_this_person,
    "address_form": address.choose,
    "invite": inviting.offer,
    "hand_over": appointing.start,
    "deputy": appointing.start,
    "end_deputy": appointing.start,
    "appoint": appointing.press,
    "connections": board.show,
    "behalf": behalf.start,
    "group_yes": groups.confirm,
    "group_no": groups.refuse,
    "human": human.human,
    "help_more": human.more,
    "help_clear": human.clear,
    "answer_help": human_answers.answer,
    "send_answer": human_guess.send,
    "questions": human_list.questions,
    "pause": pausing.ask,
    "pause_yes": pausing.begin,
    "pause_no": pausing.leave,
    "unpause": pausing.end,
    "privacy": privacy.start,
    "data_requests": data_requests.start,
    "audit": audit.start,
    "roster": roster_chat.template,
    "roster_apply": roster_chat.write,
}


PASSING = (passing_on.ERRAND, small_talk.MENU)
"""What is only remembered for one message: no matter of its own that one could leave."""
ERRANDS: dict[str, Callable[[Talk, Errand], list[Reply] | None]] = {
    human.ERRAND: human.heard,
    human_answers.ERRAND: human_answers.heard,
    human_list.ERRAND: human_list.hear,
    pausing.ERRAND: pausing.heard,
    **dict.fromkeys(
        (offering.ERRAND, joining.DECLINED, joining.UNDECIDED, *PASSING), lambda _talk, _errand: None
    ),
    **privacy.ERRANDS,
    **data_requests.ERRANDS,
    roster_chat.ERRAND: roster_chat.go_on,
    which_unit.ERRAND: unit_choice.named_unit,
    address.ERRAND: address.hear,
    inviting.ERRAND: inviting.hear,
    appointing.ERRAND: appointing.hear,
    board.ERRAND: board.hear,
    history.ERRAND: history.hear,
    verifying.ERRAND: verifying.hear,
    "behalf": behalf.hear,
}
"""Name of an errand → what takes the next message for it; None if the message is not meant for it."""
TO_ERRANDS = {"behalf": ("skip",), appointing.ERRAND: ("help",), history.ERRAND: history.TAKES}
"""Commands that may answer an errand instead of leading out of it."""


def handle(db: Connection, sender: Sender, incoming: Incoming, key: str) -> list[Reply]:
    """Answer one message; the state that it leaves is saved with it.  `key` names the replies in the outbox."""
    talk = Talk(db, sender, incoming, conversations.load(sender.state), key)
    if incoming.event in membership.EVENTS:
        membership.EVENTS[incoming.event](talk)
        return []
    if sender.stopped_at is not None:
        contacts.wake(db, sender.id)
    if sender.audience or (incoming.edited and editing.unchanged(talk)):
        return []
    if sender.person_id is None:
        return joining.stranger(talk)
    if sender.consented_at is None and not privacy.concerns(talk):
        talk.left, talk.state.errand = talk.state.errand, None
        replies = joining.unconsented(talk)
        if talk.left is not None or talk.state.errand is not None:
            conversations.save(db, sender.id, talk.state, talk.now)
        return replies
    replies = pausing.bannered(talk, _turn(talk))
    conversations.save(db, sender.id, talk.state, talk.now)
    return replies


def _turn(talk: Talk) -> list[Reply]:
    """Answer, and note where the open question stands now."""
    state = talk.state
    asked, asked_in, top = state.turn, state.asked_in, state.top
    replies = _answer(talk)
    if not replies or (state.turn == asked and (top is None or top in state.frames)):
        return replies
    *before, last = replies
    asks = state.turn != asked and last.choices
    state.asked_in = reply_key(talk.key, len(before)) if asks else ""
    if not asked_in or last.replaces == asked_in:
        return replies
    return [*before, replace(last, spends=asked_in, chosen=_chosen(talk, asked))]


def _chosen(talk: Talk, asked: int) -> str:
    """What was pressed on the question that is closed now, without the tick; empty if the answer was typed."""
    pressed = talk.incoming.choice.partition(".")[0] == str(asked)
    return talk.chosen or (talk.incoming.label.removeprefix("✓ ") if pressed else "")


def reply_key(key: str, number: int) -> str:
    """The outbox key of a turn's nth reply."""
    return f"{key}.{number}"


def _answer(talk: Talk) -> list[Reply]:
    incoming = talk.incoming
    if incoming.event:
        return _beside(
            talk, joining.known(talk) if incoming.event in joining.EVENTS else [talk.say(texts.UNREADABLE)]
        )
    if incoming.edited and (changed := editing.hear(talk, DIALOGUES)) is not None:
        return changed
    if errand := talk.state.errand:
        talk.left, talk.state.errand = errand, None
        if (replies := _on_errand(talk, errand)) is not None:
            return replies
    if incoming.choice.startswith(GLOBAL):
        return _run(talk, _command_of_button(incoming.choice))
    if (command := human_words.meant(talk)) is not None:
        return _run(talk, command)
    return joining.known(talk) if joining.payload(incoming.text) else _hear(talk)


def _beside(talk: Talk, replies: list[Reply]) -> list[Reply]:
    """A place, a contact, a film: the open question stays, and is put again."""
    step = open_step(talk)
    if step is None:
        return replies
    words = chatter_texts.NOT_READ if talk.incoming.event == "unreadable" else replies[0].text
    return interview.stays(step, words)


def _on_errand(talk: Talk, errand: Errand) -> list[Reply] | None:
    """A small matter waits for this message: it is over unless it says that it goes on; commands lead out of it."""
    if talk.incoming.choice or errand.name in PASSING:
        return None
    if value := offering.picked(errand, talk.incoming.text):
        return _run(talk, _command_of_button(value))
    command = commands.parse(talk.incoming.text) or pausing.by_name(talk) or human_words.by_name(talk)
    if command is not None and command.name == "cancel":
        return go_on(talk, talk.words(texts.ERRAND_LEFT))
    if command is not None and not talk.incoming.attachments and not _is_taken(talk, errand, command):
        return None
    if (numbered := human_words.numbered(talk)) and human_answers.waits(talk, numbered):
        return None
    return ERRANDS[errand.name](talk, errand)


def _is_taken(talk: Talk, errand: Errand, command: Command) -> bool:
    """Whether a command answers the errand: "bỏ qua câu này" is advice of a superior who has no such question open."""
    if errand.name != human_answers.ERRAND:
        return command.name in TO_ERRANDS.get(errand.name, ())
    runs = command.name in HANDLERS and talk.may(command.name)
    return not runs and open_step(talk) is None


def _hear(talk: Talk) -> list[Reply]:
    """What was said belongs to the open question, or leads out of it."""
    top = talk.state.top
    if top is not None:
        replies = interview.hear(talk, DIALOGUES[top.form])
        if replies is not None:
            return _go_back(talk, top, replies)
        if talk.incoming.choice and top not in talk.state.frames:
            return [talk.say(texts.STALE_BUTTON)]
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
    command = pausing.meant(talk) or commands.parse(talk.incoming.text) or _led(talk)
    if command is None:
        command = idle.meant(talk)
        # "Đồng chí cứ báo cáo theo số thực tế" of a superior is an answer, no wish to report.
        if (command is None or not talk.may(command.name)) and (replies := human_guess.hear(talk)):
            return replies
        if (replies := handed_in.in_words(talk)) is not None:
            return replies
    if command is None and not talk.posts:
        return [no_post.said(talk)]
    if workbook := roster_chat.sent(talk):
        return roster_chat.take(talk, workbook)
    return idle.unclear(talk) if command is None else _run(talk, command)


def _led(talk: Talk) -> Command | None:
    """A command with what it is about, of somebody who may give it: for others "mời anh em" is no command."""
    command = commands.led(talk.incoming.text)
    return command if command is not None and talk.may(command.name) else None


def _command_of_button(choice: str) -> Command:
    name, _, text = choice.removeprefix(GLOBAL).partition(":")
    return Command(name, text=text)


def _why_not(talk: Talk, command: Command) -> str:
    """A command of reporters is explained to those who receive; any other is not the sender's."""
    if talk.units or RIGHTS[command.name] is not rights.REPORTERS:
        return texts.NOT_ALLOWED if not talk.incoming.choice else texts.BUTTON_NOT_YOURS
    return texts.NOT_A_REPORTER


def _run(talk: Talk, command: Command) -> list[Reply]:
    if not talk.posts and command.name not in rights.WITHOUT_POST:
        return [no_post.help_lines(talk) if command.name == "help" else no_post.said(talk)]
    handler = HANDLERS.get(command.name)
    if handler and not talk.may(command.name):
        return [talk.say(_why_not(talk, command))]
    return handler(talk, command) if handler else idle.nothing_open(talk, command)
