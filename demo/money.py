"""Prices as sellers of each currency write them."""

from __future__ import annotations

from decimal import Decimal

_FORMS: dict[str, tuple[str, str, str]] = {
    # currency: form, group separator, decimal separator
    "USD": ("${}", ",", "."),
    "GBP": ("£{}", ",", "."),
    "EUR": ("{} €", ".", ","),
    "JPY": ("{}円", ",", "."),
    "CNY": ("{}元", ",", "."),
    "VND": ("{} ₫", ".", ","),
    "THB": ("฿{}", ",", "."),
    "IDR": ("Rp {}", ".", ","),
    "BRL": ("R$ {}", ".", ","),
    "RUB": ("{} ₽", "\u00a0", ","),
}


def written(price: str | None, currency: str | None) -> str:
    """A price for people, such as `1.250,50 €`; an unknown currency is written as its code; an absent one is said to be absent."""
    if price is None or currency is None:
        return "No price stated"
    form, group, point = _FORMS.get(currency, (currency + " {}", ",", "."))
    whole, _, cents = f"{Decimal(price):,}".partition(".")
    return form.format(whole.replace(",", group) + (point + cents if cents else ""))
