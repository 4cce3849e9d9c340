"""CPU time of a sealed capture beside warcio's writer on the same pages in the same run, and growth.

    python -m benchmarks.seal [--captures 1000] [--growth 1000 4000]

warcio writes the same request and response records, compressed, into memory: it neither syncs nor logs.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import random
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from domain.capture import CaptureOutcome, Exchange, RobotsDecision, Role
from domain.clock import Ids, system_clock
from evidence.check import check_store
from evidence.sealer import GroupSealer
from evidence.store import create_store

PAGE_BYTES = 94_000
_WORDS = [
    f"{a}{b}" for a in ("ivory", "carved", "tortoise", "price", "sale", "div", "class") for b in ("", "s", "-1", "ed", "x", "_q", "44")
]


def make_page(seed: int) -> bytes:
    """94 kB of markup-like text that compresses about as pages do."""
    chance = random.Random(seed)
    parts = [
        f'<div class="{chance.choice(_WORDS)}" id="{chance.getrandbits(24):x}">{" ".join(chance.choices(_WORDS, k=9))}</div>'
        for _ in range(1500)
    ]
    return "\n".join(parts).encode()[:PAGE_BYTES]


def make_exchange(number: int, page: bytes) -> Exchange:
    """A complete exchange."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)
    at = datetime.now(UTC)
    return Exchange(
        url=f"http://shop.test/{number}", method="GET", request=b"GET /%d HTTP/1.1\r\nHost: shop.test\r\n\r\n" % number,
        response=head + page, outcome=CaptureOutcome.OK, detail="", status=200, headers=((b"Content-Type", b"text/html"),), body=page,
        peer="127.0.0.1:80", tls=None, started=at, ended=at,
    )  # fmt: skip


def seal(count: int, pages: list[bytes]) -> tuple[float, float, float]:
    """CPU and wall microseconds a capture, and seconds of the full check, over `count` captures, 64 under way at a time."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "keys").mkdir()
        store = create_store(root / "store", kind="demo", key_dir=root / "keys", clock=system_clock, ids=Ids(system_clock))
        sealer = GroupSealer(store, config="sha256:00", software="benchmark")

        async def run() -> None:
            for start in range(0, count, 64):
                group = range(start, min(start + 64, count))
                await asyncio.gather(
                    *(
                        sealer.seal_exchange(
                            make_exchange(number, pages[number % len(pages)]), draw=1, platform="shop", role=Role.PAGE,
                            robots=RobotsDecision.ALLOWED,
                        )
                        for number in group
                    )
                )  # fmt: skip

        wall, cpu = time.perf_counter(), time.process_time()
        asyncio.run(run())
        sealer.close()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        started = time.process_time()
        report = check_store(root / "store", verifier=(root / "keys" / "log.pub").read_text(encoding="ascii"))
        checked = time.process_time() - started
        if report.problems or report.captures != count:
            raise SystemExit(f"the store is not whole: {report}")
    return cpu / count * 1e6, wall / count * 1e6, checked


def warcio(count: int, pages: list[bytes]) -> float:
    """CPU microseconds a capture of the same records by warcio."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    cpu = time.process_time()
    for number in range(count):
        page = pages[number % len(pages)]
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(page)))], protocol="HTTP/1.1")
        response = writer.create_warc_record(
            f"http://shop.test/{number}", "response", payload=io.BytesIO(page), http_headers=headers
        )  # fmt: skip
        asked = StatusAndHeaders(f"GET /{number} HTTP/1.1", [("Host", "shop.test")], is_http_request=True)
        writer.write_request_response_pair(response, writer.create_warc_record(f"http://shop.test/{number}", "request", http_headers=asked))
    return (time.process_time() - cpu) / count * 1e6


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--captures", type=int, default=1000)
    parser.add_argument("--growth", type=int, nargs="*", default=[1000, 4000])
    arguments = parser.parse_args()
    pages = [make_page(seed) for seed in range(50)]
    theirs = warcio(min(arguments.captures, 500), pages)
    ours, wall, _ = seal(arguments.captures, pages)
    print(f"{arguments.captures} captures of {PAGE_BYTES} bytes\n")
    print(f"{'':<34}{'CPU us each':>14}")
    print(f"{'sealed: synced, logged, hashed':<34}{ours:>14.0f}   ({wall:.0f} us wall)")
    print(f"{'warcio, into memory, not synced':<34}{theirs:>14.0f}")
    print(f"\nwarcio / ours: {theirs / ours:.2f}\n")
    print(f"{'captures':>10}{'CPU us each':>14}{'check, s':>12}{'peak MiB':>12}")
    for count in arguments.growth:
        cpu, _, checked = seal(count, pages)
        print(f"{count:>10}{cpu:>14.0f}{checked:>12.2f}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>12.0f}", flush=True)


if __name__ == "__main__":
    main()
