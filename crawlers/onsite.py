"""A crawl stays on its platform: whatever a page or a redirect names elsewhere is refused before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class OffPlatformError(IgnoreRequest):
    """The request would leave the platform, whose file is the decision under which we look."""


class PlatformOnly:
    """In place of Scrapy's own filter, which lets through every request that may be made twice, redirects of such requests among them."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """For Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request, spider: Any = None) -> None:  # noqa: ARG002  (Scrapy's signature)
        """Let through what the spider's platform covers; raises OffPlatformError."""
        platform = getattr(self._crawler.spider, "platform", None)
        try:
            covered = platform is None or platform.covers(request.url)
        except ValueError:
            covered = False
        if not covered:
            raise OffPlatformError(f"{request.url} is not on the platform")
