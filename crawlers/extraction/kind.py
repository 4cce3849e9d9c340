"""What a page is, from several weak signs, each of which is named in the evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawlers.extraction.document import Document
from crawlers.extraction.signwords import (
    CHALLENGE,
    CHALLENGE_MARK,
    CHANNEL_PATH,
    FOLLOWERS,
    GONE,
    LISTING_PATH,
    LOGIN,
    NO_RESULTS,
    POST_PATH,
    RESULT_COUNT,
    RESULT_WORDS,
    SEARCH_PATH,
    SEARCH_QUERY,
    THREAD_PATH,
)
from domain.listing import PageKind

LEAST_WORDS = 40
"""Visible words of a page that is more than the frame its scripts fill; frames seen have under 20."""
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{2}|[^\W_]+")
"""A word, or two signs of a script that is written without spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What was found on a page before its kind is decided."""

    main: bool
    """Its data has one main goods entity that the title bears out."""
    main_priced: bool
    summary: bool
    """The main entity sums many offers up."""
    entity_kinds: frozenset[str]
    """`thread`, `post`, `channel`, `list` as types of the data say."""
    items: int
    priced_items: int
    posts: int
    authors: int
    state_items: int
    shown_price: bool
    """A price stands by the title, outside of cards and links."""
    state_main: bool
    """The page's own state holds an object with the page's title and a price."""
    meta_price: bool
    seller: bool
    buy: bool
    """A button or link to buy, bid or write, outside of cards."""


def decide(document: Document, signs: Signs, status: int | None) -> tuple[PageKind, str]:
    """The kind and the sign that decided it."""
    wall = _wall(document, signs, status)
    if wall is not None:
        return wall
    talk = _talk(document, signs)
    if talk is not None:
        return talk
    listing, search = _weights(document, signs)
    if listing >= 4 and listing > search:
        return PageKind.LISTING, f"listing {listing} over search {search}"
    if signs.items >= 2 and search >= 3 and search >= listing:
        return PageKind.SEARCH, f"search {search} over listing {listing}"
    return _rest(document, signs, listing, search)


def is_listing_by_rule(document: Document, signs: Signs, kind: PageKind, rule: re.Pattern[str]) -> bool:
    """Whether the platform's rule on addresses makes a listing of a page whose kind the page itself leaves open.

    A page taken for a shell counts when it has a heading or title, and a price or some words to read.
    """
    if kind not in (PageKind.UNKNOWN, PageKind.SHELL):
        return False
    parts = urlsplit(document.url)
    if rule.search(parts.path + (f"?{parts.query}" if parts.query else "")) is None:
        return False
    if kind is PageKind.UNKNOWN:
        return True
    if not (document.headings or document.head_title):
        return False
    priced = signs.shown_price or signs.meta_price or signs.state_main or signs.main_priced
    return priced or len(_WORD.findall(document.visible[:4_000])) >= LEAST_WORDS


def _rest(document: Document, signs: Signs, listing: int, search: int) -> tuple[PageKind, str]:
    words = len(document.visible)
    scripted = sum(len(s.text) for s in document.scripts) > 3 * max(words, 200)
    if signs.items == 0 and search >= 3 and search > listing:
        if NO_RESULTS.search(document.visible):
            return PageKind.SEARCH, "it says that nothing was found"
        if scripted or document.scripts:
            return PageKind.SHELL, "a search without items, drawn by script"
    priceless = not (signs.shown_price or signs.meta_price or signs.state_main or signs.main)
    if words < 400 and document.scripts and signs.items == 0 and priceless and not document.headings:
        return PageKind.SHELL, "hardly any text beside scripts"
    if listing >= 3 and listing >= search:
        return PageKind.LISTING, f"listing {listing}"
    if signs.items >= 3 and (search >= 2 or (signs.priced_items >= 3 and not signs.shown_price)):
        return PageKind.SEARCH, f"{signs.items} items"
    if words < 600 and document.scripts and signs.items == 0:
        return PageKind.SHELL, "hardly any text beside scripts"
    if signs.items >= 8:
        return PageKind.SEARCH, f"{signs.items} items"
    return PageKind.UNKNOWN, f"listing {listing}, search {search}"


def _wall(document: Document, signs: Signs, status: int | None) -> tuple[PageKind, str] | None:
    text = document.visible
    beginning = f"{document.head_title} {text[:3000]}"
    thin = len(text) < 4_000 and not signs.main and signs.items < 3 and not (signs.shown_price and signs.buy)
    if status in (401, 403, 407, 429, 503, 999) and thin:
        return PageKind.BLOCKED, f"status {status}"
    marked = thin and any(CHALLENGE_MARK.search(s.text[:20_000]) for s in document.scripts[:30])
    if thin and (CHALLENGE.search(beginning) or (marked and len(text) < 1_500)):
        return PageKind.BLOCKED, "a challenge"
    if status in (404, 410) and (thin or GONE.search(beginning)):
        return PageKind.GONE, f"status {status}"
    if (
        not signs.main_priced
        and signs.items < 3
        and GONE.search(f"{document.head_title} {' '.join(document.headings)} {text[:1500] if thin else ''}")
    ):
        return PageKind.GONE, "a removal notice"
    if thin and len(text) < 2_500 and LOGIN.search(beginning):
        return PageKind.BLOCKED, "a login wall"
    return None


def _talk(document: Document, signs: Signs) -> tuple[PageKind, str] | None:
    path = _path(document)
    kinds = signs.entity_kinds
    if signs.buy and (signs.shown_price or signs.meta_price or signs.state_main) and not THREAD_PATH.search(path):
        return None
    if signs.main_priced or (signs.main and signs.posts < 2):
        return None
    generator = document.metas.get("generator", "").lower()
    forum = bool(re.search(r"vbulletin|phpbb|xenforo|discourse|invision|mybb|smf|discuz|vanilla", generator))
    if (
        "thread" in kinds
        or (signs.posts >= 2 and (THREAD_PATH.search(path) or forum))
        or (THREAD_PATH.search(path) and signs.posts >= 1 and signs.items < 3)
    ):
        return PageKind.THREAD, "posts of a discussion"
    if signs.posts >= 2 and signs.authors >= 2 and signs.priced_items < signs.posts:
        return PageKind.THREAD, f"{signs.posts} posts by {signs.authors} authors"
    if (
        "channel" in kinds
        or (signs.posts >= 2 and signs.authors <= 1)
        or (CHANNEL_PATH.search(path) and (signs.posts >= 1 or _followers(document)))
    ):
        return PageKind.CHANNEL, "posts of one channel"
    og_type = document.metas.get("og:type", "").lower()
    if "/comments/" in path and signs.items < 3:
        return PageKind.THREAD, "an address of comments"
    if (
        signs.items < 3
        and ("post" in kinds or re.search(r"video|photo|^article$|status", og_type))
        and (POST_PATH.search(path) or "post" in kinds)
    ):
        return PageKind.POST, "one post"
    if signs.items < 3 and og_type == "profile":
        return PageKind.CHANNEL, "a profile"
    return None


def _followers(document: Document) -> bool:
    text = document.visible[:6_000] + document.metas.get("og:description", "")
    return bool(FOLLOWERS.search(text))


def _path(document: Document) -> str:
    parts = urlsplit(document.canonical or document.url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _weights(document: Document, signs: Signs) -> tuple[int, int]:
    listing = search = 0
    addresses = {document.url, document.canonical or document.url}
    og_type = document.metas.get("og:type", "").lower()
    listing += 4 if signs.main and signs.main_priced and not signs.summary else (2 if signs.main and not signs.summary else 0)
    listing += 2 if re.search(r"product|item|deal|offer|listing|:ad\b|advert|vehicle|classified", og_type) else 0
    listing += 2 if signs.buy else 0
    listing += 4 if signs.state_main else 0
    listing += 3 if signs.shown_price else 0
    listing += 2 if signs.meta_price else 0
    listing += 1 if signs.seller else 0
    search += 3 if signs.summary else 0
    search += 2 if "list" in signs.entity_kinds else 0
    search += 1 if signs.items >= 5 else 0
    search += 2 if signs.items >= 15 else 0
    search += 2 if signs.priced_items >= 5 and not (signs.shown_price or signs.main) else 0
    search += 1 if signs.state_items >= 8 else 0
    for address in addresses:
        parts = urlsplit(address)
        tail = re.search(r"\d{5,}|[A-Z0-9]{8,}(?:/|$)|\.html?$", parts.path)
        listing += (1 if LISTING_PATH.search(parts.path) else 0) + (1 if tail else 0)
        search += 2 if SEARCH_PATH.search(parts.path) else 0
        search += 3 if any(k.lower() in SEARCH_QUERY for k, _ in parse_qsl(parts.query)[:30]) and not tail else 0
    top = f"{document.head_title} | {' | '.join(document.headings[:3])}"
    search += 3 if _says_results(top) else (1 if _says_results(document.visible[:4_000]) else 0)
    return listing, search


_DIGITS = re.compile(r"\d+")


def _says_results(text: str) -> bool:
    return any(RESULT_COUNT.match(text, digits.start()) for digits in _DIGITS.finditer(text)) or RESULT_WORDS.search(text) is not None
