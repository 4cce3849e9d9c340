"""A URL cut into what a request needs. Refuses what the door never sends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

_PORTS = {"http": 80, "https": 443}
_PLAIN_PATH = re.compile(r"[!-~]*\Z")
# Everything that a URL may carry as it is; controls, spaces and non-ASCII are percent-encoded.
_SAFE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_MAX_URL = 65_536


class UrlRefused(ValueError):
    """The URL is not one that the door sends; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes."""

    tls: bool
    host: str
    """Lower case, A-labels, no brackets."""
    port: int
    authority: bytes
    """Value of the Host header."""
    path: bytes
    """Origin form: path and query."""

    @property
    def origin(self) -> tuple[bool, str, int]:
        """Connections to the same origin are interchangeable."""
        return (self.tls, self.host, self.port)


@lru_cache(maxsize=4096)
def _origin_of(scheme: str, netloc: str) -> tuple[bool, str, int, bytes]:
    if scheme not in _PORTS:
        raise UrlRefused(f"the door does not open {scheme!r} addresses")
    parts = urlsplit(f"{scheme}://{netloc}")
    try:
        host, port = parts.hostname or "", parts.port or _PORTS[scheme]
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise UrlRefused(f"no usable host in {netloc!r}: {error}") from error
    if not ascii_host or len(ascii_host) > 253 or not re.fullmatch(r"[A-Za-z0-9._:%-]+", ascii_host):
        raise UrlRefused(f"no usable host in {netloc!r}")
    shown = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    authority = shown if port == _PORTS[scheme] else f"{shown}:{port}"
    return scheme == "https", ascii_host.lower(), port, authority.encode("ascii")


def parse_target(url: str) -> Target:
    """Cut an absolute http or https URL; raises UrlRefused. User names and fragments are not sent."""
    if len(url) > _MAX_URL:
        raise UrlRefused(f"the address has {len(url)} characters")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise UrlRefused(f"not an address: {error}") from error
    tls, host, port, authority = _origin_of(parts.scheme.lower(), parts.netloc)
    path = parts.path or "/"
    if not path.startswith("/"):
        path = "/" + path
    if parts.query:
        path = f"{path}?{parts.query}"
    if not _PLAIN_PATH.match(path):
        path = quote(path.encode("utf-8", "surrogatepass"), safe=_SAFE)
    return Target(tls=tls, host=host, port=port, authority=authority, path=path.encode("ascii"))
