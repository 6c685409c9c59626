"""Parameters of a request, in every style that the Bot API takes: query, form, multipart, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.fake_telegram.asked import Upload
from tests.fake_telegram.refusals import bad_request

_BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)
_PART_NAME = re.compile(r'[;\s]name="([^"]*)"')
_FILE_NAME = re.compile(r'filename="([^"]*)"')
_TYPE = re.compile(r"^content-type:\s*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)

Fields = dict[str, Any]


def parameters(query: bytes, mime: str, body: bytes) -> tuple[Fields, dict[str, Upload]]:
    """Fields and files; what stands in the query and in the body counts alike."""
    fields: Fields = dict(_pairs(query)) if query else {}
    uploads: dict[str, Upload] = {}
    kind = mime.partition(";")[0].strip().lower()
    if not body:
        return fields, uploads
    if kind == "application/json":
        fields |= _object(body)
    elif kind == "multipart/form-data":
        _multipart(mime, body, fields, uploads)
    elif kind == "application/x-www-form-urlencoded":
        fields |= dict(_pairs(body))
    return fields, uploads


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    return parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(body)
    except ValueError as error:
        raise bad_request("Can't parse JSON object") from error
    if not isinstance(content, dict):
        raise bad_request("expected an Object")
    return {name: value for name, value in content.items() if value is not None}


def _multipart(mime: str, body: bytes, fields: Fields, uploads: dict[str, Upload]) -> None:
    boundary = _BOUNDARY.search(mime)
    if boundary is None:
        raise bad_request("boundary of the multipart body is missing")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.group(1).encode())
    for piece in pieces[1:-1]:
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        _part(head.decode("utf-8", "replace"), content, fields, uploads)


def _part(head: str, content: bytes, fields: Fields, uploads: dict[str, Upload]) -> None:
    name = _PART_NAME.search(head)
    if name is None:
        return
    file = _FILE_NAME.search(head)
    if file is None:
        fields[name.group(1)] = content.decode("utf-8", "replace")
        return
    kind = _TYPE.search(head)
    uploads[name.group(1)] = Upload(unquote(file.group(1)), content, kind.group(1) if kind else "")
