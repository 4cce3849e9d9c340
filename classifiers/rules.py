"""The gates of `domain.md` 5.1 as small pure functions: genre, taxon, listing, offer, material, claims.

Each answers with a value and the reason for it. No rule of this first version knows a national law: the
most that it can say of an offer is that it is likely illegal under the Appendices alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.claims import Claim, settles
from classifiers.facets import Facets
from domain.assessment import Intent, Mention, Reason, Specimen, Text, Verdict
from domain.species import ListEntry, Taxon

VERSION = "rules-1"
_HARD_DEPICTION = 1.0
_PART_BONUS = 1.0
_LIVING_GROUPS = frozenset({"bird", "reptile", "amphibian", "fish", "plant", "invertebrate", "coral"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The leading taxon of a text."""

    taxon: Taxon
    entry: ListEntry | None
    name: Mention
    product: str | None


def reason(rule: str, text: str, weight: float, mention: Mention | None = None) -> Reason:
    """A reason, with its place when words moved it."""
    span = None if mention is None else (mention.start, mention.end)
    return Reason(rule=rule, text=text, span=span, field=None if mention is None else mention.field, weight=round(weight, 3))


def judge_intent(text: Text, facets: Facets) -> tuple[Intent, Reason]:
    """Gate G2 and G0: offer, wanted, mention."""
    offer = facets.score("offer") + (1.0 if facets.priced else 0.0)
    wanted, mention = facets.score("wanted"), facets.score("mention")
    signs = facets.signs
    if text.intent_hint == "wanted" or (facets.titled("wanted") >= 1 and facets.titled("offer") < facets.titled("wanted")):
        at = signs["wanted"].mention if "wanted" in signs else None
        return Intent.WANTED, reason("G2.wanted", "The text seeks to buy.", -1.0, at)
    if (wanted > offer and wanted >= 0.5) or _sought_first(facets):
        return Intent.WANTED, reason("G2.wanted", "The text seeks to buy.", -1.0, signs["wanted"].mention)
    if mention >= 1 and mention >= offer and text.intent_hint != "offer":
        return Intent.MENTION, reason("G0.genre", "The text reads as news, education or appeal.", -1.0, signs["mention"].mention)
    if "offer" in signs:
        return Intent.OFFER, reason("G2.offer", "The text offers something.", 0.5, signs["offer"].mention)
    if facets.priced or text.intent_hint == "offer":
        return Intent.OFFER, reason("G2.price", "The page states a price or an offer.", 0.5)
    if any(facets.score(kind) > 0 for kind in ("genuine", "live", "product")) or any(name.kind != "common" for name in facets.names):
        return Intent.OFFER, reason("G2.listing", "No word of sale; a listing that describes an item is read as an offer.", 0.2)
    return Intent.OTHER, reason("G2.none", "Nothing in the text offers or seeks anything.", -0.5)


def _sought_first(facets: Facets) -> bool:
    """`Wanted: ivory, price no object`: in a title the earlier of the two words rules."""
    wanted, offer = facets.signs.get("wanted"), facets.signs.get("offer")
    if wanted is None or wanted.title < 1:
        return False
    return offer is None or offer.title == 0 or wanted.mention.start < offer.mention.start


def judge_specimen(facets: Facets, found: Found) -> tuple[Specimen, Reason]:
    """Gate G3 and the depictions of G0."""
    signs = facets.signs
    part = found.product not in (None, "LIV", "EGL")
    genuine = facets.score("genuine") + 0.7 * facets.score("product") + (_PART_BONUS if part else 0.0)
    live = facets.score("live") + (_PART_BONUS if found.product == "LIV" else 0.0)
    if facets.score("fossil") >= 1 and not _says_elephant(found):
        return Specimen.FOSSIL, reason("G3.fossil", "The thing is said to be fossil or mammoth.", -0.8, signs["fossil"].mention)
    if facets.score("imitation") >= 1 or facets.titled("imitation") >= 0.5:
        return Specimen.IMITATION, reason("G3.imitation", "The thing is said to be an imitation.", -1.0, signs["imitation"].mention)
    depiction = facets.score("depiction")
    bar = max(_HARD_DEPICTION, genuine - 0.5 if part else max(genuine, live) - 1.0)
    if depiction >= bar:
        return Specimen.DEPICTION, reason(
            "G0.depiction", "The text describes a picture, toy, brand or garment.", -1.0, signs["depiction"].mention
        )
    if live > 0 and live >= genuine:
        return Specimen.LIVE, reason("G3.live", "The words speak of a live animal or plant.", 0.8, _at(facets, "live", found.name))
    if genuine > 0:
        return Specimen.GENUINE, reason("G3.genuine", "The words speak of a real part or product.", 0.8, _at(facets, "genuine", found.name))
    if found.name.weight >= 0.7 and (found.taxon.group in _LIVING_GROUPS or found.name.kind in ("scientific", "synonym")):
        return Specimen.LIVE, reason("G3.default", "A species of this group is named without a part: read as live.", 0.3, found.name)
    return Specimen.UNCLEAR, reason("G3.unclear", "The text does not say what the thing is made of.", 0.0, found.name)


def _says_elephant(found: Found) -> bool:
    return "elephant" in found.name.term.lower() or found.name.term.lower().startswith(("loxodonta", "elephas"))


def _at(facets: Facets, kind: str, otherwise: Mention) -> Mention:
    sign = facets.signs.get(kind)
    return otherwise if sign is None else sign.mention


def judge(found: Found, *, intent: Intent, specimen: Specimen, claims: tuple[Claim, ...]) -> tuple[Verdict, Reason]:
    """Gates G1 and G5: listed on that day, and does a claim settle it."""
    taxon, entry = found.taxon, found.entry
    if entry is None:
        return Verdict.IRRELEVANT, reason("G1.unlisted", f"{taxon.name} is in no Appendix on that day in our list.", -1.0, found.name)
    if intent is not Intent.OFFER:
        return Verdict.IRRELEVANT, reason("G2.no_offer", "Nothing is offered for sale.", -1.0)
    if specimen is Specimen.FOSSIL:
        return Verdict.LIKELY_LAWFUL, reason("G3.outside", "Fossil material is outside the Appendices; the claim itself is unproven.", -0.8)
    if specimen in (Specimen.IMITATION, Specimen.DEPICTION, Specimen.NONE):
        return Verdict.IRRELEVANT, reason("G3.not_real", "The thing is not said to be of the animal or plant.", -1.0)
    raw_horn = taxon.name == "Rhinocerotidae" and found.product in ("HOR", "POW")
    settled = settles(claims, appendix=entry.appendix, plant=taxon.group in ("plant", "timber"), raw_horn=raw_horn)
    if settled is not None:
        return Verdict.LIKELY_LAWFUL, reason(
            "G5.claim", f"A claim with particulars ({settled.kind}) settles it as far as the text goes.", -0.8, settled.mention
        )
    if "I" in entry.appendix.split("/") and taxon.tier == 1 and specimen is not Specimen.UNCLEAR and found.name.weight >= 0.7:
        return Verdict.LIKELY_ILLEGAL_OFFER, reason(
            "G1.appendix_i", f"{taxon.name}, Appendix {entry.appendix}, offered without a claim that settles it.", 1.0, found.name
        )
    return Verdict.DOUBTFUL, reason("G1.listed", f"{taxon.name}, Appendix {entry.appendix}: documents would be needed.", 0.6, found.name)
