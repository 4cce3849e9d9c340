"""Under whose name and for how long a stage holds the records it works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from domain.clock import Clock


class Terms(TypedDict):
    """Keyword arguments of `ledger.stages.claim`."""

    limit: int
    holder: str
    now: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """`holder` is unique to a process; after `minutes` another may take over."""

    holder: str
    batch: int
    minutes: int = 15

    def terms(self, clock: Clock) -> Terms:
        """Terms of one claim, from now."""
        now = clock()
        return Terms(limit=self.batch, holder=self.holder, now=now, until=now + timedelta(minutes=self.minutes))
