"""What enters the queue, and what an officer decides on it."""

from __future__ import annotations

from domain.clock import Clock, Ids
from domain.errors import PolicyError
from domain.review import Decision, DecisionVerdict, Event, QueueItem, QueueReason
from ledger import listings, people, queue
from ledger.assessments import StoredAssessment
from ledger.engine import Connection
from review.priority import priority

_WITHOUT_TAXON = {
    DecisionVerdict.NOT_AN_OFFER, DecisionVerdict.NOT_WILDLIFE, DecisionVerdict.NOT_LISTED, DecisionVerdict.DUPLICATE,
    DecisionVerdict.SCAM,
}  # fmt: skip
_LONGEST_NOTE = 10_000
_DECIDERS = ("reviewer", "focal_point")


def enqueue(conn: Connection, *, listing: int, stored: StoredAssessment, reason: QueueReason, clock: Clock, ids: Ids) -> QueueItem | None:
    """Queue a judged version; None when its listing waits already, or an officer has decided on the same content."""
    if queue.open_item_of(conn, listing) is not None or _is_decided(conn, listing, stored.version):
        return None
    value, parts = priority(stored.assessment)
    item = QueueItem(
        id=ids(), listing=listing, version=stored.version, assessment=stored.id, reason=reason, sampling_probability=None,
        priority=1.0 if reason is QueueReason.TIP else value, parts=parts, at=clock(), due=None,
    )  # fmt: skip
    queue.add_item(conn, item, outbox_id=ids())
    listings.bump(conn, listing)
    return item


def _is_decided(conn: Connection, listing: int, version: int) -> bool:
    """A new model re-assesses; content that was decided on once is not queued again. Called when no item is open: every item is decided."""
    now = listings.get_version(conn, version)
    decided = [listings.get_version(conn, item.version) for item in queue.items_of_listing(conn, listing)]
    return now is not None and any(each is not None and each.content_digest == now.content_digest for each in decided)


def decide(
    conn: Connection, item_id: int, *, verdict: str, officer: str, taxon: str | None, product: str | None, quantity: str | None,
    unit: str | None, reason_code: str | None, note: str | None, product_codes: frozenset[str], clock: Clock, ids: Ids,
) -> Decision:  # fmt: skip
    """Store a decision, the act and the listing's new revision in the caller's transaction.

    Raises PolicyError that names the field or the rule: unknown item, officer, verdict or product code, a likely
    illegal offer without a taxon, a quantity without a unit.
    """
    item = queue.get_item(conn, item_id)
    if item is None:
        raise PolicyError(f"item: no item {item_id}")
    person = people.find_officer(conn, officer)
    if person is None:
        raise PolicyError(f"officer: nobody is registered as {officer!r}")
    if person.role not in _DECIDERS:
        raise PolicyError(f"officer: {officer!r} is {person.role}; decisions are for {' and '.join(_DECIDERS)}")
    if verdict not in [str(known) for known in DecisionVerdict]:
        raise PolicyError(f"verdict: {verdict!r} is none of {', '.join(DecisionVerdict)}")
    if not taxon and DecisionVerdict(verdict) not in _WITHOUT_TAXON:
        raise PolicyError(f"taxon: {verdict} needs one")
    if product is not None and product not in product_codes:
        raise PolicyError(f"product: {product!r} is no CITES term code")
    if (quantity is None) != (unit is None):
        raise PolicyError("quantity: goes with a unit, and a unit with a quantity")
    if note is not None and len(note) > _LONGEST_NOTE:
        raise PolicyError(f"note: longer than {_LONGEST_NOTE} characters")
    earlier = queue.decisions_of(conn, item_id)
    decision = Decision(
        id=ids(), item=item_id, version=item.version, officer=person.id, role=_role(earlier, person.id), verdict=DecisionVerdict(verdict),
        taxon=taxon, product=product, quantity=quantity, unit=unit, reason_code=reason_code, note=note, at=clock(),
    )  # fmt: skip
    queue.add_decision(conn, decision, outbox_id=ids())
    event = Event(id=ids(), officer=person.id, act="decide", object=f"queue_item:{item_id}", why=reason_code, at=decision.at)
    people.add_event(conn, event, outbox_id=ids())
    listings.bump(conn, item.listing)
    return decision


def _role(earlier: list[Decision], officer: int) -> str:
    """First; second by another officer; adjudication once two have spoken."""
    others = {decision.officer for decision in earlier} - {officer}
    if len(others) >= 2:
        return "adjudication"
    return "second" if others else "first"
