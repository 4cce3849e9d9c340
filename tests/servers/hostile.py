"""A raw server on loopback that does to a crawler whatever a hostile site could: one path an attack, one host a robots.txt."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from html import escape

Attack = Callable[[asyncio.StreamWriter], Awaitable[None]]

SENTENCE = "A quiet sentence about garden chairs which are sold by a gardener who does not need them any more. "
BOMB_BYTES = 10_000_000_000
BOMB_MEMBER = 250_000_000
DEEP = 100_000
SCRIPT = '"><script>document.title="owned"</script><img src=x onerror=alert(1)>'


def page(*, title: str = "Garden chair", head: str = "", body: str = "", charset: str = "utf-8") -> bytes:
    """A listing page with text enough to be no empty shell."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="{charset}"><title>{title}</title>{head}</head><body><main><h1>{title}</h1>'
        f"<p>Price: 40 EUR</p><p>{SENTENCE * 20}</p>{body}</main></body></html>"
    ).encode("utf-8", "surrogatepass")


def answer(
    body: bytes, *, status: str = "200 OK", length: int | None = None, fields: str = "Content-Type: text/html; charset=utf-8"
) -> bytes:
    """A whole response; `length` is what it claims to be long."""
    stated = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\n{fields}\r\nContent-Length: {stated}\r\n\r\n".encode() + body


def redirect(target: str) -> bytes:
    """A redirect to `target`."""
    return answer(b"", status="302 Found", fields=f"Location: {target}")


@cache
def bomb() -> bytes:
    """About 10 MB of gzip that unfold to `BOMB_BYTES`: one member, written many times over."""
    opening = page()
    member = gzip.compress(b" " * BOMB_MEMBER, compresslevel=9, mtime=0)
    return gzip.compress(opening, mtime=0) + member * ((BOMB_BYTES - len(opening)) // BOMB_MEMBER)


def deep_jsonld() -> bytes:
    """Valid JSON nested `DEEP` levels."""
    nested = '{"@type":"Product","offers":' * DEEP + "null" + "}" * DEEP
    return page(head=f'<script type="application/ld+json">{nested}</script>')


def scripted() -> bytes:
    """Script in every field that a page can state, in markup and in structured data."""
    text = SCRIPT.replace('"', '\\"').replace("</script>", "<\\/script>")
    jsonld = (
        f'{{"@context":"https://schema.org","@type":"Product","name":"{text}","description":"{text}","sku":"{text}","category":"{text}",'
        f'"image":["javascript:alert(1)","{text}"],"offers":{{"@type":"Offer","price":"{text}","priceCurrency":"{text}",'
        f'"availability":"{text}","url":"javascript:alert(1)","seller":{{"@type":"Person","name":"{text}","url":"javascript:alert(2)"}},'
        f'"availableAtOrFrom":{{"@type":"Place","address":"{text}"}}}}}}'
    )
    metas = "".join(f'<meta property="og:{name}" content="{escape(SCRIPT)}">' for name in ("title", "description", "image", "url"))
    rows = "".join(f"<dt>{name}</dt><dd>{SCRIPT}</dd>" for name in ("Price", "Seller", "Location", "Shipping", "Payment", "Posted"))
    return page(title=SCRIPT, head=f'{metas}<script type="application/ld+json">{jsonld}</script>', body=f"<dl>{rows}</dl>")


def _says(data: bytes | Callable[[], bytes]) -> Attack:
    async def attack(writer: asyncio.StreamWriter) -> None:
        writer.write(data if isinstance(data, bytes) else data())

    return attack


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page())
    while True:
        writer.write(b"<p>more</p>" * 6000)
        await writer.drain()


async def _endless_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n" * 10_000)
        await writer.drain()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n" + page())
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.1)


async def _header_drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(0.1)


async def _silence(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def _hundreds(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1000)
        await writer.drain()


def _page_of_links() -> bytes:
    return page(body="".join(f'<a href="/item/{number}{"x" * 200}">{SCRIPT}</a>' for number in range(10_000)))


def answers() -> bytes:
    """A page of answers whose listings are attacks, whose links lead elsewhere, and whose next page is a cloud's metadata."""
    places = ["/script-everywhere?1", "/deep-elements?2", "/honest?3", "/deep-jsonld?4", "http://10.0.0.1/honest?5", "//evil.example/6"]
    cards = "".join(
        f'<li class="card"><a href="{place}"><h2>{number} garden chair of oak</h2></a><p class="price">{number}0 EUR</p></li>'
        for number, place in enumerate(places, 1)
    )
    after = "http://169.254.169.254/latest?page=2"
    return page(
        title="Search: chair",
        head=f'<link rel="next" href="{after}">',
        body=f'<ol class="results">{cards}</ol><a rel="next" href="{after}">Next</a>',
    )


ATTACKS: Mapping[str, Attack] = {
    "honest": _says(answer(page())),
    "length-too-long": _says(answer(page(), length=1_000_000)),
    "length-too-short": _says(answer(page(), length=1500)),
    "lengths-contradict": _says(answer(page(), fields="Content-Type: text/html\r\nContent-Length: 7")),
    "length-negative": _says(answer(page(), length=-1)),
    "endless-body": _endless,
    "endless-chunks": _endless_chunks,
    "endless-interim": _hundreds,
    "gzip-bomb": _says(lambda: answer(bomb(), fields="Content-Type: text/html\r\nContent-Encoding: gzip")),
    "gzip-bomb-twice": _says(
        lambda: answer(
            gzip.compress(gzip.compress(b" " * BOMB_MEMBER, mtime=0), mtime=0),
            fields="Content-Type: text/html\r\nContent-Encoding: gzip, gzip",
        )
    ),
    "gzip-that-is-none": _says(answer(page(), fields="Content-Type: text/html\r\nContent-Encoding: gzip")),
    "headers-5-mb": _says(answer(page(), fields="\r\n".join(f"X-{number}: {'y' * 1000}" for number in range(5000)))),
    "header-5-mb": _says(answer(page(), fields=f"X: {'y' * 5_000_000}")),
    "slow-drip": _drip,
    "slow-headers": _header_drip,
    "silence": _silence,
    "wrong-charset": _says(answer(page(title="象牙の椅子", charset="koi8-r"), fields="Content-Type: text/html; charset=utf-7")),
    "no-such-charset": _says(answer(page(), fields="Content-Type: text/html; charset=" + "x" * 300)),
    "bytes-of-nothing": _says(answer(bytes(range(256)) * 1000)),
    "to-metadata": _says(redirect("http://169.254.169.254/latest/meta-data/")),
    "to-private": _says(redirect("http://10.0.0.1/")),
    "to-other-scheme": _says(redirect("file:///etc/passwd")),
    "to-itself": _says(redirect("/to-itself")),
    "deep-jsonld": _says(lambda: answer(deep_jsonld())),
    "deep-elements": _says(lambda: answer(page(body="<div>" * DEEP))),
    "script-everywhere": _says(lambda: answer(scripted())),
    "links-without-number": _says(lambda: answer(_page_of_links())),
    "garbage": _says(b"\x00\x01\x02 SSH-2.0-OpenSSH_9.2 \xff\xfe" * 100),
    "nothing": _says(b""),
    "early-close": _says(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html><title>cut"),
    "close-in-headers": _says(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "status-999": _says(answer(page(), status="999 Denied")),
}
"""What a page path answers. `redirects/N` leads to `redirects/N+1` ten thousand times, `search` is a page of answers."""

ROBOTS: Mapping[str, Attack] = {
    "robots-500": _says(answer(b"", status="500 Oops")),
    "robots-404": _says(answer(b"", status="404 None")),
    "robots-disallow": _says(answer(b"User-agent: *\nDisallow: /\n", fields="Content-Type: text/plain")),
    "robots-huge": _says(lambda: answer(b"User-agent: *\n" + b"Disallow: /nowhere/a\n" * 700_000, fields="Content-Type: text/plain")),
    "robots-wildcards": _says(answer(b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"*b$\n", fields="Content-Type: text/plain")),
    "robots-delay": _says(answer(b"User-agent: *\nCrawl-delay: 1e300\n", fields="Content-Type: text/plain")),
    "robots-forever": _says(redirect("/robots.txt")),
    "robots-private": _says(redirect("http://169.254.169.254/robots.txt")),
    "robots-garbage": _says(b"\xff\xfe\x00" * 1000),
    "robots-silence": _silence,
    "robots-endless": _endless,
}
"""What /robots.txt answers, by the first label of the host that was asked; any other host has none."""


class HostileServer:
    """Serves in a thread of its own until `stop`; `asked` holds every path that was asked, with its host."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[tuple[str, str]] = []
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def start(self) -> None:
        """Pack the bomb and listen on a free port."""
        bomb()
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        """Cut every connection and end the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._answer, "127.0.0.1", 0, backlog=128))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        waiting = asyncio.all_tasks(self._loop)
        for task in waiting:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ", 2)[1]
                host = next(line for line in head.lower().split("\r\n") if line.startswith("host:"))[5:].strip()
                self.asked.append((host, path))
                await self._attack(host, path)(writer)
                await writer.drain()
            finally:
                writer.close()

    def _attack(self, host: str, path: str) -> Attack:
        if path == "/robots.txt":
            return ROBOTS.get(host.split(".")[0], _says(answer(b"", status="404 None")))
        name = path.strip("/").split("?")[0]
        if name.startswith("redirects/"):
            number = int(name.removeprefix("redirects/"))
            return _says(redirect(f"/redirects/{number + 1}") if number < 10_000 else answer(page()))
        if name == "search":
            return _says(answer(answers()))
        return ATTACKS.get(name, ATTACKS["honest"])


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    """A running server."""
    server = HostileServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
