"""`congdoan webhook …` and `congdoan invite`: what the operator sees, what Telegram and the rows hold afterwards."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from bot import demo, doctor, invite_commands, people_commands, telegram_commands
from bot.doctor_findings import WRONG
from bot.settings import Settings
from bot.telegram_commands import CommandError
from storage import contacts, doors, invitations, joining, units, upgrade
from storage.database import open_database
from tests.fake_telegram import TOKEN, Telegram, running
from tests.process import free_port
from tests.serving import Serve

SECRET = "a-secret-of-the-webhook_0123456789"
HOOK = "https://congdoan.example.vn"
NOW = datetime.now(UTC)
CODE = r"[A-Z0-9]{4}-[A-Z0-9]{4}"
LAN = "Nguyễn Thị Lan"


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(waits=0.02)


@pytest.fixture
def settings(telegram: Telegram, tmp_path: Path) -> Iterator[Settings]:
    """Webhooks by the settings; Telegram knows of none yet."""
    with running(telegram) as base:
        yield settings_of(
            tmp_path,
            telegram_base_url=base,
            public_url=HOOK,
            telegram_webhook_secret=SECRET,
            telegram_token=TOKEN,
        )


def settings_of(folder: Path, **values: Any) -> Settings:
    return Settings(_env_file=None, data_dir=folder / "var", **values)


def changed(settings: Settings, **values: Any) -> Settings:
    kept = settings.model_dump() | values
    return Settings(_env_file=None, **kept)


# ── webhook ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_webhook_is_set_with_its_secret_and_what_waits_is_kept(
    settings: Settings, telegram: Telegram, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram.user(1, LAN)
    telegram.say(1, "báo cáo")
    telegram_commands.webhook_set(settings)
    assert telegram.webhook is not None
    assert (telegram.webhook.url, telegram.webhook.secret) == (f"{HOOK}/telegram/webhook", SECRET)
    assert telegram.pending() == 1
    said = capsys.readouterr().out
    assert f"{HOOK}/telegram/webhook" in said
    assert SECRET not in said


def test_what_telegram_knows_is_shown_and_compared_with_the_settings(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram_commands.webhook_show(settings)
    assert "✗ Đã đặt CONGDOAN_PUBLIC_URL nhưng Telegram chưa biết webhook" in capsys.readouterr().out
    telegram_commands.webhook_set(settings)
    capsys.readouterr()
    telegram_commands.webhook_show(settings)
    said = capsys.readouterr().out
    assert f"Webhook: {HOOK}/telegram/webhook\n" in said
    assert "Kết nối tối đa: 40\n" in said
    assert "Tin đang chờ ở Telegram: 0\n" in said
    assert "khớp với cấu hình" in said


def test_a_webhook_is_cleared_and_what_waits_is_kept(
    settings: Settings, telegram: Telegram, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram_commands.webhook_set(settings)
    telegram.user(1, LAN)
    telegram.say(1, "báo cáo")
    telegram_commands.webhook_clear(settings)
    assert telegram.webhook is None
    assert telegram.pending() == 1
    assert "CONGDOAN_PUBLIC_URL vẫn còn đặt" in capsys.readouterr().out
    telegram_commands.webhook_clear(changed(settings, public_url=""))
    assert "CONGDOAN_PUBLIC_URL" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"telegram_token": ""}, "Chưa đặt CONGDOAN_TELEGRAM_TOKEN"),
        ({"public_url": ""}, "Chưa đặt CONGDOAN_PUBLIC_URL"),
        ({"telegram_webhook_secret": ""}, "openssl rand -hex 32"),
        ({"telegram_webhook_secret": "ngắn"}, "openssl rand -hex 32"),
        ({"public_url": "ftp://congdoan.example.vn"}, "Telegram không làm được"),
        ({"telegram_token": TOKEN[:-1] + "x"}, "Unauthorized"),
    ],
)
def test_a_webhook_that_cannot_be_set_is_refused_in_one_sentence(
    settings: Settings, telegram: Telegram, values: dict[str, str], told: str
) -> None:
    with pytest.raises(CommandError, match=re.escape(told)) as refused:
        telegram_commands.webhook_set(changed(settings, **values))
    assert telegram.webhook is None
    assert "\n" not in str(refused.value)
    assert TOKEN[:-1] not in str(refused.value)


def test_without_a_network_the_operator_is_told_so(tmp_path: Path) -> None:
    nowhere = settings_of(
        tmp_path, telegram_token=TOKEN, telegram_base_url=f"http://127.0.0.1:{free_port()}/bot"
    )
    with pytest.raises(CommandError, match="congdoan doctor") as refused:
        telegram_commands.webhook_show(nowhere)
    assert TOKEN not in str(refused.value)


# ── invitations ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def installed(settings: Settings) -> Settings:
    """The sample organisation, as `serve --sample` loads it."""
    with closing(open_database(settings.url, settings.files)) as database:
        upgrade.upgrade(database)
        with database.begin() as db:
            demo.fill(db, NOW, "", months=0)
    return settings


def invited(
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    *unit: str,
    as_text: bool = False,
    renew: bool = False,
) -> list[str]:
    capsys.readouterr()
    invite_commands.invite(settings, *unit, as_text=as_text, renew=renew)
    return capsys.readouterr().out.splitlines()


def person_of(settings: Settings, code: str) -> str:
    """Who joins by a code; empty if it opens nothing."""
    with closing(open_database(settings.url, settings.files)) as database, database.begin() as db:
        contact = contacts.add(db, "telegram", code, NOW) or 0
        person = invitations.redeem(db, code, contact, datetime.now(UTC))
        if person is None:
            return ""
        joining.join(db, contact, person)
        return contacts.name_of(db, contact)


def test_each_person_of_a_unit_gets_a_line_with_a_link_and_a_code(
    installed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    head, lan, *others = invited(installed, capsys, "nb-hlu-01")
    assert re.split(r"  +", head) == ["Mã đơn vị", "Đơn vị", "Họ tên", "Vai trò", "Mã mời", "Liên kết"]
    unit, _, name, role, code, link = re.split(r"  +", lan)
    assert (unit, role) == ("NB-HLU-01", "Chủ tịch CĐCS")
    assert re.fullmatch(CODE, code)
    assert link == f"https://t.me/congdoan_bot?start={code}"
    assert lan.index(name) == head.index("Họ tên")
    assert person_of(installed, code) == name
    assert any("hết hạn lúc" in line for line in others)


def test_a_superior_and_all_units_below_it_are_invited_together(
    installed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    below = [line for line in invited(installed, capsys, "NB-HLU") if "https://" in line]
    everybody = [line for line in invited(installed, capsys, renew=True) if "https://" in line]
    assert {line.split("  ")[0] for line in below} > {"NB-HLU", "NB-HLU-01"}
    assert all(line.startswith("NB-HLU") for line in below)
    assert len(below) < len(everybody)


def test_a_second_run_leaves_the_codes_that_were_handed_out(
    installed: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = invited(installed, capsys, "NB-HLU-01")
    invite_commands.invite(installed, "NB-HLU-01")
    said = capsys.readouterr()
    assert invite_commands.NOBODY_NEW in said.out
    assert "2 người có mã còn hạn: giữ nguyên" in said.err
    others = invited(installed, capsys, "NB-HLU")
    assert [line for line in others if "https://" in line]
    assert not [line for line in others if "NB-HLU-01" in line]
    code = re.split(r"  +", before[1])[4]
    assert person_of(installed, code) == re.split(r"  +", before[1])[2]
    with pytest.raises(CommandError, match="Chưa cấp mã nào"):
        invite_commands.invite(installed, "NB-GDU-01", sheet=tmp_path / "nowhere" / "x.docx")
    assert [line for line in invited(installed, capsys, "NB-GDU-01") if "https://" in line]


def test_who_has_an_account_is_not_invited_and_renewed_codes_end(
    installed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = invited(installed, capsys, "NB-HLU-01")
    first, second = (re.split(r"  +", line)[4] for line in before[1:3])
    name = person_of(installed, first)
    again = invited(installed, capsys, "NB-HLU-01", renew=True)
    assert name not in "\n".join(again)
    assert second not in "\n".join(again)
    assert person_of(installed, second) == ""


def test_units_that_do_not_take_part_yet_are_passed_over_unless_named(
    installed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_database(installed.url, installed.files)) as database, database.begin() as db:
        its = units.UNIT.c.code == "NB-HLU-01"
        db.execute(units.UNIT.update().where(its).values(reports_from=units.NEVER))
    invite_commands.invite(installed, "NB-HLU")
    printed = capsys.readouterr()
    assert "NB-HLU-02" in printed.out
    assert "NB-HLU-01" not in printed.out
    assert "2 người chỉ thuộc đơn vị chưa báo cáo" in printed.err
    named = invited(installed, capsys, "NB-HLU-01")
    assert len([line for line in named if "https://" in line]) == 2


def test_words_to_paste_name_each_unit_once(installed: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    words = invited(installed, capsys, "NB-HLU-01", as_text=True)
    people = [line for line in words if line.startswith("- ")]
    assert len(people) == 2
    assert all(re.search(rf": https://t\.me/congdoan_bot\?start=({CODE}) mã \1$", line) for line in people)
    assert sum(line.startswith("CĐCS ") for line in words) == 1
    assert "tìm @congdoan_bot trên Telegram" in "\n".join(words)


def test_without_a_network_codes_are_printed_without_links(
    installed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    offline = changed(installed, telegram_base_url=f"http://127.0.0.1:{free_port()}/bot")
    invite_commands.invite(offline, "NB-HLU-01")
    said = capsys.readouterr()
    assert "không có liên kết" in said.err
    assert re.search(CODE, said.out)
    assert "t.me" not in said.out
    invite_commands.invite(offline, "NB-HLU-01", as_text=True, renew=True)
    assert "t.me" not in capsys.readouterr().out


def test_slips_to_print_are_written_to_a_file(
    installed: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "phieu-moi.docx"
    invite_commands.invite(installed, "NB-HLU-01", sheet=sheet)
    assert f"2 phiếu mời vào {sheet}" in capsys.readouterr().out
    cells = [
        cell.text for table in docx.Document(str(sheet)).tables for row in table.rows for cell in row.cells
    ]
    codes = re.findall(CODE, "\n".join(cells))
    assert len(codes) == 2
    assert person_of(installed, codes[0]) in "\n".join(cells)
    with pytest.raises(CommandError, match="Không ghi được"):
        invite_commands.invite(installed, "NB-HLU-01", sheet=tmp_path / "nowhere" / "x.docx", renew=True)


def test_the_board_prints_everybody_and_the_counts(
    installed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    code = re.split(r"  +", invited(installed, capsys, "NB-HLU-01")[1])[4]
    person_of(installed, code)
    people_commands.people(installed, "nb-hlu-01")
    head, first, second, *counts = capsys.readouterr().out.splitlines()
    assert re.split(r"  +", head)[4:] == ["Tình trạng", "Kênh", "Mã hết hạn"]
    assert "Đã vào, chưa bấm Đồng ý" in first
    assert "Đã mời, chưa vào" in second
    assert "2 người có chức trách." in counts
    with pytest.raises(CommandError, match="Không có đơn vị nào mang mã NB-XYZ"):
        people_commands.people(installed, "NB-XYZ")


def test_the_links_of_the_last_start_are_printed_without_a_network(
    installed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_database(installed.url, installed.files)) as database, database.begin() as db:
        doors.keep(db, doors.Door("telegram", "@congdoan_bot", "https://t.me/congdoan_bot?start="))
    offline = changed(installed, telegram_base_url=f"http://127.0.0.1:{free_port()}/bot")
    invite_commands.invite(offline, "NB-HLU-01")
    said = capsys.readouterr()
    assert said.err == ""
    assert re.search(rf"https://t\.me/congdoan_bot\?start={CODE}", said.out)


def test_without_a_database_a_unit_or_anybody_to_invite_it_says_so(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="Hãy chạy congdoan serve trước"):
        invite_commands.invite(settings)
    assert not settings.data_dir.exists()
    with closing(open_database(settings.url, settings.files)) as database:
        upgrade.upgrade(database)
        with pytest.raises(CommandError, match="congdoan roster template, rồi congdoan roster import"):
            invite_commands.invite(settings)
        with database.begin() as db:
            demo.fill(db, NOW, "telegram", 2, months=0)
    with pytest.raises(CommandError, match="Không có đơn vị nào mang mã NB-XYZ"):
        invite_commands.invite(settings, "NB-XYZ")
    assert invited(settings, capsys) == [invite_commands.EVERYBODY]


def test_a_printed_link_brings_its_person_in_while_the_program_serves(
    telegram: Telegram, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(telegram) as base:
        served = Serve(tmp_path / "var", base, base.base_file_url, arguments=("--sample",))
        served.data.mkdir()
        served.start()
        try:
            settings = settings_of(tmp_path, telegram_token=TOKEN, telegram_base_url=base)
            line = next(line for line in invited(settings, capsys, "NB-HLU-01") if "https://" in line)
            _, unit, name, *_, link = re.split(r"  +", line)
            telegram.user(7, "Lan", started=True)
            telegram.start(7, link.partition("?start=")[2])
            said = heard(telegram, 7)
            with closing(open_database(settings.url, settings.files)) as database, database.read() as db:
                door = doors.first(db)
            findings = doctor.examine(settings)
            status, figures = served.get("/metrics")
        finally:
            assert served.stop() == 0
    assert name in said
    assert unit in said
    assert door == doors.Door("telegram", "@congdoan_bot", "https://t.me/congdoan_bot?start=")
    assert [finding.words for finding in findings if finding.mark == WRONG] == []
    assert status == 200
    assert 'congdoan_received_messages_total{channel="telegram"} 1.0' in figures


def heard(telegram: Telegram, user: int, seconds: float = 20.0) -> str:
    """What the bot says to somebody, as soon as it says something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        said = [message.text for message in telegram.messages(user) if message.mine]
        if said:
            return "\n".join(said)
        time.sleep(0.02)
    raise AssertionError("the bot says nothing")
