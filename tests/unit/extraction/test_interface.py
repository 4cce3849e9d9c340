"""The port and the JSON of the interface."""
# ruff: noqa: E501 - pages are written as pages are

from __future__ import annotations

import json

import pytest
from listing_cases import page

from crawlers.extraction import GenericExtractor, page_json
from crawlers.extraction.extractor import GenericExtractor as Extractor
from domain.listing import PageKind
from domain.ports import Extractor as Port

HTML = page(
    """<title>Old fan | Bazaar</title><link rel="canonical" href="https://bazaar.example/item/1234567"><script type="application/ld+json">
    {"@type":"Product","name":"Old fan","sku":"F-1","description":"A fan.","image":"/fan.jpg","category":"Antiques","offers":{"@type":"Offer","price":"45.00","priceCurrency":"EUR",
    "availability":"https://schema.org/InStock","seller":{"@type":"Person","name":"Ann","url":"/u/ann"},"availableAtOrFrom":{"@type":"Place","address":{"addressLocality":"Lyon","addressCountry":"FR"}}}}</script>""",
    "<h1>Old fan</h1><p>45,00 €</p>",
)


def extract(html: str, **changes: object) -> dict[str, object]:
    """JSON of one page."""
    circumstances = {
        "url": "https://bazaar.example/item/1234567",
        "platform": None,
        "media_type": "text/html",
        "status": 200,
        "at": "2025-06-01T00:00:00Z",
    }
    return page_json(GenericExtractor().extract(html.encode(), **{**circumstances, **changes}))  # type: ignore[arg-type]


def test_the_json_is_that_of_the_interface():
    """Every key of the interface, with the values of the page and where they came from."""
    got = extract(HTML)
    provenance = got.pop("provenance")

    assert got == {
        "kind": "listing",
        "listing": {
            "native_id": "1234567", "url": "https://bazaar.example/item/1234567", "title": "Old fan", "description": "A fan.", "price": "45", "currency": "EUR",
            "quantity": None, "unit": None, "seller": "Ann", "seller_url": "https://bazaar.example/u/ann", "location": "Lyon, FR", "country": "FR",
            "images": ["https://bazaar.example/fan.jpg"], "posted_at": None, "category": "Antiques", "shipping": [], "payment": [], "contacts": [], "language": "en",
            "availability": "in_stock", "intent_hint": None,
        },
        "items": [], "next_page": None, "issues": [],
    }  # fmt: skip
    assert (provenance["title"], provenance["price"], provenance["seller"]) == ("jsonld", "jsonld", "jsonld")
    json.dumps(got)


def test_it_answers_the_port():
    """The class has what the port asks for."""
    extractor: Port = Extractor()

    assert extractor.version == "extract-1"


def test_the_same_bytes_give_the_same_page():
    """Extraction is pure."""
    assert extract(HTML) == extract(HTML)


def test_prices_that_disagree_are_said_aloud():
    """Structured data is believed, the visible price is reported."""
    got = extract(HTML.replace("45,00 €", "75,00 €"))

    assert got["listing"]["price"] == "45"  # type: ignore[index]
    assert [issue["code"] for issue in got["issues"]] == ["price_conflict"]  # type: ignore[attr-defined, index]


def test_platform_selectors_fill_what_nothing_else_says():
    """A platform file's selectors are used for that platform only, attributes by `@`."""
    html = "<html lang=en><title>x</title><h1>Thing</h1><b class=zz>12.00 USD</b><i data-who='Bo'>seller of things</i></html>"
    selectors = {"bazaar": {"price": "b.zz", "seller": "i@data-who"}}
    page_of = {
        platform: GenericExtractor(selectors).extract(
            html.encode(), url="https://bazaar.example/item/1234567", platform=platform, media_type=None, status=200, at=None
        )
        for platform in ("bazaar", "other")
    }

    assert (
        page_of["bazaar"].listing.price,
        page_of["bazaar"].listing.currency,
        page_of["bazaar"].listing.seller,
        page_of["bazaar"].provenance["seller"],
    ) == ("12", "USD", "Bo", "platform")
    assert page_of["other"].listing.seller is None


@pytest.mark.parametrize(
    ("status", "expected"), [(404, PageKind.GONE), (410, PageKind.GONE), (403, PageKind.BLOCKED), (429, PageKind.BLOCKED)]
)
def test_the_status_speaks_for_thin_pages(status: int, expected: PageKind):
    """A thin page with a refusing status is blocked, with a missing one gone."""
    assert expected.value == extract("<title>x</title><p>sorry</p>", status=status)["kind"]
