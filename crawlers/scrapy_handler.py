"""Scrapy's download handler: fetch through the door, seal, and only then let the callback see the page.

    DOWNLOAD_HANDLERS = {"http": "crawlers.scrapy_handler.DoorHandler", "https": the same,
                         "file": None, "data": None, "ftp": None, "s3": None}
    MARKETWARDEN_CRAWL = CrawlContext(...)

`HttpCompressionMiddleware` is switched off (content coding is removed here, under a cap); DOWNLOAD_MAXSIZE,
DOWNLOAD_TIMEOUT and DOWNLOAD_DELAY mean nothing here: limits and politeness are the door's.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, HtmlResponse, Response
from scrapy.responsetypes import responsetypes

from crawlers.context import SETTING, CrawlContext, PageRenderer
from crawlers.failure import failure_of
from domain.capture import CaptureOutcome, Exchange, RobotsDecision, Role, Sealed
from domain.content_coding import decode_body
from domain.errors import CaptureError, IntegrityError

_READABLE = frozenset(
    {CaptureOutcome.OK, CaptureOutcome.TRUNCATED_LENGTH, CaptureOutcome.TRUNCATED_TIME, CaptureOutcome.TRUNCATED_DISCONNECT}
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class DoorHandler(BaseDownloadHandler):
    """Reads from `request.meta`: `draw`, `role`, `robots`, `parent`; writes `sealed` (and `sealed_parent`)."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        context = crawler.settings.get(SETTING)
        if not isinstance(context, CrawlContext):
            raise NotConfigured(f"{SETTING} holds no CrawlContext")
        self._context = context
        self._stopping: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[None] | None = None

    async def download_request(self, request: Request) -> Response:
        """Fetch and seal; raises FetchFailed, with the sealed capture, when there is no response to read."""
        if self._context.fault is not None:
            raise self._context.fault
        if request.meta.get("render") and self._context.renderer is not None:
            return await self._rendered(request, self._context.renderer)
        exchange = await self._context.door.fetch(request.url, method=request.method, headers=_request_headers(request), body=request.body)
        if self._is_one_redirect_too_many(request, exchange):
            exchange = replace(
                exchange,
                outcome=CaptureOutcome.TOO_MANY_REDIRECTS,
                detail=f"More than {self._context.door.limits.max_redirects} redirects.",
            )
        sealed = await self._seal(request, exchange)
        if exchange.outcome not in _READABLE or exchange.status is None:
            raise failure_of(exchange, sealed)
        return self._response(request, exchange)

    async def close(self) -> None:
        """Close the door's idle connections, and the browser if one was started."""
        await self._context.door.close()
        if self._starting is not None and self._context.renderer is not None:
            await self._context.renderer.close()

    async def _rendered(self, request: Request, renderer: PageRenderer) -> Response:
        """The DOM of a rendered page as the response; served bytes, DOM and picture are sealed by the renderer."""
        if self._starting is None:
            self._starting = asyncio.get_running_loop().create_task(renderer.start())
        await asyncio.shield(self._starting)
        meta = request.meta
        try:
            rendered = await renderer.render(
                request.url,
                draw=meta.get("draw", self._context.draw),
                platform=self._context.platform,
                robots=meta.get("robots", RobotsDecision.NOT_APPLICABLE),
            )
        except IntegrityError as error:
            self._stop(error)
            raise
        if rendered.dom is None or rendered.status is None:
            raise CaptureError(f"{request.url}: {rendered.detail}", outcome=rendered.outcome)
        meta["sealed"] = rendered.dom
        flags = [] if rendered.outcome is CaptureOutcome.OK else [str(rendered.outcome)]
        headers = {"Content-Type": "text/html; charset=utf-8"}
        body = rendered.html.encode("utf-8", "replace")
        return HtmlResponse(rendered.final_url, status=rendered.status, headers=headers, body=body, flags=flags, request=request)

    async def _seal(self, request: Request, exchange: Exchange) -> Sealed:
        meta = request.meta
        try:
            sealed = await self._context.sealer.seal_exchange(
                exchange,
                draw=meta.get("draw", self._context.draw),
                platform=self._context.platform,
                role=meta.get("role", Role.ROBOTS if urlsplit(request.url).path == "/robots.txt" else Role.PAGE),
                robots=meta.get("robots", RobotsDecision.NOT_APPLICABLE),
                parent=_parent(request),
            )
        except IntegrityError as error:
            self._stop(error)
            raise
        meta["sealed"] = sealed
        return sealed

    def _stop(self, error: IntegrityError) -> None:
        """Bytes cannot be made durable any more: nothing further is fetched, and the crawl ends."""
        self._context.fault = error
        if self._stopping is None:
            self._stopping = asyncio.get_running_loop().create_task(self.crawler.stop_async())

    def _is_one_redirect_too_many(self, request: Request, exchange: Exchange) -> bool:
        followed = int(request.meta.get("redirect_times", 0))
        return exchange.status in _REDIRECTS and followed >= self._context.door.limits.max_redirects

    def _response(self, request: Request, exchange: Exchange) -> Response:
        decoded = decode_body(exchange.headers, exchange.body, max_size=self._context.door.limits.max_decoded)
        headers = Headers()
        for name, value in exchange.headers:
            # Scrapy must not decode again what is decoded; the stored bytes keep the field.
            if name.lower() != b"content-encoding":
                headers.appendlist(name, value)
        flags = [] if exchange.outcome is CaptureOutcome.OK else [str(exchange.outcome)]
        if decoded.truncated:
            flags.append("decoded_truncated")
        elif decoded.problem:
            flags.append("coding_problem")
        host = exchange.peer.rpartition(":")[0].strip("[]") if exchange.peer else ""
        kind = responsetypes.from_args(headers=headers, url=request.url, body=decoded.data)
        return kind(
            url=request.url,
            status=exchange.status or 0,
            headers=headers,
            body=decoded.data,
            flags=flags,
            request=request,
            ip_address=ip_address(host) if host else None,
            protocol="HTTP/1.1",
        )


def _request_headers(request: Request) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, values in request.headers.items() for value in values]


def _parent(request: Request) -> int | None:
    """The stated parent, or the capture that redirected here; kept in meta, so that a retry has the same parent."""
    meta = request.meta
    if meta.get("parent") is not None:
        return int(meta["parent"])
    redirects = meta.get("redirect_urls")
    previous = meta.get("sealed")
    if redirects and isinstance(previous, Sealed) and previous.capture.url == redirects[-1]:
        meta["sealed_parent"] = previous.capture.id
    parent = meta.get("sealed_parent") if redirects else None
    return int(parent) if parent is not None else None
