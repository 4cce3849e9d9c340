"""Lawful claims as a text makes them, and the checks that a claim must pass before it settles anything.

A bare "antique", "legal" or "pre-ban" settles nothing (`labels.md`); a certificate or permit number,
or a ring or chip number together with captive breeding, does as far as the text goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.assessment import Mention, Text

_NUMBER = re.compile(r"(?=[A-Z0-9/.-]*\d[A-Z0-9/.-]*\d[A-Z0-9/.-]*\d)(?=.{5,24}(?:\W|$))[A-Z0-9]{1,6}[A-Z0-9/.-]{4,20}", re.IGNORECASE)
_RING_NUMBER = re.compile(r"\b[A-Z]{0,4}[ -]?\d{3,15}\b", re.IGNORECASE)
_YEAR_OR_PRICE = re.compile(r"^(?:18|19|20)\d\d$")
_PENDING = re.compile(r"applied for|pending|beantragt|en cours|en trámite|申请中|在申请", re.IGNORECASE)
_AFTER = 60  # characters after the claim word in which its number stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One lawful claim."""

    kind: str
    text: str
    mention: Mention
    numbered: bool
    pending: bool

    def as_output(self) -> dict[str, Any]:
        """As `interfaces.md` writes it."""
        checks = [
            {
                "rule": "C1 a number is stated",
                "passed": self.numbered,
                "missing": [] if self.numbered else [_MISSING.get(self.kind, "a document")],
            }
        ]
        if self.pending:
            checks.append({"rule": "L1 applied for is not enough", "passed": False, "missing": ["the certificate itself"]})
        return {"kind": self.kind, "text": self.text, "checks": checks}


_MISSING = {
    "certificate": "certificate or permit number with issuing State and date",
    "marked": "ring or chip number",
    "captive_bred": "breeder's registration and mark",
    "antique": "proof of age and provenance",
    "pre_1947": "proof of age and provenance",
    "registered": "registration number",
    "mammoth": "expert opinion on the material",
    "legal": "the document that makes it so",
}


def read_claims(text: Text, mentions: Sequence[Mention]) -> tuple[Claim, ...]:
    """Claims in order of place, one for each kind and field."""
    claims: dict[tuple[str, str], Claim] = {}
    for mention in mentions:
        if not mention.kind.startswith("claim."):
            continue
        kind = mention.kind.removeprefix("claim.")
        value = getattr(text, mention.field)
        after = value[mention.start : mention.end + _AFTER]
        numbered = _has_number(after[mention.end - mention.start :], _RING_NUMBER if kind == "marked" else _NUMBER)
        claim = Claim(
            kind=kind, text=value[mention.start : mention.end], mention=mention, numbered=numbered, pending=bool(_PENDING.search(after))
        )
        old = claims.get((kind, mention.field))
        if old is None or (numbered and not old.numbered):
            claims[kind, mention.field] = claim
    return tuple(claims.values())


def _has_number(text: str, pattern: re.Pattern[str]) -> bool:
    return any(not _YEAR_OR_PRICE.match(match.group().strip()) for match in pattern.finditer(text))


def settles(claims: Sequence[Claim], *, appendix: str, plant: bool, raw_horn: bool) -> Claim | None:
    """The claim that settles the offer as far as its text goes, if one does.

    Raw rhinoceros horn is never exempt (EU Guide 4.3.1); a plant of Appendix II that is artificially
    propagated needs no certificate in the EU (5.2.1); anything else needs a number.
    """
    by_kind = {claim.kind: claim for claim in sorted(claims, key=lambda c: c.numbered)}
    certificate, marked, bred = by_kind.get("certificate"), by_kind.get("marked"), by_kind.get("captive_bred")
    if raw_horn:
        return None
    for kind in ("certificate", "registered"):
        claim = by_kind.get(kind)
        if claim is not None and claim.numbered and not claim.pending:
            return claim
    if marked is not None and marked.numbered and (bred is not None or (certificate is not None and not certificate.pending)):
        return marked
    if bred is not None and appendix == "II" and (plant or marked is not None):
        return bred
    return None
