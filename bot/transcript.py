"""Conversations as text that anyone can read: what came in at the margin, what the bot said indented."""

from __future__ import annotations

from collections.abc import Sequence

from storage.messages import Reply

INDENT = "    "


def said(address: str, reply: Reply) -> str:
    """One message of the bot: `    bot → lan: … [1 Tốt] [2 Khá]`, further lines indented below, empty ones left out."""
    lines = [line.rstrip() for line in reply.text.splitlines() if line.strip()] or [""]
    if reply.choices:
        lines.append(" ".join(_button(choice.label, marked=choice.marked) for choice in reply.choices))
    if reply.attachments:
        lines.append(f"({', '.join(file.name for file in reply.attachments)})")
    first, *rest = lines
    edited = "↻ " if reply.replaces else ""
    return "\n".join([f"{INDENT}bot → {address}: {edited}{first}", *(f"{INDENT}  {line}" for line in rest)])


def _button(label: str, *, marked: bool) -> str:
    return f"[✓ {label}]" if marked else f"[{label}]"


def pressed(typed: str, shown: Sequence[Reply]) -> str:
    """The value of the newest button that `[label]` names, in full or in part; empty if there is none such."""
    label = typed.removeprefix("[").removesuffix("]").removeprefix("✓ ")
    for reply in reversed(shown):
        exact = [choice.value for choice in reply.choices if choice.label == label]
        partly = [choice.value for choice in reply.choices if label in choice.label]
        if exact or partly:
            return (exact + partly)[0]
    return ""
