"""The document as an engine stores it: one mapping, generated from the dataclass."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any, get_type_hints

from domain.clock import iso, parse_iso
from domain.index import ListingDocument

_HINTS = get_type_hints(ListingDocument)
TIMES = tuple(name for name, hint in _HINTS.items() if hint is datetime)
TUPLES = tuple(name for name, hint in _HINTS.items() if getattr(hint, "__origin__", None) is tuple)


def to_source(document: ListingDocument) -> dict[str, Any]:
    """JSON of a document; absent values are left out."""
    source: dict[str, Any] = {}
    for each in fields(ListingDocument):
        value = getattr(document, each.name)
        if value is None:
            continue
        if each.name in TIMES:
            value = iso(value)
        elif each.name in TUPLES:
            value = list(value)
        source[each.name] = value
    return source


def from_source(source: dict[str, Any]) -> ListingDocument:
    """Inverse of `to_source`."""
    values: dict[str, Any] = {each.name: None for each in fields(ListingDocument)}
    for name, value in source.items():
        if name in TIMES:
            values[name] = parse_iso(value)
        elif name in TUPLES:
            values[name] = tuple(value)
        else:
            values[name] = value
    return ListingDocument(**values)


def mapping() -> dict[str, Any]:
    """Elasticsearch properties of every field: `dynamic: strict`, text analysed by white space only (our tokens)."""
    properties: dict[str, Any] = {}
    for each in fields(ListingDocument):
        hint = str(_HINTS[each.name])
        if each.name == "tokens":
            properties[each.name] = {"type": "text", "analyzer": "whitespace", "norms": False}
        elif each.name == "title":
            properties[each.name] = {"type": "keyword", "index": False, "doc_values": False}
        elif each.name in TIMES:
            properties[each.name] = {"type": "date_nanos"}
        elif "bool" in hint:
            properties[each.name] = {"type": "boolean"}
        elif "float" in hint:
            properties[each.name] = {"type": "double"}
        elif "int" in hint:
            properties[each.name] = {"type": "long"}
        else:
            properties[each.name] = {"type": "keyword", "ignore_above": 1024}
    return {"dynamic": "strict", "properties": properties}
