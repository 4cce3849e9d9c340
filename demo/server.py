"""The three sites, each on a port of its own on loopback, from one market."""

from __future__ import annotations

import ipaddress
import json
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType, TracebackType
from typing import Any, Self

from demo import auctions, bazaar, classifieds
from demo.market import PLATFORMS, Market
from demo.message import Request, Response, data, plain
from demo.picture import png

Site = Callable[[Request, Market], Response]
SITES: Mapping[str, Site] = MappingProxyType(
    {classifieds.PLATFORM: classifieds.respond, auctions.PLATFORM: auctions.respond, bazaar.PLATFORM: bazaar.respond}
)
ADDRESS = "127.0.0.1"
_BODY_LIMIT = 1000
_IDLE_SECONDS = 30


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, site: Site, market: Market) -> None:
        self.site = site
        self.market = market
        super().__init__((ADDRESS, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up, as a crawler does at its size cap, is no error of the market; anything else is reported."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers by the port that was asked; the Host header plays no part."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    server_version = "DemoMarket"
    sys_version = ""

    def do_GET(self) -> None:
        """A page, a picture, or the round."""
        self._send(self._answer())

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self._send(self._answer(), head=True)

    def do_POST(self) -> None:
        """Sets the round: `POST /_demo/round` with `{"round": 2}`, from loopback only."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _BODY_LIMIT:
            self.close_connection = True
            self._send(plain("a short body with its length, please\n", status=413))
            return
        body = self.rfile.read(int(length))
        if self.path != "/_demo/round":
            self._send(plain("not found\n", status=404))
        elif not ipaddress.ip_address(self.client_address[0]).is_loopback or "Origin" in self.headers:
            self._send(plain("only from this machine, and not from a page\n", status=403))
        else:
            self._send(self._set_round(body))

    def _set_round(self, body: bytes) -> Response:
        try:
            self.server.market.round_number = int(json.loads(body)["round"])
        except (ValueError, KeyError, TypeError):
            return data({"error": 'the body is {"round": N}, N from 1'}, status=400)
        return data({"round": self.server.market.round_number})

    def _answer(self) -> Response:
        request = Request.parse(self.path)
        if request.path == "/_demo/round":
            return data({"round": self.server.market.round_number})
        if request.path.startswith("/images/") and request.path.endswith(".png"):
            number = request.path.removeprefix("/images/").removesuffix(".png")
            if number.isascii() and number.isdigit() and int(number[:9]) > 0:
                return Response(media_type="image/png", body=png(int(number[:9])))
            return plain("not found\n", status=404)
        return self.server.site(request, self.server.market)

    def _send(self, response: Response, *, head: bool = False) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.media_type)
        self.send_header("Content-Length", str(len(response.body)))
        if response.encoding is not None:
            self.send_header("Content-Encoding", response.encoding)
        self.end_headers()
        if not head:
            self.wfile.write(response.body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """A fixed Date header, so that equal pages are equal bytes."""
        return super().date_time_string(1_795_500_000 if timestamp is None else timestamp)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        """Nothing: the crawler keeps its own record of what was asked."""


class MarketServer:
    """Serves the market from threads of this process until stopped; a context manager.

    `ports` gives a port by platform id; a platform that is not named gets a free one.
    """

    def __init__(self, market: Market | None = None, *, ports: Mapping[str, int] | None = None) -> None:
        self.market = market or Market()
        self._ports = dict(ports or {})
        self._servers: dict[str, _Server] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> dict[str, str]:
        """Open the ports and serve; returns the base URL of each platform. Raises `OSError` when a port is taken."""
        if self._servers:
            raise RuntimeError("the market is open already")
        try:
            for platform in PLATFORMS:
                self._servers[platform] = _Server(self._ports.get(platform, 0), SITES[platform], self.market)
        except OSError:
            self.stop()
            raise
        for platform, server in self._servers.items():
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=platform, daemon=True)
            thread.start()
            self._threads.append(thread)
        return self.base_urls

    @property
    def base_urls(self) -> dict[str, str]:
        """Platform id to base URL, while the market is open."""
        return {platform: f"http://{ADDRESS}:{server.server_address[1]}" for platform, server in self._servers.items()}

    def stop(self) -> None:
        """Close the ports; a second call does nothing."""
        for server in self._servers.values():
            if self._threads:
                server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._servers.clear()
        self._threads.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
