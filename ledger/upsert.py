"""`INSERT ... ON CONFLICT` in the dialect at hand: the one difference between the databases that we use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or_ignore(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert what is not there yet; answers how many rows were new."""
    if not rows:
        return 0
    insert = sqlite.insert if conn.dialect.name == "sqlite" else postgresql.insert
    if len(rows) == 1:
        return conn.execute(insert(table).values(rows[0]).on_conflict_do_nothing()).rowcount
    before = conn.execute(insert(table).on_conflict_do_nothing(), list(rows))
    return before.rowcount


def insert_or_replace(conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert, or replace every column of the row with the same primary key. For mutable tables."""
    if not rows:
        return
    insert = (sqlite.insert if conn.dialect.name == "sqlite" else postgresql.insert)(table)
    keys = [column.name for column in table.primary_key]
    change = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    conn.execute(insert.on_conflict_do_update(index_elements=keys, set_=change), list(rows))
