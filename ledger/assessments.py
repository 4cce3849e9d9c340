"""Judgements of versions, by assessor version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.assessment import Assessment
from domain.codec import from_json
from ledger import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssessment:
    """A judgement with what it was made of and by."""

    id: int
    version: int
    matching: int
    assessor: str
    assessment: Assessment
    at: datetime


def add_assessment(conn: Connection, stored: StoredAssessment) -> None:
    """Store a judgement."""
    assessment = stored.assessment
    conn.execute(
        tables.assessment.insert(),
        {
            "id": stored.id, "version": stored.version, "matching": stored.matching, "assessor": stored.assessor,
            "verdict": str(assessment.verdict), "flagged": assessment.flagged, "probability": assessment.probability,
            "body": assessment, "at": stored.at,
        },
    )  # fmt: skip


def _stored(row: Row[Any]) -> StoredAssessment:
    return StoredAssessment(
        id=row.id, version=row.version, matching=row.matching, assessor=row.assessor, assessment=from_json(Assessment, row.body), at=row.at
    )


def get_assessments(conn: Connection, ids: Sequence[int]) -> list[StoredAssessment]:
    """By ids, ascending."""
    if not ids:
        return []
    query = select(tables.assessment).where(tables.assessment.c.id.in_(ids)).order_by(tables.assessment.c.id)
    return [_stored(row) for row in conn.execute(query)]
