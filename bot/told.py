"""What an operator is told who typed a command that cannot be done: in Vietnamese, and what to do about it."""

from __future__ import annotations

import errno
import re
from typing import Any

WHY = {
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.EACCES: "không có quyền đọc, ghi",
    errno.EPERM: "không có quyền đọc, ghi",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EROFS: "chỗ này chỉ đọc được, không ghi được",
    errno.EEXIST: "đã có tệp mang tên này",
}
FILE = "Không đọc hoặc ghi được {file}: {why}. Hãy xem lại tên tệp, thư mục và quyền."
USAGE = {
    "NoSuchOption": "Không có tùy chọn {name}.{perhaps}",
    "MissingParameter": "Còn thiếu tham số {name}.",
    "BadOptionUsage": "Sau {name} còn thiếu giá trị.",
    "BadParameter": "Giá trị của {name} không dùng được.",
    "no_command": "Không có lệnh {name}.{perhaps}",
    "too_many": "Thừa: {name}. Tên có dấu cách thì đặt trong ngoặc kép.",
}
OTHERWISE = "Lệnh gõ chưa đúng ({said})."
PERHAPS = " Có phải là {names}?"
HOW = "Xem cách dùng: {command} --help"
_QUOTED = re.compile(r"'([^']+)'")


def why(error: OSError) -> str:
    """Why a file cannot be read or written; in the system's own words where we have none."""
    return WHY.get(error.errno or 0) or error.strerror or str(error)


def file(error: OSError) -> str:
    """The file of an error, why, and what to look at."""
    return FILE.format(file=error.filename, why=why(error))


def usage(error: Any) -> str:  # noqa: ANN401 - a UsageError of click, which typer carries in a private module
    """Two lines: what is wrong with the command as typed, and how to see what it takes."""
    context = error.ctx
    return f"{_wrong(error)}\n{HOW.format(command=context.command_path if context else 'congdoan')}"


def _wrong(error: Any) -> str:  # noqa: ANN401 - as above
    said = error.format_message()
    named = _QUOTED.findall(said)
    name, others = getattr(error, "option_name", None), getattr(error, "possibilities", None) or []
    kind = type(error).__name__
    if said.startswith("No such command"):
        kind, name, others = "no_command", named[0], named[1:]
    elif said.startswith("Got unexpected extra argument"):
        kind, name = "too_many", said.partition("(s) ")[2].strip("()") or said
    name = name or (named[0] if named else "")
    perhaps = PERHAPS.format(names=", ".join(others)) if others else ""
    template = USAGE.get(kind, OTHERWISE) if name else OTHERWISE
    return template.format(name=name, perhaps=perhaps, said=said)
