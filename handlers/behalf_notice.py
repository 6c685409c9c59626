"""A report that was entered for a unit is in: the receipt for who entered it, the notice to the unit's officers."""

from __future__ import annotations

from handlers import behalf_texts, behalf_words, showing, telling, texts
from handlers.engine.question import NUMERIC
from handlers.engine.session import Session
from handlers.report_words import locked, named
from handlers.step import Step
from storage import reminders
from storage.messages import Choice, Reply


def handed_in(step: Step, code: str, *, late: bool) -> Reply:
    """Tell every officer of the unit who can be reached, and say so."""
    talk, draft = step.talk, step.draft
    told = _tell(step, code)
    said = [
        talk.words(
            behalf_texts.RECEIPT,
            at=showing.moment(talk.now),
            late=behalf_texts.LATE if late else "",
            **_values(step, code),
        ),
        behalf_texts.RECEIPT_AFTER_LOCK if locked(draft, talk.now) else "",
        talk.words(behalf_texts.OFFICERS_TOLD if told else behalf_texts.NOBODY_TOLD, n=told),
    ]
    return Reply(" ".join(part for part in said if part), (Choice("do:behalf", behalf_texts.BUTTON),))


def _values(step: Step, code: str) -> dict[str, str]:
    who = behalf_words.who(step.talk, step.talk.sender.id)
    source = behalf_texts.SOURCES[step.draft.source]
    return {"code": code, "who": who, "source": source, **named(step.draft)}


def _tell(step: Step, code: str) -> int:
    """How many officers of the unit were told."""
    talk, draft = step.talk, step.draft
    officers = reminders.reporters(talk.db, talk.today).get(draft.unit_id, [])
    reached = [officer for officer in officers if officer.contact_id]
    shut = locked(draft, talk.now)
    telling.tell(
        talk.db,
        reached,
        behalf_texts.NOTICE_LOCKED if shut else behalf_texts.NOTICE,
        key=f"{talk.key}.entered",
        at=talk.now,
        choices=(Choice(f"do:review:{draft.id}", texts.REVIEW),),
        lines=figures(step.session),
        **_values(step, code),
    )
    return len(reached)


def figures(session: Session) -> str:
    """The numbered lines of the summary that are figures or choices: by these numbers SUA corrects them."""
    rows = []
    for number, question in enumerate(session.asked(), 1):
        if question.kind in NUMERIC or question.kind in ("one", "multi", "yn"):
            value = showing.value(session, question, session.value(question.name))
            rows.append(texts.SUMMARY_LINE.format(n=number, short=question.summary, value=value))
    return "\n".join(rows)
