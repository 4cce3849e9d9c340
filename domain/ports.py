"""What the rooms ask of one another, as protocols. The composition root chooses who answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from domain.assessment import Assessment, Mention, Text
from domain.capture import Exchange, RobotsDecision, Role, Sealed
from domain.index import BulkResult, ListingDocument, ListingHits, ListingQuery
from domain.listing import Page
from domain.species import ListEntry, Taxon, Term


class Sealer(Protocol):
    """Makes captures durable. Returns only after the commit point (journal synced)."""

    async def seal_exchange(
        self, exchange: Exchange, *, draw: int, platform: str, role: Role, robots: RobotsDecision, parent: int | None = None
    ) -> Sealed:
        """Seal the exact bytes of one exchange."""

    async def seal_resource(
        self, data: bytes, *, url: str, media_type: str, draw: int, platform: str, role: Role, parent: int | None,
        origin: str | None = None, status: int | None = None,
    ) -> Sealed:  # fmt: skip
        """Seal bytes that were not served as they are: a DOM, a screenshot, an imported page (with the `status` its source states)."""


class CaptureReader(Protocol):
    """Reads stored bytes back; checks digests on the way."""

    def payload(self, sealed: Sealed) -> bytes:
        """The payload with transfer and content coding removed; raises IntegrityError when bytes disagree."""


class Extractor(Protocol):
    """Pure: stored bytes in, what the page says out. Never raises on a hostile page: answers `unknown` with issues."""

    version: str

    def extract(self, body: bytes, *, url: str, platform: str | None, media_type: str | None, status: int | None, at: str | None) -> Page:
        """Read one stored page; `at` is the capture time (ISO 8601), base of relative dates."""


class SpeciesList(Protocol):
    """Taxa, dated entries and terms."""

    version: str

    def taxon(self, key: str) -> Taxon | None:
        """By key."""

    def entries(self, name: str, on: date) -> Sequence[ListEntry]:
        """Entries that cover the scientific name on that day, strictest first; empty when not listed."""

    def terms(self) -> Iterable[Term]:
        """Everything to match."""


class Matcher(Protocol):
    """Finds lexicon terms in texts."""

    version: str

    def match(self, texts: Sequence[Text]) -> list[tuple[Mention, ...]]:
        """Mentions of each text, in order of field and place."""


class Assessor(Protocol):
    """Judges texts; explains itself."""

    version: str

    def assess(self, texts: Sequence[Text], mentions: Sequence[tuple[Mention, ...]]) -> list[Assessment | Exception]:
        """One answer for each text, same order; a text that cannot be judged yields its AssessmentError."""


class ListingIndex(Protocol):
    """One engine behind the index."""

    name: str

    def prepare(self) -> None:
        """Create what is missing; raises ProjectionError when the engine is away."""

    def write(self, documents: Sequence[ListingDocument]) -> BulkResult:
        """Idempotent and order-free: the revision is the external version."""

    def delete(self, ids: Sequence[int]) -> None:
        """Remove documents (purge)."""

    def search(self, query: ListingQuery) -> ListingHits:
        """Answers alike on every engine, sorted by id descending."""

    def count(self) -> int:
        """Number of documents."""

    def drop(self) -> None:
        """Remove everything of ours, for a rebuild."""

    def close(self) -> None:
        """Release connections."""
