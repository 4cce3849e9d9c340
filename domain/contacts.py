"""Contacts and names taken out of a text before it goes to an index or a report: a neutral mark in their place."""

from __future__ import annotations

import re
import unicodedata

MARK = "▮"
_SHORTEST_PHONE = 7
_AT_SIGNS = ("@", "＠", "(at)", "[at]", "(AT)", "[AT]", "(At)", "[At]")

_EMAIL = re.compile(r"[^\s@<>()\[\],;:]{1,64}\s?(?:@|＠|\(at\)|\[at\])\s?[^\s@<>()\[\],;:]{1,190}\.[^\W\d_]{2,24}", re.IGNORECASE)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{1,2000}|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|net|org|info|biz|me|io|ru|cn|vn|th|id|br|fr|de|uk|jp|test|example)\b(?:/[^\s<>\"']{0,2000})?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.])[@＠][\w.\-]{2,64}")
_MESSENGER = re.compile(
    r"(?P<key>\b(?:whats\s?app|wa|wechat|weixin|we\s?chat|wx|qq|line(?:\s?id)?|telegram|tg|viber|zalo|kakao(?:talk)?|signal|insta(?:gram)?|ig|"
    r"skype|snap(?:chat)?|imo|facebook|fb|vk)\b|微信|薇信|威信|加微|扣扣|ไลน์|ไอดี|واتساب|واتس|تلغرام|тг|телеграм|ватсап|вотсап|вайбер)"
    r"(?P<between>\s*(?:id|号|：|:|=|-|\.|：|号码)*\s*)(?P<id>\+?[A-Za-z0-9][A-Za-z0-9_.\-]{2,39})",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\s\u00a0.\-/()–—·]{0,3}\d){6,16}(?![\w])")
_UNITS = re.compile(r"\s*(?:[€$£¥₹₽₫฿元円]|usd|eur|rub|vnd|thb|idr|kg|cm|mm|km|ml|gram|vnđ|đ\b|руб)", re.IGNORECASE)
_MONEY_BEFORE = re.compile(r"(?:[€$£¥₹₽₫฿]|rp|usd|eur|rub|vnd|thb|idr|r\$)\s*$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[.,\s\u00a0]\d{3})+(?:[.,]\d{1,2})?$")


_ASCII_DIGITS = {
    code: str(unicodedata.digit(chr(code))) for code in range(0x80, 0x20000) if chr(code).isdecimal()
} | {ord("＋"): "+"}  # fmt: skip


def _digits_to_ascii(text: str) -> str:
    """Same length, with every decimal digit as ASCII: Arabic-Indic, full-width, Thai, Devanagari."""
    return text if text.isascii() else text.translate(_ASCII_DIGITS)


def mask_contacts(text: str, *names: str) -> str:
    """The text without e-mail addresses, web addresses, handles, messenger ids, telephone numbers and the given names.

    Prices, weights, sizes and years stay. Names are matched without regard to case, whole or in part of a word.
    """
    masked = text
    for name in sorted((name.strip() for name in names), key=len, reverse=True):
        if len(name) >= 2:
            masked = _mask_name(masked, name)
    if any(sign in masked for sign in _AT_SIGNS):
        masked = _HANDLE.sub(MARK, _EMAIL.sub(MARK, masked))
    masked = _URL.sub(MARK, masked)
    masked = _MESSENGER.sub(lambda found: f"{found['key']}{found['between']}{MARK}", masked)
    return _mask_phones(masked)


def _mask_name(text: str, name: str) -> str:
    pattern = r"\s+".join(re.escape(part) for part in name.split())
    return re.sub(pattern, MARK, text, flags=re.IGNORECASE)


def _mask_phones(text: str) -> str:
    plain = _digits_to_ascii(text)
    out, at = [], 0
    for found in _PHONE.finditer(plain):
        end = _phone_end(plain, found)
        if end is None:
            continue
        out.append(text[at : found.start()] + MARK)
        at = end
    return "".join(out) + text[at:]


def _phone_end(text: str, found: re.Match[str]) -> int | None:
    """Where the telephone number ends; None when the digits are an amount.

    Digits grouped by thousands, or beside money or a unit, are an amount; where a number and an amount stand in a row
    (`0812345678 12 cm`), only the last group is.
    """
    digits = found.group()
    if _GROUPED.fullmatch(digits) is not None and not digits.startswith("0"):
        return None
    if _MONEY_BEFORE.search(text, max(0, found.start() - 8), found.start()) is not None and not digits.startswith(("0", "+")):
        return None
    if _UNITS.match(text, found.end()) is None:
        return found.end()
    head = digits.rsplit(None, 1)[0]
    if head != digits and sum(char.isdigit() for char in head) >= _SHORTEST_PHONE:
        return found.start() + len(head)
    return found.end() if digits.startswith(("0", "+")) else None
