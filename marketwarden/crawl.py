"""Plan the draws that are due and carry them out: one short child process per platform."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from crawlers.programmes import owed_draws, slot_of
from domain.errors import ConfigurationError
from domain.sampling import Draw
from ledger import draws
from marketwarden.bootstrap import House
from marketwarden.progress import CrawlProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformCrawl:
    """How the crawl of one platform ended."""

    platform: str
    done: int
    pages: int
    exit_code: int
    message: str

    @property
    def failed(self) -> bool:
        """Whether the child process broke; what a server did is in the draws' results, not here."""
        return self.exit_code != 0

    @property
    def summary(self) -> str:
        """One line for people."""
        line = f"{self.done} draws, {self.pages} pages"
        return f"{line}; stopped: {self.message}" if self.failed else line


def plan_draws(house: House, *, programme: str | None = None, now: bool = False) -> int:
    """Add the draws that every programme owes for its current slot; answers how many were new.

    Planning twice adds nothing: a draw is one cell of one slot.
    """
    if programme is not None and programme not in house.programmes:
        raise ConfigurationError(f"no programme {programme!r}; known: {', '.join(sorted(house.programmes)) or 'none'}")
    added = 0
    at = house.clock()
    for wanted in house.programmes.values():
        if programme in (None, wanted.id):
            due = at if now else slot_of(wanted.schedule, at)
            with house.ledger.write() as conn:
                added += sum(draws.add_draw(conn, draw) for draw in owed_draws(wanted, house.platforms, due=due, ids=house.ids))
    return added


def due_platforms(house: House, platform: str | None = None) -> dict[str, int]:
    """Platforms that have due draws nobody holds, and how many."""
    with house.ledger.read() as conn:
        counts = draws.due_by_platform(conn, now=house.clock())
    return {name: count for name, count in counts.items() if platform in (None, name)}


def crawl_due(house: House, *, platform: str | None = None, progress: CrawlProgress) -> list[PlatformCrawl]:
    """Crawl every platform with due draws, `crawl.processes` at a time."""
    house.free_dead_leases()
    names = sorted(due_platforms(house, platform))
    with ThreadPoolExecutor(max_workers=house.settings.crawl.processes) as pool:
        return list(pool.map(lambda name: crawl_platform(house, name, progress=progress), names))


def crawl_platform(house: House, platform: str, *, progress: CrawlProgress, draw: Draw | None = None) -> PlatformCrawl:
    """Run child processes until the platform has no due draw left, or one breaks."""
    done = pages = 0
    while True:
        took = 0
        with _start(house, platform, draw) as child:
            for event in _events(child):
                if event.get("event") == "page":
                    pages += 1
                elif event.get("event") == "done":
                    done, took = done + 1, took + 1
                progress(platform, done, pages)
            message = child.stderr.read()[-2000:].strip() if child.stderr is not None else ""
            code = child.wait()
        if code != 0 or took == 0 or draw is not None or not due_platforms(house, platform):
            return PlatformCrawl(platform=platform, done=done, pages=pages, exit_code=code, message=message)


def _start(house: House, platform: str, draw: Draw | None) -> subprocess.Popen[str]:
    command: Sequence[str] = [
        sys.executable, "-m", "marketwarden", "worker", "crawl", "--home", str(house.home.path.resolve()), "--platform", platform,
        *(["--draw", str(draw.id)] if draw is not None else []),
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=house.child_environment())


def _events(child: subprocess.Popen[str]) -> Iterator[dict[str, object]]:
    assert child.stdout is not None
    for line in child.stdout:
        yield json.loads(line)
