"""What every platform file and its fixtures must hold, as functions of the folders they lie in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.platforms import Platform, load_platforms
from domain.errors import ConfigurationError
from marketwarden.platform_fixture import read_page, stated_fields

_KEYS = {"url", "kind", "listing", "items"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Where platform files and fixtures lie; a test makes one of its own."""

    root: Path

    @property
    def files(self) -> list[Path]:
        """Every platform file that is part of the product."""
        return sorted(path for folder in ("config/platforms", "demo/platforms") for path in (self.root / folder).glob("*.yml"))

    def fixtures(self, platform: str) -> Path:
        """The fixture folder of a platform."""
        return self.root / "tests" / "platforms" / platform

    def pages(self, platform: str) -> list[Path]:
        """The JSON files of its fixtures."""
        return sorted(self.fixtures(platform).glob("*.json"))

    def stated(self) -> Iterator[tuple[Path, Path, str]]:
        """(platform file, fixture, field) for everything that a fixture states; a field of the listing is `listing.NAME`."""
        for file in self.files:
            for page in self.pages(file.stem):
                fixture = json.loads(page.read_text(encoding="utf-8"))
                yield file, page, "kind"
                if "items" in fixture:
                    yield file, page, "items"
                for name in fixture.get("listing", {}):
                    yield file, page, f"listing.{name}"


def load(file: Path) -> Platform:
    """The platform of one file, as the product loads it."""
    return load_platforms([file.parent])[file.stem]


def wanted_and_found(file: Path, page: Path, field: str) -> tuple[Any, Any]:
    """What the fixture states and what the product reads."""
    fixture = json.loads(page.read_text(encoding="utf-8"))
    read = read_page(page.with_suffix(".html").read_bytes(), url=fixture["url"], platform=load(file))
    if field == "kind":
        return fixture["kind"], str(read.kind)
    if field == "items":
        return fixture["items"], len(read.items)
    name = field.removeprefix("listing.")
    return fixture["listing"][name], stated_fields(read).get(name)


def problems_of(file: Path, repository: Repository) -> list[str]:
    """What is wrong with a platform file and its fixtures, a sentence each."""
    try:
        platform = load(file)
    except ConfigurationError as error:
        return [str(error)]
    return [*_problems_of_file(file.stem, platform), *_problems_of_fixtures(platform, repository)]


def _problems_of_file(stem: str, platform: Platform) -> Iterator[str]:
    if platform.id != stem:
        yield f"{stem}: its id is {platform.id}"
    if "FILL IN" in platform.lawful_basis:
        yield f"{stem}: its lawful basis is not filled in"
    if not platform.robots.obey and not platform.robots.decided_by:
        yield f"{stem}: robots.txt is not obeyed, and nobody decided it"
    if platform.delay_seconds < (0 if platform.demo else 0.5):
        yield f"{stem}: half a second between requests is the least"
    if platform.search is not None and not platform.covers(platform.search_page("ivory")):
        yield f"{stem}: its search is not on the platform"


def _problems_of_fixtures(platform: Platform, repository: Repository) -> Iterator[str]:
    pages = repository.pages(platform.id)
    if not pages:
        yield f"{platform.id}: no fixtures: make tests/platforms/{platform.id} with: marketwarden platforms fixture"
        return
    for lone in repository.fixtures(platform.id).glob("*.html"):
        if not lone.with_suffix(".json").exists():
            yield f"{platform.id}: {lone.name} has no JSON that states what is in it"
    named = False
    for page in pages:
        fixture = json.loads(page.read_text(encoding="utf-8"))
        if not {"url", "kind"} <= set(fixture) <= _KEYS:
            yield f"{platform.id}: {page.name} needs url and kind, and may have listing or items"
        elif not page.with_suffix(".html").exists():
            yield f"{platform.id}: {page.name} has no page"
        elif not platform.covers(fixture["url"]):
            yield f"{platform.id}: {page.name} is of another host"
        else:
            named = named or bool(platform.native_id(fixture["url"]))
    if platform.listing_url is not None and not named:
        yield f"{platform.id}: no fixture has an address in which listing_url finds a native_id"
