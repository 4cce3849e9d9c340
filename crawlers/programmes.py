"""Monitoring programmes as data, and the draws that they owe: pure functions of programme and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from crawlers.platforms import Platform
from crawlers.yaml_file import read_folders
from domain.clock import Ids
from domain.errors import ConfigurationError
from domain.sampling import Draw, Purpose


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


TermsByLanguage = dict[str, tuple[str, ...]]
"""ISO 639-1 code to search terms."""


class Terms(_Strict):
    """`core` is frozen for the index; new terms are `exploratory` until calibrated in overlap (`domain.md` 6.7).

    A platform is asked the terms of its languages; one that names no language is asked them all.
    """

    core: TermsByLanguage
    exploratory: TermsByLanguage = Field(default_factory=dict)


class Schedule(_Strict):
    """Slots at `at` UTC and every `every_hours` from there."""

    every_hours: int = Field(default=24, ge=1, le=24 * 28)
    at: str = Field(default="06:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class Programme(_Strict):
    """Which platforms are asked for which terms, how often and how hard."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,48}$")
    name: str
    platforms: tuple[str, ...]
    terms: Terms
    schedule: Schedule = Schedule()
    max_pages: int = Field(default=5, ge=1)
    max_items: int = Field(default=100, ge=1)


def load_programmes(folders: Iterable[Path]) -> dict[str, Programme]:
    """Every `*.yml` of the folders by id; a later folder wins."""
    return read_folders(folders, Programme)


_ANCHOR = datetime(2020, 1, 6, tzinfo=UTC)
"""A Monday: slots longer than a day start in step with the week."""


def slot_of(schedule: Schedule, now: datetime) -> datetime:
    """The latest slot that is not after `now`."""
    start = _ANCHOR.replace(hour=time.fromisoformat(schedule.at).hour, minute=time.fromisoformat(schedule.at).minute)
    step = timedelta(hours=schedule.every_hours)
    return start + step * ((now - start) // step)


def next_slot(schedule: Schedule, now: datetime) -> datetime:
    """The first slot after `now`."""
    return slot_of(schedule, now) + timedelta(hours=schedule.every_hours)


def owed_draws(programme: Programme, platforms: dict[str, Platform], *, due: datetime, ids: Ids) -> Iterator[Draw]:
    """One survey draw per platform, arm and term for the slot `due`; every cell is drawn, so its probability is 1."""
    arms: tuple[tuple[Literal["core", "exploratory"], TermsByLanguage], ...] = (
        ("core", programme.terms.core),
        ("exploratory", programme.terms.exploratory),
    )
    for platform_id in programme.platforms:
        if platform_id not in platforms:
            raise ConfigurationError(f"unknown platform {platform_id!r}", file=programme.id, field="platforms")
        for arm, terms in arms:
            for term in _asked(terms, platforms[platform_id]):
                yield Draw(
                    id=ids(), programme=programme.id, purpose=Purpose.SURVEY, arm=arm, platform=platform_id, term=term, url=None,
                    inclusion_probability=1.0, due=due, max_pages=programme.max_pages, max_items=programme.max_items,
                )  # fmt: skip


def _asked(terms: TermsByLanguage, platform: Platform) -> list[str]:
    """Each term once, in order."""
    chosen = [each for language, words in terms.items() if not platform.languages or language in platform.languages for each in words]
    return list(dict.fromkeys(chosen))
