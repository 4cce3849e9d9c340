"""Mentions found in each version, by matcher version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.assessment import Mention
from domain.codec import from_json
from ledger import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The mentions of one version."""

    id: int
    version: int
    matcher: str
    mentions: tuple[Mention, ...]
    at: datetime


def add_matching(conn: Connection, matching: Matching) -> None:
    """Store the mentions of a version."""
    conn.execute(
        tables.matching.insert(),
        {
            "id": matching.id, "version": matching.version, "matcher": matching.matcher, "mentions": list(matching.mentions),
            "at": matching.at,
        },
    )  # fmt: skip


def get_matchings(conn: Connection, ids: Sequence[int]) -> list[Matching]:
    """By ids, ascending."""
    if not ids:
        return []
    return [
        _matching(row) for row in conn.execute(select(tables.matching).where(tables.matching.c.id.in_(ids)).order_by(tables.matching.c.id))
    ]


def _matching(row: Row[Any]) -> Matching:
    mentions = tuple(from_json(Mention, mention) for mention in row.mentions)
    return Matching(id=row.id, version=row.version, matcher=row.matcher, mentions=mentions, at=row.at)
