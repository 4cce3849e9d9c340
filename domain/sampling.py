"""What is asked of a platform, how hard, and what came of it (the effort log of `domain.md` 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """Why a draw is made; only `survey` draws enter trends."""

    SURVEY = "survey"
    REVISIT = "revisit"
    FOLLOWUP = "followup"
    CORROBORATE = "corroborate"
    TIP = "tip"


class DrawOutcome(StrEnum):
    """How a draw ended; `blocked` and `failed` are missing values, never zero."""

    COMPLETE = "complete"
    """Everything that the plan asked for was seen."""
    PARTIAL = "partial"
    """Something was seen, then it stopped (budget, error, block)."""
    BLOCKED = "blocked"
    """A challenge, a login wall or robots kept us out."""
    FAILED = "failed"
    """The platform could not be reached or the crawl broke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One planned look at one platform."""

    id: int
    programme: str
    purpose: Purpose
    arm: str
    """`core` for the frozen term set of the index, `exploratory` for new terms, `none` outside a survey."""
    platform: str
    term: str | None
    """The search term, or None when `url` is asked for directly."""
    url: str | None
    inclusion_probability: float | None
    """Probability with which the plan drew this cell; None where there is no design (a tip)."""
    due: datetime
    max_pages: int
    max_items: int
    reason: str | None = None
    """Why, in the words of who asked (a tip's reason)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawResult:
    """What came of a draw: the effort that every rate is divided by."""

    draw: int
    outcome: DrawOutcome
    stop_reason: str
    started: datetime
    ended: datetime
    pages: int
    seen: int
    """Items examined."""
    new: int
    """Listings never seen before."""
    bytes_received: int
    errors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A listing's place in the answers to a draw."""

    id: int
    draw: int
    capture: int
    rank: int
    platform: str
    native_id: str
    url: str
    title: str | None
