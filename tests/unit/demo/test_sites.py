"""What the three sites serve over real HTTP."""

from __future__ import annotations

import gzip
import json
import re
import sys
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from demo import hostile
from demo.listings import DemoListing, load
from demo.market import PLATFORMS, Market

FIRST = Market()
SEARCH = {"demo-classifieds": "/search", "demo-auctions": "/browse", "demo-bazaar": "/find"}
LISTING = {"demo-classifieds": "/ad/", "demo-auctions": "/lot/", "demo-bazaar": "/item/"}
PRESENT = [one for platform in PLATFORMS for one in FIRST.on(platform)]


class Reader(HTMLParser):
    """Collects visible text, links, sources, attributes and scripts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self._inside: tuple[str, dict[str, str | None]] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Notes attributes and addresses."""
        found = dict(attrs)
        self.attributes.append((tag, found))
        self.addresses += [found[name] for name in ("href", "src", "action") if found.get(name)]
        if tag in ("script", "style"):
            self._inside = (tag, found)

    def handle_endtag(self, tag):
        """Leaves script and style."""
        if tag in ("script", "style"):
            self._inside = None

    def handle_data(self, data):
        """Sorts text into words and scripts."""
        if self._inside is None:
            self.words.append(data)
        elif self._inside[0] == "script":
            self.scripts.append((self._inside[1], data))

    @property
    def text(self) -> str:
        """Everything that is not script or style."""
        return "".join(self.words)


def page_of(get, listing: DemoListing) -> str:
    """The page of a listing, decompressed."""
    answer = get(listing.platform, f"{LISTING[listing.platform]}{listing.id}")
    return gzip.decompress(answer.body).decode() if answer.headers["Content-Encoding"] == "gzip" else answer.text


def found_by_search(get, platform: str, term: str) -> list[str]:
    """Ids that a search shows, over all its pages, following the links or numbers that the site itself gives."""
    ids: list[str] = []
    page: str | None = "1"
    while page:
        if platform == "demo-bazaar":
            answer = get(platform, f"/api/items?q={term}&page={page}").json
            ids += [item["id"] for item in answer["items"]]
            page = str(answer["next_page"]) if answer["next_page"] else None
            continue
        reader = Reader(get(platform, f"{SEARCH[platform]}?q={term}&page={page}").text)
        ids += [address.removeprefix(LISTING[platform]) for address in reader.addresses if address.startswith(LISTING[platform])]
        following = [found["href"] for tag, found in reader.attributes if tag == "a" and found.get("rel") == "next"]
        page = parse_qs(urlsplit(following[0]).query)["page"][0] if following else None
    return ids


def test_every_listing_is_found_by_its_term(get) -> None:
    """Each listing of round 1 is in the results of its own search term, once."""
    results: dict[tuple[str, str], list[str]] = {}
    for one in PRESENT:
        key = (one.platform, one.term)
        if key not in results:
            results[key] = found_by_search(get, *key)
        assert results[key].count(str(one.id)) == 1, one


def test_an_empty_search_pages_through_everything(get) -> None:
    """Pagination loses and doubles nothing."""
    for platform in PLATFORMS:
        assert found_by_search(get, platform, "") == [str(one.id) for one in FIRST.on(platform)]


def test_every_standing_listing_is_served_with_its_facts(get) -> None:
    """Title, seller, place and day are in the visible text of an HTML site, and in the interface of the drawn one."""
    for one in PRESENT:
        if one.state in ("removed", "removed_soft"):
            continue
        if one.platform == "demo-bazaar":
            shown = get(one.platform, f"/api/item?id={one.id}").json
            assert (one.title, one.description, one.price) == (shown["title"], shown["description"], shown["price"])
            assert (one.seller, one.location, one.posted) == (shown["seller"], shown["location"], shown["posted"])
            continue
        reader = Reader(page_of(get, one))
        for fact in (one.title, one.description, one.seller, one.location, one.category, one.posted[:10]):
            assert fact in reader.text, one
        assert reader.attributes[0][1]["lang"] == one.language
        assert reader.attributes[0][1]["dir"] == ("rtl" if one.language == "ar" else "ltr")


def test_nothing_of_the_truth_is_served(get) -> None:
    """No page and no answer of the interface says what a listing is judged to be, or in which round it changes."""
    for one in PRESENT:
        pages = [page_of(get, one)]
        if one.platform == "demo-bazaar":
            answer = get(one.platform, f"/api/item?id={one.id}")
            assert answer.status == (410 if one.state == "removed" else 200)
            pages.append(answer.text)
        for page in pages:
            assert "flagged" not in page
            assert "truth" not in page
            assert not re.search(r'"(intent|specimen|taxon|rounds|state)"', page)


def test_no_page_points_outside(get) -> None:
    """Every link, source and form stays on the same host; schema.org is named only as a vocabulary."""
    paths = [(one.platform, f"{LISTING[one.platform]}{one.id}") for one in PRESENT if one.state != "gzip_bomb"]
    paths += [(platform, f"{SEARCH[platform]}?q=") for platform in PLATFORMS] + [(platform, "/nowhere") for platform in PLATFORMS]
    for platform, path in paths:
        text = get(platform, path).text
        for address in Reader(text).addresses:
            assert address.startswith(("/", "data:,", "javascript:void(")), (path, address)
            assert not address.startswith("//")
        assert not re.search(r"(?:https?:)?//(?!schema\.org)\w", text), path
    assert "//" not in get("demo-bazaar", "/app.js").text


def test_jsonld_of_every_lot_is_valid(get) -> None:
    """The first JSON-LD block of a lot is a Product whose Offer has the price and currency of the listing."""
    for one in FIRST.on("demo-auctions"):
        blocks = [text for found, text in Reader(page_of(get, one)).scripts if found.get("type") == "application/ld+json"]
        product = json.loads(blocks[0])
        assert (product["@type"], product["sku"], product["name"]) == ("Product", str(one.id), one.title)
        assert (product["offers"].get("price"), product["offers"].get("priceCurrency")) == (one.price, one.currency)
        assert product["offers"]["availability"].endswith("SoldOut" if one.state == "sold" else "InStock")


def test_the_cards_of_the_auction_search_carry_microdata(get) -> None:
    """Each card is a Product with name, link and price."""
    reader = Reader(get("demo-auctions", "/browse").text)
    kinds = [found.get("itemtype") for _, found in reader.attributes]
    properties = [found.get("itemprop") for _, found in reader.attributes]
    assert kinds.count("https://schema.org/Product") == properties.count("name") == properties.count("url") == 10
    assert properties.count("price") >= 8


def test_the_bazaar_has_no_items_without_script(get) -> None:
    """Search and item pages of the drawn site are shells: no title, no price, no link to an item."""
    for path in ("/find?q=", *(f"/item/{one.id}" for one in FIRST.on("demo-bazaar"))):
        page = get("demo-bazaar", path).text
        assert ("/app.js" in page) != ("has been removed" in page)
        assert "/item/" not in page
        for one in FIRST.on("demo-bazaar"):
            assert one.title not in page


def test_removed_pages_say_so(get) -> None:
    """A removed listing answers 410 with a notice, a softly removed one 200 with a notice, an unknown one 404."""
    states = {one.state: one for one in PRESENT}
    hard, soft = states["removed"], states["removed_soft"]
    answers = [get(one.platform, f"{LISTING[one.platform]}{one.id}") for one in (hard, soft)]
    assert [answer.status for answer in answers] == [410, 200]
    assert "has been removed" in answers[0].text
    assert "no longer available" in answers[1].text
    assert soft.title not in answers[1].text
    for platform in PLATFORMS:
        assert get(platform, f"{LISTING[platform]}999999").status == 404
        assert get(platform, f"{LISTING[platform]}1e5").status == 404


def test_the_hostile_pages_are_hostile(get) -> None:
    """The bomb grows to its stated size, the structured data breaks a recursive parser, the script is live in the page."""
    states = {one.state: one for one in PRESENT}
    bomb = get("demo-classifieds", f"/ad/{states['gzip_bomb'].id}")
    assert len(bomb.body) < 200_000
    assert len(gzip.decompress(bomb.body)) == hostile.BOMB_BYTES
    deep = [text for _, text in Reader(get("demo-auctions", f"/lot/{states['deep_jsonld'].id}").text).scripts][-1]
    assert deep.count("{") == deep.count("}") == hostile.DEPTH > sys.getrecursionlimit()
    scripted = Reader(get("demo-classifieds", f"/ad/{states['script_fields'].id}").text)
    assert any("changed by script" in text for _, text in scripted.scripts)
    assert "<script>alert('ivory')</script>" in scripted.text


def test_the_footer_leads_somewhere(get) -> None:
    """Help is a page, and messages are behind a login wall."""
    for platform in PLATFORMS:
        assert "<h1>Help</h1>" in get(platform, "/help").text
        assert "sign in" in get(platform, "/private/messages").text


def test_robots_files_differ(get) -> None:
    """One site closes a folder, one asks for a delay, one allows everything."""
    robots = {platform: get(platform, "/robots.txt").text for platform in PLATFORMS}
    assert "Disallow: /private" in robots["demo-classifieds"]
    assert "Crawl-delay: 0.05" in robots["demo-auctions"]
    assert "Disallow" not in robots["demo-bazaar"]


def test_pictures_are_local_pngs(get) -> None:
    """Every picture that a page shows is a PNG of this server, alike each time and different between listings."""
    one, other = FIRST.on("demo-classifieds")[:2]
    first, again = (get("demo-classifieds", f"/images/{one.id}.png") for _ in range(2))
    assert first.headers["Content-Type"] == "image/png"
    assert first.body.startswith(b"\x89PNG\r\n\x1a\n")
    assert first.body == again.body != get("demo-classifieds", f"/images/{other.id}.png").body
    assert get("demo-classifieds", "/images/x.png").status == 404


@pytest.mark.parametrize("query", ["IVORY", "Ivory", "ｉｖｏｒｙ"])
def test_search_folds(query: str) -> None:
    """Case and width of a query do not matter."""
    assert FIRST.search("demo-classifieds", query).listings == FIRST.search("demo-classifieds", "ivory").listings != ()


def test_a_term_finds_offers_and_look_alikes() -> None:
    """The monitoring terms bring both what is sought and what only sounds like it."""
    for platform, term in (
        ("demo-classifieds", "ivory"), ("demo-bazaar", "象牙"), ("demo-bazaar", "งาช้าง"), ("demo-bazaar", "ngà voi"),
        ("demo-classifieds", "tortoise"), ("demo-classifieds", "python"), ("demo-classifieds", "слоновая кость"),
    ):  # fmt: skip
        flags = {one.truth.flagged for one in FIRST.search(platform, term, size=100).listings}
        assert flags == {True, False}, term


def test_all_listings_belong_to_a_platform() -> None:
    """No listing names a platform that nobody serves."""
    assert {one.platform for one in load()} == set(PLATFORMS)
