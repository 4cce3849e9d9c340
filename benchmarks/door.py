"""Pages a CPU-second: the door beside Scrapy's default handler, Scrapy with the door, and aiohttp.

python benchmarks/door.py [PAGES]

One loopback server in its own process serves pages of 20 to 200 kB; each client runs in its own process, one after
the other, three rounds, and its own CPU time is counted (user and system). Read the ratios: the machine moves the rest.
Nothing is sealed here; what sealing costs is measured in the spine's benchmark.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONCURRENCY = 16
SIZES = [20_000, 35_000, 50_000, 80_000, 94_000, 120_000, 150_000, 200_000]


async def _serve() -> None:
    answers = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % size
        + (b"<p>A carved box, sold as seen.</p>\n" * (size // 30))[:size]
        for size in SIZES
    ]

    class Server(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            self.transport = transport
            self.count = 0

        def data_received(self, data: bytes) -> None:
            for _ in range(data.count(b"\r\n\r\n")):
                self.count += 1
                self.transport.write(answers[self.count % len(answers)])

    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def _drive(fetch: Callable[[str], Awaitable[int]], port: int, pages: int) -> None:
    numbers = iter(range(pages))

    async def work() -> None:
        for number in numbers:
            if await fetch(f"http://127.0.0.1:{port}/{number}") < SIZES[0]:
                raise SystemExit("a page came short")

    await asyncio.gather(*(work() for _ in range(CONCURRENCY)))


def _door(port: int) -> object:
    from crawlers.door.address import AddressPolicy
    from crawlers.door.door import Door
    from crawlers.door.limits import Limits
    from crawlers.door.politeness import Politeness
    from domain.clock import system_clock

    return Door(
        clock=system_clock, policy=AddressPolicy(allow_loopback=True, loopback_ports=frozenset({port})), limits=Limits(),
        politeness=Politeness(concurrency=CONCURRENCY), user_agent="Benchmark/1",
    )  # fmt: skip


def client_door(port: int, pages: int) -> None:
    """The door alone."""

    async def run() -> None:
        door = _door(port)

        async def fetch(url: str) -> int:
            return len((await door.fetch(url)).body)  # type: ignore[attr-defined]

        await _drive(fetch, port, pages)
        await door.close()  # type: ignore[attr-defined]

    asyncio.run(run())


def client_aiohttp(port: int, pages: int) -> None:
    """aiohttp with one session."""
    import aiohttp

    async def run() -> None:
        async with aiohttp.ClientSession() as session:

            async def fetch(url: str) -> int:
                async with session.get(url) as response:
                    return len(await response.read())

            await _drive(fetch, port, pages)

    asyncio.run(run())


def _scrapy(port: int, pages: int, settings: dict[str, object]) -> None:
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    seen: list[int] = []

    class Spider(scrapy.Spider):
        name = "benchmark"

        async def start(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
            for number in range(pages):
                yield scrapy.Request(f"http://127.0.0.1:{port}/{number}")

        def parse(self, response):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            seen.append(len(response.body))

    quiet = {"LOG_LEVEL": "ERROR", "REMOTE_CONTROL_ENABLED": False, "TELNETCONSOLE_ENABLED": False}
    process = AsyncCrawlerProcess(quiet | {"CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY} | settings)
    process.crawl(Spider)
    process.start()
    if len(seen) != pages:
        raise SystemExit(f"{len(seen)} of {pages} pages")


def client_scrapy(port: int, pages: int) -> None:
    """Scrapy with its default handler."""
    _scrapy(port, pages, {})


def client_scrapy_door(port: int, pages: int) -> None:
    """Scrapy with the door, our settings, and a sealer that costs nothing."""
    from crawlers.context import SETTING, CrawlContext
    from domain.capture import Sealed

    class Sealer:
        async def seal_exchange(self, *_: object, **__: object) -> Sealed:
            return Sealed(capture=None)  # type: ignore[arg-type]

    handler = "crawlers.scrapy_handler.DoorHandler"
    context = CrawlContext(door=_door(port), sealer=Sealer(), platform="benchmark", draw=1)  # type: ignore[arg-type]
    off = {"scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None}
    tuned = {"CONCURRENT_ITEMS": 4, "METAREFRESH_ENABLED": False, "DOWNLOADER_MIDDLEWARES": off}
    _scrapy(port, pages, {SETTING: context, "DOWNLOAD_HANDLERS": {"http": handler, "https": handler}} | tuned)


CLIENTS = {"scrapy": client_scrapy, "scrapy_door": client_scrapy_door, "aiohttp": client_aiohttp, "door": client_door}


def _measure(name: str, port: int, pages: int) -> None:
    # Imports are not fetching: they are done before the clock starts.
    for module in ("scrapy", "scrapy.crawler") if name.startswith("scrapy") else (name if name == "aiohttp" else "crawlers.door.door",):
        importlib.import_module(module)
    if name == "scrapy_door":
        importlib.import_module("crawlers.scrapy_handler")
    before = _cpu()
    CLIENTS[name](port, pages)
    print(json.dumps(pages / (_cpu() - before)))


def main() -> None:
    """Run every client against one server and print pages a CPU-second and ratios."""
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(_serve())
        return
    if sys.argv[1:2] == ["client"]:
        _measure(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
        return
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    command, env = [sys.executable, __file__], {**os.environ, "PYTHONPATH": str(ROOT), "TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS": ""}
    server = subprocess.Popen([*command, "serve"], stdout=subprocess.PIPE, text=True, env=env)
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        rates: dict[str, list[float]] = {name: [] for name in CLIENTS}
        for _ in range(3):
            for name in CLIENTS:
                done = subprocess.run([*command, "client", name, port, str(pages)], capture_output=True, text=True, env=env, check=True)
                rates[name].append(json.loads(done.stdout))
    finally:
        server.terminate()
        server.wait()
    middle = {name: statistics.median(values) for name, values in rates.items()}
    for name, rate in middle.items():
        print(
            f"{name:12} {rate:8.0f} pages/CPU-s  {rate / middle['scrapy']:6.2f} x Scrapy default  {rate / middle['aiohttp']:5.2f} x aiohttp"
        )


if __name__ == "__main__":
    main()
