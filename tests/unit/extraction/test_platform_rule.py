"""The platform's own rule on addresses: it settles what a page leaves open, and nothing else."""
# ruff: noqa: E501 - pages are written as pages are

from __future__ import annotations

import re

import pytest

from crawlers.extraction import GenericExtractor
from domain.listing import Page, PageKind

RULES = {"bazaar": "/x/(?P<native_id>[0-9]+)"}
PLAIN = "<title>Old fan - Bazaar</title><h1>Old fan</h1><p>A folding fan of unknown age, in good state.</p><p class=sum>$130</p>"
WORDLESS = "<title>Bazaar</title><h1>Old fan</h1><p>Folding, old.</p>"
SHELL = "<title>Bazaar</title><div id=root></div><script>window.app = {a: 1}</script>"
DRAWN = "<title>Old fan</title><p>" + "one folding fan " * 14 + "</p><script>window.app = {a: 1}</script>"
SEARCH = (
    "<title>12 results for fan</title><h1>12 results</h1><ul>"
    + "".join(f"<li class=card><a href=/x/{n}0001>Folding fan number {n}</a> <b>${n}5</b></li>" for n in range(1, 13))
    + "</ul>"
)


def extract(html: str, path: str = "/x/1234567", platform: str | None = "bazaar") -> Page:
    """One page by an extractor that knows the rule of `bazaar`."""
    return GenericExtractor(listing_urls=RULES).extract(
        html.encode(), url=f"https://bazaar.example{path}", platform=platform, media_type="text/html", status=200, at=None
    )


@pytest.mark.parametrize("html", [WORDLESS, DRAWN])
def test_a_page_of_unknown_kind_at_an_address_of_listings_is_a_listing(html: str):
    """Without the rule the page is unknown or a shell; with it a listing, and the evidence says so."""
    assert extract(html, platform=None).kind in (PageKind.UNKNOWN, PageKind.SHELL)

    page = extract(html)

    assert (page.kind, page.provenance["kind"]) == (PageKind.LISTING, "the platform's own rule")


def test_a_plain_page_without_data_is_read_as_a_listing():
    """Heading, text and a price in an element of no telling name: title and price come out."""
    page = extract(PLAIN)

    assert (page.kind, page.listing.title, page.listing.price, page.listing.currency) == (PageKind.LISTING, "Old fan", "130", "USD")


@pytest.mark.parametrize(("path", "platform"), [("/about/us", "bazaar"), ("/x/1234567", "other"), ("/x/1234567", None)])
def test_the_rule_holds_for_its_platform_and_its_addresses_only(path: str, platform: str | None):
    """Another address or platform leaves the page unknown."""
    assert extract(WORDLESS, path, platform).kind is PageKind.UNKNOWN


def test_the_rule_reads_the_query():
    """Addresses that differ in the query only are told apart."""
    extractor = GenericExtractor(listing_urls={"bazaar": r"^/show\?no=[0-9]+"})
    kinds = [
        extractor.extract(
            WORDLESS.encode(), url=f"https://bazaar.example/show{query}", platform="bazaar", media_type=None, status=200, at=None
        ).kind
        for query in ("?no=55", "?about=55")
    ]

    assert kinds == [PageKind.LISTING, PageKind.UNKNOWN]


def test_an_empty_shell_stays_a_shell():
    """A frame that scripts fill holds no listing yet, whatever its address."""
    assert extract(SHELL).kind is PageKind.SHELL


@pytest.mark.parametrize(
    ("html", "status", "kind"), [(SEARCH, 200, PageKind.SEARCH), ("<title>x</title><p>sorry</p>", 404, PageKind.GONE), ("<title>x</title><p>sorry</p>", 403, PageKind.BLOCKED)]
)  # fmt: skip
def test_the_rule_never_overrules_what_a_page_shows(html: str, status: int, kind: PageKind):
    """Search pages, refusals and removed pages keep their kind at an address of listings."""
    page = GenericExtractor(listing_urls=RULES).extract(
        html.encode(), url="https://bazaar.example/x/1234567", platform="bazaar", media_type="text/html", status=status, at=None
    )

    assert page.kind is kind


def test_a_bad_pattern_is_refused_at_once():
    """A rule that is no regular expression does not wait for the first page."""
    with pytest.raises(re.error):
        GenericExtractor(listing_urls={"bazaar": "("})
