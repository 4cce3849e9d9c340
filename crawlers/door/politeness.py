"""How hard one platform is asked: a budget, a delay between starts, and a number of requests at once."""

from __future__ import annotations

import asyncio

LONGEST_CRAWL_DELAY = 120.0
"""Seconds; a robots file that asks for more is a refusal (`crawlers.robots` says so)."""


class Politeness:
    """Of one platform and one crawl. Counts what was asked and received; waits on the loop's own clock.

    `delay` is seconds between the starts of two paced requests. Unpaced ones (what a rendered page
    loads) are counted and limited in number, not delayed.
    """

    def __init__(self, *, delay: float = 0.0, concurrency: int = 8, max_requests: int | None = None, max_bytes: int | None = None) -> None:
        self.delay = delay
        self.max_requests = max_requests
        self.max_bytes = max_bytes
        self.requests = 0
        self.bytes_received = 0
        self._slots = asyncio.Semaphore(concurrency)
        self._next_start = 0.0

    def heed_crawl_delay(self, seconds: float) -> None:
        """Robots said so: the delay grows, it never falls, and is capped at two minutes."""
        self.delay = max(self.delay, min(seconds, LONGEST_CRAWL_DELAY))

    @property
    def spent(self) -> str | None:
        """Which budget is used up, as a sentence; None while there is some left."""
        if self.max_requests is not None and self.requests >= self.max_requests:
            return f"The budget of {self.max_requests} requests is spent."
        if self.max_bytes is not None and self.bytes_received >= self.max_bytes:
            return f"The budget of {self.max_bytes} bytes is spent."
        return None

    async def enter(self, *, paced: bool) -> str | None:
        """Wait for a turn; answers why there is none any more (then `leave` is not called)."""
        await self._slots.acquire()
        reason = self.spent
        if reason is not None:
            self._slots.release()
            return reason
        self.requests += 1
        if paced and self.delay > 0:
            try:
                await self._pace()
            except BaseException:
                self._slots.release()
                raise
        return None

    def leave(self, received: int) -> None:
        """The request ended with so many bytes."""
        self.bytes_received += received
        self._slots.release()

    async def _pace(self) -> None:
        now = asyncio.get_running_loop().time()
        start = max(now, self._next_start)
        self._next_start = start + self.delay
        if start > now:
            await asyncio.sleep(start - now)
