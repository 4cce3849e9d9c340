"""What the index has to be sent, and what it has been sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select

from domain.assessment import Assessment
from domain.capture import Capture
from domain.codec import from_json
from domain.listing import Listing, ListingBody, ListingVersion, Sighting, SightingKind
from domain.review import Decision, DecisionVerdict
from ledger import captures, listings, tables
from ledger.upsert import insert_or_replace


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSource:
    """Everything that one index document is made of."""

    listing: Listing
    version: ListingVersion
    body: ListingBody | None
    assessment: Assessment | None
    sighting: Sighting | None
    decision: Decision | None
    queued: bool
    captures: tuple[Capture, ...]


def behind(conn: Connection, engine: str, *, after: int, limit: int) -> list[tuple[int, int]]:
    """Listings (id, revision) whose revision is ahead of what the engine was sent, ascending."""
    query = (
        select(tables.listing.c.id, tables.listing.c.revision)
        .outerjoin(tables.indexed, and_(tables.indexed.c.engine == engine, tables.indexed.c.listing == tables.listing.c.id))
        .where(tables.listing.c.id > after, or_(tables.indexed.c.revision.is_(None), tables.indexed.c.revision < tables.listing.c.revision))
        .order_by(tables.listing.c.id)
        .limit(limit)
    )
    return [(row.id, row.revision) for row in conn.execute(query)]


def backlog(conn: Connection, engine: str) -> int:
    """Number of listings that the engine is behind."""
    query = (
        select(func.count())
        .select_from(tables.listing)
        .outerjoin(tables.indexed, and_(tables.indexed.c.engine == engine, tables.indexed.c.listing == tables.listing.c.id))
        .where(or_(tables.indexed.c.revision.is_(None), tables.indexed.c.revision < tables.listing.c.revision))
    )
    return int(conn.execute(query).scalar_one())


def mark_indexed(conn: Connection, engine: str, rows: Sequence[tuple[int, int]]) -> None:
    """The engine has these listings at these revisions."""
    insert_or_replace(conn, tables.indexed, [{"engine": engine, "listing": listing, "revision": revision} for listing, revision in rows])


def forget_indexed(conn: Connection, engine: str) -> None:
    """The engine was emptied."""
    conn.execute(delete(tables.indexed).where(tables.indexed.c.engine == engine))


def _latest(conn: Connection, table: Any, key: Any, ids: Sequence[int]) -> dict[int, Any]:
    """The row with the greatest id for each value of `key`."""
    newest = select(func.max(table.c.id)).where(key.in_(ids)).group_by(key)
    return {row._mapping[key.name]: row for row in conn.execute(select(table).where(table.c.id.in_(newest)))}


def document_sources(conn: Connection, ids: Sequence[int]) -> list[DocumentSource]:
    """Sources of the documents of these listings, in the order asked for; a listing without a version has none yet."""
    if not ids:
        return []
    found = {row.id: Listing(**row._mapping) for row in conn.execute(select(tables.listing).where(tables.listing.c.id.in_(ids)))}
    versions = {listing: row.id for listing, row in _latest(conn, tables.listing_version, tables.listing_version.c.listing, ids).items()}
    pairs = listings.versions_with_bodies(conn, list(versions.values()))
    judged = _latest(conn, tables.assessment, tables.assessment.c.version, list(versions.values()))
    sighted = _latest(conn, tables.sighting, tables.sighting.c.listing, ids)
    families = captures.families(conn, [pairs[version][0].capture for version in versions.values()])
    sealed = {s.capture.id: s.capture for s in captures.get_sealed(conn, sorted({c for family in families.values() for c in family}))}
    decided, queued = _decided(conn, ids), _queued(conn, ids)
    sources = []
    for id_ in ids:
        if id_ not in found or id_ not in versions:
            continue
        version, body = pairs[versions[id_]]
        assessment, sighting = judged.get(version.id), sighted.get(id_)
        sources.append(
            DocumentSource(
                listing=found[id_],
                version=version,
                body=body,
                assessment=None if assessment is None else from_json(Assessment, assessment.body),
                sighting=None if sighting is None else Sighting(**{**sighting._mapping, "kind": SightingKind(sighting.kind)}),
                decision=decided.get(id_),
                queued=id_ in queued,
                captures=tuple(sealed[capture] for capture in families[version.capture]),
            )
        )
    return sources


def _decided(conn: Connection, ids: Sequence[int]) -> dict[int, Decision]:
    query = (
        select(tables.decision, tables.queue_item.c.listing)
        .join(tables.queue_item, tables.queue_item.c.id == tables.decision.c.item)
        .where(tables.queue_item.c.listing.in_(ids))
        .order_by(tables.decision.c.id)
    )
    answer = {}
    for row in conn.execute(query):
        values = dict(row._mapping)
        listing = values.pop("listing")
        answer[listing] = Decision(**{**values, "verdict": DecisionVerdict(values["verdict"])})
    return answer


def _queued(conn: Connection, ids: Sequence[int]) -> set[int]:
    decided = select(tables.decision.c.id).where(tables.decision.c.item == tables.queue_item.c.id)
    query = select(tables.queue_item.c.listing).where(tables.queue_item.c.listing.in_(ids), ~decided.exists())
    return set(conn.execute(query).scalars())
