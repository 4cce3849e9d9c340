"""How the database answers a claim: in order, from an index, however much is pending."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from domain.capture import Role
from ledger import captures, stages
from ledger.engine import Ledger
from tests.unit.ledger.conftest import NOW, sealed


@pytest.mark.parametrize("stage", ["extract", "match", "assess", "queue"])
def test_a_claim_sorts_nothing(ledger: Ledger, stage: str) -> None:
    """A batch costs what it holds: no statement of a claim is answered by sorting all that is pending."""
    asked: list[tuple[str, object]] = []
    event.listen(ledger._engine, "before_cursor_execute", lambda _c, _k, statement, values, *_: asked.append((statement, values)))
    with ledger.write() as conn:
        captures.absorb(conn, "log-1", start=0, end=3, sealed=[sealed(number) for number in range(3)])
        stages.claim(
            conn, stage, "v1", after=0, limit=2, holder="me", now=NOW, until=NOW + timedelta(minutes=1), upstream="v0"
        )  # fmt: skip
        selects = [(statement, values) for statement, values in asked if statement.startswith("SELECT") and "LIMIT" in statement]
        assert selects != []
        for statement, values in selects:
            plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            assert not [row for row in plan if "TEMP B-TREE" in str(row)], statement


def test_a_claim_takes_the_oldest_of_every_role(ledger: Ledger) -> None:
    """Pages, DOMs and imports come in one order of ids, each once, up to the limit; nothing else is read."""
    roles = [Role.DOM, Role.PAGE, Role.ROBOTS, Role.IMPORTED, Role.SCREENSHOT, Role.PAGE, Role.DOM]
    with ledger.write() as conn:
        captures.absorb(conn, "log-1", start=0, end=8, sealed=[sealed(number, role=role) for number, role in enumerate(roles, 1)])
        terms = {"limit": 3, "holder": "me", "now": NOW, "until": NOW + timedelta(minutes=1)}
        first = stages.claim(conn, "extract", "v1", after=0, **terms)  # type: ignore[arg-type]
        second = stages.claim(conn, "extract", "v1", after=first[-1], **terms)  # type: ignore[arg-type]
        assert (first, second) == ([1, 2, 4], [6, 7])
        assert stages.backlog(conn, "extract", "v1") == 5
