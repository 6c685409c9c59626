"""The port that the page is served on, and the server behind it."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Generator
from ipaddress import ip_address

import uvicorn
from starlette.applications import Starlette


class PortBusyError(Exception):
    """The port cannot be opened; the message says so in Vietnamese and English."""

    for_operator = True

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"Không mở được cổng {port} trên {host}: cổng đang bận hoặc không được phép dùng ({reason}). "
            f"Hãy dừng chương trình đang dùng cổng này, hoặc chọn cổng khác bằng --port (demo) hay CONGDOAN_PORT.\n"
            f"Cannot open port {port} on {host}: it is busy or not permitted ({reason}). "
            f"Stop the program that uses it, or choose another port with --port (demo) or CONGDOAN_PORT."
        )


class NotLoopbackError(ValueError):
    """The chat page lets anybody speak as anybody, so it is never opened to a network."""

    for_operator = True

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Trang trò chuyện thử chỉ được mở trên máy này (127.0.0.1), không mở trên {host}.\n"
            f"The chat page opens on this machine only (127.0.0.1), not on {host}."
        )


class Server(uvicorn.Server):
    """A server inside another program: signals are that program's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def open_port(host: str, port: int) -> socket.socket:
    """A listening socket; PortBusyError if there can be none."""
    family = socket.AF_INET6 if ip_address(host).version == 6 else socket.AF_INET
    # Named as TCP: otherwise asyncio leaves Nagle's algorithm on, and each small answer waits 40 ms.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(128)
    except OSError as exc:
        opened.close()
        raise PortBusyError(host, port, exc.strerror or str(exc)) from exc
    return opened


def server_config(app: Starlette) -> uvicorn.Config:
    """A server of one application, without a log or a name of its own."""
    return uvicorn.Config(
        app, lifespan="off", ws="none", log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
