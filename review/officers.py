"""Who may act, in which role (`domain.md` 2)."""

from __future__ import annotations

import re

from domain.clock import Clock, Ids
from domain.errors import PolicyError
from domain.review import Event, Officer
from ledger import people
from ledger.engine import Connection

ROLES = ("reviewer", "analyst", "custodian", "liaison", "focal_point", "administrator")


def add_officer(conn: Connection, name: str, *, role: str, clock: Clock, ids: Ids) -> Officer:
    """Register a person; raises PolicyError for an unknown role, a malformed or a taken name."""
    if role not in ROLES:
        raise PolicyError(f"role: {role!r} is none of {', '.join(ROLES)}")
    if not re.fullmatch(r"[a-z][a-z0-9._-]{1,40}", name):
        raise PolicyError("name: lower case letters, digits, dot, hyphen, underscore")
    if people.find_officer(conn, name) is not None:
        raise PolicyError(f"name: {name!r} is taken")
    officer = Officer(id=ids(), name=name, role=role, at=clock())
    people.add_officer(conn, officer)
    people.add_event(
        conn, Event(id=ids(), officer=None, act="officer.add", object=f"officer:{officer.id}", why=role, at=officer.at), outbox_id=ids()
    )
    return officer
