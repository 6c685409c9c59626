"""The page of rights for administrators, made from the table: `python -m handlers.rights_page` writes it anew."""

from __future__ import annotations

from pathlib import Path

from handlers import rights_texts as texts
from handlers.engine.commands import PHRASES
from handlers.rights import EVERYBODY, RIGHTS

PAGE = Path(__file__).parent.parent / "docs" / "quyen-han.md"


def page() -> str:
    """The whole page: what some roles may, what all may, notes."""
    some = [name for name, roles in RIGHTS.items() if roles is not EVERYBODY]
    all_ = [name for name, roles in RIGHTS.items() if roles is EVERYBODY]
    roles = [role for role in texts.ROLE_NAMES if any(role in RIGHTS[name] for name in some)]
    head = (texts.WORK, texts.WORDS, *(texts.ROLE_NAMES[role] for role in roles))
    rows = [(*_named(name), *(_reach(name, role) for role in roles)) for name in some]
    everybody = [f"- {work} ({words})" for work, words in map(_named, all_)]
    notes = [f"- {texts.COMMANDS[name]}: {texts.NOTES[name]}" for name in some if name in texts.NOTES]
    parts = [
        texts.TITLE, texts.LEAD, texts.SCOPES, "\n".join(map(_row, [head, ("---",) * len(head), *rows])),
        f"## {texts.EVERYBODY}", f"{texts.EVERYBODY_LEAD}\n\n" + "\n".join(everybody),
        f"## {texts.NOTE}", "\n".join(notes),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _named(name: str) -> tuple[str, str]:
    """What a command does, and the first words by which it is typed."""
    typed = PHRASES[name].split("|")[0] if name in PHRASES else texts.BUTTON
    return texts.COMMANDS[name], typed


def _reach(name: str, role: str) -> str:
    return texts.REACHES.get(RIGHTS[name].get(role, ""), texts.NONE)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
