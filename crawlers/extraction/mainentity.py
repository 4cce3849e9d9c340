"""Which node of the structured data is what the page is about."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.extraction.document import Document, loose, squash
from crawlers.extraction.jsonld import Node, text_value, types_of
from crawlers.extraction.labels import TITLE_PREFIX
from crawlers.extraction.schema_org import CHANNELS, GOODS, LISTS, POSTS, SURE_GOODS, THREADS, name_of, price_of
from crawlers.extraction.titles import heading_of, without_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Main:
    """The main entity and what speaks for it."""

    node: Node
    agrees: bool
    """The page's title or address bears it out."""
    priced: bool
    summary: bool
    """It sums up the offers of a whole search."""


def main_entity(nodes: list[Node], document: Document) -> Main | None:
    """The goods node that the title or the address bears out; a lone one when nothing contradicts it."""
    goods = [node for node in nodes if types_of(node) & GOODS]
    if not goods:
        return None
    around = loose(f"{document.head_title} {document.metas.get('og:title', '')} {heading_of(document) or ''}")
    names = document.site_names
    headed = (without_site(document.head_title, names), without_site(document.metas.get("og:title", ""), names))
    exact = {loose(text) for text in (*document.headings[:4], *headed)}
    canonical = (document.canonical or document.url).split("#")[0].split("?")[0].rstrip("/")
    best: tuple[int, Main] | None = None
    for node in goods:
        amount, _, offer = price_of(node)
        name = loose(TITLE_PREFIX.sub("", squash(name_of(node, document) or text_value(node.get("headline")) or "")))
        url = (
            (document.absolute(text_value(node.get("url") or (offer or {}).get("url"), "@id")) or "")
            .split("#")[0]
            .split("?")[0]
            .rstrip("/")
        )
        if len(goods) > 4:
            named = len(name) >= 2 and name in exact
        else:
            named = len(name) >= 3 and (name in around or (len(name) > 12 and around.startswith(name[: len(name) // 2])))
        agrees = named or (bool(url) and url == canonical)
        sure = bool(types_of(node) & SURE_GOODS)
        if not agrees and (not sure or not name):
            continue
        count = text_value((offer or {}).get("offerCount"))
        summary = bool(
            count
            and count.isdigit()
            and int(count) > 1
            and "AggregateOffer" in types_of(offer)
            and not node.get("sku")
            and not node.get("url")
        )
        main = Main(node=node, agrees=agrees, priced=amount is not None and amount > 0, summary=summary)
        score = 4 * named + 3 * (bool(url) and url == canonical) + 2 * main.priced + 2 * sure
        if best is None or score > best[0]:
            best = (score, main)
    if best is None:
        return None
    if not best[1].agrees and sum(bool(types_of(node) & SURE_GOODS) for node in goods) > 2:
        return None
    return best[1]


def talk_entity(nodes: list[Node]) -> tuple[Node | None, frozenset[str]]:
    """The first node of a thread, post or channel, and which of these kinds the page's types name."""
    kinds: set[str] = set()
    first: Node | None = None
    for node in nodes:
        types = types_of(node)
        for kind, names in (("thread", THREADS), ("post", POSTS), ("channel", CHANNELS), ("list", LISTS)):
            if types & names:
                kinds.add(kind)
                first = node if first is None and kind != "list" else first
    return first, frozenset(kinds)
