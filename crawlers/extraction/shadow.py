"""Declarative shadow DOM: what a page puts into shown templates, as the plain elements that a reader sees."""

from __future__ import annotations

import re

_TEMPLATE = re.compile(r"<template\b[^>]{0,500}>|</template\s*>", re.I)


def inline_shadow_roots(source: bytes) -> bytes:
    """Declarative shadow DOM (`template shadowrootmode`) as plain elements; other templates stay unseen."""
    if b"shadowroot" not in source:
        return source
    html = source.decode()
    out: list[str] = []
    stack: list[bool] = []
    last = 0
    for match in _TEMPLATE.finditer(html):
        tag = match[0]
        if tag.startswith("</"):
            shown = stack.pop() if stack else False
            replacement = "</div>" if shown else tag
        else:
            shown = "shadowroot" in tag.lower()
            stack.append(shown)
            replacement = "<div data-shadow>" if shown else tag
        out += (html[last : match.start()], replacement)
        last = match.end()
    out.append(html[last:])
    return "".join(out).encode()
