"""Labelled values of a page's text: `Label: value` in one text, or a label and its value in neighbouring elements."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document, TextNode, class_names
from crawlers.extraction.facts import Facts
from crawlers.extraction.labels import LABELS, LONGEST_LABEL, ONLY_IN, PLACE_PREFIX, SELLER_PREFIX
from crawlers.extraction.named import Parts

LABEL_REACH = LONGEST_LABEL + 8
"""A longer text is neither a label nor begins with one, when no colon stands in its beginning; the margin is for signs around it."""


def say_labelled(document: Document, facts: Facts, parts: Parts) -> None:
    """`Label: value` in one text, or a label followed by its value in the next element."""
    texts = document.texts
    language = document.language
    many: dict[str, list[str]] = {"shipping": [], "payment": []}
    for index, node in enumerate(texts):
        labelled = _label_of(node.text, language)
        if labelled is None:
            continue
        name, label, mark, rest = labelled
        if parts.outside(node.parent):
            continue
        value = (
            rest if mark and rest else _next_value(texts, index, strict=not mark and " " not in label and not _is_label_cell(node.parent))
        )
        if not value or value.lower().rstrip(" :：") in LABELS:
            continue
        if name in many:
            many[name].append(value[:200])
        elif name == "seller":
            value = SELLER_PREFIX.sub("", value)
            facts.say("seller", value if len(value) <= 80 and re.search(r"[^\W\d_]", value) else None)
        elif name == "location":
            facts.say("location", PLACE_PREFIX.sub("", value) if len(value) <= 120 and re.search(r"[^\W\d_]", value) else None)
        elif name == "quantity":
            facts.say("quantity", match[0] if (match := re.match(r"\d{1,6}(?:[.,]\d{1,3})?", value)) else None)
        elif name == "category" or (name == "posted_at" and re.search(r"\d|[^\W\d_]{3}", value)):
            facts.say(name, value if len(value) <= 80 else None)
    for name, values in many.items():
        facts.say_all(name, values[:8])


def _label_of(text: str, language: str | None) -> tuple[str, str, str, str] | None:
    """The field that a text labels, the label, the colon behind it and the rest; None for a text that begins with no label."""
    if len(text) > LABEL_REACH and ":" not in text[:LABEL_REACH] and "：" not in text[:LABEL_REACH]:
        return None
    head, mark, rest = text.partition(":") if ":" in text[: LONGEST_LABEL + 2] else text.partition("：")
    label = head.strip(" *•·-").lower()
    name = LABELS.get(label)
    if name is None or name == "price" or (label in ONLY_IN and language not in ONLY_IN[label]):
        return None
    return name, label, mark, rest.strip()


def _is_label_cell(node: LexborNode) -> bool:
    current: LexborNode | None = node
    for _ in range(3):
        if current is None:
            return False
        if current.tag in ("dt", "th", "td", "label", "strong", "b") or re.search(
            r"label|key|name|title|attr|caption|term", class_names(current)
        ):
            return True
        current = current.parent
    return False


def _next_value(texts: list[TextNode], index: int, *, strict: bool) -> str | None:
    if strict or index + 1 >= len(texts):
        return None
    here = texts[index].parent
    following = texts[index + 1]
    text = following.text.lstrip(" :：")
    if not text and index + 2 < len(texts):
        following = texts[index + 2]
        text = following.text.lstrip(" :：")
    return text if _close(here, following.parent) else None


def _close(one: LexborNode, other: LexborNode) -> bool:
    above = set()
    current: LexborNode | None = one
    for _ in range(4):
        if current is None:
            break
        above.add(current.mem_id)
        current = current.parent
    current = other
    for _ in range(5):
        if current is None:
            return False
        if current.mem_id in above:
            return True
        current = current.parent
    return False
