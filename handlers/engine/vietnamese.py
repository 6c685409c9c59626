"""Vietnamese as it is typed on a telephone: marks, tones, raw Telex and VNI, polite words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

_Value = TypeVar("_Value")

TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}
_MARKS = {mark: ord(mark) for mark in (*TONES, "\u0302", "\u0306", "\u031b")}
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]"
)
_COURTESY = re.compile("[\U0001f600-\U0001f60f\U0001f64f\U0001f642\U0001f339\u2764\u263a]")
_BREAKS = re.compile(r"\s*[\n\r\t\v\f]+\s*|(?<=[0-9])[ \u00a0]{2,}(?=[0-9])")
_COMRADE = re.compile(r"(?<![^\W\d_])(?:[đd]\s?/\s?c|đồng chí|dong chi)(?![^\W\d_])", re.IGNORECASE)
# Official letters end with "./."; sums with ",-".
_CLOSING = re.compile(r"\s*(?:\./\.|(?<=[0-9])[.,]-)$")
_TOKENS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9]|[.,][0-9])|[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|\S")
_FAITHLESS = ("<super>", "<sub>", "<fraction>")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, figure or sign: `plain` without marks, `shape` with marks and the tone as a digit at its end."""

    plain: str
    shape: str

    @property
    def marked(self) -> bool:
        """Whether it was typed with any mark."""
        return self.shape != self.plain

    @property
    def figure(self) -> bool:
        """Whether it is written in digits."""
        return "0" <= self.plain[0] <= "9"

    @property
    def sign(self) -> bool:
        """Whether it is neither word nor figure."""
        return not self.figure and not self.plain[0].isalpha()


def compose(text: str) -> str:
    """One line, composed, with ordinary signs; marks and case are kept, line breaks become semicolons."""
    text = _INVISIBLE.sub("", text)
    # NFKC would make 102 of 10² and 1/2 of ½.
    text = "".join(_faithful(character) for character in text)
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", _BREAKS.sub(" ; ", text)))
    bare = _COURTESY.sub(" ", text)
    text = bare if any(character.isalnum() for character in bare) else text
    text = _COMRADE.sub("đc", _DASHES.sub("-", text))
    return " ".join(text.split()).strip(" ;")


def clean(text: str) -> str:
    """The composed text in lower case."""
    return _CLOSING.sub("", unicodedata.normalize("NFC", compose(text).lower()))


def _faithful(character: str) -> str:
    if character.isascii():
        return character
    return "\ufffd" if unicodedata.decomposition(character).startswith(_FAITHLESS) else character


def fold(text: str) -> str:
    """Lower case without tone marks and diacritics; đ becomes d."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower())
    bare = "".join(character for character in decomposed if character not in _MARKS)
    return unicodedata.normalize("NFC", bare).replace("đ", "d")


@lru_cache(maxsize=4096)
def shape(word: str) -> str:
    """A spelling that does not depend on where the tone mark stands: "hủy" and "huỷ" are both "huy3"."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tone = "".join(TONES[character] for character in decomposed if character in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES)) + tone


def words(text: str) -> list[Word]:
    """Split a cleaned line into words, figures and signs: "2tr5" has three."""
    return [word_of(token) for token in _TOKENS.findall(text)]


@lru_cache(maxsize=8192)
def word_of(token: str) -> Word:
    """One token of a cleaned line."""
    return Word(fold(token) or "?", shape(token) or "?")


def lexicon(spelt: Mapping[str, _Value]) -> dict[str, _Value]:
    """Look words up by shape: one typed without marks is found, one with wrong marks is not."""
    return {**{fold(word): value for word, value in spelt.items()}, **{shape(w): v for w, v in spelt.items()}}


# A word with these letters must have one of these spellings once it carries marks: "dừng" is not "đúng".
_GUARDED = """
    có không chưa rồi đúng phải ừ ạ dạ đã được như cũ vẫn ý gì đâu rõ đổi trước tháng khác giữ hơn gần trên
    khoảng tất cả cái mục câu số một đầu cuối này nay nào mới người đoàn viên lượt cuộc đồng triệu nghìn phát sinh
    biết nhớ thế vậy tăng giảm bằng giống kỳ lần báo cáo sai chính xác nhất trí ý thôi nhé nha nhá thành lập tổ chức
    làm thực hiện chi hỗ trợ ủng hộ ai hết tổng cộng là hiện còn đang sẽ hôm qua kia ngày tuần thứ mùng mồng năm âm
    vừa chủ nhật nửa rưỡi em anh chị tôi mình đó đấy đi luôn trừ và với hay hoặc chuẩn vâng chắc sáng chiều tối trưa
    lúc vào vẹn chẵn dưới ít nhiều vài mấy mỗi từng đến tới từ thiếu chỉ gồm đạt đủ thì hai ba bốn sáu bảy tám chín
    mười mươi lăm tư mốt trăm ngàn linh lẻ tỷ tỉ củ đâu hủy huỷ sửa gửi nộp lại tiếp khi hạng cũng đều chọn chứ
    mức dự dúng động no tự cùng chắn nhiên nhà công trọ thể cá trở đổ sắp ngoài ngoái tiêu hàng
    hội nghị đôi thoại căn bài buổi góc khu gương hộ gia
    đa thiểu nhiêu lẽ nắm hỏi đợi giá trị cán cần
"""
_ABBREVIATED = {
    **dict.fromkeys(("ko", "k", "kh", "hok", "hong", "khg", "hem", "khum", "hk", "kong", "khog", "hog"), "khong"),
    **dict.fromkeys(("kco", "koco", "khongco"), "khong co"),
    "trc": "truoc", "ps": "phat sinh", "j": "gi", "gj": "gi", "r": "roi", "rui": "roi", "ch": "chua", "cx": "cung",
    "oke": "ok", "okie": "ok", "okay": "ok", "okela": "ok", "dag": "dang", "bit": "biet", "bik": "biet",
}  # fmt: skip
_RESPELT = {
    shape(word): meaning
    for word, meaning in {
        "cỡ": "khoang", "độ": "khoang", "tầm": "khoang", "chừng": "khoang", "ước": "khoang", "kô": "khong",
        "chẳng": "khong", "chả": "khong", "hổng": "khong", "hông": "khong", "mỗi": "moix", "mới": "vua",
        "dư": "thieu", "thừa": "thieu", "bớt": "bots", "chỉ": "chir", "quá": "quar", "quà": "quaf",
        "tới": "den", "kìa": "kiaf",
        "tôi": "em", "dạ": "a", "đô": "usd", "bữa": "hom", "đừng": "dung~", "dừng": "dung~",
    }.items()
}  # fmt: skip


def _allowed() -> dict[str, frozenset[str]]:
    spelt = _GUARDED.split()
    return {fold(word): frozenset(shape(w) for w in spelt if fold(w) == fold(word)) for word in spelt}


_ALLOWED = _allowed()
_ZERO_FOR_WORD = frozenset({"co", "phat", "ai", "gi", "thay", "doi", "biet", "ro", "nho", "he"})


def gloss(line: Sequence[Word]) -> list[str]:
    """The words without marks, abbreviations written out; a word whose marks make it another one gets a "~"."""
    glossed = [_gloss(word) for word in line]
    if glossed[:1] == ["0"] and len(glossed) > 1 and glossed[1] in _ZERO_FOR_WORD:
        glossed[0] = "khong"
    return glossed


@lru_cache(maxsize=8192)
def _gloss(word: Word) -> str:
    if word.shape in _RESPELT:
        return _RESPELT[word.shape]
    plain = _ABBREVIATED.get(word.plain, word.plain) if not word.marked else word.plain
    if word.marked and word.plain in _ALLOWED and word.shape not in _ALLOWED[word.plain]:
        return f"~{plain}"
    # Swapped letters: "khnog", "kohng".
    return "khong" if len(plain) == 5 and sorted(plain) == ["g", "h", "k", "n", "o"] else plain


# Without marks "chi", "ban", "thua" or "bot" are as often chỉ, ban, thừa or bớt.
_MARKED_ONLY = frozenset({"thua", "chi", "ban", "do", "day"})
_POLITE = {
    word: (before, after)
    for before, after, spelt in (
        (True, False, "dạ đã thưa mình tôi vâng à bc e"),
        (False, True, "nhé nha nhá nhen nghe nghen hen bạn đó đấy luôn"),
        (True, True, "ạ em anh chị ơi ad thôi"),
    )
    for plain in spelt.split()
    for word in {shape(plain), *({fold(plain)} - _MARKED_ONLY)}
}


def _polite(line: Sequence[Word], at: int, *, before: bool) -> bool:
    word = line[at]
    if before and at and word.plain == "thua" and line[at - 1].plain == "da":
        return True
    return word.plain in _EDGES or _POLITE.get(word.shape, (False, False))[0 if before else 1]


_EDGES = frozenset(".,;:!\"'()[]`“”‘’")


def without_courtesy(line: Sequence[Word]) -> list[Word]:
    """Drop polite words and punctuation at both ends; something always remains."""
    start, end = 0, len(line)
    while start < end - 1 and _polite(line, start, before=True):
        start += 1
    while start < end - 1 and _polite(line, end - 1, before=False):
        end -= 1
    return list(line[start:end])


_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"u": "ư", "o": "ơ"}
_LONGEST_SYLLABLE = 12
_VOWELS = "aeiouyâêôăơư"


def undo_input_method(text: str) -> str:
    """The cleaned text with raw Telex and VNI undone, word by word; the same text if there is none."""
    return " ".join(_undo(word) for word in text.split(" "))


def like_vni(text: str) -> bool:
    """Whether a word ends in figures that may be keys of VNI: co1, ty3."""
    return any(word[-1:].isdigit() and word[:1].isalpha() and word != _undo(word) for word in text.split(" "))


def _undo(word: str) -> str:
    core = word.rstrip(".,;:!?")
    if not core.isascii() or not core[:1].isalpha() or len(core) > _LONGEST_SYLLABLE:
        return word
    undone = _type(core, vni=True) if any(c.isdigit() for c in core) else _type(core, vni=False)
    return undone + word[len(core) :]


def _type(word: str, *, vni: bool) -> str:
    """Press the keys of one word again, with the input method on."""
    letters: list[str] = []
    tone = ""
    for key in word:
        if not key.isalnum():
            return word
        pressed = _press_vni(letters, key) if vni else _press_telex(letters, key)
        # VNI takes a tone back when its key is pressed twice: "thang11" is tháng 11.
        if vni and pressed and pressed == tone:
            return word
        if pressed is None:
            if key.isdigit():
                return word
            letters.append(key)
        tone = pressed or tone
    return unicodedata.normalize("NFC", _toned("".join(letters), tone))


def _press_telex(letters: list[str], key: str) -> str | None:
    """Apply a key to what is typed so far: the tone that it sets, "" for another change, None for a plain letter."""
    has_vowel = any(letter in _VOWELS for letter in letters)
    if key in _TELEX_TONES and has_vowel:
        return _TELEX_TONES[key]
    if key == "w":
        return "" if _horn(letters) or _breve(letters) else _append(letters, "ư")
    if key in _CIRCUMFLEX and key in letters:
        letters[len(letters) - 1 - letters[::-1].index(key)] = _CIRCUMFLEX[key]
        return ""
    if key == "d" and letters[:1] == ["d"]:
        letters[0] = "đ"
        return ""
    return None


def _press_vni(letters: list[str], key: str) -> str | None:
    if key in _VNI_TONES and any(letter in _VOWELS for letter in letters):
        return _VNI_TONES[key]
    changed = (
        (key == "6" and _change(letters, _CIRCUMFLEX))
        or (key == "7" and _horn(letters))
        or (key == "8" and _breve(letters))
        or (key == "9" and _change(letters, {"d": "đ"}))
    )
    return "" if changed else None


def _append(letters: list[str], letter: str) -> str:
    letters.append(letter)
    return ""


def _change(letters: list[str], changes: Mapping[str, str]) -> bool:
    for index in range(len(letters) - 1, -1, -1):
        if letters[index] in changes:
            letters[index] = changes[letters[index]]
            return True
    return False


def _horn(letters: list[str]) -> bool:
    for index in range(len(letters) - 1):
        if letters[index] in "uư" and letters[index + 1] == "o":
            letters[index : index + 2] = ["ư", "ơ"]
            return True
    return _change(letters, _HORN)


def _breve(letters: list[str]) -> bool:
    return _change(letters, {"a": "ă"})


def _toned(word: str, tone: str) -> str:
    for index, letter in enumerate(word):
        if tone and letter in _VOWELS:
            return word[: index + 1] + tone + word[index + 1 :]
    return word
