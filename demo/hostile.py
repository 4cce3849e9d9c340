"""What a hostile seller or site puts in a crawler's way, each in a small dose. The dose is fixed here.

Three listings carry these: script in every field, a body that grows when decompressed, and structured data nested without end.
"""

from __future__ import annotations

import gzip
from functools import cache

from demo.listings import DemoListing
from demo.message import Response

BOMB_BYTES = 50_000_000
"""Size of the decompressed body, in bytes; about 50 kB over the wire."""
DEPTH = 20_000
"""Levels of nesting in the structured data: deeper than a recursive parser goes."""


@cache
def _bomb(opening: bytes) -> bytes:
    return gzip.compress(opening + b" " * (BOMB_BYTES - len(opening)), compresslevel=9, mtime=0)


def bomb(page: str) -> Response:
    """The page followed by blanks up to `BOMB_BYTES`, gzip-coded."""
    return Response(body=_bomb(page.encode()), encoding="gzip")


def deep_jsonld() -> str:
    """A script element whose JSON is valid and nested `DEPTH` levels deep."""
    opening = '{"@type":"Thing","mainEntity":'
    return f'<script type="application/ld+json">{opening * DEPTH}null{"}" * DEPTH}</script>'


def script_markup(listing: DemoListing) -> str:
    """What a site that does not escape would serve: handlers and script that try to change the page they are in."""
    return (
        f'<script>document.title="changed by the seller of {listing.id}";for(const n of document.querySelectorAll("h1"))'
        'n.textContent="changed by script";</script><img src="/images/0.png" onerror="document.body.textContent=\'\'" alt="">'
        '<svg onload="document.title=\'changed by svg\'"></svg><a href="javascript:void(document.title=1)">click</a>'
    )
