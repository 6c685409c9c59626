"""Values are written as people write them in Vietnamese."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.engine import spelling


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (44, "bốn mươi tư"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (2_026, "hai nghìn không trăm hai mươi sáu"),
        (2_500_000, "hai triệu năm trăm nghìn"),
        (1_050_000, "một triệu không trăm năm mươi nghìn"),
        (5_000_005, "năm triệu không trăm linh năm"),
        (1_000_000_000, "một tỷ"),
        (1_250_000_000, "một tỷ hai trăm năm mươi triệu"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (10**15, "một triệu tỷ"),
        (-5, "âm năm"),
    ],
)
def test_numbers_are_spelt_as_they_are_read_out(value, words):
    assert spelling.in_words(value) == words


@given(st.integers(0, 10**15))
def test_no_number_is_spelt_with_a_double_space_or_a_wrong_one(value):
    words = spelling.in_words(value)
    assert "  " not in words
    assert words == words.strip()
    assert not any(
        wrong in words for wrong in ("mươi một", "mươi năm", "mười năm", "lẽ", "mươi bốn", "linh không")
    )


@given(st.sets(st.integers(0, 10**12), min_size=2, max_size=2))
def test_two_numbers_are_never_spelt_alike(values):
    first, second = values
    assert spelling.in_words(first) != spelling.in_words(second)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1_234_567, "1.234.567"),
        (1_234_567.8, "1.234.567,8"),
        (98.5, "98,5"),
        (98.0, "98"),
        (0.1, "0,1"),
        (-1_500, "-1.500"),
        (Decimal("12.50"), "12,5"),
        (1e15, "1.000.000.000.000.000"),
    ],
)
def test_figures_have_dots_and_a_decimal_comma(value, written):
    assert spelling.number(value) == written


def test_units_and_days():
    assert spelling.money(2_500_000) == "2.500.000 đồng"
    assert spelling.percent(98.5) == "98,5%"
    assert spelling.date(date(2026, 1, 5)) == "05/01/2026"
    assert spelling.weekday(date(2026, 11, 22)) == "Chủ nhật"
    assert spelling.weekday(date(2026, 11, 18)) == "thứ Tư"
