"""What the program says of itself never holds a secret: in lines, in JSON, in tracebacks, in its last words."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from bot import logs
from storage.database import Database
from tests.process import ROOT

TOKEN = "7012345678:" + "AAFake" * 6
SECRET = "a secret that has no shape of its own"
FORMS = {"text": logs.Lines, "json": logs.JsonLines}


def line(form: str, words: str, *values: object, error: BaseException | None = None) -> str:
    """A line of the log, made without a logger: pytest would hear it, too."""
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, words, values, trace)
    return FORMS[form](logs.Redactor([SECRET])).format(record)


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_in_a_message_or_a_traceback_is_taken_out(form: str) -> None:
    error = ValueError(f"GET https://api.telegram.org/bot{TOKEN}/getMe")
    text = line(form, "asking with %s", SECRET, error=error)
    assert "asking with" in text
    assert "ValueError" in text
    assert TOKEN not in text
    assert SECRET not in text


def test_collectors_get_one_object_a_line() -> None:
    text = line("json", "hai dòng\nmột sự kiện")
    assert "\n" not in text
    assert json.loads(text)["message"] == "hai dòng\nmột sự kiện"


def test_the_words_with_which_a_program_ends_hold_no_secret() -> None:
    program = f"from bot import logs; logs.start('text', [{SECRET!r}]); int('bot{TOKEN} {SECRET}')"
    ran = subprocess.run(
        [sys.executable, "-"], input=program, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "ValueError" in ran.stderr
    assert TOKEN not in ran.stderr
    assert SECRET not in ran.stderr


def test_an_error_of_the_database_does_not_show_what_somebody_wrote(sqlite_database: Database) -> None:
    with pytest.raises(Exception, match="parameters hidden") as caught, sqlite_database.begin() as db:
        db.exec_driver_sql("INSERT INTO note (name, value) VALUES (?, ?)", ("điều riêng tư", None))
    assert "riêng tư" not in str(caught.value)
