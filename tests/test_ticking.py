"""Several options: what is held is ticked again, what cannot stand together gives way, nothing is dropped unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.player import play

BEGIN = """# only: thay
@ 2026-09-10 08:30
thay: báo cáo
thay: 1 4
thay: như cũ
thay: 2
thay: 150
thay: 5
thay: 2tr5
thay: 0
thay: tốt
thay: bỏ qua
"""


@pytest.fixture
def said(sqlite_database: Database, tmp_path: Path):
    """What comes of these lines, after a report that is complete."""

    def _said(*lines: str) -> str:
        path = tmp_path / "played.txt"
        path.write_text(BEGIN + "\n".join(lines) + "\n", encoding="utf-8")
        return play(sqlite_database, path).partition("Các mục còn lại")[2]

    return _said


HELD = "= NB-GDU-01 bc_thang 2026-09 hoat_dong_thang: x"


def test_a_list_that_is_opened_again_begins_with_what_is_held(said) -> None:
    shown = said("thay: sửa 1")
    assert "[✓ 1 Tuyên truyền, vận động] [2 Thi đua" in shown
    assert "[✓ 4 Chăm lo" in shown


@pytest.mark.parametrize(
    "words", ["bỏ 1", "bỏ tuyên truyền", "bỏ bớt mục 1 đi", "4", "[✓ 1 Tuyên truyền]", "8"]
)
def test_an_answered_option_goes_only_after_a_yes(said, words: str) -> None:
    lines = ["thay: sửa 1", f"thay: {words}", *(["thay: [Xong]"] if words.startswith("[") else [])]
    shown = said(*lines, "thay: không", HELD)
    assert "Số cuộc tuyên truyền (2 cuộc); Lượt người được tuyên truyền (150 lượt người)" in shown
    assert "hoat_dong_thang: tuyen_truyen cham_lo (" in shown


def test_after_a_yes_it_goes(said) -> None:
    assert "hoat_dong_thang: cham_lo" in said("thay: sửa 1", "thay: bỏ 1", "thay: có", HELD)


def test_another_list_that_drops_nothing_answered_is_asked_about_all_the_same(said) -> None:
    lines = ["thay: sửa 1", "thay: thêm 6", "thay: sửa 1", "thay: 1 4 5"]
    shown = said(*lines, "thay: không", HELD)
    assert "Chỉ ghi “" in shown
    assert "hoat_dong_thang: tuyen_truyen cham_lo giam_sat_kien_nghi vuong_mac" in shown


@pytest.mark.parametrize("words", ["thi đua nữa", "thêm 2", "1 2 4", "thêm thi đua"])
def test_options_join_those_held(said, words: str) -> None:
    assert "hoat_dong_thang: tuyen_truyen thi_dua_sang_kien cham_lo" in said(
        "thay: sửa 1", f"thay: {words}", HELD
    )


def test_a_list_is_put_right_at_once_when_nothing_is_lost(said) -> None:
    assert "hoat_dong_thang: tuyen_truyen cham_lo giam_sat_kien_nghi" in said("thay: sửa 1 thành 1 4 5", HELD)


def test_an_option_that_stands_alone_unticks_the_others_and_they_untick_it(said) -> None:
    shown = said("thay: sửa 1", "thay: [8 Không phát sinh]", "thay: [2 Thi đua, ý tưởng, sáng kiến]")
    alone, others = shown.split("thay: [")[-2:]
    assert "[1 Tuyên truyền, vận động]" in alone
    assert "[✓ 8 Không phát sinh]" in alone
    assert "[✓ 2 Thi đua" in others
    assert "[8 Không phát sinh]" in others
