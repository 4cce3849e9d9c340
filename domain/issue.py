"""A record that was skipped, said aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something that went wrong with one record; the rest goes on."""

    id: int
    stage: str
    record: int
    code: str
    message: str
    at: datetime
