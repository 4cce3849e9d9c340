"""Listing pages of many countries and habits: every stated field comes out, and no other price."""

from __future__ import annotations

from decimal import Decimal

import pytest
from listing_cases import CASES, Case

from crawlers.extraction import GenericExtractor


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_listing_page_gives_what_it_states(case: Case):
    """Kind, title, price, currency, seller and place come out as the page states them."""
    page = GenericExtractor().extract(
        case.html.encode(), url=case.url, platform=None, media_type="text/html", status=200, at="2025-06-01T00:00:00Z"
    )

    got = {name: getattr(page.listing, name) for name in case.expected}
    for values in (got, wanted := dict(case.expected)):
        values.update({k: Decimal(str(v)) for k, v in values.items() if k == "price" and v is not None})
    assert (case.kind, wanted) == (page.kind.value, got)
