"""What a listing was judged to be, by which rules and versions, and why (`interfaces.md`, assess)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Intent(StrEnum):
    """What the text does (`labels.md`)."""

    OFFER = "offer"
    WANTED = "wanted"
    MENTION = "mention"
    OTHER = "other"


class Specimen(StrEnum):
    """What the thing is (`labels.md`)."""

    LIVE = "live"
    GENUINE = "genuine"
    IMITATION = "imitation"
    DEPICTION = "depiction"
    FOSSIL = "fossil"
    UNCLEAR = "unclear"
    NONE = "none"


class Verdict(StrEnum):
    """Class of an assessment; never a finding of guilt."""

    LIKELY_ILLEGAL_OFFER = "likely_illegal_offer"
    DOUBTFUL = "doubtful"
    LIKELY_LAWFUL = "likely_lawful"
    IRRELEVANT = "irrelevant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is assessed: the seller's own words and the facts of the page. Offsets below count characters of a field."""

    id: str
    title: str
    description: str
    seller_text: str = ""
    captured_at: datetime | None = None
    platform: str | None = None
    price: str | None = None
    currency: str | None = None
    quantity: str | None = None
    unit: str | None = None
    country: str | None = None
    location: str | None = None
    category: str | None = None
    language: str | None = None
    availability: str | None = None
    intent_hint: str | None = None
    shipping: tuple[str, ...] = ()
    payment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name or word of the lexicon at a place in the text."""

    taxon: str
    """Key of the taxon; empty for product, context and claim words."""
    term: str
    kind: str
    """As `species.Term.kind`."""
    language: str
    field: str
    """title, description or seller_text."""
    start: int
    end: int
    weight: float
    """How strongly it speaks, 0 to 1, after ambiguity and context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that moved the judgement, pointing at the text."""

    rule: str
    text: str
    """A sentence for the officer."""
    span: tuple[int, int] | None
    field: str | None
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxonClaim:
    """A taxon that the text supports, with its listing on the day of capture."""

    taxon: str
    """Scientific name."""
    rank: str
    appendix: str | None
    annotation: str | None
    list: str
    spans: tuple[tuple[int, int], ...]
    field: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The judgement of one listing version; `interfaces.md` names the meaning of every field."""

    language: str | None
    intent: Intent
    specimen: Specimen
    taxa: tuple[TaxonClaim, ...]
    product: tuple[str, ...]
    quantity: dict[str, Any] | None
    countries: tuple[dict[str, Any], ...]
    lawful_claims: tuple[dict[str, Any], ...]
    verdict: Verdict
    policy_violation: bool
    flagged: bool
    probability: float
    abstained: bool
    missing: tuple[str, ...]
    reasons: tuple[Reason, ...]
    versions: dict[str, str]
