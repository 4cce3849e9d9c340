"""The listings of the demonstration market: what is served, what changes by round, and the truth that only tests read.

One file per language, `listings/LANGUAGE.jsonl`, one object per line. All persons, handles, shops and contacts are invented.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from domain.assessment import Intent, Specimen
from domain.errors import ConfigurationError

FOLDER = Path(__file__).parent / "listings"
STATES = ("live", "sold", "removed", "removed_soft", "script_fields", "gzip_bomb", "deep_jsonld")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a careful reader says of the listing by `labels.md`. Never served."""

    intent: Intent
    specimen: Specimen
    taxon: str | None
    """The most specific scientific taxon or group that the text supports."""
    flagged: bool
    """Whether an officer should see it in the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoListing:
    """One listing as it stands in one round."""

    id: int
    platform: str
    language: str
    """ISO 639-1."""
    term: str
    """A search term that finds it."""
    title: str
    description: str
    price: str | None
    """Decimal number as text, or None where the seller names no price."""
    currency: str | None
    seller: str
    location: str
    country: str
    category: str
    posted: str
    """ISO 8601 in UTC."""
    state: str
    """One of `STATES`."""
    truth: Truth
    first_round: int = 1
    last_round: int | None = None
    """The last round in which it is there; None when it stays."""
    rounds: Mapping[int, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    """Round to the fields that change from then on."""

    def present(self, number: int) -> bool:
        """Whether the listing exists in this round."""
        return self.first_round <= number and (self.last_round is None or number <= self.last_round)

    def at(self, number: int) -> DemoListing:
        """The listing with every change up to and including this round applied."""
        listing = self
        for since in sorted(self.rounds):
            if since <= number:
                listing = replace(listing, **self.rounds[since])
        return listing


def parse(line: str) -> DemoListing:
    """One line of a listings file; raises `ConfigurationError` where a field is missing, unknown or has an unknown value."""
    try:
        row = dict(json.loads(line))
        truth = row.pop("truth")
        row["truth"] = Truth(
            intent=Intent(truth["intent"]), specimen=Specimen(truth["specimen"]), taxon=truth["taxon"], flagged=bool(truth["flagged"])
        )
        row["rounds"] = MappingProxyType({int(since): change for since, change in row.pop("rounds", {}).items()})
        listing = DemoListing(**row)
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"a listing cannot be read: {error}") from error
    if listing.state not in STATES:
        raise ConfigurationError(f"unknown state {listing.state!r}", field="state")
    return listing


@cache
def load() -> tuple[DemoListing, ...]:
    """All listings in the order of their ids; raises `ConfigurationError` naming file and line."""
    found: dict[int, DemoListing] = {}
    for file in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                listing = parse(line)
            except ConfigurationError as error:
                raise ConfigurationError(str(error), file=file.name, line=number) from error
            if listing.id in found:
                raise ConfigurationError(f"id {listing.id} is used twice", file=file.name, line=number)
            found[listing.id] = listing
    return tuple(found[key] for key in sorted(found))
