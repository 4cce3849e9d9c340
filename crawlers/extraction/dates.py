"""Dates of a page to ISO 8601 in UTC: data dates strictly, worded and relative dates by dateparser, always relative to the capture."""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

MAX_TEXT = 60
"""dateparser takes 4.6 s on 10,000 characters (dependencies.md 3)."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?")
_DAY_FIRST_NOT = frozenset({"en", "zh", "ja", "ko", "hu", "lt"})
_LANGUAGES = frozenset(
    [
        "en",
        "de",
        "fr",
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
        "ja",
        "ko",
        "sw",
        "fil",
        "sk",
        "hr",
        "sr",
        "lt",
        "lv",
        "et",
    ]
)


def iso_of_data(value: Any) -> str | None:
    """ISO 8601 in UTC of a data value: ISO text, or seconds or milliseconds since 1970; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"1[0-9]{9}(?:[0-9]{3})?", value.strip()):
        value = int(value)
    if isinstance(value, int | float):
        seconds = value / 1000 if value > 10**11 else value
        if not 946_684_800 <= seconds < 4_102_444_800:
            return None
        return _iso(datetime.fromtimestamp(seconds, UTC))
    if not isinstance(value, str) or not (match := _ISO.match(value.strip()[:MAX_TEXT])):
        return None
    try:
        at = datetime.fromisoformat(match[0].replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return None
    if at.year < 1990:
        return None
    return _iso(at if at.tzinfo is not None else at.replace(tzinfo=UTC))


def iso_of_text(text: str, *, language: str | None, country: str | None, at: str | None) -> str | None:
    """ISO 8601 of a worded date; a relative one needs the time of capture, without it the answer is None."""
    exact = iso_of_data(text)
    if exact is not None:
        return exact
    text = text.strip()[:MAX_TEXT]
    if not text or not re.search(
        r"\d|today|yesterday|heute|gestern|hoy|ayer|hoje|ontem|aujourd|hier|сегодня|вчера|今天|昨天|今日|昨日|วันนี้|เมื่อวาน|hôm|hari|kemarin|اليوم|أمس|oggi|ieri|vandaag|gisteren|dzisiaj|wczoraj|i dag|i går|idag|igår|오늘|어제",
        text,
        re.I,
    ):
        return None
    import dateparser  # imported late: half a second, and few pages need it

    base = _base(at)
    languages = [code for code in (_language(language), "en") if code]
    settings: dict[str, Any] = {
        "TIMEZONE": "UTC", "RETURN_AS_TIMEZONE_AWARE": True, "TO_TIMEZONE": "UTC", "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"],
        "DATE_ORDER": "MDY" if country in ("US", "PH") else ("YMD" if language in ("zh", "ja", "ko", "hu") else "DMY"),
    }  # fmt: skip
    if base is not None:
        settings["RELATIVE_BASE"] = base.replace(tzinfo=None)
    try:
        found = dateparser.parse(text, languages=list(dict.fromkeys(languages)), settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError, AttributeError):
        return None
    if found is None or not 1990 <= found.year <= 2100:
        return None
    if base is None and not re.search(r"\d{4}", text):
        return None
    return _iso(found)


def _base(at: str | None) -> datetime | None:
    if not at:
        return None
    try:
        base = datetime.fromisoformat(at)
    except ValueError:
        return None
    return base.astimezone(UTC) if base.tzinfo is not None else base.replace(tzinfo=UTC)


def _language(code: str | None) -> str | None:
    code = {"no": "nb", "nn": "nb", "tl": "fil", "iw": "he", "in": "id"}.get(code or "", code)
    return code if code in _LANGUAGES else None


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
