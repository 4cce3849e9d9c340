"""Judgements in the ledger to leaves of the evidence log; nothing leaves the house before its row has a position."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from domain.clock import Clock
from evidence.absorb import read_leaves
from evidence.store import Store
from ledger import leases, outbox
from ledger.engine import Ledger
from marketwarden.stages.lease import Lease


@dataclass(kw_only=True)
class OutboxStage:
    """The one sealer of judgements: appends what has no position, after looking whether an earlier run already had."""

    ledger: Ledger
    store: Store
    lease: Lease
    clock: Clock
    limit: int
    name: str = field(default="seal", init=False)
    _mine: bool = field(default=False, init=False)

    def prepare(self) -> None:
        """Take note of leaves that were appended by a run that ended before it could store their positions."""
        now = self.clock()
        with self.ledger.write() as conn:
            until = now + timedelta(minutes=self.lease.minutes)
            self._mine = leases.try_take(conn, self.name, holder=self.lease.holder, now=now, until=until)
            last = outbox.last_sealed_position(conn)
        found = [(int(leaf.body["outbox"]), leaf.position) for leaf in read_leaves(self.store, last + 1) if leaf.kind == "judgement"]
        if found:
            with self.ledger.write() as conn:
                outbox.mark_sealed(conn, found)

    def batch(self, after: int) -> tuple[int, int]:
        """Append one batch; nothing while another process is the sealer."""
        if not self._mine:
            return 0, after
        with self.ledger.read() as conn:
            rows = outbox.unsealed(conn, self.limit)
        if not rows:
            with self.ledger.write() as conn:
                leases.free(conn, self.name, [0])
            return 0, after
        positions = self.store.append_judgements(
            [{"outbox": str(row.id), "table": row.table, "row": str(row.row), "digest": row.digest} for row in rows]
        )
        with self.ledger.write() as conn:
            outbox.mark_sealed(conn, list(zip((row.id for row in rows), positions, strict=True)))
        return len(rows), rows[-1].id
