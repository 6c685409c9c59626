"""What leaders and superiors read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import digest, digest_files, digest_json, digest_texts
from handlers.digest_numbers import change, number, percent
from storage.coverage import MissingUnit
from storage.database import Database
from storage.summary import Scope, Superior, Total
from tests.digest_samples import (
    CLOSES,
    MISSING,
    PROVISIONAL,
    SUMMARY,
    Report,
    coverage,
    found,
    hand_in,
    open_month,
)

LEADERS_TEXT = """\
BẢN TIN PHONG TRÀO THI ĐUA – Kỳ 11/2026 (đến 17:00 ngày 20/11/2026)
Đã báo cáo: 41/60 đơn vị (68,3%); trong đó chưa duyệt 12.
Đang hoàn thiện lại theo đề nghị: 1 đơn vị.

1. Tuyên truyền: 2.315 cuộc (+4,1%), 148.200 lượt
2. Ý tưởng, sáng kiến mới: 306 (-3,2%), công nhận 97
3. Chăm lo: 4.820 lượt người (không đổi)
4. Giá trị chăm lo: 3.615.000.000 đồng (+16,1%)
5. Quỹ Đền ơn đáp nghĩa và ASXH: 1.234.567.890 đồng
So với tháng 10/2026, tính trên 39 đơn vị có báo cáo cả hai tháng.

Chưa nhận được báo cáo, theo công đoàn cấp trên:
- CĐ phường Hoa Lư: 2/7
- CĐ các KCN: 16/53

Sáng kiến gửi qua Trợ lý trong kỳ: 12.
Vướng mắc đang mở: 14 (3 việc quá 10 ngày làm việc).
Tự đánh giá: Tốt 25, Khá 12, Trung bình 4.
Số liệu tạm tính, chưa khóa."""


def test_the_leaders_text_reads_like_this():
    assert digest.text(SUMMARY) == LEADERS_TEXT


def test_a_superior_reads_the_names_of_its_own_units():
    shown = digest.superior_text(
        replace(SUMMARY, scope=Scope(2, "NB-HLU", "Công đoàn phường Hoa Lư", "CĐ phường Hoa Lư")), MISSING
    )
    assert "– CĐ phường Hoa Lư – Kỳ 11/2026" in shown
    assert "Chưa nhận được báo cáo của 1 đơn vị:\n- CĐCS Thương mại Bến Trăng\n" in shown
    assert "Đang hoàn thiện lại theo đề nghị, 1 đơn vị:\n- =CMD('x')\n" in shown
    assert shown.endswith("hỗ trợ các đơn vị gửi báo cáo trước khi khóa số liệu (17:00 ngày 25/11/2026).")


def test_each_stage_says_how_firm_its_figures_are():
    record = digest.text(replace(SUMMARY, stage="record"))
    final = digest.text(replace(SUMMARY, stage="final", closed_at=CLOSES))
    assert record.endswith("Số liệu sau hạn nộp, chưa khóa; khóa lúc 17:00 ngày 25/11/2026.")
    assert final.endswith("Số liệu đã khóa lúc 17:00 ngày 25/11/2026.")


def test_a_month_without_owing_units_and_one_with_all_reports_have_their_own_words():
    nobody = replace(SUMMARY, coverage=coverage(0, 0), by_superior=(), comparison=None)
    assert "Kỳ này không có đơn vị phải báo cáo." in digest.text(nobody)
    complete = replace(SUMMARY, coverage=coverage(7, 7), by_superior=(Superior(2, "A", coverage(7, 7)),))
    assert "Đã báo cáo: 7/7 đơn vị (100%)." in digest.text(complete)
    assert "Đã nhận đủ báo cáo của các đơn vị." in digest.text(complete)


def test_the_same_denominator_in_both_months_is_not_repeated():
    same = replace(SUMMARY, coverage=coverage(60, 39))
    assert "So với tháng 10/2026.\n" in digest.text(same)


def test_no_reproach_in_any_text():
    everything = "\n".join(value for value in vars(digest_texts).values() if isinstance(value, str)).lower()
    assert not any(word in everything for word in ("chậm", "vi phạm", "yếu kém", "bạn ", "!"))


names = st.text(min_size=1, max_size=300)


@given(st.lists(st.tuples(names, st.integers(1, 10**6)), max_size=400), names)
def test_a_digest_is_never_longer_than_a_message_and_drops_no_count(rows, scope):
    by_superior = tuple(
        Superior(n, name, coverage(owing, owing // 2)) for n, (name, owing) in enumerate(rows)
    )
    owing = sum(s.coverage.owing for s in by_superior)
    submitted = sum(s.coverage.submitted for s in by_superior)
    summary = replace(
        SUMMARY,
        coverage=coverage(owing, submitted),
        by_superior=by_superior,
        scope=Scope(1, "", scope, scope),
    )
    missing = [MissingUnit(n, "", name, "", returned=bool(n % 3)) for n, (name, _) in enumerate(rows)]
    assert digest.utf16(digest.text(summary)) <= digest.LIMIT
    shown = digest.superior_text(summary, missing)
    assert digest.utf16(shown) <= digest.LIMIT


def test_superiors_that_do_not_fit_are_summed_in_one_line():
    rows = tuple(Superior(n, f"Công đoàn xã số {n:03}", coverage(10, 7)) for n in range(200))
    shown = digest.text(replace(SUMMARY, coverage=coverage(2000, 1400), by_superior=rows))
    listed = shown.count("- Công đoàn xã số")
    assert (
        f"- {200 - listed} công đoàn cấp trên khác: {number(3 * (200 - listed))}/{number(10 * (200 - listed))}"
        in shown
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (1000, "1.000"), (3.615e9, "3.615.000.000"), (1234567.8, "1.234.567,8")],
)
def test_numbers_have_dots_for_thousands_and_a_comma_for_decimals(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (41, 60, "68,3"),
        (0, 60, "0"),
        (60, 60, "100"),
        (1, 9999, "0,1"),
        (9999, 10000, "99,9"),
        (1182, 1240, "95,3"),
    ],
)
def test_a_hundred_percent_is_said_only_of_all(part, whole, shown):
    assert percent(part, whole) == shown


def test_there_is_no_change_without_something_to_compare_with():
    assert change(Total("x", 5, 5, 0)) == change(Total("x", 5, 5, None)) == ""
    assert change(Total("x", 5, 4, 5)) == "-20,0%"


def test_json_says_the_same_figures():
    body = json.loads(json.dumps(digest_json.to_json(SUMMARY)))
    assert (body["owing"], body["submitted"], body["missing"], body["submitted_percent"]) == (
        60,
        41,
        18,
        68.3,
    )
    assert body["stage"] == "provisional"
    assert body["at"] == "2026-11-20T17:00:00+07:00"
    first = body["totals"][0]
    assert (first["name"], first["value"], first["change_percent"], first["unit"]) == (
        "tt_so_cuoc",
        2315,
        4.1,
        "cuộc",
    )
    assert first["beside"]["value"] == 148_200
    assert body["by_superior"][0]["missing"] == 2
    assert body["assessment"] == {"kha": 12, "tot": 25, "trung_binh": 4}


@pytest.fixture
def month(database: Database) -> Database:
    with database.begin() as db:
        found(db, {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3})
        hand_in(db, open_month(db, "2026-10", 1), [Report(4, figures={"tt_so_cuoc": 2})])
        hand_in(db, open_month(db, "2026-11", 2), [Report(4, figures={"tt_so_cuoc": 3})])
    return database


def test_the_command_makes_every_format_for_the_whole_and_for_a_unit(month):
    starts = {"text": "BẢN TIN".encode(), "json": b"{", "png": b"\x89PNG", "xlsx": b"PK"}
    for form, start in starts.items():
        assert digest_files.render(month, "2026-11", form, at=PROVISIONAL).startswith(start)
    under = digest_files.render(month, "2026-11", "json", unit_code="U2", at=PROVISIONAL)
    assert json.loads(under)["owing"] == 2
    assert json.loads(under)["totals"][0]["change_percent"] == 50


def test_a_month_or_unit_that_does_not_exist_is_said_in_a_sentence(month):
    with pytest.raises(digest_files.UnknownPeriod, match="Chưa có kỳ báo cáo 2031-01"):
        digest_files.compose(month, "2031-01", at=PROVISIONAL)
    with pytest.raises(digest_files.UnknownUnit, match="U99"):
        digest_files.compose(month, "2026-11", unit_code="U99", at=PROVISIONAL)


def test_what_matplotlib_keeps_lies_with_the_data(tmp_path: Path) -> None:
    code = (
        "import contextlib, sys; from pathlib import Path; from types import SimpleNamespace as N\n"
        "from handlers import digest_files\n"
        "with contextlib.suppress(Exception): digest_files.picture(N(files=Path(sys.argv[1]) / 'files'), None)\n"
        "import matplotlib; print(matplotlib.get_cachedir())"
    )
    environment = {name: value for name, value in os.environ.items() if name != "MPLCONFIGDIR"}
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env=environment | {"HOME": "/proc"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == str(tmp_path / "matplotlib")
    assert "mkdir -p failed" not in said.stderr
