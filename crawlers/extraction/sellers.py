"""The seller that a page's own text names: labelled, in a part called so, or by a link to a profile."""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document, loose, node_text, squash
from crawlers.extraction.facts import Facts
from crawlers.extraction.labels import LABELS, SELLER_PREFIX
from crawlers.extraction.named import Parts, words_of

_HINTS = ("seller", "vendor", "merchant", "advertiser", "shop", "store", "user", "owner", "member", "profile", "contact", "dealer", "vendeur", "vendedor", "anunciante", "anbieter", "verkaeufer", "prodavec", "sprzedawca", "author", "poster", "trader")  # fmt: skip
_WHO = r"(?:seller|vendor|merchant|advertiser|shop|store|user|owner|member|profile|contact|dealer|vendeur|vendedor|anunciante|anbieter|verkaeufer|author|poster|trader|lister|posted-by)"
_NAMED = re.compile(
    rf"-{_WHO}-?(?:info-)?(?:full-|display-|user-|nick-?)?(?:name|nick|nickname|login|title|link|id-name)-|-{_WHO}(?:-[a-z]+){{0,2}}-name-|-(?:sellername|shopname|storename|username|nickname|vendorname|usernick|membername)-|-(?:posted|listed|sold)-by-"
)
_HOLDER = re.compile(
    rf"-(?:{_WHO}s?|about-{_WHO})-(?:info|information|details?|card|box|block|panel|section|profile|summary|widget|header|data|area|wrapper|container|contact|about|overview|content)?-?|-(?:seller|vendor|merchant|advertiser|anbieter|vendeur|vendedor)-"
)
_PROFILE = re.compile(
    r"(?i)/(?:usr|users?|sellers?|shops?|stores?|profile|profil|perfil|u|members?|vendors?|people|merchant|boutique|tienda|loja|toko|usuario|uzytkownik|pro)/[^/?#]{2,}|[?&](?:seller|userid|user_id|sellerid|seller_id|uid|member|memberid|shop_id|username|mid|u)=[^&]{2,}|/@[\w.-]{2,}|member\.php|memberlist\.php|profile\.php"
)
_NOT_NAME = re.compile(
    r"(?i)^(?:sellers?|vendor|shop|store|profile|see|view|visit|contact|message|follow|more|all|other|ask|report|log|sign|chat|call|reviews?|feedback|ratings?|about|info|information|details|member since|top rated|verified|trusted|private|professional|pin|share|tweet|email|print|like|verkäufer|händler|weitere|anbieter|nachricht|voir|contacter|ver|contactar|seguir|więcej|mehr|alle|zum|profil|подробнее|все|показать|написать|perfil|user|guest|items?|listings?|show|save|share|online|active|last|joined|response|sold|my|your|account|help|privacy|terms|posted|user info|owner|not|go to|buy|add|read|shipping|returns?)(?:\b|$)(?:.*|$)|.*(?:\(\s*\d[\d.,]*\s*\)|\d ?%|★|\bstars?\b|out of \d|\?$).*|^[\d\W]+$|.*\.{3}$"
)
MAX_NAME = 60


def say_seller(document: Document, facts: Facts, parts: Parts) -> None:
    """Name and address of the seller, from the strongest sign down; silence when no sign is good."""
    named = parts.find(_HINTS, _NAMED)
    for node in named:
        for link in node.css("a[href]")[:3]:
            if _say(document, facts, node_text(link, 200), link):
                return
        if len(node_text(node, 200)) <= MAX_NAME and _say(document, facts, node_text(node, 200), node):
            return
    holders = parts.find(_HINTS, _HOLDER)
    for node in holders:
        for link in ([node] if node.tag == "a" else node.css("a[href]"))[:8]:
            if _PROFILE.search(link.attributes.get("href") or "") and _say(document, facts, node_text(link, 200), link):
                return
    if _after_heading(document, facts):
        return
    for node in holders:
        heading = node.css_first("h2, h3, h4, strong, b")
        if heading is not None and _say(document, facts, node_text(heading, 200), node):
            return
    _by_profile(document, facts, parts)


def _after_heading(document: Document, facts: Facts) -> bool:
    """A text such as "Seller information", then a link to a profile."""
    texts = document.texts
    for index, node in enumerate(texts):
        if len(node.text) > 40 or not _heads_seller(node.text):
            continue
        for following in texts[index + 1 : index + 8]:
            link = _link_above(following.parent)
            if link is not None and _PROFILE.search(link.attributes.get("href") or "") and _say(document, facts, following.text, link):
                return True
    return False


_AROUND_SELLER = re.compile(
    r"\s*(?:information|info|details|informationen|infos?)$|^(?:about the|meet the|meet your|about|über den|à propos du|sobre el|sobre o)\s+"
)


@lru_cache(maxsize=10_000)
def _heads_seller(text: str) -> bool:
    return LABELS.get(_AROUND_SELLER.sub("", text.lower().strip(" :：-–"))) == "seller"


def _link_above(node: LexborNode) -> LexborNode | None:
    current: LexborNode | None = node
    for _ in range(4):
        if current is None:
            return None
        if current.tag == "a":
            return current
        current = current.parent
    return None


def _by_profile(document: Document, facts: Facts, parts: Parts) -> None:
    """The only profile that the page links to, when it links to one only."""
    names = document.site_names
    links = [
        link
        for link in document.tree.css("a[href]")[:3_000]
        if _PROFILE.search(href := link.attributes.get("href") or "")
        and not parts.outside(link)
        and _is_home(document.absolute(href), names)
    ]
    targets = Counter((link.attributes.get("href") or "").split("?")[0].split("#")[0].rstrip("/") for link in links)
    if not targets or len(targets) > 3:
        return
    for link in links:
        if re.search(r"-(?:help|about|legal|faq)-", words_of(link)):
            continue
        if _say(document, facts, node_text(link, 200), link):
            return


def _is_home(url: str | None, names: tuple[str, ...]) -> bool:
    host = loose(urlsplit(url or "").hostname or "")
    return not names or any(name in host for name in names)


def _say(document: Document, facts: Facts, text: str, node: LexborNode) -> bool:
    name = SELLER_PREFIX.sub("", squash(text)).strip(" ,:：·•-|")
    if not 2 <= len(name) <= MAX_NAME or _NOT_NAME.match(name) or name.lower() in LABELS or len(name.split()) > 6:
        return False
    facts.say("seller", name)
    facts.say("seller_url", document.absolute(node.attributes.get("href")) if node.tag == "a" else None)
    return True
