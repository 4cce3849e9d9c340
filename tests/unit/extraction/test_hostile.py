"""Hostile pages: whatever the bytes, extraction answers, and soon enough not to matter."""
# ruff: noqa: E501 - pages are written as pages are

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listing_cases import CASES

from crawlers.extraction import GenericExtractor, page_json
from crawlers.extraction.decode import decode_page
from domain.listing import Page, PageKind

DEEP = 100_000
EXTRACTOR = GenericExtractor()


def extract(body: bytes, **changes: object) -> Page:
    """One page read with usual circumstances."""
    circumstances = {
        "url": "https://shop.example/item/1234567",
        "platform": None,
        "media_type": "text/html",
        "status": 200,
        "at": "2025-06-01T00:00:00Z",
    }
    return EXTRACTOR.extract(body, **{**circumstances, **changes})  # type: ignore[arg-type]


HOSTILE = {
    "empty": b"",
    "nulls": b"\x00" * 10_000,
    "deep_elements": b"<div>" * DEEP + b"<h1>x</h1>",
    "deep_elements_closed": b"<div><section>" * DEEP + b"<h1>x</h1>" + b"</section></div>" * DEEP,
    "open_formatting": b"".join(b"<b id=%d><p>x" % n for n in range(50_000)),
    "open_fonts_and_anchors": b"".join(b"<font size=%d><a name=%d><i class=x%d>" % (n, n, n) for n in range(30_000)) + b"<p>" * 30_000,
    "deep_tables": b"<table><tr><td>" * 30_000,
    "deep_uppercase": b"<DIV><UL><LI>" * 50_000,
    "deep_lists_and_paragraphs": b"<ul><li><p>" * 50_000,
    "deep_custom_elements": b"<x-a>" * DEEP,
    "deep_optional": b"<li>" * DEEP + b"<p><dd>" * DEEP,
    "deep_links": b"<a href='/item/1'>" * 20_000 + b"$5",
    "deep_jsonld": b'<script type="application/ld+json">' + b'{"@type":"Product","offers":' * DEEP + b"1" + b"}" * DEEP + b"</script>",
    "deep_arrays": b'<script type="application/ld+json">' + b"[" * DEEP + b"]" * DEEP + b"</script><title>t</title>",
    "open_arrays_in_state": b"<script>window.state = " + b"[" * DEEP + b'{"title":"a","price":1}</script>',
    "deep_graph": b'<script type="application/ld+json">' + b'{"@graph":[' * 300 + b"]}" * 300 + b"</script>",
    "huge_attribute": b"<div class='" + b"price " * 200_000 + b"'>$5</div>",
    "many_classes": b"<div class='seller location price title'>$1 </div>" * 20_000,
    "digits": b"<h1>x</h1><span class=price>$" + b"9" * 1_000_000 + b"</span>",
    "digit_groups": b"<h1>x</h1><span class=price>$" + b"1,234" * 50_000 + b"</span>",
    "many_prices": b"<p>$1,000.00 ~ 2.000,00 EUR</p>" * 20_000,
    "long_text": b"<p>" + b"kr " * 400_000 + b"</p>",
    "script_in_every_field": b'<title><script>alert(1)</script></title><h1><script>alert(1)</script></h1><meta property="og:title" content="<script>alert(1)</script>">'
    b'<script type="application/ld+json">{"@type":"Product","name":"<script>alert(1)<\\/script>","offers":{"price":"<script>","priceCurrency":"<b>"}}</script>',
    "wrong_charset": "<meta charset=utf-16><h1>Чучело</h1>".encode("koi8-r"),
    "unknown_charset": b"<meta charset=zip><h1>\xff\xfe</h1>",
    "templates": b'<template shadowrootmode="open">' * 5_000 + b"x" + b"</template>" * 9_000,
    "circular_itemref": b'<div itemscope itemtype="http://schema.org/Product" id=a itemref="a b"><div id=b itemprop=offers itemscope itemref="a">$5</div></div>',
    "strange_numbers": b'<script type="application/ld+json">{"@type":"Product","name":"a","offers":{"price":1e999,"priceCurrency":null}}</script>',
    "infinite": b'<script type="application/ld+json">{"@type":"Product","name":"a","offers":{"price":NaN}}</script>',
    "wrong_types": b'<script type="application/ld+json">{"@type":{"a":1},"name":[[]],"offers":[1,null,{"price":[]}],"image":{"url":{}}}</script>'
    b'<script type="application/ld+json">{"@type":["Product",3],"name":{"@value":{}},"offers":"x","seller":[[1]],"address":[null]}</script>',
    "bad_addresses": b'<base href="http://[::1"><link rel=canonical href="http://[bad"><a href="http://[x">y</a><a href="http://a:99999999/">z</a><h1>t</h1>',
    "unclosed": b'<script>window.a = {"title": "x", "price": ' + b"{" * 5_000,
    "quotes": b'<script>window.a = "{' + b'\\"' * 100_000 + b'";var price:1</script>',
    "same_class_rows": b"<ul>" + b"<li class=c><a href=/i/1>Thing one</a> $5</li>" * 5_000 + b"</ul>",
    "selector_injection": b'<div class="x]:not(*)" itemprop="](">$5</div>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_answered(name: str):
    """No content raises; the answer can be written as JSON."""
    page = extract(HOSTILE[name])

    assert isinstance(page.kind, PageKind)
    json.dumps(page_json(page), allow_nan=False)


def test_an_empty_page_says_so():
    """Nothing to read is `unknown` with an issue, not a listing."""
    page = extract(b"  \n ")

    assert (page.kind, [issue.code for issue in page.issues]) == (PageKind.UNKNOWN, ["empty"])


def test_markup_never_comes_out_as_markup():
    """Tags in data do not reach a field."""
    page = extract(HOSTILE["script_in_every_field"])

    assert "<" not in (page.listing.title or "") + (page.listing.description or "")


def test_a_page_over_the_cap_is_cut_and_says_so():
    """A page longer than is read ends with the issue `truncated`."""
    page = extract(b"<h1>x</h1>" + b"<p>y</p>" * 1_100_000)

    assert "truncated" in [issue.code for issue in page.issues]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3_000), st.sampled_from(["text/html", None, "text/html; charset=utf-16", "text/html; charset=big5"]))
def test_random_bytes_are_answered(body: bytes, media_type: str | None):
    """Any bytes under any stated charset are answered."""
    assert isinstance(extract(body, media_type=media_type), Page)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_mutated_pages_are_answered(data: st.DataObject):
    """Real shapes with pieces cut out, doubled and overwritten are answered."""
    body = bytearray(data.draw(st.sampled_from(CASES)).html.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(body) - 1))
        end = min(len(body), start + data.draw(st.integers(0, 200)))
        body[start:end] = data.draw(
            st.sampled_from([b"", b"<", b'"', b"{", b"}}]", b"&", b"\x00\xff", b"<script>", b"9" * 50, body[start:end] * 3])
        )
        if not body:
            body = bytearray(b"x")
    assert isinstance(extract(bytes(body)), Page)


@given(st.binary(max_size=400), st.text(max_size=40))
def test_decoding_never_raises(body: bytes, label: str):
    """Any bytes and any label give a text."""
    assert isinstance(decode_page(body, f"text/html; charset={label}").text, str)


@pytest.mark.parametrize(
    ("body", "media_type", "expected"),
    [
        ("Чучело".encode("cp1251"), "text/html; charset=windows-1251", "Чучело"),
        (b'<meta charset="gb2312">' + "象牙".encode("gb18030"), None, "象牙"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">' + "根付".encode("cp932"), "text/html", "根付"),
        ("\ufeffélan".encode(), "text/html; charset=iso-8859-1", "élan"),
        ("élan".encode("latin-1"), None, "élan"),
        ("é".encode(), "text/html; charset=iso-8859-1", "é"),
    ],
)
def test_text_is_decoded_as_a_browser_would(body: bytes, media_type: str | None, expected: str):
    """BOM, header and meta are followed; bytes that are UTF-8 are read as UTF-8 whatever is stated."""
    assert decode_page(body, media_type).text.endswith(expected)
