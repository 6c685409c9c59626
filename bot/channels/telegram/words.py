"""Values as they come over the wire, made fit to be stored: no NUL, no half characters, no surprises of type."""

from __future__ import annotations


def words(value: object) -> str:
    """A text without what no database stores; empty for anything else."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def number(value: object) -> int:
    """A whole number; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def identity(of: object) -> int:
    """The number of a chat or an account; 0 when it is missing."""
    return number(getattr(of, "id", 0))


def full_name(of: object) -> str:
    """What an account or a group calls itself; empty when it is missing."""
    return words(getattr(of, "full_name", "") or getattr(of, "title", ""))


def units(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)
