"""Where a command writes: one rule for every `--out`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

ENDINGS = {"text": (".txt",), "csv": (".csv",), "json": (".json",), "png": (".png",), "xlsx": (".xlsx",)}
"""Format → how its files end."""
OTHER_ENDING = "Tên tệp {file} phải kết thúc bằng {ending}. Hãy chạy lại, ví dụ: --out {like}"
"""To a file whose name says that it is something else than what is written."""


class OutError(Exception):
    """The file cannot be called so; the words say what the operator has to do."""

    for_operator = True


def place(out: str | Path, name: str, endings: Sequence[str]) -> Path:
    """Which file `--out` means: `name` in a folder, else the file itself, whose name gets the first of the endings.

    What ends with a slash is a folder, also where there is none yet; whoever writes makes it.  Raises OutError for a
    name with another ending.
    """
    path = Path(out)
    if path.is_dir() or os.fspath(out).endswith((os.sep, "/")):
        return path / (name if name.endswith(tuple(endings)) else name + endings[0])
    if path.name.lower().endswith(tuple(endings)) or (path.exists() and not path.is_file()):
        return path
    if path.suffix:
        like = path.with_name(path.name.partition(".")[0] + endings[0])
        raise OutError(OTHER_ENDING.format(file=path, ending=" hoặc ".join(endings), like=like))
    return path.with_name(path.name + endings[0])
