"""What language a text is in: the page's statement first, then the script, then letter statistics. A soft feature only."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from domain.assessment import Text

_MARKET = ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "ms", "nl", "pl", "pt", "ru", "sw", "th", "tr", "uk", "vi", "zh")
_SCRIPTS = (
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_ENOUGH = 0.15  # share of the letters: a Latin brand name in a Thai text does not make it English
_SAMPLE = 240  # characters for the letter statistics; the cost grows with them, a title and a sentence are enough for a soft feature
_STATED = re.compile(r"^[A-Za-z]{2}(?:[-_].*)?$")


@lru_cache(maxsize=1)
def _statistics() -> Any:
    # half a second to load; only a text that names something needs it
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_MARKET))
    return identifier


def language_of(text: str, stated: str | None = None) -> str | None:
    """ISO 639-1 of a text, None when there are no letters; reads the first 500 characters."""
    if stated is not None and _STATED.match(stated):
        return stated[:2].lower()
    sample = text[:500]
    letters = sum(map(str.isalpha, sample))
    if letters == 0:
        return None
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) >= max(1, _ENOUGH * letters):
            return "uk" if code == "ru" and _UKRAINIAN.search(sample) else code
    return _guess(sample[:_SAMPLE].encode("utf-8", "replace").decode())


@lru_cache(maxsize=4096)
def _guess(sample: str) -> str:
    """Matching and assessing ask about the same text one after the other."""
    return str(_statistics().classify(sample)[0])


def language_of_text(text: Text) -> str | None:
    """Language of a listing: as the page states it, or read off the title and the beginning of the description."""
    return language_of(f"{text.title[:_SAMPLE]} {text.description[:_SAMPLE]}", text.language)
