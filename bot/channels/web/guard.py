"""Who may talk to the chat page, and how much: this machine only, no foreign page, 10 MB."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

MAX_FILE = 10 * 1024 * 1024
MAX_BODY = MAX_FILE + 256 * 1024
"""A file of the greatest size and the text that goes with it."""
MAX_DRAINED = 64 * 1024 * 1024
"""How much of a body that is too large is read on: a browser that is cut off never sees the answer."""

TOO_LARGE = "Tệp lớn quá 10 MB. Đồng chí vui lòng gửi tệp nhỏ hơn."
NOT_HERE = "Trang này chỉ mở được trên chính máy đang chạy chương trình."
FOREIGN = "Yêu cầu đến từ một trang khác nên không được nhận."
BROKEN = "Có lỗi khi xử lý. Đồng chí vui lòng thử lại sau ít phút."

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def is_loopback(host: str) -> bool:
    """True for names and addresses that only this machine can reach."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def problem(status: int, sentence: str) -> Response:
    """An error that a person can read."""
    return JSONResponse({"error": sentence}, status, {"Cache-Control": "no-store"})


async def as_problem(_request: Request, exc: Exception) -> Response:
    """Answer an HTTPException with its sentence."""
    if not isinstance(exc, HTTPException):
        raise exc
    return problem(exc.status_code, exc.detail)


class Guard:
    """Stands before every route: checks host, origin and size, adds security headers, hides tracebacks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send)
        refusal = _refuse(scope["method"], Headers(scope=scope))
        if refusal:
            await refusal(scope, receive, answer)
            return
        try:
            await self.app(scope, _limited(receive), answer)
        except Exception:
            logger.exception("chat page: %s %s failed", scope["method"], scope["path"])
            if not answer.started:
                await problem(500, BROKEN)(scope, receive, answer)


class _Answer:
    """Sends on, with the security headers, and remembers whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            MutableHeaders(scope=message).update(HEADERS)
        await self.send(message)


def _refuse(method: str, headers: Headers) -> Response | None:
    """Why this request is not served, if so."""
    host = headers.get("host", "")
    if not is_loopback(_hostname(f"//{host}")):
        return problem(403, NOT_HERE)
    if method not in {"GET", "HEAD"} and not _same_origin(headers, host):
        return problem(403, FOREIGN)
    return None


def _same_origin(headers: Headers, host: str) -> bool:
    """Browsers always name the origin of a POST; a program on this machine need not."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    return headers.get("origin", f"http://{host}").lower() == f"http://{host}".lower()


def _hostname(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _limited(receive: Receive) -> Receive:
    """The same body, until it is too large."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BODY:
            await _drain(receive, message)
            raise HTTPException(413, TOO_LARGE)
        return message

    return limited


async def _drain(receive: Receive, message: Message) -> None:
    drained = 0
    while message.get("more_body") and drained < MAX_DRAINED:
        message = await receive()
        drained += len(message.get("body", b""))
