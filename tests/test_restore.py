"""The machine is lost: `backup`, `kill -9`, an empty folder, `restore`, and the officers go on; as processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import open_database
from tests.fake_telegram import Address, Telegram
from tests.process import ROOT
from tests.serving import FIRST_USER, Serve, fill

LAN, HAI = FIRST_USER, FIRST_USER + 1
PATIENCE = 30.0


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(waits=0.02)


class Chat:
    """One officer's side of the conversation."""

    def __init__(self, telegram: Telegram, user: int) -> None:
        self.telegram, self.user = telegram, user
        telegram.user(user, f"Cán bộ {user}")

    @property
    def heard(self) -> list[str]:
        """What the bot has said here."""
        return [message.text for message in self.telegram.messages(self.user) if message.mine]

    def say(self, words: str) -> str:
        """Say something; what the bot says to it."""
        before = len(self.heard)
        self.telegram.say(self.user, words)
        until = time.monotonic() + PATIENCE
        while len(self.heard) == before:
            assert time.monotonic() < until, f"no answer to {words!r}"
            time.sleep(0.02)
        return self.heard[-1]


def congdoan(served: Serve, *order: str) -> subprocess.CompletedProcess[str]:
    """Another command on the same installation."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *order],
        cwd=ROOT, env=served.environment(), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize(
    "moves", [False, pytest.param(True, marks=pytest.mark.long)], ids=["same database", "other database"]
)
def test_officers_go_on_where_the_backup_was_taken(
    empty_url: str, other_empty_url: str, tmp_path: Path, telegram: Telegram, base: Address, moves: bool
) -> None:
    served = Serve(tmp_path / "var", base, base.base_file_url, empty_url)
    fill(empty_url, served.data / "files", 4)
    (served.data / "files" / "received").mkdir(parents=True)
    (served.data / "files" / "received" / "a.jpg").write_bytes(b"\xff\xd8")
    lan, hai = Chat(telegram, LAN), Chat(telegram, HAI)
    served.start()
    asked = [lan.say("/baocao"), lan.say("không phát sinh")]
    hai.say("/baocao")
    saved = congdoan(served, "backup", "--out", str(tmp_path / "elsewhere" / "b.tar.gz"))
    assert saved.returncode == 0, saved.stderr
    lost = lan.say("như cũ")
    assert congdoan(served, "restore", str(tmp_path / "elsewhere" / "b.tar.gz")).returncode == 2, (
        "it is running"
    )
    served.kill()

    wipe(served, empty_url)
    again = Serve(tmp_path / "var", base, base.base_file_url, other_empty_url if moves else empty_url)
    said = congdoan(again, "restore", str(tmp_path / "elsewhere" / "b.tar.gz"))
    assert said.returncode == 0, said.stdout + said.stderr
    assert "đã mất" in said.stdout
    assert (again.data / "files" / "received" / "a.jpg").read_bytes() == b"\xff\xd8"
    heard = len(lan.heard), len(hai.heard)
    again.start()
    time.sleep(1.5)
    assert (len(lan.heard), len(hai.heard)) == heard, "nothing is said twice, nobody is answered again"
    assert lan.say("như cũ") == lost, f"the question after {asked[-1]!r}"
    assert "Câu 2/" in hai.say("không phát sinh")
    assert again.stop() == 0
    with closing(again.database()) as database, database.read() as db:
        assert db.scalar(text("SELECT count(*) FROM submission WHERE state = 'draft'")) == 2


def wipe(served: Serve, url: str) -> None:
    """A new machine: no folder, no tables."""
    shutil.rmtree(served.data)
    with closing(open_database(url)) as database:
        if database.url.get_backend_name() == "postgresql":
            with database.begin() as db:
                db.execute(text("DROP SCHEMA public CASCADE"))
                db.execute(text("CREATE SCHEMA public"))
            return
        file = Path(database.url.database or "")
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()
