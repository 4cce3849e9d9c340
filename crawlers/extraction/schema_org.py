"""schema.org (and data-vocabulary) nodes, from JSON-LD or microdata, to facts of a listing and lists of items."""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from crawlers.extraction.document import Document, squash
from crawlers.extraction.facts import Facts
from crawlers.extraction.jsonld import Node, text_value, types_of
from crawlers.extraction.money import amount_text, data_amount, data_currency
from crawlers.extraction.places import address_text, country_code

GOODS = frozenset(
    [
        "Product",
        "ProductGroup",
        "ProductModel",
        "IndividualProduct",
        "SomeProducts",
        "Vehicle",
        "Car",
        "Motorcycle",
        "BusOrCoach",
        "Boat",
        "Offer",
        "AggregateOffer",
        "Book",
        "Apartment",
        "House",
        "SingleFamilyResidence",
        "Residence",
        "Accommodation",
        "RealEstateListing",
        "Place",
        "Event",
        "CreativeWork",
        "Painting",
        "VisualArtwork",
        "Sculpture",
        "Service",
        "LocalBusiness",
        "Demand",
        "JobPosting",
    ]
)
SURE_GOODS = frozenset(
    [
        "Product",
        "ProductGroup",
        "ProductModel",
        "IndividualProduct",
        "SomeProducts",
        "Vehicle",
        "Car",
        "Motorcycle",
        "Boat",
        "Offer",
        "Demand",
        "RealEstateListing",
        "VisualArtwork",
    ]
)
THREADS = frozenset(["DiscussionForumPosting", "QAPage", "Question"])
POSTS = frozenset(["SocialMediaPosting", "VideoObject"])
CHANNELS = frozenset(["ProfilePage"])
LISTS = frozenset(["ItemList", "OfferCatalog", "SearchResultsPage", "CollectionPage", "ProductCollection"])
_OPENED = ("mainEntity", "itemOffered", "about", "mainEntityOfPage", "item", "offers")
_TAG = re.compile(r"<[^>]{0,500}>")
_BREAK = re.compile(r"<br\s*/?>|</p>|</li>|</div>", re.I)
_AVAILABILITY = {
    "instock": "in_stock", "instoreonly": "in_stock", "onlineonly": "in_stock", "limitedavailability": "in_stock", "preorder": "in_stock", "presale": "in_stock", "backorder": "in_stock", "available": "in_stock",
    "outofstock": "sold", "soldout": "sold", "sold": "sold", "discontinued": "removed", "expired": "expired",
}  # fmt: skip


def plain(text: str | None) -> str | None:
    """Text without markup: entities read, tags away, breaks kept."""
    if text is None:
        return None
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return text.strip() or None


def opened(nodes: Iterable[Node]) -> list[Node]:
    """Top nodes and the entities that page nodes wrap, three levels deep, in order."""
    found: list[Node] = []
    stack = [(node, 0) for node in nodes]
    while stack and len(found) < 3_000:
        node, depth = stack.pop(0)
        found.append(node)
        if depth >= 3 or types_of(node) & SURE_GOODS:
            continue
        inner = [(value, depth + 1) for key in _OPENED for value in _listed(node.get(key)) if isinstance(value, dict) and types_of(value)]
        stack[:0] = inner[:50]
    return found


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value[:500] if isinstance(value, list) else [value]


def availability_of(value: Any) -> str | None:
    """One of `domain.listing`'s words for a schema.org ItemAvailability or the like."""
    text = text_value(value, "@id")
    if text is None:
        return None
    return _AVAILABILITY.get(re.sub(r"[^a-z]", "", text.rstrip("/").rsplit("/", 1)[-1].lower()))


def price_of(node: Node) -> tuple[Decimal | None, str | None, Node | None]:
    """Price, currency and the offer that states them: an offer's price, its specification's, the low end of a range."""
    offers = [o for o in _listed(node.get("offers") or node.get("offerDetails") or node.get("makesOffer")) if isinstance(o, dict)]
    offers += [inner for offer in offers for inner in _listed(offer.get("offers")) if isinstance(inner, dict)]
    best: tuple[Decimal | None, str | None, Node | None] = (None, None, offers[0] if offers else None)
    for offer in [*offers[:50], node]:
        specification = next(
            (s for s in _listed(offer.get("priceSpecification")) if isinstance(s, dict) and s.get("price") is not None), {}
        )
        currency_value = (
            offer.get("priceCurrency") or offer.get("currency") or specification.get("priceCurrency") or node.get("priceCurrency")
        )
        for value in (
            offer.get("price"),
            specification.get("price"),
            offer.get("lowPrice"),
            specification.get("minPrice"),
            offer.get("highPrice"),
        ):
            if isinstance(value, dict):
                currency_value = currency_value or value.get("currency") or value.get("priceCurrency")
            amount = data_amount(text_value(value, "value", "amount", "price"))
            if amount is None:
                continue
            currency = data_currency(text_value(currency_value)) or None
            found = (amount, currency, offer)
            if amount > 0:
                return found
            best = found if best[0] is None else best
    return best


def name_of(node: Node, document: Document) -> str | None:
    """A node's name; of several (a brand's beside the item's) the longest that the page's title repeats."""
    value = node.get("name")
    if isinstance(value, list):
        around = squash(f"{document.head_title} {document.metas.get('og:title', '')} {' '.join(document.headings[:3])}").lower()
        names = [name for v in value[:10] if (name := text_value(v)) and squash(name).lower() in around]
        if names:
            return max(names, key=len)
    return text_value(value)


def facts_of(node: Node, document: Document, source: str) -> Facts:
    """Everything a goods, post or profile node says."""
    facts = Facts(source=source)
    amount, currency, offer = price_of(node)
    offer = offer or {}
    inner = node.get("itemOffered") if isinstance(node.get("itemOffered"), dict) else {}
    facts.say("title", plain(name_of(node, document)))
    for key in ("name", "headline", "title"):
        facts.say("title", plain(text_value(node.get(key)) or text_value(inner.get(key) if inner else None)))
    facts.say(
        "description",
        plain(
            text_value(node.get("description"))
            or text_value(node.get("articleBody"))
            or text_value(node.get("text"))
            or text_value(inner.get("description") if inner else None)
        ),
    )
    if amount is not None:
        facts.say("price", amount_text(amount))
        facts.say("currency", currency)
    facts.say("url", document.absolute(text_value(node.get("url") or offer.get("url"), "@id")))
    for key in ("sku", "productID", "identifier", "mpn"):
        facts.say("native_id", _short(text_value(node.get(key), "value"), 80))
    facts.say("availability", availability_of(offer.get("availability") or node.get("availability")))
    if "Demand" in types_of(node):
        facts.say("intent_hint", "wanted")
    _say_seller(facts, document, node, offer)
    _say_place(facts, node, offer)
    facts.say_all(
        "images",
        [u for v in _listed(node.get("image") or node.get("photo")) if (u := document.absolute(text_value(v, "contentUrl", "url", "@id")))],
    )
    facts.say("category", _short(_category(node.get("category")), 300))
    for key in ("datePosted", "datePublished", "dateCreated", "uploadDate", "availabilityStarts"):
        facts.say("posted_at", _short(text_value(node.get(key) or offer.get(key)), 60))
    return facts


def _short(text: str | None, limit: int) -> str | None:
    return text if text is not None and len(text) <= limit else None


def _category(value: Any) -> str | None:
    if isinstance(value, list):
        return " > ".join(t for v in value[:8] if (t := plain(text_value(v)))) or None
    return plain(text_value(value))


def _say_seller(facts: Facts, document: Document, node: Node, offer: Node) -> None:
    for holder, key in (
        (offer, "seller"),
        (offer, "offeredBy"),
        (node, "seller"),
        (node, "offeredBy"),
        (node, "author"),
        (node, "creator"),
        (node, "provider"),
        (node, "vendor"),
    ):
        value = holder.get(key)
        if isinstance(value, list):
            value = next((v for v in value if v), None)
        name = plain(text_value(value, "name", "legalName", "alternateName"))
        if name and len(name) <= 120 and not name.startswith(("http", "_:")):
            facts.say("seller", name)
            if isinstance(value, dict):
                facts.say("seller_url", document.absolute(text_value(value.get("url") or value.get("@id"), "@id")))
                _say_address(facts, value.get("address") or value.get("location"))
            return


def _say_place(facts: Facts, node: Node, offer: Node) -> None:
    for holder, key in (
        (offer, "availableAtOrFrom"), (node, "availableAtOrFrom"), (node, "address"), (node, "location"), (node, "contentLocation"), (node, "jobLocation"), (node, "itemLocation"), (offer, "areaServed"), (node, "areaServed"),
    ):  # fmt: skip
        if key == "areaServed" and "location" in facts.values:
            continue
        _say_address(facts, holder.get(key))


def _say_address(facts: Facts, value: Any) -> None:
    if isinstance(value, list):
        value = next((v for v in value if v), None)
    if isinstance(value, str):
        text = plain(value)
        if text and len(text) <= 200 and not text.startswith("http") and re.search(r"[^\W\d_]", text):
            facts.say("location", squash(text))
            facts.say("country", country_code(text.rsplit(",", 1)[-1]))
        return
    if not isinstance(value, dict):
        return
    inner = value.get("address")
    if inner is not None:
        _say_address(facts, inner)
    facts.say("location", address_text(value) or (plain(text_value(value.get("name"))) if inner is None else None))
    facts.say("country", country_code(text_value(value.get("addressCountry") or value.get("country"), "name", "identifier")))


def listed_items(nodes: list[Node]) -> list[Node]:
    """Goods of the page's lists (ItemList and the like), else all goods nodes when there are three or more."""
    for node in nodes:
        if not types_of(node) & LISTS:
            continue
        elements = node.get("itemListElement") or node.get("itemOffered") or node.get("hasPart")
        found = [_opened_element(e) for e in _listed(elements) if isinstance(e, dict)]
        if len(found) >= 2:
            return found[:500]
    goods = [node for node in nodes if types_of(node) & SURE_GOODS and (node.get("name") or node.get("url"))]
    return goods if len(goods) >= 3 else []


def _opened_element(element: Node) -> Node:
    item = element.get("item")
    if isinstance(item, dict):
        merged = {**element, **item}
        merged.pop("item", None)
        return merged
    if isinstance(item, str):
        return {**element, "url": element.get("url") or item}
    return element
