"""CPU time per page of every stage and end to end, beside a naive pipeline on the same pages in the same run.

    python -m benchmarks.spine [--pages 400] [--growth]

`--growth` crawls more and more pages and prints memory and time per page: both should stay flat.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import yaml

from benchmarks.pages import PageServer
from domain.clock import system_clock
from domain.sampling import Draw, Purpose
from ledger import draws
from marketwarden.bootstrap import House, create_home, open_house
from marketwarden.crawl import crawl_due

PLATFORM = {
    "id": "bench", "name": "Bench", "base_url": "http://bench.example", "listing_url": "/ad/(?P<native_id>[0-9]+)",
    "search": {"url": "{base}/s/{term}/500", "first_page": 1}, "lawful_basis": "Benchmark on loopback.", "terms_reviewed": "2026-01-01",
    "delay_seconds": 0, "concurrency": 32, "allow_loopback": True, "demo": True, "robots": {"obey": True},
    "budget": {"requests": 1_000_000, "bytes": 10**12},
}  # fmt: skip
STAGES = ("absorb", "extract", "match", "assess", "queue", "seal", "index")


def children_cpu() -> float:
    """CPU seconds of ended child processes."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def make_home(address: str) -> Path:
    """A demo home that knows the bench platform."""
    path = Path(mkdtemp(prefix="spine-")) / "home"
    home = create_home(path, kind="demo")
    home.settings_file.write_text(yaml.safe_dump({"host_map": {"bench.example": address}, "crawl": {"batch": 256}}), encoding="utf-8")
    (home.overlay("platforms") / "bench.yml").write_text(yaml.safe_dump(PLATFORM), encoding="utf-8")
    return path


def crawl(house: House, start: int, count: int) -> float:
    """Crawl `count` pages from `start`; answers CPU seconds of the crawl process, less what an empty crawl costs."""
    with house.ledger.write() as conn:
        for first in range(start, start + count, 500):
            draws.add_draw(
                conn,
                Draw(
                    id=house.ids(), programme="bench", purpose=Purpose.SURVEY, arm="core", platform="bench", term=str(first), url=None,
                    inclusion_probability=1.0, due=system_clock(), max_pages=1, max_items=min(500, start + count - first),
                ),
            )  # fmt: skip
    before = children_cpu()
    results = crawl_due(house, progress=lambda _platform, _done, _pages: None)
    if any(result.failed for result in results):
        raise SystemExit(f"the crawl broke: {results}")
    return children_cpu() - before


def ours(address: str, count: int) -> dict[str, float]:
    """CPU seconds of our stages over `count` pages, process start-up taken off."""
    with open_house(make_home(address)) as house:
        idle = crawl(house, 10**6, 1)
        for stage in STAGES:
            house.run_only(stage)
        spent = {"fetch and seal": max(0.0, crawl(house, 0, count) - idle)}
        for stage in STAGES:
            before = time.process_time()
            report = house.run_only(stage)
            if report.failure:
                raise SystemExit(f"{stage}: {report.failure}")
            spent[stage] = time.process_time() - before
    return spent


def naive(address: str, count: int) -> dict[str, float]:
    """CPU seconds of the naive pipeline."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.naive", address, str(count)], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def compare(count: int) -> None:
    """Both pipelines, stage by stage, and the ratio."""
    with PageServer() as address:
        mine, theirs = ours(address, count), naive(address, count)
    print(f"{count} generated pages of 20 to 200 kB; CPU milliseconds a page\n")
    print(f"{'stage':<18}{'ours':>10}{'naive':>10}")
    ours_total, naive_total = sum(mine.values()), theirs["whole"]
    pairs = [("fetch and seal", theirs["fetch"] + theirs["seal"]), *((name, theirs.get(name)) for name in STAGES)]
    for name, other in pairs:
        shown = f"{other / count * 1000:10.2f}" if other is not None else f"{'-':>10}"
        print(f"{name:<18}{mine[name] / count * 1000:10.2f}{shown}")
    print(f"{'end to end':<18}{ours_total / count * 1000:10.2f}{naive_total / count * 1000:10.2f}")
    print(f"\nnaive / ours: {naive_total / ours_total:.2f}")


def growth(total: int, step: int) -> None:
    """Memory and CPU per page as the store grows."""
    print(f"{'pages':>8}{'CPU ms a page':>16}{'peak MiB, stages':>18}{'peak MiB, crawl':>18}")
    with PageServer() as address, open_house(make_home(address)) as house:
        for start in range(0, total, step):
            before = time.process_time()
            spent = crawl(house, start, step)
            for stage in STAGES:
                report = house.run_only(stage)
                if report.failure:
                    raise SystemExit(f"{stage}: {report.failure}")
            spent += time.process_time() - before
            peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
            print(f"{start + step:>8}{spent / step * 1000:>16.2f}{peaks[0]:>18.0f}{peaks[1]:>18.0f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--growth", type=int, default=0, help="crawl so many pages in steps of 2,000")
    arguments = parser.parse_args()
    if arguments.growth:
        growth(arguments.growth, min(2000, arguments.growth))
    else:
        compare(arguments.pages)
