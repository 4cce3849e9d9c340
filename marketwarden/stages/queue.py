"""Flagged judgements and tips to the queue; their bytes are kept first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.capture import Sealed
from domain.clock import Clock, Ids
from domain.listing import ListingVersion
from domain.review import QueueReason
from domain.sampling import Draw, Purpose
from evidence.keep import Keeper, with_originals
from evidence.sealer import CHAIN_URL
from evidence.store import Store
from ledger import assessments, captures, draws, listings, stages
from ledger.assessments import StoredAssessment
from ledger.engine import Connection, Ledger
from marketwarden.stages.absorb import AbsorbStage
from marketwarden.stages.lease import Lease
from review.queue import enqueue

_Row = tuple[StoredAssessment, ListingVersion, QueueReason]


@dataclass(kw_only=True)
class QueueStage:
    """Queues what is flagged, and every tip; the rest is counted and expires."""

    ledger: Ledger
    store: Store
    assessor_version: Callable[[], str]
    clock: Clock
    ids: Ids
    lease: Lease
    name: str = field(default="queue", init=False)

    def prepare(self) -> None:
        """The judgements to queue are those of the assessor at hand."""
        self.assessor_version()

    def batch(self, after: int) -> tuple[int, int]:
        """Queue one batch of judgements."""
        version = self.assessor_version()
        with self.ledger.write() as conn:
            claimed = stages.claim(conn, self.name, version, after=after, upstream=version, **self.lease.terms(self.clock))
            rows = self._wanted(conn, claimed)
            keeping = self._evidence(conn, [row[1].capture for row in rows])
        if not claimed:
            return 0, after
        self._keep(keeping)
        outcomes = dict.fromkeys(claimed, "not_flagged")
        with self.ledger.write() as conn:
            for stored, listed, reason in rows:
                item = enqueue(conn, listing=listed.listing, stored=stored, reason=reason, clock=self.clock, ids=self.ids)
                outcomes[stored.id] = "waiting_or_decided" if item is None else "queued"
            stages.finish(conn, self.name, version, list(outcomes.items()), at=self.clock())
        return len(claimed), claimed[-1]

    def _wanted(self, conn: Connection, claimed: list[int]) -> list[_Row]:
        found = assessments.get_assessments(conn, claimed)
        stored = listings.versions_with_bodies(conn, [each.version for each in found])
        drawn = captures.draws_of(conn, [version.capture for version, _ in stored.values()])
        known = draws.get_draws(conn, sorted(set(drawn.values())))
        rows = []
        for each in found:
            version = stored[each.version][0]
            reason = _reason(each, known.get(drawn.get(version.capture, 0)))
            if reason is not None:
                rows.append((each, version, reason))
        return rows

    def _evidence(self, conn: Connection, pages: list[int]) -> list[Sealed]:
        families = captures.families(conn, pages)
        wanted = dict.fromkeys(number for page in pages for number in families[page])
        sealed = captures.get_sealed(conn, list(wanted))
        chains = {f"{CHAIN_URL}{each.capture.tls_chain[0]}" for each in sealed if each.capture.tls_chain}
        sealed += captures.get_sealed(conn, captures.certificates(conn, sorted(chains)))
        return with_originals(sealed, lambda number: captures.get_sealed(conn, [number])[0])

    def _keep(self, sealed: list[Sealed]) -> None:
        """Copy, and let the ledger learn the new places from the log before anything is queued."""
        keeper = Keeper(self.store)
        try:
            kept = keeper.keep(sealed, reason="flag")
        finally:
            keeper.close()
        if kept:
            absorb = AbsorbStage(ledger=self.ledger, store=self.store, limit=1000)
            while absorb.batch(0)[0]:
                continue


def _reason(stored: StoredAssessment, draw: Draw | None) -> QueueReason | None:
    """Why a judgement is queued; None when it is not. An import (a tip without an address) is queued by its judgement."""
    if draw is not None and draw.purpose is Purpose.TIP and draw.url is not None:
        return QueueReason.TIP
    return QueueReason.FLAG if stored.assessment.flagged else None
