"""Scrapy's settings, all that matter to evidence said aloud (`docs/decisions/0003-scrapy-settings.md`)."""

from __future__ import annotations

from typing import Any

from crawlers.platforms import Platform

BOT_NAME = "marketwarden"
SPIDER_MODULES: list[str] = []

MAX_REDIRECTS = 8
"""The handler types the one too many; Scrapy's own count must not come first."""

_HANDLER = "crawlers.scrapy_handler.DoorHandler"


def crawl_settings(platform: Platform, *, user_agent: str) -> dict[str, Any]:
    """Settings of one crawl of one platform."""
    return {
        "BOT_NAME": BOT_NAME,
        "USER_AGENT": user_agent,
        # one door: no other scheme, no remote control
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER, "file": None, "data": None, "ftp": None, "s3": None},
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        # robots: our middleware obeys unless the platform file records a decision (RFC 9309)
        "ROBOTSTXT_OBEY": platform.robots.obey,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawlers.robots.RobotsMiddleware": 100,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "crawlers.onsite.PlatformOnly": 50,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
            "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
            "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
        },
        "SPIDER_MIDDLEWARES": {
            "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
            "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
            "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": 800,
        },
        "EXTENSIONS": {
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.corestats.CoreStats": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
        },
        # delay and budget are the door's: Scrapy only bounds what waits there
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS": max(8, platform.concurrency),
        "CONCURRENT_REQUESTS_PER_DOMAIN": max(1, platform.concurrency),
        # Scrapy makes this many tasks for every response; the spider yields few
        "CONCURRENT_ITEMS": 4,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "COOKIES_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "REFERER_ENABLED": False,
        "REDIRECT_MAX_TIMES": MAX_REDIRECTS + 1,
        # one more try on a server's own fault; 429 and 403 are answers, not faults
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 503, 504],
        "RETRY_EXCEPTIONS": [],
        "URLLENGTH_LIMIT": 4096,
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
    }
