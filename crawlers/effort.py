"""The effort of a crawl, counted per draw: what every rate is divided by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.capture import CaptureOutcome
from domain.clock import Clock
from domain.sampling import Draw, DrawOutcome, DrawResult

_BLOCKING = {CaptureOutcome.ROBOTS_DENIED, CaptureOutcome.BUDGET_SPENT, "challenge"}
"""What keeps us out, in distinction to what breaks; `challenge` is the spider's word for a challenge or a login wall."""


@dataclass(slots=True)
class Effort:
    """Running tally of one draw; `result` turns it into the row that is kept."""

    draw: Draw
    started: datetime
    pages: int = 0
    seen: int = 0
    new: int = 0
    received: int = 0
    errors: int = 0
    blocks: int = 0
    stop: str = "all_seen"
    failures: list[str] = field(default_factory=list)
    ranks: int = 0

    def fail(self, outcome: str) -> None:
        """A request that brought no page."""
        if outcome in _BLOCKING:
            self.blocks += 1
        else:
            self.errors += 1
        if outcome not in self.failures:
            self.failures.append(outcome)

    def result(self, clock: Clock) -> DrawResult:
        """What came of the draw; nothing seen behind a block is blocked, never an empty answer."""
        if self.pages == 0:
            outcome = DrawOutcome.BLOCKED if self.blocks else DrawOutcome.FAILED
        elif self.blocks or self.errors:
            outcome = DrawOutcome.PARTIAL
        else:
            outcome = DrawOutcome.COMPLETE
        reason = ",".join(self.failures) if self.failures else self.stop
        return DrawResult(
            draw=self.draw.id, outcome=outcome, stop_reason=reason, started=self.started, ended=clock(), pages=self.pages,
            seen=self.seen, new=self.new, bytes_received=self.received, errors=self.errors + self.blocks,
        )  # fmt: skip
