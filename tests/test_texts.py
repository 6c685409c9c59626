"""What people read: one form of address at a time, right diacritics, no slips, an answer to every reason."""

from __future__ import annotations

import re
import unicodedata
from importlib import import_module
from pathlib import Path

import pytest

from handlers import texts
from handlers.engine.outcome import REASONS
from handlers.texts import ADDRESS_FORMS, ASK, ASK_BECAUSE, EXAMPLES, say

ROOT = Path(__file__).parent.parent
FORMS = ROOT / "forms"
MODULES = [import_module(f"handlers.{file.stem}") for file in sorted((ROOT / "handlers").glob("*texts.py"))]
"""Where sentences stand."""


def sentences() -> dict[str, str]:
    """Every text constant, by module and name; tables by their keys."""
    found = {}
    for module in MODULES:
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, str):
                found[f"{module.__name__}.{name}"] = value
            elif name.isupper() and isinstance(value, dict):
                found |= {
                    f"{module.__name__}.{name}.{key}": text
                    for key, text in value.items()
                    if isinstance(text, str)
                }
    return found


ALL = sentences()


@pytest.mark.parametrize("name", ALL)
def test_a_sentence_has_no_slip(name: str) -> None:
    text = ALL[name]
    assert text == unicodedata.normalize("NFC", text)
    assert "  " not in text.strip()
    assert not re.search(r"\bbạn\b", text, re.IGNORECASE)
    assert not re.search(r" [,.;:?!)]", text.replace(" …", "")), "a space before a mark"
    assert text.count("“") == text.count("”")


@pytest.mark.parametrize("name", [name for name in ALL if name.startswith("handlers.texts.")])
def test_no_sentence_fixes_the_form_of_address(name: str) -> None:
    if "ADDRESS_FORMS" not in name:
        assert "đồng chí" not in ALL[name].lower()
        assert "anh/chị" not in ALL[name].lower()


@pytest.mark.parametrize("form", ADDRESS_FORMS)
@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("reason", [*REASONS, "no_previous"])
def test_every_reason_has_words_for_every_kind_of_question(reason: str, kind: str, form: str) -> None:
    template = ASK_BECAUSE.get(reason) or ASK.get(kind, ASK["text"])
    said = say(
        template,
        form,
        "Trần Thị Lan",
        typed="vài chục",
        example=EXAMPLES[kind],
        counted="số người",
        apart="2 4",
        zero="",
    )
    assert ADDRESS_FORMS[form] in said.lower()
    assert len(re.findall(r"[.?](?:\s|$)", said)) <= 3


def test_what_a_person_typed_is_never_read_as_a_template() -> None:
    assert "{dc}" in say(texts.UNKNOWN_COMMAND, "dong_chi", "Lan", typed="/{dc}")


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.md")), ids=lambda path: path.stem)
def test_a_form_speaks_to_nobody_in_particular(path: Path) -> None:
    """Its texts are said to everybody, whichever form of address that person chose."""
    words = path.read_text(encoding="utf-8")
    assert words == unicodedata.normalize("NFC", words)
    assert "đồng chí" not in words.lower()
    assert not re.search(r"\bbạn\b", words, re.IGNORECASE)
