"""Keeps what a page nests within what a parser can take: the HTML algorithm is quadratic in open elements, and worse in open `<b>`s.

100,000 nested `<div>` cost the parser 11 s, and each paragraph inside n unclosed formatting elements copies all n.
"""

from __future__ import annotations

import re

MAX_DEPTH = 1_500
"""Browsers stop at 512; the deepest real page seen has 60."""
MAX_FORMATTING = 12
_CHUNK = 8_192
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "path",
        "use",
        "circle",
        "rect",
        "line",
    ]
)
_OPTIONAL = frozenset(
    [
        "li",
        "p",
        "td",
        "th",
        "tr",
        "option",
        "optgroup",
        "dd",
        "dt",
        "tbody",
        "thead",
        "tfoot",
        "colgroup",
        "body",
        "html",
        "head",
        "rp",
        "rt",
    ]
)
_FORMATTING = frozenset(["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})([^<>]{0,3000})>")
_COUNTED_FORMATTING = (b"b", b"a ", b"i", b"font", b"s", b"u", b"em")
_COUNTED = [
    f"<{name}".encode()
    for name in (
        "br",
        "img",
        "input",
        "meta",
        "link",
        "hr",
        "source",
        "path",
        "use",
        "li",
        "p>",
        "p ",
        "td",
        "th",
        "tr",
        "option",
        "dd",
        "dt",
    )
]
_CLOSED = [f"</{name}>".encode() for name in ("li", "p", "td", "th", "tr", "option", "dd", "dt", "path")]


def tame(source: bytes) -> tuple[bytes, bool]:
    """The page (UTF-8) with tags beyond the limits left out, and whether any were. Linear; a cheap count decides if a scan is needed."""
    if not _suspicious(source):
        return source, False
    html = source.decode()
    out: list[str] = []
    last = depth = dropped = formatting = dropped_formatting = 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _VOID or name in _OPTIONAL or match[3].endswith("/"):
            continue
        is_formatting = name in _FORMATTING
        drop = False
        if match[1]:
            if is_formatting and dropped_formatting:
                dropped_formatting, drop = dropped_formatting - 1, True
            elif not is_formatting and dropped:
                dropped, drop = dropped - 1, True
            else:
                depth = max(0, depth - 1)
                formatting = max(0, formatting - is_formatting)
        elif is_formatting and formatting >= MAX_FORMATTING:
            dropped_formatting, drop = dropped_formatting + 1, True
        elif not is_formatting and depth >= MAX_DEPTH:
            dropped, drop = dropped + 1, True
        else:
            depth, formatting = depth + 1, formatting + is_formatting
        if drop:
            out.append(html[last : match.start()])
            last = match.end()
    if not last:
        return source, False
    out.append(html[last:])
    return "".join(out).encode(), True


def _suspicious(html: bytes) -> bool:
    """A bound on the depth from counts alone; void and optional tags are taken off only when the rough bound is passed."""
    tags = html.count(b"<")
    if tags < MAX_DEPTH or tags - html.count(b"</") < MAX_DEPTH:
        return False
    depth = 0
    for start in range(0, len(html), _CHUNK):
        chunk = html[start : start + _CHUNK]
        depth = max(0, depth + _opened(chunk))
        if depth > MAX_DEPTH:
            return _suspicious_closely(html)
    return False


def _opened(chunk: bytes) -> int:
    return chunk.count(b"<") - 2 * chunk.count(b"</") - chunk.count(b"<!") - chunk.count(b"/>")


def _suspicious_closely(html: bytes) -> bool:
    depth = formatting = 0
    for start in range(0, len(html), _CHUNK):
        chunk = html[start : start + _CHUNK]
        opened = _opened(chunk)
        if opened > 8:
            opened += sum(chunk.count(mark) for mark in _CLOSED) - sum(chunk.count(mark) for mark in _COUNTED)
            formatting += sum(chunk.count(b"<" + name) - chunk.count(b"</" + name) for name in _COUNTED_FORMATTING)
        depth = max(0, depth + opened)
        if depth > MAX_DEPTH or formatting > 100 * MAX_FORMATTING:
            return True
    return False
