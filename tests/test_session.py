"""What is asked next, and what one answer means."""

from __future__ import annotations

from datetime import date

from handlers.engine.form import Form
from handlers.engine.session import Session, Turn
from tests.xlsforms import form, named

TODAY = date(2026, 11, 22)

BRANCHES = """
| survey |
| | type | name | label | required | relevant | constraint | constraint_message |
| | select_one yn | co | Có không? | yes | | | |
| | begin group | g | Nhóm | | ${co} = 'co' | | |
| | integer | n | Bao nhiêu? | yes | | . >= 1 and . <= 10 | Từ 1 đến 10. |
| | text | t | Vì sao? | no | ${n} > 5 | string-length(.) >= 3 | Dài hơn. |
| | end group | | | | | | |
| | integer | cuoi | Cuối? | no | | | |
| choices |
| | list_name | name | label |
| | yn | co | Có |
| | yn | khong | Không |
"""

FIGURES = """
| survey |
| | type | name | label | required | relevant | kind | unit | aggregate | carry | confirm_above | confirm_when | constraint | constraint_message |
| | hidden | mo | | | | | | | | | | | |
| | hidden | truoc_kho | | | | | | | | | | | |
| | integer | kho | Tồn? | yes | | | | last | yes | | abs(. - ${truoc_kho}) > 0.2 * ${truoc_kho} | . >= 0 | Không âm. |
| | integer | tien | Tiền? | yes | ${mo} = 1 | money | đồng | sum | | 5000000000 | | . <= 100000000000 | Nhiều quá. |
| | integer | luot | Lượt? | yes | ${mo} = 1 | | lượt | sum | | | | | |
| | integer | kho2 | Tồn khác? | yes | ${mo} = 1 | | | last | yes | | | | |
| | decimal | diem | Điểm? | no | | | % | avg | | | | | |
| | text | ghi | Ghi chú? | no | | | | list | | | | | |
| | select_multiple l | muc | Mục? | no | ${mo} = 1 | | | count_by_choice | | | | | |
| | date | ngay | Ngày? | no | | | | | | | | . <= today() | Không ở tương lai. |
| choices |
| | list_name | name | label |
| | l | a | Một |
| | l | b | Hai |
"""  # noqa: E501 - a row of a table is one line


def session(loaded: Form, **answers: str) -> Session:
    return Session(loaded, answers, today=TODAY)


def names(asked: Session) -> list[str]:
    return [question.name for question in asked.asked()]


def answer(asked: Session, name: str, text: str, *, confirmed: bool = False) -> Turn:
    question = named(asked.form, name)
    return asked.answer(question, text, confirmed=confirmed)


def results(asked: Session) -> dict[str, tuple[str, float | None, str]]:
    return {each.question.name: (each.value, each.number, each.provenance) for each in asked.results()}


# ── the way through a form ──────────────────────────────────────────────────────────────────────────


def test_only_what_is_relevant_is_asked():
    loaded = form(BRANCHES)
    assert names(session(loaded)) == ["co", "cuoi"]
    assert names(session(loaded, co="co")) == ["co", "n", "cuoi"]
    assert names(session(loaded, co="co", n="6")) == ["co", "n", "t", "cuoi"]


def test_relevance_is_inherited_and_a_hidden_answer_reads_as_blank():
    assert names(session(form(BRANCHES), co="khong", n="6")) == ["co", "cuoi"]


def test_an_answer_is_kept_while_it_is_hidden():
    loaded = form(BRANCHES)
    assert names(session(loaded, co="co", n="6", t="vì thế")) == ["co", "n", "t", "cuoi"]
    assert session(loaded, co="co", n="6", t="vì thế", cuoi="").next() is None


def test_a_skipped_question_is_not_asked_again():
    assert session(form(BRANCHES), co="khong", cuoi="").next() is None


def test_the_next_question_is_the_first_without_an_answer():
    upcoming = session(form(BRANCHES), co="co").next()
    assert upcoming is not None
    assert upcoming.name == "n"


def test_required_speaks_only_where_it_applies():
    loaded = form(BRANCHES)
    number, last = named(loaded, "n"), named(loaded, "cuoi")
    assert session(loaded, co="co").problem(number, "") is not None
    assert session(loaded, co="co").problem(last, "") is None


def test_a_constraint_is_never_put_to_a_blank_answer():
    loaded = form(BRANCHES)
    assert session(loaded, co="co", n="6").problem(named(loaded, "t"), "") is None


def test_a_constraint_refuses_with_the_forms_own_words():
    loaded = form(BRANCHES)
    assert session(loaded, co="co").problem(named(loaded, "n"), "11") == "Từ 1 đến 10."
    assert session(loaded, co="co").problem(named(loaded, "n"), "10") is None


def test_a_value_of_another_type_or_list_is_refused():
    loaded = form(BRANCHES)
    assert session(loaded).broken(named(loaded, "n"), "abc") == "type"
    assert session(loaded).broken(named(loaded, "co"), "maybe") == "choice"


def test_answers_that_another_answer_made_wrong_are_found():
    loaded = form("""
| survey |
| | type | name | label | constraint | constraint_message |
| | integer | a | A | | |
| | integer | b | B | . >= ${a} | Không nhỏ hơn ${a}. |
""")
    ((question, message),) = session(loaded, a="1250", b="3").problems()
    assert (question.name, message) == ("b", "Không nhỏ hơn 1.250.")


def test_a_calculation_is_silent_and_a_number_that_is_none_is_blank():
    loaded = form("""
| survey |
| | type | name | label | calculation | relevant |
| | integer | a | A | | |
| | calculate | gap | | ${a} * 2 | |
| | calculate | ten | | if(${gap} > 3, 'nhiều', 'ít') | |
| | note | loi | Tổng là ${gap} (${ten}) | | |
| | text | b | B | | ${gap} > 3 |
""")
    assert names(session(loaded)) == ["a"]
    assert names(session(loaded, a="2")) == ["a", "b"]
    assert session(loaded).value("gap") == ""
    assert session(loaded, a="700").notes(named(loaded, "b")) == ["Tổng là 1.400 (nhiều)"]


def test_questions_that_depend_on_each_other_end_nowhere_but_do_not_hang():
    loaded = form("""
| survey |
| | type | name | label | calculation | relevant |
| | calculate | a | | ${b} + 1 | |
| | calculate | b | | ${a} + 1 | |
| | text | c | C | | ${a} > 1 |
""")
    assert names(session(loaded)) == []


def test_a_default_is_the_value_until_something_is_answered():
    loaded = form("""
| survey |
| | type | name | label | default | relevant |
| | integer | a | A | 3 | |
| | date | d | D | today() | |
| | text | b | B | | ${a} = 3 |
""")
    assert names(session(loaded)) == ["a", "d", "b"]
    assert names(session(loaded, a="4")) == ["a", "d"]
    assert session(loaded).value("d") == "2026-11-22"
    upcoming = session(loaded).next()
    assert upcoming is not None
    assert upcoming.name == "a"


# ── choices that depend on others ───────────────────────────────────────────────────────────────────

FILTERED = """
| survey |
| | type | name | label | choice_filter |
| | select_one tinh | tinh | Tỉnh? | |
| | select_one xa | xa | Xã? | tinh = ${tinh} |
| choices |
| | list_name | name | label | tinh |
| | tinh | nb | Ninh Bình | |
| | tinh | nd | Nam Định | |
| | xa | vb | Vụ Bản | nd |
| | xa | gv | Gia Viễn | nb |
"""


def test_choices_follow_their_filter():
    loaded = form(FILTERED)
    communes = session(loaded, tinh="nb").choices(named(loaded, "xa"))
    assert [choice.label for choice in communes] == ["Gia Viễn"]


def test_a_choice_that_is_no_longer_offered_counts_as_unanswered():
    loaded = form(FILTERED)
    assert session(loaded, tinh="nd", xa="vb").next() is None
    upcoming = session(loaded, tinh="nb", xa="vb").next()
    assert upcoming is not None
    assert upcoming.name == "xa"
    assert session(loaded, tinh="nb", xa="vb").value("xa") == ""


# ── one answer ──────────────────────────────────────────────────────────────────────────────────────


def test_a_clear_answer_is_taken_as_stored_text():
    asked = session(form(FIGURES), mo="1")
    assert answer(asked, "luot", "12") == Turn("taken", "12", display="12 lượt")
    assert answer(asked, "tien", "2tr5") == Turn("taken", "2500000", display="2.500.000 đồng")
    assert answer(asked, "diem", "98,5").value == "98.5"
    assert answer(asked, "ngay", "17/10/2026").value == "2026-10-17"
    assert answer(asked, "muc", "2 1").value == "a b"
    assert answer(asked, "ghi", " Hai việc.\nĐã xong. ").value == "Hai việc.\nĐã xong."


def test_what_cannot_be_read_is_asked_again():
    assert answer(session(form(FIGURES), mo="1"), "luot", "vài chục người").outcome == "ask"


def test_an_estimate_is_confirmed_first():
    asked = session(form(FIGURES), mo="1")
    turn = answer(asked, "luot", "khoảng 20")
    assert (turn.outcome, turn.value) == ("confirm", "20")
    assert turn.reason
    assert answer(asked, "luot", "khoảng 20", confirmed=True).outcome == "taken"


def test_a_sum_above_the_fields_limit_is_confirmed():
    asked = session(form(FIGURES), mo="1")
    assert answer(asked, "tien", "5 tỷ").outcome == "taken"
    assert answer(asked, "tien", "6 tỷ").reason == "above"
    assert answer(asked, "tien", "200 tỷ") == Turn("refused", "200000000000", reason="Nhiều quá.")
    assert asked.take(named(asked.form, "tien"), "6000000000").outcome == "taken"


def test_a_jump_is_confirmed_and_without_a_previous_value_there_is_none():
    loaded = form(FIGURES)
    assert answer(session(loaded, truoc_kho="100"), "kho", "121").reason == "jump"
    assert answer(session(loaded, truoc_kho="100"), "kho", "120").outcome == "taken"
    assert answer(session(loaded), "kho", "121").outcome == "taken"


def test_a_stock_is_carried_at_once():
    turn = answer(session(form(FIGURES), truoc_kho="125"), "kho", "như cũ")
    assert (turn.outcome, turn.value, turn.provenance) == ("taken", "125", "carried")


def test_a_flow_is_offered_again_and_never_carried():
    asked = session(form(FIGURES), mo="1", truoc_luot="40")
    turn = answer(asked, "luot", "như tháng trước")
    assert (turn.outcome, turn.value, turn.reason) == ("confirm", "40", "reuse")
    assert asked.take(named(asked.form, "luot"), "40").provenance == "answered"


def test_there_is_nothing_to_carry_in_the_first_month():
    assert answer(session(form(FIGURES)), "kho", "như cũ") == Turn("ask", reason="no_previous")


def test_an_optional_question_can_be_skipped_and_a_required_one_cannot():
    asked = session(form(FIGURES), mo="1")
    assert answer(asked, "diem", "bỏ qua") == Turn("taken", "", "missing")
    assert answer(asked, "ghi", "bo qua") == Turn("taken", "", "missing")
    assert answer(asked, "luot", "bỏ qua") == Turn("command", "skip")


def test_nothing_to_tell_skips_an_optional_text():
    asked = session(form(FIGURES))
    for words in ("không", "Không có", "ko co a", "chưa có"):
        assert answer(asked, "ghi", words) == Turn("taken", "", "missing")
    assert answer(asked, "ghi", "không có điện ba ngày").value == "không có điện ba ngày"


def test_a_command_inside_a_text_question_is_a_command():
    asked = session(form(FIGURES))
    assert answer(asked, "ghi", "quay lại") == Turn("command", "back")
    assert answer(asked, "ghi", "để sau") == Turn("command", "pause")


def test_no_is_zero_where_a_number_is_asked():
    assert answer(session(form(FIGURES), mo="1"), "luot", "không có").value == "0"


# ── what is submitted ───────────────────────────────────────────────────────────────────────────────


def test_a_section_that_was_not_opened_gives_zeros_and_keeps_stocks():
    found = results(session(form(FIGURES), kho="5", truoc_kho2="7", ghi="", ngay=""))
    assert found["kho"] == ("5", 5.0, "answered")
    assert found["tien"] == ("0", 0.0, "implied_zero")
    assert found["kho2"] == ("7", 7.0, "carried")
    assert found["diem"] == ("", None, "missing")
    assert found["ghi"] == ("", None, "missing")
    assert found["muc"] == ("", None, "missing")


def test_what_the_bot_has_counted_itself_is_more_than_an_implied_zero():
    found = results(session(form(FIGURES), tu_dong_luot="3"))
    assert found["luot"] == ("3", 3.0, "auto_count")


def test_a_stock_without_any_earlier_value_is_missing_and_not_zero():
    assert results(session(form(FIGURES)))["kho2"] == ("", None, "missing")


def test_an_open_question_is_missing_even_when_it_is_a_flow():
    assert results(session(form(FIGURES), mo="1"))["luot"] == ("", None, "missing")


def test_the_same_stock_as_last_time_is_carried():
    assert results(session(form(FIGURES), kho="9", truoc_kho="9"))["kho"] == ("9", 9.0, "carried")


# ── repeats ─────────────────────────────────────────────────────────────────────────────────────────

OPEN = """
| survey |
| | type | name | label | relevant | calculation |
| | begin repeat | nguoi | Người | | |
| | text | ten | Tên? | | |
| | integer | tuoi | Tuổi? | | |
| | text | lop | Lớp? | ${tuoi} < 18 | |
| | end repeat | | | | |
| | calculate | tong | | | sum(${tuoi}) |
| | calculate | so | | | count(${nguoi}) |
| | calculate | hai | | | indexed-repeat(${ten}, ${nguoi}, 2) |
| | note | n | Có ${so} người, tổng ${tong} tuổi, thứ hai là ${hai} | | |
| | text | cuoi | Cuối? | | |
"""


def test_after_each_row_one_more_is_offered():
    loaded = form(OPEN)
    first = {"ten[1]": "A", "tuoi[1]": "30"}
    assert names(session(loaded)) == ["ten[1]", "tuoi[1]", "nguoi[2]?", "cuoi"]
    assert names(session(loaded, **first)) == ["ten[1]", "tuoi[1]", "nguoi[2]?", "cuoi"]
    more = session(loaded, **first, **{"nguoi[2]?": "co"})
    assert names(more) == ["ten[1]", "tuoi[1]", "nguoi[2]?", "ten[2]", "tuoi[2]", "nguoi[3]?", "cuoi"]
    done = session(loaded, **first, **{"nguoi[2]?": "khong"})
    upcoming = done.next()
    assert upcoming is not None
    assert upcoming.name == "cuoi"


def test_a_row_sees_its_own_values_and_the_outside_sees_all():
    loaded = form(OPEN)
    answers = {"ten[1]": "A", "tuoi[1]": "30", "nguoi[2]?": "co", "ten[2]": "B", "tuoi[2]": "10"}
    both = session(loaded, **answers)
    assert "lop[2]" in names(both)
    assert "lop[1]" not in names(both)
    assert both.notes(named(loaded, "cuoi")) == ["Có 2 người, tổng 40 tuổi, thứ hai là B"]


def test_rows_are_submitted_one_by_one():
    answers = {"ten[1]": "A", "tuoi[1]": "30", "nguoi[2]?": "khong"}
    found = results(session(form(OPEN), **answers))
    assert found["ten[1]"] == ("A", None, "answered")
    assert found["tuoi[1]"] == ("30", 30.0, "answered")
    assert "nguoi[2]?" not in found


COUNTED = """
| survey |
| | type | name | label | repeat_count | calculation |
| | integer | so | Mấy người? | | |
| | begin repeat | nguoi | Người | ${so} | |
| | text | ten | Tên? | | |
| | calculate | thu | | | position(..) |
| | note | n | Người thứ ${thu} | | |
| | text | viec | Việc? | | |
| | end repeat | | | | |
"""


def test_a_counted_repeat_has_that_many_rows():
    loaded = form(COUNTED)
    assert names(session(loaded)) == ["so"]
    assert names(session(loaded, so="0")) == ["so"]
    assert names(session(loaded, so="2")) == ["so", "ten[1]", "viec[1]", "ten[2]", "viec[2]"]
    assert len(names(session(loaded, so="900"))) == 1 + 2 * 50


def test_a_lowered_count_hides_rows_and_keeps_their_answers():
    loaded = form(COUNTED)
    answers = {"ten[1]": "A", "ten[2]": "B"}
    assert "ten[2]" not in names(session(loaded, so="1", **answers))
    assert session(loaded, so="2", **answers).value("ten[2]") == "B"


def test_a_note_in_a_row_speaks_of_that_row():
    loaded = form(COUNTED)
    counted = session(loaded, so="2")
    assert counted.notes(named(loaded, "viec[2]")) == ["Người thứ 2"]


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_hint_ends_before_the_sentence_whose_value_is_missing():
    loaded = form("""
| survey |
| | type | name | label | hint |
| | hidden | truoc_a | | |
| | integer | a | Bao nhiêu? | Tính cả năm. Tháng trước: ${truoc_a}. Không đổi thì gõ "như cũ". |
""")
    question = named(loaded, "a")
    assert session(loaded).hint(question) == "Tính cả năm."
    assert session(loaded, truoc_a="1250").hint(question) == (
        'Tính cả năm. Tháng trước: 1.250. Không đổi thì gõ "như cũ".'
    )


def test_years_are_not_written_with_a_thousands_dot():
    loaded = form("""
| survey |
| | type | name | label |
| | hidden | ky_nam | |
| | text | a | Năm ${ky_nam}? |
""")
    assert session(loaded, ky_nam="2026").label(named(loaded, "a")) == "Năm 2026?"


def test_stored_values_are_shown_as_people_write_them():
    loaded = form(FIGURES)
    shown = session(loaded)
    assert shown.display(named(loaded, "tien"), "2500000") == "2.500.000 đồng"
    assert shown.display(named(loaded, "diem"), "98.5") == "98,5%"
    assert shown.display(named(loaded, "ngay"), "2026-10-17") == "17/10/2026"
    assert shown.display(named(loaded, "muc"), "a b") == "Một; Hai"
    assert shown.display(named(loaded, "ghi"), "") == "không có"
