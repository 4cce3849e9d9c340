"""Selectors of a platform file, for pages that state a field in no standard way."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from crawlers.extraction.document import Document, node_text
from crawlers.extraction.facts import Facts
from crawlers.extraction.money import read_amount

_LISTS = ("images", "shipping", "payment")
FIELDS = frozenset(
    [
        "native_id",
        "url",
        "title",
        "description",
        "price",
        "currency",
        "quantity",
        "unit",
        "seller",
        "seller_url",
        "location",
        "country",
        "posted_at",
        "category",
        "availability",
        "intent_hint",
    ]
) | frozenset(_LISTS)
"""Fields that a platform file may have a selector for."""


def selector_problem(selector: str) -> str | None:
    """Why the text is no selector as `facts_of_selectors` takes it, or None."""
    css, mark, attribute = selector.partition("@")
    if mark and not attribute.strip():
        return "no attribute behind @"
    try:
        LexborHTMLParser("").css(css.strip())
    except SelectolaxError:
        return f"not a CSS selector: {css.strip()!r}"
    return None


def facts_of_selectors(document: Document, selectors: Mapping[str, str]) -> Facts:
    """Each selector is CSS, with `@name` at its end for an attribute; an unknown field or a bad selector raises ValueError."""
    facts = Facts(source="platform")
    for name, selector in selectors.items():
        if name not in FIELDS:
            raise ValueError(f"no field {name!r}")
        css, _, attribute = selector.partition("@")
        nodes = document.tree.css(css.strip())[:50]
        values = [(node.attributes.get(attribute) or "") if attribute else node_text(node) for node in nodes]
        if name in _LISTS:
            facts.say_all(name, [document.absolute(v) or "" for v in values] if name == "images" else values)
        elif name == "price":
            amount = next((a for v in values if (a := read_amount(v, document.locale)) is not None), None)
            if amount is not None:
                facts.say("price", amount.text)
                facts.say("currency", amount.currency)
        else:
            facts.say(
                name,
                next((v for v in values if v), None) if name not in ("url", "seller_url") else document.absolute(next(iter(values), None)),
            )
    return facts
