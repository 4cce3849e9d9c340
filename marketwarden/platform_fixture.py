"""Makes a fixture of a platform from a stored page: the page, and what is found in it, for a person to check."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crawlers.extraction import GenericExtractor
from crawlers.platforms import Platform
from domain.errors import ConfigurationError
from domain.listing import Page, PageKind

_MOST = 2_000_000
"""Bytes of a page that is worth keeping as a fixture."""
_WITHOUT_FIELDS = {PageKind.SEARCH, PageKind.SHELL, PageKind.BLOCKED, PageKind.GONE, PageKind.UNKNOWN}


def write_fixture(page: Path, *, url: str, platform: Platform, folder: Path) -> Path:
    """Write `FOLDER/PLATFORM/NAME.html` and `NAME.json`, NAME being the page's; answers the path of the JSON.

    What it states is what the extraction finds now: it is worth nothing until a person has compared it
    with the page. Refuses an address that is not the platform's, a page too large, and to overwrite.
    """
    if not platform.covers(url):
        raise ConfigurationError(f"{url} is not on {platform.id}", field="url")
    try:
        body = page.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {error.strerror}", file=str(page)) from error
    if len(body) > _MOST:
        raise ConfigurationError(f"is larger than {_MOST} bytes", file=str(page))
    name = re.sub(r"[^a-z0-9]+", "-", page.stem.lower()).strip("-") or "page"
    stored, stated = (folder / platform.id / f"{name}{suffix}" for suffix in (".html", ".json"))
    if stored.exists() or stated.exists():
        raise ConfigurationError("is there already", file=str(stated))
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(body)
    stated.write_text(json.dumps(statement(body, url=url, platform=platform), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return stated


def statement(body: bytes, *, url: str, platform: Platform) -> dict[str, Any]:
    """`url`, `kind`, and the listing's fields or, on a page of answers, the number of its items: as a fixture states them."""
    read = read_page(body, url=url, platform=platform)
    found: dict[str, Any] = {"url": url, "kind": str(read.kind)}
    if read.kind not in _WITHOUT_FIELDS:
        found["listing"] = stated_fields(read)
    elif read.kind is PageKind.SEARCH:
        found["items"] = len(read.items)
    return found


def read_page(body: bytes, *, url: str, platform: Platform) -> Page:
    """The page as the product reads it, with the platform's selectors."""
    extractor = GenericExtractor(selectors={platform.id: platform.selectors})
    return extractor.extract(body, url=url, platform=platform.id, media_type=None, status=200, at=None)


def stated_fields(page: Page) -> dict[str, Any]:
    """Fields that the page states, as JSON has them."""
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(page.listing).items()}
    return {name: value for name, value in fields.items() if value not in (None, []) and name != "url"}
