"""Captures and where their records lie, absorbed from the evidence log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from domain.capture import Capture, Location, Sealed
from domain.codec import from_json, to_json
from domain.errors import IntegrityError
from ledger import tables
from ledger.upsert import insert_or_ignore, insert_or_replace

_COLUMNS = ("id", "draw", "platform", "url", "status", "at", "payload_digest", "parent", "log", "position")
_MOST_PARAMETERS = 10_000


def next_position(conn: Connection, log: str) -> int:
    """Position of the first leaf that has not been absorbed."""
    mark = conn.execute(select(tables.log_mark.c.next_position).where(tables.log_mark.c.log == log)).scalar_one_or_none()
    return 0 if mark is None else int(mark)


def absorb(conn: Connection, log: str, *, start: int, end: int, sealed: Sequence[Sealed]) -> None:
    """Store the captures of leaves `start` to `end` (exclusive) and move the mark, all or nothing.

    Raises IntegrityError when the mark is not at `start`: somebody else absorbed in between.
    """
    insert_or_ignore(conn, tables.log_mark, [{"log": log, "next_position": 0}])
    moved = conn.execute(
        update(tables.log_mark).where(tables.log_mark.c.log == log, tables.log_mark.c.next_position == start).values(next_position=end)
    ).rowcount
    if moved != 1:
        raise IntegrityError(f"log {log}: leaves from {start} were absorbed by somebody else")
    rows = [_row(each.capture) for each in sealed]
    if rows:
        conn.execute(tables.capture.insert(), rows)
    places = [_place(location) for each in sealed for location in each.locations]
    if places:
        insert_or_replace(conn, tables.location, places)


def _row(capture: Capture) -> dict[str, Any]:
    body = to_json(capture)
    return {name: getattr(capture, name) for name in _COLUMNS} | {
        "role": str(capture.role), "outcome": str(capture.outcome), "body": {k: v for k, v in body.items() if k not in _COLUMNS},
    }  # fmt: skip


def _place(location: Location) -> dict[str, Any]:
    return {name: getattr(location, name) for name in Location.__slots__}


def _capture(row: Row[Any]) -> Capture:
    kept = {name: row._mapping[name] for name in _COLUMNS}
    at: datetime = kept.pop("at")
    from domain.clock import iso

    return from_json(Capture, {**row.body, **kept, "at": iso(at)})


def get_capture(conn: Connection, capture: int) -> Capture | None:
    """By id."""
    row = conn.execute(select(tables.capture).where(tables.capture.c.id == capture)).one_or_none()
    return None if row is None else _capture(row)


def get_sealed(conn: Connection, captures: Sequence[int]) -> list[Sealed]:
    """Captures with their places, in the order asked for; unknown ids are left out."""
    found: dict[int, Capture] = {}
    places: dict[int, list[Location]] = {}
    for part in _parts(captures):
        found.update({row.id: _capture(row) for row in conn.execute(select(tables.capture).where(tables.capture.c.id.in_(part)))})
        query = select(tables.location).where(tables.location.c.capture.in_(part)).order_by(tables.location.c.record)
        for row in conn.execute(query):
            places.setdefault(row.capture, []).append(Location(**row._mapping))
    return [Sealed(capture=found[id_], locations=tuple(places.get(id_, ()))) for id_ in captures if id_ in found]


def children(conn: Connection, parents: Sequence[int]) -> dict[int, list[Capture]]:
    """What was rendered from or fetched for each capture."""
    answer: dict[int, list[Capture]] = {parent: [] for parent in parents}
    if parents:
        for row in conn.execute(select(tables.capture).where(tables.capture.c.parent.in_(parents)).order_by(tables.capture.c.id)):
            answer[row.parent].append(_capture(row))
    return answer


def draws_of(conn: Connection, captures: Sequence[int]) -> dict[int, int]:
    """Capture to the draw that it was made for."""
    answer: dict[int, int] = {}
    for part in _parts(captures):
        query = select(tables.capture.c.id, tables.capture.c.draw).where(tables.capture.c.id.in_(part))
        answer.update({row.id: row.draw for row in conn.execute(query)})
    return answer


def families(conn: Connection, captures: Sequence[int]) -> dict[int, list[int]]:
    """Of each capture: itself, the chain it came by and everything rendered from or fetched for any of them; ids ascending.

    A few queries for all of them together: one a step of the longest chain, and one for what was fetched.
    """
    chains = {capture: [capture] for capture in captures}
    climbing = set(chains)
    while climbing:
        parents = _parents(conn, sorted({chains[capture][-1] for capture in climbing}))
        for capture in list(climbing):
            parent = parents.get(chains[capture][-1])
            if parent is None:
                climbing.discard(capture)
            elif parent in chains[capture]:
                raise IntegrityError(f"capture {capture} is its own ancestor")
            else:
                chains[capture].append(parent)
    below: dict[int, list[int]] = {}
    for part in _parts(sorted({each for chain in chains.values() for each in chain})):
        for row in conn.execute(select(tables.capture.c.id, tables.capture.c.parent).where(tables.capture.c.parent.in_(part))):
            below.setdefault(row.parent, []).append(row.id)
    return {capture: sorted({*chain, *(child for each in chain for child in below.get(each, ()))}) for capture, chain in chains.items()}


def _parents(conn: Connection, captures: Sequence[int]) -> dict[int, int | None]:
    answer: dict[int, int | None] = {}
    for part in _parts(captures):
        query = select(tables.capture.c.id, tables.capture.c.parent).where(tables.capture.c.id.in_(part))
        answer.update({row.id: row.parent for row in conn.execute(query)})
    return answer


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """In pieces that a database takes as parameters of one statement (SQLite: 32,766)."""
    for start in range(0, len(ids), _MOST_PARAMETERS):
        yield ids[start : start + _MOST_PARAMETERS]


def replace_locations(conn: Connection, places: Sequence[Location]) -> None:
    """These records now lie here."""
    insert_or_replace(conn, tables.location, [_place(location) for location in places])


def drop_locations_of_segments(conn: Connection, segments: Sequence[str]) -> int:
    """Forget places in segments that are gone; answers how many."""
    gone = 0
    for segment in segments:
        gone += conn.execute(delete(tables.location).where(tables.location.c.segment == segment)).rowcount
    return gone


def certificates(conn: Connection, addresses: Sequence[str]) -> list[int]:
    """Captures of certificate chains by their address; the newest of each."""
    query = select(func.max(tables.capture.c.id)).where(tables.capture.c.role == "certificates", tables.capture.c.url.in_(addresses))
    return sorted(conn.execute(query.group_by(tables.capture.c.url)).scalars())


def captures_of_draw(conn: Connection, draw: int) -> list[int]:
    """Ids ascending."""
    return list(conn.execute(select(tables.capture.c.id).where(tables.capture.c.draw == draw).order_by(tables.capture.c.id)).scalars())


def captures_on(conn: Connection, day: date) -> list[int]:
    """Ids of captures of that UTC day."""
    start = datetime.combine(day, time.min, tzinfo=UTC)
    query = select(tables.capture.c.id).where(tables.capture.c.at >= start, tables.capture.c.at < start + timedelta(days=1))
    return list(conn.execute(query.order_by(tables.capture.c.id)).scalars())


def rows_by_position(conn: Connection, log: str, start: int, end: int) -> dict[int, Capture]:
    """Captures of leaves `start` to `end` (exclusive) by position: for the check of ledger against log."""
    query = select(tables.capture).where(tables.capture.c.log == log, tables.capture.c.position >= start, tables.capture.c.position < end)
    return {row.position: _capture(row) for row in conn.execute(query)}
