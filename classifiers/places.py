"""Countries and amounts that the page states; nothing is inferred from language, currency or domain in this version."""

from __future__ import annotations

import re
from typing import Any

from domain.assessment import Text

_COUNTRY = re.compile(r"^[A-Z]{2}$")
_STATED = 0.9  # a location field is what the seller typed, not where the thing lies
_AMOUNT = re.compile(
    r"(?<![\w.,])(\d{1,5}(?:[.,]\d{1,3})?)\s?(kg|kilos?|g|gr|grams?|gramm|克|斤|公斤|г|кг|pcs|pieces|pieces?|stück|stk|шт|件|個|pièces|piezas|peças|ekor|con|ตัว)(?![^\W\d_])",
    re.IGNORECASE,
)
_UNITS = {
    "kg": "kg",
    "kilo": "kg",
    "kilos": "kg",
    "公斤": "kg",
    "кг": "kg",
    "g": "g",
    "gr": "g",
    "gram": "g",
    "grams": "g",
    "gramm": "g",
    "克": "g",
    "г": "g",
}


def countries(text: Text) -> tuple[dict[str, Any], ...]:
    """Country of the seller and where it ships to, as codes of ISO 3166-1 alpha-2."""
    found: list[dict[str, Any]] = []
    if text.country and _COUNTRY.match(text.country):
        found.append({"code": text.country, "role": "seller", "probability": _STATED, "method": "field"})
    for place in text.shipping:
        if _COUNTRY.match(place):
            found.append({"code": place, "role": "ships_to", "probability": _STATED, "method": "field"})
    return tuple(found)


def quantity(text: Text) -> dict[str, Any] | None:
    """The stated quantity, or the first amount with a unit in the title or the beginning of the description."""
    if text.quantity:
        return {"amount": text.quantity, "unit": text.unit}
    match = _AMOUNT.search(f"{text.title[:500]}\n{text.description[:500]}")
    if match is None:
        return None
    return {"amount": match.group(1).replace(",", "."), "unit": _UNITS.get(match.group(2).lower(), "no.")}
