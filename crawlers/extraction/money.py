"""Amounts of money in text and data: one number reader for all grouping habits, multipliers, and the currency layer.

Written here rather than taken from price-parser, which is quadratic on long digit runs (3.1 s on 20,000 digits), ignores
multipliers (`Rp1,5jt` is 1.5) and knows no currency for `KSh 12,000` or `1200元` (dependencies.md 3).
"""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from crawlers.extraction.currency import AMBIGUOUS, COUNTRY_CURRENCY, ISO_CODES, LANGUAGE_CURRENCY, SIGNS

MAX_TEXT = 400
"""Longest text in which an amount is looked for; a price is short."""
MAX_DIGITS = 15

_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩٫٬，．", "0123456789" * 8 + ".,,."
)
_SPACES = "\u00a0\u202f\u2009\u2007\u2006 "
_MULTIPLIERS: dict[str, Decimal] = {
    "k": Decimal(1000), "rb": Decimal(1000), "ribu": Decimal(1000), "mil": Decimal(1000), "тыс": Decimal(1000), "тыс.": Decimal(1000), "т.р.": Decimal(1000),
    "ngàn": Decimal(1000), "nghìn": Decimal(1000), "พัน": Decimal(1000), "jt": Decimal(10) ** 6, "juta": Decimal(10) ** 6, "m": Decimal(10) ** 6,
    "mio": Decimal(10) ** 6, "mio.": Decimal(10) ** 6, "mln": Decimal(10) ** 6, "mln.": Decimal(10) ** 6, "млн": Decimal(10) ** 6, "млн.": Decimal(10) ** 6,
    "million": Decimal(10) ** 6, "millones": Decimal(10) ** 6, "лям": Decimal(10) ** 6, "ляма": Decimal(10) ** 6, "лямов": Decimal(10) ** 6, "triệu": Decimal(10) ** 6, "tr": Decimal(10) ** 6,
    "ล้าน": Decimal(10) ** 6, "lakh": Decimal(10) ** 5, "lakhs": Decimal(10) ** 5, "lac": Decimal(10) ** 5, "lacs": Decimal(10) ** 5, "लाख": Decimal(10) ** 5,
    "crore": Decimal(10) ** 7, "crores": Decimal(10) ** 7, "cr": Decimal(10) ** 7, "करोड़": Decimal(10) ** 7, "万": Decimal(10) ** 4, "萬": Decimal(10) ** 4, "만": Decimal(10) ** 4, "億": Decimal(10) ** 8, "亿": Decimal(10) ** 8,
    "tỷ": Decimal(10) ** 9, "tỉ": Decimal(10) ** 9, "miliar": Decimal(10) ** 9, "ألف": Decimal(1000), "مليون": Decimal(10) ** 6, "bin": Decimal(1000),
}  # fmt: skip
_ONLY_WITH_SIGN = frozenset({"m", "k", "tr", "cr", "bin", "mil"})
"""Multipliers that are also units or words: they count only beside a currency."""

_NUMBER = r"\d{1,15}(?:[.,'’ \u00a0\u202f\u2009]\d{2,3}(?!\d))*(?:[.,]\d{1,4})?"
_all_signs = sorted(set(SIGNS) | set(AMBIGUOUS), key=len, reverse=True)


def _sign_pattern(sign: str) -> str:
    escaped = re.escape(sign.strip())
    before = r"(?<![^\W\d_])" if sign[0].isalpha() and ord(sign[0]) < 0x2E80 else ""
    after = r"(?![^\W\d_])" if sign.strip()[-1].isalpha() and sign.isascii() else ""
    return before + escaped + after


_ISO = r"(?<![A-Za-z])(?:" + "|".join(sorted(ISO_CODES)) + r")(?![A-Za-z])"
_SIGN = "(?:" + "|".join(_sign_pattern(sign) for sign in _all_signs) + "|" + _ISO + ")"
_words = sorted(_MULTIPLIERS, key=len, reverse=True)
_MULTIPLIER = "(?i:(?:" + "|".join(re.escape(word) for word in _words if word not in "万萬만億亿") + r")(?![^\W\d_]|\d)|[万萬만億亿])"
_GAP = r"[ \u00a0\u202f\u2009]{0,3}"
_FOUND = re.compile(rf"(?<![\d.,])(?P<number>{_NUMBER})(?P<dash>[.,][-–—]{{1,2}}|:-)?")
_BEFORE = re.compile(rf"(?P<outer>{_ISO})?{_GAP}:?{_GAP}(?P<inner>{_SIGN}){_GAP}(?P<minus>[-−]{_GAP})?$")
_AFTER = re.compile(rf"(?:{_GAP}(?P<multiplier>{_MULTIPLIER}))?{_GAP}(?P<sign>{_SIGN})?")
_REACH = 16
"""Characters before a number in which its sign can stand."""
QUICK = re.compile(
    r"[$€£¥￥₽₴₸₺₹৳฿₫₱₩₦₵₪₮₭៛₼₾֏₨₲₡円元원]|\b(?:kr|zł|Kč|Ft|лв|руб|грн|тг|сум|сом|Rp|RM|KSh|Ksh|TL|Rs|lei|din|Tk|CHF|SFr|Fr|DH|Dhs?|CFA|FCFA|R)\b|Rp|Rs|KSh|TSh|USh"
    r"|บาท|đ|тенге|درهم|ريال|دينار|جنيه|د\.|ر\.س|р\.|\b[A-Z]{3}\b|\d(?:,-|:-|,–)|টাকা|euro",
)
"""A text in which no price can stand does not match; cheap, run before anything else."""


_ZEROS = (
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0,
    0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
)  # fmt: skip
DIGIT = re.compile("[" + "".join(f"{chr(zero)}-{chr(zero + 9)}" for zero in _ZEROS) + "]")
r"""The decimal digits of Unicode's first plane; half the cost of `\d`, and asked of every short text of a page."""


@lru_cache(maxsize=10_000)
def may_hold_price(text: str) -> bool:
    """Whether a text can be a price or a part of one: a digit and a sign, or a sign alone. Run before anything slow."""
    if len(text) > 4 and DIGIT.search(text) is None:
        return False
    return QUICK.search(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum as read. `currency` is None when the text states none."""

    value: Decimal
    currency: str | None
    sign: str | None
    """The sign as written, for the currency layer."""
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """Decimal text without exponent or thousands signs."""
        return amount_text(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """Where a page stands, as far as it says: settles ambiguous signs and grouping."""

    language: str | None = None
    """ISO 639, lower case."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    declared: str | None = None
    """A currency that the page's own data states."""


NOWHERE = Locale()


def amount_text(value: Decimal) -> str:
    """`1234.56` of a Decimal; whole numbers without a point unless the source had decimals."""
    text = format(value, "f")
    if "." in text:
        whole, _, rest = text.partition(".")
        rest = rest.rstrip("0")
        return f"{whole}.{rest.ljust(2, '0')}" if rest else whole
    return text


def currency_of(sign: str, locale: Locale) -> str | None:
    """ISO 4217 of a sign on a page of that locale; None when the sign could be several and nothing settles it."""
    sign = sign.strip()
    if sign in ISO_CODES:
        return sign
    choices = AMBIGUOUS.get(sign)
    if choices is None:
        return SIGNS.get(sign) or None
    if locale.declared in choices:
        return locale.declared
    local = COUNTRY_CURRENCY.get(locale.country or "")
    if local in choices:
        return local
    language = LANGUAGE_CURRENCY.get(locale.language or "")
    if language in choices:
        return language
    if sign in ("kr", "kr.", "Kr", "Kr.", "pesos", "دينار"):
        return None
    return choices[0]


def number_of(text: str, *, decimals_comma: bool | None = None) -> Decimal | None:
    """A number in any grouping habit: `1.234,56`, `1,234.56`, `1 234`, `12,00,000`, `1'234.50`."""
    text = text.strip(_SPACES)
    for space in (*_SPACES, "'", "’"):
        text = text.replace(space, "")
    if not text or sum(c.isdigit() for c in text) > MAX_DIGITS:
        return None
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
        text = text.replace("." if decimal == "," else ",", "")
        if text.count(decimal) > 1:
            text = text.replace(decimal, "")
        text = text.replace(",", ".")
    elif comma >= 0 or point >= 0:
        mark = "," if comma >= 0 else "."
        tail = len(text) - text.rfind(mark) - 1
        grouped = text.count(mark) > 1 or (
            tail == 3 and not text.startswith("0" + mark) and not (decimals_comma is (mark == ",") and decimals_comma is not None)
        )
        text = text.replace(mark, "") if grouped else text.replace(",", ".")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def find_amounts(text: str, locale: Locale = NOWHERE, *, bare: bool = False) -> Iterator[Amount]:
    """Every amount with a currency sign (or, when `bare`, any number) in a text, in order; texts are cut at `MAX_TEXT`."""
    text = text[:MAX_TEXT].translate(_DIGITS)
    reach = 0
    for match in _FOUND.finditer(text):
        before = _BEFORE.search(text[max(reach, match.start() - _REACH) : match.start()])
        after = _AFTER.match(text, match.end())
        following = after["sign"] if after else None
        sign = (before["inner"] if before else None) or following
        if before and following in ISO_CODES:
            sign = following
        elif before and before["outer"] in ISO_CODES:
            sign = before["outer"]
        if sign is None and match["dash"] and locale.language in ("nb", "no", "nn", "sv", "da"):
            sign = "kr"
        reach = match.end()
        if (sign is None and not match["dash"] and not bare) or (before and before["minus"]):
            continue
        value = number_of(match["number"])
        if value is None:
            continue
        word = after["multiplier"].lower() if after and after["multiplier"] else None
        if word is not None and (word not in _ONLY_WITH_SIGN or sign is not None):
            value *= _MULTIPLIERS[word]
        start = match.start() - (len(before[0]) if before else 0)
        end = after.end() if after and (following or word) else match.end()
        yield Amount(value=value, currency=currency_of(sign, locale) if sign else None, sign=sign, start=start, end=end)


def read_amount(text: str, locale: Locale = NOWHERE) -> Amount | None:
    """The first amount of a text that is thought to be a price: with a sign if there is one, else a bare number."""
    found = next(find_amounts(text, locale), None)
    return found if found is not None else next(find_amounts(text, locale, bare=True), None)


def data_amount(value: Any) -> Decimal | None:
    """A number as data states it (JSON number or text); zero and below are kept, nonsense is None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        if not -1e15 < value < 1e15:
            return None
        return Decimal(str(value))
    if isinstance(value, str):
        text = value.strip().translate(_DIGITS)
        if len(text) > MAX_TEXT:
            return None
        if re.fullmatch(r"\d{1,15}(\.\d{1,8})?", text):
            return Decimal(text)
        found = read_amount(text)
        return found.value if found else None
    return None


def data_currency(value: Any) -> str | None:
    """A currency as data states it: a code, or an unambiguous sign."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    if text.upper() in ISO_CODES and len(text) == 3:
        return text.upper()
    sign = SIGNS.get(text)
    return sign if sign and text not in AMBIGUOUS else None
