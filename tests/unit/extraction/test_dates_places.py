"""Dates relative to the capture, countries by name, contacts in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.contacts import contacts_of
from crawlers.extraction.dates import iso_of_data, iso_of_text
from crawlers.extraction.places import address_text, country_code, country_in

AT = "2025-06-10T12:00:00Z"


@pytest.mark.parametrize(
    ("text", "language", "country", "expected"),
    [
        ("2025-05-01T10:00:00+03:00", None, None, "2025-05-01T07:00:00Z"),
        ("1746093600", None, None, "2025-05-01T10:00:00Z"),
        ("03.05.2025", "de", None, "2025-05-03T00:00:00Z"),
        ("03/05/2025", "en", "US", "2025-03-05T00:00:00Z"),
        ("03/05/2025", "en", "GB", "2025-05-03T00:00:00Z"),
        ("2 days ago", "en", None, "2025-06-08T12:00:00Z"),
        ("vor 2 Tagen", "de", None, "2025-06-08T12:00:00Z"),
        ("2 hari yang lalu", "id", None, "2025-06-08T12:00:00Z"),
        ("no date at all", "en", None, None),
        ("9" * 10_000, "en", None, None),
    ],
)
def test_dates_are_utc_and_relative_to_the_capture(text: str, language: str | None, country: str | None, expected: str | None):
    """Data dates, worded dates in the page's order, and relative ones from the capture time."""
    assert expected == iso_of_text(text, language=language, country=country, at=AT)


def test_a_relative_date_without_a_capture_time_is_unknown():
    """Nothing is guessed from the machine's clock."""
    assert iso_of_text("2 days ago", language="en", country=None, at=None) is None


@given(st.one_of(st.text(max_size=80), st.integers(), st.floats(), st.none(), st.booleans()))
def test_any_data_value_is_answered(value: object):
    """No value of data breaks the reader."""
    assert iso_of_data(value) is None or isinstance(iso_of_data(value), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de", "DE"),
        ("UK", "GB"),
        ("Deutschland", "DE"),
        ("日本", "JP"),
        ("Россия", "RU"),
        ("Việt Nam", "VN"),
        ("ประเทศไทย", None),
        ("ไทย", "TH"),
        ("Atlantis", None),
        (None, None),
    ],
)
def test_countries_by_code_and_name(text: str | None, expected: str | None):
    """Alpha-2 codes and names in the languages of the marketplaces."""
    assert expected == country_code(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Duluth, Georgia, United States", "US"),
        ("Zürich, Switzerland", "CH"),
        ("Milpitas, CA", None),
        ("Germany", "DE"),
        ("Berlin - Mitte", None),
    ],
)
def test_the_country_of_a_location(text: str, expected: str | None):
    """The last part names it; two letters may be a state and do not count."""
    assert expected == country_in(text)


def test_an_address_is_one_line():
    """Locality, region and country as far as stated, without doubles."""
    assert (
        address_text({"addressLocality": "Lyon", "addressRegion": "Rhône", "addressCountry": {"name": "France"}}) == "Lyon, Rhône, France"
    )


def test_contacts_are_found_and_normalised():
    """Phones in E.164, mails in lower case, messenger handles with their service."""
    text = "Call 0712 345678 or WhatsApp: +254712345679, mail Jane@Example.org, telegram: @jane_doe, https://t.me/janeshop"

    assert {
        "mail:jane@example.org",
        "phone:+254712345678",
        "phone:+254712345679",
        "handle:telegram:jane_doe",
        "handle:https://t.me/janeshop",
    } <= set(contacts_of(text, "KE"))
