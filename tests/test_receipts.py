"""A receipt's picture is small, names nobody and is sent once; its check code tells an altered or an older one."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete, func, select, update

from bot.settings import Settings
from bot.telegram_commands import CommandError
from bot.verify_commands import verify
from handlers import receipt, tasks
from handlers.documents import receipt_picture
from handlers.engine import commands
from handlers.sheet import Sheet
from storage import history, outbox, retention
from storage import tasks as queue
from storage.answers import ANSWER
from storage.contacts import PERSON
from storage.database import Database, open_database
from storage.messages import MAX_TEXT, Reply
from storage.receipts import KEPT
from storage.submissions import SUBMISSION, Draft
from storage.tasks import TASK
from storage.units import ASSIGNMENT
from tests.player import CODE
from tests.switchboard import LIEU, NOW, OFFICE, OTHER_SUPERIOR, SUPERIOR, TEACHER, Switchboard

REPORT = (
    "báo cáo",
    "không phát sinh",
    "như cũ",
    "2",
    "3",
    "tốt",
    "Anh Trần Văn Bình đạt giải",
    "xong",
    "gửi",
)
LONG = "Lượt người được thăm hỏi, hỗ trợ"
WIDEST = Sheet(
    "12/2026", "Nghiệp đoàn cơ sở Giáo viên mầm non ngoài công lập xã Quỹ Nhất và các xã lân cận " * 2,
    "BC-202612-00017", "Bản sửa lần 12", "08:30 ngày 10/12/2026", "Người nhập báo cáo",
    tuple((LONG, f"{n}.234.567.000 đồng") for n in range(20)), rest=True, check="K7M4-9PHX",
)  # fmt: skip
QUIET = Sheet("11/2026", "CĐCS X", "BC-202611-00001", "Bản nộp đầu", "", "", (("Nội dung", "Không phát sinh"),),
              rest=True, check="CFGH-2346")  # fmt: skip


@pytest.fixture
def desk(database: Database) -> Switchboard:
    """A report that is in; its picture is drawn."""
    desk = Switchboard(database)
    desk.says(LIEU, *REPORT)
    draw(desk)
    return desk


def draw(desk: Switchboard) -> None:
    while tasks.run_next(desk.database, desk.now):
        pass


def pictures(desk: Switchboard) -> list[Reply]:
    return [reply for reply in desk.told(LIEU) if any(file.kind == "photo" for file in reply.attachments)]


def check_code(desk: Switchboard) -> str:
    return CODE.findall(pictures(desk)[-1].text)[0]


def draft(desk: Switchboard) -> Draft:
    with desk.database.read() as db:
        found = history.by_code(db, "BC-202609-00001")
    assert found is not None
    return found


def count(desk: Switchboard, table: object) -> int:
    with desk.database.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


# ── the picture ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sheet", [WIDEST, QUIET], ids=["widest", "quiet"])
def test_a_picture_is_as_wide_as_a_phone_and_small(sheet: Sheet) -> None:
    body = receipt_picture.draw(sheet)
    image = Image.open(io.BytesIO(body))
    assert (image.format, image.width) == ("PNG", 1080)
    assert image.height < 2200
    assert len(body) < 80_000


def test_a_usual_picture_has_less_than_60_kilobytes() -> None:
    rows = tuple((f"Lượt người được thăm, hỗ trợ {n}", f"{n}.234.567 đồng") for n in range(12))
    sheet = Sheet("12/2026", "CĐCS Công ty TNHH May Thêu Sao Khuê", "BC-202612-00017", "Bản sửa lần 1",
                  "08:30 ngày 10/12/2026", "Chủ tịch CĐCS", rows, rest=True, check="K7M4-9PHX")  # fmt: skip
    assert len(receipt_picture.draw(sheet)) < 60_000


def test_the_typeface_has_every_letter() -> None:
    """A letter that is missing is drawn as the same empty box as any other missing one."""
    font = receipt_picture.font(40)
    box = font.getmask("\U0010fffd").getbbox(), bytes(font.getmask("\U0010fffd"))
    for letter in "ăâđêôơưắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵ→–ĂÂĐÊÔƠƯ":
        assert (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) != box, letter


def test_a_receipt_names_nobody(desk: Switchboard) -> None:
    """Neither the sender, nor whom prose speaks of: it is passed on."""
    with desk.database.read() as db:
        sheet = receipt.sheet_of(db, draft(desk), 1)
        names = set(db.scalars(select(PERSON.c.name)))
    written = repr(sheet)
    assert "Bình" not in written
    assert not [name for name in names if name in written]
    assert sheet.by in ("Chủ tịch CĐCS", "Người nhập báo cáo")
    assert ("Nội dung", "Không phát sinh") in sheet.rows


def test_who_has_left_was_an_officer_all_the_same(desk: Switchboard) -> None:
    with desk.database.begin() as db:
        db.execute(delete(ASSIGNMENT).where(ASSIGNMENT.c.person_id == desk.person(LIEU)))
        assert receipt.sheet_of(db, draft(desk), 1).by == "Cán bộ công đoàn của đơn vị"


def test_the_text_does_not_wait_for_the_picture(sqlite_database: Database) -> None:
    desk = Switchboard(sqlite_database)
    assert "Đã nhận báo cáo" in desk.says(LIEU, *REPORT).text
    assert pictures(desk) == []
    draw(desk)
    [said] = pictures(desk)
    file = desk.database.files / said.attachments[0].path
    assert Image.open(io.BytesIO(file.read_bytes())).width == 1080
    assert "BC-202609-00001" in said.text


def test_a_picture_that_is_drawn_twice_is_sent_once(desk: Switchboard) -> None:
    """The process dies between the drawing and the note that it is done."""
    with desk.database.begin() as db:
        task = db.scalar(select(TASK.c.id).where(TASK.c.kind == receipt.KIND))
        db.execute(update(TASK).values(state="queued"))
    draw(desk)
    assert len(pictures(desk)) == 1
    with desk.database.read() as db:
        keys = select(outbox.OUTGOING.c.key).where(outbox.OUTGOING.c.key.like("task%"))
        assert list(db.scalars(keys)) == [f"task{task}.0"]


def test_a_picture_shows_the_version_that_it_was_made_for(sqlite_database: Database) -> None:
    """A correction comes before the first picture was drawn: there are two, each with its own figures."""
    desk = Switchboard(sqlite_database)
    desk.says(LIEU, *REPORT)
    desk.says(LIEU, "sửa 2 thành 645", "gửi")
    draw(desk)
    first, second = pictures(desk)
    assert CODE.findall(first.text) != CODE.findall(second.text)
    with desk.database.read() as db:
        rows = [dict(receipt.sheet_of(db, draft(desk), n).rows)["Đoàn viên"] for n in (1, 2)]
    assert rows[1] == "645 người"
    assert rows[0] != rows[1]


def test_pictures_go_from_the_disk_after_two_days_and_are_drawn_anew(desk: Switchboard) -> None:
    file = desk.database.files / pictures(desk)[0].attachments[0].path
    assert "receipts_removed" not in retention.keep_to(desk.database, NOW + KEPT)
    assert retention.keep_to(desk.database, NOW + KEPT + timedelta(hours=1))["receipts_removed"] == 1
    assert not file.exists()
    assert "receipts_removed" not in retention.keep_to(desk.database, NOW + KEPT + timedelta(hours=2))
    desk.says(LIEU, "biên nhận")
    draw(desk)
    assert CODE.findall(pictures(desk)[1].text) == CODE.findall(pictures(desk)[0].text)


def test_what_is_entered_for_a_unit_is_not_followed_by_pictures(sqlite_database: Database) -> None:
    """Who enters thirty reports by telephone need not have thirty pictures; the unit can have its own."""
    desk = Switchboard(sqlite_database)
    desk.says(SUPERIOR, "nhập hộ NB-HLU-01", "1", *REPORT[1:])
    with desk.database.read() as db:
        assert history.by_code(db, "BC-202609-00001")
        assert queue.next_of(db) is None
    desk.says(LIEU, "biên nhận")
    draw(desk)
    assert len(pictures(desk)) == 1
    with desk.database.read() as db:
        assert receipt.sheet_of(db, draft(desk), 1).by.startswith("Cấp trên nhập hộ")


# ── the code ────────────────────────────────────────────────────────────────────────────────────────

WRITTEN = {
    "BC-202612-00017": "BC-202612-00017",
    "kiểm tra BC-202612-00017": "BC-202612-00017",
    "KIEM TRA BC-202612-00017 K7M4-9PHX": "BC-202612-00017 K7M4-9PHX",
    "kiem tra bc 202612 17": "BC-202612-00017",
    "kiểm tra mã bc20261200017": "BC-202612-00017",
    "Kiểm tra giúp BC-202612-00017, mã kiểm tra: k7m49phx": "BC-202612-00017 K7M4-9PHX",
    "tra cứu báo cáo BC-202612-00017": "BC-202612-00017",
    "kiểm tra SK-2026-000123": "SK-2026-000123",
}


@pytest.mark.parametrize("typed", WRITTEN)
def test_a_code_is_read_as_people_write_it(typed: str) -> None:
    assert commands.parse(typed) == commands.Command("verify", text=WRITTEN[typed])


@pytest.mark.parametrize("typed", ["bc", "báo cáo 12/2026", "202612 00017", "kiểm tra 3 lần", "bc 2026"])
def test_what_only_looks_like_one_is_none(typed: str) -> None:
    command = commands.parse(typed)
    assert command is None or command.name != "verify"


def test_the_picture_as_it_was_sent_is_right(desk: Switchboard) -> None:
    said = desk.says(SUPERIOR, f"kiểm tra BC-202609-00001 {check_code(desk)}").text
    assert "khớp: số liệu trên biên nhận là số liệu đang lưu" in said
    assert "KHÔNG" not in said
    assert "Bình" not in said


def test_another_check_code_is_not(desk: Switchboard) -> None:
    right = check_code(desk)
    wrong = right[:-1] + ("C" if right[-1] != "C" else "F")
    assert "KHÔNG khớp" in desk.says(SUPERIOR, f"kiểm tra BC-202609-00001 {wrong}").text


def test_figures_that_were_altered_in_the_database_are_noticed(desk: Switchboard) -> None:
    """The code is made of the figures: not even who can write to the rows can make one, without the secret."""
    right = check_code(desk)
    with desk.database.begin() as db:
        db.execute(update(ANSWER).where(ANSWER.c.question == "so_doan_vien").values(value="9999"))
    assert "KHÔNG khớp" in desk.says(SUPERIOR, f"kiểm tra BC-202609-00001 {right}").text


def test_prose_may_go_and_the_code_stays(desk: Switchboard) -> None:
    """What retention or an erasure empties is not part of it."""
    right = check_code(desk)
    with desk.database.begin() as db:
        db.execute(update(ANSWER).where(ANSWER.c.question == "noi_dung_noi_bat").values(value="", raw=""))
    assert "khớp: số liệu" in desk.says(SUPERIOR, f"kiểm tra BC-202609-00001 {right}").text


def test_a_receipt_of_before_a_correction_says_what_changed(desk: Switchboard) -> None:
    first = check_code(desk)
    desk.now += timedelta(hours=2)
    desk.says(LIEU, "sửa 2 thành 645", "gửi")
    draw(desk)
    said = desk.says(SUPERIOR, f"kiểm tra BC-202609-00001 {first}").text
    assert "khớp với bản nộp đầu (nhận lúc 08:30 ngày 10/09/2026)" in said
    assert "bản sửa lần 1 lúc 10:30 ngày 10/09/2026" in said
    assert "Mục 2 (Đoàn viên): " in said
    assert "→ 645 người" in said
    assert "khớp: số liệu" in desk.says(SUPERIOR, f"kiểm tra BC-202609-00001 {check_code(desk)}").text


def test_outside_of_the_reach_there_is_no_such_code(desk: Switchboard) -> None:
    """The same words as for a code that was never given out (promise 9)."""
    for stranger in (OTHER_SUPERIOR, TEACHER):
        there, nowhere = (
            desk.says(stranger, f"kiểm tra {code}").text.replace(code, "…")
            for code in ("BC-202609-00001", "BC-202609-00099")
        )
        assert there == nowhere
        assert "không thấy báo cáo nào có mã" in there
    for known in (SUPERIOR, OFFICE, LIEU):
        assert "Số liệu đang lưu" in desk.says(known, "kiểm tra BC-202609-00001").text


def test_an_idea_has_a_code_too_and_keeps_its_words(sqlite_database: Database) -> None:
    desk = Switchboard(sqlite_database)
    desk.says(LIEU, "sáng kiến", "Kệ hàng di động", "Nguyễn Văn Hùng", "1")
    desk.says(
        LIEU, "Công nhân phải đi xa để lấy vật tư.", "xong", "Dùng kệ có bánh xe ở đầu chuyền.", "xong", "gửi"
    )
    code = next(text for text in desk.heard(LIEU) if "SK-" in text).split("mã ")[1].split(".")[0]
    said = desk.says(SUPERIOR, f"kiểm tra {code}").text
    assert said.startswith(f"Sáng kiến mã {code}")
    assert "Kệ hàng" not in said
    assert "không thấy" in desk.says(TEACHER, f"kiểm tra {code}").text


def test_a_draft_has_no_code_that_could_be_asked_for(sqlite_database: Database) -> None:
    desk = Switchboard(sqlite_database)
    desk.says(LIEU, "báo cáo", "không phát sinh")
    assert count(desk, SUBMISSION) == 1
    assert "không thấy" in desk.says(SUPERIOR, "kiểm tra BC-202609-00001").text


# ── at the machine ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def settings(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    url = sqlite_database.url.render_as_string(hide_password=False)
    monkeypatch.setattr("bot.verify_commands.reading_database", lambda _: open_database(url, tmp_path))
    return Settings(database_url=url, data_dir=tmp_path)


def test_an_operator_checks_a_code(
    sqlite_database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Switchboard(sqlite_database)
    desk.says(LIEU, *REPORT)
    draw(desk)
    verify(settings, "bc-202609-1", check_code(desk))
    said = capsys.readouterr().out
    assert "khớp: số liệu" in said
    assert len(said.encode("utf-16-le")) // 2 <= MAX_TEXT
    with pytest.raises(SystemExit) as ended:
        verify(settings, "BC-202609-00001", "ABCD-1234")
    assert ended.value.code == 1
    assert "KHÔNG khớp" in capsys.readouterr().out
    with pytest.raises(CommandError, match="BC-202609-00002"):
        verify(settings, "BC-202609-00002")
