"""Reads what the chat page posts: one message as JSON, or as a form when a file comes with it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.channels.web.guard import MAX_FILE, TOO_LARGE

MALFORMED = "Yêu cầu không đúng định dạng."
EMPTY_FILE = "Tệp không có nội dung. Đồng chí vui lòng chọn lại tệp."

MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}")
MAX_CHOICE = 64
"""Bytes: what the value of a Choice may have."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it; the name has no folders."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Post:
    """One message of the page; `message_id` was made there, so that a repeat is recognised."""

    address: str
    message_id: str
    text: str
    choice: str
    upload: Upload | None


async def read_post(request: Request) -> Post:
    """Read a message; raises HTTPException with a sentence when it is not one."""
    kind = _media_type(request)
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=8) as form:
            return _post(_texts(form), await _upload(form.get("file")))
    return _post(await read_json(request), None)


async def read_json(request: Request) -> dict[str, Any]:
    """Read a JSON object; raises HTTPException when the body is none."""
    if _media_type(request) != "application/json":
        raise HTTPException(415, MALFORMED)
    try:
        fields = json.loads(await request.body())
    except (ValueError, RecursionError) as exc:
        raise HTTPException(400, MALFORMED) from exc
    if not isinstance(fields, dict):
        raise HTTPException(400, MALFORMED)
    return fields


def text_of(fields: dict[str, Any], name: str) -> str:
    """Take a field's text without what no database stores (NUL, half characters); empty when missing."""
    value = fields.get(name) or ""
    if not isinstance(value, str):
        raise HTTPException(400, MALFORMED)
    return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _post(fields: dict[str, Any], upload: Upload | None) -> Post:
    address, message_id, text, choice = (text_of(fields, name) for name in ("as", "id", "text", "choice"))
    post = Post(address, message_id, text, choice, upload)
    if not MESSAGE_ID.fullmatch(post.message_id) or len(post.choice.encode()) > MAX_CHOICE:
        raise HTTPException(400, MALFORMED)
    return post


def _texts(form: FormData) -> dict[str, Any]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _upload(file: UploadFile | str | None) -> Upload:
    if not isinstance(file, UploadFile):
        raise HTTPException(400, MALFORMED)
    body = await file.read()
    if len(body) > MAX_FILE:
        raise HTTPException(413, TOO_LARGE)
    if not body:
        raise HTTPException(400, EMPTY_FILE)
    return Upload(_bare(file.filename or ""), _declared(file.content_type or ""), body)


def _bare(name: str) -> str:
    bare = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in bare if c.isprintable())[-120:] or "tep"


def _declared(media_type: str) -> str:
    kind = media_type.partition(";")[0].strip().lower()
    return kind if MEDIA_TYPE.fullmatch(kind) else "application/octet-stream"


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
