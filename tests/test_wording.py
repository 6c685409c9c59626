"""What people read: short before a question, one form of address, all marks; as it is said in golden conversations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.test_texts import ALL

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
SAID = re.compile(r"    bot → ([^:]+): (.*)")
QUESTION = re.compile(r"Câu \d+/\d+\. ")
TITLE = re.compile(r"(?:Báo cáo tháng|Đang làm:|Phiếu sáng kiến) ")
LISTED = re.compile(r"\d+[.)] |- ")
END = re.compile(r"[.?!…](?=[\s”]|$)")
LAWFUL = "có đồng ý không?"
"""The law wants more than two sentences before this question."""
UNMARKED = frozenset(
    """
    ghi tin trong xem cho khi danh xin sau dung ai theo trang nay ngay xong thay gia qua ban giao mong hay chia ra hai
    tham sao sang vi sinh chung in phong thi hoa gian doanh sung bao sai anh an chi tay quy nghe xanh khu minh khen tu
    trung don cao toan du ca lao loi truy nam quay trao mang so nhau tra vai quan thu do lo k con nhanh thao
    now then text csv json xlsx xls docx zalo telegram excel chat congdoan macro apply true png jpg
    """.split()  # noqa: SIM905 - read as words
)
"""Words without a mark that are right so, and names of files, formats and platforms."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the bot in a golden conversation."""

    where: str
    whom: str
    lines: list[str]


def said() -> Iterator[Said]:
    """Every message of the bot, without its buttons."""
    for path in TRANSCRIPTS:
        message: Said | None = None
        for line in path.read_text(encoding="utf-8").splitlines():
            found = SAID.fullmatch(line)
            if found or not line.startswith("      "):
                if message:
                    yield message
                message = Said(path.stem, found[1], [found[2]]) if found else None
            elif message and not line.strip().startswith("["):
                message.lines.append(line.strip())
        if message:
            yield message


MESSAGES = list(said())


def _sentences(lines: list[str]) -> int:
    """Titles, lists and what is quoted apart."""
    spoken = [re.sub(r"“[^”]*”", "“”", line) for line in lines if not LISTED.match(line)]
    return sum(len(END.findall(line)) for line in spoken if not TITLE.match(line))


def test_no_more_than_two_sentences_stand_before_a_question() -> None:
    long = []
    for each in MESSAGES:
        asked = [at for at, line in enumerate(each.lines) if QUESTION.match(line)]
        if asked and _sentences(each.lines[: asked[0]]) > 2:
            long.append((each.where, each.lines))
        elif not asked and "?" in "\n".join(each.lines) and LAWFUL not in "\n".join(each.lines):
            before = "\n".join(each.lines).split("?")[0].splitlines()
            if _sentences(before) > 2:
                long.append((each.where, each.lines))
    assert long == []


NO_WORDS = re.compile(
    r"\{[^}]*\}|https?://\S+|`[^`]*`|congdoan [a-z ]+|timedatectl \S+ \S+|\S+\.(?:docx|xlsx|txt|png)"
)
"""Placeholders, commands of the server, names of files."""


def _words(text: str) -> list[str]:
    plain = re.sub(
        r"\{[^}]*\}|https?://\S+|`[^`]*`|congdoan [a-z ]+|timedatectl \S+ \S+|\S+\.(?:docx|xlsx|txt|png)",
        " ",
        text,
    )
    return [word for word in re.findall(r"[^\W\d_]+", plain) if not word.isupper()]


def _bare(text: str) -> list[str]:
    return [word for word in _words(text) if word.isascii() and word.lower() not in UNMARKED]


@pytest.mark.parametrize(
    "name", [name for name in ALL if ".FILES." not in name and not name.endswith("_NAME")]
)
def test_no_word_has_lost_its_marks(name: str) -> None:
    if name.endswith((".NAME", "EVERYTHING", "UNKNOWN_FORM")):
        return
    assert _bare(ALL[name]) == []


ONE_FORM = {"handlers.inviting_texts.GROUP_HEAD", "handlers.inviting_texts.GROUP_HEAD_CODES"}
"""Said to a whole group, or the names of the forms themselves."""


@pytest.mark.parametrize(
    "name", [name for name in ALL if "ADDRESS_FORMS" not in name and ".VALUES." not in name]
)
def test_no_text_fixes_the_form_of_address(name: str) -> None:
    if name not in ONE_FORM:
        assert "đồng chí" not in ALL[name].lower()
        assert "anh/chị" not in ALL[name].lower()


def test_nobody_who_chose_one_form_is_called_by_the_other() -> None:
    both = [each.where for each in MESSAGES if _mixed("\n".join(each.lines))]
    assert both == []


def _mixed(text: str) -> bool:
    """Both forms in one message, other than where the choice between them is named."""
    plain = re.sub(r"“[^”]*”|1 đồng chí, 2 anh/chị|xưng hô[^.\n]*", "", text, flags=re.IGNORECASE)
    return "đồng chí" in plain.lower() and "anh/chị" in plain.lower()


def test_a_word_without_its_marks_is_found() -> None:
    assert _bare("Tôi chua đọc được {so} GIUP") == ["chua"]
