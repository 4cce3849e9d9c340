"""What enters the queue, what a decision needs, and that nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError as Conflict

from domain.assessment import Assessment, Intent, Specimen, Verdict
from domain.clock import Ids
from domain.errors import PolicyError
from domain.listing import ListingBody, ListingFields, ListingVersion, PageKind
from domain.review import Decision, QueueItem, QueueReason
from ledger import listings, outbox, queue
from ledger.assessments import StoredAssessment
from ledger.engine import Connection, Ledger
from review.officers import add_officer
from review.queue import decide, enqueue

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Desk:
    """A listing, two reviewers and the acts of this room."""

    def __init__(self, conn: Connection) -> None:
        self.conn, self.ids = conn, Ids(lambda: NOW)
        self.listing = listings.find_or_add_listing(conn, new_id=1, platform="m", native_id="n", url="u", first_seen=NOW)
        for name in ("ann", "bob", "cid"):
            add_officer(conn, name, role="reviewer", clock=lambda: NOW, ids=self.ids)

    def version(self, number: int, digest: str) -> None:
        """Store a version of the listing with this content."""
        version = ListingVersion(
            id=number, listing=1, capture=number, at=NOW, content_digest=digest, kind=PageKind.LISTING, price=None, currency=None,
            quantity=None, unit=None, country=None, category=None, language=None, posted_at=None, availability=None, intent_hint=None,
            seller=None, images=0, provenance={}, extractor="x",
        )  # fmt: skip
        listings.add_version(self.conn, version, ListingBody(version=number, fields=ListingFields()))

    def queue(self, version: int) -> QueueItem | None:
        """Queue a flagged judgement of a version."""
        assessment = Assessment(
            language=None, intent=Intent.OFFER, specimen=Specimen.LIVE, taxa=(), product=(), quantity=None, countries=(), lawful_claims=(),
            verdict=Verdict.DOUBTFUL, policy_violation=False, flagged=True, probability=0.5, abstained=False, missing=(), reasons=(),
            versions={},
        )  # fmt: skip
        stored = StoredAssessment(id=self.ids(), version=version, matching=1, assessor="a", assessment=assessment, at=NOW)
        return enqueue(self.conn, listing=1, stored=stored, reason=QueueReason.FLAG, clock=lambda: NOW, ids=self.ids)

    def decide(self, item: int, **change: str | None) -> Decision:
        """Decide `scam` as ann unless told otherwise."""
        terms: dict = {
            "verdict": "scam", "officer": "ann", "taxon": None, "product": None, "quantity": None, "unit": None, "reason_code": None,
            "note": None,
        }  # fmt: skip
        return decide(self.conn, item, **(terms | change), product_codes=frozenset({"TUS"}), clock=lambda: NOW, ids=self.ids)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    opened = Ledger.open(tmp_path / "ledger.db")
    opened.migrate()
    yield opened
    opened.close()


def test_a_listing_that_waits_is_not_queued_again(ledger: Ledger) -> None:
    """One open item a listing."""
    with ledger.write() as conn:
        desk = Desk(conn)
        desk.version(1, "a")
        desk.version(2, "b")

        assert desk.queue(1) is not None
        assert desk.queue(2) is None


def test_content_decided_on_once_is_not_queued_again_by_a_new_model(ledger: Ledger) -> None:
    """A new model re-assesses old versions too, after a newer one was decided on; nothing fails and nothing returns."""
    with ledger.write() as conn:
        desk = Desk(conn)
        for number, digest in ((1, "a"), (2, "b"), (3, "a"), (4, "c")):
            desk.version(number, digest)
        for number in (1, 2):
            item = desk.queue(number)
            assert item is not None
            desk.decide(item.id)

        assert [desk.queue(number) is not None for number in (1, 2, 3, 4)] == [False, False, False, True]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verdict": "guilty"}, "verdict"),
        ({"officer": "eve"}, "officer"),
        ({"verdict": "likely_illegal_offer"}, "taxon"),
        ({"product": "XXX"}, "product"),
        ({"quantity": "2"}, "quantity"),
        ({"unit": "kg"}, "quantity"),
        ({"note": "x" * 10_001}, "note"),
    ],
)
def test_a_decision_that_breaks_a_rule_names_the_field_and_stores_nothing(ledger: Ledger, change: dict, field: str) -> None:
    """The item stays open."""
    with ledger.write() as conn:
        desk = Desk(conn)
        desk.version(1, "a")
        item = desk.queue(1)
        assert item is not None
        with pytest.raises(PolicyError, match=f"^{field}:"):
            desk.decide(item.id, **change)

        assert queue.decisions_of(conn, item.id) == []
        assert queue.open_item_of(conn, 1) == item


def test_decisions_stand_beside_one_another_and_the_last_one_holds(ledger: Ledger) -> None:
    """First, second, adjudication: each with its digest in the outbox and a new revision of the listing."""
    with ledger.write() as conn:
        desk = Desk(conn)
        desk.version(1, "a")
        item = desk.queue(1)
        assert item is not None
        made = [desk.decide(item.id, officer=name) for name in ("ann", "bob", "cid")]
        found = listings.get_listing(conn, 1)

        assert [decision.role for decision in made] == ["first", "second", "adjudication"]
        assert queue.decisions_of(conn, item.id) == made
        assert queue.latest_decision(conn, 1) == made[-1]
        assert [row.row for row in outbox.unsealed(conn, 99) if row.table == "decision"] == [decision.id for decision in made]
        assert found is not None
        assert found.revision == 4


def test_a_decision_cannot_be_replaced_in_the_database(ledger: Ledger) -> None:
    """`INSERT OR REPLACE` is a removal too, and is refused."""
    with ledger.write() as conn:
        desk = Desk(conn)
    with pytest.raises(Conflict, match="append-only"), ledger.write() as conn:
        conn.exec_driver_sql("INSERT OR REPLACE INTO officer SELECT id, name, 'custodian', at FROM officer")
    assert desk.listing.revision == 0
