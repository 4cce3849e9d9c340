"""Mentions and text to a judgement with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.assessment import Assessment, Text
from domain.clock import Clock, Ids
from domain.issue import Issue
from domain.listing import ListingVersion
from domain.ports import Assessor
from ledger import assessments, issues, listings, matchings, stages
from ledger.assessments import StoredAssessment
from ledger.engine import Connection, Ledger
from ledger.matchings import Matching
from marketwarden.stages.lease import Lease
from marketwarden.stages.match import text_of

_Row = tuple[Matching, ListingVersion, Text]


@dataclass(kw_only=True)
class AssessStage:
    """Judges every matching once per assessor version."""

    ledger: Ledger
    load: Callable[[], Assessor]
    matcher_version: Callable[[], str]
    clock: Clock
    ids: Ids
    lease: Lease
    name: str = field(default="assess", init=False)
    assessor: Assessor = field(init=False)

    def prepare(self) -> None:
        """Load the model; a missing model stops this stage and none before it."""
        self.assessor = self.load()

    def batch(self, after: int) -> tuple[int, int]:
        """Judge one batch of matchings."""
        version = self.assessor.version
        with self.ledger.write() as conn:
            claimed = stages.claim(conn, self.name, version, after=after, upstream=self.matcher_version(), **self.lease.terms(self.clock))
            rows = self._rows(conn, claimed)
        if not claimed:
            return 0, after
        judged = self.assessor.assess([text for _, _, text in rows], [matching.mentions for matching, _, _ in rows])
        outcomes = dict.fromkeys(claimed, "text_expired")
        with self.ledger.write() as conn:
            for row, answer in zip(rows, judged, strict=True):
                outcomes[row[0].id] = self._store(conn, row, answer)
            stages.finish(conn, self.name, version, list(outcomes.items()), at=self.clock())
        return len(claimed), claimed[-1]

    def _rows(self, conn: Connection, claimed: list[int]) -> list[_Row]:
        found = matchings.get_matchings(conn, claimed)
        stored = listings.versions_with_bodies(conn, [matching.version for matching in found])
        rows = []
        for matching in found:
            version, body = stored[matching.version]
            if body is not None:
                rows.append((matching, version, text_of(version, body)))
        return rows

    def _store(self, conn: Connection, row: _Row, answer: Assessment | Exception) -> str:
        matching, version, _ = row
        at = self.clock()
        if isinstance(answer, Exception):
            issue = Issue(id=self.ids(), stage=self.name, record=matching.id, code="not_assessed", message=str(answer)[:500], at=at)
            issues.add_issue(conn, issue)
            return "not_assessed"
        stored = StoredAssessment(
            id=self.ids(), version=version.id, matching=matching.id, assessor=self.assessor.version, assessment=answer, at=at
        )
        assessments.add_assessment(conn, stored)
        listings.bump(conn, version.listing)
        return str(answer.verdict)
