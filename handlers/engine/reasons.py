"""What is said to "please look again" and is no number: why it is so, or that it was a slip."""

from __future__ import annotations

import re

from handlers.engine.vietnamese import compose, fold

FEWEST = 3
"""Words that a reason has at least; fewer are an answer to something else."""
PROSE = frozenset(
    ("not_a_number", "negation", "relative", "two_numbers", "other_period", "unknown_words", "perhaps_zero", "negative",
     "unit_price", "no_unit")
)  # fmt: skip
"""Why an answer could not be read, if a sentence may be meant that holds no number at all."""
VAGUE = frozenset(("range", "vague", "bound", "ratio", "unknown", "question", "estimate"))
"""Why an answer could not be read that meant a number all the same."""
# Words of their own when their marks are typed: "nhằm" is not "nhầm", "độ 20" not "do".
_MISTAKEN = re.compile(r"\b(?:nhầm|nham|lộn|sai)\b")
_BECAUSE = re.compile(
    r"(?:(?:dạ|da|vâng|vang|đúng|dung|rồi|roi|thưa|thua|em|là|la) )*"
    r"(?:do|vì|vi|bởi|boi|tại|tai|nhân|nhan|nhờ|nho|(?:lý|lí|ly|li) do)\b"
)
_SLIP = re.compile(
    r"\b(?:(?:go|ghi|viet|bam|nhap) (?:thua|thieu|du)|(?:thua|thieu|du) (?:mot |1 )?(?:chu )?so\b|"
    r"(?:khong|chua|ko) (?:dung|phai)|(?:nhap|ghi|sua|go|xem|kiem tra|tinh|hoi) lai|"
    r"(?:cho|de) (?:\w+ )?(?:kiem tra|xem)|doi (?:chut|ti|lat|em|toi|ty))\b"
)
_NO_SLIP = re.compile(r"\b(?:khong|ko|k) (?:nham|sai)\b|\b(?:thang|ky|lan|nam|bao cao) (?:truoc|ngoai|roi)\b")
_COMES_BACK = re.compile(r"\b(?:vo|vao|quay|tro|mo) lai\b|\b(?:lam|ghi|tiep tuc|nhap|bao cao) tiep\b")
"""Said by who was away: "em ơi chị vô lại nè" explains nothing."""
_MEASURES = frozenset(
    re.findall(
        r"\w+",
        "khoang tam chung hon gan tren duoi it nhieu vai may muoi chuc tram nghin ngan trieu nguoi luot cuoc dot suat "
        "dong thoi em anh chi a da nhe nha ne khong den toi tu co la gi do cai mot hai ba bon nam",
    )
)
_NOT_MEANT = re.compile(
    r"(?:cam on|xin cam on|chao|xin chao|alo|hello|a lo|sao|tai sao|the nao|lam sao|vi sao|sao lai)\b"
)


def is_slip(text: str) -> bool:
    """Whether words say that the number was mistyped, or that the person wants to look first."""
    said = _plain(fold(text))
    slipped = _SLIP.search(said) or _MISTAKEN.search(_plain(compose(text).lower()))
    return slipped is not None and _NO_SLIP.search(said) is None


def is_reason(text: str, why: str) -> bool:
    """Whether words say why a number is right; `why` is the reason for which they could not be read as an answer."""
    said = _plain(fold(text))
    if len(_words(said)) < FEWEST or text.rstrip().endswith("?") or _NOT_MEANT.match(said) or is_slip(text):
        return False
    if _BECAUSE.match(_plain(compose(text).lower())):
        return True
    return why in PROSE and not re.search(r"\d", said)


def is_told(text: str, why: str) -> bool:
    """Whether words answer "why?": at least two of them, with numbers or without, but no vague number."""
    said = _plain(fold(text))
    if len(_words(said)) < 2 or text.rstrip().endswith("?") or is_slip(text) or _COMES_BACK.search(said):
        return False
    return why not in VAGUE or _compares(said)


def _compares(said: str) -> bool:
    """Ít người bệnh hơn: "less" and "more" measure nothing where the words around them tell something."""
    telling = [word for word in said.split() if word not in _MEASURES]
    return not re.search(r"\d", said) and len(telling) > 1


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text).split())


def _words(said: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", said)
