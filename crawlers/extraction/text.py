"""The page's own text as a source: labelled values, parts named by their class or test id, the price near the title."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document, loose, node_text, squash
from crawlers.extraction.facts import Facts
from crawlers.extraction.labelled import LABEL_REACH, say_labelled
from crawlers.extraction.labels import LABELS, LONGEST_LABEL, ON_REQUEST, PLACE_PREFIX, PRICE
from crawlers.extraction.money import read_amount
from crawlers.extraction.named import Parts, words_of
from crawlers.extraction.places import country_in
from crawlers.extraction.prices import LONGEST_SHOWN, Shown, shown_amounts
from crawlers.extraction.sellers import say_seller
from crawlers.extraction.signwords import BUY

_PRICE_WORDS = frozenset(word.strip() for word in PRICE.replace("\n", "").split("|"))
_PLACE_HINTS = (
    "location",
    "locality",
    "address",
    "localisation",
    "ubicacion",
    "lugar",
    "city",
    "place",
    "region",
    "standort",
    "lokal",
    "geo",
    "district",
    "localidad",
    "hood",
    "konum",
    "sted",
)
_PLACE = re.compile(
    r"-(?:location|locality|address|localisation|ubicacion|lugar|city|place|region|standort|lokalizacja|geo|district|localidad|hood|neighbou?rhood|ortschaft|konum|sted|locationtext|itemlocation|location-name|located|(?:shipping|ships|shipped|sent)-from)-"
)
_NOT_PLACE = re.compile(
    r"-(?:email|ip|mac|web|delivery|deliver|nav|shipping-address|billing|select|selector|picker|input|search|change|choose|form|currency|language|marketplace|placeholder|url)-"
)
_DESCRIPTION_HINTS = ("description", "posting", "beschreibung", "descripcion", "descricao", "opis", "desc", "body", "detail", "content")
_DESCRIPTION = re.compile(
    r"-(?:description|postingbody|posting-body|beschreibung|descripcion|descricao|opis|item-desc|detail-desc|adbody|ad-body|product-desc|body-text|desc)-"
)
_PARENS = re.compile(r"^\(([^()]{2,80})\)$")


def facts_of_text(document: Document, title: str | None, hidden: set[int], known: frozenset[str] = frozenset()) -> Facts:
    """What can be read off the visible page.

    `hidden` holds the elements of other items' cards, which are passed over. `known` names fields that surer data states:
    parts of the page are not searched for them. A price is always looked for, since one that disagrees must be said aloud.
    """
    facts = Facts(source="text")
    parts = Parts(document, hidden)
    start = _title_index(document, title)
    say_labelled(document, facts, parts)
    shown = None if _on_request(document, start) else _main_price(document, start, parts)
    if shown is not None:
        facts.say("price", shown.amount.text)
        facts.say("currency", shown.amount.currency)
    elif not _on_request(document, start):
        _say_bare_price(document, facts, start)
    if "location" not in known or "country" not in known:
        _say_place(document, facts, start, parts)
    if "seller" not in facts.values and "seller" not in known:
        say_seller(document, facts, parts)
    if "description" not in known:
        _say_description(facts, parts)
    if "category" not in known:
        _say_category(document, facts, title)
    facts.say("country", country_in(facts.get("location")))
    return facts


def offers_to_buy(document: Document, hidden: set[int]) -> bool:
    """Whether a button or link to buy, bid or write stands outside the cards of other items."""
    parts = Parts(document, hidden)
    return any(len(text) <= 30 and _says_buy(text) and not parts.in_card(node) for text, node in document.texts[:4_000])


@lru_cache(maxsize=10_000)
def _says_buy(text: str) -> bool:
    return BUY.match(text) is not None


def _on_request(document: Document, start: int) -> bool:
    """Whether the page says near its title that it gives no price."""
    return any(ON_REQUEST.fullmatch(node.text.strip(" .:!()")) for node in document.texts[start : start + 25])


def _title_index(document: Document, title: str | None) -> int:
    """Index of the text node that shows the title (in an h1 for choice); 0 when none does."""
    if not title:
        return 0
    wanted = loose(title)
    least, most = max(3, 0.6 * len(wanted)), 4 * len(wanted) + 20
    first = None
    for index, node in enumerate(document.texts):
        if least <= len(node.text) <= most and (text := loose(node.text)) and text in wanted and len(text) >= 0.6 * len(wanted):
            if _within(node.parent, "h1"):
                return index
            first = index if first is None else first
    return first or 0


def _within(node: LexborNode | None, tag: str) -> bool:
    for _ in range(4):
        if node is None:
            return False
        if node.tag == tag:
            return True
        node = node.parent
    return False


def _main_price(document: Document, start: int, parts: Parts) -> Shown | None:
    """The amount that looks most like the price: labelled, in an element called price, near and after the title, not in a link."""
    first = max(0, start - 40)
    window = document.texts[first : start + 300]
    amounts = list(shown_amounts(window, document.locale, passed_over=parts.in_card))
    if not amounts:
        return None
    place = {node.parent.mem_id: index + first - start for index, node in enumerate(window) if len(node.text) <= LONGEST_SHOWN}
    labels = {
        index + first - start
        for index, node in enumerate(window)
        if len(node.text) <= LONGEST_LABEL + 4 and node.text.strip(" :：").lower() in _PRICE_WORDS
    }
    best: tuple[float, Shown] | None = None
    for shown in amounts:
        if shown.struck or shown.other or shown.amount.value <= 0:
            continue
        at = place.get(shown.node.mem_id, 0)
        score = (3.0 if shown.named else 0.0) + (2.5 if any(at - 3 <= label < at for label in labels) else 0.0)
        score -= abs(at) / 60 if at >= 0 else 1.0 + abs(at) / 30
        score -= 2.5 if _in_link(shown.node) else 0.0
        score += 1.0 if _within(shown.node, "h1") or _within(shown.node, "h2") else 0.0
        score -= 3.0 if parts.outside(shown.node) else 0.0
        if best is None or score > best[0]:
            best = (score, shown)
    return best[1] if best is not None and best[0] > -1.5 else None


def _say_bare_price(document: Document, facts: Facts, start: int) -> None:
    """A number after a price label (`Цена: 1500`); its currency is what the page declares, if anything."""
    texts = document.texts
    for index in range(max(0, start - 30), min(len(texts), start + 200)):
        text = texts[index].text
        if len(text) > LABEL_REACH and ":" not in text[:LABEL_REACH] and "：" not in text[:LABEL_REACH]:
            continue
        head, _, rest = text.replace("：", ":").partition(":")
        if head.strip(" *•").lower() not in _PRICE_WORDS:
            continue
        value = rest.strip() or (texts[index + 1].text if index + 1 < len(texts) else "")
        amount = read_amount(value, document.locale) if re.match(r"\d", value) and len(value) <= 40 else None
        if amount is not None and amount.value > 0 and not re.search(r"\d[/:]\d|%", value):
            facts.say("price", amount.text)
            facts.say("currency", amount.currency or document.declared_currency)
            return


def _in_link(node: LexborNode) -> bool:
    current: LexborNode | None = node
    for _ in range(4):
        if current is None:
            return False
        if current.tag == "a":
            return True
        current = current.parent
    return False


def _say_place(document: Document, facts: Facts, start: int, parts: Parts) -> None:
    if "location" in facts.values:
        return
    wanted = loose(document.texts[start].text) if start else ""
    for node in document.texts[max(0, start - 2) : start + 8] if start else []:
        if (match := _PARENS.match(node.text)) and re.search(r"[^\W\d_]{3}", match[1]):
            facts.say("location", match[1])
            return
    for part in parts.find(_PLACE_HINTS, _PLACE):
        if _NOT_PLACE.search(words_of(part)) or part.css_first("input, form, button") is not None:
            continue
        text = PLACE_PREFIX.sub("", node_text(part, 300).strip(" ()|,·•-:"))
        if (
            2 <= len(text) <= 90
            and re.search(r"[^\W\d_]{2}", text)
            and len(text.split()) <= 12
            and text.lower() not in LABELS
            and loose(text) not in wanted
        ):
            facts.say("location", text)
            return


def _say_description(facts: Facts, parts: Parts) -> None:
    best = ""
    for node in parts.find(_DESCRIPTION_HINTS, _DESCRIPTION)[:20]:
        text = squash(node.text(separator=" ")[:20_000])
        if len(text) > len(best) and len(text) >= 20:
            best = text
    facts.say("description", best)


def _say_category(document: Document, facts: Facts, title: str | None) -> None:
    for node in document.tree.css('[class*="breadcrumb" i], [id*="breadcrumb" i], [aria-label*="breadcrumb" i]')[:3]:
        parts = [
            text
            for link in node.css("a, [itemprop='name'], span, li")[:30]
            if 1 < len(text := node_text(link, 80)) <= 60 and ">" not in text
        ]
        unique = [part for part in dict.fromkeys(parts) if not title or loose(part) != loose(title)]
        if unique:
            facts.say("category", " > ".join(unique[:6]))
            return
