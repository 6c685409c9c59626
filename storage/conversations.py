"""Where each contact is: a stack of dialogues, read back from its row at every turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage.database import table_of, upsert
from storage.models import Conversation

CONVERSATION = table_of(Conversation)


@dataclass(slots=True)
class Frame:
    """One dialogue under way: a form's interview, waiting for one thing."""

    form: str
    submission: int
    question: str = ""
    """Name of the question that stands open; empty at the summary."""
    waits: str = "answer"
    """`answer`, `confirm` (is the candidate right?), `reason` (why is it?), `summary` (submit?), `cancel`
    or a name of WAITS."""
    value: str = ""
    """The candidate that waits for a yes."""
    raw: str = ""
    """What was typed for it."""
    provenance: str = "answered"
    reason: str = ""
    """Why it is to be confirmed."""
    picked: list[str] = field(default_factory=list)
    """Options ticked by buttons so far."""
    parts: list[str] = field(default_factory=list)
    """Texts collected until "xong"."""
    files: int = 0
    """Attachments kept for the open question so far."""
    given: int = 0
    """Receipt of the message that holds the candidate or the collected text; 0: several, or none."""
    misses: int = 0
    """How often the open question could not be read."""
    chats: int = 0
    """How often something was said that was no answer, since the open question was first asked."""
    helps: int = 0
    """How often GIUP was asked for since then."""
    since: int = 0
    """Receipt of the message after which the open question was first asked: what came later was meant for it."""
    back: dict[str, Any] = field(default_factory=dict)
    """What was open when an earlier line was put right, to be asked again after it; empty if nothing was."""
    table: list[str] = field(default_factory=list)
    """Several answers of one message that wait for a yes, or the lines that a correction may mean."""
    between: dict[str, Any] = field(default_factory=dict)
    """What a question about a correction stands between, and what it is about."""
    lines: list[str] = field(default_factory=list)
    """Questions of the numbered lines that were shown last: what "sửa 5" counts by."""


@dataclass(slots=True)
class Errand:
    """A small matter outside of any form that waits for the next message: a name of `ERRANDS` and what it is about."""

    name: str
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """All dialogues of a contact; the last one is being talked about."""

    turn: int = 0
    """Number of the question last asked: its buttons carry it, older buttons are stale."""
    frames: list[Frame] = field(default_factory=list)
    asked_in: str = ""
    """Key of the outgoing message that holds the open question's buttons; empty if it has none."""
    errand: Errand | None = None
    """What the next message is taken for, unless it is a command or a button."""

    @property
    def top(self) -> Frame | None:
        """The dialogue being talked about."""
        return self.frames[-1] if self.frames else None


def load(stored: dict[str, Any] | None) -> State:
    """The state that a row holds, a fresh one for somebody new; what only an older program knew is left out."""
    held = stored or {}
    frames = [_frame(frame) for frame in held.get("frames", ())]
    errand = held.get("errand")
    return State(held.get("turn", 0), frames, held.get("asked_in", ""), Errand(**errand) if errand else None)


def _frame(held: dict[str, Any]) -> Frame:
    return Frame(**{name: held[name] for name in Frame.__slots__ if name in held})


def save(db: Connection, contact_id: int, state: State, at: datetime) -> None:
    """Remember where the contact is."""
    frames = [{name: getattr(frame, name) for name in Frame.__slots__} for frame in state.frames]
    held: dict[str, Any] = {"turn": state.turn, "frames": frames, "asked_in": state.asked_in}
    if state.errand is not None:
        held["errand"] = {"name": state.errand.name, "about": state.errand.about}
    row = {"contact_id": contact_id, "state": held, "updated_at": at}
    db.execute(upsert(CONVERSATION, db), row)
