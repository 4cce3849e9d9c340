"""A cheap first look: may this page be an empty shell that a script fills? Only then is it worth reading in a crawl."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

_MOST_WORDS = 1500
"""Characters of visible text beyond which a page is no shell."""
_UNSEEN = ["script", "style", "noscript", "template", "head"]
_SCRIPT = re.compile(rb"<script", re.IGNORECASE)


def may_be_shell(body: bytes) -> bool:
    """Whether the page has scripts and hardly any text of its own; a full page answers False without being read closely."""
    if _SCRIPT.search(body) is None:
        return False
    tree = LexborHTMLParser(body)
    tree.strip_tags(_UNSEEN)
    root = tree.body
    return root is None or len(" ".join(root.text(separator=" ").split())) < _MOST_WORDS
