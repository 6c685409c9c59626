"""Raw Telex and VNI, typed with the input method off: what the keys would have written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

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
