"""Search, thread, channel, post, shell, blocked and gone pages: the kind, the items in order, no decoys."""

from __future__ import annotations

from decimal import Decimal

import pytest
from edge_cases import EDGES
from listing_cases import Case
from more_cases import MORE
from other_cases import OTHERS

from crawlers.extraction import GenericExtractor


@pytest.mark.parametrize("case", [*OTHERS, *MORE, *EDGES], ids=[case.name for case in [*OTHERS, *MORE, *EDGES]])
def test_a_page_is_what_it_is(case: Case):
    """Kind, stated fields, items in page order and the next page come out."""
    page = GenericExtractor().extract(
        case.html.encode(), url=case.url, platform=None, media_type="text/html", status=200, at="2025-06-01T00:00:00Z"
    )

    got = {name: getattr(page.listing, name) for name in case.expected}
    wanted = tuple((title, Decimal(price) if price is not None else None, currency) for title, price, currency in case.items)
    items = tuple((item.title, Decimal(item.price) if item.price is not None else None, item.currency) for item in page.items)
    for values in (got, stated := dict(case.expected)):
        values.update({k: Decimal(str(v)) for k, v in values.items() if k == "price" and v is not None})
    assert (case.kind, stated) == (page.kind.value, got)
    assert wanted == items
    assert case.next_page is None or case.next_page == page.next_page
