"""robots.txt by RFC 9309, its Crawl-delay applied, and every denial a typed outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest

from crawlers.context import SETTING, CrawlContext
from domain.capture import RobotsDecision

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_DENY_ALL = b"User-agent: *\nDisallow: /\n"


class RobotsDeniedError(IgnoreRequest):
    """robots.txt, or its absence behind a server error, keeps us out (RFC 9309, 2.3.1.4)."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with the parts of RFC 9309 that it leaves out.

    4xx means that there are no rules (2.3.1.3); 5xx and an unreachable server mean complete
    disallow (2.3.1.4); Crawl-delay, an extension, lengthens the platform's own delay.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._without_rules: set[str] = set()

    async def process_request(self, request: Request, spider: Any = None) -> None:  # noqa: ARG002  (Scrapy's signature)
        """Let through, with the decision in `meta`, or raise RobotsDeniedError."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self.robot_parser(request)
        agent = self._robotstxt_useragent or self._default_useragent
        if rules is not None and not rules.allowed(request.url, agent):
            raise RobotsDeniedError("Forbidden by robots.txt")
        bare = urlsplit(request.url).netloc in self._without_rules
        request.meta["robots"] = RobotsDecision.NO_ROBOTS if bare else RobotsDecision.ALLOWED

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            response = response.replace(body=_DENY_ALL)
        elif response.status >= 400:
            self._without_rules.add(netloc)
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        rules = self._parsers[netloc]
        agent = self._robotstxt_useragent or self._default_useragent
        delay = rules.rp.crawl_delay(agent) if rules is not None and hasattr(rules, "rp") else None
        if delay:
            context: CrawlContext = self.crawler.settings[SETTING]
            context.door.politeness.heed_crawl_delay(float(delay))

    def _robots_error(self, exc: Exception, netloc: str) -> None:  # noqa: ARG002  (Scrapy's signature)
        waiting = self._parsers[netloc]
        deny = self._parserimpl.from_crawler(self.crawler, _DENY_ALL)
        self._parsers[netloc] = deny
        waiting.callback(deny)  # type: ignore[union-attr]
