"""What one crawl fetches with and seals with, handed to Scrapy and to the browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

from crawlers.door.door import Door
from domain.capture import RobotsDecision
from domain.errors import IntegrityError
from domain.ports import Sealer

if TYPE_CHECKING:
    from crawlers.browser.renderer import Rendered

SETTING = "MARKETWARDEN_CRAWL"
"""Scrapy setting that holds the `CrawlContext`."""


class PageRenderer(Protocol):
    """Renders pages that are drawn by script (`crawlers.browser.renderer.Renderer`)."""

    async def start(self) -> None:
        """Start the browser; raises EnvironmentMissing."""

    async def render(self, url: str, *, draw: int, platform: str, robots: RobotsDecision) -> Rendered:
        """Render and seal one page."""

    async def close(self) -> None:
        """Close the browser."""


@dataclass(slots=True, kw_only=True)
class CrawlContext:
    """Of one crawl of one platform. Not a value: it remembers the fault that must stop the crawl."""

    door: Door
    sealer: Sealer
    platform: str
    draw: int
    """Draw of requests that state none of their own (`request.meta["draw"]`)."""
    renderer: PageRenderer | None = field(default=None)
    """Started when a page first needs it."""
    fault: IntegrityError | None = field(default=None)
    """The store refused: whoever started the crawl raises it again after the crawl has stopped."""

    def __deepcopy__(self, memo: object) -> Self:
        """Scrapy copies its settings deeply; a crawl has one door and one sealer all the same."""
        return self
