"""Officers and what they did."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select

from domain.review import Event, Officer
from ledger import outbox, tables


def add_officer(conn: Connection, officer: Officer) -> None:
    """Store a person; a name is given once."""
    conn.execute(tables.officer.insert(), asdict(officer))


def find_officer(conn: Connection, name: str) -> Officer | None:
    """By name."""
    row = conn.execute(select(tables.officer).where(tables.officer.c.name == name)).one_or_none()
    return None if row is None else Officer(**row._mapping)


def officers(conn: Connection) -> list[Officer]:
    """Everybody, by name."""
    return [Officer(**row._mapping) for row in conn.execute(select(tables.officer).order_by(tables.officer.c.name))]


def add_event(conn: Connection, event: Event, *, outbox_id: int) -> None:
    """Store an act and send its digest to the log."""
    conn.execute(tables.event.insert(), asdict(event))
    outbox.enqueue(conn, id=outbox_id, table="event", row=event.id, value=event, at=event.at)


def events_on(conn: Connection, subject: str) -> list[Event]:
    """Acts on one object, oldest first."""
    return [
        Event(**row._mapping)
        for row in conn.execute(select(tables.event).where(tables.event.c.object == subject).order_by(tables.event.c.id))
    ]
