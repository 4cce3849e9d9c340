"""Taxa and the dated entries of the Appendices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxon:
    """A taxon as our list names it."""

    key: str
    """Group key of the priority list, or the scientific name in lower case with underscores."""
    name: str
    """Accepted scientific name."""
    rank: str
    group: str
    """mammal, bird, reptile, amphibian, fish, invertebrate, plant, timber, coral."""
    tier: int
    """1 most found online, 3 least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One dated row of the Appendices."""

    taxon: str
    appendix: str
    """I, II, III or I/II."""
    annotation: str | None
    valid_from: date
    valid_to: date | None
    """First day on which it no longer holds; None while in force."""
    source: str
    certainty: str
    """seen, knowledge or uncertain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One name or word of the lexicon."""

    text: str
    taxon: str
    """Key of the taxon it speaks of; empty for words that name no taxon (a product, a context)."""
    kind: str
    """scientific, synonym, common, trade, product, code, context, negative; words of the lexicon also offer, wanted,
    mention, imitation, depiction, fossil, genuine, live, and `claim.<kind>` for a lawful claim."""
    language: str
    """ISO 639-1, or `la` for scientific names, `xx` for words shared by many."""
    ambiguity: str
    """L, M or H."""
    product: str | None
    """CITES term code that the word implies, if any."""
    source: str
    status: str
    """seen, inferred, memory or knowledge."""
    context: tuple[str, ...] = ()
    """Words of which one must be near before an ambiguous term counts."""
    negative: tuple[str, ...] = ()
    """Words that speak against it: evidence, never a veto."""
