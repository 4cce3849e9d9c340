"""What one rendered page fetched: the door and the sealer, as the proxy's fetcher for that page."""

from __future__ import annotations

import asyncio
from urllib.parse import urldefrag, urljoin

from crawlers.browser.proxy import RefusedRequest, RequestHeaders
from crawlers.context import CrawlContext
from domain.capture import Exchange, RobotsDecision, Role, Sealed
from domain.errors import IntegrityError

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DOCUMENT_DESTINATIONS = (b"document",)


class PageTap:
    """Fetches and seals for one page; knows its main document and whether it is quiet.

    The first request of a fresh browser context is the main document, and so is each target of its redirects;
    later documents are known by `Sec-Fetch-Dest`, which Chromium sends to trustworthy origins.
    """

    def __init__(self, context: CrawlContext, *, draw: int, platform: str, robots: RobotsDecision, max_requests: int) -> None:
        self._context = context
        self._draw = draw
        self._platform = platform
        self._robots = robots
        self._left = max_requests
        self._awaited: str | None = ""
        self._in_flight = 0
        self._last = 0.0
        self.page: Sealed | None = None
        """The last main document that was sealed."""
        self.served: Exchange | None = None
        """Its exchange."""
        self.documents: dict[str, tuple[Exchange, Sealed]] = {}
        """Every document by its address."""

    def quiet_for(self) -> float:
        """Seconds since the last request ended; 0 while one is under way."""
        return 0.0 if self._in_flight else asyncio.get_running_loop().time() - self._last

    async def fetch(self, url: str, method: str, headers: RequestHeaders, body: bytes) -> Exchange:
        """Fetch through the door and seal; raises RefusedRequest when the page asks for too much or the store is at fault."""
        if self._context.fault is not None:
            raise RefusedRequest("The store is at fault.")
        if self._left <= 0:
            raise RefusedRequest("The page has made too many requests.")
        self._left -= 1
        is_document = self._is_document(url, headers)
        self._in_flight += 1
        try:
            # A page's own requests take a turn with its platform's pages; what they load is counted, not delayed.
            exchange = await self._context.door.fetch(url, method=method, headers=_clean(headers), body=body, paced=is_document)
            await self._seal(exchange, is_document=is_document)
        finally:
            self._in_flight -= 1
            self._last = asyncio.get_running_loop().time()
        return exchange

    async def _seal(self, exchange: Exchange, *, is_document: bool) -> None:
        try:
            sealed = await self._context.sealer.seal_exchange(
                exchange,
                draw=self._draw,
                platform=self._platform,
                role=Role.PAGE if is_document else Role.SUBRESOURCE,
                robots=self._robots if is_document else RobotsDecision.NOT_APPLICABLE,
                parent=self.page.capture.id if self.page is not None else None,
            )
        except IntegrityError as error:
            self._context.fault = error
            raise RefusedRequest("The store is at fault.") from error
        if is_document:
            self.page, self.served = sealed, exchange
            self.documents[urldefrag(exchange.url).url] = (exchange, sealed)
            self._awaited = _redirect_target(exchange)

    def _is_document(self, url: str, headers: RequestHeaders) -> bool:
        if self._awaited is not None and self._awaited in ("", url):
            return True
        return any(name.lower() == b"sec-fetch-dest" and value in _DOCUMENT_DESTINATIONS for name, value in headers)


def _redirect_target(exchange: Exchange) -> str | None:
    if exchange.status not in _REDIRECTS:
        return None
    for name, value in exchange.headers:
        if name.lower() == b"location":
            return urldefrag(urljoin(exchange.url, value.decode("latin-1"))).url
    return None


def _clean(headers: RequestHeaders) -> RequestHeaders:
    """Without the proxy's own fields; the door drops hop-by-hop fields and states host, agent and codings itself."""
    return [(name, value) for name, value in headers if not name.lower().startswith(b"proxy-")]
