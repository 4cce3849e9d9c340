"""Who holds which record of which stage, and until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from ledger import tables
from ledger.upsert import insert_or_replace


def take(conn: Connection, stage: str, records: Sequence[int], *, holder: str, until: datetime) -> None:
    """Hold records; the caller has seen, in this transaction, that nobody else does."""
    insert_or_replace(conn, tables.lease, [{"stage": stage, "record": record, "holder": holder, "until": until} for record in records])


def free(conn: Connection, stage: str, records: Sequence[int]) -> None:
    """Let go."""
    for start in range(0, len(records), 500):
        part = records[start : start + 500]
        conn.execute(delete(tables.lease).where(tables.lease.c.stage == stage, tables.lease.c.record.in_(part)))


def try_take(conn: Connection, stage: str, *, holder: str, now: datetime, until: datetime) -> bool:
    """Hold a whole stage (record 0): for work that only one process may do; answers whether it is ours."""
    row = conn.execute(
        select(tables.lease.c.holder, tables.lease.c.until).where(tables.lease.c.stage == stage, tables.lease.c.record == 0)
    ).one_or_none()
    if row is not None and row.holder != holder and row.until > now:
        return False
    take(conn, stage, [0], holder=holder, until=until)
    return True


def drop_dead(conn: Connection, *, host: str, is_alive: Callable[[int], bool]) -> int:
    """Free what processes of this machine held that are gone: their work need not wait for the lease to run out.

    A holder is `host:pid:random`; a number that another process has taken since keeps its lease until it runs out.
    """
    holders = conn.execute(select(tables.lease.c.holder).distinct()).scalars().all()
    gone = [holder for holder in holders if holder.startswith(f"{host}:") and not is_alive(int(holder.split(":")[1]))]
    for holder in gone:
        conn.execute(delete(tables.lease).where(tables.lease.c.holder == holder))
    return len(gone)
