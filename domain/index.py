"""The listing document of the index, the question put to it and the answer, alike for every engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDocument:
    """One document per listing. No handle, phone, e-mail or URL: a seller is a pseudonym.

    `tokens` is what `domain.text.index_tokens` made of title and description after contacts were masked;
    an engine stores them as they are and analyses nothing itself.
    """

    id: int
    revision: int
    """External version of the document."""
    month: str
    """`YYYY.MM` of the first sighting: the monthly index it lives in."""
    platform: str
    kind: str
    title: str
    """With contacts masked."""
    tokens: str
    language: str | None
    country: str | None
    price: float | None
    currency: str | None
    category: str | None
    seller: str | None
    first_seen: datetime
    last_seen: datetime
    status: str
    """Last `SightingKind`."""
    verdict: str | None
    probability: float | None
    flagged: bool
    intent: str | None
    specimen: str | None
    taxa: tuple[str, ...]
    appendix: str | None
    """Strictest Appendix among the taxa."""
    products: tuple[str, ...]
    decision: str | None
    queued: bool
    captures: tuple[int, ...]
    records: tuple[str, ...]
    """Digests of the evidence records of the latest version."""
    log: str
    positions: tuple[int, ...]
    """Positions of its captures in the evidence log."""
    demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingQuery:
    """A question: words (phrases in double quotes, all must match) and filters (equal to one of the values)."""

    text: str = ""
    filters: dict[str, tuple[str, ...]] | None = None
    """Field of the document to accepted values; fields as in `FILTERS`."""
    since: datetime | None = None
    """First seen at or after."""
    until: datetime | None = None
    """First seen before."""
    limit: int = 20
    after: int | None = None
    """Continue after this listing id; order is `id` descending (newest first)."""


FILTERS = (
    "platform", "language", "country", "seller", "status", "verdict", "flagged", "intent", "specimen",
    "taxa", "appendix", "products", "decision", "queued", "currency", "kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingHits:
    """Ids in order, the total, and where to go on."""

    total: int
    documents: tuple[ListingDocument, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """What became of a batch: a document that the engine already has newer is `stale`, not an error."""

    written: int
    stale: int
    failed: tuple[tuple[int, str], ...] = ()
    """Listing id and the engine's reason."""
