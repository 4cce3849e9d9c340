"""Sealed bytes to versions and sightings: every way a capture can end, on a real home."""

from __future__ import annotations

import json

import pytest

from domain.capture import Role
from domain.listing import ListingFields, SightingKind
from ledger import listings, tables
from ledger.listings import find_listing
from marketwarden.bootstrap import House
from marketwarden.stages.extract import storable
from tests.stages.conftest import IVORY, LAMP, Market, exchange, fine, outcomes, page


def sightings(house: House, native_id: str) -> list[str]:
    """Kinds of the sightings of a listing, oldest first."""
    with house.ledger.read() as conn:
        listing = find_listing(conn, "a-market", native_id)
        if listing is None:
            return []
        rows = conn.execute(tables.sighting.select().where(tables.sighting.c.listing == listing.id).order_by(tables.sighting.c.id))
        return [row.kind for row in rows]


def test_a_listing_seen_again_unchanged_gets_a_sighting_and_no_version(market: Market) -> None:
    """New, unchanged and changed are told apart by what an officer decides on."""
    with market.open() as house:
        market.listing(house, 1, LAMP)
        market.listing(house, 1, LAMP)
        market.listing(house, 1, IVORY)
        fine(house.run())

        assert outcomes(house, "extract") == {"new": 1, "unchanged": 1, "changed": 1}
        assert sightings(house, "1") == ["present"] * 3
        with house.ledger.read() as conn:
            listing = find_listing(conn, "a-market", "1")
            assert listing is not None
            newest = listings.latest_version(conn, listing.id)
            assert newest is not None
            body = listings.get_body(conn, newest.id)
        assert body is not None
        assert body.fields.title == IVORY


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, b"<html><title>Not found</title><body>Nothing here</body></html>", SightingKind.GONE),
        (410, b"<html><title>Gone</title><body>Nothing here</body></html>", SightingKind.GONE),
        (403, b"<html><title>Just a moment...</title><body>Checking your browser</body></html>", SightingKind.CHALLENGE),
        (401, b"<html><title>Log in</title><body>Please log in</body></html>", SightingKind.LOGIN_WALL),
        (500, b"<html><title>Error</title><body>It broke</body></html>", SightingKind.UNREACHABLE),
        (200, b"<html><title>A Market</title><body><h1>This listing has been removed</h1></body></html>", SightingKind.REMOVED),
    ],
)
def test_an_absence_is_typed_and_makes_no_version(market: Market, status: int, body: bytes, kind: SightingKind) -> None:
    """What status and page say of a known listing is a dated sighting; a failure is never an absence."""
    with market.open() as house:
        market.listing(house, 1, LAMP)
        market.seal(house, exchange(body, path="/ad/1", status=status, at=market.clock()))
        fine(house.run())

        assert outcomes(house, "extract") == {"new": 1, str(kind): 1}
        assert sightings(house, "1") == ["present", str(kind)]
        (document,) = house.index.scan()
        assert document.status == str(kind)


def test_an_absence_of_an_unknown_address_is_no_listing(market: Market) -> None:
    """A 404 of an address that never showed a listing leaves no listing behind."""
    with market.open() as house:
        market.seal(house, exchange(b"<html><body>no</body></html>", path="/ad/9", status=404))
        fine(house.run())

        assert outcomes(house, "extract") == {"gone": 1}
        assert sightings(house, "9") == []
        assert list(house.index.scan()) == []


def test_a_redirect_is_an_outcome_of_its_own(market: Market) -> None:
    """A redirect is neither a listing nor an absence."""
    with market.open() as house:
        market.listing(house, 1, LAMP)
        market.seal(house, exchange(b"", path="/ad/1", status=302))
        fine(house.run())

        assert outcomes(house, "extract") == {"new": 1, "redirect": 1}
        assert sightings(house, "1") == ["present"]


def test_a_page_that_was_rendered_is_read_once_as_rendered(market: Market) -> None:
    """The served shell is not read when its DOM is there: the DOM is, and the version is the DOM's."""
    with market.open() as house:
        (shell,) = market.seal(house, exchange(b"<html><body><script src=app.js></script></body></html>", path="/ad/1"))
        dom = market.resource(house, page(IVORY), path="/ad/1", role=Role.DOM, parent=shell.capture.id)
        fine(house.run())

        assert outcomes(house, "extract") == {"read_as_rendered": 1, "new": 1}
        with house.ledger.read() as conn:
            listing = find_listing(conn, "a-market", "1")
            assert listing is not None
            version = listings.latest_version(conn, listing.id)
        assert version is not None
        assert version.capture == dom.capture.id
        (document,) = house.index.scan()
        assert set(document.captures) == {shell.capture.id, dom.capture.id}


def test_an_imported_row_becomes_a_listing_as_it_stands(market: Market) -> None:
    """The fields of an imported row are not extracted again, and their provenance says imported."""
    row = {
        "url": "http://a-market.example/ad/5",
        "title": "An ivory bangle",
        "price": "120",
        "currency": "EUR",
        "images": ["http://x.example/1"],
    }
    with market.open() as house:
        market.resource(house, json.dumps(row).encode(), path="/ad/5", role=Role.IMPORTED, media="application/x-marketwarden-listing+json")
        fine(house.run())

        with house.ledger.read() as conn:
            listing = find_listing(conn, "a-market", "5")
            assert listing is not None
            version = listings.latest_version(conn, listing.id)
        assert version is not None
        assert (version.price, version.currency, version.images) == ("120", "EUR", 1)
        assert set(version.provenance.values()) == {"imported"}


def test_text_that_no_database_holds_is_marked_and_stored(market: Market) -> None:
    """Lone surrogates and NULs in a row leave a mark in their place and stop nothing."""
    row = '{"url": "http://a-market.example/ad/6", "title": "Ivory \\ud800 bangle\\u0000 old", "description": "\\udfff"}'
    with market.open() as house:
        market.resource(house, row.encode(), path="/ad/6", role=Role.IMPORTED, media="application/x-marketwarden-listing+json")
        market.seal(house, exchange(page("Ivory \x00 &#xD800; tusk for sale"), path="/ad/7"))
        fine(house.run())

        titles = [document.title for document in house.index.scan()]
    assert len(titles) == 2
    assert all("\0" not in title and title.encode() for title in titles)
    assert any(title.startswith("Ivory ? bangle\ufffd old") for title in titles)


def test_fields_that_can_be_stored_stay_as_they_are() -> None:
    """Only what cannot be stored is replaced."""
    fields = ListingFields(title="งาช้าง 象牙 🐘", images=("a", "b"))
    assert storable(fields) == fields


def test_pages_of_no_listing_are_counted_as_what_they_are(market: Market) -> None:
    """A page without a listing in it ends as its kind, or as an issue that names its address."""
    with market.open() as house:
        market.seal(house, exchange(b"", path="/ad/3"), exchange(b"\x89PNG\r\n\x1a\n\x00\x00", path="/ad/4", media="image/png"))
        fine(house.run())

        ended = outcomes(house, "extract")
        assert sum(ended.values()) == 2
        assert not {"new", "changed", "unchanged"} & set(ended)


def test_extraction_is_not_done_twice(market: Market) -> None:
    """A second run has only its own judgements' leaves to absorb, a third nothing."""
    with market.open() as house:
        market.listing(house, 1, IVORY)
        fine(house.run())
        assert {stage for stage, done in fine(house.run()).items() if done} == {"absorb"}
    with market.open() as house:
        assert set(fine(house.run()).values()) == {0}
