"""The id of a listing is read off its address, alike from a card and from the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.identity import native_id


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/itm/Chair-06C-/390985762669?hash=item5b", "390985762669"),
        ("https://a.example/s-anzeige/anhaenger/2748392011-234-3331", "2748392011"),
        ("https://a.example/spo/d/city-old-skis/6196361664.html", "6196361664"),
        ("https://a.example/dp/B010RLC7P2", "B010RLC7P2"),
        ("https://a.example/item/561847-L020/Vintage-Ring?search=1", "561847-L020"),
        ("https://a.example/v/x/m2109876543-oude-waaier", "2109876543"),
        ("https://a.example/item.htm?id=678901234567&spm=1", "678901234567"),
        ("https://a.example/viewtopic.php?f=2&t=8841", "8841"),
        ("https://a.example/listing/465262327/unisex-polo", "465262327"),
        ("https://a.example/en/l/1234567-carved-figure", "1234567"),
        ("https://a.example/auction/x1122334455", "x1122334455"),
        ("https://a.example/item/2508161-RG1405/18ct-Gold-Ring?t=1", "2508161-RG1405"),
        ("https://a.example/p/fan-12345678", "12345678"),
        ("https://a.example/item/846508-10-2226/Silver-Ring", "846508-10-2226"),
        ("https://a.example/about", None),
        (None, None),
    ],
)
def test_the_id_stands_out_of_the_address(url: str | None, expected: str | None):
    """A number or code of a path part or an id parameter is the id; words are not."""
    assert expected == native_id(url)


@given(st.text(max_size=200))
def test_no_address_breaks_it(url: str):
    """Any text is answered."""
    assert native_id(url) is None or isinstance(native_id(url), str)
