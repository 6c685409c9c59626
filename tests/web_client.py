"""Plain HTTP to the chat page, as a program that is no browser speaks it."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from tests.web_desk import House

LAN = "CS001-1"
ID = "0b2f7a4e-5f0e-4b5f-9d4c-2d8b6f3c1a90"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
BOUNDARY = "----congdoan"


def ask(
    house: House, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One request; a body that is not bytes is sent as JSON.  Header names have _ for -."""
    connection = HTTPConnection("127.0.0.1", house.channel.port, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None and not isinstance(body, bytes):
        body, sent = json.dumps(body).encode(), {"Content-Type": "application/json", **sent}
    connection.request(method, path, body, sent)
    response = connection.getresponse()
    answer = response.status, dict(response.getheaders()), response.read()
    connection.close()
    return answer


def post(house: House, **fields: str) -> tuple[int, Any]:
    status, _, body = ask(house, "POST", "/api/messages", {"as": LAN, "id": ID, **fields})
    return status, json.loads(body)


def form(file: bytes, *, name: str = "anh.png", kind: str = "image/png", **fields: str) -> dict[str, Any]:
    """Body and headers of a form with a file."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in {"as": LAN, "id": ID, "text": "", **fields}.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    parts += [
        head.encode(),
        f"Content-Type: {kind}\r\n\r\n".encode(),
        file,
        f"\r\n--{BOUNDARY}--\r\n".encode(),
    ]
    return {"body": b"".join(parts), "Content_Type": f"multipart/form-data; boundary={BOUNDARY}"}


def listen_to(house: House, address: str = LAN) -> tuple[HTTPConnection, HTTPResponse]:
    """An open event stream, past its first event."""
    connection = HTTPConnection("127.0.0.1", house.channel.port, timeout=10)
    connection.request("GET", f"/api/events?as={address}")
    stream = connection.getresponse()
    assert next_event(stream)[0] == "clock"
    return connection, stream


def next_event(stream: HTTPResponse) -> tuple[str, Any]:
    name = ""
    while line := stream.readline().decode():
        if line.startswith("event: "):
            name = line.removeprefix("event: ").strip()
        if line.startswith("data: "):
            return name, json.loads(line.removeprefix("data: "))
    return "end", None
