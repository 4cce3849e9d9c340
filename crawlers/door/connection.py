"""One connection to a server: opens exactly a checked address, carries one exchange after the other."""

from __future__ import annotations

import asyncio
import socket
import ssl

from crawlers.door.address import AddressPolicy
from crawlers.door.framing import ResponseReader
from crawlers.door.tls import session_of
from domain.capture import CaptureOutcome, Tls


class AddressRefused(Exception):
    """The address, or the one that really answered, is not one that the door opens."""


class Connection(asyncio.Protocol):
    """Tees every byte of a response into its reader. Used by one exchange at a time."""

    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.tls: Tls | None = None
        self.idle_since = 0.0
        self.used = False
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._reader: ResponseReader | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._last_data = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def open(self) -> bool:
        """Not closed by either side as far as is known."""
        return self._transport is not None and not self._transport.is_closing()

    async def exchange(self, request: bytes, reader: ResponseReader, *, idle_seconds: float, total_seconds: float) -> None:
        """Send `request` and fill `reader` until it is done; closes the connection unless it can be used again."""
        if self._transport is None:
            reader.cut(CaptureOutcome.CONNECT_FAILED, "The connection was closed.")
            return
        self._reader = reader
        self._waiter = self._loop.create_future()
        now = self._last_data = self._loop.time()
        self._watch(now + total_seconds, idle_seconds)
        try:
            self._transport.write(request)
            await self._waiter
        finally:
            if self._timer is not None:
                self._timer.cancel()
            self._reader = None
            self._waiter = None
            self.used = True
            if not (reader.done and reader.reusable):
                self.close()

    def _watch(self, deadline: float, idle_seconds: float) -> None:
        """Arm one timer for whichever ends first; it looks again when bytes came meanwhile."""
        at = min(deadline, self._last_data + idle_seconds)
        self._timer = self._loop.call_at(at, self._on_time, deadline, idle_seconds)

    def _on_time(self, deadline: float, idle_seconds: float) -> None:
        if self._loop.time() < min(deadline, self._last_data + idle_seconds):
            self._watch(deadline, idle_seconds)
            return
        if self._reader is not None:
            some = bool(self._reader.raw)
            outcome = CaptureOutcome.TRUNCATED_TIME if some else CaptureOutcome.TIMEOUT
            self._reader.cut(outcome, "The response was not complete in time." if some else "The server did not answer in time.")
        self._wake()

    def close(self) -> None:
        """Drop the connection at once; nothing is owed to a server that is cut."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport and the facts of its TLS session."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        ssl_object = transport.get_extra_info("ssl_object")
        if ssl_object is not None:
            self.tls = session_of(ssl_object)

    def data_received(self, data: bytes) -> None:
        """Bytes for the exchange under way; on an idle connection they make it unusable."""
        reader = self._reader
        if reader is None or reader.outcome is not None:
            self.close()
            return
        self._last_data = self._loop.time()
        reader.feed(data)
        if reader.done:
            self._wake()

    def eof_received(self) -> bool:
        """The server closed its side; ours follows."""
        if self._reader is not None:
            self._reader.eof()
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone; an error means that even a response without a length may be cut."""
        self._transport = None
        if self._reader is not None:
            if exc is None:
                self._reader.eof()
            else:
                self._reader.cut(CaptureOutcome.TRUNCATED_DISCONNECT, f"The connection broke: {type(exc).__name__}.")
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def check_peer(sock: socket.socket, address: str, port: int, policy: AddressPolicy) -> None:
    """The connected socket must be at the very address that was checked; raises AddressRefused."""
    peer = sock.getpeername()
    reason = policy.refusal(str(peer[0]), int(peer[1]))
    if reason is None and (str(peer[0]), int(peer[1])) != (address, port):
        reason = f"connected to {peer[0]} port {peer[1]} in place of {address} port {port}"
    if reason is not None:
        raise AddressRefused(reason)


async def open_connection(
    address: str, port: int, *, policy: AddressPolicy, context: ssl.SSLContext | None, server_name: str, seconds: float
) -> Connection:
    """Connect to a numeric address, check the peer before a byte is sent, then speak TLS if asked.

    Raises AddressRefused, OSError (ssl.SSLError among them) and TimeoutError.
    """
    loop = asyncio.get_running_loop()
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        async with asyncio.timeout(seconds):
            await loop.sock_connect(sock, (address, port))
            check_peer(sock, address, port, policy)
            peer = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
            _, connection = await loop.create_connection(
                lambda: Connection(peer), sock=sock, ssl=context, server_hostname=server_name if context is not None else None
            )
    except BaseException:
        sock.close()
        raise
    return connection
