"""The browser's only way out: a loopback proxy whose every request goes through the door and is sealed before it is answered."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Self
from urllib.parse import urlsplit

import h11

from crawlers.browser.authority import Authority
from domain.capture import CaptureOutcome, Exchange

_MAX_REQUEST_BODY = 1024 * 1024
_MAX_REQUEST_HEAD = 128 * 1024
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_HOP_BY_HOP = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"proxy-authenticate", b"transfer-encoding", b"content-length", b"te",
     b"trailer", b"upgrade", b"alt-svc"}
)  # fmt: skip
"""Not handed to the browser: what belongs to the other connection, and the invitation to leave HTTP/1.1."""
_ANSWERABLE = frozenset(
    {CaptureOutcome.OK, CaptureOutcome.TRUNCATED_LENGTH, CaptureOutcome.TRUNCATED_TIME, CaptureOutcome.TRUNCATED_DISCONNECT}
)

RequestHeaders = list[tuple[bytes, bytes]]
Fetcher = Callable[[str, str, RequestHeaders, bytes], Awaitable[Exchange]]
"""Takes URL, method, headers and body; fetches through the door, seals, returns the sealed exchange."""


async def refuse_everything(url: str, method: str, headers: RequestHeaders, body: bytes) -> Exchange:  # noqa: ARG001
    """Fetcher for traffic that belongs to no page: the browser's own. Nothing leaves."""
    raise RefusedRequest("This request belongs to no page.")


class RefusedRequest(Exception):
    """The fetcher does not fetch this; the sentence is shown to the browser."""


class CaptureProxy:
    """One listener on 127.0.0.1 for one page (or for the browser's own traffic, which is refused)."""

    def __init__(self, fetch: Fetcher, authority: Authority) -> None:
        self._fetch = fetch
        self._authority = authority
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_MAX_REQUEST_HEAD)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening and end what is under way."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._converse(reader, writer)
        except (ConnectionError, ssl.SSLError, h11.RemoteProtocolError, asyncio.IncompleteReadError, TimeoutError):
            return  # the browser went away or spoke no HTTP: there is nobody to answer
        except asyncio.CancelledError:
            return  # the page is over
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        base = ""
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_REQUEST_HEAD)
        while True:
            request, body = await _read_request(connection, reader)
            if request is None:
                return
            method = request.method.decode("ascii")
            target = request.target.decode("ascii")
            if method == "CONNECT" and not base:
                base = await self._open_tunnel(target, writer)
                connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_REQUEST_HEAD)
                continue
            headers = [(bytes(name), bytes(value)) for name, value in request.headers.raw_items()]
            writer.write(await self._answer(base + target, method, headers, body))
            await writer.drain()
            if connection.our_state is h11.MUST_CLOSE or connection.their_state is not h11.DONE:
                return
            # The answer is written by hand, byte for byte; h11 frames requests only and starts anew for each.
            trailing, _ = connection.trailing_data
            connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_REQUEST_HEAD)
            if trailing:
                connection.receive_data(trailing)

    async def _open_tunnel(self, target: str, writer: asyncio.StreamWriter) -> str:
        """Accept a tunnel and speak TLS in it ourselves; returns what goes in front of the paths asked for inside."""
        host = urlsplit(f"//{target}").hostname or ""
        try:
            context = self._authority.context(host)
        except ValueError as error:
            raise ConnectionAbortedError(f"no certificate for {host!r}") from error
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.start_tls(context, ssl_handshake_timeout=10)
        return "https://" + target.removesuffix(":443")

    async def _answer(self, url: str, method: str, headers: RequestHeaders, body: bytes) -> bytes:
        if method not in _METHODS:
            return _refusal("method", f"The method {method} is not used.")
        if any(name.lower() == b"upgrade" for name, _ in headers):
            return _refusal("upgrade", "Web sockets are not opened.")
        try:
            exchange = await self._fetch(url, method, headers, body)
        except RefusedRequest as error:
            return _refusal("refused", str(error))
        if exchange.outcome not in _ANSWERABLE or exchange.status is None:
            return _refusal(exchange.outcome, exchange.detail)
        return _served(exchange, head_only=method == "HEAD")


async def _read_request(connection: h11.Connection, reader: asyncio.StreamReader) -> tuple[h11.Request | None, bytes]:
    request: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Request):
            request = event
            if event.method == b"CONNECT":
                return request, b""
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > _MAX_REQUEST_BODY:
                raise ConnectionAbortedError("request body over the cap")
        elif isinstance(event, h11.EndOfMessage):
            return request, bytes(body)
        else:
            return None, b""


def _served(exchange: Exchange, *, head_only: bool) -> bytes:
    """The response for the browser: the same fields and content coding, framed anew for this connection."""
    status = exchange.status or 0
    lines = [b"HTTP/1.1 %d Served" % status]
    for name, value in exchange.headers:
        if name.lower() not in _HOP_BY_HOP:
            lines.append(name + b": " + value.replace(b"\r", b" ").replace(b"\x00", b" "))
    if not (status < 200 or status in (204, 304) or head_only):
        lines.append(b"Content-Length: %d" % len(exchange.body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + (b"" if head_only else exchange.body)


def _refusal(outcome: str, detail: str) -> bytes:
    text = detail.encode("ascii", "replace").replace(b"\r", b" ").replace(b"\n", b" ")
    return (
        b"HTTP/1.1 502 Not served\r\nX-Marketwarden-Outcome: %s\r\nX-Marketwarden-Detail: %s\r\nContent-Length: 0\r\n\r\n"
        % (outcome.encode("ascii"), text)
    )  # fmt: skip
