"""One crawl of one platform in this process: Scrapy's reactor cannot be started twice, so a crawl is a process."""

from __future__ import annotations

import os
from typing import Any

from crawlers.platforms import Platform
from crawlers.spider import CrawlPlan, SamplerSpider
from domain.errors import MarketwardenError


def run_crawl(plan: CrawlPlan, *, door: Any, sealer: Any, renderer: Any, user_agent: str) -> None:
    """Carry out the plan; blocks until the crawl has ended. Raises what broke the store, never what a server did."""
    os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers.settings import crawl_settings

    settings = crawl_settings(plan.platform, user_agent=user_agent)
    settings |= {
        "MARKETWARDEN_DOOR": door,
        "MARKETWARDEN_SEALER": sealer,
        "MARKETWARDEN_RENDERER": renderer,
        "MARKETWARDEN_PLATFORM": plan.platform.id,
        "MARKETWARDEN_DRAW": plan.draws[0].id,
    }
    process = AsyncCrawlerProcess(settings, install_root_handler=False)
    broken: list[BaseException] = []

    async def crawl() -> None:
        crawler = process.create_crawler(SamplerSpider)
        await process.crawl(crawler, plan=plan)
        spider = crawler.spider
        if isinstance(spider, SamplerSpider) and spider.broken is not None:
            broken.append(spider.broken)

    import asyncio

    task = asyncio.get_event_loop().create_task(crawl())
    process.start()
    if broken:
        raise broken[0]
    if task.done() and task.exception() is not None:
        raise task.exception()  # type: ignore[misc]


def usable_platform(platform: Platform, *, store_is_demo: bool) -> None:
    """A demonstration platform belongs to a demo store and a real one to a real store."""
    if platform.demo != store_is_demo:
        kind = "a demo store" if store_is_demo else "a real store"
        raise MarketwardenError(f"platform {platform.id} may not be crawled into {kind}")
