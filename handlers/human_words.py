"""Words that carry their content with them: "hỗ trợ: …", "trả lời 12: …", "câu hỏi 2"."""

from __future__ import annotations

import re
import unicodedata

from handlers import dialogues, human
from handlers.engine.commands import Command
from handlers.engine.vietnamese import fold
from handlers.talk import Talk

HEAD = 48
"""Characters in which the command stands."""
_BOT = r"(?:@\w+)?"
_NAMED = re.compile(rf"/?hotro{_BOT}(?:\s*[:\-]\s*|\s+)(?=\S)")
_SAID = re.compile(
    r"(?:(?:da|em|toi|minh|xin|nho|can|duoc) )*ho tro(?: ve| cho| cach)?\s*:\s*(?=\S)|"
    r"(?:(?:da|em|toi|minh|xin) )*(?:can|nho|xin) (?:duoc )?ho tro (?:ve|cach|viec) (?=\S)"
)
_ANSWER = re.compile(
    rf"/?tra ?loi{_BOT}(?: cau hoi| cau)?(?: so)? ?#?([0-9]{{1,9}})(?:(\s*:\s*|\s+-\s+|\s*\.?$)|\s+(?=[^\d\W]))"
)
_PAGE = re.compile(rf"/?cau ?hoi{_BOT}(?: trang)? ([0-9]{{1,3}})")


def meant(talk: Talk) -> Command | None:
    """The command with its content, for whom it is meant; None if the message is anything else."""
    typed = unicodedata.normalize("NFC", talk.incoming.text.strip())
    head = fold(typed[:HEAD])
    if talk.incoming.choice or len(head) != len(typed[:HEAD]):
        return None
    found = _ANSWER.match(head)
    if found and (found[2] is not None or dialogues.open_step(talk) is None):
        return _if_may(talk, Command("answer_help", int(found[1]), typed[found.end() :].strip()))
    if found := _PAGE.fullmatch(head):
        return _if_may(talk, Command("questions", int(found[1])))
    if (found := _NAMED.match(head)) and typed[: found.end()].isascii():
        by_name = typed.startswith(("/", "HOTRO"))
        return Command("human", text=typed[found.end() :]) if by_name or _free(talk, typed) else None
    if (found := _SAID.match(head)) and _free(talk, typed):
        return Command("human", text=typed[found.end() :])
    return None


def numbered(talk: Talk) -> Command | None:
    """An answer with the number of its question and a colon, or a page of the list: meant so whatever waits."""
    command = meant(talk)
    head = fold(talk.incoming.text.strip()[:HEAD])
    found = _ANSWER.match(head)
    sure = command is not None and (
        command.name == "questions" or (found is not None and found[2] is not None)
    )
    return command if sure else None


def by_name(talk: Talk) -> Command | None:
    """HOTRO or /hotro with the question behind it: meant so whatever waits."""
    command, typed = meant(talk), talk.incoming.text.strip()
    return command if command and command.name == "human" and typed.startswith(("/", "HOTRO")) else None


def _if_may(talk: Talk, command: Command) -> Command | None:
    return command if talk.may(command.name) else None


def _free(talk: Talk, typed: str) -> bool:
    """Whether no open question takes the words: "Hỗ trợ: 3 hộ nghèo" in a text is what was done."""
    step = dialogues.open_step(talk)
    if step is None or not step.frame.question:
        return True
    return step.question.kind != "text" and not human.is_an_answer(talk, typed)
