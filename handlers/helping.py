"""Help that changes: a question that could not be read again gets buttons or its options, then a person."""

from __future__ import annotations

import re

from handlers import asking, chatter_texts, passing_on, showing, texts
from handlers.step import Step
from storage.messages import Choice, Reply

_FIRST_SENTENCE = re.compile(r"(?:“[^”]*”|[^.?“])*[.?](?=\s|$)")


def other(step: Step, problem: str) -> list[Reply]:
    """The second help, and from the third on a person; `problem` is why the answer was not taken."""
    found = _FIRST_SENTENCE.match(problem)
    why = found[0] if found else problem
    return [_more(step, why) if step.frame.misses == 2 else _person(step, why)]


def _more(step: Step, why: str) -> Reply:
    question, session = step.question, step.session
    previous = _previous(step)
    words = step.talk.words(
        chatter_texts.MORE.get(question.kind, chatter_texts.MORE["text"]),
        example=asking.example(step.session, step.question),
        apart=asking.apart(step.typed),
        zero=chatter_texts.ZERO if asking.may_be_zero(session, question) else "",
        same=chatter_texts.SAME.format(value=showing.value(session, question, previous)) if previous else "",
    )
    reply = asking.question(step.talk, session, question, before=f"{why} {words}")
    if question.kind in ("one", "multi", "yn"):
        return _spelt(step, reply)
    return reply.with_choices(*reply.choices, *_buttons(step, previous))


def _spelt(step: Step, reply: Reply) -> Reply:
    """One option a line, in full."""
    options = enumerate(step.session.choices(step.question), 1)
    lines = [chatter_texts.LINE.format(n=n, label=option.label) for n, option in options]
    return Reply("\n".join([reply.text, *lines]), reply.choices)


def _buttons(step: Step, previous: str) -> list[Choice]:
    """Short answers that can be pressed where no options are."""
    named = []
    if step.question.kind == "date":
        named = [("today", chatter_texts.TODAY), ("yesterday", chatter_texts.YESTERDAY)]
    if previous and not step.question.carry:
        value = showing.value(step.session, step.question, previous)
        named.append(("carry", chatter_texts.SAME_AS.format(value=value)))
    if asking.may_be_zero(step.session, step.question):
        named.append(("zero", chatter_texts.NOTHING))
    return [Choice(asking.payload(step.talk, what), label) for what, label in named]


def _previous(step: Step) -> str:
    """Last month's number, if there is one above zero."""
    held = step.session.previous(step.question) or ""
    number = step.question.kind in ("int", "money", "dec")
    return held if number and held and float(held) > 0 else ""


# ── a person ────────────────────────────────────────────────────────────────────────────────────────


def _person(step: Step, why: str) -> Reply:
    skip = "" if step.session.required(step.question) else chatter_texts.OR_SKIP
    template = chatter_texts.PERSON if step.frame.misses % 2 else chatter_texts.PERSON_AGAIN
    reply = asking.question(
        step.talk, step.session, step.question, before=f"{why} {step.talk.words(template, skip=skip)}"
    )
    passing_on.keep(step.talk, _body(step, step.typed))
    return reply.with_choices(*reply.choices, *ways_out(step))


def ways_out(step: Step) -> tuple[Choice, ...]:
    """To a person, or to another time; the way past an optional question stands there already."""
    later = Choice(asking.payload(step.talk, "later"), chatter_texts.LATER)
    return passing_on.button(chatter_texts.ASK_PERSON), later


def _body(step: Step, typed: str) -> str:
    """What HOTRO sends; of a text only that there was one, since it may be somebody's matter."""
    short = step.question.summary
    if step.question.kind == "text" or not typed:
        return chatter_texts.BODY_WITHOUT.format(short=short)
    return chatter_texts.BODY.format(short=short, typed=showing.clip(" ".join(typed.split()), 200))


def asked_for(step: Step) -> list[Reply]:
    """GIUP: an example first, a person when it is asked for again."""
    step.frame.helps += 1
    times = step.frame.helps
    example = asking.example(step.session, step.question)
    template = texts.EXPLAIN if times == 1 else chatter_texts.HELP_PERSON
    if times > 2 and times % 2:
        template = chatter_texts.HELP_AGAIN
    words = step.talk.words(template, example=example)
    reply = asking.question(step.talk, step.session, step.question, before=words)
    if times == 1:
        return [reply]
    passing_on.keep(step.talk, _body(step, ""))
    return [reply.with_choices(*reply.choices, *ways_out(step))]
