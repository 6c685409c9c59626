"""The channel: serves the page, takes its messages, shows the replies on every open page."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from bot.channel import Quiet, Receive
from bot.channels.web.desk import Desk
from bot.channels.web.files import Static, file_answer
from bot.channels.web.guard import Guard, as_problem, is_loopback
from bot.channels.web.post import MALFORMED, Post, read_json, read_post, text_of
from bot.channels.web.shape import Json, from_bot
from bot.channels.web.streams import Streams
from bot.port import NotLoopbackError, Server, open_port, server_config
from storage.messages import Attachment, Incoming, Reply

PAGE = Path(__file__).resolve().parents[2] / "web"

UNKNOWN_PERSON = "Không có người này trong danh sách."
READ_ONLY = "Kênh này chỉ để đọc, không gửi tin nhắn được."
NOT_FOUND = "Không tìm thấy nội dung này."
NOT_READY = "Chương trình đang khởi động. Đồng chí vui lòng đợi vài giây."


class WebChannel(Quiet):
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
            self._socket = open_port(self.host, self.port)
            self.port = self._socket.getsockname()[1]
        return self.url

    async def listen(self, receive: Receive) -> None:
        """Serve the page until cancelled."""
        self.bind()
        self._receive = receive
        server = Server(server_config(self.app()))
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
                Mount("/static", Static(directory=PAGE)),
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
        return await run_in_threadpool(file_answer, path)

    async def _time(self) -> Json:
        return await run_in_threadpool(self.desk.clock)

    async def _person(self, address: str) -> Json:
        for person in await run_in_threadpool(self.desk.people):
            if person["address"] == address:
                return person
        raise HTTPException(404, UNKNOWN_PERSON)


def _fresh(body: Json) -> Response:
    return JSONResponse(body, headers={"Cache-Control": "no-store"})
