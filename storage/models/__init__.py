"""The tables, in the order in which a message meets them: people, organisation, forms, answers, sending.

Times are aware and stored in UTC; dates are dates of Asia/Ho_Chi_Minh.  Statements on the answer path
use these tables through SQLAlchemy Core; the classes serve reading and administration.
"""

from __future__ import annotations

from storage.models.answers import (
    Answer,
    Attachment,
    Counter,
    Figure,
    Initiative,
    Petition,
    Submission,
    SubmissionVersion,
)
from storage.models.forms import CalendarDay, Duty, FormVersion, Period
from storage.models.organisation import Assignment, OpeningFigure, Unit, UnitParent, UnitSuccession
from storage.models.people import Contact, Conversation, Invitation, JoiningAttempt, Person, Receipt
from storage.models.sending import Note, Outgoing, Reminder

__all__ = [
    "Answer",
    "Assignment",
    "Attachment",
    "CalendarDay",
    "Contact",
    "Conversation",
    "Counter",
    "Duty",
    "Figure",
    "FormVersion",
    "Initiative",
    "Invitation",
    "JoiningAttempt",
    "Note",
    "OpeningFigure",
    "Outgoing",
    "Period",
    "Person",
    "Petition",
    "Receipt",
    "Reminder",
    "Submission",
    "SubmissionVersion",
    "Unit",
    "UnitParent",
    "UnitSuccession",
]
