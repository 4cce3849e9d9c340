"""The handler inside a real Scrapy crawl, each in its own process because a reactor cannot be restarted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

CRAWL = """
import os
os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
import asyncio, gzip, json, sys
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
from tests.unit.door.conftest import MemorySealer, serving

PAGE = b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\nContent-Encoding: gzip\\r\\nConnection: close\\r\\n\\r\\n" + gzip.compress(b"<h1>tusk</h1>")
mode = sys.argv[1]

class Sealer(MemorySealer):
    async def seal_exchange(self, exchange, **kw):
        if mode == "full" and len(self.sealed) == 2:
            raise StoreFull("no space left")
        return await super().seal_exchange(exchange, **kw)

sealer = Sealer()
served = []

async def behave(head, writer):
    path = head.split()[1]
    if path == b"/robots.txt":
        out = b"HTTP/1.0 200 OK\\r\\n\\r\\nUser-agent: *\\nDisallow: /secret\\nCrawl-delay: 1\\n"
    elif path.startswith(b"/loop/"):
        out = b"HTTP/1.1 302 Found\\r\\nLocation: /loop/%d\\r\\nContent-Length: 0\\r\\n\\r\\n" % (int(path[6:]) + 1)
    elif path == b"/inner":
        out = b"HTTP/1.1 302 Found\\r\\nLocation: http://169.254.169.254/latest\\r\\nContent-Length: 0\\r\\n\\r\\n"
    elif path == b"/short":
        out = b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\nContent-Length: 99\\r\\n\\r\\n<p>cut"
    elif path == b"/garbage":
        out = b"\\x00\\x01garbage"
    else:
        out = PAGE
    served.append(out)
    writer.write(out)

class Spider(scrapy.Spider):
    name = "s"
    results = {}
    async def start(self):
        if mode == "full":
            for n in range(30):
                yield scrapy.Request(f"http://shop.example/p{n}", callback=self.parse, errback=self.failed)
            return
        async with serving(behave) as server:
            door._host_map["shop.example"] = ("127.0.0.1", server.port)
            self.done = asyncio.Event()
            for path in ("/page", "/loop/0", "/inner", "/short", "/garbage", "/secret"):
                yield scrapy.Request("http://shop.example" + path, callback=self.parse, errback=self.failed,
                                     meta={"path": path, "robots": RobotsDecision.ALLOWED})
            while len(self.results) < 6:
                await asyncio.sleep(0.02)
    def parse(self, response):
        sealed = response.meta["sealed"].capture
        assert any(s.capture.id == sealed.id for _, s in sealer.sealed)
        self.results[response.meta.get("path", response.url)] = ["page", response.status, response.text, response.flags, str(response.ip_address)]
    def failed(self, failure):
        error = failure.value
        self.results[failure.request.meta.get("path", failure.request.url)] = [type(error).__name__, getattr(error, "outcome", None)]

door = Door(clock=system_clock, policy=AddressPolicy(allow_loopback=True), limits=Limits(max_redirects=7), politeness=Politeness(), user_agent="T/1",
            host_map={"shop.example": "127.0.0.1:1"})
context = CrawlContext(door=door, sealer=sealer, platform="shop", draw=7)
process = AsyncCrawlerProcess({
    SETTING: context, "LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": True, "REMOTE_CONTROL_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REDIRECT_MAX_TIMES": 50,
    "DOWNLOAD_HANDLERS": {"http": "crawlers.scrapy_handler.DoorHandler", "https": "crawlers.scrapy_handler.DoorHandler",
                          "file": None, "data": None, "ftp": None, "s3": None},
    "DOWNLOADER_MIDDLEWARES": {"scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None},
})
process.crawl(Spider)
process.start()
print(json.dumps({
    "results": Spider.results, "fault": str(context.fault),
    "captures": [[s.capture.id, s.capture.url, s.capture.outcome, s.capture.role, s.capture.parent, s.capture.draw, s.capture.robots] for _, s in sealer.sealed],
    "same": sorted(e.response for e in sealer.exchanges() if e.response) == sorted(served),
}))
"""


@pytest.fixture(scope="module")
def crawl(tmp_path_factory):
    """Run the crawl in a mode and read what it saw."""

    def run(mode: str) -> dict:
        script = tmp_path_factory.mktemp("crawl") / "crawl.py"
        script.write_text(CRAWL)
        done = subprocess.run(
            [sys.executable, "-W", "error", str(script), mode],
            capture_output=True, text=True, timeout=60, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout) | {"stderr": done.stderr}

    return run


def test_a_crawl_sees_only_sealed_pages_and_typed_failures(crawl):
    """Pages arrive decoded after sealing; refused, broken, looping and cut ones end typed; robots.txt is obeyed and sealed."""
    seen = crawl("hostile")
    results = seen["results"]

    assert results["/page"] == ["page", 200, "<h1>tusk</h1>", [], "127.0.0.1"]
    assert results["/short"] == ["page", 200, "<p>cut", ["truncated_disconnect"], "127.0.0.1"]
    assert results["/garbage"] == ["FetchFailed", "bad_response"]
    assert results["/inner"] == ["FetchFailed", "address_refused"]
    assert results["/loop/0"] == ["FetchFailed", "too_many_redirects"]
    assert results["/secret"] == ["IgnoreRequest", None]
    assert seen["same"] is True
    captures = {url: rest for _, url, *rest in seen["captures"]}
    assert captures["http://shop.example/robots.txt"][1] == "robots"
    assert captures["http://shop.example/page"] == ["ok", "page", None, 7, "allowed"]
    by_url = {url: number for number, url, *_ in seen["captures"]}
    assert captures["http://169.254.169.254/latest"][2] == by_url["http://shop.example/inner"]
    assert len([url for url in by_url if "/loop/" in url]) == 8


def test_a_full_store_stops_the_crawl(crawl):
    """When the sealer refuses, nothing more is fetched and the fault is there for the caller to raise."""
    seen = crawl("full")

    assert seen["fault"] == "no space left"
    assert len(seen["captures"]) == 2
    assert not any(result[0] == "page" for result in seen["results"].values())
