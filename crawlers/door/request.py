"""Writes the bytes of a request."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawlers.door.target import Target, UrlRefused

_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_UNSAFE_VALUE = re.compile(rb"[\x00\r\n]")
_OWN = frozenset(
    {b"host", b"user-agent", b"accept-encoding", b"connection", b"content-length", b"transfer-encoding",
     b"keep-alive", b"proxy-connection", b"proxy-authorization", b"upgrade", b"te", b"trailer", b"expect"}
)  # fmt: skip
"""What the door sets itself, and hop-by-hop fields, which are nobody else's business (RFC 9110, 7.6.1)."""


def build_request(method: str, target: Target, *, headers: Iterable[tuple[bytes, bytes]], body: bytes, user_agent: bytes) -> bytes:
    """Request line, fields, blank line and body; raises UrlRefused for what would break out of its line.

    Asks for gzip and deflate only: what is kept must be readable with the standard library.
    """
    verb = method.encode("ascii", "replace")
    if not _TOKEN.match(verb):
        raise UrlRefused(f"{method!r} is not a method")
    lines = [verb + b" " + target.path + b" HTTP/1.1", b"Host: " + target.authority, b"User-Agent: " + user_agent]
    for name, value in headers:
        if name.lower() in _OWN:
            continue
        if not _TOKEN.match(name) or _UNSAFE_VALUE.search(value):
            raise UrlRefused(f"the request field {name[:40]!r} is not well formed")
        lines.append(name + b": " + value)
    lines.append(b"Accept-Encoding: gzip, deflate")
    lines.append(b"Connection: keep-alive")
    if body or method in ("POST", "PUT", "PATCH"):
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
