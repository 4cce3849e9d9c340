"""Stored bytes to a page: one parse, all sources read, weighed, and never an exception for what a page holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawlers.extraction import opengraph, schema_org, shapes, text, titles
from crawlers.extraction.cards import CardFinder
from crawlers.extraction.contacts import contacts_of
from crawlers.extraction.dates import iso_of_text
from crawlers.extraction.decode import decode_page
from crawlers.extraction.document import Document
from crawlers.extraction.facts import Facts
from crawlers.extraction.identity import native_id
from crawlers.extraction.items import item_of_facts, items_of
from crawlers.extraction.jsonld import Node, read_jsonld
from crawlers.extraction.kind import Signs, decide, is_listing_by_rule
from crawlers.extraction.labels import WANTED
from crawlers.extraction.mainentity import Main, main_entity, talk_entity
from crawlers.extraction.microdata import read_microdata
from crawlers.extraction.pagination import next_page
from crawlers.extraction.places import usual_country
from crawlers.extraction.platform import facts_of_selectors
from crawlers.extraction.posts import Posts, facts_of_posts, read_posts
from crawlers.extraction.state import read_state
from crawlers.extraction.trust import Weighing
from domain.listing import ExtractIssue, ListingFields, Page, PageItem, PageKind

VERSION = "extract-1"
_READ_ERRORS = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError, ArithmeticError, MemoryError)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What was read of one page."""

    document: Document
    nodes: list[tuple[str, list[Node]]]
    main: tuple[str, Main] | None
    main_facts: Facts | None
    """What the main entity says."""
    known: frozenset[str]
    """Fields that data state beside a sure main entity; the text was not searched for them."""
    talk: tuple[Node | None, frozenset[str]]
    posts: Posts
    items: list[PageItem]
    hidden: set[int]
    state_items: list[Facts]
    """Items that state or structured data list, when the page shows no cards."""
    listed_by: str
    title: tuple[str | None, str]
    """Title of the page as a listing by what its main entity says, and how it was found."""
    others: list[Facts]
    """What state, metas and text say of the page as a listing."""
    issues: list[ExtractIssue]


class GenericExtractor:
    """Implements `domain.ports.Extractor` for any marketplace, forum or channel page."""

    version = VERSION

    def __init__(self, selectors: Mapping[str, Mapping[str, str]] | None = None, listing_urls: Mapping[str, str] | None = None) -> None:
        """Helps for pages that say nothing in a standard way, by the platform's id; `re.error` for a bad pattern.

        `selectors` gives fields and CSS selectors. `listing_urls` gives a regular expression, searched in `path?query` of
        the address a page was fetched from: a page that nothing else tells the kind of is then a listing.
        """
        self._selectors = {platform: dict(fields) for platform, fields in (selectors or {}).items()}
        self._listing_urls = {platform: re.compile(pattern) for platform, pattern in (listing_urls or {}).items()}

    def extract(self, body: bytes, *, url: str, platform: str | None, media_type: str | None, status: int | None, at: str | None) -> Page:
        """Read one stored page; hostile or empty input ends in `unknown` with an issue."""
        issues: list[ExtractIssue] = []
        try:
            return self._extract(body, url, platform, media_type, status, at, issues)
        except _READ_ERRORS as error:
            issues.append(ExtractIssue(code="unreadable", message=f"{type(error).__name__}: {str(error)[:200]}"))
            return Page(kind=PageKind.UNKNOWN, listing=ListingFields(url=url), issues=tuple(issues))

    def _extract(
        self,
        body: bytes,
        url: str,
        platform: str | None,
        media_type: str | None,
        status: int | None,
        at: str | None,
        issues: list[ExtractIssue],
    ) -> Page:
        decoded = decode_page(body, media_type)
        if decoded.truncated:
            issues.append(ExtractIssue(code="truncated", message="the page is longer than is read"))
        if decoded.damaged:
            issues.append(ExtractIssue(code="charset", message=f"some bytes are not {decoded.charset}"))
        if not decoded.text.strip():
            issues.append(ExtractIssue(code="empty", message="the page is empty"))
            return Page(
                kind=PageKind.GONE if status in (404, 410) else PageKind.UNKNOWN, listing=ListingFields(url=url), issues=tuple(issues)
            )
        document = Document(decoded.text, url)
        if document.tamed:
            issues.append(ExtractIssue(code="nesting", message="elements nested beyond reason were left out"))
        reading = _read(document, issues)
        signs = _signs(reading)
        kind, evidence = decide(document, signs, status)
        rule = self._listing_urls.get(platform or "")
        if rule is not None and is_listing_by_rule(document, signs, kind, rule):
            kind, evidence = PageKind.LISTING, "the platform's own rule"
        provenance = {"kind": evidence}
        if kind in (PageKind.SEARCH, PageKind.SHELL):
            return _search_page(reading, kind, provenance)
        if kind in (PageKind.BLOCKED, PageKind.GONE):
            title = titles.page_title(document)
            return Page(
                kind=kind,
                listing=ListingFields(url=url, title=title, language=document.language),
                provenance=provenance,
                issues=tuple(issues),
            )
        fields = self._selectors.get(platform or "", {})
        return _listing_page(reading, kind, provenance, fields, at)


def _read(document: Document, issues: list[ExtractIssue]) -> _Reading:
    jsonld, broken = read_jsonld(document)
    if broken:
        issues.append(ExtractIssue(code="jsonld", message=f"{broken} JSON-LD blocks could not be read"))
    nodes = [("jsonld", schema_org.opened(jsonld)), ("microdata", schema_org.opened(read_microdata(document)))]
    main: tuple[str, Main] | None = None
    for source, found in nodes:
        entity = main_entity(found, document)
        if entity is not None and (main is None or (entity.agrees and not main[1].agrees) or (entity.priced and not main[1].priced)):
            main = (source, entity)
    sure = main is not None and main[1].priced and main[1].agrees and not main[1].summary
    cards = CardFinder(document).find(unpriced=not sure)
    items = [] if sure else items_of(document, cards)
    hidden = {card.mem_id for card in cards} if len(cards) >= 3 else set()
    main_facts = schema_org.facts_of(main[1].node, document, main[0]) if main is not None else None
    titled = titles.listing_title(document, main_facts.get("title") if main_facts is not None else None)
    title = titled[0]
    state = read_state(document)
    main_object = shapes.main_object(state, document, [t for t in (title, *document.headings[:3]) if t])
    listed, listed_by = _listed(document, state, nodes) if len(items) < 3 and not sure else ([], "")
    others = [main_object] if main_object is not None else []
    others.append(opengraph.facts_of_metas(document))
    # All these are believed before the text; beside a sure main entity the text is not searched for what they say.
    known = frozenset[str]().union(*(facts.values for facts in (main_facts, *others) if facts is not None)) if sure else frozenset[str]()
    others += [text.facts_of_text(document, title, hidden, known)]
    return _Reading(
        document=document,
        nodes=nodes,
        main=main,
        main_facts=main_facts,
        known=known,
        talk=talk_entity([n for _, found in nodes for n in found]),
        posts=Posts() if sure else read_posts(document),
        items=items,
        hidden=hidden,
        state_items=listed,
        listed_by=listed_by,
        title=titled,
        others=others,
        issues=issues,
    )


def _listed(document: Document, state: list[Any], nodes: list[tuple[str, list[Node]]]) -> tuple[list[Facts], str]:
    """Items by the page's data: a list of its state, else of its structured data."""
    found = shapes.listed_objects(state, document)
    if found:
        return found, "state"
    for source, known in nodes:
        listed = schema_org.listed_items(known)
        if listed:
            return [schema_org.facts_of(node, document, source) for node in listed], source
    return [], ""


def _signs(reading: _Reading) -> Signs:
    main = reading.main[1] if reading.main is not None else None
    said = {facts.source: facts for facts in reading.others}
    return Signs(
        main=main is not None and main.agrees,
        main_priced=main is not None and main.agrees and main.priced,
        summary=main is not None and main.summary,
        entity_kinds=reading.talk[1],
        items=max(len(reading.items), len(reading.state_items)),
        priced_items=sum(item.price is not None for item in reading.items),
        posts=reading.posts.count,
        authors=reading.posts.authors,
        state_items=len(reading.state_items),
        shown_price="price" in said["text"].values,
        state_main="state" in said and "price" in said["state"].values,
        meta_price="price" in said["opengraph"].values,
        seller="seller" in said["text"].values or "seller" in reading.known,
        buy=text.offers_to_buy(reading.document, reading.hidden),
    )


def _search_page(reading: _Reading, kind: PageKind, provenance: dict[str, str]) -> Page:
    document = reading.document
    items = reading.items
    if items:
        provenance["items"] = "cards"
    elif reading.state_items:
        items = [item_of_facts(facts) for facts in reading.state_items]
        provenance["items"] = reading.listed_by
    listing = ListingFields(url=document.canonical or document.url, title=titles.page_title(document), language=document.language)
    provenance["title"] = "text"
    return Page(
        kind=kind,
        listing=listing,
        items=tuple(i for i in items if i.title or i.url),
        next_page=next_page(document),
        provenance=provenance,
        issues=tuple(reading.issues),
    )


def _listing_page(reading: _Reading, kind: PageKind, provenance: dict[str, str], selectors: Mapping[str, str], at: str | None) -> Page:
    document = reading.document
    sources: list[Facts] = []
    stated: str | None = None
    stated_by = ""
    said = reading.main_facts.get("title") if reading.main_facts is not None else None
    talk = kind in (PageKind.THREAD, PageKind.CHANNEL, PageKind.POST)
    facts = reading.main_facts
    if talk:
        facts = schema_org.facts_of(reading.talk[0], document, "jsonld") if reading.talk[0] is not None else None
    if facts is not None:
        sources.append(facts)
        stated, stated_by = facts.get("title"), facts.source
    chosen = facts_of_selectors(document, selectors)
    sources.append(chosen)
    if chosen.get("title") and stated is None:
        stated, stated_by = chosen.get("title"), "platform"
    title, found_by = titles.channel_title(document) if kind is PageKind.CHANNEL else None, "text"
    if title is None:
        title, found_by = reading.title if stated == said else titles.listing_title(document, stated)
    provenance["title"] = stated_by if found_by == "data" else found_by
    if talk:
        sources.append(facts_of_posts(reading.posts))
    else:
        sources += reading.others
    return _weighed(reading, kind, sources, title, provenance, at)


def _weighed(
    reading: _Reading, kind: PageKind, sources: list[Facts], title: str | None, provenance: dict[str, str], at: str | None
) -> Page:
    document = reading.document
    weighing = Weighing(sources)
    weighing.weigh()
    values = weighing.values
    country = values.get("country")
    posted = values.get("posted_at")
    if isinstance(posted, str):
        moment = iso_of_text(posted, language=document.language, country=document.locale.country, at=at)
        if moment is None:
            values.pop("posted_at")
            weighing.provenance.pop("posted_at")
        else:
            values["posted_at"] = moment
    url = document.canonical or values.get("url") or document.url
    described = " ".join(str(v) for v in (title, values.get("description")) if v)
    region = country if isinstance(country, str) else document.locale.country or usual_country(document.language)
    contacts = contacts_of(described, region)
    values.update(
        {"url": str(url), "native_id": native_id(str(url)) or native_id(document.url) or str(values.get("native_id") or "") or ""}
    )
    if not values["native_id"]:
        values.pop("native_id")
    if title and "intent_hint" not in values and WANTED.search(title):
        values["intent_hint"] = "wanted"
    fields = {name: value for name, value in values.items() if name in ListingFields.__dataclass_fields__}
    listing = ListingFields(**{**fields, "title": title, "language": document.language, "contacts": contacts})  # type: ignore[arg-type]
    following = next_page(document) if kind in (PageKind.THREAD, PageKind.CHANNEL) else None
    return Page(
        kind=kind,
        listing=listing,
        next_page=following,
        provenance={**weighing.provenance, **provenance},
        issues=(*reading.issues, *weighing.issues),
    )
