"""Several options of one question: ticked by buttons, joined, taken off or listed anew by words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers import asking, collecting, leaving_out, steering, texts, walking
from handlers.engine import spoken_options, vietnamese
from handlers.engine.session import Turn
from handlers.step import Step
from storage.messages import Reply

_OFF = re.compile(
    r"(?:bo|bot|xoa|tru|khong chon|khong lay)(?: (?:bot|di|chon|tick|ra))*[ ,:]+"
    r"(?P<out>.+?)(?: (?:di|ra|nhe|a|em))*"
)


# ── by buttons ──────────────────────────────────────────────────────────────────────────────────────


def press(step: Step, index: int) -> list[Reply]:
    """Tick an option or take its tick off; where one is wanted, or it stands alone, it is the answer."""
    question, frame = step.question, step.frame
    names = _names(step)
    if index >= len(names):
        return [step.talk.say(texts.STALE_BUTTON)]
    name = names[index]
    if question.kind != "multi" or (not frame.picked and _stands_alone(step, name, names)):
        return _pick(step, name)
    ticked = set(frame.picked) - {name} if name in frame.picked else _joined(step, frame.picked, [name])
    frame.picked = [other for other in names if other in ticked]
    asked = asking.question(step.talk, step.session, question)
    return [Reply(asked.text, asked.choices, asked.attachments, step.talk.state.asked_in)]


def done(step: Step) -> list[Reply]:
    """The ticked options are the answer; they stay to be seen in place of the buttons."""
    ticked = [
        button.label for button in asking.buttons(step.talk, step.session, step.question) if button.marked
    ]
    step.talk.chosen = ", ".join(ticked)
    return _pick(step, " ".join(step.frame.picked))


def _pick(step: Step, names: str) -> list[Reply]:
    return walking.settle(step, step.session.take(step.question, names), names)


def _names(step: Step) -> list[str]:
    return [choice.name for choice in step.session.choices(step.question)]


def _stands_alone(step: Step, name: str, names: Sequence[str]) -> bool:
    """Whether the form refuses this option together with any other ("Không phát sinh")."""
    return all(step.session.excludes(step.question, name, other) for other in names if other != name)


def _joined(step: Step, ticked: Iterable[str], new: Sequence[str]) -> set[str]:
    """The ticked options with new ones; those that cannot stand beside a new one give way."""
    question, session = step.question, step.session
    left = {each for each in ticked if not any(session.excludes(question, each, one) for one in new)}
    return left | set(new)


# ── by words ────────────────────────────────────────────────────────────────────────────────────────


def typed(step: Step) -> list[Reply] | None:
    """Words while options are ticked: "xong", more of them, "bỏ mục 4"; another list than that held is asked about."""
    if vietnamese.fold(step.typed) in collecting.DONE:
        return done(step)
    if (left := _without_named(step)) is not None:
        return _pick(step, left)
    turn = step.session.answer(step.question, step.typed)
    if turn.outcome not in ("taken", "confirm"):
        return steering.answer(step, step.typed)
    joined = _joined(step, step.frame.picked, turn.value.split())
    adds = spoken_options.adds(vietnamese.clean(step.typed)) or not _is_held(step)
    if not adds and set(step.frame.picked) <= joined and joined != set(turn.value.split()):
        turn = replace(turn, outcome="confirm", reason=leaving_out.REASON)
    elif adds:
        turn = _with_value(step, turn, joined)
    return walking.settle(step, turn, step.typed)


def _is_held(step: Step) -> bool:
    """Whether the ticks are those of the answer that is written down."""
    return step.frame.picked == step.session.value(step.question.name).split()


def _with_value(step: Step, turn: Turn, names: set[str]) -> Turn:
    value = " ".join(name for name in _names(step) if name in names)
    taken = step.session.take(step.question, value)
    if taken.outcome != "taken" or turn.outcome == "taken":
        return taken
    return replace(taken, outcome="confirm", reason=turn.reason)


def _without_named(step: Step) -> str | None:
    """What stays ticked after "bỏ mục 4"; None if the words take nothing off."""
    line = vietnamese.clean(step.typed)
    folded = vietnamese.fold(line)
    found = _OFF.fullmatch(folded)
    if found is None or len(folded) != len(line):
        return None
    turn = step.session.answer(step.question, line[slice(*found.span("out"))])
    out = turn.value.split() if turn.outcome in ("taken", "confirm") else []
    if not out or not set(out) <= set(step.frame.picked):
        return None
    return " ".join(name for name in step.frame.picked if name not in out)


# ── what was to be left out stays ───────────────────────────────────────────────────────────────────


def keep_all(step: Step) -> list[Reply]:
    """What is held stays, and the new options join it where the form takes them together."""
    frame, question = step.frame, step.question
    both = {*step.session.value(question.name).split(), *frame.value.split()}
    value = " ".join(name for name in _names(step) if name in both)
    frame.waits = "answer"
    turn = step.session.take(question, value)
    return walking.keep_held(step) if turn.outcome != "taken" else walking.settle(step, turn, frame.raw)
