"""An administrator sends a roster in chat, hears what it would change, and says that it be written."""

from __future__ import annotations

from handlers import roster_texts as texts
from handlers.engine import commands, vietnamese
from handlers.engine.commands import Command
from handlers.roster_tasks import CHECK, TEMPLATE, WRITE
from handlers.talk import Talk, row_number
from storage import tasks
from storage.conversations import Errand
from storage.messages import Attachment, Reply

ERRAND = "roster"
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
"""What somebody means as a list; all but the first are refused with how to save them."""
GO_ON = ("ghi", "1", "ghi di", "ghi luon")


def sent(talk: Talk) -> Attachment | None:
    """The workbook of somebody who may change the roster."""
    files = [file for file in talk.incoming.attachments if file.name.lower().endswith(SUFFIXES)]
    return files[0] if files and talk.may("roster") else None


def take(talk: Talk, file: Attachment) -> list[Reply]:
    """Have a workbook looked at; the next word may be that it be written."""
    task = tasks.put(talk.db, CHECK, talk.sender, talk.now, file=file)
    talk.state.errand = Errand(ERRAND, {"task": task})
    return [talk.say(texts.TAKEN, name=file.name)]


def template(talk: Talk, _: Command) -> list[Reply]:
    """DANHSACH: what is there, as a workbook to edit and to send back."""
    tasks.put(talk.db, TEMPLATE, talk.sender, talk.now)
    return [talk.say(texts.PREPARING)]


def write(talk: Talk, command: Command) -> list[Reply]:
    """The button below what a roster would change, or the same in words: then the newest one is meant."""
    number = row_number(command.text)
    if not command.text:
        number = tasks.newest(talk.db, CHECK, talk.sender.id) or 0
    checked = tasks.of(talk.db, number, talk.sender.id) if number else None
    if checked is None or checked.kind != CHECK:
        return [talk.say(texts.NO_FILE_YET)]
    tasks.put(talk.db, WRITE, talk.sender, talk.now, {"path": checked.path, "name": checked.name})
    return [talk.say(texts.IS_WRITING, name=checked.name)]


def go_on(talk: Talk, errand: Errand) -> list[Reply] | None:
    """The word after the file."""
    words = talk.incoming.text
    if talk.incoming.attachments or not (commands.is_yes(words) or vietnamese.fold(words).strip() in GO_ON):
        return None
    if not talk.may("roster_apply"):
        return [talk.say(texts.NOT_ANY_MORE)]
    return write(talk, Command("roster_apply", text=str(errand.about["task"])))
