"""The ledger as the queue of the machine: what a stage has not handled yet, under a lease."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from domain.capture import Role
from ledger import leases, tables

_READ_ROLES = (Role.PAGE.value, Role.DOM.value, Role.IMPORTED.value)


def _input(stage: str, upstream: str | None) -> tuple[Table, list[ColumnElement[bool]]]:
    """The records that a stage works on, as conditions of which one holds; `upstream` is the version of the stage before it.

    Each condition alone is an equation that an index answers in order of id: an OR of them would be sorted as a whole for every batch.
    """
    if stage == "extract":
        return tables.capture, [tables.capture.c.role == role for role in _READ_ROLES]
    if stage == "match":
        return tables.listing_version, [tables.listing_version.c.id > 0]
    if stage == "assess":
        return tables.matching, [tables.matching.c.matcher == upstream]
    if stage == "queue":
        return tables.assessment, [tables.assessment.c.assessor == upstream]
    raise ValueError(f"no stage {stage!r}")


def _pending(table: Table, stage: str, version: str, after: int) -> ColumnElement[bool]:
    done = select(tables.stage_done.c.record).where(
        tables.stage_done.c.stage == stage, tables.stage_done.c.version == version, tables.stage_done.c.record == table.c.id
    )
    return and_(table.c.id > after, ~done.exists())


def claim(
    conn: Connection, stage: str, version: str, *, after: int, limit: int, holder: str, now: datetime, until: datetime,
    upstream: str | None = None,
) -> list[int]:  # fmt: skip
    """Ids of the next records that this version of the stage has not handled, leased to `holder`; ascending, none leased by others."""
    table, wanted = _input(stage, upstream)
    free = or_(tables.lease.c.record.is_(None), tables.lease.c.until <= now, tables.lease.c.holder == holder)
    found: list[int] = []
    for condition in wanted:
        query: Any = (
            select(table.c.id)
            .outerjoin(tables.lease, and_(tables.lease.c.stage == stage, tables.lease.c.record == table.c.id))
            .where(condition, _pending(table, stage, version, after), free)
            .order_by(table.c.id)
            .limit(limit)
        )
        if conn.dialect.name != "sqlite":
            query = query.with_for_update(of=table, skip_locked=True)
        found.extend(conn.execute(query).scalars())
    ids = sorted(found)[:limit]
    leases.take(conn, stage, ids, holder=holder, until=until)
    return ids


def finish(conn: Connection, stage: str, version: str, done: Sequence[tuple[int, str]], *, at: datetime) -> None:
    """Note how each record ended and free its lease, in the transaction that stores the results."""
    if done:
        conn.execute(
            tables.stage_done.insert(),
            [{"stage": stage, "version": version, "record": record, "outcome": outcome, "at": at} for record, outcome in done],
        )
        leases.free(conn, stage, [record for record, _ in done])


def backlog(conn: Connection, stage: str, version: str, *, upstream: str | None = None) -> int:
    """Number of records that this version has not handled."""
    table, wanted = _input(stage, upstream)
    query = select(func.count()).select_from(table).where(or_(*wanted), _pending(table, stage, version, 0))
    return int(conn.execute(query).scalar_one())


def outcomes(conn: Connection, stage: str) -> dict[str, int]:
    """How many records ended how."""
    query = (
        select(tables.stage_done.c.outcome, func.count().label("records"))
        .where(tables.stage_done.c.stage == stage)
        .group_by(tables.stage_done.c.outcome)
    )
    return {row.outcome: row.records for row in conn.execute(query)}
