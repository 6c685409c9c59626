"""Files on Telegram's side: ids that can be used again, photos in several sizes, downloads."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.fake_telegram.asked import Asked, Upload
from tests.fake_telegram.refusals import bad_request

Json = dict[str, Any]

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
SIDES = (90, 320, 800, 1280)
"""Longest sides in pixels of the sizes in which a photo is kept."""
FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}
_MARKS = {
    "photo": "AgACAgUAAxkB",
    "document": "BQACAgUAAxkB",
    "voice": "AwACAgUAAxkB",
    "sticker": "CAACAgUAAxkB",
}


@dataclass(slots=True)
class File:
    """One stored file; `said` is what messages tell of it."""

    id: str
    kind: str
    body: bytes
    size: int
    path: str
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def json(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": self.id[-15:], "file_size": self.size} | self.said


class Files:
    """All files that a user or the bot has sent."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}
        self._sizes: dict[str, list[File]] = {}
        """All sizes of a photo, by the id of each of them."""

    def keep(self, kind: str, body: bytes, ending: str, said: Json, size: int | None = None) -> File:
        """Store a file and what messages tell of it; `size` may claim more bytes than it has."""
        mark = _MARKS[kind] + secrets.token_urlsafe(45)
        path = f"{FOLDERS[kind]}/file_{len(self._by_id)}{ending}"
        file = File(mark, kind, body, len(body) if size is None else size, path, said)
        self._by_id[file.id] = file
        self._by_path[path] = file
        return file

    def photo(self, body: bytes) -> list[File]:
        """The sizes of a photo, the smallest first; ValueError when it is not an image."""
        sizes = [
            self.keep("photo", data, ".jpg", {"width": width, "height": height})
            for data, width, height in _scaled(body)
        ]
        self._sizes |= {one.id: sizes for one in sizes}
        return sizes

    def at(self, path: str) -> File | None:
        """What is downloaded from this path."""
        return self._by_path.get(path)

    def info(self, file_id: str) -> dict[str, Any]:
        """What getFile answers."""
        if not file_id:
            raise bad_request("file_id not specified")
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if file.size > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        names = ("file_id", "file_unique_id", "file_size")
        return {name: file.json[name] for name in names} | {"file_path": file.path}

    def given(self, asked: Asked, kind: str) -> Callable[[], list[File]]:
        """The photo (all sizes) or document of a send: uploaded, attached, or by its file_id.

        It is checked now and stored when the result is called, because a refused call stores nothing.
        """
        upload = self._upload(asked, kind)
        if upload is not None:
            return self._uploaded(kind, upload)
        text = asked.text(kind)
        if not text or text.startswith("attach://"):
            raise bad_request(f"there is no {kind} in the request")
        if "://" in text:
            raise bad_request("failed to get HTTP URL content")
        files = self._again(kind, text)
        return lambda: files

    def _upload(self, asked: Asked, kind: str) -> Upload | None:
        return asked.uploads.get(kind) or asked.uploads.get(asked.text(kind).removeprefix("attach://"))

    def _again(self, kind: str, file_id: str) -> list[File]:
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("wrong remote file identifier specified: Wrong string length")
        if file.kind != kind:
            raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
        return self._sizes.get(file_id, [file])

    def _uploaded(self, kind: str, upload: Upload) -> Callable[[], list[File]]:
        if not upload.body:
            raise bad_request("file must be non-empty")
        if kind == "photo":
            _must_be_photo(upload.body)
            return partial(self.photo, upload.body)
        name = upload.name or "file"
        said = {"file_name": name, "mime_type": upload.mime or "application/octet-stream"}
        return lambda: [self.keep("document", upload.body, suffix(name), said)]


def _must_be_photo(body: bytes) -> None:
    if len(body) > PHOTO_LIMIT:
        sentence = f"file of size {len(body)} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT}"
        raise bad_request(f"{sentence} bytes")
    try:
        width, height = _image(body).size
    except ValueError as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _image(body: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(body))
        image.load()
    except (UnidentifiedImageError, OSError) as error:
        raise ValueError("not an image") from error
    return image


def _scaled(body: bytes) -> list[tuple[bytes, int, int]]:
    image = _image(body)
    longest = max(image.size)
    fits = image.format == "JPEG" and longest <= SIDES[-1]
    original = body if fits else b""  # what a client has already scaled is kept as it is
    sides = [side for side in SIDES if side < longest] + [min(longest, SIDES[-1])]
    return [_jpeg(image, side, original) for side in sorted(set(sides))]


def _jpeg(image: Image.Image, side: int, original: bytes) -> tuple[bytes, int, int]:
    if side == max(image.size) and original:
        return original, image.width, image.height
    copy = image.convert("RGB")
    copy.thumbnail((side, side))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=87)
    return out.getvalue(), copy.width, copy.height


def suffix(name: str) -> str:
    """The ending of a file's name, with its dot; empty when it has none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and stem and ending.isalnum() else ""
