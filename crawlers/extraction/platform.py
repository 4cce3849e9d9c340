"""Selectors of a platform file, for pages that state a field in no standard way."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.extraction.document import Document, node_text
from crawlers.extraction.facts import Facts
from crawlers.extraction.money import read_amount

_LISTS = ("images", "shipping", "payment")
_FIELDS = frozenset(
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


def facts_of_selectors(document: Document, selectors: Mapping[str, str]) -> Facts:
    """Each selector is CSS, with `@name` at its end for an attribute; an unknown field or a bad selector raises ValueError."""
    facts = Facts(source="platform")
    for name, selector in selectors.items():
        if name not in _FIELDS:
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
