"""The tables, in the order in which a message meets them: people, organisation, forms, answers, work, sending.

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
from storage.models.organisation import (
    Assignment,
    OpeningFigure,
    Unit,
    UnitName,
    UnitParent,
    UnitSuccession,
)
from storage.models.people import (
    Consent,
    Contact,
    Conversation,
    Invitation,
    JoiningAttempt,
    Person,
    Receipt,
)
from storage.models.sending import Note, Outgoing, Reminder
from storage.models.work import Change, DataRequest, HelpMessage, HelpRequest, Task

__all__ = [
    "Answer",
    "Assignment",
    "Attachment",
    "CalendarDay",
    "Change",
    "Consent",
    "Contact",
    "Conversation",
    "Counter",
    "DataRequest",
    "Duty",
    "Figure",
    "FormVersion",
    "HelpMessage",
    "HelpRequest",
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
    "Task",
    "Unit",
    "UnitName",
    "UnitParent",
    "UnitSuccession",
]
