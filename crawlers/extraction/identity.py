"""The platform's own id of a listing, read off its address: the same for a card and for the page it leads to."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_QUERY = (
    "id",
    "item",
    "itemid",
    "item_id",
    "adid",
    "ad_id",
    "aid",
    "listing",
    "listingid",
    "lid",
    "p",
    "pid",
    "productid",
    "product_id",
    "goodsid",
    "t",
    "tid",
    "topic",
    "threadid",
    "offerid",
    "story_fbid",
    "v",
    "lot",
    "lotid",
)
_LETTER_ID = re.compile(r"(?=[A-Za-z0-9_-]*\d)[A-Za-z]{1,4}\d{5,}|[A-Z]{1,4}-\d{5,}|(?=.*\d)(?=.*[A-Z])[A-Z0-9]{8,14}")
_CODE = re.compile(r"(?=[^-]*[\dA-Z])(?=\d{0,12}[A-Za-z-])[A-Za-z0-9]{1,12}-?[A-Z0-9]{0,3}\d{3,}[A-Z0-9]{0,6}")
_CODES = re.compile(r"[0-9A-Z]{1,12}(?:-[0-9A-Za-z.]{0,24}\d[0-9A-Za-z]{0,24}){1,4}")
_TAIL = re.compile(r"(?:^|[-_./])(?:[a-z]{1,4}\.?)?(\d{4,20})(?:\.html?|\.php|\.aspx?)?$", re.I)
_HASH_TAIL = re.compile(r"(?:^|[-_.])(?:ID|i|m|iid-)?([A-Za-z0-9]{5,24})(?:\.html?)?$")


def native_id(url: str | None) -> str | None:  # noqa: C901 - one return for each case
    """Id in an address: a number or code that ends a path part, else a query's id; None when none stands out."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    segments = [unquote(segment) for segment in parts.path.split("/") if segment][-6:]
    for segment in reversed(segments):
        runs = re.findall(r"(?<!\d)\d{6,20}(?!\d)", segment)
        if runs and not _LETTER_ID.fullmatch(segment) and not _CODE.fullmatch(segment):
            longest = str(max(runs, key=len))
            # A short number beside other codes (`846508-10-B2`) is a shop's: only the whole tells items apart.
            return segment if len(longest) < 8 and _CODES.fullmatch(segment) else longest
        match = _TAIL.search(segment) if not (_LETTER_ID.fullmatch(segment) or _CODE.fullmatch(segment)) else None
        if match:
            return match[1]
        if _LETTER_ID.fullmatch(segment) or _CODE.fullmatch(segment):
            return segment
    query = {key.lower(): value for key, value in parse_qsl(parts.query)[:40]}
    for key in _QUERY:
        value = query.get(key)
        if value and re.fullmatch(r"[A-Za-z0-9_-]{2,40}", value) and any(c.isdigit() for c in value):
            return value
    for segment in reversed(segments):
        leading = re.match(r"(\d{4,20})[-_]", segment)
        if leading:
            return leading[1]
    if segments:
        match = _HASH_TAIL.search(segments[-1])
        if match and re.search(r"\d", match[1]) and re.search(r"[A-Za-z]", match[1]):
            return match[1]
    return None
