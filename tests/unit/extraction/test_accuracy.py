"""Accuracy on the shared real pages, which are not part of the repository."""

from __future__ import annotations

import csv
import gzip
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from crawlers.extraction import GenericExtractor
from crawlers.extraction.money import read_amount
from domain.listing import Page

FOLDER = Path(os.environ.get("MARKETWARDEN_SHARED", Path(__file__).parents[3].parent / "shared")) / "pages"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared development data is not here (MARKETWARDEN_SHARED)"),
]


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of a tab-separated file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def address_of(body: bytes, name: str) -> str:
    """The address that a page gives itself, else a made-up one on a host of its platform's name."""
    for pattern in (
        rb'<link[^>]*rel="canonical"[^>]*href="(http[^"]+)"',
        rb'<link[^>]*href="(http[^"]+)"[^>]*rel="canonical"',
        rb'og:url"[^>]*content="(http[^"]+)',
    ):
        if match := re.search(pattern, body):
            return match[1].decode().replace("&amp;", "&")
    return f"https://www.{name.split('__')[0].replace('_', '-')}.example/s/page"


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """Every page, extracted once."""
    read = {}
    for row in read_table("INDEX.tsv"):
        body = gzip.decompress((FOLDER / f"{row['file']}.gz").read_bytes())
        read[row["file"]] = GenericExtractor().extract(
            body, url=address_of(body, row["file"]), platform=None, media_type="text/html", status=200, at="2025-06-10T00:00:00Z"
        )
    return read


def test_kinds_are_right(pages: dict[str, Page]):
    """Listing, search, thread, channel and shell are told apart on every page."""
    wanted = {row["file"]: row["kind"].replace("js_shell", "shell") for row in read_table("INDEX.tsv")}

    assert wanted == {name: page.kind.value for name, page in pages.items()}


@pytest.mark.parametrize("field", ["title", "price", "currency", "seller", "location"])
def test_stated_fields_are_right(pages: dict[str, Page], field: str):
    """All but one of each field that the index states."""
    stated = [(row["file"], row[field]) for row in read_table("INDEX.tsv") if row[field].strip()]
    wrong = []
    for name, value in stated:
        got = getattr(pages[name].listing, field)
        if not (got == value or (field == "price" and got is not None and Decimal(got) == Decimal(value))):
            wrong.append((name, value, got))
    print(f"{field}: {len(stated) - len(wrong)} of {len(stated)}")

    assert len(wrong) <= 1, wrong


def shown_price(row: dict[str, str]) -> tuple[Decimal | None, str]:
    """Price and currency of a row as shown."""
    text = row["price_as_shown"].strip()
    if not text:
        return None, row["currency"]
    number, _, code = text.partition(" ")
    if re.fullmatch(r"\d+(?:\.\d+)?", number):
        return Decimal(number), row["currency"] or code
    amount = read_amount(text)
    return (amount.value if amount else None), row["currency"]


def test_search_results_are_found_in_order(pages: dict[str, Page]):
    """At least 95 % of titles and 90 % of prices in order, and not one item more than the page shows."""
    rows = read_table("SEARCH_RESULTS.tsv")
    titles = prices = 0
    for name in dict.fromkeys(row["file"] for row in rows):
        wanted = [row for row in rows if row["file"] == name]
        items = pages[name].items
        assert len(items) <= len(wanted), f"decoys in {name}"
        position = 0
        for row in wanted:
            found = next((index for index in range(position, len(items)) if items[index].title == row["title"]), None)
            if found is None:
                continue
            titles += 1
            position = found + 1
            value, currency = shown_price(row)
            item = items[found]
            same = (
                (item.price is None)
                if value is None
                else (item.price is not None and Decimal(item.price) == value and item.currency == currency)
            )
            prices += same
    print(f"titles {titles}, prices {prices} of {len(rows)}")

    assert titles >= 0.95 * len(rows)
    assert prices >= 0.90 * len(rows)
