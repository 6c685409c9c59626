"""A message was edited in the chat: the answer that it gave changes, where the new words can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers import at_once_edit, behalf_texts, changing, collecting, questionnaires, report_words, texts
from handlers.engine import commands, vietnamese
from handlers.report_context import FORM
from handlers.step import Dialogue, Step, in_hand, step_of
from handlers.talk import Talk
from storage import answers, inbox
from storage.answers import Given
from storage.conversations import Frame
from storage.inbox import Earlier
from storage.messages import Reply
from storage.submissions import Draft

Dialogues = Mapping[str, Dialogue]


def unchanged(talk: Talk) -> bool:
    """Whether the words are what they were, or the message is older than the bot; either way there is nothing to do."""
    versions = _versions(talk)
    same = not versions or (versions[-1].text == talk.incoming.text.strip() and not talk.incoming.attachments)
    return bool(talk.incoming.reference) and same


def _versions(talk: Talk) -> list[Earlier]:
    """What the message said before, oldest first; the platform's number of it is all that we know it by."""
    reference = talk.incoming.reference
    return inbox.earlier(talk.db, talk.sender.id, reference, talk.receipt) if reference else []


def hear(talk: Talk, dialogues: Dialogues) -> list[Reply] | None:
    """Change what the message had answered; None if it is to be heard as a new one, for the question that is open."""
    versions = _versions(talk)
    if not versions:
        return [talk.say(texts.EDITED)]
    if versions[-1].text == talk.incoming.text.strip():
        return [talk.say(texts.EDITED_FILE)]
    # Only the words are new: a picture that the message carries is kept already.
    talk.incoming = replace(talk.incoming, edited=False, attachments=())
    given = answers.from_receipts(talk.db, [one.receipt for one in versions], talk.sender.id)
    top = _top(talk, dialogues)
    said = [one.text for one in versions]
    part = _open_part(top, said) if top else ""
    if top and part:
        return changing.part(top, part)
    return _change_answer(talk, dialogues, top, given, said) if given else _not_taken(talk, top, versions)


def _top(talk: Talk, dialogues: Dialogues) -> Step | None:
    """The paper being talked about, if the sender is the one who writes it."""
    frame = talk.state.top
    step = step_of(talk, dialogues[frame.form], frame) if frame else None
    return step if step is not None and in_hand(talk, step.draft) else None


def _not_taken(talk: Talk, top: Step | None, versions: list[Earlier]) -> list[Reply] | None:
    """No answer came of it: for the open question it is one more attempt, for an earlier one it comes too late."""
    old = versions[-1].text
    if top is None or commands.parse(old):
        return []
    if versions[0].receipt > top.frame.since:
        return None
    said_so = commands.is_yes(old) or commands.is_no(old) or vietnamese.fold(old) in collecting.DONE
    return [] if said_so else [talk.say(texts.EDITED)]


def _open_part(step: Step, said: list[str]) -> str:
    """The piece that the message gave; empty if it is none of them, or cannot be told from another."""
    return next((text for text in reversed(said) if text and step.frame.parts.count(text) == 1), "")


# ── which answer ────────────────────────────────────────────────────────────────────────────────────


def _change_answer(
    talk: Talk, dialogues: Dialogues, top: Step | None, given: list[Given], said: list[str]
) -> list[Reply] | None:
    found = [(one, talk.paper(one.submission_id)) for one in given]
    papers = [(one, draft) for one, draft in found if draft is not None]
    written = [(one, draft) for one, draft in papers if draft.open and draft.writing == one.version]
    if len({draft.id for _, draft in written}) > 1:
        return [talk.say(texts.EDITED)]
    if len(written) > 1:
        step = _step(talk, dialogues, top, written[0][1])
        return at_once_edit.change(step, [one for one, _ in written], said)
    for one, draft in written:
        return changing.answer(_step(talk, dialogues, top, draft), one, said)
    return _submitted(talk, *papers[-1]) if papers else []


def _step(talk: Talk, dialogues: Dialogues, top: Step | None, draft: Draft) -> Step:
    """The paper that the answer stands in, whether or not it is being talked about."""
    if top is not None and top.draft.id == draft.id:
        return top
    same = [frame for frame in talk.state.frames if frame.submission == draft.id]
    frame = same[0] if same else Frame(draft.form_code, draft.id)
    step = step_of(talk, dialogues[draft.form_code], frame)
    assert step is not None  # noqa: S101 - it was just found
    return step


def _submitted(talk: Talk, given: Given, draft: Draft) -> list[Reply]:
    if draft.form_code != FORM:
        return [talk.say(texts.EDIT_IDEA)]
    if draft.unit_id not in talk.units:
        return [talk.say(behalf_texts.EDIT_ENTERED)]
    if report_words.locked(draft, talk.now):
        return [talk.say(texts.LOCKED, **report_words.named(draft))]
    session = questionnaires.session_of(talk.db, draft, talk.today, draft.version)
    question, shown = session.form.question(given.question), changing.order(session)
    if question is None or question.name not in shown:
        return [talk.say(texts.EDITED)]
    line = changing.line(session, question, session.value(question.name), shown)
    return [talk.say(texts.EDIT_SUBMITTED, **line)]
