"""The HTTP of a serving installation: is it alive, is it ready, how is it doing, and what channels answer to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import text
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot import metrics
from bot.port import Server, open_port, server_config

if TYPE_CHECKING:
    from bot.app import App


class Endpoints:
    """A small HTTP server beside the channels."""

    def __init__(self, app: App, routes: Sequence[BaseRoute], host: str, port: int) -> None:
        self.app = app
        self.routes = routes
        self.host = host
        self.port = port
        self._socket: socket.socket | None = None

    def bind(self) -> str:
        """Take the port and return the address; raises PortBusyError."""
        self._socket = open_port(self.host, self.port)
        self.port = self._socket.getsockname()[1]
        return f"http://{self.host}:{self.port}"

    async def serve(self) -> None:
        """Answer until cancelled; requests under way are answered first."""
        server = Server(server_config(self.http()))
        serving = asyncio.ensure_future(server.serve(sockets=[self._socket] if self._socket else None))
        try:
            await asyncio.shield(serving)
        finally:
            server.should_exit = True
            await serving

    def http(self) -> Starlette:
        """The routes."""
        return Starlette(
            routes=[
                Route("/healthz", self._alive),
                Route("/readyz", self._ready),
                Route("/metrics", self._metrics),
                *self.routes,
            ]
        )

    async def _alive(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _ready(self, _request: Request) -> Response:
        """Ready: the jobs have caught up, and the database answers."""
        if not self.app.ready:
            return PlainTextResponse("starting\n", 503)
        try:
            await run_in_threadpool(self._ask_database)
        except Exception:  # noqa: BLE001 - whatever it is, the answer is the same, and the log has it elsewhere
            return PlainTextResponse("the database does not answer\n", 503)
        return PlainTextResponse("ready\n")

    def _ask_database(self) -> None:
        with self.app.database.read() as db:
            db.execute(text("SELECT 1"))

    async def _metrics(self, _request: Request) -> Response:
        body = await run_in_threadpool(metrics.text, self.app.database, self.app)
        return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")
