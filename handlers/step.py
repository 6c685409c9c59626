"""One turn inside an interview: the paper, its session, and what is particular to its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers import behalf_words, questionnaires, texts
from handlers.engine.question import Question
from handlers.engine.session import Session
from handlers.talk import Talk
from storage import contacts, submissions
from storage.conversations import Frame
from storage.messages import Reply
from storage.submissions import Draft

BESIDE = ("unknown_words", "two_numbers", "arithmetic")
"""Why a number is read back that stands among other words or numbers."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What makes one form's conversation its own."""

    form: str
    heading: Callable[[Talk, Draft], str]
    """First line when it opens."""
    title: Callable[[Talk, Draft], str]
    """First line of the summary."""
    rest: Callable[[Session], str]
    """What the summary says of the questions that were not asked; empty if nothing."""
    counted: Callable[[Talk, Draft], dict[str, int]]
    """What the bot itself has recorded, by question."""
    submit: Callable[[Step], list[Reply]]
    """Take the finished paper and say so."""
    again: str
    """Said when it goes on after an interruption."""


@dataclass(slots=True)
class Step:
    """One turn inside an interview."""

    talk: Talk
    dialogue: Dialogue
    frame: Frame
    draft: Draft
    session: Session

    @property
    def question(self) -> Question:
        """The question that stands open."""
        found = self.session.form.question(self.frame.question)
        if found is None:
            message = f"form {self.frame.form} has no question {self.frame.question!r}"
            raise LookupError(message)
        return found

    @property
    def typed(self) -> str:
        """What the person wrote."""
        return self.talk.incoming.text.strip()

    @property
    def pressed(self) -> str:
        """What the pressed button of the open question means; empty if none was pressed."""
        return self.talk.incoming.choice.partition(".")[2]

    def answers(self, words: str) -> bool:
        """Whether words as a whole answer the open question: a number among words of another matter does not."""
        turn = self.session.answer(self.question, words)
        return turn.outcome not in ("ask", "command") and (
            turn.outcome != "confirm" or turn.reason not in BESIDE
        )

    def claim(self) -> None:
        """From now on this account writes the paper."""
        submissions.touch(self.talk.db, self.draft.id, self.talk.sender.id, self.talk.now)

    def count(self) -> None:
        """Let the session know what the bot itself has recorded: for its questions, the summary and the figures."""
        self.session = questionnaires.counting(self.session, self.dialogue.counted(self.talk, self.draft))


def enter(talk: Talk, dialogue: Dialogue, submission_id: int) -> Step:
    """Make this paper the one being talked about, where it stood; another one of the same form gives way to it."""
    same = [
        frame
        for frame in talk.state.frames
        if (frame.form, frame.submission) == (dialogue.form, submission_id)
    ]
    frame = same[0] if same else Frame(dialogue.form, submission_id)
    talk.state.frames = [other for other in talk.state.frames if other.form != dialogue.form]
    talk.state.frames.append(frame)
    behalf_words.taken_back(talk, submissions.get(talk.db, submission_id))
    submissions.touch(talk.db, submission_id, talk.sender.id, talk.now)
    return _step(talk, dialogue, frame, submissions.get(talk.db, submission_id))


def step_of(talk: Talk, dialogue: Dialogue, frame: Frame) -> Step | None:
    """The interview as its rows tell it; None if its paper is gone or was submitted by somebody else."""
    draft = talk.paper(frame.submission)
    same = draft is not None and draft.form_code == frame.form and draft.open
    return _step(talk, dialogue, frame, draft) if draft and same else None


def _step(talk: Talk, dialogue: Dialogue, frame: Frame, draft: Draft) -> Step:
    step = Step(talk, dialogue, frame, draft, questionnaires.session_of(talk.db, draft, talk.today))
    if frame.waits == "summary" or questionnaires.asks_what_is_counted(step.session):
        step.count()
    return step


def in_hand(talk: Talk, draft: Draft) -> bool:
    """Whether the sender is the one who writes a paper, on this account or on another one."""
    return draft.editor_id == talk.sender.id or (
        draft.editor_person_id is not None and draft.editor_person_id == talk.sender.person_id
    )


def editor_of(talk: Talk, draft: Draft) -> dict[str, str]:
    """Who is writing, inside a sentence (`editor`) and at its beginning (`Editor`)."""
    name = contacts.name_of(talk.db, draft.editor_id) if draft.editor_id else ""
    words = talk.words(texts.COLLEAGUE, name=name) if name else talk.words(texts.SOMEBODY)
    return {"editor": words, "Editor": words[0].upper() + words[1:]}


def progress(session: Session) -> tuple[int, int]:
    """How many of the questions to be asked are answered, and how many there are."""
    asked = session.asked()
    return sum(session.answered(question) for question in asked), len(asked)
