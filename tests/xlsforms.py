"""Forms of the tests' own, written as Markdown tables and converted the way that publishing does."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from handlers.engine.form import Form, Question
from handlers.publishing_worker import convert

FORMS = Path(__file__).parents[1] / "forms"


@lru_cache(maxsize=128)
def form(table: str) -> Form:
    """The form of a Markdown workbook."""
    answer = convert(table.encode(), ".md")
    assert "xml" in answer, answer
    return Form.from_xml(answer["xml"])


@lru_cache(maxsize=8)
def shipped(code: str) -> Form:
    """A form that comes with the program."""
    return Form.from_xml((FORMS / "compiled" / f"{code}.xml").read_text(encoding="utf-8"))


def named(loaded: Form, name: str) -> Question:
    """A question that the form surely has."""
    question = loaded.question(name)
    assert question is not None, name
    return question
