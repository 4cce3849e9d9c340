"""JSON-LD blocks to a flat list of nodes (plain dictionaries with `@type`), in page order; tolerant, capped, no network."""

from __future__ import annotations

from typing import Any

from crawlers.extraction.document import Document
from crawlers.extraction.jsonvalue import load_json

MAX_BLOCKS = 60
MAX_NODES = 2_000

Node = dict[str, Any]
_NESTS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "itemOffered", "hasVariant", "hasPart")


def read_jsonld(document: Document) -> tuple[list[Node], int]:
    """Typed nodes with the containers opened, and how many blocks could not be read."""
    nodes: list[Node] = []
    broken = 0
    blocks = [script for script in document.scripts if "ld+json" in script.type][:MAX_BLOCKS]
    for block in blocks:
        value = load_json(block.text)
        if value is None:
            broken += 1
            continue
        nodes += top_nodes(value)
    return nodes[:MAX_NODES], broken


def top_nodes(value: Any) -> list[Node]:
    """The nodes of one block: arrays and @graph opened; what a node holds stays in the node."""
    found: list[Node] = []
    stack: list[Any] = [value]
    while stack and len(found) < MAX_NODES:
        current = stack.pop(0)
        if isinstance(current, list):
            stack[:0] = current[:MAX_NODES]
        elif isinstance(current, dict):
            graph = current.get("@graph")
            if graph is not None:
                stack[:0] = graph[:MAX_NODES] if isinstance(graph, list) else [graph]
            if "@type" in current or "type" in current:
                found.append(current)
    return found


def types_of(node: Any) -> frozenset[str]:
    """Local names of a node's types: `Product` for `http://schema.org/Product`."""
    if not isinstance(node, dict):
        return frozenset()
    value = node.get("@type", node.get("type"))
    values = value if isinstance(value, list) else [value]
    return frozenset(v.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].rsplit(":", 1)[-1] for v in values[:10] if isinstance(v, str))


def text_value(value: Any, *keys: str) -> str | None:
    """A text out of what JSON-LD allows for one: text, number, list of them, or a node with one of `keys`."""
    for _ in range(6):
        if isinstance(value, list):
            value = next((v for v in value if v), None)
        elif isinstance(value, dict):
            value = next((value[key] for key in (*keys, "name", "@value", "value", "@id") if value.get(key)), None)
        else:
            break
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return None
    return str(value)[:50_000].strip() or None
