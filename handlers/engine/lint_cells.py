"""What is wrong with a column or a cell by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches

from handlers.engine import profile
from handlers.engine.lint_book import SWITCHES, WORDS, YES_NO, Book, Finding, Line, Row, column_of


def columns(survey: Sequence[Row], choices: Sequence[Row]) -> Iterator[Finding]:
    """Columns that are not known; what stands in them would not be heeded."""
    used = {header for row in survey for header in row}
    for header in sorted(used):
        column = column_of(header)
        if column.startswith(profile.OWN_PREFIX):
            own = column.removeprefix(profile.OWN_PREFIX)
            if own not in profile.OWN_COLUMNS:
                yield _unknown_column("survey", header, own, profile.OWN_COLUMNS)
        elif column.partition("::")[0] not in profile.SURVEY_COLUMNS and "::" not in column:
            yield _unknown_column("survey", header, column, profile.SURVEY_COLUMNS)
    for header in sorted({header for row in choices for header in row}):
        near = get_close_matches(column_of(header), profile.CHOICE_COLUMNS, 1, 0.8)
        if near and column_of(header).partition("::")[0] not in profile.CHOICE_COLUMNS:
            yield Finding("warning", "choices", 1, f"cột “{header}” có phải là “{near[0]}” không?")


def _unknown_column(sheet: str, header: str, column: str, known: frozenset[str]) -> Finding:
    near = get_close_matches(column, known, 1, 0.7)
    hint = f", có phải là “{near[0]}” không?" if near else ", nội dung cột này bị bỏ qua"
    return Finding("error" if near else "warning", sheet, 1, f"không có cột “{header}”{hint}")


def types(line: Line, book: Book) -> Iterator[Finding]:
    """Types of questions that cannot be asked, or not as they are meant."""
    if line.kind not in profile.SUPPORTED:
        near = get_close_matches(line.kind, profile.SUPPORTED, 1, 0.75)
        hint = f"; có phải là “{near[0]}” không?" if near else ""
        yield line.error(f"chưa dùng được loại câu hỏi “{line.row['type']}”{hint}")
    if line.kind in profile.BLANK:
        yield line.warning(f"loại “{line.kind}” luôn để trống trong hội thoại")
    if line.kind == "range":
        yield line.warning("loại range được hỏi như câu hỏi số")
    if "table-list" in line.row.get("appearance", ""):
        yield line.warning("bảng được hỏi lần lượt từng câu")
    if line.kind == "geopoint" and line.row.get("required", "") not in {"", "no", "false()"}:
        yield line.error("câu hỏi vị trí không được bắt buộc, vì có kênh không gửi được vị trí")
    options = book.lists.get(line.list_name, [])
    if line.kind in profile.SELECTS and line.list_name and not options and "${" not in line.list_name:
        yield line.error(f"không có danh sách “{line.list_name}” trong trang choices")
    if len(options) > profile.MANY_CHOICES:
        yield line.warning(f"danh sách có {len(options)} lựa chọn, khó chọn trên điện thoại")


def _switches(line: Line, _book: Book) -> Iterator[Finding]:
    for column in SWITCHES:
        source = line.row.get(column, "")
        if source.lower() not in YES_NO and WORDS.fullmatch(source):
            yield line.error(f"{column}: “{source}” không hiểu được; viết yes (có) hoặc no (không)")


def _own_columns(line: Line, book: Book) -> Iterator[Finding]:
    for name, allowed in (("kind", profile.OWN_KINDS), ("aggregate", profile.AGGREGATES)):
        cell = line.row.get(profile.OWN_PREFIX + name, "")
        if cell and cell not in allowed:
            yield line.error(f"{name}: “{cell}” không dùng được; chỉ có: {', '.join(sorted(allowed))}")
    for name in ("confirm_above", "max_files", "max_length"):
        cell = line.row.get(profile.OWN_PREFIX + name, "")
        if cell and not re.fullmatch(r"\d+(\.\d+)?", cell):
            yield line.error(f"{name}: “{cell}” phải là một số")
    per = line.row.get(f"{profile.OWN_PREFIX}per", "")
    if per and (per not in book.named or book.named[per].kind not in {"integer", "int"}):
        yield line.error(f"per: “{per}” phải là tên một câu hỏi số nguyên")


def _defaults(line: Line, book: Book) -> Iterator[Finding]:
    source = line.row.get("default", "")
    if not source or "${" in source or "(" in source:
        return
    if line.kind in {"integer", "int", "decimal"} and not re.fullmatch(r"-?\d+(\.\d+)?", source):
        yield line.error(f"default: “{source}” không phải là số")
    if line.kind == "date" and not _is_date(source):
        yield line.error(f"default: “{source}” không phải ngày; viết theo dạng 2026-11-22")
    names = [row.get("name", "") for row in book.lists.get(line.list_name, [])]
    if line.kind in profile.SELECTS and names and not set(source.split()) <= set(names):
        yield line.error(f"default: “{source}” không có trong danh sách “{line.list_name}”")


def _is_date(source: str) -> bool:
    try:
        return bool(date.fromisoformat(source))
    except ValueError:
        return False


def _repeats(line: Line, _book: Book) -> Iterator[Finding]:
    if line.kind != "begin_repeat":
        return
    count = line.row.get("repeat_count", "")
    if not count and not line.row.get("relevant"):
        yield line.warning("nhóm lặp nên có câu có/không đứng trước và điều kiện relevant")
    if count and not line.row.get("relevant") and "${" in count:
        yield line.warning(f"nên thêm relevant: {count} > 0")
    if re.fullmatch(r"\d+", count) and not 0 < int(count) <= 50:
        yield line.error("repeat_count: tối đa 50 dòng")


def _empty_groups(line: Line, book: Book) -> Iterator[Finding]:
    if line.kind.startswith("begin_") and not any(line in each.around for each in book.lines):
        yield line.error("nhóm không có câu hỏi nào")


CHECKS: tuple[Callable[[Line, Book], Iterator[Finding]], ...] = (
    _switches,
    _own_columns,
    _defaults,
    _repeats,
    _empty_groups,
)
