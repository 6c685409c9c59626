"""`congdoan roster …` as an operator types it."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handlers import roster_texts as texts
from handlers import roster_words
from handlers.documents import roster_writing
from handlers.roster_layout import sheets
from storage.database import lock_writer, open_database
from storage.roster import standing
from tests.process import ROOT
from tests.rosters import MAY, NOW, PEOPLE, UNITS, form
from tests.test_command_line import run


def write(file, units=UNITS, people=PEOPLE):
    file.write_bytes(roster_writing.template(sheets(form(), NOW.date()), {"units": units, "people": people}))
    return str(file)


@pytest.fixture
def roster(tmp_path):
    return write(tmp_path / "danh sách.xlsx")


def held(data):
    database = open_database(f"sqlite:///{data}/congdoan.db")
    with database.read() as db:
        found = standing(db)
    database.close()
    return found


def test_from_an_empty_installation_to_units_and_people(tmp_path, roster):
    data = tmp_path / "data"
    template = tmp_path / "mau.xlsx"
    said = run(data, "roster", "template", str(template))
    assert (said.returncode, said.stdout) == (0, f"Đã ghi mẫu: {template}\n"), said.stderr
    assert load_workbook(template).sheetnames[1:] == ["Đơn vị", "Cán bộ", "Biến động"]

    looked = run(data, "roster", "import", roster)
    assert looked.returncode == 0, looked.stderr
    assert looked.stdout.splitlines()[0] == (
        "Sẽ thay đổi: 3 đơn vị mới, 1 số liệu đầu kỳ, 2 cán bộ mới, 2 chức trách mới."
    )
    assert "  NB-HLU-01: Đoàn viên (đầu kỳ): 125\n" in looked.stdout
    assert "  Trần Thị Lan: Người nhập báo cáo tại NB-HLU-01 từ 01/" in looked.stdout
    assert looked.stdout.endswith("Chưa ghi gì; thêm --apply để ghi.\n")
    assert looked.stderr == "", "no bar where nobody watches"
    assert held(data).units == {}

    wrote = run(data, "roster", "import", roster, "--apply")
    assert wrote.stdout.startswith("Đã ghi: 3 đơn vị mới"), wrote.stderr
    assert len(held(data).units) == 3
    again = run(data, "roster", "import", roster, "--apply")
    assert again.stdout == "Không có gì khác với hệ thống nên không có gì để ghi.\n"

    current = tmp_path / "hien-co.xlsx"
    run(data, "roster", "template", str(current), "--current")
    back = run(data, "roster", "import", str(current), "--apply")
    assert back.stdout == again.stdout


def test_the_first_changes_are_named_and_all_of_them_on_demand(tmp_path):
    many = [MAY | {"code": f"NB-HLU-{number}", "name": f"CĐCS số {number}"} for number in range(100, 140)]
    file = write(tmp_path / "nhiều.xlsx", [*UNITS, *many])
    looked = run(tmp_path / "data", "roster", "import", file).stdout
    assert looked.count("\n  ") == 20 + 1
    assert " thay đổi nữa.\n" in looked
    assert "Thêm `--all` để in mọi thay đổi.\n" in looked
    every = run(tmp_path / "data", "roster", "import", file, "--all").stdout
    assert "thay đổi nữa" not in every
    assert every.count("\n  ") > 60


def test_only_the_account_that_runs_it_reads_what_is_written(tmp_path):
    file = tmp_path / "hien-co.xlsx"
    assert run(tmp_path / "data", "roster", "template", str(file), "--current").returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data" / "congdoan.db").stat().st_mode) == 0o600


def test_a_workbook_that_somebody_fills_in_is_not_written_over(tmp_path, roster):
    before = Path(roster).read_bytes()
    said = run(tmp_path / "data", "roster", "template", roster)
    assert (said.returncode, said.stderr) == (
        1,
        f"Tệp {roster} đã có; {texts.FILE_IS_THERE.partition('; ')[2]}\n",
    )
    assert Path(roster).read_bytes() == before
    wrong = write(tmp_path / "sai.xlsx", [MAY | {"parent": "NB-0"}])
    for sent, name in (
        (wrong, "sai-loi.xlsx"),
        (wrong, "sai-loi-2.xlsx"),
        (tmp_path / "sai-loi.xlsx", "sai-loi-3.xlsx"),
    ):
        assert run(tmp_path / "data", "roster", "import", str(sent)).stderr.endswith(f"{tmp_path / name}\n")


@pytest.mark.parametrize(
    "name", ["ds.xlsx", "ds-loi.xlsx", "ds-loi-2.xlsx", "ds-loi (1).xlsx", "ds-loi-loi.xlsx"]
)
def test_a_workbook_that_came_back_is_called_as_before(name):
    assert roster_words.stem(name) == "ds"


def test_a_place_where_nothing_can_be_written_gets_one_sentence(tmp_path):
    said = run(tmp_path / "data", "roster", "template", str(tmp_path / "none" / "x.xlsx"))
    assert (said.returncode, len(said.stderr.splitlines())) == (2, 1)
    assert "none/x.xlsx" in said.stderr


def test_mistakes_come_back_as_the_same_workbook(tmp_path):
    data = tmp_path / "data"
    file = write(tmp_path / "sai.xlsx", [*UNITS, MAY | {"code": "Y", "parent": "NB-0"}])
    for arguments, place in (
        ((), "sai-loi.xlsx"),
        (("--apply", "--out", str(tmp_path / "x.xlsx")), "x.xlsx"),
    ):
        said = run(data, "roster", "import", file, *arguments)
        assert said.returncode == 1
        assert said.stdout == ""
        assert said.stderr.splitlines() == [
            "Tệp còn 1 chỗ cần sửa nên chưa ghi gì.",
            "  Đơn vị, dòng 5: Không có đơn vị nào mang mã cấp trên NB-0; hãy sửa mã, hoặc thêm dòng cho đơn vị đó.",
            f"Tệp có cột “Cần sửa”: {tmp_path / place}",
        ]
        page = load_workbook(io.BytesIO((tmp_path / place).read_bytes()))["Đơn vị"]
        assert "NB-0" in page["A5"].value
    assert held(data).units == {}


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "khong-co.xlsx"), (b"xin chao", "không phải là tệp Excel"), (b"", "không phải")],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(tmp_path, content, told):
    file = tmp_path / "khong-co.xlsx"
    if content is not None:
        file.write_bytes(content)
    said = run(tmp_path / "data", "roster", "import", str(file))
    assert said.returncode == 1
    assert told in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_it_may_be_run_while_the_program_serves(tmp_path, roster):
    """On both databases the command is a second process beside the one that holds the writer's lock."""
    data = tmp_path / "data"
    run(data, "db", "upgrade")
    database = open_database(f"sqlite:///{data}/congdoan.db")
    with lock_writer(database):
        said = run(data, "roster", "import", roster, "--apply")
    database.close()
    assert said.returncode == 0, said.stderr
    assert len(held(data).people) == 2


def test_it_works_on_postgresql_while_another_process_serves(tmp_path, roster, postgresql_url):
    database = open_database(postgresql_url)
    with database.begin() as db:
        db.exec_driver_sql("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)")
        db.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest_version()}')")
    with lock_writer(database):
        said = run(
            tmp_path / "data", "roster", "import", roster, "--apply", CONGDOAN_DATABASE_URL=postgresql_url
        )
    with database.begin() as db:
        db.exec_driver_sql("DROP TABLE alembic_version")
    database.close()
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("Đã ghi: 3 đơn vị mới")


def newest_version():
    """Of the tables, as alembic counts."""
    return max(file.name[:4] for file in (ROOT / "storage/migrations/versions").glob("0*.py"))


def test_the_bar_moves_on_a_terminal(tmp_path, monkeypatch, capsys):
    from bot import roster_commands

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with roster_commands._bar("Đọc tệp") as advance:
        for done in range(0, 5000, 100):
            advance(done, 5000)
    assert "Đọc tệp" in capsys.readouterr().err
