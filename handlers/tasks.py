"""What takes longer than a turn may: done outside of the writer, its result is sent as a message."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from handlers import human_files, inviting_files, privacy_export, receipt, roster_tasks, texts
from storage import contacts, invitations, outbox, tasks
from storage.database import Database
from storage.messages import Reply
from storage.tasks import Task

log = logging.getLogger(__name__)

Work = Callable[[Database, Task, datetime], list[Reply]]
"""Does the work in short transactions of its own and says what came of it; it may be done again after a crash."""

TASKS: dict[str, Work] = {
    privacy_export.KIND: privacy_export.run,
    roster_tasks.CHECK: roster_tasks.check,
    roster_tasks.WRITE: roster_tasks.write,
    roster_tasks.TEMPLATE: roster_tasks.template,
    invitations.TASK: inviting_files.work,
    receipt.KIND: receipt.run,
    human_files.KIND: human_files.pass_on,
}
"""Kind of a task → what does it."""


def run_next(database: Database, now: datetime) -> bool:
    """Do the oldest piece of work that is ready; False if there is none."""
    with database.read() as db:
        task = tasks.next_of(db)
    if task is None:
        return False
    try:
        replies, state = TASKS[task.kind](database, task, now), "done"
    except Exception:
        log.exception("task %s (%s) failed", task.id, task.kind)
        replies, state = [_sorry(database, task)], "failed"
    with database.begin() as db:
        if tasks.finish(db, task.id, now, state):
            for number, reply in enumerate(replies):
                outbox.put(db, task.contact_id, reply, key=f"task{task.id}.{number}", due_at=now)
    return True


def _sorry(database: Database, task: Task) -> Reply:
    with database.read() as db:
        form, name = contacts.address_of(db, task.contact_id)
    return Reply(texts.say(texts.TASK_FAILED, form, name, reference=f"T{task.id}"))
