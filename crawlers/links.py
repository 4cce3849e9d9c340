"""Links of a page that the platform file's `listing_url` knows for listings."""

from __future__ import annotations

from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from crawlers.platforms import Platform

_MOST = 500


def listing_links(body: bytes, base: str, platform: Platform) -> list[tuple[str, str | None]]:
    """(address, text) of each listing once, in page order, at most 500; the longest text of its links is its title."""
    found: dict[str, tuple[str, str | None]] = {}
    for node in LexborHTMLParser(body).css("a[href]"):
        href = node.attributes.get("href") or ""
        if len(href) > 4096:
            continue
        try:
            url = urljoin(base, href)
            native_id = platform.native_id(url) if platform.covers(url) else None
        except ValueError:
            continue
        if native_id is None:
            continue
        title = " ".join(node.text().split())[:500] or None
        known = found.get(native_id)
        if known is None:
            found[native_id] = (url, title)
            if len(found) >= _MOST:
                break
        elif title and len(title) > len(known[1] or ""):
            found[native_id] = (known[0], title)
    return list(found.values())
