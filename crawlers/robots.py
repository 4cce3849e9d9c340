"""robots.txt by RFC 9309, its Crawl-delay applied, and every denial a typed outcome."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest

from crawlers.context import SETTING, CrawlContext
from crawlers.door.politeness import LONGEST_CRAWL_DELAY
from domain.capture import CaptureOutcome, RobotsDecision
from domain.errors import CaptureError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_DENY_ALL = b"User-agent: *\nDisallow: /\n"
_MOST = 512 * 1024
"""Bytes that are read; RFC 9309, 2.5, asks for 500 KiB at least."""
_PLATFORM_AWAY = {
    CaptureOutcome.NAME_UNKNOWN,
    CaptureOutcome.CONNECT_FAILED,
    CaptureOutcome.TLS_FAILED,
    CaptureOutcome.TIMEOUT,
    CaptureOutcome.ADDRESS_REFUSED,
    CaptureOutcome.BUDGET_SPENT,
}
"""Failures of robots.txt that say nothing about its rules: the draw ends in them, and not in a denial."""


class RobotsDeniedError(IgnoreRequest):
    """robots.txt, or its absence behind a server error, keeps us out (RFC 9309, 2.3.1.4)."""

    def __init__(self, outcome: CaptureOutcome = CaptureOutcome.ROBOTS_DENIED) -> None:
        super().__init__("Forbidden by robots.txt" if outcome is CaptureOutcome.ROBOTS_DENIED else f"robots.txt: {outcome}")
        self.outcome = outcome


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with the parts of RFC 9309 that it leaves out.

    4xx means that there are no rules (2.3.1.3); 5xx and an unreachable server mean complete
    disallow (2.3.1.4); Crawl-delay, an extension, lengthens the platform's own delay, and one
    that is longer than we are prepared to wait is a refusal.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._without_rules: set[str] = set()
        self._away: dict[str, CaptureOutcome] = {}

    async def process_request(self, request: Request, spider: Any = None) -> None:  # noqa: ARG002  (Scrapy's signature)
        """Let through, with the decision in `meta`, or raise RobotsDeniedError."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self.robot_parser(request)
        netloc = urlsplit(request.url).netloc
        if rules is not None and not rules.allowed(request.url, self._agent):
            raise RobotsDeniedError(self._away.get(netloc, CaptureOutcome.ROBOTS_DENIED))
        bare = netloc in self._without_rules
        request.meta["robots"] = RobotsDecision.NO_ROBOTS if bare else RobotsDecision.ALLOWED

    @property
    def _agent(self) -> str:
        return self._robotstxt_useragent or self._default_useragent

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        text = _rules_text(response.body)
        if response.status >= 500 or response.status == 429:
            text = _DENY_ALL
        elif response.status >= 400:
            self._without_rules.add(netloc)
            text = b""
        rules = self._parserimpl.from_crawler(self.crawler, text)
        delay = rules.crawl_delay(self._agent)
        if delay is not None and delay > LONGEST_CRAWL_DELAY:
            response = response.replace(body=_DENY_ALL)
        else:
            response = response.replace(body=text)
            if delay is not None and math.isfinite(delay):
                context: CrawlContext = self.crawler.settings[SETTING]
                context.door.politeness.heed_crawl_delay(delay)
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, CaptureError) and exc.outcome in _PLATFORM_AWAY:
            self._away[netloc] = CaptureOutcome(exc.outcome)
        waiting = self._parsers[netloc]
        deny = self._parserimpl.from_crawler(self.crawler, _DENY_ALL)
        self._parsers[netloc] = deny
        waiting.callback(deny)  # type: ignore[union-attr]


def _rules_text(body: bytes) -> bytes:
    """The whole lines of the first `_MOST` bytes."""
    return body if len(body) <= _MOST else body[: body.rfind(b"\n", 0, _MOST) + 1]
