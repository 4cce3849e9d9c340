"""What a page says, and the listing it says it about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PageKind(StrEnum):
    """What a stored page is (`interfaces.md`, extract)."""

    LISTING = "listing"
    SEARCH = "search"
    THREAD = "thread"
    CHANNEL = "channel"
    POST = "post"
    SHELL = "shell"
    """The items are drawn by script: a browser is needed."""
    BLOCKED = "blocked"
    """A challenge or a login wall."""
    GONE = "gone"
    """A removal notice."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractIssue:
    """Something that the extraction could not do, for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFields:
    """Fields of a listing page. None means that the page does not state it; nothing is guessed."""

    native_id: str | None = None
    url: str | None = None
    title: str | None = None
    description: str | None = None
    price: str | None = None
    """Decimal number as text, `1234.56`."""
    currency: str | None = None
    """ISO 4217."""
    quantity: str | None = None
    unit: str | None = None
    seller: str | None = None
    seller_url: str | None = None
    location: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    images: tuple[str, ...] = ()
    posted_at: str | None = None
    """ISO 8601 in UTC."""
    category: str | None = None
    shipping: tuple[str, ...] = ()
    payment: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    language: str | None = None
    availability: str | None = None
    """`in_stock`, `sold`, `expired`, `removed`, or None."""
    intent_hint: str | None = None
    """`offer` or `wanted` where the platform itself says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageItem:
    """One entry of a search page, in page order."""

    native_id: str | None = None
    url: str | None = None
    title: str | None = None
    price: str | None = None
    currency: str | None = None
    seller: str | None = None
    location: str | None = None
    intent_hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What extraction read off one stored page."""

    kind: PageKind
    listing: ListingFields = ListingFields()
    items: tuple[PageItem, ...] = ()
    next_page: str | None = None
    provenance: dict[str, str] = field(default_factory=dict)
    """Field name to how it was found: `jsonld`, `microdata`, `opengraph`, `state`, `platform`, `text`..."""
    issues: tuple[ExtractIssue, ...] = ()


class SightingKind(StrEnum):
    """A dated observation of a listing; absence is typed, and a failure is never an absence."""

    PRESENT = "present"
    SOLD = "sold"
    EXPIRED = "expired"
    REMOVED = "removed_by_platform"
    GONE = "gone"
    """404 or 410 without a notice."""
    LOGIN_WALL = "login_wall"
    CHALLENGE = "challenge"
    ROBOTS = "robots"
    PARSE_FAILURE = "parse_failure"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A listing on a platform; one document in the index, for ever."""

    id: int
    platform: str
    native_id: str
    url: str
    revision: int
    """Grows in the transaction that changes anything the document shows."""
    first_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingVersion:
    """What one capture said of a listing, without text or person data."""

    id: int
    listing: int
    capture: int
    at: datetime
    content_digest: str
    """Digest of the fields that an officer decides on; equal when nothing of substance changed."""
    kind: PageKind
    price: str | None
    currency: str | None
    quantity: str | None
    unit: str | None
    country: str | None
    category: str | None
    language: str | None
    posted_at: str | None
    availability: str | None
    intent_hint: str | None
    seller: str | None
    """Keyed pseudonym."""
    images: int
    provenance: dict[str, str]
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingBody:
    """Text and person data of a version; purgeable."""

    version: int
    fields: ListingFields
    """Everything as the page states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A dated, typed observation of a listing by one capture."""

    id: int
    listing: int
    capture: int
    kind: SightingKind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two listings that may be one thing, with the evidence; an officer confirms it."""

    id: int
    a: int
    b: int
    kind: str
    evidence: dict[str, str]
    strength: float
