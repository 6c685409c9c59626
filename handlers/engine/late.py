"""Regular expressions that are compiled when they are first used: a start does not wait for what it may not need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar


class Late:
    """A large pattern, known at once by its text and compiled at its first match."""

    made: ClassVar[list[Late]] = []

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.made.append(self)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def fullmatch(self, line: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(line)

    def match(self, line: str) -> re.Match[str] | None:
        return self.compiled.match(line)

    def search(self, line: str) -> re.Match[str] | None:
        return self.compiled.search(line)

    def finditer(self, line: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(line)

    def sub(self, by: str, line: str) -> str:
        return self.compiled.sub(by, line)


def compile_all() -> None:
    """Compile what is not compiled yet, some 0.1 s: a serving process does it before its first message needs it."""
    for pattern in Late.made:
        pattern.compiled  # noqa: B018 - asked for is compiled
