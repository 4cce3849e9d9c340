"""Listings, what each capture said of them, and when they were seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.clock import iso
from domain.codec import from_json, to_json
from domain.errors import IntegrityError
from domain.listing import Listing, ListingBody, ListingFields, ListingVersion, Sighting
from ledger import tables
from ledger.upsert import insert_or_ignore

_COLUMNS = ("id", "listing", "capture", "at", "content_digest", "extractor")


def find_listing(conn: Connection, platform: str, native_id: str) -> Listing | None:
    """By the platform's own id."""
    row = conn.execute(
        select(tables.listing).where(tables.listing.c.platform == platform, tables.listing.c.native_id == native_id)
    ).one_or_none()
    return None if row is None else Listing(**row._mapping)


def get_listing(conn: Connection, listing: int) -> Listing | None:
    """By id."""
    row = conn.execute(select(tables.listing).where(tables.listing.c.id == listing)).one_or_none()
    return None if row is None else Listing(**row._mapping)


def find_or_add_listing(conn: Connection, *, new_id: int, platform: str, native_id: str, url: str, first_seen: datetime) -> Listing:
    """The listing, added with revision 0 when it was never seen."""
    found = find_listing(conn, platform, native_id)
    if found is not None:
        return found
    new = Listing(id=new_id, platform=platform, native_id=native_id, url=url, revision=0, first_seen=first_seen)
    row = {"id": new_id, "platform": platform, "native_id": native_id, "url": url, "revision": 0, "first_seen": first_seen}
    if insert_or_ignore(conn, tables.listing, [row]) == 1:
        return new
    found = find_listing(conn, platform, native_id)
    if found is None:
        raise IntegrityError(f"listing id {new_id} is taken")
    return found


def bump(conn: Connection, listing: int) -> None:
    """Raise the revision: something that the index document shows has changed in this transaction."""
    bump_all(conn, (listing,))


def add_version(conn: Connection, version: ListingVersion, body: ListingBody) -> None:
    """Store a version; text and person data go to the purgeable table only."""
    row = {name: getattr(version, name) for name in _COLUMNS}
    rest = {name: value for name, value in to_json(version).items() if name not in _COLUMNS}
    conn.execute(tables.listing_version.insert(), row | {"body": rest})
    conn.execute(tables.listing_body.insert(), {"version": body.version, "fields": to_json(body.fields)})


def _version(row: Row[Any]) -> ListingVersion:
    kept = {name: row._mapping[name] for name in _COLUMNS}
    return from_json(ListingVersion, {**row.body, **kept, "at": iso(kept["at"])})


def get_version(conn: Connection, version: int) -> ListingVersion | None:
    """By id."""
    row = conn.execute(select(tables.listing_version).where(tables.listing_version.c.id == version)).one_or_none()
    return None if row is None else _version(row)


def latest_version(conn: Connection, listing: int) -> ListingVersion | None:
    """The newest version of a listing."""
    query = select(tables.listing_version).where(tables.listing_version.c.listing == listing)
    row = conn.execute(query.order_by(tables.listing_version.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else _version(row)


def versions_with_bodies(conn: Connection, versions: Sequence[int]) -> dict[int, tuple[ListingVersion, ListingBody | None]]:
    """Versions by id; the body is None where it was purged."""
    if not versions:
        return {}
    query = (
        select(tables.listing_version, tables.listing_body.c.fields)
        .outerjoin(tables.listing_body, tables.listing_body.c.version == tables.listing_version.c.id)
        .where(tables.listing_version.c.id.in_(versions))
    )
    answer = {}
    for row in conn.execute(query):
        body = None if row.fields is None else ListingBody(version=row.id, fields=from_json(ListingFields, row.fields))
        answer[row.id] = (_version(row), body)
    return answer


def get_body(conn: Connection, version: int) -> ListingBody | None:
    """Text and person data, or None where they were purged."""
    fields = conn.execute(select(tables.listing_body.c.fields).where(tables.listing_body.c.version == version)).scalar_one_or_none()
    return None if fields is None else ListingBody(version=version, fields=from_json(ListingFields, fields))


def bump_all(conn: Connection, ids: Collection[int]) -> None:
    """Raise the revision of each listing by one."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), 1000):
        part = wanted[start : start + 1000]
        conn.execute(update(tables.listing).where(tables.listing.c.id.in_(part)).values(revision=tables.listing.c.revision + 1))


def add_sightings(conn: Connection, sightings: Sequence[Sighting]) -> None:
    """Store dated observations."""
    if sightings:
        conn.execute(tables.sighting.insert(), [to_json(sighting) | {"at": sighting.at} for sighting in sightings])


def known(conn: Connection, platform: str, native_ids: Sequence[str]) -> set[str]:
    """Which of these were hit before, by any draw."""
    query = select(tables.hit.c.native_id).where(tables.hit.c.platform == platform, tables.hit.c.native_id.in_(native_ids)).distinct()
    return set(conn.execute(query).scalars())


def listings_of_capture(conn: Connection, capture: int) -> list[int]:
    """Listings that a capture showed."""
    return list(conn.execute(select(tables.sighting.c.listing).where(tables.sighting.c.capture == capture)).scalars())
