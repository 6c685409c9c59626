"""What the program says of itself: one line an event, for people or for collectors, and never a secret (promise 10)."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Sequence
from types import TracebackType

NOISY = ("apscheduler", "uvicorn", "alembic", "httpx", "httpcore", "telegram")
TOKEN = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{30,}")
"""The shape of a Telegram token, also right after the "bot" of an address."""


class Redactor:
    """Takes secrets out of a text: those that we know, and whatever looks like a token."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        self.secrets = [secret for secret in secrets if secret]

    def __call__(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, "[secret]")
        return TOKEN.sub("[token]", text)


class Lines(logging.Formatter):
    """A line for people, with its traceback."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self.redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self.redact(super().format(record))


class JsonLines(Lines):
    """One JSON object a line, for collectors."""

    def format(self, record: logging.LogRecord) -> str:
        said = {"at": self.formatTime(record), "level": record.levelname, "logger": record.name}
        trace = {"trace": self.formatException(record.exc_info)} if record.exc_info else {}
        whole = said | {"message": record.getMessage()} | trace
        return self.redact(json.dumps(whole, ensure_ascii=False))


def start(form: str, secrets: Sequence[str] = ()) -> None:
    """Log to stderr from now on; an error that ends the program is printed without its secrets, too."""
    redact = Redactor(secrets)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(redact) if form == "json" else Lines(redact))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)

    def last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(redact("".join(traceback.format_exception(kind, error, trace))))

    sys.excepthook = last_words
