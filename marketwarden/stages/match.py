"""Listing versions to mentions of lexicon terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.assessment import Text
from domain.clock import Clock, Ids
from domain.listing import ListingBody, ListingVersion
from domain.ports import Matcher
from ledger import listings, matchings, stages
from ledger.engine import Ledger
from ledger.matchings import Matching
from marketwarden.stages.lease import Lease


@dataclass(kw_only=True)
class MatchStage:
    """Matches every version whose text is still there once per matcher version."""

    ledger: Ledger
    load: Callable[[], Matcher]
    clock: Clock
    ids: Ids
    lease: Lease
    name: str = field(default="match", init=False)
    matcher: Matcher = field(init=False)

    def prepare(self) -> None:
        """Load lexicon and automaton."""
        self.matcher = self.load()

    def batch(self, after: int) -> tuple[int, int]:
        """Match one batch of versions."""
        version = self.matcher.version
        with self.ledger.write() as conn:
            claimed = stages.claim(conn, self.name, version, after=after, **self.lease.terms(self.clock))
            stored = listings.versions_with_bodies(conn, claimed)
        if not claimed:
            return 0, after
        texts = [text_of(row, body) for row, body in stored.values() if body is not None]
        found = self.matcher.match(texts)
        with self.ledger.write() as conn:
            for text, mentions in zip(texts, found, strict=True):
                matchings.add_matching(
                    conn, Matching(id=self.ids(), version=int(text.id), mentions=mentions, matcher=version, at=self.clock())
                )
            present = {int(text.id) for text in texts}
            outcomes = [(record, "matched" if record in present else "text_expired") for record in claimed]
            stages.finish(conn, self.name, version, outcomes, at=self.clock())
        return len(claimed), claimed[-1]


def text_of(version: ListingVersion, body: ListingBody) -> Text:
    """What is assessed of a stored version."""
    fields = body.fields
    return Text(
        id=str(version.id), title=fields.title or "", description=fields.description or "", captured_at=version.at, price=version.price,
        currency=version.currency, quantity=version.quantity, unit=version.unit, country=version.country, location=fields.location,
        category=version.category, language=version.language, availability=version.availability, intent_hint=version.intent_hint,
        shipping=fields.shipping, payment=fields.payment,
    )  # fmt: skip
