"""Draws, their results and their hits: the effort log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from domain.clock import iso
from domain.digest import digest_of
from domain.sampling import Draw, DrawOutcome, DrawResult, Hit, Purpose
from ledger import leases, tables
from ledger.upsert import insert_or_ignore

STAGE = "crawl"


def add_draw(conn: Connection, draw: Draw) -> bool:
    """Plan a draw; answers whether it was new. Planning the same cell of the same slot again adds nothing."""
    cell = digest_of([draw.programme, draw.purpose, draw.arm, draw.platform, draw.term, draw.url, iso(draw.due)])
    return insert_or_ignore(conn, tables.draw, [asdict(draw) | {"cell": cell}]) == 1


def get_draw(conn: Connection, draw: int) -> Draw | None:
    """By id."""
    row = conn.execute(select(tables.draw).where(tables.draw.c.id == draw)).one_or_none()
    return None if row is None else _draw(row)


def get_draws(conn: Connection, ids: Sequence[int]) -> dict[int, Draw]:
    """By id; unknown ids are left out."""
    if not ids:
        return {}
    return {row.id: _draw(row) for row in conn.execute(select(tables.draw).where(tables.draw.c.id.in_(ids)))}


def _draw(row: Row[Any]) -> Draw:
    values = {name: value for name, value in row._mapping.items() if name != "cell"}
    return Draw(**{**values, "purpose": Purpose(values["purpose"])})


def _due(now: datetime) -> Any:
    """Draws that are due, have no result and are held by nobody."""
    held = select(tables.lease.c.record).where(tables.lease.c.stage == STAGE, tables.lease.c.until > now)
    done = select(tables.draw_result.c.draw).where(tables.draw_result.c.draw == tables.draw.c.id)
    return (tables.draw.c.due <= now) & ~done.exists() & tables.draw.c.id.not_in(held)


def due_by_platform(conn: Connection, *, now: datetime) -> dict[str, int]:
    """Number of due draws of each platform that has any."""
    rows = conn.execute(select(tables.draw.c.platform, func.count().label("due")).where(_due(now)).group_by(tables.draw.c.platform))
    return {row.platform: row.due for row in rows}


def due_draws(
    conn: Connection, *, now: datetime, limit: int, holder: str, until: datetime, platform: str, only: int | None = None
) -> list[Draw]:
    """Claim due draws of a platform, oldest first; a draw whose holder died is due again when its lease has run out."""
    query = select(tables.draw).where(_due(now), tables.draw.c.platform == platform).order_by(tables.draw.c.due, tables.draw.c.id)
    if only is not None:
        query = query.where(tables.draw.c.id == only)
    elif platform:
        query = query.where(tables.draw.c.purpose != Purpose.TIP)
    draws = [_draw(row) for row in conn.execute(query.limit(limit))]
    leases.take(conn, STAGE, [draw.id for draw in draws], holder=holder, until=until)
    return draws


def record_result(conn: Connection, result: DrawResult) -> None:
    """Store what came of a draw and free its lease; a second result of one draw is refused by its key."""
    conn.execute(tables.draw_result.insert(), asdict(result))
    leases.free(conn, STAGE, [result.draw])


def get_result(conn: Connection, draw: int) -> DrawResult | None:
    """What came of a draw, or None while it is open."""
    row = conn.execute(select(tables.draw_result).where(tables.draw_result.c.draw == draw)).one_or_none()
    return None if row is None else DrawResult(**{**row._mapping, "outcome": DrawOutcome(row.outcome)})


def results(conn: Connection, programme: str | None = None) -> list[tuple[Draw, DrawResult]]:
    """Every draw that has ended, with its result."""
    query = select(tables.draw, tables.draw_result).join(tables.draw_result, tables.draw_result.c.draw == tables.draw.c.id)
    if programme is not None:
        query = query.where(tables.draw.c.programme == programme)
    ended = []
    for row in conn.execute(query.order_by(tables.draw.c.id)):
        draw = get_draw(conn, row.id)
        result = get_result(conn, row.id)
        assert draw is not None
        assert result is not None
        ended.append((draw, result))
    return ended


def add_hits(conn: Connection, hits: Sequence[Hit]) -> None:
    """Store a page of hits."""
    if hits:
        conn.execute(tables.hit.insert(), [asdict(hit) for hit in hits])
