"""Fields that data state beside a sure main entity are not searched for in the text; all others still are."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from listing_cases import page

from crawlers.extraction import GenericExtractor
from crawlers.extraction.document import Document
from crawlers.extraction.named import Parts
from crawlers.extraction.text import facts_of_text
from domain.listing import Page

BODY = (
    "<h1>Old fan</h1><p class=price>45,00 €</p><div class='seller-name'>Bo of the text</div><div class=location>Text Town</div>"
    "<div class=description>Words of the text that describe the fan.</div><dl><dt>Shipping</dt><dd>by post</dd></dl>"
)


def extract(offer: dict[str, Any], body: str = BODY, **product: Any) -> Page:
    """A page whose JSON-LD says what is given."""
    node = {
        "@type": "Product",
        "name": "Old fan",
        "offers": {"@type": "Offer", "price": "45.00", "priceCurrency": "EUR", **offer},
        **product,
    }
    html = page(f'<title>Old fan | Bazaar</title><script type="application/ld+json">{json.dumps(node)}</script>', body)
    return GenericExtractor().extract(
        html.encode(), url="https://bazaar.example/item/1234567", platform=None, media_type="text/html", status=200, at=None
    )


def test_what_data_leave_out_is_read_off_the_text():
    """Sure title and price do not keep seller, place, description and shipping of the text from coming out."""
    listing = extract({}).listing

    assert (listing.seller, listing.location, listing.description, listing.shipping) == (
        "Bo of the text", "Text Town", "Words of the text that describe the fan.", ("by post",),
    )  # fmt: skip


def test_what_data_state_is_taken_from_data_and_the_rest_from_the_text():
    """Seller by the data, place by the text."""
    got = extract({"seller": {"@type": "Person", "name": "Ann"}})

    assert (got.listing.seller, got.provenance["seller"]) == ("Ann", "jsonld")
    assert (got.listing.location, got.provenance["location"]) == ("Text Town", "text")


@pytest.mark.parametrize(("shown", "codes"), [("45,00 €", []), ("75,00 €", ["price_conflict"])])
def test_the_shown_price_is_always_compared(shown: str, codes: list[str]):
    """A sure price of the data does not spare looking at the price shown."""
    got = extract({"seller": {"@type": "Person", "name": "Ann"}}, BODY.replace("45,00 €", shown), description="A fan.", category="Fans")

    assert (got.listing.price, [issue.code for issue in got.issues]) == ("45", codes)


def test_the_country_of_the_place_in_the_text_fills_a_place_without_one():
    """Data that name a town only leave the country to the text."""
    got = extract(
        {"availableAtOrFrom": {"@type": "Place", "address": {"addressLocality": "Lyon"}}}, BODY.replace("Text Town", "Lyon, France")
    )

    assert (got.listing.location, got.provenance["location"], got.listing.country) == ("Lyon", "jsonld", "FR")


@pytest.mark.parametrize("field", ["seller", "description"])
def test_a_known_field_is_not_searched_for(field: str):
    """The text says nothing of a field that is known, and all else as before."""
    document = Document(page("<title>Old fan</title>", BODY), "https://bazaar.example/item/1234567")
    whole = facts_of_text(document, "Old fan", set()).values

    assert facts_of_text(document, "Old fan", set(), frozenset({field})).values == {k: v for k, v in whole.items() if k != field}


@pytest.mark.parametrize(
    "attribute",
    ["class='a/b seller-name'", "class=seller-name", "CLASS='Seller-Name'", "id='x=seller-name'", f"class='{'w ' * 100}seller-name'"],
)
def test_named_parts_are_found_however_the_attribute_is_written(attribute: str):
    """Quotes, capitals, slashes, equal signs and length of an attribute do not hide a part from the cheap test."""
    document = Document(f"<body><p {attribute}>Bo</p></body>", "https://bazaar.example/item/1234567")

    assert [node.text() for node in Parts(document, set()).find(("seller",), re.compile("-seller-name-"))] == ["Bo"]
