"""People and what they decide: officers, events, queue items, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class QueueReason(StrEnum):
    """Why an item is in the queue."""

    FLAG = "flag"
    AUDIT = "audit"
    TIP = "tip"
    FOLLOWUP = "followup"


class DecisionVerdict(StrEnum):
    """Verdicts of a decision (`interfaces.md`)."""

    LIKELY_ILLEGAL_OFFER = "likely_illegal_offer"
    DOUBTFUL_DOCUMENTS_NEEDED = "doubtful_documents_needed"
    LIKELY_LAWFUL = "likely_lawful"
    NOT_AN_OFFER = "not_an_offer"
    NOT_WILDLIFE = "not_wildlife"
    NOT_LISTED = "not_listed"
    DUPLICATE = "duplicate"
    SCAM = "scam"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A person who acts under a name."""

    id: int
    name: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to what, and why."""

    id: int
    officer: int | None
    """None for an act of the system itself."""
    act: str
    object: str
    why: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """A listing that waits for a person. Whether it is open is derived: no decision on it yet."""

    id: int
    listing: int
    version: int
    assessment: int | None
    """None in a blind audit item."""
    reason: QueueReason
    sampling_probability: float | None
    priority: float
    """Probability times seriousness, 0 to 1; higher first."""
    parts: dict[str, float]
    """What the priority is made of."""
    at: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an officer decided on one version; superseded by a later one, never overwritten."""

    id: int
    item: int
    version: int
    officer: int
    role: str
    """first, second or adjudication."""
    verdict: DecisionVerdict
    taxon: str | None
    product: str | None
    quantity: str | None
    unit: str | None
    reason_code: str | None
    note: str | None
    at: datetime
