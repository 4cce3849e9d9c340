"""Mentions and text to a judgement with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.assessment import Assessment
from domain.clock import Clock, Ids
from domain.issue import Issue
from domain.ports import Assessor
from ledger import assessments, issues, listings, matchings, stages
from ledger.engine import Ledger
from marketwarden.stages.lease import Lease
from marketwarden.stages.match import text_of


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
            rows = []
            for matching in (matchings.get_matching_by_id(conn, id_) for id_ in claimed):
                stored, body = listings.get_version(conn, matching.version), listings.get_body(conn, matching.version)
                if stored is not None and body is not None:
                    rows.append((matching, stored, text_of(stored, body)))
        if not claimed:
            return 0, after
        judged = self.assessor.assess([text for _, _, text in rows], [matching.mentions for matching, _, _ in rows])
        outcomes = dict.fromkeys(claimed, "text_expired")
        with self.ledger.write() as conn:
            for (matching, stored, _), answer in zip(rows, judged, strict=True):
                if isinstance(answer, Assessment):
                    assessments.add_assessment(
                        conn, id=self.ids(), version=stored.id, matching=matching.id, assessment=answer, assessor=version, at=self.clock()
                    )
                    listings.bump(conn, stored.listing)
                    outcomes[matching.id] = str(answer.verdict)
                else:
                    issue = Issue(
                        id=self.ids(), stage=self.name, record=matching.id, code="not_assessed", message=str(answer)[:500], at=self.clock()
                    )
                    issues.add_issue(conn, issue)
                    outcomes[matching.id] = "not_assessed"
            stages.finish(conn, self.name, version, list(outcomes.items()), holder=self.lease.holder, at=self.clock())
        return len(claimed), claimed[-1]
