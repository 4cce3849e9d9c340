"""One sampler spider for every platform: platform file and draws in, sealed captures, hits and effort out.

Its only product is sealed bytes; it reads a page only to know where to go next.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urljoin

import scrapy
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawlers.effort import Effort
from crawlers.links import listing_links
from crawlers.onsite import OffPlatformError
from crawlers.platforms import Platform
from crawlers.robots import RobotsDeniedError
from crawlers.shell import may_be_shell
from domain.capture import CaptureOutcome, RobotsDecision, Sealed
from domain.clock import Clock, Ids, iso
from domain.digest import sha256
from domain.errors import CaptureError, IntegrityError
from domain.listing import Page, PageItem, PageKind
from domain.ports import Extractor
from domain.sampling import Draw, DrawResult, Hit

_KINDS_OF_CONTENT = {PageKind.LISTING, PageKind.SEARCH, PageKind.THREAD, PageKind.CHANNEL, PageKind.POST}
_BLOCK_STATUSES = {401, 403, 407, 429, 451}
_CUT_SHORT = {CaptureOutcome.TRUNCATED_LENGTH, CaptureOutcome.TRUNCATED_TIME, CaptureOutcome.TRUNCATED_DISCONNECT, "decoded_truncated"}
"""Flags of a response that was read although it is not whole: what follows from it is partial."""


class Recorder(Protocol):
    """Where hits and results of draws go (the ledger)."""

    def hits(self, hits: Sequence[Hit]) -> int:
        """Store hits; answers how many of the listings were never seen before."""

    def result(self, result: DrawResult) -> None:
        """Store the result of a draw and free its lease."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """Everything that one crawl needs, built by the composition root."""

    platform: Platform
    draws: Sequence[Draw]
    extractor: Extractor
    recorder: Recorder
    clock: Clock
    ids: Ids
    progress: Callable[[str, Draw], None]
    """Told `page` or `done` for each draw, for the progress bar."""


class SamplerSpider(scrapy.Spider):
    """Carries out the draws of one platform."""

    name = "sampler"

    def __init__(self, *, plan: CrawlPlan, **kwargs: Any) -> None:
        super().__init__(name=self.name, **kwargs)
        self.plan = plan
        self.platform = plan.platform
        self.efforts = {draw.id: Effort(draw=draw, started=plan.clock()) for draw in plan.draws}
        self.broken: IntegrityError | None = None

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The first request of every draw."""
        for effort in self.efforts.values():
            draw = effort.draw
            if draw.url is not None:
                yield self._request(draw.url, effort, callback=self.parse_listing, again=True)
            elif draw.term is not None:
                yield self._search(effort, self.platform.search_page(draw.term), number=0)

    def _request(self, url: str, effort: Effort, *, callback: Any, again: bool = False, **meta: Any) -> scrapy.Request:
        decision = RobotsDecision.ALLOWED if self.platform.robots.obey else RobotsDecision.OVERRIDDEN
        return scrapy.Request(
            url, callback=callback, errback=self.fetch_failed, dont_filter=again,
            meta={
                "draw": effort.draw.id, "robots": decision, "render": self.platform.render == "browser",
                "handle_httpstatus_all": False, "handle_httpstatus_list": list(range(400, 600)), **meta,
            },
        )  # fmt: skip

    def _search(self, effort: Effort, url: str, *, number: int) -> scrapy.Request:
        return self._request(url, effort, callback=self.parse_search, again=True, number=number)

    async def parse_search(self, response: Response) -> AsyncIterator[scrapy.Request]:
        """A page of answers: its hits, their listings, the next page."""
        effort, page = self._read(response)
        if page.kind is PageKind.SHELL and not response.meta["render"]:
            yield self._rendered_again(response)
            return
        items = [item for item in (self._absolute(response, item) for item in page.items or self._links(response)) if item is not None]
        if not items and page.kind is not PageKind.SEARCH and not self._says_nothing_found(response):
            effort.fail(_why_no_items(response, page))
            return
        effort.pages += 1
        for request in self._follow(response, effort, page, items):
            yield request

    async def parse_listing(self, response: Response) -> AsyncIterator[scrapy.Request]:
        """A listing's page: already sealed, and read later; looked at only when it may be an empty shell or was asked for itself."""
        draw = self.efforts[response.meta["draw"]].draw
        full = response.status == 200 and draw.url is None and (response.meta["render"] or not may_be_shell(response.body))
        if full:
            effort = self._received(response)
            effort.pages += 1
            return
        effort, page = self._read(response)
        if page.kind is PageKind.SHELL and not response.meta["render"]:
            yield self._rendered_again(response)
        elif page.kind is PageKind.BLOCKED or response.status in _BLOCK_STATUSES:
            effort.fail("challenge")
        else:
            effort.pages += 1
            if effort.draw.url is not None:
                self._record(effort, response, [_own_item(response, page, self.platform)])

    def _links(self, response: Response) -> list[PageItem]:
        """Links that the platform file knows for listings: what is left when a page of answers has too few to see a pattern."""
        if self.platform.listing_url is None:
            return []
        return [PageItem(url=url, title=title) for url, title in listing_links(response.body, response.url, self.platform)]

    def _says_nothing_found(self, response: Response) -> bool:
        """Whether the page says that nothing was found, in the words that the platform file records; silence is a failure."""
        words = self.platform.search.nothing_found if self.platform.search is not None else None
        return words is not None and response.status == 200 and re.search(words, response.body.decode("utf-8", "replace")) is not None

    def _follow(self, response: Response, effort: Effort, page: Page, items: list[PageItem]) -> Iterator[scrapy.Request]:
        items = items[: max(0, effort.draw.max_items - effort.seen)]
        self._record(effort, response, items)
        for item in items:
            if item.url is not None and self.platform.covers(item.url):
                yield self._listing(item.url, effort)
        number = response.meta["number"] + 1
        if effort.seen >= effort.draw.max_items:
            effort.stop = "max_items"
        elif page.next_page is None or not items:
            effort.stop = "all_seen"
        elif number >= effort.draw.max_pages:
            effort.stop = "max_pages"
        else:
            yield self._search(effort, urljoin(response.url, page.next_page), number=number)

    def _listing(self, url: str, effort: Effort) -> scrapy.Request:
        return self._request(url, effort, callback=self.parse_listing)

    def _rendered_again(self, response: Response) -> scrapy.Request:
        return response.request.replace(dont_filter=True, meta={**response.meta, "render": True})  # type: ignore[union-attr]

    def _absolute(self, response: Response, item: PageItem) -> PageItem | None:
        """The item with its own id and address, or None when it is no listing of this platform."""
        if item.url is None:
            return None
        url = urljoin(response.url, item.url)
        native_id = self.platform.native_id(url) if self.platform.listing_url else item.native_id or sha256(url.encode())[7:27]
        if native_id is None:
            return None
        return PageItem(native_id=native_id, url=url, title=item.title)

    def _record(self, effort: Effort, response: Response, items: Sequence[PageItem]) -> None:
        sealed: Sealed = response.meta["sealed"]
        hits = []
        for item in items:
            effort.ranks += 1
            hits.append(
                Hit(
                    id=self.plan.ids(),
                    draw=effort.draw.id,
                    capture=sealed.capture.id,
                    rank=effort.ranks,
                    platform=self.platform.id,
                    native_id=item.native_id or "",
                    url=item.url or "",
                    title=item.title,
                )
            )
        effort.seen += len(hits)
        effort.new += self.plan.recorder.hits(hits)

    def _received(self, response: Response) -> Effort:
        effort = self.efforts[response.meta["draw"]]
        effort.received += len(response.body)
        for flag in response.flags:
            if flag in _CUT_SHORT:
                effort.fail(flag)
        self.plan.progress("page", effort.draw)
        return effort

    def _read(self, response: Response) -> tuple[Effort, Page]:
        effort = self._received(response)
        media = response.headers.get("Content-Type")
        page = self.plan.extractor.extract(
            response.body, url=response.url, platform=self.platform.id, media_type=media.decode("latin-1") if media else None,
            status=response.status, at=iso(self.plan.clock()),
        )  # fmt: skip
        return effort, page

    def fetch_failed(self, failure: Any) -> None:
        """A request that ended in a typed outcome instead of a page."""
        request = failure.request
        effort = self.efforts[request.meta["draw"]]
        error = failure.value
        if isinstance(error, IntegrityError):
            self.broken = error
        elif isinstance(error, (CaptureError, RobotsDeniedError)):
            effort.fail(error.outcome)
        elif isinstance(error, OffPlatformError):
            effort.fail("off_platform")
        elif isinstance(error, HttpError):
            effort.fail(f"http_{error.response.status}")
        elif isinstance(error, IgnoreRequest) and "max redirections" in str(error):
            effort.fail(CaptureOutcome.TOO_MANY_REDIRECTS)
        else:
            effort.fail(f"refused:{type(error).__name__}")

    def closed(self, reason: str) -> None:
        """Store what came of every draw; a crawl that broke leaves none, so its draws are due again."""
        if self.broken is not None:
            return
        for effort in self.efforts.values():
            if reason != "finished":
                effort.fail(f"stopped:{reason}")
            self.plan.recorder.result(effort.result(self.plan.clock))
            self.plan.progress("done", effort.draw)


def _why_no_items(response: Response, page: Page) -> str:
    """An answer without items is a typed failure unless it is a search page that found nothing."""
    if page.kind is PageKind.BLOCKED or response.status in _BLOCK_STATUSES:
        return "challenge"
    if response.status >= 400:
        return f"http_{response.status}"
    return "parse_failure" if page.kind is PageKind.UNKNOWN else "shell"


def _own_item(response: Response, page: Page, platform: Platform) -> PageItem:
    native_id = platform.native_id(response.url) or page.listing.native_id or sha256(response.url.encode())[7:27]
    return PageItem(native_id=native_id, url=response.url, title=page.listing.title)
