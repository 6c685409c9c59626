"""Reads a form's file and converts it with pyxform; run as a process of its own, with limits, by publishing."""

from __future__ import annotations

import json
import resource
import sys
import unicodedata
from dataclasses import asdict
from typing import Any

MEMORY = 1 << 30
WRITTEN = 20 << 20
SECONDS = 10
NAMESPACE = 'cd="urn:congdoan:form"'
OWN = {
    "kind": "kind",
    "unit": "unit",
    "aggregate": "aggregate",
    "carry": "carry",
    "confirm_above": "confirm_above",
    "confirm_when": "confirm_when",
    "anomaly": "anomaly",
    "per": "per",
    "max_files": "max_files",
    "max_length": "max_length",
    "short": "short",
    "section": "section",
    "shares": "shares",
    "dạng số": "kind",
    "đơn vị": "unit",
    "cách cộng": "aggregate",
    "giữ số kỳ trước": "carry",
    "hỏi lại khi trên": "confirm_above",
    "hỏi lại khi": "confirm_when",
    "tính theo": "per",
    "số tệp tối đa": "max_files",
    "độ dài tối đa": "max_length",
    "tên ngắn": "short",
    "phần": "section",
}
FRIENDLY = {
    "loại": "type",
    "tên": "name",
    "nhãn": "label",
    "gợi ý": "hint",
    "bắt buộc": "required",
    "thông báo bắt buộc": "required_message",
    "điều kiện": "relevant",
    "ràng buộc": "constraint",
    "thông báo lỗi": "constraint_message",
    "công thức": "calculation",
    "lọc lựa chọn": "choice_filter",
    "mặc định": "default",
    "số lần lặp": "repeat_count",
    "chỉ đọc": "readonly",
    "danh sách": "list_name",
    "tiêu đề": "form_title",
    "mã biểu mẫu": "form_id",
    "phiên bản": "version",
}
YES_NO = {"có": "yes", "co": "yes", "không": "no", "khong": "no"}


def header(name: str, sheet: str) -> str:
    """A column's XLSForm name; languages after `::` stay."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    stem, mark, language = plain.partition("::")
    if sheet == "survey" and stem.lower() in OWN and not mark:
        return f"bind::cd:{OWN[stem.lower()]}"
    return FRIENDLY.get(stem.lower(), stem) + mark + language


def row_of(cells: dict[str, str], sheet: str) -> dict[str, str]:
    """A row under its XLSForm names, with có and không as yes and no where a switch stands."""
    row = {header(name, sheet): unicodedata.normalize("NFC", str(cell)) for name, cell in cells.items()}
    for column in ("required", "readonly"):
        if column in row:
            row[column] = YES_NO.get(row[column].strip().lower(), row[column])
    return row


def prepared(book: dict[str, Any]) -> dict[str, Any]:
    """The workbook as pyxform wants it: friendly headers renamed, our namespace declared."""
    ready = dict(book)
    for sheet in ("survey", "choices", "settings"):
        rows = [row_of(row, sheet) for row in book.get(sheet) or []]
        if sheet == "settings":
            rows = [_with_namespace(row) for row in rows[:1] or [{}]]
        if rows:
            headers = {header(name, sheet): None for name in (book.get(f"{sheet}_header") or [{}])[0]}
            ready[sheet] = rows
            ready[f"{sheet}_header"] = [headers | dict.fromkeys(name for row in rows for name in row)]
    return ready


def _with_namespace(settings: dict[str, str]) -> dict[str, str]:
    declared = settings.get("namespaces", "")
    return settings if "cd=" in declared else settings | {"namespaces": f"{declared} {NAMESPACE}".strip()}


def convert(source: bytes, file_type: str) -> dict[str, Any]:
    """Rows and XML of a form, or pyxform's complaint; `unreadable` when it is no form file at all."""
    from pyxform.errors import PyXFormError  # noqa: PLC0415 - half a second, only in this process
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415
    from pyxform.xls2xform import convert as to_xform  # noqa: PLC0415

    try:
        book = prepared(asdict(get_xlsform(source, file_type=file_type)))
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes means the same
        return {"unreadable": str(error)}
    answer: dict[str, Any] = {"survey": book.get("survey") or [], "choices": book.get("choices") or []}
    try:
        answer["xml"] = to_xform(book, form_name="data", pretty_print=True).xform
    except PyXFormError as error:
        answer["error"] = str(error)
    except Exception as error:  # noqa: BLE001 - pyxform stumbles over some sheets with plain KeyErrors
        answer["error"] = f"{type(error).__name__}: {error}"
    return answer


def main() -> None:
    """Convert what stands on standard input; the answer is one JSON object."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    answer = convert(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
