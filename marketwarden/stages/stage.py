"""What a stage is to the runner, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReport:
    """What one run of a stage did; `failure` says why it stopped, None when it came to the end."""

    stage: str
    done: int = 0
    failure: str | None = None


class Stage(Protocol):
    """Resumable: `batch` handles the next records after `after` and answers how many and where it stopped."""

    name: str

    def prepare(self) -> None:
        """Load what the stage needs; a MarketwardenError stops this stage only."""

    def batch(self, after: int) -> tuple[int, int]:
        """Handle one batch; answers (records handled, last id). (0, after) when nothing is pending."""
