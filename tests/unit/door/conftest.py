"""A hostile server made of a function: it gets the request bytes and writes whatever it likes, raw."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count

from crawlers.door.address import AddressPolicy
from crawlers.door.door import Door
from crawlers.door.limits import Limits
from crawlers.door.politeness import Politeness
from domain.capture import Capture, Exchange, RobotsDecision, Role, Sealed
from domain.clock import system_clock
from domain.digest import sha256

Behaviour = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class HostileServer:
    """Counts connections and requests; closes after each answer unless `keep` is set."""

    def __init__(self, behaviour: Behaviour, *, keep: bool) -> None:
        self.behaviour = behaviour
        self.keep = keep
        self.connections = 0
        self.requests: list[bytes] = []
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.requests.append(head)
                await self.behaviour(head, writer)
                await writer.drain()
                if not self.keep:
                    return
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def serving(answer: bytes | Behaviour, *, keep: bool = False, tls: ssl.SSLContext | None = None) -> AsyncIterator[HostileServer]:
    """A server on loopback that answers with these bytes or this behaviour."""

    async def fixed(_: bytes, writer: asyncio.StreamWriter) -> None:
        assert isinstance(answer, bytes)
        writer.write(answer)

    server = HostileServer(fixed if isinstance(answer, bytes) else answer, keep=keep)
    listener = await asyncio.start_server(server.answer, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        await asyncio.sleep(0)


@asynccontextmanager
async def door_for(*, limits: Limits | None = None, politeness: Politeness | None = None, policy: AddressPolicy | None = None, **kw):
    """A door that opens loopback."""
    door = Door(
        clock=system_clock,
        policy=policy or AddressPolicy(allow_loopback=True),
        limits=limits or Limits(),
        politeness=politeness or Politeness(),
        user_agent="MarketwardenTest/1",
        **kw,
    )
    try:
        yield door
    finally:
        await door.close()


class MemorySealer:
    """Keeps what it is given; ids count up."""

    def __init__(self) -> None:
        self.sealed: list[tuple[Exchange | bytes, Sealed]] = []
        self._ids = count(1)

    async def seal_exchange(
        self, exchange: Exchange, *, draw: int, platform: str, role: Role, robots: RobotsDecision, parent: int | None = None
    ) -> Sealed:
        """Acknowledge an exchange."""
        capture = Capture(
            id=next(self._ids), draw=draw, platform=platform, role=role, url=exchange.url, method=exchange.method,
            status=exchange.status, outcome=exchange.outcome, at=exchange.started, payload_digest=sha256(exchange.body),
            payload_length=len(exchange.body), records=(), robots=robots, parent=parent, peer=exchange.peer,
        )  # fmt: skip
        self.sealed.append((exchange, Sealed(capture=capture)))
        return self.sealed[-1][1]

    async def seal_resource(
        self, data: bytes, *, url: str, media_type: str, draw: int, platform: str, role: Role, parent: int | None, origin: str | None = None
    ) -> Sealed:
        """Acknowledge a resource."""
        capture = Capture(
            id=next(self._ids), draw=draw, platform=platform, role=role, url=url, method="GET", status=None,
            outcome="ok", at=datetime.now(UTC), payload_digest=sha256(data), payload_length=len(data), records=(),
            parent=parent, media_type=media_type, origin=origin,
        )  # fmt: skip
        self.sealed.append((data, Sealed(capture=capture)))
        return self.sealed[-1][1]

    def exchanges(self) -> list[Exchange]:
        """Exchanges in the order they were sealed."""
        return [item for item, _ in self.sealed if isinstance(item, Exchange)]
