"""Bytes obtained once, and where copies of them lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What the bytes of a capture are."""

    PAGE = "page"
    """A document as served (request and response as they went over the wire)."""
    ROBOTS = "robots"
    SUBRESOURCE = "subresource"
    """Anything a rendered page fetched besides its main document."""
    DOM = "dom"
    """The serialised DOM after rendering; `parent` is the page."""
    SCREENSHOT = "screenshot"
    """A full-page PNG; `parent` is the page."""
    CERTIFICATES = "certificates"
    """A server's certificate chain, PEM, stored once a segment."""
    IMPORTED = "imported"
    """Bytes that somebody else obtained and gave us; `origin` states who and how."""


class CaptureOutcome(StrEnum):
    """How a fetch ended. Every fetch ends in exactly one of these."""

    OK = "ok"
    """A complete HTTP response, whatever its status."""
    TRUNCATED_LENGTH = "truncated_length"
    """Cut at the size cap; the bytes until there are kept (WARC-Truncated: length)."""
    TRUNCATED_TIME = "truncated_time"
    """Cut at the time cap (WARC-Truncated: time)."""
    TRUNCATED_DISCONNECT = "truncated_disconnect"
    """The server closed before its own framing said so (WARC-Truncated: disconnect)."""
    BAD_RESPONSE = "bad_response"
    """What came is not HTTP/1.x; the bytes are kept as they came."""
    HEADERS_TOO_LARGE = "headers_too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ADDRESS_REFUSED = "address_refused"
    """The name resolves to an address that the door does not open."""
    NAME_UNKNOWN = "name_unknown"
    CONNECT_FAILED = "connect_failed"
    TLS_FAILED = "tls_failed"
    TIMEOUT = "timeout"
    """No response bytes before the time cap."""
    ROBOTS_DENIED = "robots_denied"
    BUDGET_SPENT = "budget_spent"
    RENDER_FAILED = "render_failed"


class RobotsDecision(StrEnum):
    """Under what robots decision the bytes were fetched."""

    ALLOWED = "allowed"
    NO_ROBOTS = "no_robots"
    OVERRIDDEN = "overridden"
    """The platform file records a decision with its legal basis."""
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """The session of the very connection that carried the bytes."""

    version: str
    cipher: str
    chain: tuple[bytes, ...]
    """DER certificates, leaf first, as the server sent them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What the door returns: exact bytes of one request and one response."""

    url: str
    method: str
    request: bytes
    """Request line, headers, blank line and body as sent."""
    response: bytes
    """Status line, headers, blank line and body as received, transfer and content coding included; may be empty."""
    outcome: CaptureOutcome
    detail: str
    """A sentence for people when `outcome` is not ok; empty otherwise."""
    status: int | None
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    """Payload with transfer coding removed, content coding kept."""
    peer: str | None
    """`address:port` that answered."""
    tls: Tls | None
    started: datetime
    ended: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One WARC record in the log leaf of a capture: digest and length of its compressed bytes, never a place."""

    type: str
    """WARC-Type: response, request, resource, metadata, revisit."""
    digest: str
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Bytes obtained once; the truth about it is its leaf in the evidence log."""

    id: int
    draw: int
    platform: str
    role: Role
    url: str
    method: str
    status: int | None = None
    outcome: CaptureOutcome
    at: datetime
    payload_digest: str
    """SHA-256 of the payload (`Exchange.body`, or the resource's bytes)."""
    payload_length: int
    records: tuple[Record, ...]
    peer: str | None = None
    tls_version: str | None = None
    tls_cipher: str | None = None
    tls_chain: tuple[str, ...] = ()
    """Digests of the certificates; the DER lies in a `certificates` capture of the same store."""
    robots: RobotsDecision = RobotsDecision.NOT_APPLICABLE
    parent: int | None = None
    """The page this was rendered from or fetched for; the redirecting capture for a redirect's target."""
    refers_to: int | None = None
    """The capture that holds the payload when this one is a revisit."""
    origin: str | None = None
    """Who obtained imported bytes, and how; None for our own."""
    media_type: str | None = None
    """Content-Type as stated by the server: a claim."""
    config: str = ""
    """Digest of the effective configuration."""
    software: str = ""
    """Versions of what captured it."""
    log: str = ""
    position: int = -1
    """Index of its leaf in `log`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where one record of a capture lies now; can be rebuilt, moves, may be gone."""

    capture: int
    record: int
    """Index into `Capture.records`."""
    tier: str
    """`intake` or `kept`."""
    segment: str
    """Path below the store."""
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A capture with the places of its records, as the sealer acknowledges it: both are durable."""

    capture: Capture
    locations: tuple[Location, ...] = field(default=())
