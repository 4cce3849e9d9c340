"""The queue as the command line shows it."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from domain.assessment import Assessment, Reason
from domain.codec import to_json
from domain.errors import PolicyError
from domain.listing import ListingBody
from domain.review import QueueItem
from ledger import assessments, captures, draws, listings, people, queue
from ledger.engine import Connection
from marketwarden.bootstrap import House, product_codes
from review import officers
from review.queue import decide

_EXCERPT = 90


def items_view(house: House, *, limit: int) -> list[dict[str, Any]]:
    """Open items, most serious first, one flat object each."""
    with house.ledger.read() as conn:
        return [_line(conn, item, demo=house.is_demo) for item in queue.open_items(conn, limit=limit)]


def _line(conn: Connection, item: QueueItem, *, demo: bool) -> dict[str, Any]:
    stored = assessments.get_assessments(conn, [item.assessment] if item.assessment is not None else [])
    version, body = listings.versions_with_bodies(conn, [item.version])[item.version]
    listing = listings.get_listing(conn, item.listing)
    judged = stored[0].assessment if stored else None
    return {
        "item": item.id, "reason": str(item.reason), "priority": item.priority,
        "taxon": judged.taxa[0].taxon if judged and judged.taxa else None,
        "appendix": judged.taxa[0].appendix if judged and judged.taxa else None,
        "verdict": str(judged.verdict) if judged else None, "probability": judged.probability if judged else None,
        "platform": listing.platform if listing else None, "title": body.fields.title if body else None,
        "sentence": telling_text(judged, body), "evidence": version.capture, "demo": demo,
    }  # fmt: skip


def telling_text(judged: Assessment | None, body: ListingBody | None) -> str | None:
    """The piece of the seller's text that moved the judgement most; None when no reason points at the text."""
    if judged is None or body is None:
        return None
    pointing = [reason for reason in judged.reasons if reason.span is not None and reason.field in ("title", "description")]
    if not pointing:
        return None
    strongest = max(pointing, key=lambda reason: abs(reason.weight))
    return _around(strongest, body)


def _around(reason: Reason, body: ListingBody) -> str | None:
    text = getattr(body.fields, reason.field or "", None)
    if not text or reason.span is None:
        return None
    start, end = reason.span
    left, right = max(0, start - _EXCERPT // 2), min(len(text), end + _EXCERPT // 2)
    piece = " ".join(text[left:right].split())
    return f"{'…' if left else ''}{piece}{'…' if right < len(text) else ''}"


def print_items(items: list[dict[str, Any]], *, total: int | None = None) -> None:
    """The queue for people, three lines an item; scraped text is shown as text, never as markup, control characters taken out."""
    console = Console(highlight=False)
    console.print(f"Queue: {len(items)}" + (f" of {total} items" if total is not None else " items"), style="bold")
    for number, item in enumerate(items, 1):
        probability = "not measured" if item["probability"] is None else f"{item['probability']:.2f}"
        facts = f"{item['taxon'] or 'taxon unknown'} | Appendix {item['appendix'] or 'none'} | {(item['verdict'] or '-').replace('_', ' ')}"
        console.print(Text(f"{number:>3}  {facts} | {probability} | {item['platform']}", style="bold" if item["appendix"] == "I" else ""))
        console.print(Text(f"     {_shown(item['sentence'] or item['title'] or '(its text has expired)')}"))
        console.print(Text(f"     item {item['item']}  evidence {item['evidence']}", style="dim"))


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def items_of_draw(house: House, draw: int) -> list[int]:
    """Queue items whose version a capture of this draw gave, or whose listing it showed."""
    with house.ledger.read() as conn:
        found: list[int] = []
        for capture in captures.captures_of_draw(conn, draw):
            for listing in listings.listings_of_capture(conn, capture):
                found.extend(item.id for item in queue.items_of_listing(conn, listing))
    return sorted(set(found))


def item_view(house: House, item_id: int) -> dict[str, Any]:
    """Everything about one item: text, facts, judgement with reasons, evidence, decisions, acts."""
    with house.ledger.read() as conn:
        item = queue.get_item(conn, item_id)
        if item is None:
            raise PolicyError(f"item: no item {item_id}")
        version, body = listings.versions_with_bodies(conn, [item.version])[item.version]
        stored = assessments.get_assessments(conn, [item.assessment] if item.assessment is not None else [])
        sealed = captures.get_sealed(conn, captures.families(conn, [version.capture])[version.capture])
        seen = captures.get_capture(conn, version.capture)
        draw = draws.get_draw(conn, seen.draw) if seen is not None else None
        return {
            "item": to_json(item),
            "listing": to_json(listings.get_listing(conn, item.listing)),
            "version": to_json(version),
            "fields": to_json(body.fields) if body else None,
            "assessment": to_json(stored[0].assessment) if stored else None,
            "evidence": [
                {
                    "capture": each.capture.id, "role": str(each.capture.role), "url": each.capture.url, "at": to_json(each.capture.at),
                    "status": each.capture.status, "records": to_json(each.capture.records), "log": each.capture.log,
                    "position": each.capture.position, "tiers": sorted({place.tier for place in each.locations}),
                }
                for each in sealed
            ],
            "draw": to_json(draw) if draw else None,
            "decisions": to_json(queue.decisions_of(conn, item_id)),
            "events": to_json(people.events_on(conn, f"queue_item:{item_id}")),
            "demo": house.is_demo,
        }  # fmt: skip


def decide_item(house: House, item: int, *, officer: str, verdict: str, **facts: str | None) -> dict[str, Any]:
    """Decide, and seal the decision at once; answers it with its log position."""
    with house.ledger.write() as conn:
        decision = decide(
            conn, item, verdict=verdict, officer=officer, taxon=facts.get("taxon"), product=facts.get("product"),
            quantity=facts.get("quantity"), unit=facts.get("unit"), reason_code=facts.get("reason_code"), note=facts.get("note"),
            product_codes=product_codes(), clock=house.clock, ids=house.ids,
        )  # fmt: skip
    stopped = [report.failure for report in (house.run_only("seal"), house.run_only("index")) if report.failure]
    with house.ledger.read() as conn:
        from ledger import outbox

        position = outbox.position_of(conn, "decision", decision.id)
    return {**to_json(decision), "position": position, "stopped": stopped, "demo": house.is_demo}


def add_officer(house: House, name: str, *, role: str) -> None:
    """Register a person and seal that."""
    with house.ledger.write() as conn:
        officers.add_officer(conn, name, role=role, clock=house.clock, ids=house.ids)
    house.run_only("seal")
