"""The journal of the evidence log to capture and location rows (`docs/decisions/0001-absorb-the-log.md`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from evidence.absorb import captures_from, places_from, read_leaves
from evidence.store import Store
from ledger import captures
from ledger.engine import Ledger


@dataclass(kw_only=True)
class AbsorbStage:
    """Reads on from the mark in the ledger and moves it in the transaction that stores the rows."""

    ledger: Ledger
    store: Store
    limit: int
    name: str = field(default="absorb", init=False)

    def prepare(self) -> None:
        """Nothing to load."""

    def batch(self, after: int) -> tuple[int, int]:
        """Absorb the next leaves."""
        with self.ledger.read() as conn:
            start = captures.next_position(conn, self.store.id)
        leaves = list(islice(read_leaves(self.store, start), self.limit))
        if not leaves:
            return 0, after
        sealed = [captures_from(leaf, self.store.id) for leaf in leaves if leaf.kind == "capture"]
        with self.ledger.write() as conn:
            captures.absorb(conn, self.store.id, start=start, end=start + len(leaves), sealed=sealed)
            for leaf in leaves:
                if leaf.kind == "retention.keep":
                    captures.replace_locations(conn, places_from(leaf))
                elif leaf.kind == "retention.purge":
                    captures.drop_locations_of_segments(conn, [segment["name"] for segment in leaf.body["segments"]])
        return len(leaves), start + len(leaves)
