"""A superior's words that name no question: they are sent as an answer when it is clear, or agreed, to which."""

from __future__ import annotations

import re
import unicodedata

from handlers import human, human_answers, human_list, human_texts, offering
from handlers.engine import commands
from handlers.engine.commands import Command
from handlers.engine.vietnamese import fold
from handlers.talk import Talk, row_number
from storage import help_requests
from storage.messages import Choice, Reply

_COURTESY = re.compile(r"(?:(?:da|vang|toi|xin|rat|kinh) )*(?:cam on|chao)\b.{0,20}")
_ANSWER = re.compile(r"/?tra ?loi\s*:\s*(?=\S)")


def hear(talk: Talk) -> list[Reply] | None:
    """What is behind "trả lời:" goes to the only question; of other words it is asked; None if no question waits."""
    typed = unicodedata.normalize("NFC", talk.incoming.text.strip())
    found = _ANSWER.match(fold(typed))
    words = typed[found.end() :] if found else typed
    if not words or not talk.may("answer_help") or talk.incoming.attachments:
        return None
    if not found and (typed.startswith("/") or _says_nothing(typed)):
        return None
    waiting = help_requests.waiting(talk.db, human_answers.visible(talk))
    # The standing department sees all questions: only those put to this account are guessed at.
    asked = [one for one in waiting if talk.sender.id in one.told] or (waiting if found else [])
    if not asked:
        return None
    if len(asked) > 1:
        return human_list.which(talk, words)
    if found:
        return human_answers.send(talk, asked[0], words)
    return [_ask(talk, asked[0].id, words)]


def _says_nothing(typed: str) -> bool:
    return bool(commands.is_yes(typed) or commands.is_no(typed) or _COURTESY.fullmatch(fold(typed)))


def _ask(talk: Talk, number: int, words: str) -> Reply:
    said = human_texts.shortened(words, human_answers.QUOTED)
    buttons = (
        Choice(f"do:send_answer:{number}", human_texts.SEND_IT),
        Choice("do:questions", human_texts.DO_NOT_SEND),
    )
    reply = offering.offer(
        talk, talk.words(human_texts.IS_IT_THE_ANSWER, n=number, said=said), buttons, asks=True
    )
    human_list.keep(talk, words)
    return reply


def send(talk: Talk, command: Command) -> list[Reply]:
    """The words that were asked about are the answer; not hours later."""
    request = help_requests.find(talk.db, row_number(command.text), human_answers.visible(talk))
    kept = talk.left.about if talk.left else {}
    if request is None or "words" not in kept or human.late(talk, kept):
        return human_answers.answer(talk, command)
    return human_answers.send(talk, request, kept["words"])
