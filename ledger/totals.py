"""How many rows stand where: for people and for the check."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from ledger import tables

_COUNTED = (
    tables.draw, tables.draw_result, tables.hit, tables.capture, tables.listing, tables.listing_version, tables.matching,
    tables.assessment, tables.queue_item, tables.decision, tables.issue,
)  # fmt: skip


def counts(conn: Connection) -> dict[str, int]:
    """Table name to number of rows."""
    return {table.name: int(conn.execute(select(func.count()).select_from(table)).scalar_one()) for table in _COUNTED}
