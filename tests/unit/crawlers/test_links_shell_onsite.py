"""First looks at a page in a crawl: its links to listings, whether it is an empty shell, and where it may lead."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from crawlers.links import listing_links
from crawlers.onsite import OffPlatformError, PlatformOnly
from crawlers.platforms import Platform
from crawlers.shell import may_be_shell

PLATFORM = Platform(
    id="market", name="Market", base_url="https://www.market.example", listing_url="/ad/(?P<native_id>[0-9]+)",
    lawful_basis="Wildlife Act, section 5", terms_reviewed=date(2026, 11, 1),
)  # fmt: skip
BASE = "https://www.market.example/search?q=ivory"


def test_each_listing_is_linked_once_under_its_longest_text() -> None:
    """A picture's link and a title's link are one listing, in page order, and the words of the title are its title."""
    page = b'<a href="/ad/2"><img></a><a href="/ad/1">one</a><a href="../ad/2?from=x"> Two \n carved  tusks </a><a href="/help">Help</a>'

    assert listing_links(page, BASE, PLATFORM) == [
        ("https://www.market.example/ad/2", "Two carved tusks"),
        ("https://www.market.example/ad/1", "one"),
    ]


@pytest.mark.parametrize(
    "href",
    ["https://evil.example/ad/1", "//evil.example/ad/1", "https://evilmarket.example/ad/1", "javascript:/ad/1", "http://[bad/ad/1", "/ad/x",
     "/ad/1?" + "x" * 5000, ""],
)  # fmt: skip
def test_what_is_no_listing_of_the_platform_is_left_out(href: str) -> None:
    """Other hosts, script, broken and endless addresses."""
    assert listing_links(f'<a href="{href}">Buy</a>'.encode(), BASE, PLATFORM) == []


def test_links_without_number_are_capped() -> None:
    """A page of 10,000 links yields 500."""
    page = "".join(f'<a href="/ad/{number}">{"x" * 1000}</a>' for number in range(10_000)).encode()
    found = listing_links(page, BASE, PLATFORM)

    assert len(found) == 500
    assert {len(title or "") for _, title in found} == {500}


@given(st.binary(max_size=400))
def test_any_bytes_are_read(body: bytes) -> None:
    """Neither look at a page raises for what is in it."""
    assert listing_links(b'<a href="' + body, BASE, PLATFORM) is not None
    assert may_be_shell(b"<script>" + body) in (True, False)


@pytest.mark.parametrize(
    ("body", "shell"),
    [
        (b"<html><body><div id=app></div><script src=/app.js></script></body></html>", True),
        (b"<html><body><div id=app></div><SCRIPT src=/app.js></SCRIPT></body></html>", True),
        (b"<html><body>hardly any text and no script</body></html>", False),
        (b"<html><body><script>x()</script><p>" + b"words of an advert " * 200 + b"</p></body></html>", False),
        (b"<html><body><p>short</p><script>" + b"var filler; " * 1000 + b"</script></body></html>", True),
        (b"<html><body><noscript>" + b"please enable " * 300 + b"</noscript><script>x()</script></body></html>", True),
        (b"", False),
    ],
)
def test_a_shell_has_scripts_and_hardly_any_text_of_its_own(body: bytes, shell: bool) -> None:
    """Only what a reader would see counts as text."""
    assert may_be_shell(body) is shell


def only(platform: object) -> PlatformOnly:
    """The middleware of a crawl of this platform."""
    return PlatformOnly.from_crawler(SimpleNamespace(spider=SimpleNamespace(platform=platform)))  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ["https://market.example/", "https://www.market.example/ad/1", "http://m.market.example:8080/robots.txt"])
def test_a_crawl_may_go_where_its_platform_is(url: str) -> None:
    """The host, with and without www, and hosts below it."""
    assert only(PLATFORM).process_request(Request(url)) is None


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest", "http://10.0.0.1/", "https://evilmarket.example/", "https://example/"])
def test_a_crawl_does_not_leave_its_platform(url: str) -> None:
    """Not even by a request that Scrapy may make twice, as the redirect of a draw's own address is one."""
    with pytest.raises(OffPlatformError):
        only(PLATFORM).process_request(Request(url, dont_filter=True))
