"""The check code of a receipt: of what is stored and a secret of the installation; nobody else can make one."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage import notes
from storage.database import insert_once
from storage.invitations import FIGURES, LETTERS
from storage.notes import NOTE

SECRET = "receipt_secret"  # noqa: S105 - the name of the note
PICTURE = "receipt"
"""Kind of the task that draws one."""
LENGTH = 8
KEPT = timedelta(days=2)
"""How long a picture lies on the disk: it is drawn anew when somebody wants it."""
_SIGNS = LETTERS + FIGURES


def ready(db: Connection) -> None:
    """There is a secret from now on; the first one stays for ever, since receipts are out that were made with it."""
    if not notes.get(db, SECRET):
        db.execute(insert_once(NOTE, db), {"name": SECRET, "value": secrets.token_hex(32)})


def check(db: Connection, code: str, version: int, at: datetime, values: Mapping[str, str]) -> str:
    """The check code of one version as ABCD-EFGH: of its code, number, time and values; empty without a secret."""
    secret = notes.get(db, SECRET)
    if not secret:
        return ""
    content = json.dumps([code, version, int(at.timestamp()), sorted(values.items())], ensure_ascii=False)
    number = int.from_bytes(hmac.digest(bytes.fromhex(secret), content.encode(), hashlib.sha256))
    signs = "".join(_SIGNS[number // len(_SIGNS) ** place % len(_SIGNS)] for place in range(LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def path(task_id: int) -> str:
    """Where a drawn picture lies, relative to the data directory."""
    return f"receipts/{task_id}.png"
