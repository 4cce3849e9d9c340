"""A small store on disk, and exchanges to seal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.capture import CaptureOutcome, Exchange, RobotsDecision, Role, Sealed
from domain.clock import Ids
from evidence.sealer import GroupSealer
from evidence.store import Store, create_store, open_store

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Ticking:
    """A clock that moves a millisecond each time it is read."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """The next moment."""
        self.now += timedelta(milliseconds=1)
        return self.now


class Made:
    """A store and the ways to open and fill it."""

    def __init__(self, folder: Path) -> None:
        self.clock = Ticking()
        self.ids = Ids(self.clock)
        self.path = folder / "store"
        self.keys = folder / "keys"
        self.keys.mkdir()
        create_store(self.path, kind="demo", key_dir=self.keys, clock=self.clock, ids=self.ids)

    def open(self) -> Store:
        """Open it as a new process would."""
        return open_store(self.path, key_dir=self.keys, clock=self.clock, ids=self.ids)

    def verifier(self) -> str:
        """The pinned public key."""
        return (self.keys / "log.pub").read_text(encoding="ascii")

    def seal(self, *bodies: bytes, store: Store | None = None, role: Role = Role.PAGE) -> list[Sealed]:
        """Seal one exchange per body."""
        opened = store or self.open()
        sealer = GroupSealer(opened, config="sha256:00", software="test")

        async def all_of_them() -> list[Sealed]:
            return list(
                await asyncio.gather(
                    *(
                        sealer.seal_exchange(exchange(body, number), draw=7, platform="a-market", role=role, robots=RobotsDecision.ALLOWED)
                        for number, body in enumerate(bodies)
                    )
                )
            )

        try:
            return asyncio.run(all_of_them())
        finally:
            sealer.close()


def exchange(body: bytes, number: int = 0) -> Exchange:
    """A complete exchange with odd but legal bytes in its head."""
    head = b"HTTP/1.1 200  Fine by\xe9 me\r\ncOntent-Type: text/html\r\nX-Twice: a\r\nX-Twice: b\r\nContent-Length: %d\r\n\r\n" % len(body)
    return Exchange(
        url=f"https://a-market.example/ad/{number}?q=\r\nX: y", method="GET", request=b"GET /ad HTTP/1.1\r\nHost: a-market.example\r\n\r\n",
        response=head + body, outcome=CaptureOutcome.OK, detail="", status=200,
        headers=((b"cOntent-Type", b"text/html"), (b"X-Twice", b"a"), (b"X-Twice", b"b")), body=body, peer="192.0.2.7:443", tls=None,
        started=START, ended=START,
    )  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """An empty demo store."""
    return Made(tmp_path)


@pytest.fixture
def lookup() -> Callable[[int], Sealed]:
    """For stores without revisits."""

    def never(capture: int) -> Sealed:
        raise AssertionError(f"capture {capture} was asked for")

    return never
