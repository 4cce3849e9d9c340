"""How much and how long one exchange may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps of one exchange. What is cut keeps its bytes and is marked."""

    max_body: int = 16 * 1024 * 1024
    """Bytes behind the header block as they come over the wire, chunk framing included."""
    max_header_bytes: int = 256 * 1024
    """Status lines and headers, interim (1xx) responses included; trailers have the same cap."""
    max_decoded: int = 64 * 1024 * 1024
    """Bytes after content coding is removed (a gzip bomb stops here)."""
    max_redirects: int = 20
    """Enforced by whoever uses the door; the number that browsers use."""
    connect_seconds: float = 15.0
    """Name, connection and TLS handshake together."""
    idle_seconds: float = 20.0
    """Longest silence inside an exchange."""
    total_seconds: float = 60.0
    """The whole exchange after the connection stands (a slow drip stops here)."""
    keep_alive_seconds: float = 15.0
    """An idle connection older than this is not used again."""
