"""A form's file (.xlsx, .md) → checked XForm; pyxform runs in a process of its own and never in this one."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers.engine.form import Form, FormError
from handlers.engine.lint import Finding, lint

MAX_BYTES = 1_000_000
WALL_SECONDS = 60
"""The process may use 10 seconds of CPU; on a busy machine that takes longer on the wall clock."""

FORMS = Path(__file__).parents[1] / "forms"
FILE_TYPES = frozenset({".xlsx", ".xls", ".md"})

_WORKER = Path(__file__).with_name("publishing_worker.py")
_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"on the '(\w+)' sheet|'(\w+)' sheet")
_MEANINGS = (
    ("unmatched", "nhóm mở và đóng không khớp (begin group / end group)"),
    ("must have a sheet named 'survey'", "thiếu trang “survey”"),
    ("missing calculation", "câu calculate thiếu công thức"),
    ("no name", "câu hỏi thiếu tên (name)"),
    ("reference variables", "có tên trong ${…} không khớp với câu hỏi nào"),
    ("questions, groups, and repeats must be unique", "tên câu hỏi bị trùng"),
    ("choice names must be unique", "tên lựa chọn bị trùng trong một danh sách"),
    ("choice names with spaces", "tên lựa chọn không được có dấu cách"),
    ("names must begin with a letter", "tên chỉ gồm chữ, số, dấu gạch dưới và bắt đầu bằng chữ"),
    ("unknown question type", "loại câu hỏi không có"),
    ("choices sheet", "thiếu trang “choices”"),
    ("no label", "thiếu nhãn (label)"),
)


@dataclass(frozen=True, slots=True)
class Published:
    """A converted form; `xml` is empty when a finding is an error."""

    xml: str
    sha256: str
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stand in the way."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def convert(source: bytes, file_type: str) -> Published:
    """Convert and check a form's file; FormError when it is no form file at all."""
    if len(source) > MAX_BYTES:
        raise FormError("Tệp lớn hơn 1 MB. Đồng chí bỏ hình ảnh, trang thừa trong tệp rồi gửi lại.")
    if file_type not in FILE_TYPES:
        raise FormError("Tệp biểu mẫu phải là Excel (.xlsx) theo mẫu. Đồng chí lưu lại đúng dạng rồi gửi.")
    answer = _converted(source, file_type)
    findings = lint(answer["survey"], answer["choices"])
    xml = answer.get("xml", "")
    if "error" in answer:
        findings = _with_complaint(findings, answer["error"])
    elif not any(finding.severity == "error" for finding in findings):
        findings += _unusable(xml)
    if any(finding.severity == "error" for finding in findings):
        xml = ""
    return Published(xml, hashlib.sha256(source).hexdigest(), tuple(findings))


def check(path: Path) -> list[Finding]:
    """What is wrong with a form's file."""
    return list(convert(path.read_bytes(), path.suffix.lower()).findings)


def compiled_path(path: Path) -> Path:
    """Where the XForm of a shipped form lies, so that a start needs no pyxform."""
    return path.parent / "compiled" / f"{path.stem}.xml"


def main() -> int:
    """Convert every shipped form again; the exit code says whether all of them could be."""
    failed = 0
    for path in sorted(FORMS.glob("*.md")):
        published = convert(path.read_bytes(), ".md")
        failed += bool(published.errors)
        sys.stdout.write("".join(f"{path.name}: {finding}\n" for finding in published.findings))
        if published.xml:
            compiled_path(path).parent.mkdir(exist_ok=True)
            compiled_path(path).write_text(published.xml, encoding="utf-8")
    return 1 if failed else 0


def _converted(source: bytes, file_type: str) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 - our own file, by its path
            [sys.executable, "-I", str(_WORKER), file_type],
            input=source,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=True,
            env={"LANG": "C.UTF-8"},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise _unreadable() from None
    if "unreadable" in answer:
        raise _unreadable()
    return answer


def _unreadable() -> FormError:
    return FormError(
        "Tệp không đọc được. Đồng chí mở tệp bằng Excel, lưu lại dạng .xlsx theo mẫu biểu mẫu rồi gửi lại."
    )


def _with_complaint(findings: list[Finding], complaint: str) -> list[Finding]:
    """The first complaint of pyxform, unless our own check says the same about that row already."""
    row = _ROW.search(complaint)
    number = int(row[1]) if row else 0
    if any(finding.severity == "error" and finding.row in {number, 0} for finding in findings):
        return findings
    if not number and any(finding.severity == "error" for finding in findings):
        return findings
    sheet = _SHEET.search(complaint)
    name = next((part for part in sheet.groups() if part), "survey") if sheet else "survey"
    meaning = next((text for key, text in _MEANINGS if key in complaint.lower()), "không chuyển đổi được")
    detail = " ".join(_ROW.sub("", complaint).split())[:200]
    return [*findings, Finding("error", name, number, f"{meaning} ({detail})")]


def _unusable(xml: str) -> list[Finding]:
    """What only reading the finished XForm shows."""
    try:
        form = Form.from_xml(xml)
    except FormError as error:
        return [Finding("error", "survey", 0, str(error))]
    return [] if form.visible else [Finding("error", "survey", 0, "biểu mẫu chưa có câu hỏi nào")]


if __name__ == "__main__":
    raise SystemExit(main())
