"""Looks at an Excel file before anything opens it: hostile or broken ones are refused with one sentence."""

from __future__ import annotations

import io
import zipfile
import zlib

from handlers import roster_texts as texts

LARGEST = 5 * 2**20
LARGEST_UNPACKED = 50 * 2**20
LARGEST_PART = 4 * 2**20
"""Of parts that hold no rows: styles, the list of sheets …"""
MOST_RATIO = 200
MOST_PARTS = 300
MOST_SHEETS = 20

_ROWS = ("xl/worksheets/", "xl/sharedstrings")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Refused(Exception):
    """A file that is not read; the words are for its sender."""


def look(body: bytes) -> int:
    """Raise Refused if a file is not to be opened; about how many rows it has, for a progress bar."""
    if len(body) > LARGEST:
        raise Refused(texts.TOO_LARGE.format(limit=LARGEST // 2**20))
    if body.startswith(_OLD_EXCEL):
        raise Refused(texts.ENCRYPTED)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            _weigh(archive.infolist(), len(body))
            return sum(_inspect(archive, part) for part in archive.infolist())
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    ) as error:  # fmt: skip
        raise Refused(texts.NOT_XLSX) from error


def _weigh(parts: list[zipfile.ZipInfo], packed: int) -> None:
    """By the archive's own list, which the reader of a part does not exceed."""
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or unpacked > MOST_RATIO * packed or len(parts) > MOST_PARTS:
        raise Refused(texts.BOMB)
    names = [part.filename.lower() for part in parts]
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused(texts.NOT_XLSX)
    if len(set(names)) < len(names) or any(".." in name or name.startswith(("/", "\\")) for name in names):
        raise Refused(texts.UNSAFE)
    if any("vbaproject" in name or "macrosheet" in name for name in names):
        raise Refused(texts.MACROS)
    if any(part.file_size > LARGEST_PART and _is_opened(part) for part in parts):
        raise Refused(texts.BOMB)
    if sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names) > MOST_SHEETS:
        raise Refused(texts.TOO_MANY_SHEETS.format(limit=MOST_SHEETS))


def _is_opened(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower()
    return name.endswith((".xml", ".rels")) and not name.startswith(_ROWS)


def _inspect(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Rows of a part; XML that declares entities is refused, whatever parser would meet it."""
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return 0
    content = archive.read(part).replace(b"\0", b"")  # UTF-16 looks like ASCII then
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(texts.UNSAFE)
    if b"macroEnabled" in content and part.filename.lower() == "[content_types].xml":
        raise Refused(texts.MACROS)
    return content.count(b"<row") if part.filename.lower().startswith("xl/worksheets/") else 0
