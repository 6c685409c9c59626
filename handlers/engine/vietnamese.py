"""Vietnamese as it is typed on a telephone: one line, its words, with and without marks and tones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
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
_COURTESY = re.compile(
    "[\U0001f600-\U0001f64f\U0001f44d\U0001f44c\U0001f4aa\U0001f91d\U0001f970\U0001f389\U0001f339\u2764\u263a\u270c]"
)
_BREAKS = re.compile(r"\s*[\n\r\t\v\f]+\s*|(?<=[0-9])[ \u00a0]{2,}(?=[0-9])")
_COMRADE = re.compile(r"(?<![^\W\d_])(?:(?:[đd]|d9|dd)\s?/\s?c|đồng chí|dong chi)(?![^\W\d_])", re.IGNORECASE)
# Official letters end with "./."; sums with ",-".
_CLOSING = re.compile(r"\s*(?:\./\.|(?<=[0-9])[.,]-)$")
_TOKENS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9]|[.,][0-9])|[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|\S")
# "Nguời", "đưọc": a horn on one of the two letters only.
_HALF_HORN = re.compile("(?:uơ|ưo)(?=[^\\W\\d_])")
# "kkk" alone is laughter, no lengthened "k" of không.
_LENGTHENED = re.compile(r"(?!\b[kK]{3,}\b)([^\W\d_])\1{2,}")
_DRAWN_OUT = re.compile(r"([^\W\d_a-z])([a-z])(?![^\W_])")
_SOUTHERN = {"gởi": "gửi", "bịnh": "bệnh", "nhứt": "nhất", "thiệt": "thật", "hổng": "không", "hông": "không",
             "òi": "rồi", "gòi": "rồi", "dzậy": "vậy", "zậy": "vậy", "dzới": "với"}  # fmt: skip
"""As the south speaks and types → as forms are written; only spellings that are no other word."""
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
    text = text.replace("₫", " đ ")
    text = _COMRADE.sub("đc", _DASHES.sub("-", text))
    return " ".join(text.split()).strip(" ;")


def clean(text: str) -> str:
    """The composed text in lower case, without letters that are drawn out: "cóooo"."""
    composed = unicodedata.normalize("NFC", compose(text).lower())
    shortened = _DRAWN_OUT.sub(_short, _LENGTHENED.sub(r"\1", composed))
    return _CLOSING.sub("", shortened)


def _short(drawn: re.Match[str]) -> str:
    """One letter of two alike; "ưu" is a sound of its own: "cứu", "hưu", "lưu"."""
    alike = fold(drawn[1]) == drawn[2] and not shape(drawn[1]).startswith("ư")
    return drawn[1] if alike else drawn[0]


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
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES))
    return _HALF_HORN.sub("ươ", letters) + tone


def words(text: str) -> list[Word]:
    """Split a cleaned line into words, figures and signs: "2tr5" has three."""
    return [word_of(token) for token in _TOKENS.findall(text)]


def northern(token: str) -> str:
    """A southern spelling as it is written elsewhere: "gởi" is "gửi"."""
    return _SOUTHERN.get(token, token)


@lru_cache(maxsize=8192)
def word_of(token: str) -> Word:
    """One token of a cleaned line."""
    token = northern(token)
    return Word(fold(token) or "?", shape(token) or "?")


def lexicon(spelt: Mapping[str, _Value]) -> dict[str, _Value]:
    """Look words up by shape: one typed without marks is found, one with wrong marks is not."""
    return {**{fold(word): value for word, value in spelt.items()}, **{shape(w): v for w, v in spelt.items()}}
