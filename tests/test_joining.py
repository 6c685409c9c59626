"""An account becomes a person's by a one-time code or by the person's own number, and nobody reports unasked."""

from __future__ import annotations

import logging
import unicodedata
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot import inbound
from handlers import joining as joining_words
from handlers import joining_texts
from handlers.joining import code_in
from handlers.joining_texts import CONSENT_VERSION
from handlers.texts import ADDRESS_FORMS, say
from scheduler import reminders
from storage import audiences, contacts, invitations, joining, submissions
from storage.database import Database, table_of
from storage.messages import Incoming
from storage.models import Reminder
from tests.switchboard import ADMIN, KIEN, LIEU, NOW, OFFICE, OTHER_SUPERIOR, SUPERIOR, TEACHER, Switchboard

NEW = "new"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk(database: Database) -> Switchboard:
    """Nobody has an account on `telegram` yet."""
    return Switchboard(database, "telegram")


def hear(desk: Switchboard, address: str, words: str = "", **more: str) -> str:
    """What is said to a message."""
    return "\n".join(reply.text for reply in desk.send(address, words, **more))


# ── codes ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_code_is_shown_once_and_kept_as_a_hash(desk: Switchboard) -> None:
    code = desk.invite(KIEN)
    first, _, last = code.partition("-")
    assert len(first) == len(last) == 4
    assert set(first + last) <= set(invitations.LETTERS + invitations.FIGURES)
    with desk.database.read() as db:
        row = db.execute(select(invitations.INVITATION)).one()
    assert code not in str(row)
    assert invitations.plain(code) not in str(row)
    assert row.expires_at == NOW + timedelta(days=14)


def test_codes_are_random(desk: Switchboard) -> None:
    codes = {desk.invite(KIEN) for _ in range(50)}
    assert len(codes) == 50
    assert all(code_in(code) for code in codes)


@pytest.mark.parametrize(
    "written",
    ["{code}", "/start {code}", "mã {code}", "Mã của tôi là {code} ạ, cảm ơn", "{lower}", "{plain}", "{spaced}",
     "mã mời: {plain}", "{first} - {last}", "em gửi mã\n{spaced}", "({code})", "/start {plain}"],
)  # fmt: skip
def test_a_code_is_found_however_it_is_written(desk: Switchboard, written: str) -> None:
    code = desk.invite(KIEN)
    plain = code.replace("-", "")
    forms = {"code": code, "lower": code.lower(), "plain": plain, "spaced": plain[:4] + " " + plain[4:],
             "first": plain[:4], "last": plain[4:]}  # fmt: skip
    welcome = hear(desk, NEW, written.format(**forms))
    assert "Lương Hữu Kiên (CĐCS Công ty TNHH May Thêu Sao Khuê)" in welcome
    assert desk.account(NEW).person_id == desk.person(KIEN)


@pytest.mark.parametrize(
    "words",
    ["xin chào", "toàn dân đoàn kết", "Toan 1985", "0912 345 678", "09123456", "năm học 2026-2027", "báo cáo",
     "tôi là Toàn Thắng", "mà toan tinh gi", "", "12345678", "cong doan", "SUA 5", "CĐCS Vũ Bản", "2026 2027"],
)  # fmt: skip
def test_words_and_numbers_are_no_codes(words: str) -> None:
    assert code_in(words) == ""


def test_a_code_opens_once(desk: Switchboard) -> None:
    code = desk.invite(KIEN)
    hear(desk, NEW, code)
    assert "đã được dùng" in hear(desk, "other", code)
    assert desk.account("other").person_id is None


def test_a_code_ends_after_two_weeks(desk: Switchboard) -> None:
    code = desk.invite(KIEN)
    desk.now += 14 * DAY - timedelta(seconds=1)
    with desk.database.read() as db:
        assert invitations.fate(db, code, desk.now) == "good"
    desk.now += timedelta(seconds=1)
    assert "đã hết hạn" in hear(desk, NEW, code)
    assert desk.account(NEW).person_id is None


def test_a_new_code_ends_the_earlier_one(desk: Switchboard) -> None:
    old, others = desk.invite(KIEN), desk.invite(LIEU)
    new = desk.invite(KIEN)
    assert "đã hết hạn" in hear(desk, NEW, old)
    assert "Kính chào" in hear(desk, NEW, new)
    assert "Kính chào" in hear(desk, "other", others)


def test_five_wrong_codes_are_followed_by_an_hour_of_rest(desk: Switchboard) -> None:
    code = desk.invite(KIEN)
    for n in range(5):
        assert "chưa thấy mã này" in hear(desk, NEW, f"mã CFGH-234{n}")
    desk.now += HOUR - timedelta(seconds=1)
    assert "thử lại sau 09:30" in hear(desk, NEW, code)
    assert desk.account(NEW).person_id is None
    desk.now += timedelta(seconds=1)
    assert "Kính chào" in hear(desk, NEW, code)


def test_wrong_codes_of_another_hour_are_forgotten(desk: Switchboard) -> None:
    code = desk.invite(KIEN)
    for n in range(12):
        if n % 4 == 0:
            desk.now += HOUR
        assert "chưa thấy mã này" in hear(desk, NEW, f"mã CFGH-23{n:02}")
    assert "Kính chào" in hear(desk, NEW, code)


def test_one_accounts_rest_is_not_anothers(desk: Switchboard) -> None:
    code = desk.invite(KIEN)
    for n in range(6):
        hear(desk, "guesser", f"mã CFGH-234{n}")
    assert "Kính chào" in hear(desk, NEW, code)


def test_many_guessing_accounts_close_the_door_for_an_hour_and_the_log_says_so_once(
    desk: Switchboard, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(invitations, "MOST_WRONG_OF_ALL", 8)
    code = desk.invite(KIEN)
    with caplog.at_level(logging.ERROR):
        for n in range(12):
            hear(desk, f"guesser {n}", f"mã CFGH-23{n:02}")
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "tạm dừng nhận mã mời" in hear(desk, NEW, code)
    desk.now += HOUR
    assert "Kính chào" in hear(desk, NEW, code)


def test_a_mistyped_code_may_be_put_right_by_editing_the_message(desk: Switchboard) -> None:
    code = desk.invite(KIEN)
    hear(desk, NEW, "mã CFGH-2340", reference="7")
    edit = Incoming("telegram", NEW, "e1", NOW, f"mã {code}", edited=True, reference="7")
    inbound.receive(desk.database, edit)
    assert desk.account(NEW).person_id == desk.person(KIEN)


# ── consent ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def joined(desk: Switchboard) -> Switchboard:
    """Kiên has joined on `telegram` and has not agreed yet."""
    hear(desk, NEW, desk.invite(KIEN))
    return desk


def test_the_text_says_what_is_stored_who_sees_it_and_where_it_goes(joined: Switchboard) -> None:
    (welcome,) = joined.heard(NEW)
    for part in ("họ tên, đơn vị, mã tài khoản", "cấp trên được xem", "Telegram là nền tảng ở nước ngoài",
                 "Liên đoàn Lao động tỉnh Ninh Bình"):  # fmt: skip
        assert part in welcome


@pytest.mark.parametrize("words", ["báo cáo", "8", "/baocao", "SUA 2", "xin chào", "SANGKIEN", "gửi"])
def test_before_the_person_agrees_nothing_is_written_down(joined: Switchboard, words: str) -> None:
    assert "cần đồng chí đồng ý" in hear(joined, NEW, words)
    hear(joined, NEW, choice="do:start")
    hear(joined, NEW, choice="do:quiet")
    with joined.database.read() as db:
        assert db.scalar(select(func.count()).select_from(submissions.SUBMISSION)) == 0


@pytest.mark.parametrize(
    "how", [{"choice": "do:agree"}, {"words": "đồng ý"}, {"words": "1"}, {"words": "vâng"}]
)
def test_who_agrees_is_noted_with_the_version_and_the_time(joined: Switchboard, how: dict[str, str]) -> None:
    joined.now += HOUR
    hear(joined, NEW, **how)
    account = joined.account(NEW)
    assert (account.consent_version, account.consented_at) == (CONSENT_VERSION, joined.now)
    assert joined.button(NEW, "Bắt đầu báo cáo") == "do:start"
    assert "Câu 1/" in hear(joined, NEW, choice="do:start")


@pytest.mark.parametrize("how", [{"choice": "do:disagree"}, {"words": "không đồng ý"}, {"words": "2"}])
def test_who_does_not_agree_reports_nothing_and_may_agree_later(
    joined: Switchboard, how: dict[str, str]
) -> None:
    assert "đơn vị có thể cử người khác" in hear(joined, NEW, **how)
    assert "cần đồng chí đồng ý" in hear(joined, NEW, "báo cáo")
    hear(joined, NEW, choice="do:agree")
    assert "Câu 1/" in hear(joined, NEW, "báo cáo")


@pytest.mark.parametrize("words", ["vâng", "ok", "1"])
def test_to_take_note_of_a_refusal_is_no_consent(joined: Switchboard, words: str) -> None:
    hear(joined, NEW, "không")
    assert "trả lời 1 Đồng ý" in hear(joined, NEW, words)
    assert joined.account(NEW).consented_at is None
    assert "cảm ơn" in hear(joined, NEW, "1"), "now the list was the last that was said"


def test_a_refusal_may_be_changed_in_words(joined: Switchboard) -> None:
    hear(joined, NEW, "không")
    hear(joined, NEW, "Tôi đồng ý")
    assert joined.account(NEW).consented_at == NOW


def test_a_number_is_of_the_list_that_was_shown_last(joined: Switchboard) -> None:
    hear(joined, NEW, "DULIEU")
    assert "3 Xem đầy đủ" in hear(joined, NEW, "xin chào")
    assert "Bên kiểm soát" in hear(joined, NEW, "3")


def test_consent_may_be_taken_back(joined: Switchboard) -> None:
    hear(joined, NEW, choice="do:agree")
    assert "muốn rút lại đồng ý?" in hear(joined, NEW, choice="do:disagree")
    assert joined.account(NEW).consented_at is not None, "an old button is pressed by mistake as often as not"
    hear(joined, NEW, choice="do:stay")
    assert joined.account(NEW).consented_at is not None
    hear(joined, NEW, choice="do:withdraw")
    assert joined.account(NEW).consented_at is None
    assert "cần đồng chí đồng ý" in hear(joined, NEW, "báo cáo")


def test_an_account_that_has_not_agreed_is_reminded_of_nothing(desk: Switchboard) -> None:
    """The person's other account is reminded; the new one hears nothing of the unit before it has agreed."""
    hear(desk, NEW, desk.invite(LIEU))
    hear(desk, NEW, choice="do:disagree")
    heard = len(desk.told(NEW))
    at = desk.now.replace(day=18, hour=8, minute=30)
    reminders.run(desk.database, at)
    assert len(desk.told(NEW)) == heard
    with desk.database.read() as db:
        reached = {one.contact_id for one in audiences.officers(db, ("chu_tich_cdcs",), at.date())}
    assert desk.account(NEW).id not in reached
    assert any("T-2" in row.step for row in desk.rows(table_of(Reminder))), "others are reminded that day"


def test_another_code_is_taken_while_nothing_was_agreed(desk: Switchboard) -> None:
    """The first code was somebody else's."""
    hear(desk, NEW, desk.invite(LIEU))
    hear(desk, NEW, desk.invite(TEACHER))
    assert desk.account(NEW).person_id == desk.person(TEACHER)


def test_an_officer_who_writes_no_reports_is_not_sent_to_one(desk: Switchboard) -> None:
    hear(desk, NEW, desk.invite(SUPERIOR))
    assert "nhận bản tin, danh sách đơn vị" in hear(desk, NEW, choice="do:agree")


def test_a_code_or_a_number_of_who_has_joined_is_not_needed(joined: Switchboard) -> None:
    hear(joined, NEW, choice="do:agree")
    code = joined.invite(LIEU)
    for said in (hear(joined, NEW, f"/start {code}"), hear(joined, NEW, "+84912345678", event="own_phone")):
        assert "đã được ghi cho đồng chí Kiên" in said
    assert "Kính chào đồng chí Dương Ngọc Liễu" in hear(joined, "other", code)


# ── one's own number ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "written",
    ["0912345678", "0912 345 678", "+84912345678", "84912345678", "+84 (0)912-345-678", "0912.345.678",
     "0229 3888888; 0912345678"],
)  # fmt: skip
def test_the_rosters_number_opens_however_it_is_written(desk: Switchboard, written: str) -> None:
    desk.phone(KIEN, written)
    assert "Lương Hữu Kiên" in hear(desk, NEW, "+84912345678", event="own_phone")
    assert desk.account(NEW).person_id == desk.person(KIEN)
    assert desk.account(NEW).consented_at is None


@pytest.mark.parametrize("typed", ["0912345678", "+84912345678"])
def test_a_number_that_is_only_typed_opens_nothing(desk: Switchboard, typed: str) -> None:
    desk.phone(KIEN, "0912345678")
    hear(desk, NEW, typed)
    hear(desk, NEW, event="other_phone")
    assert desk.account(NEW).person_id is None
    assert "số điện thoại của chính đồng chí" in desk.heard(NEW)[-1]


def unknown_number(desk: Switchboard) -> None:
    desk.phone(KIEN, "0912345679")


def number_of_two(desk: Switchboard) -> None:
    desk.phone(KIEN, "0912345678")
    desk.phone(LIEU, "0912345678")


def number_of_somebody_with_an_account(desk: Switchboard) -> None:
    desk.phone(KIEN, "0912345678")
    hear(desk, "first", desk.invite(KIEN))


def number_of_somebody_whose_post_has_ended(desk: Switchboard) -> None:
    desk.phone(KIEN, "0912345678")
    with desk.database.begin() as db:
        posts = invitations.ASSIGNMENT
        ended = update(posts).where(posts.c.person_id == desk.person(KIEN))
        db.execute(ended.values(valid_to=NOW.date() - DAY))


@pytest.mark.parametrize(
    "situation",
    [
        unknown_number,
        number_of_two,
        number_of_somebody_with_an_account,
        number_of_somebody_whose_post_has_ended,
    ],
)
def test_a_number_that_does_not_say_who_it_is_needs_a_code(desk: Switchboard, situation) -> None:
    situation(desk)
    assert "cấp mã mời" in hear(desk, NEW, "+84912345678", event="own_phone")
    assert desk.account(NEW).person_id is None


def test_numbers_left_empty_in_the_roster_are_nobodys(desk: Switchboard) -> None:
    for number in ("", "+", "+84"):
        assert "cấp mã mời" in hear(desk, NEW, number, event="own_phone")
    assert joining.phone("không có") == ""


@pytest.mark.parametrize("typed", ["0912345678", "0912 345 678", "+84 912.345.678"])
def test_a_number_that_was_typed_opens_nothing_and_the_button_is_named(desk: Switchboard, typed: str) -> None:
    desk.phone(KIEN, "0912345678")
    assert "gõ bằng chữ" in hear(desk, NEW, typed)
    assert desk.account(NEW).person_id is None
    assert desk.button(NEW, "Chia sẻ số điện thoại của tôi")


# ── what the superior hears and may undo ────────────────────────────────────────────────────────────


@pytest.fixture
def by_phone(desk: Switchboard) -> Switchboard:
    """Kiên has joined by his number, has agreed, and writes the report."""
    desk.phone(KIEN, "0912345678")
    hear(desk, NEW, "+84912345678", event="own_phone", name="K 88")
    hear(desk, NEW, choice="do:agree")
    hear(desk, NEW, "báo cáo")
    hear(desk, NEW, "8")
    return desk


def undo(desk: Switchboard, address: str) -> str:
    value = desk.button(SUPERIOR, "Không phải người này")
    return hear(desk, address, choice=value, channel="web")


def test_the_superiors_officers_hear_of_it(by_phone: Switchboard) -> None:
    (told,) = by_phone.heard(SUPERIOR)
    assert "Lương Hữu Kiên (CĐCS Công ty TNHH May Thêu Sao Khuê)" in told
    assert "tài khoản Telegram “K 88”" in told
    assert by_phone.heard(OTHER_SUPERIOR) == []
    assert by_phone.heard(OFFICE) == [], (
        "the standing department hears of it where there is no other superior"
    )


def test_without_a_superior_that_can_be_reached_the_standing_department_hears_of_it(
    desk: Switchboard,
) -> None:
    with desk.database.begin() as db:
        for address in (SUPERIOR, "nb-hlu-2"):
            contacts.stop(db, desk.account(address, "web").id, NOW)
    desk.phone(KIEN, "0912345678")
    hear(desk, NEW, "+84912345678", event="own_phone")
    assert "Lương Hữu Kiên" in desk.heard(OFFICE)[0]


def leave_alone(desk: Switchboard, *keep: str) -> None:
    """Of those above Kiên only these have an account."""
    with desk.database.begin() as db:
        for one in desk.rows(contacts.CONTACT):
            if one.address not in {*keep, KIEN, LIEU}:
                contacts.stop(db, one.id, NOW)


def test_an_administrator_hears_of_it_while_nobody_else_is_there(desk: Switchboard) -> None:
    leave_alone(desk, ADMIN)
    desk.phone(KIEN, "0912345678")
    hear(desk, NEW, "+84912345678", event="own_phone")
    assert "Lương Hữu Kiên" in desk.heard(ADMIN)[0]
    value = desk.button(ADMIN, "Không phải người này")
    assert "không còn ghi cho đồng chí Lương Hữu Kiên" in hear(desk, ADMIN, choice=value, channel="web")


def test_the_first_officer_above_who_joins_hears_of_who_came_before(desk: Switchboard) -> None:
    leave_alone(desk)
    desk.phone(KIEN, "0912345678")
    hear(desk, NEW, "+84912345678", event="own_phone", name="K 88")
    for address, who in (("other", OTHER_SUPERIOR), ("first", SUPERIOR), ("later", ADMIN)):
        hear(desk, address, desk.invite(who))
        hear(desk, address, choice="do:agree")
    assert not any("Lương Hữu Kiên" in told for address in ("other", "later") for told in desk.heard(address))
    (told,) = [one for one in desk.heard("first") if "Lương Hữu Kiên" in one]
    assert "tài khoản Telegram “K 88”" in told
    value = desk.button("first", "Không phải người này")
    assert "không còn ghi cho" in hear(desk, "first", choice=value)


@pytest.mark.parametrize("presser", [SUPERIOR, OFFICE, ADMIN])
def test_a_superior_undoes_it_and_the_draft_stays_with_the_unit(by_phone: Switchboard, presser: str) -> None:
    assert "không còn ghi cho đồng chí Lương Hữu Kiên" in undo(by_phone, presser)
    account = by_phone.account(NEW)
    assert (account.person_id, account.consented_at, account.state) == (None, None, None)
    assert "vừa gỡ tài khoản này" in by_phone.heard(NEW)[-1]
    assert "Để tham gia" in hear(by_phone, NEW, "70")
    assert "Câu 2/6" in hear(by_phone, LIEU, "báo cáo", channel="web")


@pytest.mark.parametrize("presser", [LIEU, KIEN, TEACHER, OTHER_SUPERIOR, "nb-1"])
def test_nobody_else_undoes_it(by_phone: Switchboard, presser: str) -> None:
    assert "Nút này không dùng được" in undo(by_phone, presser)
    assert by_phone.account(NEW).person_id == by_phone.person(KIEN)


def test_who_joined_does_not_press_the_superiors_button(by_phone: Switchboard) -> None:
    value = by_phone.button(SUPERIOR, "Không phải người này")
    assert "Nút này không dùng được" in hear(by_phone, NEW, choice=value)


@pytest.mark.parametrize("forged", ["", "1", "1.", ".", "x.y", "999999.1", f"{'9' * 30}.1", "1.1.1", "٣.١"])
def test_a_forged_button_changes_nothing(by_phone: Switchboard, forged: str) -> None:
    said = hear(by_phone, SUPERIOR, choice=f"do:not_this_person:{forged}", channel="web")
    assert "Xin lỗi" not in said
    assert by_phone.account(NEW).person_id == by_phone.person(KIEN)


def test_an_account_that_was_taken_off_joins_again_by_a_code_alone(by_phone: Switchboard) -> None:
    undo(by_phone, SUPERIOR)
    assert "cấp mã mời" in hear(by_phone, NEW, "+84912345678", event="own_phone")
    assert "không cần gỡ nữa" in undo(by_phone, SUPERIOR)
    assert "Kính chào" in hear(by_phone, NEW, by_phone.invite(LIEU))
    assert "không cần gỡ nữa" in undo(by_phone, SUPERIOR), "the button spoke of Kiên"
    assert by_phone.account(NEW).person_id == by_phone.person(LIEU)


def test_who_has_an_account_hears_of_a_further_one_on_any_channel(desk: Switchboard) -> None:
    hear(desk, NEW, desk.invite(LIEU), name="Máy lạ")
    told = desk.told(LIEU)[-1].text
    assert "tài khoản Telegram “Máy lạ”" in told
    assert "báo ngay công đoàn cấp trên" in told


def test_a_second_account_joins_too_and_the_superior_hears_of_it(joined: Switchboard) -> None:
    assert joined.heard(SUPERIOR) == [], "a first account by a code is what the superior asked for"
    hear(joined, "second", joined.invite(KIEN))
    for address in (NEW, "second"):
        assert joined.account(address).person_id == joined.person(KIEN)
    assert "vừa tham gia thêm" in joined.heard(SUPERIOR)[0]


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────


def test_who_is_still_to_join_is_listed_by_unit(desk: Switchboard) -> None:
    with desk.database.read() as db:
        assert invitations.people_without_account(db, "web", NOW.date()) == []
        everybody = invitations.people_without_account(db, "telegram", NOW.date())
    hear(desk, NEW, desk.invite(KIEN))
    with desk.database.begin() as db:
        rest = invitations.people_without_account(db, "telegram", NOW.date())
        contacts.stop(db, desk.account(NEW).id, NOW)
        again = invitations.people_without_account(db, "telegram", NOW.date())
    (gone,) = set(everybody) - set(rest)
    assert (gone.name, gone.unit_code, gone.role) == ("Lương Hữu Kiên", "NB-HLU-01", "bao_cao_vien")
    assert again == everybody, "who cannot be reached is to be invited again"
    assert [one.unit_code for one in everybody] == sorted(one.unit_code for one in everybody)


def test_codes_that_still_open_are_listed_without_the_code(desk: Switchboard) -> None:
    desk.invite(KIEN)
    desk.now += HOUR
    desk.invite(KIEN)
    code = desk.invite(LIEU)
    with desk.database.read() as db:
        pending = invitations.pending(db, desk.now)
    assert [(one.name, one.expires_at) for one in pending] == [
        ("Dương Ngọc Liễu", desk.now + 14 * DAY), ("Lương Hữu Kiên", desk.now + 14 * DAY)]  # fmt: skip
    hear(desk, NEW, code)
    with desk.database.read() as db:
        assert [one.name for one in invitations.pending(db, desk.now)] == ["Lương Hữu Kiên"]
        assert invitations.pending(db, desk.now + 14 * DAY) == []


# ── sentences ───────────────────────────────────────────────────────────────────────────────────────

SENTENCES = {
    name: text for name, text in vars(joining_texts).items() if name.isupper() and isinstance(text, str)
}


@pytest.mark.parametrize("form", ADDRESS_FORMS)
@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_speaks_in_the_readers_form_of_address(name: str, form: str) -> None:
    text = SENTENCES[name]
    values = dict.fromkeys(
        (
            "who",
            "account",
            "office",
            "title",
            "by",
            "at",
            "name",
            "platform",
            "version",
            "when",
            "month",
            "unit",
            "done",
            "of",
            "drafts",
        ),
        "X",
    )
    said = say(text, form, "Trần Thị Lan", **values)
    assert text == unicodedata.normalize("NFC", text)
    assert "đồng chí" not in text.lower()
    assert "anh/chị" not in text.lower()
    assert "bạn" not in text.lower().split()
    assert text.count("“") == text.count("”")
    assert "{" not in said
    assert len(said) <= (1900 if name == "CONSENT_IN_FULL" else 600)


def test_every_fate_of_a_code_has_a_sentence() -> None:
    assert set(joining_words.WHY_NOT) == {"wrong", "used", "expired"}
