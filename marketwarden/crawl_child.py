"""The child process of a crawl: claims due draws of one platform, carries them out, ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import orjson

from crawlers.context import CrawlContext
from crawlers.crawl import run_crawl, usable_platform
from crawlers.spider import CrawlPlan
from domain.errors import ConfigurationError
from domain.sampling import Draw, DrawResult, Hit
from ledger import draws, listings
from ledger.engine import Ledger
from marketwarden.bootstrap import House, open_house


@dataclass(frozen=True, slots=True)
class LedgerRecorder:
    """Hits and results of draws go straight to the ledger."""

    ledger: Ledger

    def hits(self, hits: Sequence[Hit]) -> int:
        """Store hits; answers how many listings were never seen before."""
        if not hits:
            return 0
        with self.ledger.write() as conn:
            known = listings.known(conn, hits[0].platform, [hit.native_id for hit in hits])
            draws.add_hits(conn, hits)
        return len({hit.native_id for hit in hits} - known)

    def result(self, result: DrawResult) -> None:
        """Store the result and free the lease."""
        with self.ledger.write() as conn:
            draws.record_result(conn, result)


def crawl_platform(home: Path, platform_id: str, *, draw: int | None = None) -> None:
    """Claim and carry out due draws; one JSON line on standard output for each page and each draw done."""
    with open_house(home) as house:
        platform = house.platforms.get(platform_id)
        if platform is None:
            raise ConfigurationError(f"no platform file {platform_id!r}")
        usable_platform(platform, store_is_demo=house.is_demo)
        claimed = _claim(house, platform_id, draw)
        if not claimed:
            return
        plan = CrawlPlan(
            platform=platform, draws=claimed, extractor=house.extractor, recorder=LedgerRecorder(house.ledger), clock=house.clock,
            ids=house.ids, progress=_tell,
        )  # fmt: skip
        sealer = house.new_sealer()
        try:
            context = CrawlContext(door=house.new_door(platform), sealer=sealer, platform=platform_id, draw=claimed[0].id)
            context.renderer = house.new_renderer(context)
            run_crawl(plan, context, user_agent=house.settings.user_agent)
        finally:
            sealer.close()


def _claim(house: House, platform: str, draw: int | None) -> list[Draw]:
    now = house.clock()
    until = now + timedelta(minutes=house.settings.crawl.leases_minutes)
    with house.ledger.write() as conn:
        return draws.due_draws(
            conn, now=now, limit=house.settings.crawl.batch, holder=house.holder, until=until, platform=platform, only=draw
        )


def _tell(event: str, draw: Draw) -> None:
    sys.stdout.buffer.write(orjson.dumps({"event": event, "draw": draw.id}) + b"\n")
    sys.stdout.buffer.flush()
