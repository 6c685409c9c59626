"""A question as a message: its words, what is known already, its buttons."""

from __future__ import annotations

from handlers import chatter_texts, showing, texts
from handlers.engine import spelling, unit_later
from handlers.engine.form import Question
from handlers.engine.question import NUMERIC
from handlers.engine.session import Session
from handlers.talk import Talk
from storage.conversations import Frame
from storage.messages import Choice, Reply

LONGEST = 60
"""Characters of what was typed that are quoted."""
FEW = 4
"""Options whose buttons leave the question on the screen of a small phone."""
SHORT_LABEL = 15
"""Characters of a label on a button that shares its row."""
LARGE = 1_001
"""A count that only questions with many of something allow."""
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
    if frame and asked.kind == "money" and unit_later.bare(frame.raw):
        return (
            *(
                Choice(payload(talk, what), label.format(n=frame.raw))
                for what, label in texts.IN_UNITS.items()
            ),
            *keep,
            *_ways_out(talk, session, asked, frame),
        )
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
    offered = session.choices(asked)
    short = len(offered) > FEW and _asked_again(talk.state.top, asked)
    options = tuple(
        Choice(
            payload(talk, n),
            f"{n + 1} {_short(choice.label) if short else choice.label}",
            choice.name in picked,
        )
        for n, choice in enumerate(offered)
    )
    return (*options, Choice(payload(talk, "done"), texts.DONE)) if picked else options


def _asked_again(frame: Frame | None, asked: Question) -> bool:
    """Whether the question was on the screen already: long buttons would push what is said about it off a phone."""
    again = frame is not None and frame.question == asked.name
    return again and bool(frame and (frame.misses or frame.chats or frame.helps))


def _short(label: str) -> str:
    """The first words by which an option is known, so that two buttons share a row."""
    first = label.split(",", maxsplit=1)[0].replace(" - ", "-")
    if len(first) <= SHORT_LABEL:
        return first
    kept = first[:SHORT_LABEL].rsplit(" ", maxsplit=1)[0]
    return f"{kept}…"


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


def problem(talk: Talk, session: Session, asked: Question, typed: str, reason: str) -> str:
    """Why an answer was not taken, with an example; quotes what was typed."""
    if reason == "no_unit" and unit_later.bare(typed):
        reason = "no_unit_alone"
    template = texts.ASK_BECAUSE.get(reason) or texts.ASK.get(asked.kind, texts.ASK["text"])
    quoted = showing.clip(" ".join(typed.split()), LONGEST)
    values = {"example": example(session, asked), "counted": _counted(asked), "apart": apart(typed)}
    zero = chatter_texts.ZERO if may_be_zero(session, asked) else ""
    return talk.words(template, typed=quoted, zero=zero, **values)


def example(session: Session, asked: Question) -> str:
    """An answer as it may be typed here: last month's count, or a count of the size that the form allows."""
    if asked.kind != "int":
        return texts.EXAMPLES.get(asked.kind, texts.EXAMPLES["text"])
    previous = session.previous(asked)
    if previous and float(previous) > 0:
        return spelling.number(float(previous))
    large = session.problem(asked, str(LARGE)) is None
    counts = (texts.EXAMPLES["int"], texts.SMALL_EXAMPLE)[:: 1 if large else -1]
    return next((count for count in counts if session.problem(asked, count) is None), counts[0])


def may_be_zero(session: Session, asked: Question) -> bool:
    """Whether a number is asked for that may be 0."""
    return asked.kind in NUMERIC and session.problem(asked, "0") is None


def _counted(asked: Question) -> str:
    if asked.kind == "money":
        return texts.COUNTED_MONEY
    return texts.COUNTED.format(unit=asked.unit) if asked.unit else texts.COUNTED_ANY


def apart(typed: str) -> str:
    """Figures without a space between them, as they would be written for several options."""
    return " ".join(typed) if typed.isdecimal() else texts.EXAMPLES["multi"]


def held(session: Session, asked: Question) -> str:
    """What is written down for a question that is asked again; of several options also how they change."""
    ticked = session.value(asked.name).split()
    if asked.kind == "multi" and ticked:
        return _held_options(session, asked, ticked)
    return texts.HELD.format(value=showing.value(session, asked, session.value(asked.name)))


def _held_options(session: Session, asked: Question, ticked: list[str]) -> str:
    names = [choice.name for choice in session.choices(asked)]
    value = showing.value(session, asked, " ".join(ticked))
    beside = [
        n
        for n, name in enumerate(names, 1)
        if name not in ticked and not session.excludes(asked, name, ticked[0])
    ]
    if not beside or ticked[-1] not in names:
        return texts.HELD.format(value=value)
    return texts.HELD_OPTIONS.format(value=value, other=beside[0], here=names.index(ticked[-1]) + 1)


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
