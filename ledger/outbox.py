"""Judgements that wait for a position in the evidence log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from domain.codec import to_json
from domain.digest import digest_of
from ledger import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One row of the ledger whose digest goes into the log."""

    id: int
    table: str
    row: int
    digest: str
    at: datetime


def enqueue(conn: Connection, *, id: int, table: str, row: int, value: Any, at: datetime) -> None:  # noqa: A002
    """Store the digest of a judgement in the transaction that stores the judgement."""
    conn.execute(
        tables.outbox.insert(), {"id": id, "table": table, "row": row, "digest": digest_of(to_json(value)), "at": at, "position": None}
    )


def unsealed(conn: Connection, limit: int) -> list[OutboxRow]:
    """Rows without a position, oldest first."""
    columns = [tables.outbox.c[name] for name in ("id", "table", "row", "digest", "at")]
    query = select(*columns).where(tables.outbox.c.position.is_(None)).order_by(tables.outbox.c.id).limit(limit)
    return [OutboxRow(**row._mapping) for row in conn.execute(query)]


def mark_sealed(conn: Connection, positions: Sequence[tuple[int, int]]) -> None:
    """Store the positions of outbox rows; a row that has one keeps it."""
    if positions:
        waiting = update(tables.outbox).where(tables.outbox.c.id == bindparam("row_id"), tables.outbox.c.position.is_(None))
        conn.execute(waiting.values(position=bindparam("place")), [{"row_id": id_, "place": position} for id_, position in positions])


def last_sealed_position(conn: Connection) -> int:
    """Greatest position stored, -1 when none."""
    found = conn.execute(select(func.max(tables.outbox.c.position))).scalar()
    return -1 if found is None else int(found)


def rows_by_id(conn: Connection, ids: Sequence[int]) -> dict[int, tuple[OutboxRow, int | None]]:
    """Rows and their positions: for the check of ledger against log."""
    answer = {}
    for row in conn.execute(select(tables.outbox).where(tables.outbox.c.id.in_(ids))):
        values = dict(row._mapping)
        position = values.pop("position")
        answer[row.id] = (OutboxRow(**values), position)
    return answer


def position_of(conn: Connection, table: str, row: int) -> int | None:
    """Where the log holds a row's digest; None while it waits."""
    query = select(tables.outbox.c.position).where(tables.outbox.c.table == table, tables.outbox.c.row == row)
    return conn.execute(query.order_by(tables.outbox.c.id.desc()).limit(1)).scalar()
