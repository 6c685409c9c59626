"""Who entered a report for whom: said wherever it is shown, and who is told that it is over."""

from __future__ import annotations

from handlers import behalf_texts, telling, texts
from handlers.engine import spelling
from handlers.talk import Talk
from storage import attachments, audit, contacts, outbox, submissions
from storage.messages import Attachment, Reply
from storage.submissions import Draft

PAPER = "giay_goc"
"""What pictures of the paper are kept under, beside the questions of the form."""
TAKEN = ("image/jpeg", "image/png", "application/pdf")


def entering(talk: Talk, draft: Draft) -> str:
    """Who enters a paper that is being written, and after what; empty if its own officers write it."""
    return _said(talk, draft.source, draft.editor_id)


def origin(talk: Talk, draft: Draft) -> str:
    """The same of the version that was handed in last."""
    return _said(talk, *submissions.origin(talk.db, draft.id, draft.version))


def _said(talk: Talk, source: str, contact_id: int | None) -> str:
    if not source:
        return ""
    named = behalf_texts.SOURCES[source]
    return talk.words(behalf_texts.ENTERING, who=who(talk, contact_id), source=named)


def who(talk: Talk, contact_id: int | None) -> str:
    """The person behind an account, with the unit."""
    account = contacts.row_of(talk.db, contact_id) if contact_id else None
    person = account.person_id if account else None
    return telling.named(talk.db, person, talk.today) if person else ""


def page(talk: Talk, draft: Draft, sent: Attachment) -> str:
    """Keep one more page of the paper; what is said of it, empty if there is no paper or this is no page of one."""
    if draft.source != "paper" or sent.media_type not in TAKEN:
        return ""
    attachments.add(talk.db, draft, PAPER, sent, talk.sender, talk.now)
    return behalf_texts.PAGE_KEPT


def taken_back(talk: Talk, draft: Draft) -> None:
    """The unit's own officer goes on with what was entered for it: it is the unit's again, and only the unit's."""
    if not draft.source or draft.unit_id not in talk.units:
        return
    submissions.set_source(talk.db, draft.id, "")
    if draft.version or draft.editor_id in (None, talk.sender.id):
        return
    audit.record(talk.db, talk.by, "reclaim", "submission", draft.id, at=talk.now, unit_id=draft.unit_id,
                 old={"source": draft.source})  # fmt: skip
    form, name = contacts.address_of(talk.db, draft.editor_id)
    period = spelling.month(draft.period_key or "")
    words = texts.say(behalf_texts.TAKEN_BACK, form, name, unit=draft.unit_name, period=period)
    outbox.put(talk.db, draft.editor_id, Reply(words), key=f"{talk.key}.taken_back", due_at=talk.now)


def began_elsewhere(talk: Talk, draft: Draft) -> bool:
    """Whether a draft that is entered for a unit was taken over: then it is given back, and never thrown away."""
    return bool(draft.source) and audit.happened(talk.db, "take_over", "submission", draft.id)


def give_back(talk: Talk, draft: Draft) -> None:
    """Leave a draft that was taken over to its unit, as it stands now."""
    submissions.set_source(talk.db, draft.id, "", nobody=True)
    audit.record(talk.db, talk.by, "give_back", "submission", draft.id, at=talk.now, unit_id=draft.unit_id,
                 old={"source": draft.source})  # fmt: skip
