"""A question as a message: its words, what is known already, its buttons."""

from __future__ import annotations

from handlers import showing, texts
from handlers.engine.form import Question
from handlers.engine.session import Session
from handlers.talk import Talk
from storage.conversations import Frame
from storage.messages import Choice, Reply

LONGEST = 60
"""Characters of what was typed that are quoted."""
LONGEST_LABEL = 40
"""Characters of a held value on its button."""


def payload(talk: Talk, what: object) -> str:
    """What a button of the open question sends: the number of the turn that asked, and what was pressed."""
    return f"{talk.state.turn}.{what}"


def question(talk: Talk, session: Session, asked: Question, *, before: str = "") -> Reply:
    """Ask; `before` is what is said first: an echo, a problem, a heading.  Earlier buttons become stale."""
    talk.state.turn += 1
    put = "\n".join(part for part in (_words(session, asked), session.hint(asked)) if part)
    text = f"{before}\n\n{put}" if before else put
    return Reply(text, choices=buttons(talk, session, asked))


def _words(session: Session, asked: Question) -> str:
    order = [question.name for question in session.asked()]
    number = order.index(asked.name) + 1 if asked.name in order else len(order)
    return texts.PROGRESS.format(n=number, of=len(order), label=session.label(asked))


def buttons(talk: Talk, session: Session, asked: Question) -> tuple[Choice, ...]:
    """Quick replies of a question; typing the number or the words does the same."""
    frame = talk.state.top
    picked = frame.picked if frame else []
    keep = () if picked else _keep(talk, session, asked)
    if asked.kind in ("one", "multi", "yn"):
        return (*_options(talk, session, asked, picked), *keep)
    previous = session.previous(asked) if asked.carry else ""
    if previous and not (keep and previous == session.value(asked.name)):
        label = texts.CARRY.format(value=showing.value(session, asked, previous))
        return (Choice(payload(talk, "carry"), label), *keep)
    return (*keep, *_ways_out(talk, session, asked, frame))


def _keep(talk: Talk, session: Session, asked: Question) -> tuple[Choice, ...]:
    """Of a question that is asked again: leave what is written down."""
    if not holds(talk.state.top, session, asked):
        return ()
    value = showing.clip(showing.value(session, asked, session.value(asked.name)), LONGEST_LABEL)
    return (Choice(payload(talk, "keep"), texts.KEEP.format(value=value)),)


def holds(frame: Frame | None, session: Session, asked: Question) -> bool:
    """Whether the open question has a value already, and nothing new is collected for it yet."""
    fresh = frame is not None and frame.question == asked.name and not (frame.parts or frame.files)
    return fresh and session.answered(asked) and bool(session.value(asked.name))


def _options(talk: Talk, session: Session, asked: Question, picked: list[str]) -> tuple[Choice, ...]:
    options = tuple(
        Choice(payload(talk, n), f"{n + 1} {choice.label}", choice.name in picked)
        for n, choice in enumerate(session.choices(asked))
    )
    return (*options, Choice(payload(talk, "done"), texts.DONE)) if picked else options


def _ways_out(talk: Talk, session: Session, asked: Question, frame: Frame | None) -> tuple[Choice, ...]:
    if frame and (frame.parts or frame.files):
        return (Choice(payload(talk, "done"), texts.DONE),)
    return () if session.required(asked) else (Choice(payload(talk, "skip"), texts.SKIP),)


def confirmation(talk: Talk, session: Session, asked: Question, candidate: str, reason: str) -> Reply:
    """Read a doubtful value back; answered with ĐÚNG, a button, or by typing the answer again (SETTLED)."""
    talk.state.turn += 1
    template = texts.CONFIRM_REUSE if reason == "reuse" else texts.CONFIRM
    value = showing.value(session, asked, candidate, words=True)
    text = talk.words(template, short=asked.summary, value=value)
    return Reply(text, (Choice(payload(talk, "yes"), texts.YES), Choice(payload(talk, "again"), texts.AGAIN)))


def problem(talk: Talk, asked: Question, typed: str, reason: str) -> str:
    """Why an answer was not taken, with an example; quotes what was typed."""
    example = texts.EXAMPLES.get(asked.kind, texts.EXAMPLES["text"])
    template = texts.ASK_BECAUSE.get(reason) or texts.ASK.get(asked.kind, texts.ASK["text"])
    quoted = showing.clip(" ".join(typed.split()), LONGEST)
    return talk.words(template, typed=quoted, example=example)


def held(session: Session, asked: Question) -> str:
    """What is written down for a question that is asked again."""
    return texts.HELD.format(value=showing.value(session, asked, session.value(asked.name)))


def told(session: Session, asked: Question, stored: str) -> str:
    """A stored value inside a sentence: prose in quotes."""
    shown = showing.value(session, asked, stored)
    return f"“{shown}”" if stored and asked.kind == "text" else shown


def echo(session: Session, asked: Question, stored: str, provenance: str, files: int = 0) -> str:
    """What was written down, said at the top of the next question."""
    if files:
        return texts.NOTED.format(value=showing.with_files(stored and texts.WORDS, files))
    if not stored:
        return texts.NOTED_NOTHING
    if asked.kind == "text":
        return texts.NOTED_TEXT
    template = texts.NOTED_CARRIED if provenance == "carried" else texts.NOTED
    return template.format(value=showing.value(session, asked, stored, words=True))
