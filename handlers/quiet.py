"""Nothing in a section, or in the whole month: the gate loses the section, and what is not asked is 0 (DOMAIN 4)."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import asking, quiet_texts, steering, walking
from handlers.engine import commands, nothing, vietnamese
from handlers.engine.nothing import Nothing
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Session
from handlers.step import Step
from storage.messages import Choice, Reply

WAITS = "quiet"
"""The wait for a yes before answers are dropped."""


def hear(step: Step) -> list[Reply] | None:
    """Close a section or the month; None if the message says nothing of the kind, or simply answers the question."""
    if step.frame.waits == "summary":
        return None
    said = nothing.told(step.typed)
    if said is None and not _nothing_to_write(step):
        return None
    gate = gate_of(step.session)
    if gate is None or step.question.name == gate.name:
        return None
    return _drop_ticked(step, gate) if said is None else _obey(step, gate, said)


def _obey(step: Step, gate: Question, said: Nothing) -> list[Reply] | None:
    if said.report:
        return _report(step, gate)
    option = _named(step, gate, said.section) if said.section else option_of(step, gate, step.question)
    if option:
        return _section(step, gate, option)
    return None if said.section else _only_this(step)


def leave_out(step: Step, section: str) -> list[Reply] | None:
    """Close the section of these words, "bỏ thi đua"; None if no ticked option is called so."""
    gate = gate_of(step.session)
    option = _named(step, gate, section) if gate else ""
    return _section(step, gate, option) if gate and option else None


def gate_of(session: Session) -> Question | None:
    """The question whose options open the sections: it has one that stands alone (DOMAIN 4, rule 1)."""
    first = next(iter(session.asked()), None)
    return first if first is not None and first.kind == "multi" and alone(session, first) else None


def alone(session: Session, gate: Question) -> str:
    """The option that the form refuses together with any other; empty if there is none."""
    names = [choice.name for choice in session.choices(gate)]
    lonely = (
        name
        for name in names
        if all(session.problem(gate, f"{name} {other}") for other in names if other != name)
    )
    return next(lonely, "") if len(names) > 1 else ""


def option_of(step: Step, gate: Question, question: Question) -> str:
    """The ticked option without which the question would not be asked; empty if it is asked anyway."""
    for name in step.session.value(gate.name).split():
        without = step.session.with_answer(gate.name, _without(step.session, gate, name))
        if not any(each.name == question.name for each in without.asked()):
            return name if name != alone(step.session, gate) else ""
    return ""


def _without(session: Session, gate: Question, name: str) -> str:
    left = [each for each in session.value(gate.name).split() if each != name]
    return " ".join(left) or alone(session, gate)


def _closed(step: Step, gate: Question, option: str) -> list[Question]:
    """The questions that an option opens, as far as they are asked by now."""
    without = step.session.with_answer(gate.name, _without(step.session, gate, option))
    left = {question.name for question in without.asked()}
    return [question for question in step.session.asked() if question.name not in left]


def _named(step: Step, gate: Question, section: str) -> str:
    """The ticked option that is called so, by its label or the section of what it opens; empty if none or several."""
    said = f" {section} "
    found = []
    for choice in step.session.choices(gate):
        if choice.name in step.session.value(gate.name).split() and choice.name != alone(step.session, gate):
            closed = _closed(step, gate, choice.name)
            names = [choice.label, *(question.section for question in closed)]
            if closed and any(said in f" {vietnamese.fold(name)} ".replace(",", "") for name in names):
                found.append(choice.name)
    return found[0] if len(found) == 1 else ""


def _only_this(step: Step) -> list[Reply] | None:
    """At a question that no section holds, "mục này không có" speaks of the question."""
    return steering.answer(step, "không có") if step.question.kind in (*NUMERIC, "text") else None


def _nothing_to_write(step: Step) -> bool:
    """Whether the words say that there is nothing, to a text that must be written."""
    question = step.question
    if question.kind != "text" or step.frame.parts or not step.session.required(question):
        return False
    reading = step.session.answer(_as_number(question), step.typed)
    return commands.is_no(step.typed) or (reading.outcome == "taken" and reading.value == "0")


def _drop_ticked(step: Step, gate: Question) -> list[Reply] | None:
    """Nothing to write though the section was ticked: ask whether to drop it (DOMAIN 4)."""
    option = option_of(step, gate, step.question)
    return _ask(step, quiet_texts.DROP_TICKED, [option], section=step.question.section) if option else None


def _as_number(question: Question) -> Question:
    """A question of which only a zero is an answer, to hear whether words mean none."""
    return Question(question.name, question.path, question.parent, "integer", "int")


# ── closing ─────────────────────────────────────────────────────────────────────────────────────────


def _section(step: Step, gate: Question, option: str) -> list[Reply]:
    closed = _closed(step, gate, option)
    answered = [question for question in closed if step.session.answered(question)]
    section = closed[0].section
    if answered:
        return _ask(step, quiet_texts.DROP_SECTION, [option], section=section, n=len(answered))
    return _drop(step, gate, [option])


def _report(step: Step, gate: Question) -> list[Reply] | None:
    ticked = step.session.value(gate.name).split()
    if alone(step.session, gate) in ticked:
        return None
    return _ask(step, quiet_texts.DROP_REPORT, ticked, sections=_labels(step, gate, ticked))


def _labels(step: Step, gate: Question, names: Sequence[str]) -> str:
    return "; ".join(choice.label for choice in step.session.choices(gate) if choice.name in names)


def _ask(step: Step, template: str, options: Sequence[str], **values: object) -> list[Reply]:
    talk = step.talk
    step.frame.waits, step.frame.table = WAITS, list(options)
    talk.state.turn += 1
    yes = Choice(asking.payload(talk, "yes"), quiet_texts.YES)
    no = Choice(asking.payload(talk, "no"), quiet_texts.NO)
    return [talk.say(template, **values).with_choices(yes, no)]


def _drop(step: Step, gate: Question, options: Sequence[str]) -> list[Reply]:
    """Take options off the gate; given 0 as its message, so that editing the words does not tick another option."""
    closed = _closed(step, gate, options[0]) if len(options) == 1 else []
    value = ""
    for option in options:
        value = _without(step.session, gate, option)
        walking.keep(step, gate, value, "answered", step.typed or step.talk.incoming.label, 0)
    quiet = value == alone(step.session, gate)
    words = quiet_texts.REPORT_QUIET if not closed else quiet_texts.SECTION_DROPPED
    if closed and quiet:
        words = quiet_texts.SECTION_QUIET
    said = step.talk.words(words, section=closed[0].section if closed else "")
    step.frame.waits, step.frame.table = "answer", []
    return walking.resume(step, said)


def confirmed(step: Step) -> list[Reply] | None:
    """Drop or keep; None if the message is something else: it answers the question that is open."""
    frame = step.frame
    yes = step.pressed == "yes" or (not step.pressed and commands.is_yes(step.typed))
    no = step.pressed == "no" or (not step.pressed and commands.is_no(step.typed))
    options, frame.table, frame.waits = frame.table, [], "answer"
    gate = gate_of(step.session)
    if yes and gate is not None:
        return _drop(step, gate, [each for each in options if each in step.session.value(gate.name).split()])
    if not no:
        return None
    kept = step.talk.words(quiet_texts.KEPT)
    return walking.resume(step, kept) if frame.question else walking.at_the_end(step, kept, changed=False)
