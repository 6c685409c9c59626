"""What every installation needs before its first message: the shipped questionnaires and the monthly duty."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import Connection, select

from handlers import questionnaires, report_context
from storage import forms
from storage.calendar import TZ
from storage.database import table_of
from storage.models import Duty

FORMS = Path(__file__).parent.parent / "forms" / "compiled"
DUTY = table_of(Duty)


def prepare(db: Connection, now: datetime) -> None:
    """Give an empty installation its forms and its duty; what an office has changed since stays as it is."""
    publish_forms(db, now)
    if db.scalar(select(DUTY.c.form_code).limit(1)) is None:
        begin_duty(db, now.astimezone(TZ).date().replace(day=1))


def publish_forms(db: Connection, at: datetime) -> None:
    """Put those shipped questionnaires in force that have no version yet."""
    for path in sorted(FORMS.glob("*.xml")):
        xml = path.read_text(encoding="utf-8")
        form = questionnaires.compiled(xml)
        if forms.newest(db, form.code) is None:
            forms.publish(db, form.code, form.title, xml, at, path.name)


def begin_duty(db: Connection, since: date) -> None:
    """The monthly report: due on the 20th, locked on the 25th at 17:00 (DOMAIN 7)."""
    row = {"form_code": report_context.FORM, "valid_from": since, "frequency": "month",
           "unit_kinds": "cdcs nghiep_doan", "due_day": 20, "roll": "previous", "lock_day": 25,
           "lock_time": time(17, 0)}  # fmt: skip
    db.execute(DUTY.insert(), row)
