"""One crawl of one platform in this process: Scrapy's reactor cannot be started twice, so a crawl is a process."""

from __future__ import annotations

import os

from crawlers.context import SETTING, CrawlContext
from crawlers.platforms import Platform
from crawlers.spider import CrawlPlan, SamplerSpider
from domain.errors import MarketwardenError


def run_crawl(plan: CrawlPlan, context: CrawlContext, *, user_agent: str) -> None:
    """Carry out the plan; blocks until the crawl has ended. Raises what broke the store, never what a server did."""
    os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers.settings import crawl_settings

    settings = crawl_settings(plan.platform, user_agent=user_agent)
    settings[SETTING] = context
    process = AsyncCrawlerProcess(settings, install_root_handler=False)
    crawled = process.crawl(SamplerSpider, plan=plan)
    process.start()
    if context.fault is not None:
        raise context.fault
    if crawled.done() and (error := crawled.exception()) is not None:
        raise error


def usable_platform(platform: Platform, *, store_is_demo: bool) -> None:
    """A demonstration platform belongs to a demo store and a real one to a real store."""
    if platform.demo != store_is_demo:
        kind = "a demo store" if store_is_demo else "a real store"
        raise MarketwardenError(f"platform {platform.id} may not be crawled into {kind}")
