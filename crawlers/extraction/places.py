"""Places: an address as one line, and the country it names as ISO 3166-1 alpha-2 (names by babel, in many languages)."""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import re
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from crawlers.extraction.document import squash
from crawlers.extraction.jsonld import text_value

_LANGUAGES = [
    "en",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "ru",
    "uk",
    "cs",
    "sv",
    "nb",
    "da",
    "fi",
    "hu",
    "ro",
    "bg",
    "el",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "bn",
    "th",
    "vi",
    "id",
    "ms",
    "zh",
    "zh_Hant",
    "ja",
    "ko",
    "fil",
    "sw",
]
_ALIASES = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB", "usa": "US", "u.s.a.": "US", "us": "US",
    "united states of america": "US", "uae": "AE", "hong kong": "HK", "hong kong s.a.r.": "HK", "macau": "MO", "taiwan": "TW", "south korea": "KR", "korea": "KR",
    "viet nam": "VN", "czech republic": "CZ", "russian federation": "RU", "china mainland": "CN", "mainland china": "CN", "ivory coast": "CI", "burma": "MM",
    "holland": "NL", "the netherlands": "NL", "turkey": "TR",
}  # fmt: skip
_PARTS = ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry")


@cache
def _names() -> dict[str, str]:
    """Country names in lower case to codes; built at first use (about 9,000 names)."""
    names: dict[str, str] = {}
    for language in _LANGUAGES:
        try:
            territories = Locale.parse(language).territories
        except (UnknownLocaleError, ValueError):
            continue
        for code, name in territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "XK"):
                names.setdefault(name.lower(), code)
    names.update(_ALIASES)
    return names


@cache
def _codes() -> frozenset[str]:
    return frozenset(_names().values())


def country_code(text: str | None) -> str | None:
    """Alpha-2 of a code or a country's name; None when it is neither."""
    if not text or len(text) > 80:
        return None
    word = squash(text).strip(" .,()")
    if len(word) == 2 and word.isalpha() and word.isascii():
        code = "GB" if word.upper() == "UK" else word.upper()
        return code if code in _codes() else None
    return _names().get(word.lower())


def country_in(location: str | None) -> str | None:
    """The country that a location's last part (or whole) names; a two-letter part is a state as often, so it does not count."""
    if not location:
        return None
    parts = [part for part in re.split(r"[,、，/|·›>\-–]", location) if part.strip()]
    for part in (*reversed(parts[-2:]), location):
        if len(part.strip()) > 2 and (code := country_code(part)):
            return code
    return None


def usual_country(language: str | None) -> str | None:
    """The country where most speakers of a language live (CLDR likely subtags): for reading national phone numbers only."""
    tag = get_global("likely_subtags").get(language or "", "")
    part = tag.rsplit("_", 1)[-1]
    return part if len(part) == 2 and part.isupper() else None


def address_text(value: Any) -> str | None:
    """One line of a PostalAddress: locality, region, country as far as stated; a street only when nothing else is."""
    if not isinstance(value, dict):
        return None
    locality, region, country = (text_value(value.get(key), "name") for key in ("addressLocality", "addressRegion", "addressCountry"))
    parts: list[str] = []
    for part in (locality, region, country):
        text = squash(part) if part else ""
        if text and not any(text.lower() in known.lower() for known in parts):
            parts.append(text)
    if not parts:
        street = text_value(value.get("streetAddress"))
        return squash(street) if street else None
    postal = text_value(value.get("postalCode"))
    if postal and len(parts) == 1 and len(postal) <= 10:
        return f"{postal} {parts[0]}"
    return ", ".join(parts)
