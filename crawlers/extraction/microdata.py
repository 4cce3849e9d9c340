"""Microdata (and RDFa Lite with schema.org or data-vocabulary types) to the same dictionaries as JSON-LD."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document, node_text, unique
from crawlers.extraction.jsonld import Node

MAX_PROPERTIES = 4_000
MAX_CLIMB = 60
_LINKS = ("a", "link", "area")
_SOURCES = ("img", "audio", "video", "source", "embed", "iframe", "track")


def read_microdata(document: Document) -> list[Node]:
    """Top items in page order; a property outside every item is kept in one node of type `Loose`."""
    properties = unique(document.tree.css("[itemprop], [itemscope]"))[:MAX_PROPERTIES]
    if properties:
        return _read(document, properties, "itemscope", "itemtype", "itemprop")
    if document.tree.css_first("[typeof]") is None:
        return []
    return _read(document, unique(document.tree.css("[property], [typeof]"))[:MAX_PROPERTIES], "typeof", "typeof", "property")


def _read(document: Document, elements: list[LexborNode], scope: str, kind: str, name: str) -> list[Node]:
    items: dict[int, Node] = {}
    order: list[Node] = []
    loose: Node = {"@type": "Loose"}
    by_id: dict[str, Node] = {}
    for element in elements:
        attributes = element.attributes
        if element.tag == "meta" and scope == "typeof" and "content" in attributes and _owner(element, items) is None:
            continue
        item: Node | None = None
        if scope in attributes:
            item = {"@type": (attributes.get(kind) or "Thing").split(" ")[0] or "Thing", "@node": element}
            items[element.mem_id] = item
            if attributes.get("itemid"):
                item["@id"] = attributes["itemid"]
            for reference in (attributes.get("itemref") or "").split()[:20]:
                by_id[reference] = item
        names = (attributes.get(name) or "").split()
        if not names:
            if item is not None:
                order.append(item)
            continue
        owner = _owner(element, items) or _referring(element, by_id)
        if owner is None and item is not None:
            order.append(item)
        value: Any = item if item is not None else _value(document, element)
        target = owner if owner is not None else loose
        for name_said in names[:4]:
            key = name_said.rsplit(":", 1)[-1].rsplit("/", 1)[-1]
            known = target.get(key)
            if known is None:
                target[key] = value
            elif isinstance(known, list):
                known.append(value)
            else:
                target[key] = [known, value]
    return [*order, loose] if len(loose) > 1 else order


def _owner(element: LexborNode, items: dict[int, Node]) -> Node | None:
    parent = element.parent
    for _ in range(MAX_CLIMB):
        if parent is None:
            return None
        item = items.get(parent.mem_id)
        if item is not None:
            return item
        parent = parent.parent
    return None


def _referring(element: LexborNode, by_id: dict[str, Node]) -> Node | None:
    if not by_id:
        return None
    node: LexborNode | None = element
    for _ in range(MAX_CLIMB):
        if node is None:
            return None
        item = by_id.get(node.attributes.get("id") or "")
        if item is not None:
            return item
        node = node.parent
    return None


def _value(document: Document, element: LexborNode) -> Any:
    """Value of a property; a link gives its address and its text, since pages mean now the one, now the other."""
    attributes = element.attributes
    content = attributes.get("content")
    if content is not None:
        return content[:20_000].strip()
    tag = element.tag
    if tag in _LINKS and attributes.get("href"):
        href = document.absolute(attributes["href"]) or (attributes["href"] or "")
        text = node_text(element, 300)
        return href if not text or tag == "link" else {"@id": href, "name": text}
    if tag in _SOURCES:
        return document.absolute(attributes.get("src") or attributes.get("data-src")) or ""
    for key in ("datetime", "value") if tag in ("time", "data", "meter", "input") else ():
        if attributes.get(key):
            return str(attributes[key])
    return node_text(element)
