"""How python-telegram-bot reaches the Bot API: through aiohttp, a ninth of the CPU time of its own HTTP client.

Measured in docs/decisions/0013.  A fault says whether the request can have arrived: a message whose answer was lost
is not repeated blindly (SETTLED).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)


class NotSentError(NetworkError):
    """The request certainly did not arrive: no connection could be made."""


class AnswerLostError(NetworkError):
    """The request may have arrived: the connection broke, or the answer did not come in time."""


class Transport(BaseRequest):
    """A pool of connections to one server.  Times are seconds."""

    def __init__(
        self, *, connections: int = 64, connect: float = 5.0, read: float = 15.0, upload: float = 90.0
    ) -> None:
        self._connections = connections
        self._connect = connect
        self._read = read
        self._upload = upload
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer, unless a call says otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Begin again after `shutdown`; a request does it by itself."""
        self._opened()

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=20)
            headers = {"User-Agent": self.USER_AGENT}
            self._session = aiohttp.ClientSession(connector=connector, headers=headers)
        return self._session

    async def do_request(  # noqa: PLR0913 - the shape of BaseRequest
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - a number, None, or "not given"
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - the read timeout covers it
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - one for all calls
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - likewise
    ) -> tuple[int, bytes]:
        """Send one request; (HTTP status, body).  Raises NotSentError or AnswerLostError."""
        files = request_data is not None and request_data.contains_files
        read = (
            read_timeout if isinstance(read_timeout, int | float) else self._upload if files else self._read
        )
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=self._connect, sock_read=read)
        sent = {"timeout": timeout, "proxy": proxy_of(url)} | _body(request_data)
        try:
            async with self._opened().request(method, url, **sent) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _fail(error)


def proxy_of(url: str) -> str | None:
    """The proxy that the environment names for this address (HTTPS_PROXY, NO_PROXY), if any."""
    parts = urlsplit(url)
    return _proxy(parts.scheme, parts.hostname or "")


@lru_cache(maxsize=16)
def _proxy(scheme: str, host: str) -> str | None:
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": urlencode(request_data.json_parameters).encode(), "headers": FORM}
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return {"data": form}


def _fail(error: Exception) -> NoReturn:
    """Texts name the kind of the error alone, without its cause: the address holds the token."""
    kind = type(error).__name__
    if isinstance(error, NEVER_LEFT):
        raise NotSentError(f"no connection ({kind})") from None
    raise AnswerLostError(f"no answer ({kind})") from None
