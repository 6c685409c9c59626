"""The paste-ready paragraph "Phần phong trào thi đua" (P43): numbers below 10 with a leading zero, zeros left out."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import texts
from handlers.engine import spelling

PHRASES: tuple[tuple[str, str, str, str], ...] = (
    (
        "tt_so_cuoc",
        "tổ chức {} cuộc tuyên truyền",
        "tt_luot_nguoi",
        " với {} lượt đoàn viên, CNVCLĐ tham gia",
    ),
    ("sk_y_tuong_moi", "ghi nhận {} ý tưởng, sáng kiến mới", "", ""),
    ("sk_duoc_cong_nhan", "có {} sáng kiến được công nhận", "", ""),
    ("xsd_so_dot", "thực hiện {} đợt Xanh - Sạch - Đẹp, tự kiểm tra ATVSLĐ", "", ""),
    ("cl_so_nguoi", "thăm hỏi, hỗ trợ {} lượt người", "cl_so_tien", ", trị giá {} đồng"),
    ("quy_dodn_so_tien", "ủng hộ Quỹ “Đền ơn đáp nghĩa và an sinh xã hội” {} đồng", "", ""),
    ("gs_so_cuoc", "chủ trì, tham gia {} cuộc giám sát, phản biện xã hội", "", ""),
    ("kn_so_moi", "tiếp nhận {} kiến nghị, đề xuất của đoàn viên", "", ""),
    ("guong_so", "giới thiệu {} gương điển hình, mô hình hay", "", ""),
    ("kt_so_luong", "khen thưởng {} tập thể, cá nhân", "", ""),
)
"""Question, its phrase, the question that goes with it, and that one's phrase."""


def of(numbers: Mapping[str, float | None], period: str, unit: str) -> str:
    """One sentence for a unit's month; `period` as 11/2026."""
    done = [_phrase(numbers, phrase) for phrase in PHRASES if numbers.get(phrase[0])]
    if not done:
        return texts.PARAGRAPH_QUIET.format(period=period, unit=unit)
    return texts.PARAGRAPH_START.format(period=period, unit=unit, done="đã " + "; ".join(done))


def _phrase(numbers: Mapping[str, float | None], phrase: tuple[str, str, str, str]) -> str:
    name, words, beside, more = phrase
    text = words.format(_count(numbers[name] or 0))
    return text + more.format(_count(numbers[beside] or 0)) if beside and numbers.get(beside) else text


def _count(number: float) -> str:
    return f"{number:02.0f}" if 0 < number < 10 else spelling.number(number)
