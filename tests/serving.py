"""`congdoan serve` as a process against the fake Telegram, with officers whose accounts are joined already."""

from __future__ import annotations

import http.client
import signal
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from bot import demo
from handlers import publishing
from storage import contacts, forms, units, upgrade
from storage.database import Database, open_database, table_of
from storage.models import Contact
from tests.fake_telegram.state import TOKEN
from tests.process import Program

SECRET = "a-secret-of-the-webhook_0123456789"
FIRST_USER = 1001
QUESTIONS = 20
FAST = {"CONGDOAN_TELEGRAM_PER_SECOND": "2000", "CONGDOAN_TELEGRAM_CHAT_SECONDS": "0"}
"""No pace: for tests about other things, against a fake that sets no limits."""


def fill(url: str, files: Path, wanted: int | None = None) -> dict[int, str]:
    """The sample organisation without accounts, then one Telegram account per reporting unit: user id → unit code."""
    database = open_database(url, files)
    upgrade.upgrade(database)
    now = datetime.now(UTC)
    with database.begin() as db:
        demo.fill(db, now, "", wanted, months=0)
        officers = db.execute(
            select(units.ASSIGNMENT.c.person_id, units.UNIT.c.code)
            .join(units.UNIT, units.UNIT.c.id == units.ASSIGNMENT.c.unit_id)
            .where(units.ASSIGNMENT.c.role == "chu_tich_cdcs")
            .order_by(units.ASSIGNMENT.c.id)
        ).all()
        accounts = {FIRST_USER + number: row for number, row in enumerate(officers)}
        for user, row in accounts.items():
            join(db, user, row.person_id, now)
    database.close()
    return {user: str(row.code) for user, row in accounts.items()}


def publish_twenty_questions(url: str) -> None:
    """Put a monthly report of twenty whole numbers in force."""
    rows = "".join(f"| | integer | so_{n} | Nhập một số. | yes |\n" for n in range(QUESTIONS))
    source = (
        "| survey |\n| | type | name | label | required |\n" + rows
        + "\n| settings |\n| | form_title | form_id | version |\n| | Hai mươi câu | bc_thang | 2 |\n"
    )  # fmt: skip
    xml = publishing.convert(source.encode(), ".md").xml
    database = open_database(url)
    with database.begin() as db:
        forms.publish(db, "bc_thang", "Hai mươi câu", xml, datetime.now(UTC), "twenty questions")
    database.close()


def join(db: Connection, user: int, person_id: int, now: datetime) -> None:
    """A person who has joined with this Telegram account, and agreed."""
    contacts.add(db, "telegram", str(user), now, person_id=person_id)
    table = table_of(Contact)
    agreed = {"consent_version": "1", "consented_at": now}
    db.execute(table.update().where(table.c.address == str(user)).values(agreed))


@dataclass
class Serve(Program):
    """`congdoan serve` on a data directory; `webhook` is on when it has a public URL."""

    command = "serve"
    base_url: str = ""
    file_base_url: str = ""
    database_url: str = ""
    webhook: bool = False
    settings: dict[str, str] = field(default_factory=lambda: dict(FAST))

    @property
    def url(self) -> str:
        """The database."""
        return self.database_url or f"sqlite:///{self.data / 'congdoan.db'}"

    @property
    def hook(self) -> str:
        """Where Telegram delivers."""
        return f"http://127.0.0.1:{self.port}/telegram/webhook"

    def database(self) -> Database:
        """The program's database, for a look inside."""
        return open_database(self.url, self.data / "files")

    def environment(self) -> dict[str, str]:
        """What the program is told."""
        told = {
            "CONGDOAN_TELEGRAM_TOKEN": TOKEN, "CONGDOAN_TELEGRAM_BASE_URL": self.base_url,
            "CONGDOAN_TELEGRAM_FILE_BASE_URL": self.file_base_url, "CONGDOAN_DATABASE_URL": self.database_url,
        }  # fmt: skip
        if self.webhook:
            told |= {"CONGDOAN_PUBLIC_URL": self.hook.removesuffix("/telegram/webhook"),
                     "CONGDOAN_TELEGRAM_WEBHOOK_SECRET": SECRET}  # fmt: skip
        return super().environment() | told | self.settings

    def is_ready(self) -> bool:
        """The jobs have caught up, and the database answers."""
        return self.get("/readyz")[0] == 200

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Stop as a service manager does; the exit code."""
        return super().stop(how)

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of an endpoint."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()
