"""What office staff get wrong in Excel is found before anybody is asked, and named with its row."""

from __future__ import annotations

import pytest

from handlers.engine.lint import Finding, lint

LIST = [
    {"list_name": "l", "name": "a", "label": "A", "vung": "1"},
    {"list_name": "l", "name": "b", "label": "B", "vung": "2"},
]
FIRST = {"type": "integer", "name": "so", "label": "Số?"}
SELECT = {"type": "select_one l", "name": "chon", "label": "Chọn?"}


def findings(*rows: dict[str, str], choices: list[dict[str, str]] | None = None) -> list[Finding]:
    return lint(rows, LIST if choices is None else choices)


def errors(*rows: dict[str, str]) -> list[str]:
    return [str(finding) for finding in findings(*rows) if finding.severity == "error"]


def test_a_sound_form_has_no_findings():
    ready = {"relevant": "${so} > 1", "constraint": "selected(., 'a')", "required": "yes", "readonly": "no"}
    assert findings(FIRST, SELECT | ready, {"type": "text", "name": "t", "label": "${so}?"}) == []


def test_a_finding_names_the_sheet_and_the_excel_row():
    assert errors(FIRST, {}, SELECT | {"relevant": "${so} == 1"}) == [
        "survey dòng 4: relevant: so sánh bằng chỉ viết một dấu ="
    ]


@pytest.mark.parametrize(
    "column", ["relevant", "constraint", "calculation", "choice_filter", "bind::cd:confirm_when"]
)
def test_every_expression_is_compiled(column):
    (only,) = errors(FIRST, SELECT | {column: "if(1, 2)"})
    assert "cần 3 tham số" in only


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ({"relevant": "${sso} > 1"}, "có phải là ${so} không"),
        ({"relevant": "so > 1"}, "viết ${so}"),
        ({"constraint": ". = 'c'"}, "“c” không phải lựa chọn của “chon” (chỉ có: a, b)"),
        ({"constraint": "selected(., 'c')"}, "“c” không phải lựa chọn"),
        ({"required": "bắt buộc"}, "required: “bắt buộc” không hiểu được"),
        ({"readonly": "maybe"}, "readonly: “maybe” không hiểu được"),
        ({"choice_filter": "tinh = ${so}"}, "trang choices không có cột “tinh”"),
        ({"default": "c"}, "không có trong danh sách “l”"),
        ({"relevnt": "${so} > 1"}, "có phải là “relevant” không"),
        ({"bind::cd:agregate": "sum"}, "có phải là “aggregate” không"),
        ({"bind::cd:aggregate": "tổng"}, "chỉ có: avg, count_by_choice"),
        ({"bind::cd:kind": "tiền"}, "kind: “tiền” không dùng được"),
        ({"bind::cd:confirm_above": "5 tỷ"}, "phải là một số"),
        ({"label": "Đã có ${s0}?"}, "label: không có câu hỏi tên “s0”"),
    ],
)
def test_a_trap_of_the_office_is_found(row, hint):
    (only,) = errors(FIRST, SELECT | row)
    assert hint in only


def test_a_choice_of_another_question_is_checked_too():
    (only,) = errors(SELECT, {"type": "text", "name": "t", "label": "T", "relevant": "${chon} = 'có'"})
    assert only.startswith("survey dòng 3: relevant: “có” không phải lựa chọn của “chon”")


@pytest.mark.parametrize(
    ("kind", "default"), [("integer", "abc"), ("date", "22/11/2026"), ("decimal", "1,5")]
)
def test_a_default_has_the_type_of_its_question(kind, default):
    assert len(errors({"type": kind, "name": "x", "label": "X", "default": default})) == 1


@pytest.mark.parametrize(("kind", "default"), [("integer", "3"), ("date", "2026-11-22"), ("date", "today()")])
def test_a_typed_default_is_fine(kind, default):
    assert errors({"type": kind, "name": "x", "label": "X", "default": default}) == []


@pytest.mark.parametrize(
    "kind", ["rank l", "geoshape", "barcode", "audit", "xml-external", "background-audio"]
)
def test_a_type_that_no_chat_can_ask_is_an_error_that_names_it(kind):
    (only,) = errors({"type": kind, "name": "x", "label": "X"})
    assert only.startswith(f"survey dòng 2: chưa dùng được loại câu hỏi “{kind}”")


def test_a_misspelt_type_gets_the_nearest_one():
    (only,) = errors({"type": "intger", "name": "x", "label": "X"})
    assert "có phải là “integer” không" in only


def test_a_condition_may_not_point_forward():
    (only,) = errors({"type": "text", "name": "t", "label": "T", "relevant": "${so} > 1"}, FIRST)
    assert "câu “so” đứng sau (dòng 3)" in only


def test_a_calculation_may_stand_anywhere_below():
    later = {"type": "calculate", "name": "c", "calculation": "${so} * 2"}
    assert errors(FIRST, {"type": "text", "name": "t", "label": "T", "relevant": "${c} > 1"}, later) == []


def test_a_circle_of_calculations_is_found_once():
    (only,) = errors(
        {"type": "calculate", "name": "a", "calculation": "${b} + 1"},
        {"type": "calculate", "name": "b", "calculation": "${c} + 1"},
        {"type": "calculate", "name": "c", "calculation": "${a} + 1"},
    )
    assert only == "survey dòng 2: vòng lặp: a → b → c → a"


def test_a_chain_of_conditions_has_an_end():
    chain = [FIRST | {"name": "q0"}]
    chain += [FIRST | {"name": f"q{n}", "relevant": f"${{q{n - 1}}} > 1"} for n in range(1, 100)]
    assert errors(*chain) == ["survey dòng 62: điều kiện nối tiếp nhau quá 60 câu"]
    assert errors(*chain[:60]) == []


def test_a_group_that_hangs_on_its_own_question_is_a_circle():
    group = {"type": "begin group", "name": "g", "label": "G", "relevant": "${c} > 1"}
    inside = {"type": "calculate", "name": "c", "calculation": "${so} + 1"}
    (only,) = errors(FIRST, group, inside, {"type": "end group"})
    assert "vòng lặp: c → c" in only


def test_an_empty_group_is_found():
    (only,) = errors(FIRST, {"type": "begin group", "name": "g", "label": "G"}, {"type": "end group"})
    assert only == "survey dòng 3: nhóm không có câu hỏi nào"


def test_a_missing_list_is_found():
    (only,) = errors({"type": "select_one khac", "name": "x", "label": "X"})
    assert "không có danh sách “khac”" in only


def test_a_constraint_may_speak_of_the_question_itself():
    assert errors(FIRST | {"constraint": "${so} > 1 and . < 5"}) == []


def test_what_is_only_unwise_is_a_warning():
    many = [{"list_name": "m", "name": f"x{n}", "label": "X"} for n in range(30)]
    rows = ({"type": "deviceid", "name": "d"}, {"type": "select_one m", "name": "x", "label": "X"})
    assert [each.severity for each in findings(*rows, choices=many)] == ["warning", "warning"]


def test_a_position_may_not_be_required():
    place = {"type": "geopoint", "name": "x", "label": "X"}
    assert errors(place) == []
    assert len(errors(place | {"required": "yes"})) == 1


def test_a_repeat_should_have_a_gate():
    rows = ({"type": "begin repeat", "name": "r", "label": "R"}, FIRST, {"type": "end repeat"})
    (only,) = findings(*rows)
    assert only.severity == "warning"
