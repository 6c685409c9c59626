"""Nothing in a whole section, or in the whole report: "mục này không phát sinh", "cả báo cáo không phát sinh"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.engine import commands, phrases
from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.vietnamese import clean, fold, words

LONGEST = 100
_NONE = r"(?P<tail>(?:(?:thang|ky|dot) nay )?(?:thi )?(?:khong|ko|k|kg|hok|chua)(?: .*)?)"
_SECTION = re.compile(
    rf"(?:(?:ca|toan bo|het) )?(?:muc|phan|noi dung) (?P<name>nay|do|[a-z].{{1,50}}?)[ ,:;-]+{_NONE}"
)
_DROP = re.compile(r"bo (?:(?:qua|het|ca|toan bo) )*(?:(?:muc|phan) (?P<name>nay|do|[a-z].{1,50}))")
_REPORT = re.compile(rf"(?:ca|toan bo) (?:(?:cai )?bao cao|bc|thang)(?: (?:nay|thang nay))?[ ,:;-]+{_NONE}")
_WHOLE = re.compile(r"\b(?:gi|bao cao|bc|noi dung|ca thang)\b")
HERE = ("nay", "do")


@dataclass(frozen=True, slots=True)
class Nothing:
    """Of what there is nothing: the report, or a section, by its name if it has one."""

    report: bool
    section: str = ""


def told(text: str) -> Nothing | None:
    """What the whole message says there is nothing of; None if it says something else, or only answers a question."""
    line = without_courtesy(words(clean(text[: LONGEST + 1])))
    said = " ".join(word.plain for word in line)
    if not said or len(text) > LONGEST or "?" in said:
        return None
    found = _REPORT.fullmatch(said)
    if (found and _is_none(found["tail"])) or _is_quiet(text, said):
        return Nothing(report=True)
    found = _SECTION.fullmatch(said)
    if found and not _is_none(found["tail"]):
        return None
    found = found or _dropped(text, said)
    if found is None:
        return None
    return Nothing(report=False, section="" if found["name"] in HERE else found["name"].strip(" :,"))


def _dropped(text: str, said: str) -> re.Match[str] | None:
    """As in "bỏ mục này", unless it is the command that skips one question."""
    return None if commands.parse(text) else _DROP.fullmatch(said)


def _is_none(tail: str) -> bool:
    return phrases.is_nothing(" ".join(gloss(words(tail))))


def _is_quiet(text: str, said: str) -> bool:
    """As in "tháng này không phát sinh gì": without "gì" it answers a question about a number as well."""
    command = commands.parse(text)
    return command is not None and command.name == "quiet" and _WHOLE.search(fold(said)) is not None
