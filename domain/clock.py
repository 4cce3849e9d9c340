"""Time and identity: an injected clock, and integers that grow with time.

Nothing below the composition root asks the machine for the time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns an aware UTC time."""


def system_clock() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)


def iso(at: datetime) -> str:
    """ISO 8601 in UTC with microseconds and `Z`, as WARC 1.1 allows; refuses naive times."""
    if at.tzinfo is None:
        raise ValueError("a naive time is not a time of ours")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_iso(text: str) -> datetime:
    """Inverse of `iso`; accepts any ISO 8601 text with an offset."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"no offset in {text!r}")
    return at.astimezone(UTC)


class Ids:
    """Integers in time order: 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of sequence.

    They fit a signed 64-bit column and stay unique over machines that have different
    `node` numbers (0 to 1023); a clock that steps back does not make them fall.
    """

    _EPOCH_MS = 1_577_836_800_000

    def __init__(self, clock: Clock, *, node: int = 0) -> None:
        if not 0 <= node < 1024:
            raise ValueError("node is 0 to 1023")
        self._clock = clock
        self._node = node
        self._last = 0
        self._lock = threading.Lock()

    def __call__(self) -> int:
        """The next id."""
        with self._lock:
            ms = int(self._clock().timestamp() * 1000) - self._EPOCH_MS
            tick = max(ms << 12, self._last + 1)
            self._last = tick
            return ((tick >> 12) << 22) | (self._node << 12) | (tick & 0xFFF)
