"""The listings as data: complete, many-tongued, and nobody real in them."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.listings import FOLDER, STATES, load, parse
from demo.market import PLATFORMS
from demo.money import written
from domain.assessment import Intent, Specimen
from domain.errors import ConfigurationError
from domain.text import index_tokens

LISTINGS = load()


def test_there_are_enough_listings_in_enough_languages() -> None:
    """At least 150 listings in at least ten languages, and every platform has some in several."""
    assert len(LISTINGS) >= 150
    languages = Counter(one.language for one in LISTINGS)
    assert len(languages) >= 10
    assert min(languages.values()) >= 8
    for platform in PLATFORMS:
        assert len({one.language for one in LISTINGS if one.platform == platform}) >= 3


def test_the_file_name_is_the_language() -> None:
    """Each file holds the listings of the language it is named after."""
    for file in FOLDER.glob("*.jsonl"):
        assert {json.loads(line)["language"] for line in file.read_text(encoding="utf-8").splitlines()} == {file.stem}


def test_truths_agree_with_the_label_definitions() -> None:
    """Only offers of live or genuine specimens with a taxon are flagged, and imitations and ordinary goods name no taxon."""
    for one in LISTINGS:
        if one.truth.flagged:
            assert one.truth.intent is Intent.OFFER, one
            assert one.truth.specimen in (Specimen.LIVE, Specimen.GENUINE), one
            assert one.truth.taxon, one
        if one.truth.specimen in (Specimen.NONE, Specimen.IMITATION, Specimen.DEPICTION):
            assert one.truth.taxon is None, one
            assert not one.truth.flagged, one


def test_every_kind_of_listing_is_there() -> None:
    """All intents that a market shows, all specimen classes and all states occur, and most listings are not flagged."""
    assert {one.truth.intent for one in LISTINGS} >= {Intent.OFFER, Intent.WANTED, Intent.MENTION}
    assert {one.truth.specimen for one in LISTINGS} >= set(Specimen) - {Specimen.UNCLEAR}
    assert {one.state for one in LISTINGS} == set(STATES)
    flagged = sum(one.truth.flagged for one in LISTINGS)
    assert 50 <= flagged <= len(LISTINGS) / 2
    assert sum(one.truth.intent is Intent.OFFER and not one.truth.flagged for one in LISTINGS if one.truth.taxon) >= 8


def test_the_term_of_a_listing_stands_in_its_text() -> None:
    """The search term that a listing claims is found by folded text, in every round."""
    for one in LISTINGS:
        for number in (1, 2):
            now = one.at(number)
            assert index_tokens(now.term) in index_tokens(f"{now.title}\n{now.description}"), now


def test_contacts_are_of_nobody() -> None:
    """Mail addresses lie under reserved names, and telephone numbers come from the ranges kept for fiction."""
    fiction = re.compile(r"DEMO-[\w-]+|555-01\d\d|020 7946 0\d{3}|0[67] 39 98 \d\d \d\d|030 23125 \d{3}")
    for one in LISTINGS:
        text = f"{one.title} {one.description} {one.seller}"
        for address in re.findall(r"\S+@[\w.-]+", text):
            assert re.search(r"(\.example|example\.(com|org|net))\b", address), address
        without = fiction.sub("", text)
        assert not re.search(r"\+?\d[\d -]{8,}\d", without), text
        assert "http" not in text


def test_prices_come_with_a_currency() -> None:
    """A price is a plain decimal with an ISO 4217 code, or both are absent."""
    for one in LISTINGS:
        assert (one.price is None) == (one.currency is None)
        if one.price is not None:
            assert re.fullmatch(r"\d+(\.\d\d)?", one.price)
            assert re.fullmatch(r"[A-Z]{3}", one.currency or "")
        assert re.fullmatch(r"[A-Z]{2}", one.country)
        assert re.fullmatch(r"2026-1[01]-\d\dT\d\d:\d\d:00Z", one.posted)


def test_rounds_change_known_fields_only() -> None:
    """A listing that changes is the same listing with another price or text, and round 1 is as written."""
    changing = [one for one in LISTINGS if one.rounds]
    assert len(changing) >= 4
    for one in changing:
        assert one.at(1) == one
        assert one.at(2) != one
        assert one.at(2).id == one.id
        assert one.at(3) == one.at(2)


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"id": 1, "truth": {"intent": "offer"}}', "null", '{"truth": 3}'])
def test_a_broken_line_is_refused(broken: str) -> None:
    """A line without its fields is a configuration error, not a listing with holes."""
    with pytest.raises(ConfigurationError):
        parse(broken)


def test_an_unknown_state_is_refused() -> None:
    """A misspelt state is an error instead of a page that is served as usual."""
    row = json.loads(next(FOLDER.glob("*.jsonl")).read_text(encoding="utf-8").splitlines()[0]) | {"state": "remvoed"}
    with pytest.raises(ConfigurationError, match="remvoed"):
        parse(json.dumps(row))


@pytest.mark.parametrize(
    ("price", "currency", "expected"),
    [
        ("1250", "EUR", "1.250 €"),
        ("1250.50", "EUR", "1.250,50 €"),
        ("450", "USD", "$450"),
        ("14500000", "VND", "14.500.000 ₫"),
        ("15000", "RUB", "15\u00a0000 ₽"),
        ("900", "AED", "AED 900"),
        (None, None, "No price stated"),
    ],
)
def test_prices_are_written_as_sellers_write_them(price: str | None, currency: str | None, expected: str) -> None:
    """Separators and symbols follow the currency."""
    assert written(price, currency) == expected


@given(st.integers(0, 10**12), st.sampled_from(["EUR", "USD", "VND", "RUB", "JPY", "SAR"]))
def test_a_written_price_keeps_its_digits(amount: int, currency: str) -> None:
    """Grouping adds separators and loses no digit."""
    assert "".join(re.findall(r"\d", written(str(amount), currency))) == str(amount)
