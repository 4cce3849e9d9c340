"""Data that pages carry for their own scripts: JSON scripts, assigned literals, Next.js flight chunks, data attributes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from crawlers.extraction.document import Document, Script
from crawlers.extraction.jsonvalue import balanced, load_json

MAX_VALUES = 30
MAX_TOTAL = 4_000_000
MAX_VISITED = 150_000

_ASSIGN = re.compile(
    r"(?:^|[;\s{(,])(?:window\s*\.\s*|self\s*\.\s*|globalThis\s*\.\s*|var\s+|let\s+|const\s+)?[A-Za-z_$][\w$.\[\]\"']{0,80}\s*="
    r"\s*(?:(?:JSON\.parse\(\s*|decodeURIComponent\(\s*){0,2}(?P<quote>[\"'`])(?=\s*(?:[{\[]|%7B|%5B|\\[\"ux]))|(?=[{\[]))"
)
_FLIGHT = re.compile(r"__next_f\.push\(\s*\[\s*1\s*,\s*(\"(?:[^\"\\]|\\.)*\")\s*\]\s*\)", re.S)
_FLIGHT_LINE = re.compile(r"^[0-9a-f]{1,6}:[A-Z]?", re.M)
_INTERESTING = re.compile(
    r"[\"']?(?:price|priceText|prix|preis|precio|amount|salePrice|currentPrice|title|subject|seller|listing|product|items)[A-Za-z_]{0,20}\\?[\"']?\s*[:,]",
    re.I,
)
_ATTRIBUTES = (
    "data-json",
    "data-props",
    "data-page",
    "data-state",
    "data-react-props",
    "data-initial-state",
    "data-product",
    "data-listing",
    "data-item",
    "data-model",
    "data-store",
    "data-ad",
    "data-config",
    "data-advert",
    "data-server-state",
    "data-hydration",
)


def read_state(document: Document) -> list[Any]:
    """Every value of some size that the page carries for its scripts, largest sources capped."""
    values: list[Any] = []
    total = 0
    flight: list[str] = []
    flown = document.has("__next_f")
    for script in document.scripts:
        if len(values) >= MAX_VALUES or total > MAX_TOTAL:
            break
        if len(script.text) < 60 or (script.type and "ld+json" in script.type):
            continue
        chunk = flown and "__next_f" in script.text
        if chunk:
            flight += _FLIGHT.findall(script.text)
        if not (script.type and "json" in script.type) and (chunk or not _interesting(script.text)):
            continue
        for value in _script_values(script):
            values.append(value)
            total += len(script.text)
    values += _flight_values(flight)
    values += _attribute_values(document)
    return values[: MAX_VALUES * 2]


def _script_values(script: Script) -> Iterator[Any]:
    text = script.text
    if "json" in script.type:
        value = load_json(_unescaped(text))
        if isinstance(value, dict | list):
            yield value
        return
    if script.type not in ("", "text/javascript", "application/javascript", "module", "text/ecmascript"):
        return
    count = tried = position = 0
    while count < 12 and tried < 80 and (match := _ASSIGN.search(text, position)):
        tried += 1
        position = match.end()
        value, end = _assigned(text, match)
        if isinstance(value, dict | list) and value:
            count += 1
            yield value
        position = max(position, end)


def _interesting(text: str) -> bool:
    if "%22title%22" in text:
        return True
    return (
        "rice" in text or "itle" in text or "ubject" in text or "roduct" in text or "isting" in text or "tems" in text or "eller" in text
    ) and _INTERESTING.search(text) is not None


def _unescaped(text: str) -> str:
    """JSON of a script, with the entities that templates and Angular's state transfer put into it read back."""
    start = text[:200].lstrip()
    if start.startswith(("{&quot;", "[&quot;")):
        return html.unescape(text)
    if start.startswith(("{&q;", "[&q;", "[{&q;")):
        for mark, character in (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&")):
            text = text.replace(mark, character)
    return text


def _assigned(text: str, match: re.Match[str]) -> tuple[Any, int]:
    quote = match["quote"]
    if quote is not None:
        end = re.compile(r"(?:[^" + re.escape(quote) + r"\\]|\\.)*", re.S).match(text, match.end())
        if end is None:
            return None, match.end()
        literal = end[0]
        if quote != '"':
            literal = literal.replace("\\" + quote, quote).replace('"', '\\"').replace('\\\\"', '\\"')
        try:
            inner = json.loads('"' + literal + '"', strict=False)
        except ValueError:
            inner = literal
        if isinstance(inner, str) and inner[:3] in ("%7B", "%5B"):
            inner = unquote(inner)
        return (load_json(inner) if isinstance(inner, str) else None), end.end()
    source = balanced(text, match.end())
    if source is None or len(source) < 40:
        return None, match.end() + (len(source) if source else 0)
    return load_json(source), match.end() + len(source)


def _flight_values(chunks: list[str]) -> list[Any]:
    parts = []
    for chunk in chunks:
        try:
            parts.append(json.loads(chunk, strict=False))
        except ValueError:
            continue
    text = "".join(parts)
    values: list[Any] = []
    for match in _FLIGHT_LINE.finditer(text):
        if text[match.end() : match.end() + 1] in ("{", "["):
            line = text[match.end() :].split("\n", 1)[0] if len(values) < MAX_VALUES else ""
            value = load_json(line) if line else None
            if isinstance(value, dict | list):
                values.append(value)
    return values


def _attribute_values(document: Document) -> list[Any]:
    values: list[Any] = []
    names = [name for name in _ATTRIBUTES if name in document.data_keys]
    if not names:
        return values
    for node in document.tree.css(",".join(f"[{name}]" for name in names))[:60]:
        for name in names:
            text = node.attributes.get(name)
            if text and len(text) > 100 and text.lstrip()[:1] in ("{", "["):
                value = load_json(text)
                if isinstance(value, dict | list):
                    values.append(value)
    return values[:MAX_VALUES]


def walk_objects(values: list[Any]) -> Iterator[tuple[dict[str, Any], tuple[Any, ...]]]:
    """Every object with the objects that hold it (outermost first), breadth within depth, capped."""
    stack: list[tuple[Any, tuple[Any, ...]]] = [(value, ()) for value in reversed(values)]
    visited = 0
    while stack and visited < MAX_VISITED:
        current, above = stack.pop()
        visited += 1
        if isinstance(current, dict):
            yield current, above
            inside = (*above[-5:], current)
            stack += [(v, inside) for v in reversed(list(current.values())[:2_000]) if isinstance(v, dict | list) and v]
        elif isinstance(current, list):
            stack += [(v, above) for v in reversed(current[:2_000]) if isinstance(v, dict | list)]
