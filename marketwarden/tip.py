"""A tip from an officer or the public: one page, the whole way, now."""

from __future__ import annotations

from typing import Any

from crawlers.platforms import platform_of
from domain.errors import CaptureError, PolicyError
from domain.sampling import Draw, Purpose
from ledger import draws
from marketwarden.bootstrap import House
from marketwarden.crawl import crawl_platform
from marketwarden.queue_view import item_view, items_of_draw


def capture_tip(house: House, url: str, *, reason: str) -> dict[str, Any]:
    """Draw, crawl, seal, read, judge and queue one page; answers the queue item with everything about it.

    Raises PolicyError when no platform file covers the address (there is then no lawful basis on record),
    CaptureError when the page did not come.
    """
    platform = platform_of(url, house.platforms)
    if platform is None:
        raise PolicyError(f"no platform file covers {url}: write one (marketwarden platforms new), with its lawful basis")
    draw = Draw(
        id=house.ids(), programme="tips", purpose=Purpose.TIP, arm="none", platform=platform.id, term=None, url=url,
        inclusion_probability=None, due=house.clock(), max_pages=1, max_items=1, reason=reason,
    )  # fmt: skip
    with house.ledger.write() as conn:
        draws.add_draw(conn, draw)
    crawl = crawl_platform(house, platform.id, progress=lambda _p, _d, _n: None, draw=draw)
    reports = house.run()
    with house.ledger.read() as conn:
        result = draws.get_result(conn, draw.id)
    if result is None:
        raise CaptureError(f"the crawl broke: {crawl.message}", outcome="failed")
    items = items_of_draw(house, draw.id)
    answer: dict[str, Any] = {
        "draw": draw.id, "outcome": str(result.outcome), "stop_reason": result.stop_reason,
        "stopped_stages": {report.stage: report.failure for report in reports if report.failure},
        "items": [item_view(house, item) for item in items],
    }  # fmt: skip
    if result.pages == 0:
        raise CaptureError(f"{url}: {result.outcome}, {result.stop_reason}; what was received is sealed", outcome=result.stop_reason)
    return answer
