"""An open market and a plain way to ask it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pytest

from demo.server import MarketServer


@dataclass(frozen=True)
class Answer:
    """Status, headers and body."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()

    @property
    def json(self):
        """The body as JSON."""
        return json.loads(self.body)


Ask = Callable[..., Answer]


def ask(base: str, path: str, *, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=20)
    try:
        connection.request(method, quote(path, safe="/?&=%"), body=body, headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


@pytest.fixture
def server() -> Iterator[MarketServer]:
    """A market in round 1 on free ports."""
    with MarketServer() as market:
        yield market


@pytest.fixture
def get(server: MarketServer) -> Ask:
    """Ask a platform for a path."""
    return lambda platform, path, **options: ask(server.base_urls[platform], path, **options)
