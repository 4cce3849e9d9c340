"""Listing-like objects in a page's own data, told by their shape: a title, and a price or an address or an id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from crawlers.extraction import shapekeys as keys
from crawlers.extraction.dates import iso_of_data
from crawlers.extraction.document import Document
from crawlers.extraction.facts import Facts
from crawlers.extraction.money import Amount, data_amount, data_currency, find_amounts
from crawlers.extraction.places import address_text, country_code, country_in
from crawlers.extraction.schema_org import plain
from crawlers.extraction.state import walk_objects

_TITLE_KEYS = frozenset(keys.TITLE)


@lru_cache(maxsize=20_000)
def flat_key(key: str) -> str:
    """`seller_name` and `sellerName` alike."""
    return re.sub(r"[^a-z0-9]", "", key.lower())


@lru_cache(maxsize=20_000)
def _names_a_title(key: str) -> bool:
    return flat_key(key) in _TITLE_KEYS


def _titled(values: list[Any]) -> Iterator[tuple[dict[str, Any], tuple[Any, ...]]]:
    """The objects of `walk_objects` that have a key for a title."""
    return ((source, above) for source, above in walk_objects(values) if any(map(_names_a_title, source)))


def _folded(source: dict[str, Any]) -> dict[str, Any]:
    return {flat_key(k): v for k, v in list(source.items())[:300] if isinstance(k, str) and len(k) <= 60}


def _first(folded: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((folded[name] for name in names if folded.get(name) not in (None, "", [], {})), None)


def _text(value: Any, limit: int = 400) -> str | None:
    if isinstance(value, str):
        return value.strip() if 0 < len(value.strip()) <= limit else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None


def title_of(folded: dict[str, Any]) -> str | None:
    """A text that can be a title."""
    for key in keys.TITLE:
        value = folded.get(key)
        if isinstance(value, dict):
            value = _first(_folded(value), ("original", "text", "value", "rendered"))
        text = _text(value) if isinstance(value, str) else None
        if text and len(text) >= 2:
            return plain(text)
    return None


def price_of(folded: dict[str, Any], document: Document) -> Amount | None:
    """Price of an object: a number beside a currency, a text with a sign, or an object of amount and currency."""
    near = data_currency(_first(folded, keys.CURRENCY[:-2]))
    for key in keys.PRICE:
        value = folded.get(key)
        if key in ("pricecents", "priceincents") and isinstance(value, int):
            value = value / 100
        for _ in range(3):
            if isinstance(value, list):
                value = value[0] if value else None
            if not isinstance(value, dict):
                break
            inner = _folded(value)
            near = data_currency(_first(inner, keys.CURRENCY)) or near
            cents = next(
                (
                    inner[k]
                    for k in ("cents", "centamount", "minorunits", "amountcents", "pricecents", "amountincents", "minorunitamount")
                    if isinstance(inner.get(k), int)
                ),
                None,
            )
            value = cents / 100 if cents is not None else _first(inner, keys.AMOUNT)
        if isinstance(value, str) and len(value) <= 120:
            found = next(find_amounts(value, document.locale), None)
            if found is not None and found.value > 0:
                return Amount(value=found.value, currency=near or found.currency, sign=found.sign)
        amount = data_amount(value) if not isinstance(value, dict | list) else None
        if amount is not None and amount > 0:
            return Amount(value=amount, currency=near, sign=None)
    return None


def place_of(folded: dict[str, Any]) -> tuple[str | None, str | None]:
    """Place and country of an object: named parts joined small to large, else a place text or object."""
    parts: list[str] = []
    for names in keys.PLACE_PARTS:
        value = _first(folded, names)
        if isinstance(value, dict):
            value = _first(_folded(value), ("name", "label", "title", "value"))
        text = _text(value, 80)
        if text and re.search(r"[^\W\d_]", text) and text.lower() not in (p.lower() for p in parts):
            parts.append(text)
    if len(parts) >= 2 or (parts and not any(folded.get(k) for k in ("location", "address", "itemlocation", "place"))):
        if len(parts) == 1 and country_code(parts[0]):
            return None, country_code(parts[0])
        return ", ".join(parts), country_code(parts[-1]) if len(parts) > 1 else None
    for key in keys.PLACE:
        value = folded.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            inner = _folded(value)
            deeper = place_of({k: v for k, v in inner.items() if k != key}) if len(inner) < 60 else (None, None)
            text = (
                deeper[0]
                or address_text(value)
                or _text(_first(inner, ("label", "fullname", "formatted", "displayname", "name", "title", "text")), 120)
            )
            if text and re.search(r"[^\W\d_]", text):
                return text, deeper[1] or country_in(text)
        text = _text(value, 120) if isinstance(value, str) else None
        if text and re.search(r"[^\W\d_]", text) and not text.startswith(("http", "/")):
            return text, country_in(text)
    return (", ".join(parts), None) if parts else (None, None)


def seller_of(folded: dict[str, Any], document: Document) -> tuple[str | None, str | None]:
    """Name and page of the seller."""
    for key in keys.SELLER:
        value = folded.get(key)
        if isinstance(value, dict):
            inner = _folded(value)
            name = _text(_first(inner, keys.SELLER_NAME), 100)
            if name and re.search(r"[^\W_]", name):
                return plain(name), document.absolute(_text(_first(inner, ("url", "profileurl", "link", "href", "shopurl")), 1000))
        elif (
            isinstance(value, str)
            and key not in ("user", "profile", "account", "member")
            and (name := _text(value, 100))
            and not name.startswith(("http", "/"))
        ):
            return plain(name), None
    return None, None


def facts_of_object(source: dict[str, Any], document: Document) -> Facts:
    """What a listing-like object says."""
    facts = Facts(source="state")
    folded = _folded(source)
    facts.say("title", title_of(folded))
    price = price_of(folded, document)
    if price is not None:
        facts.say("price", price.text)
        facts.say("currency", price.currency)
    seller, seller_url = seller_of(folded, document)
    facts.say("seller", seller)
    facts.say("seller_url", seller_url if seller else None)
    place, country = place_of(folded)
    facts.say("location", place)
    facts.say("country", country)
    description = _first(folded, keys.DESCRIPTION)
    facts.say("description", plain(description[:50_000]) if isinstance(description, str) and len(description) > 20 else None)
    for key in keys.ID:
        value = folded.get(key)
        if isinstance(value, int | str) and not isinstance(value, bool) and re.fullmatch(r"[\w-]{2,40}", str(value)):
            facts.say("native_id", str(value))
    url = _first(folded, keys.URL)
    facts.say("url", document.absolute(url) if isinstance(url, str) and ("/" in url) else None)
    facts.say("posted_at", iso_of_data(_first(folded, keys.DATE)))
    images = _first(folded, keys.IMAGES)
    facts.say_all("images", [u for v in (images if isinstance(images, list) else [images])[:50] if (u := _image(v, document))])
    category = _first(folded, ("category", "categoryname", "categorytitle", "subcategory"))
    if isinstance(category, dict):
        category = _first(_folded(category), ("name", "title", "label"))
    facts.say("category", _text(category, 120) if isinstance(category, str) else None)
    return facts


def _image(value: Any, document: Document) -> str | None:
    if isinstance(value, dict):
        value = _first(_folded(value), ("original", "url", "src", "large", "full", "href", "link", "contenturl"))
    return document.absolute(value) if isinstance(value, str) and ("/" in value) else None


def main_object(values: list[Any], document: Document, titles: list[str]) -> Facts | None:
    """The object whose title is the page's, richest first, filled up from objects around it of the same listing."""
    wanted = {_loose(title) for title in titles if len(title) > 3}
    found: list[Facts] = []
    for source, above in _titled(values):
        title = title_of(_folded(source))
        if title is None or _loose(title) not in wanted:
            continue
        facts = facts_of_object(source, document)
        for holder in reversed(above[-2:]):
            if len(holder) <= 80:
                around = facts_of_object({k: v for k, v in holder.items() if v is not source}, document)
                for name in ("price", "currency", "seller", "seller_url", "location", "country"):
                    if name != "currency" or facts.get("price") == around.get("price"):
                        facts.say(name, around.get(name))
        found.append(facts)
        if len(found) >= 40:
            break
    if not found:
        return None
    found.sort(key=lambda f: -sum(name in f.values for name in ("price", "seller", "location", "description", "currency", "images")))
    best = found[0]
    for other in found[1:]:
        for name in ("price", "currency", "seller", "location", "country", "description", "posted_at", "category"):
            if name == "currency" and best.get("price") != other.get("price"):
                continue
            best.say(name, other.get(name))
    return best


def _loose(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def listed_objects(values: list[Any], document: Document) -> list[Facts]:
    """The longest list of listing-like objects (a title and a price each), in order."""
    lists: dict[int, list[Facts]] = defaultdict(list)
    for source, above in _titled(values):
        folded = _folded(source)
        title = title_of(folded)
        if title is None or len(title) < 3:
            continue
        price = price_of(folded, document)
        if price is None or not any(folded.get(key) for key in (*keys.ID, *keys.URL)):
            continue
        lists[id(above[-1]) if above else 0].append(facts_of_object(source, document))
        if sum(len(v) for v in lists.values()) > 600:
            break
    best = max(lists.values(), key=len, default=[])
    if len(best) < 3:
        best = [facts for group in lists.values() for facts in group]
    return best if len(best) >= 3 else []
