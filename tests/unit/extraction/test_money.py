"""Amounts: every grouping habit, multipliers, and the currency that a sign means where the page stands."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.money import DIGIT, Locale, amount_text, data_amount, find_amounts, number_of


@pytest.mark.parametrize(
    ("text", "language", "country", "expected"),
    [
        ("R$ 2.850", None, None, [("2850", "BRL")]),
        ("KSh 12,000", None, None, [("12000", "KES")]),
        ("1200元", "zh", None, [("1200", "CNY")]),
        ("Rp1,5jt", None, None, [("1500000", "IDR")]),
        ("USD 1.2k", None, None, [("1200", "USD")]),
        ("8 лямов руб", None, None, [("8000000", "RUB")]),
        ("₹ 12 Lakh", None, None, [("1200000", "INR")]),
        ("2.3万円", "ja", None, [("23000", "JPY")]),
        ("1,5 triệu đ", "vi", None, [("1500000", "VND")]),
        ("12,00,000 ₹", None, None, [("1200000", "INR")]),
        ("CHF 1'250.50", None, None, [("1250.50", "CHF")]),
        ("1.250,- €", "de", None, [("1250", "EUR")]),
        ("250,-", "nb", None, [("250", "NOK")]),
        ("1.299 kr.", "da", None, [("1299", "DKK")]),
        ("1 250 kr", "sv", None, [("1250", "SEK")]),
        ("¥1,200", "ja", None, [("1200", "JPY")]),
        ("￥88.00", "zh", None, [("88", "CNY")]),
        ("$ 12.500", "es", "AR", [("12500", "ARS")]),
        ("$363.27", "es", "MX", [("363.27", "MXN")]),
        ("$649.99", "en", None, [("649.99", "USD")]),
        ("Rs. 45,000", "en", "PK", [("45000", "PKR")]),
        ("৳ ১,২০০", "bn", None, [("1200", "BDT")]),
        ("£1,250.00 – £2,000", "en", None, [("1250", "GBP"), ("2000", "GBP")]),
        ("45 000 тг", "ru", "KZ", [("45000", "KZT")]),
        ("3 500 ₽", "ru", None, [("3500", "RUB")]),
        ("12.345 ₫", "vi", None, [("12345", "VND")]),
        ("RM25", None, None, [("25", "MYR")]),
        ("1200 ريال", "ar", "SA", [("1200", "SAR")]),
        ("150 kr", None, None, [("150", None)]),
        ("size 42, model 2019", None, None, []),
        ("$-5.00", None, None, []),
    ],
)
def test_amounts_are_read_as_people_read_them(text: str, language: str | None, country: str | None, expected: list[tuple[str, str | None]]):
    """Value and currency of each amount in a text; an ambiguous sign that nothing settles has no currency."""
    assert expected == [(amount.text, amount.currency) for amount in find_amounts(text, Locale(language=language, country=country))]


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999.99"), places=2))
def test_both_habits_of_grouping_read_back(value: Decimal):
    """A number written the English and the German way is the same number."""
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert value == number_of(english) == number_of(german)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str):
    """Any text gives amounts that are written as plain decimals."""
    for amount in find_amounts(text, bare=True):
        assert Decimal(amount.text) == amount.value
        assert "E" not in amount_text(amount.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(187.2, "187.20"), ("1 250", "1250"), (True, None), (None, None), ("abc", None), (1e300, None), ("9" * 500, None), (0, "0")],
)
def test_data_amounts(value: object, expected: str | None):
    """Numbers and texts of data become decimals; nonsense does not."""
    found = data_amount(value)
    assert expected == (amount_text(found) if found is not None else None)


def test_all_decimal_digits_of_the_first_plane_are_known():
    """The quick test of digits misses none that a number is read from."""
    wanted = {sign for sign in map(chr, range(0x10000)) if unicodedata.category(sign) == "Nd"}

    assert wanted == {sign for sign in map(chr, range(0x10000)) if DIGIT.match(sign)}
