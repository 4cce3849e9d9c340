"""Entries of a search page from its cards: title, link, price, seller, place; decoys and the site's own banners left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document, class_names, node_text, squash
from crawlers.extraction.facts import Facts
from crawlers.extraction.identity import native_id
from crawlers.extraction.labels import FREE, PLACE_PREFIX, SELLER_PREFIX, TITLE_PREFIX, WANTED
from crawlers.extraction.money import QUICK
from crawlers.extraction.prices import bare_price, best_shown, marked_price, shown_amounts, text_nodes
from domain.listing import PageItem

MAX_ITEMS = 1_000
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.I)
_PLACEHOLDER = re.compile(r"(?:^|[\s_-])(?:placeholder|skeleton|template|hidden|ghost)(?:$|[\s_-])", re.I)
_TITLE = '[itemprop="name"], [class*="title" i], [class*="titulo" i], [class*="titel" i], [data-testid*="title" i], [data-qa*="title" i], [class*="subject" i], [class*="headline" i], [class*="name" i], [role="heading"], h2, h3, h4, h5, h1, h6'  # noqa: E501
_NOT_TITLE = re.compile(
    r"subtitle|sub-title|sub_title|seller|shop|store|brand|vendor|user|price|badge|label|rating|location|category|username|file-?name|sr-only|visually|clipped",
    re.I,
)
_LOCATION = '[class*="location" i], [class*="locality" i], [class*="address" i], [class*="ort" i][class*="art" i], [data-testid*="location" i], [data-qa*="location" i], [class*="hood" i], [class*="city" i], [class*="place" i], [class*="region" i], [class*="localisation" i], [class*="ubicacion" i], [class*="lokal" i]'  # noqa: E501
_SELLER = '[class*="seller" i], [class*="shopname" i], [class*="shop-name" i], [class*="shop_name" i], [class*="store-name" i], [class*="storename" i], [class*="vendor" i], [class*="merchant" i], [data-testid*="seller" i], [class*="username" i], [class*="user-name" i]'  # noqa: E501


_LOCATION_WORDS = ("location", "locality", "address", "ort", "hood", "city", "place", "region", "localisation", "ubicacion", "lokal")
_SELLER_WORDS = ("seller", "shopname", "shop-name", "shop_name", "store-name", "storename", "vendor", "merchant", "username", "user-name")
"""What the selectors above look for: a page that names no part so is not asked card by card."""


def items_of(document: Document, cards: list[LexborNode]) -> list[PageItem]:
    """One item for each true card, in page order."""
    read = [(card, item) for card in cards[:MAX_ITEMS] if not _is_hidden(card) and (item := _item(document, card)) is not None]
    hosts = Counter(urlsplit(item.url or "").netloc for _, item in read if item.price is not None)
    home = hosts.most_common(1)[0][0] if hosts else ""
    site = document.site_names
    kept = []
    named: dict[str, set[str]] = defaultdict(set)
    for _, item in read:
        named[item.native_id or ""].add(item.title or "")
    ids = Counter(item.native_id for _, item in read if item.native_id)
    usual = Counter(len(key) for key in ids).most_common(1)[0][0] if ids else 0
    for _, item in read:
        title = (item.title or "").lower()
        if any(name in title for name in site) and len(title.split()) <= 4 and item.native_id is not None and len(item.native_id) < usual:
            continue
        if item.native_id is not None and ids[item.native_id] > 1 and len(item.native_id) < usual - 2 and len(named[item.native_id]) == 1:
            continue
        if item.price is None and home and urlsplit(item.url or "").netloc not in (home, ""):
            continue
        kept.append(item)
    return kept


def _is_hidden(card: LexborNode) -> bool:
    attributes = card.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(attributes.get("style") or ""))
        or bool(_PLACEHOLDER.search(attributes.get("class") or ""))
    )


def _item(document: Document, card: LexborNode) -> PageItem | None:
    anchors = card.css("a[href]")
    if card.tag == "a":
        anchors = [card, *anchors]
    title_node, title = _title(card, anchors)
    if not title:
        return None
    link = _link(title_node, anchors)
    url = document.absolute(link.attributes.get("href")) if link is not None else None
    price, currency = _price(document, card, title)
    location = _short_text(card, _LOCATION, PLACE_PREFIX) if document.names_any(_LOCATION_WORDS) else None
    seller = _short_text(card, _SELLER, SELLER_PREFIX) if document.names_any(_SELLER_WORDS) else None
    return PageItem(
        native_id=native_id(url) or _own_id(card),
        url=url,
        title=title,
        price=price,
        currency=currency,
        seller=seller,
        location=location,
        intent_hint="wanted" if WANTED.search(title) else None,
    )


def _own_id(card: LexborNode) -> str | None:
    for key in (
        "data-pid",
        "data-id",
        "data-item-id",
        "data-itemid",
        "data-listing-id",
        "data-adid",
        "data-ad-id",
        "data-product-id",
        "id",
    ):
        value = card.attributes.get(key)
        if value and len(value) <= 60 and re.search(r"\d{3}", value):
            return value
    return None


def _title(card: LexborNode, anchors: list[LexborNode]) -> tuple[LexborNode | None, str]:
    best: tuple[LexborNode | None, str] = (None, "")
    for node in card.css(_TITLE)[:12]:
        names = class_names(node)
        if _NOT_TITLE.search(names) or (node.tag not in ("h1", "h2", "h3", "h4", "h5", "h6") and node.css_first("h2, h3, h4") is not None):
            continue
        text = TITLE_PREFIX.sub("", _own_title(node))
        if (2 if text.isascii() else 1) <= len(text) <= 400 and re.search(r"[^\W\d_]", text) and not _is_price_text(text):
            best = (node, text)
            break
    if best[1]:
        return best
    links = sorted(((len(text := node_text(a, 400)), a, text) for a in anchors[:10]), key=lambda t: -t[0])
    for anchor in anchors[:10]:
        said = squash(anchor.attributes.get("title") or anchor.attributes.get("aria-label") or "")
        if len(said) >= 4 and not _is_price_text(said):
            return anchor, said
    for image in card.css("img[alt]")[:2]:
        said = squash(image.attributes.get("alt") or "")
        if len(said) >= 8 and (not links or links[0][0] > 200 or links[0][0] < len(said)):
            return image, said
    for _, anchor, text in links:
        if 3 <= len(text) <= 300 and re.search(r"[^\W\d_]", text):
            return anchor, text
    return None, ""


def _own_title(node: LexborNode) -> str:
    shown = node_text(node, 500).rstrip(".… ")
    for holder in (node, node.css_first("a[title]")):
        said = squash(holder.attributes.get("title") or "") if holder is not None else ""
        if len(said) >= len(shown) and said.lower().startswith(shown[:12].lower()):
            return said
    for hidden in node.css('[class*="clipped" i], [class*="sr-only" i], [class*="visually-hidden" i]'):
        hidden.decompose()
    return node_text(node, 500)


def _is_price_text(text: str) -> bool:
    return bool(re.fullmatch(r"[\d\W]+|\W*(?:[A-Za-z]{1,3}\W?)?\s?\d[\d.,\s]*(?:\s?[^\W\d]{1,3})?", text)) and (
        QUICK.search(text) is not None or not re.search(r"[^\W\d]", text)
    )


def _link(title_node: LexborNode | None, anchors: list[LexborNode]) -> LexborNode | None:
    if title_node is not None:
        inner = title_node.css_first("a[href]") if title_node.tag != "a" else title_node
        if inner is not None:
            return inner
        current: LexborNode | None = title_node
        for _ in range(6):
            if current is None:
                break
            if current.tag == "a" and current.attributes.get("href"):
                return current
            current = current.parent
    usable = [a for a in anchors if not (a.attributes.get("href") or "#").startswith(("#", "javascript:", "mailto:", "tel:"))]
    return usable[0] if usable else None


def _price(document: Document, card: LexborNode, title: str) -> tuple[str | None, str | None]:
    marked = marked_price(card) if document.has("itemprop") else None
    if marked is not None and marked[1] is not None:
        return marked
    pieces = [piece for piece in text_nodes(card) if piece.text not in title or len(piece.text) < 12]
    found = list(shown_amounts(pieces, document.locale))
    shown = best_shown(found)
    if marked is not None:
        return marked[0], shown.amount.currency if shown is not None else document.declared_currency
    if shown is not None:
        return shown.amount.text, shown.amount.currency
    bare = bare_price(card)
    if bare is not None:
        return bare, document.declared_currency
    zero = next((s for s in found if s.amount.value == 0 and not s.other), None)
    if zero is not None:
        return "0", zero.amount.currency
    if any(FREE.fullmatch(piece.text) for piece in pieces):
        return "0", None
    return None, None


_DATE_TAIL = re.compile(
    r"(?i)\s*[-–·|,•]?\s+(?:today|yesterday|heute|gestern|hoje|ontem|hoy|ayer|aujourd.hui|hier|oggi|ieri|dzisiaj|wczoraj|odświeżono|сегодня|вчера"
    r"|сьогодні|вчора|i dag|i går|bugün|dün|\d{1,2}:\d{2}|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?(?: (?:de )?\d{4})?)(?:\b.*)?$"
)
"""A time that a card puts behind its place."""


def without_parens(text: str) -> str:
    """A text without the parentheses around all of it."""
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


def _short_text(card: LexborNode, selector: str, prefix: re.Pattern[str]) -> str | None:
    found = card.css(selector)[:8]
    holders = {node.parent.mem_id for node in found if node.parent is not None} | {
        node.parent.parent.mem_id for node in found if node.parent is not None and node.parent.parent is not None
    }
    for node in sorted(found, key=lambda node: node.mem_id in holders):
        text = without_parens(node_text(node, 300).strip(" |,·•-"))
        if 2 <= len(text) <= 100 and re.search(r"[^\W\d_]", text):
            return _DATE_TAIL.sub("", prefix.sub("", text)) or None
    return None


def item_of_facts(facts: Facts) -> PageItem:
    """An item as the page's data state it."""
    url = facts.get("url")
    title = facts.get("title")
    return PageItem(
        native_id=native_id(url) or facts.get("native_id"),
        url=url,
        title=title,
        price=facts.get("price"),
        currency=facts.get("currency"),
        seller=facts.get("seller"),
        location=facts.get("location"),
        intent_hint=facts.get("intent_hint") or ("wanted" if title and WANTED.search(title) else None),
    )
