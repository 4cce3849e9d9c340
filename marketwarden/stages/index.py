"""Listings whose revision is ahead to documents of the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.clock import Clock, Ids
from domain.errors import ProjectionError
from domain.issue import Issue
from domain.ports import ListingIndex
from ledger import issues, projection
from ledger.engine import Ledger
from marketwarden.documents import document_of


@dataclass(kw_only=True)
class IndexStage:
    """Sends documents with `listing.revision` as external version; idempotent and order-free."""

    ledger: Ledger
    load: Callable[[], ListingIndex]
    log: str
    demo: bool
    clock: Clock
    ids: Ids
    limit: int
    name: str = field(default="index", init=False)
    index: ListingIndex = field(init=False)

    def prepare(self) -> None:
        """Connect; raises ProjectionError when the engine is away."""
        self.index = self.load()
        self.index.prepare()

    def batch(self, after: int) -> tuple[int, int]:
        """Send one batch of documents."""
        with self.ledger.read() as conn:
            behind = projection.behind(conn, self.index.name, after=after, limit=self.limit)
            sources = projection.document_sources(conn, [listing for listing, _ in behind])
        if not behind:
            return 0, after
        documents = [document_of(source, log=self.log, demo=self.demo) for source in sources]
        result = self.index.write(documents)
        failed = dict(result.failed)
        written = [(document.id, document.revision) for document in documents if document.id not in failed]
        with self.ledger.write() as conn:
            projection.mark_indexed(conn, self.index.name, written)
            for listing, reason in failed.items():
                issue = Issue(id=self.ids(), stage=self.name, record=listing, code="not_indexed", message=reason[:500], at=self.clock())
                issues.add_issue(conn, issue)
        if not written:
            raise ProjectionError(f"{self.index.name} refused all {len(documents)} documents; first reason: {next(iter(failed.values()))}")
        return len(behind), behind[-1][0]
