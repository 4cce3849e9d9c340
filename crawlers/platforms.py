"""Platforms as data: one YAML file each, shipped ones first, the home's overlay over them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as Day
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from crawlers.extraction.platform import FIELDS, selector_problem
from crawlers.yaml_file import read_folders
from domain.errors import ConfigurationError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _field(name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"no field of a listing; known: {', '.join(sorted(FIELDS))}")
    return name


def _selector(text: str) -> str:
    problem = selector_problem(text)
    if problem is not None:
        raise ValueError(problem)
    return text


class Search(_Strict):
    """Where the platform answers a search term."""

    url: str
    """Template with `{base}`, `{term}` and `{page}`; the term is percent-encoded."""
    first_page: int = 1
    nothing_found: str | None = None
    """Regular expression of what the page says when nothing was found; without it a page without items is a parse failure."""

    @field_validator("nothing_found")
    @classmethod
    def _is_pattern(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"not a regular expression: {error}") from error
        return value


class Robots(_Strict):
    """The decision about robots.txt; not obeying it needs a legal basis, a person and a date."""

    obey: bool = True
    legal_basis: str | None = None
    decided_by: str | None = None
    date: Day | None = None

    @model_validator(mode="after")
    def _override_is_founded(self) -> Robots:
        if not self.obey and not (self.legal_basis and self.decided_by and self.date):
            raise ValueError("not obeying robots.txt needs legal_basis, decided_by and date")
        return self


class Budget(_Strict):
    """The most that one crawl may ask of the platform."""

    requests: int = Field(default=500, ge=1)
    bytes: int = Field(default=500_000_000, ge=1)


class Platform(_Strict):
    """One listed platform: what to ask, where, how hard, and by what right."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,48}$")
    name: str
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    languages: tuple[str, ...] = ()
    base_url: str
    search: Search | None = None
    listing_url: str | None = None
    """Regular expression searched in path and query of a URL; its group `native_id` names the listing."""
    render: Literal["http", "browser"] = "http"
    robots: Robots = Robots()
    lawful_basis: str = Field(min_length=10)
    terms_reviewed: Day
    delay_seconds: float = Field(default=1.0, ge=0)
    concurrency: int = Field(default=1, ge=1, le=64)
    budget: Budget = Budget()
    allow_loopback: bool = False
    """Only for demonstrations and tests: the door may open loopback addresses."""
    selectors: dict[Annotated[str, AfterValidator(_field)], Annotated[str, AfterValidator(_selector)]] = Field(default_factory=dict)
    """Field of a listing to a CSS selector, with `@name` at its end for an attribute."""
    demo: bool = False

    @field_validator("base_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or value.endswith("/"):
            raise ValueError("an http(s) address without a trailing slash")
        return value

    @field_validator("listing_url")
    @classmethod
    def _names_native_id(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            groups = re.compile(value).groupindex
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        if "native_id" not in groups:
            raise ValueError("needs a group (?P<native_id>...)")
        return value

    @model_validator(mode="after")
    def _loopback_is_for_demonstrations(self) -> Platform:
        if self.allow_loopback and not self.demo:
            raise ValueError("allow_loopback is for platforms marked demo")
        if self.delay_seconds == 0 and not self.demo:
            raise ValueError("a real platform needs a delay")
        return self

    @property
    def host(self) -> str:
        """Host name of the platform."""
        return urlsplit(self.base_url).hostname or ""

    def covers(self, url: str) -> bool:
        """Whether the URL is on this platform's host or below it; what is no URL is on none."""
        try:
            host = (urlsplit(url).hostname or "").lower()
        except ValueError:
            return False
        own = self.host.removeprefix("www.")
        return host == own or host.endswith("." + own)

    def native_id(self, url: str) -> str | None:
        """The listing's id on the platform, or None when the URL is no listing of it."""
        if self.listing_url is None:
            return None
        parts = urlsplit(url)
        found = re.search(self.listing_url, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        return found["native_id"] if found else None

    def search_page(self, term: str, number: int = 0) -> str:
        """Address of the `number`th page (from 0) of the answers to `term`."""
        if self.search is None:
            raise ConfigurationError("the platform has no search", file=self.id, field="search")
        page = self.search.first_page + number
        return self.search.url.format(base=self.base_url, term=quote(term, safe=""), page=page)


def load_platforms(folders: Iterable[Path]) -> dict[str, Platform]:
    """Every `*.yml` of the folders by id; a later folder's file of the same name wins; stem and id must agree."""
    return read_folders(folders, Platform)


def platform_of(url: str, platforms: dict[str, Platform]) -> Platform | None:
    """The platform that covers the URL, if one is listed."""
    return next((platform for platform in platforms.values() if platform.covers(url)), None)
