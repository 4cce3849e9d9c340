"""Items that wait for a person, and decisions on them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from domain.review import Decision, DecisionVerdict, QueueItem, QueueReason
from ledger import outbox, tables


def add_item(conn: Connection, item: QueueItem, *, outbox_id: int) -> None:
    """Queue a version and send the item's digest to the log."""
    conn.execute(tables.queue_item.insert(), asdict(item))
    outbox.enqueue(conn, id=outbox_id, table="queue_item", row=item.id, value=item, at=item.at)


def _item(row: Row[Any]) -> QueueItem:
    return QueueItem(**{**row._mapping, "reason": QueueReason(row.reason)})


def _open() -> Select[Any]:
    """Items without a decision on them: open is derived, not stored."""
    decided = select(tables.decision.c.id).where(tables.decision.c.item == tables.queue_item.c.id)
    return select(tables.queue_item).where(~decided.exists())


def open_items(conn: Connection, *, limit: int) -> list[QueueItem]:
    """Most serious first."""
    query = _open().order_by(tables.queue_item.c.priority.desc(), tables.queue_item.c.id).limit(limit)
    return [_item(row) for row in conn.execute(query)]


def get_item(conn: Connection, item: int) -> QueueItem | None:
    """By id."""
    row = conn.execute(select(tables.queue_item).where(tables.queue_item.c.id == item)).one_or_none()
    return None if row is None else _item(row)


def items_of_listing(conn: Connection, listing: int) -> list[QueueItem]:
    """Oldest first."""
    query = select(tables.queue_item).where(tables.queue_item.c.listing == listing).order_by(tables.queue_item.c.id)
    return [_item(row) for row in conn.execute(query)]


def open_item_of(conn: Connection, listing: int) -> QueueItem | None:
    """The item of a listing that nobody has decided on yet."""
    query = _open().where(tables.queue_item.c.listing == listing).order_by(tables.queue_item.c.id.desc()).limit(1)
    row = conn.execute(query).one_or_none()
    return None if row is None else _item(row)


def add_decision(conn: Connection, decision: Decision, *, outbox_id: int) -> None:
    """Store a decision beside earlier ones and send its digest to the log."""
    conn.execute(tables.decision.insert(), asdict(decision))
    outbox.enqueue(conn, id=outbox_id, table="decision", row=decision.id, value=decision, at=decision.at)


def _decision(row: Row[Any]) -> Decision:
    return Decision(**{**row._mapping, "verdict": DecisionVerdict(row.verdict)})


def decisions_of(conn: Connection, item: int) -> list[Decision]:
    """Oldest first; the last one holds."""
    query = select(tables.decision).where(tables.decision.c.item == item).order_by(tables.decision.c.id)
    return [_decision(row) for row in conn.execute(query)]


def latest_decision(conn: Connection, listing: int) -> Decision | None:
    """The decision that holds on a listing."""
    query = (
        select(tables.decision)
        .join(tables.queue_item, tables.queue_item.c.id == tables.decision.c.item)
        .where(tables.queue_item.c.listing == listing)
        .order_by(tables.decision.c.id.desc())
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else _decision(row)
