"""What the model sees of a text: the words around its names, and what the rules made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.claims import Claim
from classifiers.facets import Facets
from classifiers.rules import Found
from domain.assessment import Intent, Specimen, Text, Verdict

_KINDS = ("offer", "wanted", "mention", "imitation", "depiction", "fossil", "genuine", "live", "product", "negative")
_BEFORE, _AFTER = 120, 180  # characters around the leading name: what two readers quote as their reason fits
_MASK = " § "  # the name itself is hidden, or the model would learn species instead of wording

NAMES = (
    *(f"says {kind}" for kind in _KINDS),
    "name weight",
    "names",
    "priced",
    "has part",
    "appendix I",
    "listed",
    "claims",
    "numbered claims",
    *(f"intent {intent}" for intent in Intent),
    *(f"specimen {specimen}" for specimen in Specimen),
    *(f"verdict {verdict}" for verdict in Verdict),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One row for the model."""

    window: str
    numbers: tuple[float, ...]
    """As `NAMES`, each 0 to 1."""


def read_features(
    text: Text, facets: Facets, found: Found, *, intent: Intent, specimen: Specimen, verdict: Verdict, claims: Sequence[Claim]
) -> Features:
    """The row of one text whose leading taxon is `found`."""
    name = found.name
    value = getattr(text, name.field)
    window = value[max(0, name.start - _BEFORE) : name.start] + _MASK + value[name.end : name.end + _AFTER]
    if name.field != "title":
        window = f"{text.title[:_AFTER]} | {window}"
    appendix = found.entry.appendix.split("/") if found.entry is not None else []
    numbers = [min(1.0, facets.score(kind) / 2) for kind in _KINDS]
    numbers += [
        name.weight,
        min(1.0, len(facets.names) / 4),
        float(facets.priced),
        float(found.product not in (None, "LIV")),
        float("I" in appendix),
        float(bool(appendix)),
        min(1.0, len(claims) / 3),
        float(any(claim.numbered for claim in claims)),
    ]
    numbers += [float(intent is value) for value in Intent]
    numbers += [float(specimen is value) for value in Specimen]
    numbers += [float(verdict is value) for value in Verdict]
    return Features(window=window.encode("utf-8", "replace").decode(), numbers=tuple(numbers))
