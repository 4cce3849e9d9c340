"""The door: one URL in, one `Exchange` out, whatever the server does."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from crawlers.door.address import AddressPolicy, Resolver, system_resolver
from crawlers.door.connection import AddressRefused, Connection, open_connection
from crawlers.door.framing import ResponseReader
from crawlers.door.limits import Limits
from crawlers.door.politeness import Politeness
from crawlers.door.pool import Pool
from crawlers.door.request import build_request
from crawlers.door.target import Target, UrlRefused, parse_target
from crawlers.door.tls import client_context
from domain.capture import CaptureOutcome, Exchange
from domain.clock import Clock
from domain.errors import ConfigurationError

_IDEMPOTENT = ("GET", "HEAD")


class _NotOpened(Exception):
    """No connection came about; says how that ends the fetch."""

    def __init__(self, outcome: CaptureOutcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail


class Door:
    """Of one platform and one crawl. Belongs to one event loop; close it.

    `host_map` serves pages under their platform's name from a loopback server, for tests and the demo:
    `{host: "127.0.0.1:port"}`, refused unless the policy allows loopback.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        policy: AddressPolicy,
        limits: Limits,
        politeness: Politeness,
        user_agent: str,
        ca_file: Path | None = None,
        host_map: Mapping[str, str] | None = None,
        resolver: Resolver = system_resolver,
    ) -> None:
        if host_map and not policy.allow_loopback:
            raise ConfigurationError("a host map needs a platform that allows loopback", field="host_map")
        self.limits = limits
        self.policy = policy
        self.politeness = politeness
        self.user_agent = user_agent
        self._clock = clock
        self._agent = user_agent.encode("latin-1")
        self._host_map = {host.lower(): _loopback_endpoint(where) for host, where in (host_map or {}).items()}
        self._resolver = resolver
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._pool = Pool(keep_alive_seconds=limits.keep_alive_seconds)

    def __deepcopy__(self, memo: object) -> Self:
        """Scrapy copies its settings; a door stays one."""
        return self

    async def fetch(
        self, url: str, *, method: str = "GET", headers: Iterable[tuple[bytes, bytes]] = (), body: bytes = b"", paced: bool = True
    ) -> Exchange:
        """Fetch one URL. Never raises for what a server or a page does; follows nothing.

        `headers` are sent as given, in order, behind Host; User-Agent, Accept-Encoding and Connection are the door's.
        `paced=False` leaves out the delay (sub-resources of a rendered page), never the budget.
        """
        try:
            target = parse_target(url)
            request = build_request(method, target, headers=headers, body=body, user_agent=self._agent)
        except UrlRefused as error:
            return self._nothing(url, method, b"", CaptureOutcome.ADDRESS_REFUSED, str(error), self._clock())
        spent = await self.politeness.enter(paced=paced)
        if spent is not None:
            return self._nothing(url, method, b"", CaptureOutcome.BUDGET_SPENT, spent, self._clock())
        received = 0
        try:
            exchange = await self._exchange(url, method, target, request)
            received = len(exchange.response)
        finally:
            self.politeness.leave(received)
        return exchange

    async def close(self) -> None:
        """Close idle connections."""
        self._pool.close()
        await asyncio.sleep(0)

    async def _exchange(self, url: str, method: str, target: Target, request: bytes) -> Exchange:
        loop = asyncio.get_running_loop()
        started = self._clock()
        origin = target.origin
        while True:
            connection = self._pool.take(origin, loop.time())
            if connection is None:
                try:
                    connection = await self._open(target)
                except _NotOpened as end:
                    return self._nothing(url, method, b"", end.outcome, end.detail, started)
            reused = connection.used
            reader = ResponseReader(method=method, max_body=self.limits.max_body, max_header_bytes=self.limits.max_header_bytes)
            await connection.exchange(request, reader, idle_seconds=self.limits.idle_seconds, total_seconds=self.limits.total_seconds)
            if reader.reusable:
                self._pool.give(origin, connection, loop.time())
            # A kept connection that the server closed meanwhile says nothing about the page: ask again on a fresh one.
            stale = reused and not reader.raw and reader.outcome is CaptureOutcome.TRUNCATED_DISCONNECT
            if not (stale and method in _IDEMPOTENT):
                return self._something(url, method, request, reader, connection, started)

    async def _open(self, target: Target) -> Connection:
        context = self._tls() if target.tls else None
        failure = _NotOpened(CaptureOutcome.NAME_UNKNOWN, f"No address is known for {target.host}.")
        for address, port in await self._addresses(target):
            try:
                return await open_connection(
                    address, port, policy=self.policy, context=context, server_name=target.host, seconds=self.limits.connect_seconds
                )
            except AddressRefused as error:
                raise _NotOpened(CaptureOutcome.ADDRESS_REFUSED, f"The door does not open it: {error}.") from error
            except ssl.SSLError as error:
                raise _NotOpened(CaptureOutcome.TLS_FAILED, _tls_sentence(error)) from error
            except TimeoutError:
                failure = _NotOpened(CaptureOutcome.CONNECT_FAILED, f"{address} port {port} did not answer in time.")
            except OSError as error:
                outcome = (
                    CaptureOutcome.TLS_FAILED
                    if context is not None and isinstance(error, (ConnectionResetError, ConnectionAbortedError))
                    else None
                )
                reason = error.strerror or type(error).__name__
                failure = _NotOpened(outcome or CaptureOutcome.CONNECT_FAILED, f"{address} port {port} could not be opened: {reason}.")
        raise failure

    async def _addresses(self, target: Target) -> list[tuple[str, int]]:
        """Checked addresses of the target; one refused address refuses the name, for it may be a trap."""
        mapped = self._host_map.get(target.host)
        if mapped is not None:
            found, port = [mapped[0]], mapped[1]
        else:
            port = target.port
            try:
                async with asyncio.timeout(self.limits.connect_seconds):
                    found = list(await self._resolver(target.host, port))
            except (OSError, UnicodeError) as error:
                raise _NotOpened(CaptureOutcome.NAME_UNKNOWN, f"The name {target.host} is not known.") from error
        for address in found:
            reason = self.policy.refusal(address, port)
            if reason is not None:
                raise _NotOpened(CaptureOutcome.ADDRESS_REFUSED, f"The door does not open {target.host}: {reason}.")
        return [(address, port) for address in found[:4]]

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = client_context(self._ca_file)
        return self._context

    def _something(
        self, url: str, method: str, request: bytes, reader: ResponseReader, connection: Connection, started: datetime
    ) -> Exchange:
        outcome = reader.outcome
        assert outcome is not None
        return Exchange(
            url=url, method=method, request=request, response=bytes(reader.raw), outcome=outcome, detail=reader.detail,
            status=reader.status, headers=reader.headers, body=reader.body(), peer=connection.peer, tls=connection.tls,
            started=started, ended=self._clock(),
        )  # fmt: skip

    def _nothing(self, url: str, method: str, request: bytes, outcome: CaptureOutcome, detail: str, started: datetime) -> Exchange:
        return Exchange(
            url=url, method=method, request=request, response=b"", outcome=outcome, detail=detail, status=None, headers=(), body=b"",
            peer=None, tls=None, started=started, ended=self._clock(),
        )  # fmt: skip


def _loopback_endpoint(where: str) -> tuple[str, int]:
    address, _, port = where.rpartition(":")
    if not (address.startswith("127.") or address in ("::1", "[::1]")) or not port.isdigit():
        raise ConfigurationError(f"{where!r} is not a loopback address and port", field="host_map")
    return address.strip("[]"), int(port)


def _tls_sentence(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The server's certificate was not accepted: {error.verify_message}."
    return f"TLS failed: {error.reason or type(error).__name__}."
