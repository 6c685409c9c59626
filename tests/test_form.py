"""What a form says is read from the XForm alone."""

from __future__ import annotations

import pytest

from handlers.engine.form import Form, FormError
from tests.xlsforms import form, named

OWN = """
| survey |
| | type | name | label | hint | required | kind | unit | aggregate | carry | confirm_above | max_files | max_length | short |
| | integer | tien | Số tiền ủng hộ quỹ? | Ví dụ: 2tr5 | yes | money | đồng | sum | | 5000000 | | | Quỹ |
| | integer | nguoi | Số người? | | no | | người | last | yes | | | | |
| | text | ke | Kể lại? | | no | | | list | | | 3 | 1500 | |
| | select_one l | chon | Chọn? | | yes | | | count_by_choice | | | | | |
| | file | tep | Tệp? | | no | | | none | | | 5 | | |
| | hidden | ky_thang | | | | | | | | | | | |
| | note | loi | Xin chào ${ke} | | | | | | | | | | |
| choices |
| | list_name | name | label |
| | l | a | Một |
| | l | b | Hai |
| settings |
| | form_title | form_id | version |
| | Báo cáo thử | thu | 7 |
"""  # noqa: E501 - a row of a table is one line


def test_title_code_and_version_come_from_the_settings():
    loaded = form(OWN)
    assert (loaded.title, loaded.code, loaded.version) == ("Báo cáo thử", "thu", "7")


def test_each_type_has_its_reader():
    kinds = {question.name: question.kind for question in form(OWN).questions}
    assert kinds == {
        "tien": "money",
        "nguoi": "int",
        "ke": "text",
        "chon": "one",
        "tep": "file",
        "ky_thang": "hidden",
        "loi": "note",
    }


def test_own_columns_travel_in_the_xml():
    loaded = form(OWN)
    money, people, text, files = (named(loaded, name) for name in ("tien", "nguoi", "ke", "tep"))
    assert (money.unit, money.aggregate, money.confirm_above, money.summary) == ("đồng", "sum", 5e6, "Quỹ")
    assert (people.carry, people.aggregate, people.summary) == (True, "last", "Số người")
    assert (text.max_files, text.max_length, files.max_files) == (3, 1500, 5)
    assert money.flow
    assert not people.flow


def test_visible_questions_are_those_that_people_answer():
    assert [question.name for question in form(OWN).visible] == ["tien", "nguoi", "ke", "chon", "tep"]


def test_choices_keep_their_order_and_labels():
    assert [(c.name, c.label) for c in named(form(OWN), "chon").choices] == [("a", "Một"), ("b", "Hai")]


def test_a_label_names_the_values_that_it_shows():
    assert named(form(OWN), "loi").label == "Xin chào ${ke}"


def test_a_missing_translation_falls_back_to_another_language():
    loaded = form("""
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) |
| | text | a | Tên? | Name? |
| | text | b | | Age? |
| settings |
| | default_language |
| | Tiếng Việt (vi) |
""")
    assert [question.label for question in loaded.visible] == ["Tên?", "Age?"]


def test_a_question_is_in_the_section_of_its_group():
    loaded = form("""
| survey |
| | type | name | label | section |
| | begin group | g | Chăm lo | |
| | text | a | A | |
| | text | b | B | Quỹ |
| | end group | | | |
""")
    assert [question.section for question in loaded.visible] == ["Chăm lo", "Quỹ"]


def test_a_name_that_is_used_twice_is_told_apart_by_its_path():
    loaded = form("""
| survey |
| | type | name | label |
| | text | a | A |
| | begin group | g | G |
| | text | a | A |
| | end group | | |
""")
    assert [question.name for question in loaded.visible] == ["a", "g/a"]


@pytest.mark.parametrize("xml", ["", "không phải XML", "<html/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"])
def test_what_is_no_form_is_refused(xml):
    with pytest.raises(FormError):
        Form.from_xml(xml)


def test_an_expression_that_cannot_be_used_names_its_question():
    with pytest.raises(FormError, match="so_nguoi"):
        form("""
| survey |
| | type | name | label | constraint |
| | integer | so_nguoi | A | . == 1 |
""")


def test_an_unknown_aggregate_is_refused():
    with pytest.raises(FormError, match="aggregate"):
        form("""
| survey |
| | type | name | label | aggregate |
| | integer | a | A | tong |
""")


def test_a_question_of_a_row_carries_the_row_in_its_name():
    loaded = form("""
| survey |
| | type | name | label |
| | begin repeat | nguoi | Người |
| | text | ten | Tên? |
| | end repeat | | |
""")
    assert named(loaded, "ten[2]").rows == (2,)
    assert named(loaded, "ten[2]") is named(loaded, "ten[2]")
    assert named(loaded, "nguoi[2]?").kind == "yn"
    assert loaded.question("khac[2]") is None
