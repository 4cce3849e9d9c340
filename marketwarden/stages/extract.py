"""Stored bytes to listing versions: text and person data apart, every outcome named."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from crawlers.platforms import Platform
from domain.capture import Capture, CaptureOutcome, Role, Sealed
from domain.clock import Clock, Ids, iso
from domain.digest import digest_of, pseudonym, sha256
from domain.issue import Issue
from domain.listing import ListingBody, ListingFields, ListingVersion, Page, PageKind, Sighting, SightingKind
from domain.ports import CaptureReader, Extractor
from evidence.importing import LISTING_ROW
from ledger import captures, issues, listings, stages
from ledger.engine import Connection, Ledger
from marketwarden.stages.lease import Lease

_SUBSTANCE = ("title", "description", "price", "currency", "quantity", "unit", "location", "availability", "seller", "images")
_CONTENT = {PageKind.LISTING, PageKind.THREAD, PageKind.CHANNEL, PageKind.POST}
_BLOCK_STATUSES = {401, 403, 407, 429}


@dataclass(kw_only=True)
class ExtractStage:
    """Reads every page, DOM and imported capture once per extractor version."""

    ledger: Ledger
    reader: CaptureReader
    extractor: Extractor
    platforms: dict[str, Platform]
    pseudonym_key: bytes
    clock: Clock
    ids: Ids
    lease: Lease
    name: str = field(default="extract", init=False)
    _sightings: list[Sighting] = field(default_factory=list, init=False)
    _seen: set[int] = field(default_factory=set, init=False)

    def prepare(self) -> None:
        """Nothing to load."""

    def batch(self, after: int) -> tuple[int, int]:
        """Read one batch of captures."""
        version = self.extractor.version
        with self.ledger.write() as conn:
            claimed = stages.claim(conn, self.name, version, after=after, **self.lease.terms(self.clock))
            sealed = captures.get_sealed(conn, claimed)
            rendered = captures.children(conn, claimed)
        if not claimed:
            return 0, after
        read = [(s, self._read(s, rendered[s.capture.id])) for s in sealed]
        with self.ledger.write() as conn:
            self._sightings, self._seen = [], set()
            outcomes = [(s.capture.id, self._store(conn, s.capture, answer)) for s, answer in read]
            listings.add_sightings(conn, self._sightings)
            listings.bump_all(conn, self._seen)
            stages.finish(conn, self.name, version, outcomes, at=self.clock())
        return len(claimed), claimed[-1]

    def _read(self, sealed: Sealed, children: list[Capture]) -> Page | str:
        """The page, or the declared rule by which the capture is not read."""
        capture = sealed.capture
        if any(child.role is Role.DOM for child in children):
            return "read_as_rendered"
        if capture.status is not None and 300 <= capture.status < 400:
            return "redirect"
        if capture.outcome not in _READABLE:
            return str(capture.outcome)
        if not sealed.locations:
            return "bytes_expired"
        body = self.reader.payload(sealed)
        if capture.media_type == LISTING_ROW:
            row = json.loads(body)
            return Page(kind=PageKind.LISTING, listing=_fields(row), provenance=dict.fromkeys(row, "imported"))
        return self.extractor.extract(
            body, url=capture.url, platform=capture.platform, media_type=capture.media_type, status=capture.status, at=iso(capture.at)
        )

    def _store(self, conn: Connection, capture: Capture, answer: Page | str) -> str:
        if isinstance(answer, str):
            if answer not in ("read_as_rendered", "redirect", "bytes_expired"):
                self._sight(conn, capture, SightingKind.UNREACHABLE)
            return answer
        for problem in answer.issues:
            self._issue(conn, capture, problem.code, problem.message)
        absence = _absence(capture, answer)
        if absence is not None:
            self._sight(conn, capture, absence)
            return str(absence)
        if answer.kind not in _CONTENT:
            return str(answer.kind)
        if answer.listing.title is None and answer.listing.description is None:
            self._sight(conn, capture, SightingKind.PARSE_FAILURE)
            self._issue(conn, capture, "parse_failure", f"{capture.url}: a page of kind {answer.kind} without title and text")
            return "parse_failure"
        return self._store_version(conn, capture, answer)

    def _store_version(self, conn: Connection, capture: Capture, page: Page) -> str:
        fields = storable(replace(page.listing, url=page.listing.url or capture.url))
        listing = listings.find_or_add_listing(
            conn,
            new_id=self.ids(),
            platform=capture.platform,
            native_id=self._native_id(capture, fields),
            url=capture.url,
            first_seen=capture.at,
        )
        kind = _PRESENCE.get(fields.availability or "", SightingKind.PRESENT)
        # revision 0 says that this transaction has just added it
        is_new = listing.revision == 0 and listing.id not in self._seen
        self._note(listing.id, capture, kind)
        content = digest_of({name: getattr(fields, name) for name in _SUBSTANCE})
        latest = None if is_new else listings.latest_version(conn, listing.id)
        if latest is not None and latest.content_digest == content and latest.extractor == self.extractor.version:
            return "unchanged"
        version = ListingVersion(
            id=self.ids(), listing=listing.id, capture=capture.id, at=capture.at, content_digest=content, kind=page.kind,
            price=fields.price,
            currency=fields.currency, quantity=fields.quantity, unit=fields.unit, country=fields.country, category=fields.category,
            language=fields.language, posted_at=fields.posted_at, availability=fields.availability, intent_hint=fields.intent_hint,
            seller=self._pseudonym(capture.platform, fields), images=len(fields.images), provenance=page.provenance,
            extractor=self.extractor.version,
        )  # fmt: skip
        listings.add_version(conn, version, ListingBody(version=version.id, fields=fields))
        return "new" if latest is None else "changed"

    def _pseudonym(self, platform: str, fields: ListingFields) -> str | None:
        handle = fields.seller_url or fields.seller
        return None if handle is None else pseudonym(self.pseudonym_key, platform, handle)

    def _native_id(self, capture: Capture, fields: ListingFields) -> str:
        platform = self.platforms.get(capture.platform)
        by_rule = platform.native_id(capture.url) if platform is not None else None
        return by_rule or fields.native_id or sha256(capture.url.encode())[7:27]

    def _sight(self, conn: Connection, capture: Capture, kind: SightingKind) -> None:
        """Note an absence of a listing that is known; an unknown address is no listing yet."""
        listing = listings.find_listing(conn, capture.platform, self._native_id(capture, ListingFields()))
        if listing is not None:
            self._note(listing.id, capture, kind)

    def _note(self, listing: int, capture: Capture, kind: SightingKind) -> None:
        """Sightings and revisions of a batch are stored together at its end, in the same transaction."""
        self._seen.add(listing)
        self._sightings.append(Sighting(id=self.ids(), listing=listing, capture=capture.id, kind=kind, at=capture.at))

    def _issue(self, conn: Connection, capture: Capture, code: str, message: str) -> None:
        issues.add_issue(conn, Issue(id=self.ids(), stage=self.name, record=capture.id, code=code, message=message[:500], at=self.clock()))


_READABLE = {CaptureOutcome.OK, CaptureOutcome.TRUNCATED_LENGTH, CaptureOutcome.TRUNCATED_TIME, CaptureOutcome.TRUNCATED_DISCONNECT}
_PRESENCE = {"sold": SightingKind.SOLD, "expired": SightingKind.EXPIRED, "removed": SightingKind.REMOVED}


def storable(fields: ListingFields) -> ListingFields:
    """Fields without lone surrogates and NULs, which neither database nor JSON can hold; a mark stands in their place."""
    clean: dict[str, Any] = {}
    for name in ListingFields.__dataclass_fields__:
        value = getattr(fields, name)
        if isinstance(value, str):
            clean[name] = _storable_text(value)
        elif isinstance(value, tuple):
            clean[name] = tuple(_storable_text(part) for part in value)
    return replace(fields, **clean)


def _storable_text(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _absence(capture: Capture, page: Page) -> SightingKind | None:
    """The typed absence that status and page speak of, or None when the listing is there.

    A 404 or 410 is `gone` whatever its page says: "not found" does not say that anybody removed anything.
    """
    if capture.status in (404, 410):
        return SightingKind.GONE
    if page.kind is PageKind.GONE:
        return SightingKind.REMOVED
    if page.kind is PageKind.BLOCKED or capture.status in _BLOCK_STATUSES:
        return SightingKind.LOGIN_WALL if capture.status == 401 else SightingKind.CHALLENGE
    if capture.status is not None and capture.status >= 400:
        return SightingKind.UNREACHABLE
    return None


def _fields(row: dict[str, Any]) -> ListingFields:
    """An imported row's fields; the importer has validated names and types."""
    tuples = {name: tuple(row[name]) for name in ("images", "shipping", "payment", "contacts") if row.get(name) is not None}
    return ListingFields(**{**{name: value for name, value in row.items() if name in ListingFields.__dataclass_fields__}, **tuples})
