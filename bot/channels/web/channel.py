"""The channel: serves the page, takes its messages, shows the replies on every open page."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Generator
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channel import Receive
from bot.channels.web.guard import Guard, as_problem, is_loopback
from bot.channels.web.post import MALFORMED, Post, read_json, read_post, text_of
from bot.channels.web.shape import Json, from_bot
from bot.channels.web.streams import Streams
from storage.messages import Attachment, Incoming, Reply

PAGE = Path(__file__).resolve().parents[2] / "web"

UNKNOWN_PERSON = "Không có người này trong danh sách."
READ_ONLY = "Kênh này chỉ để đọc, không gửi tin nhắn được."
NOT_FOUND = "Không tìm thấy nội dung này."
NOT_READY = "Chương trình đang khởi động. Đồng chí vui lòng đợi vài giây."

SHOWN = {
    b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif",
    b"RIFF": "image/webp", b"%PDF-": "application/pdf",
}  # fmt: skip
"""How the files begin that a browser may show in place; whatever else there is can only be saved."""


class PortBusyError(Exception):
    """The port cannot be opened; the message says so in Vietnamese and English."""

    for_operator = True

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"Không mở được cổng {port} trên {host}: cổng đang bận hoặc không được phép dùng ({reason}). "
            f"Hãy dừng chương trình đang dùng cổng này hoặc chọn cổng khác bằng --port.\n"
            f"Cannot open port {port} on {host}: it is busy or not permitted ({reason}). "
            f"Stop the program that uses it, or choose another port with --port."
        )


class NotLoopbackError(ValueError):
    """The chat page lets anybody speak as anybody, so it is never opened to a network."""

    for_operator = True

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Trang trò chuyện thử chỉ được mở trên máy này (127.0.0.1), không mở trên {host}.\n"
            f"The chat page opens on this machine only (127.0.0.1), not on {host}."
        )


class Desk(Protocol):
    """What the page needs from the house.

    All but `move` and `now` may be called from a worker thread.  In the history, a bot message has the id that
    `WebChannel.send` returned (the key of the outgoing message), a person's message its `message_id`.
    """

    def people(self) -> list[Json]:
        """Everybody one can be: address, name, title, unit, group, kind (`person` or `channel`), in order."""

    def history(self, address: str) -> list[Json]:
        """The messages of one chat, oldest first, as `shape` makes them."""

    def keep(self, name: str, media_type: str, body: bytes) -> Attachment:
        """Store an upload."""

    def file(self, path: str) -> Path | None:
        """An attachment's real file; None if it is unknown or outside the data directory."""

    def clock(self) -> Json:
        """`now` (ISO), `label` (for people) and `moves`: `to`, `label`, `at` (ISO or None)."""

    async def move(self, to: str) -> Json:
        """Move the clock, run the jobs that are due, and return the clock."""

    def now(self) -> datetime:
        """The clock's time, aware."""


class _Server(uvicorn.Server):
    """A server inside another program: signals are that program's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class WebChannel:
    """The channel of the chat page; it listens on the loopback interface only."""

    name = "web"

    def __init__(self, desk: Desk, *, host: str = "127.0.0.1", port: int = 8080) -> None:
        if not is_loopback(host):
            raise NotLoopbackError(host)
        self.desk = desk
        self.host = "127.0.0.1" if host == "localhost" else host
        self.port = port
        self._streams = Streams()
        self._receive: Receive | None = None
        self._socket: socket.socket | None = None
        self._moving = asyncio.Lock()

    @property
    def url(self) -> str:
        """Where the page is; with port 0, only right after `bind`."""
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    def bind(self) -> str:
        """Take the port and return the page's address; raises PortBusyError.  `listen` does it when nobody has."""
        if self._socket is None:
            self._socket = _open_port(self.host, self.port)
            self.port = self._socket.getsockname()[1]
        return self.url

    async def listen(self, receive: Receive) -> None:
        """Serve the page until cancelled."""
        self.bind()
        self._receive = receive
        server = _Server(_server_config(self.app()))
        serving = asyncio.ensure_future(server.serve(sockets=[self._socket] if self._socket else None))
        try:
            await asyncio.shield(serving)
        finally:
            server.should_exit = True
            self._streams.close()
            await serving
            self._socket = None

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Show a message on the open pages of that person; who has none open finds it in the history."""
        self._streams.message(address, from_bot(key, reply, self.desk.now()))
        return key

    def app(self) -> Starlette:
        """The page's HTTP, guarded."""
        return Starlette(
            routes=[
                Route("/", self._page),
                Route("/api/people", self._people),
                Route("/api/history", self._history),
                Route("/api/messages", self._post, methods=["POST"]),
                Route("/api/events", self._events),
                Route("/api/clock", self._clock),
                Route("/api/clock", self._move, methods=["POST"]),
                Route("/files/{path:path}", self._file),
                Mount("/static", _Static(directory=PAGE)),
            ],
            middleware=[Middleware(Guard)],
            exception_handlers={HTTPException: as_problem},
        )

    async def _page(self, _request: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    async def _people(self, _request: Request) -> Response:
        return _fresh({"people": await run_in_threadpool(self.desk.people)})

    async def _history(self, request: Request) -> Response:
        address = (await self._person(request.query_params.get("as", "")))["address"]
        return _fresh({"messages": await run_in_threadpool(self.desk.history, address)})

    async def _events(self, request: Request) -> Response:
        address = (await self._person(request.query_params.get("as", "")))["address"]
        events = self._streams.follow(address, self._time)
        return StreamingResponse(
            events, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _post(self, request: Request) -> Response:
        """Answers only after the commit: what the page then shows as sent is safe."""
        if self._receive is None:
            raise HTTPException(503, NOT_READY)
        post = await read_post(request)
        if (await self._person(post.address))["kind"] == "channel":
            raise HTTPException(403, READ_ONLY)
        await self._receive(await self._incoming(post))
        return _fresh({"id": post.message_id, "message": await self._echo(post)})

    async def _incoming(self, post: Post) -> Incoming:
        files: tuple[Attachment, ...] = ()
        if post.upload:
            kept = post.upload
            files = (await run_in_threadpool(self.desk.keep, kept.name, kept.media_type, kept.body),)
        return Incoming(
            self.name, post.address, post.message_id, self.desk.now(), post.text, post.choice, files
        )

    async def _echo(self, post: Post) -> Json | None:
        """The message as the history has it, shown on every open page of that person too."""
        history = await run_in_threadpool(self.desk.history, post.address)
        message = next((m for m in reversed(history) if m["id"] == post.message_id), None)
        if message:
            self._streams.message(post.address, message)
        return message

    async def _clock(self, _request: Request) -> Response:
        return _fresh(await self._time())

    async def _move(self, request: Request) -> Response:
        to = text_of(await read_json(request), "to")
        if to not in {move["to"] for move in (await self._time())["moves"]}:
            raise HTTPException(400, MALFORMED)
        async with self._moving:
            clock = await self.desk.move(to)
        self._streams.clock(clock)
        return _fresh(clock)

    async def _file(self, request: Request) -> Response:
        path = await run_in_threadpool(self.desk.file, request.path_params["path"])
        if path is None:
            raise HTTPException(404, NOT_FOUND)
        return await run_in_threadpool(_file_answer, path)

    async def _time(self) -> Json:
        return await run_in_threadpool(self.desk.clock)

    async def _person(self, address: str) -> Json:
        for person in await run_in_threadpool(self.desk.people):
            if person["address"] == address:
                return person
        raise HTTPException(404, UNKNOWN_PERSON)


class _Static(StaticFiles):
    """The page's own files, asked for anew on every visit: they change with the program."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "no-cache"
        return response


def _fresh(body: Json) -> Response:
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _file_answer(path: Path) -> Response:
    """The file, shown only if its first bytes say that it is harmless to show."""
    with path.open("rb") as file:
        begin = file.read(16)
    kind = next((kind for mark, kind in SHOWN.items() if begin.startswith(mark)), "")
    if kind:
        return FileResponse(path, media_type=kind)
    return FileResponse(
        path, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"}
    )


def _open_port(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ip_address(host).version == 6 else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(128)
    except OSError as exc:
        opened.close()
        raise PortBusyError(host, port, exc.strerror or str(exc)) from exc
    return opened


def _server_config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app, lifespan="off", ws="none", log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
