"""One person on several channels has one draft and one history, is reminded once, and is never asked who writes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.joining_texts import CONSENT_VERSION
from scheduler import reminders
from storage import contacts, personal_data, submissions
from storage.database import Database, table_of
from storage.models import Consent, Conversation
from storage.submissions import SUBMISSION
from tests.switchboard import KIEN, LIEU, NOW, Switchboard

PHONE, TABLET = {"channel": "telegram"}, {"channel": "zalo"}


@pytest.fixture
def desk(database: Database) -> Switchboard:
    """Liễu writes on the page, on `telegram` and on `zalo`."""
    made = Switchboard(database)
    with database.begin() as db:
        for channel in ("telegram", "zalo"):
            contacts.add(db, channel, LIEU, NOW, person_id=made.person(LIEU))
    return made


def said(desk: Switchboard, words: str, address: str = LIEU, **where: str) -> str:
    return "\n".join(one.text for one in desk.send(address, words, **where))


def test_a_report_goes_on_on_whichever_account(desk: Switchboard) -> None:
    said(desk, "báo cáo")
    assert "Câu 2/6" in said(desk, "không phát sinh")
    assert "Câu 2/6" in said(desk, "báo cáo", **PHONE)
    assert "Câu 3/6" in said(desk, "như cũ", **PHONE)
    assert "Câu 3/6" in said(desk, "TIEPTUC", **TABLET)
    assert "Câu 4/6" in said(desk, "2", **TABLET)
    assert len(desk.rows(SUBMISSION)) == 1


def test_an_answer_to_a_question_that_is_still_open_counts(desk: Switchboard) -> None:
    said(desk, "báo cáo")
    said(desk, "không phát sinh")
    said(desk, "báo cáo", **PHONE)
    assert "Câu 3/6" in said(desk, "như cũ")


def test_an_answer_to_a_question_that_was_answered_elsewhere_changes_nothing(desk: Switchboard) -> None:
    said(desk, "báo cáo")
    said(desk, "không phát sinh")
    said(desk, "báo cáo", **PHONE)
    said(desk, "như cũ", **PHONE)
    words = said(desk, "650")
    assert "trên tài khoản khác" in words
    assert "Câu 3/6" in words
    assert "1) Nội dung: Không phát sinh\n2) Đoàn viên: 642 người (như tháng trước)" in said(desk, "xem lại")


def test_a_press_at_an_old_summary_hands_nothing_in(desk: Switchboard) -> None:
    for words in ("báo cáo", "không phát sinh", "như cũ", "1", "1", "tốt", "bỏ qua"):
        last = desk.send(LIEU, words)[-1]
    said(desk, "SUA 3", **PHONE)
    said(desk, "TIEPTUC", **PHONE)
    assert "trên tài khoản khác" in desk.press(LIEU, last, "Nộp").text
    assert [row.state for row in desk.rows(SUBMISSION)] == ["draft"]
    assert "Đã nhận báo cáo" in said(desk, "GUI")
    assert "đã được nhận" in said(desk, "báo cáo", **PHONE)
    assert "mã BC-202609-00001" in said(desk, "XEMLAI", **TABLET)


def test_a_colleague_is_still_told_who_writes(desk: Switchboard) -> None:
    said(desk, "báo cáo", **PHONE)
    assert "đang nhập báo cáo này" in said(desk, "báo cáo", KIEN)
    said(desk, "TIEPTUC", KIEN)
    assert "đang nhập tiếp báo cáo này" in said(desk, "không phát sinh", **PHONE)


def test_an_edited_message_changes_its_answer_although_the_other_account_went_on(desk: Switchboard) -> None:
    said(desk, "báo cáo")
    said(desk, "không phát sinh")
    desk.send(LIEU, "650", reference="m650")
    said(desk, "báo cáo", **PHONE)
    said(desk, "1", **PHONE)
    assert "651" in said(desk, "651", edited=True, reference="m650")  # type: ignore[arg-type]
    assert "Đoàn viên: 651" in said(desk, "XEMLAI", **PHONE)


def test_an_idea_goes_on_on_another_account(desk: Switchboard) -> None:
    said(desk, "sáng kiến")
    said(desk, "Gá kẹp nhanh")
    assert "Câu 2/5" in said(desk, "sáng kiến", **PHONE)
    assert "Câu 2/5" in said(desk, "TIEPTUC", **TABLET)
    with desk.database.read() as db:
        kien = desk.account(KIEN).id
        assert submissions.own_draft(db, [desk.rows(SUBMISSION)[0].unit_id], "sang_kien", kien) is None


def test_a_reminder_goes_to_one_account(desk: Switchboard) -> None:
    at = NOW.replace(day=16, hour=8, minute=30)
    reminders.run(desk.database, at)
    with desk.database.read() as db:
        channels = [
            contacts.row_of(db, row.contact_id).channel
            for row in desk.rows(contacts.OUTGOING)
            if row.kind == "reminder" and contacts.name_of(db, row.contact_id) == "Dương Ngọc Liễu"
        ]
    assert channels == ["zalo"]


# ── consent ─────────────────────────────────────────────────────────────────────────────────────────


def test_every_decision_is_kept_with_text_time_and_account(desk: Switchboard) -> None:
    desk.send("new", desk.invite(KIEN), **PHONE)
    for words in ("2", "3", "1"):
        desk.now += timedelta(minutes=1)
        said(desk, words, "new", **PHONE)
    desk.now += timedelta(minutes=1)
    desk.send("new", choice="do:withdraw", **PHONE)
    account = desk.account("new", "telegram").id
    rows = [row for row in desk.rows(table_of(Consent)) if row.contact_id == account]
    assert [row.agreed for row in rows] == [False, True, False]
    assert {(row.version, row.person_id) for row in rows} == {(CONSENT_VERSION, desk.person(KIEN))}
    assert [row.at - NOW for row in rows] == [timedelta(minutes=n) for n in (1, 3, 4)]
    with desk.database.read() as db:
        assert [row.agreed for row in personal_data.consents(db, desk.person(KIEN))][-3:] == [
            False,
            True,
            False,
        ]


def test_the_whole_text_fits_a_message_and_says_what_the_law_asks(desk: Switchboard) -> None:
    desk.send("new", desk.invite(KIEN), **PHONE)
    text = said(desk, "xem đầy đủ", "new", **PHONE)
    assert len(text.encode("utf-16-le")) // 2 <= 2000
    for part in (
        "Bên kiểm soát",
        "Mục đích",
        "Ai được xem",
        "Thời gian lưu",
        "nước ngoài",
        "rút đồng ý",
        "DULIEU",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("words", "form"), [("2", "anh_chi"), ("anh chị", "anh_chi"), ("đồng chí", "dong_chi")]
)
def test_the_form_of_address_is_the_persons_on_all_accounts(desk: Switchboard, words: str, form: str) -> None:
    desk.send("new", desk.invite(KIEN), **PHONE)
    said(desk, "đồng ý", "new", **PHONE)
    said(desk, words, "new", **PHONE)
    assert desk.account("new", "telegram").address_form == form
    assert desk.account(KIEN).address_form == form


def test_the_question_about_the_form_of_address_stands_in_nobodys_way(desk: Switchboard) -> None:
    desk.send("new", desk.invite(KIEN), **PHONE)
    said(desk, "đồng ý", "new", **PHONE)
    assert "Câu 1/6" in said(desk, "tôi muốn báo cáo tháng này", "new", **PHONE)
    assert "Câu 2/6" in said(desk, "8", "new", **PHONE)
    assert len(desk.rows(table_of(Conversation))) == 1
