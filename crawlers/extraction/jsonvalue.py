"""JSON as pages write it: strict first, then with the usual faults mended, then as a JavaScript literal. Never raises."""

from __future__ import annotations

import json
import re
from typing import Any

import chompjs
import orjson

MAX_JSON = 3_000_000
MAX_BROKEN = 400_000
"""Longest text given to the slow, tolerant readers."""
MAX_DEPTH = 200
"""Deeper than any page seen (30); keeps the tolerant readers from deep recursion."""

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_MISSING_COMMA = re.compile(r"}(\s*){")


def load_json(text: str) -> Any:
    """The value, or None when it cannot be read (a JSON null is None as well)."""
    if len(text) > MAX_JSON:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass  # the usual faults are mended below
    if len(text) > MAX_BROKEN or not shallow(text):
        return None
    mended = _WRAPPING.sub("", text).strip().rstrip(";")
    for candidate in (mended, _TRAILING_COMMA.sub(r"\1", mended)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return _literal(mended)


def _literal(text: str) -> Any:
    if not text.startswith(("{", "[")):
        return None
    try:
        return chompjs.parse_js_object(text)
    except (ValueError, RecursionError):
        return None


def shallow(text: str) -> bool:
    """Whether brackets nest less than `MAX_DEPTH` deep, strings not told apart."""
    depth = 0
    for match in re.finditer(r"[\[{]+|[\]}]+", text):
        run = match[0]
        depth += len(run) if run[0] in "[{" else -len(run)
        if depth > MAX_DEPTH:
            return False
    return True


_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|[\[{]|[\]}]', re.S)


def balanced(text: str, start: int) -> str | None:
    """The bracketed literal that starts at `start`, strings respected; None when it never closes."""
    depth = 0
    for match in _STRUCTURE.finditer(text, start, start + MAX_JSON):
        mark = match[0]
        if mark in ("{", "["):
            depth += 1
        elif mark in ("}", "]"):
            depth -= 1
            if depth <= 0:
                return text[start : match.end()]
    return None
