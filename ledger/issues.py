"""Records that were skipped, said aloud."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select

from domain.issue import Issue
from ledger import tables


def add_issue(conn: Connection, issue: Issue) -> None:
    """Store one."""
    conn.execute(tables.issue.insert(), asdict(issue))


def issues(conn: Connection, *, stage: str | None = None, limit: int = 100) -> list[Issue]:
    """Newest first."""
    query = select(tables.issue).order_by(tables.issue.c.id.desc()).limit(limit)
    if stage is not None:
        query = query.where(tables.issue.c.stage == stage)
    return [Issue(**row._mapping) for row in conn.execute(query)]
