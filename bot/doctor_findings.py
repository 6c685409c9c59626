"""What a check has found, as one line for the operator: in order, worth a look, or wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass

GOOD, DOUBTFUL, WRONG = "✓", "!", "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line."""

    mark: str
    words: str

    def __str__(self) -> str:
        return f"{self.mark} {self.words}"


def good(words: str) -> Finding:
    """All is well."""
    return Finding(GOOD, words)


def doubtful(words: str) -> Finding:
    """The program works, but somebody should look; the words say at what."""
    return Finding(DOUBTFUL, words)


def wrong(words: str) -> Finding:
    """Something does not work or is not safe; the words say what to do."""
    return Finding(WRONG, words)
