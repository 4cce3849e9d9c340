"""Generated marketplace pages of 20 to 200 kB, and a server for them in a process of its own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_WORDS = """
vintage antique carved solid wooden table lamp chair silver necklace camera lens bicycle frame kitchen shelf garden tools
jacket leather boots phone charger cable book novel series print poster guitar strings drum piano keyboard mouse monitor
stand speaker amplifier radio
""".split()  # noqa: SIM905  (read as a text)
_NAMES = (
    "ivory bangle", "elephant tusk", "African grey parrot", "star tortoise", "python skin", "dried seahorse", "红珊瑚", "象牙手镯", "งาช้าง",
    "ngà voi", "عاج", "слоновая кость", "marfil", "Elfenbein", "gading gajah", "ivoire",
)  # fmt: skip


def page(number: int) -> bytes:
    """One listing page: JSON-LD, OpenGraph, visible text, and filler as real pages have it. Equal number, equal bytes."""
    chance = random.Random(number)
    # as a search for a term brings them: one listing in two names a species, once in the title and twice in the text
    named = chance.choice(_NAMES) if number % 2 else "table"
    title = " ".join([named, *chance.choices(_WORDS, k=6)])
    description = " ".join([*chance.choices(_WORDS, k=50), named, *chance.choices(_WORDS, k=70), named])
    price = f"{chance.randint(5, 5000)}.{chance.randint(0, 99):02d}"
    product = {
        "@context": "https://schema.org", "@type": "Product", "name": title, "description": description, "sku": str(number),
        "offers": {"@type": "Offer", "price": price, "priceCurrency": "EUR", "availability": "https://schema.org/InStock",
                   "seller": {"@type": "Person", "name": f"seller{number % 97}"}},
    }  # fmt: skip
    size = chance.randint(20_000, 200_000)
    head = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Bench Market</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="product">'
        f'<script type="application/ld+json">{json.dumps(product)}</script></head><body><h1>{title}</h1>'
        f'<p class="price">{price} €</p><div class="description"><p>{description}</p></div>'
    )
    chunks = _chunks()
    filler = []
    length = len(head)
    while length < size:
        filler.append(chance.choice(chunks))
        length += len(filler[-1])
    return (head + "".join(filler) + "</body></html>").encode()


@cache
def _chunks() -> list[str]:
    """Pieces of about 3 kB that pages are filled with, made once, so that the server is never what is measured."""
    chance = random.Random(0)
    return ["".join(_block(chance) for _ in range(12)) for _ in range(400)]


def _block(chance: random.Random) -> str:
    if chance.random() < 0.25:
        numbers = ",".join(str(chance.randint(1, 10**6)) for _ in range(60))
        return f'<script>var s{chance.randint(1, 10**6)}={{"a":[{numbers}]}};</script>'
    text = " ".join(chance.choices(_WORDS, k=30))
    inner = f'<div class="inner"><span data-x="{chance.randint(1, 9**9)}">{text}</span></div>'
    return f'<section class="c{chance.randint(1, 40)}">{inner}</section>'


def index_page(start: int, count: int) -> bytes:
    """A search page that links listings."""
    rows = "".join(
        f'<li class="card"><a href="/ad/{number}">Listing number {number} for the bench</a>'
        f'<span class="price">{number % 900 + 5} €</span></li>'
        for number in range(start, start + count)
    )
    return f'<!doctype html><html lang="en"><title>Search</title><body><p>{count} results</p><ol>{rows}</ol></body></html>'.encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """A listing, a search page, or nothing."""
        kind, _, rest = self.path.strip("/").partition("/")
        status = 200
        if kind == "ad":
            body = page(int(rest))
        elif kind == "s":
            start, _, count = rest.partition("/")
            body = index_page(int(start), int(count))
        else:
            status, body = 404, b"nothing here"
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


class PageServer:
    """The server as a child process, so that its work is not counted as ours."""

    def __enter__(self) -> str:
        """Start; answers the address."""
        self._child = subprocess.Popen([sys.executable, "-m", "benchmarks.pages"], stdout=subprocess.PIPE, text=True)
        assert self._child.stdout is not None
        return f"127.0.0.1:{self._child.stdout.readline().strip()}"

    def __exit__(self, *_args: object) -> None:
        """End it."""
        self._child.terminate()
        self._child.wait()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
