"""One Scrapy crawl of a hostile server, run as a process of its own: `python -m tests.unit.door.crawl hostile|full`."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import sys

os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.context import SETTING, CrawlContext
from crawlers.door.address import AddressPolicy
from crawlers.door.door import Door
from crawlers.door.limits import Limits
from crawlers.door.politeness import Politeness
from domain.capture import RobotsDecision
from domain.clock import system_clock
from domain.errors import StoreFull

from .conftest import MemorySealer, serving

PATHS = ("/page", "/loop/0", "/inner", "/short", "/garbage", "/secret")
PAGE = gzip.compress(b"<h1>tusk</h1>")
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ANSWERS = {
    b"/robots.txt": b"HTTP/1.0 200 OK\r\n\r\nUser-agent: *\nDisallow: /secret\n",
    b"/inner": b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n",
    b"/short": HTML + b"Content-Length: 99\r\n\r\n<p>cut",
    b"/garbage": b"\x00\x01garbage",
    b"/page": HTML + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + PAGE,
}
LOOP = b"HTTP/1.1 302 Found\r\nLocation: /loop/%d\r\nContent-Length: 0\r\n\r\n"

served: list[bytes] = []


class FillingSealer(MemorySealer):
    """Full after two captures when told so."""

    def __init__(self, *, fills: bool) -> None:
        super().__init__()
        self.fills = fills

    async def seal_exchange(self, exchange, **kw):
        """Acknowledge or refuse."""
        if self.fills and len(self.sealed) == 2:
            raise StoreFull("no space left")
        return await super().seal_exchange(exchange, **kw)


async def behave(head, writer):
    """Answer by path."""
    path = head.split()[1]
    answer = LOOP % (int(path[6:]) + 1) if path.startswith(b"/loop/") else ANSWERS[path]
    served.append(answer)
    writer.write(answer)


class Spider(scrapy.Spider):
    """Asks for every hostile page, or for thirty that cannot be reached."""

    name = "hostile"

    def __init__(self, mode: str, context: CrawlContext) -> None:
        super().__init__()
        self.mode = mode
        self.context = context
        self.results = {}

    def ask(self, path: str) -> scrapy.Request:
        """A request that states its robots decision."""
        meta = {"path": path, "robots": RobotsDecision.ALLOWED}
        return scrapy.Request("http://shop.example" + path, callback=self.parse, errback=self.failed, meta=meta)

    async def start(self):
        """Serve while the requests are answered."""
        if self.mode == "full":
            for number in range(30):
                yield self.ask(f"/p{number}")
            return
        async with serving(behave) as server:
            self.context.door._host_map["shop.example"] = ("127.0.0.1", server.port)
            for path in PATHS:
                yield self.ask(path)
            while len(self.results) < len(PATHS):
                await asyncio.sleep(0.02)

    def parse(self, response):
        """A page: its capture must be sealed already."""
        capture = response.meta["sealed"].capture
        assert any(sealed.capture.id == capture.id for _, sealed in self.context.sealer.sealed)
        self.results[response.meta["path"]] = ["page", response.status, response.text, response.flags, str(response.ip_address)]

    def failed(self, failure):
        """A failure: its type and outcome."""
        self.results[failure.request.meta["path"]] = [type(failure.value).__name__, getattr(failure.value, "outcome", None)]


def main(mode: str) -> None:
    """Crawl and print what was seen."""
    sealer = FillingSealer(fills=mode == "full")
    door = Door(
        clock=system_clock,
        policy=AddressPolicy(allow_loopback=True),
        limits=Limits(max_redirects=7),
        politeness=Politeness(),
        user_agent="T/1",
        host_map={"shop.example": "127.0.0.1:1"},
    )
    context = CrawlContext(door=door, sealer=sealer, platform="shop", draw=7)
    handlers = dict.fromkeys(("http", "https"), "crawlers.scrapy_handler.DoorHandler") | dict.fromkeys(("file", "data", "ftp", "s3"))
    process = AsyncCrawlerProcess(
        {
            SETTING: context,
            "LOG_LEVEL": "ERROR",
            "ROBOTSTXT_OBEY": True,
            "REMOTE_CONTROL_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "REDIRECT_MAX_TIMES": 50,
            "DOWNLOAD_HANDLERS": handlers,
            "DOWNLOADER_MIDDLEWARES": {"scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None},
        }
    )
    crawler = process.create_crawler(Spider)
    process.crawl(crawler, mode=mode, context=context)
    process.start()
    captures = [sealed.capture for _, sealed in sealer.sealed]
    seen = {
        "results": crawler.spider.results,
        "fault": str(context.fault),
        "captures": [[c.id, c.url, c.outcome, c.role, c.parent, c.draw, c.robots] for c in captures],
        "same": sorted(exchange.response for exchange in sealer.exchanges() if exchange.response) == sorted(served),
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1])
