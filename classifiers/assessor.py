"""Judges texts in batches: rules first, the model for all that reached it in one call, every answer with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from classifiers.claims import Claim, read_claims
from classifiers.facets import Facets, read_facets
from classifiers.features import Features, read_features
from classifiers.language import language_of_text
from classifiers.matcher import FIELDS, MAX_FIELD, MAX_TITLE
from classifiers.model import QueueModel, load_model
from classifiers.places import countries, quantity
from classifiers.rules import VERSION, Found, judge, judge_intent, judge_specimen, reason
from domain.assessment import Assessment, Intent, Mention, Reason, Specimen, TaxonClaim, Text, Verdict
from domain.errors import AssessmentError, EnvironmentMissing, IntegrityError
from domain.ports import SpeciesList
from domain.species import Taxon, Term

THRESHOLD = 0.5
"""Probability from which a doubtful or likely illegal offer is flagged."""

_NO_NAME = 0.005  # probability of a text that names nothing: the share that readers still queued is below what we can measure
_ABSTAIN = 0.1  # within this of the threshold the model does not know, and says so
_LIST = "CITES Appendices"
_QUEUED = (Verdict.LIKELY_ILLEGAL_OFFER, Verdict.DOUBTFUL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A text after the rules, before the model."""

    text: Text
    facets: Facets
    found: tuple[Found, ...]
    claims: tuple[Claim, ...]
    intent: Intent
    specimen: Specimen
    verdict: Verdict
    reasons: tuple[Reason, ...]
    features: Features | None


class RuleAssessor:
    """Implements `domain.ports.Assessor`. `today` answers for texts without a capture time; `on` overrides both."""

    def __init__(
        self,
        species: SpeciesList,
        *,
        today: Callable[[], date],
        model: Callable[[], QueueModel] = load_model,
        threshold: float = THRESHOLD,
        on: date | None = None,
    ) -> None:
        if not 0 <= threshold <= 1:
            raise ValueError("threshold is a probability")
        self._species = species
        self._today = today
        self._on = on
        self._threshold = threshold
        self._open_model = model
        self._model: QueueModel | None = None
        self._products = _products(species)
        self.version = f"assessor-1/{VERSION}/{species.version}"

    def assess(self, texts: Sequence[Text], mentions: Sequence[tuple[Mention, ...]]) -> list[Assessment | Exception]:
        """One answer for each text, same order. Raises EnvironmentMissing when the model is missing: the stage waits for it."""
        if len(texts) != len(mentions):
            raise ValueError("one tuple of mentions for each text")
        model = self._loaded()
        drafts: list[_Draft | Exception] = []
        for text, found in zip(texts, mentions, strict=True):
            try:
                drafts.append(self._draft(text, found))
            except (ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
                failure = AssessmentError(f"text {text.id!r} could not be judged: {type(error).__name__}: {error}")
                failure.__cause__ = error
                drafts.append(failure)
        rows = [draft.features for draft in drafts if isinstance(draft, _Draft) and draft.features is not None]
        probabilities = iter(model.probabilities(rows))
        answers: list[Assessment | Exception] = []
        for draft in drafts:
            if isinstance(draft, Exception):
                answers.append(draft)
            else:
                answers.append(self._finish(draft, next(probabilities) if draft.features is not None else _NO_NAME, model))
        return answers

    def _loaded(self) -> QueueModel:
        if self._model is None:
            try:
                self._model = self._open_model()
            except ImportError as error:
                raise EnvironmentMissing(f"a library of the model is missing: {error}") from error
            except (OSError, TypeError, ValueError, KeyError) as error:
                raise IntegrityError(f"the model cannot be read: {error}") from error
        return self._model

    def _day(self, text: Text) -> date:
        if self._on is not None:
            return self._on
        return self._today() if text.captured_at is None else text.captured_at.date()

    def _draft(self, text: Text, mentions: tuple[Mention, ...]) -> _Draft:
        facets = read_facets(text, mentions)
        found = self._taxa(text, facets)
        if not found:
            return self._irrelevant(text, facets, mentions)
        claims = read_claims(text, mentions)
        intent, why_intent = judge_intent(text, facets)
        specimen, why_specimen = judge_specimen(facets, found[0])
        verdict, why = judge(found[0], intent=intent, specimen=specimen, claims=claims)
        named = reason("G1.name", f"“{found[0].name.term}” names {found[0].taxon.name}.", found[0].name.weight, found[0].name)
        reasons = [why, named, why_specimen, why_intent, *_claim_reasons(claims), *_negative_reasons(mentions), *_cut(text)]
        features = read_features(text, facets, found[0], intent=intent, specimen=specimen, verdict=verdict, claims=claims)
        return _Draft(
            text=text,
            facets=facets,
            found=found,
            claims=claims,
            intent=intent,
            specimen=specimen,
            verdict=verdict,
            reasons=tuple(reasons),
            features=features,
        )

    def _irrelevant(self, text: Text, facets: Facets, mentions: tuple[Mention, ...]) -> _Draft:
        why = reason("G1.no_name", "No name of a listed animal or plant counts in the text.", -1.0)
        priced = text.price is not None or text.intent_hint == "offer" or facets.score("offer") > 0
        return _Draft(
            text=text,
            facets=facets,
            found=(),
            claims=(),
            intent=Intent.OFFER if priced else Intent.OTHER,
            specimen=Specimen.NONE,
            verdict=Verdict.IRRELEVANT,
            reasons=(why, *_weak_names(mentions), *_negative_reasons(mentions), *_cut(text)),
            features=None,
        )

    def _taxa(self, text: Text, facets: Facets) -> tuple[Found, ...]:
        """Taxa that count, the leading one first: listed before unlisted, then weight, a part, Appendix I, the title."""
        day = self._day(text)
        best: dict[str, Found] = {}
        for name in facets.names:
            taxon = self._species.taxon(name.taxon)
            if taxon is None:
                continue
            entries = self._species.entries(taxon.name, day)
            found = Found(
                taxon=taxon, entry=entries[0] if entries else None, name=name, product=self._products.get((name.taxon, name.term))
            )
            if taxon.name not in best or _rank(found) > _rank(best[taxon.name]):
                best[taxon.name] = found
        return tuple(sorted(best.values(), key=_rank, reverse=True))

    def _finish(self, draft: _Draft, probability: float, model: QueueModel) -> Assessment:
        queued = draft.verdict in _QUEUED
        flagged = queued and probability >= self._threshold
        why = reason(
            "M.model", f"The model gives {probability:.2f}; the threshold is {self._threshold:.2f}.", probability - self._threshold
        )
        products = [f.product for f in draft.found if f.product is not None]
        # a text without a counting name never reached the model: the reason stays with the gate
        reasons = draft.reasons if draft.features is None else (*draft.reasons, why)
        return Assessment(
            language=language_of_text(draft.text) if draft.found else draft.text.language,
            intent=draft.intent,
            specimen=draft.specimen,
            taxa=tuple(self._claim(draft, found) for found in draft.found[:10]),
            product=tuple(dict.fromkeys(products)),
            quantity=quantity(draft.text),
            countries=countries(draft.text),
            lawful_claims=tuple(claim.as_output() for claim in draft.claims),
            verdict=draft.verdict,
            policy_violation=queued and any(f.entry is not None and "I" in f.entry.appendix.split("/") for f in draft.found[:1]),
            flagged=flagged,
            probability=round(probability, 4),
            abstained=queued and abs(probability - self._threshold) < _ABSTAIN,
            missing=_missing(draft),
            reasons=reasons,
            versions={
                "list": self._species.version,
                "lexicon": self._species.version,
                "rules": VERSION,
                "model": model.version,
                "legal": "none",
            },
        )

    def _claim(self, draft: _Draft, found: Found) -> TaxonClaim:
        same = [n for n in draft.facets.names if n.taxon == found.name.taxon and n.field == found.name.field]
        return TaxonClaim(
            taxon=found.taxon.name,
            rank=found.taxon.rank,
            appendix=None if found.entry is None else found.entry.appendix,
            annotation=None if found.entry is None else found.entry.annotation,
            list=_LIST,
            spans=tuple(dict.fromkeys((n.start, n.end) for n in same)),
            field=found.name.field,
            probability=found.name.weight,
        )


def _products(species: SpeciesList) -> dict[tuple[str, str], str]:
    def named(term: Term) -> bool:
        return term.product is not None and bool(term.taxon)

    return {(term.taxon, term.text): str(term.product) for term in species.terms() if named(term)}


def _rank(found: Found) -> tuple[float, ...]:
    appendix = [] if found.entry is None else found.entry.appendix.split("/")
    specific = float(_specific(found.taxon))
    return (
        float(bool(appendix)),
        found.name.weight,
        float(found.name.end - found.name.start),
        float(found.product is not None),
        specific,
        float("I" in appendix),
    )


def _specific(taxon: Taxon) -> bool:
    return taxon.rank in ("species", "subspecies")


def _claim_reasons(claims: Sequence[Claim]) -> list[Reason]:
    return [
        reason(
            f"G5.{claim.kind}",
            f"Claimed: {claim.kind}, {'with' if claim.numbered else 'without'} a number.",
            -0.5 if claim.numbered else -0.05,
            claim.mention,
        )
        for claim in claims
    ]


def _negative_reasons(mentions: Sequence[Mention]) -> list[Reason]:
    return [reason("G0.false_friend", f"“{m.term}” means something else.", -0.5, m) for m in mentions if m.kind == "negative"][:5]


def _weak_names(mentions: Sequence[Mention]) -> list[Reason]:
    return [
        reason("G1.weak_name", f"“{m.term}” alone does not name an animal or plant.", m.weight - 0.5, m)
        for m in mentions
        if m.taxon and m.kind != "negative"
    ][:5]


def _cut(text: Text) -> list[Reason]:
    cut = [field for field in FIELDS if len(getattr(text, field) or "") > (MAX_TITLE if field == "title" else MAX_FIELD)]
    return [reason("T.cut", f"Only the beginning of {field} was read.", 0.0) for field in cut]


def _missing(draft: _Draft) -> tuple[str, ...]:
    if draft.verdict not in _QUEUED:
        return ()
    missing = [needed for claim in draft.claims for check in claim.as_output()["checks"] for needed in check["missing"]]
    if not draft.claims:
        missing.append("proof of lawful origin")
    if not draft.text.country:
        missing.append("country of the specimen")
    if not _specific(draft.found[0].taxon):
        missing.append("species")
    return tuple(dict.fromkeys(missing))
