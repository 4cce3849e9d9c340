"""Finds every name and word of the lists in the fields of a text, with offsets into the original characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from classifiers.automaton import Automaton, Hit
from classifiers.language import language_of_text
from classifiers.weighing import Surroundings, speaks
from domain.assessment import Mention, Text
from domain.ports import SpeciesList
from domain.species import Term
from domain.text import Folded, fold, index_tokens

FIELDS = ("title", "description", "seller_text")
MAX_TITLE = 2_000
MAX_FIELD = 20_000
"""Characters read of a field: 20 times the mean listing; a longer one is not a listing text but an attack or a dump."""

_MAX_MENTIONS = 300
_MAX_READINGS = 4
_MARKED = ("vi", "en")
_JOINER = "\u034f"  # combining grapheme joiner: invisible, put there to hide a word
_LANGUAGES_ALWAYS = ("en", "la", "xx")


def read_field(text: Text, field: str) -> str:
    """What is read of a field, after the cap."""
    value = str(getattr(text, field) or "")
    return value[: MAX_TITLE if field == "title" else MAX_FIELD]


class LexiconMatcher:
    """Implements `domain.ports.Matcher` over one species list."""

    def __init__(self, species: SpeciesList) -> None:
        self.version = f"matcher-1/{species.version}"
        self._automaton = Automaton(species.terms())

    def match(self, texts: Sequence[Text]) -> list[tuple[Mention, ...]]:
        """Mentions of each text, in order of field and place. A text that names no taxon has none at all."""
        return [self._match(text) for text in texts]

    def _match(self, text: Text) -> tuple[Mention, ...]:
        read = [(field, folded, self._automaton.raw(folded)) for field in FIELDS if (folded := fold(read_field(text, field))).text.strip()]
        if not any(self._automaton.names_something(raw) for _, _, raw in read):
            return ()
        found = [(field, folded, list(self._automaton.hits(folded, raw))) for field, folded, raw in read]
        language = language_of_text(text)
        languages = frozenset(_LANGUAGES_ALWAYS if language is None else (*_LANGUAGES_ALWAYS, language))
        everything = [hit for _, _, hits in found for hit in hits]
        against = frozenset(term.taxon for hit in everything for term in hit.terms if term.kind == "negative" and term.taxon)
        firm = Surroundings(everything, "", languages).firm
        mentions: list[Mention] = []
        for field, folded, hits in found:
            around = Surroundings(hits, index_tokens(folded.original), languages)
            around.firm |= firm
            for hit in hits:
                mentions.extend(self._mentions(field, folded, hit, around, languages, against))
        return tuple(mentions[:_MAX_MENTIONS])

    def _mentions(
        self, field: str, folded: Folded, hit: Hit, around: Surroundings, languages: frozenset[str], against: frozenset[str]
    ) -> Iterator[Mention]:
        written = folded.original[hit.start : hit.end]
        for term in _readings([t for t in hit.terms if t.language not in _MARKED or _same_marks(written, t)], languages):
            naming = term.kind in ("scientific", "synonym", "common", "trade", "code")
            if not naming and term.kind != "negative" and not speaks(term, languages):
                continue
            weight = around.weight(hit, term, against) if naming else 1.0
            yield Mention(
                taxon=term.taxon,
                term=term.text,
                kind=term.kind,
                language=term.language,
                field=field,
                start=hit.start,
                end=hit.end,
                weight=weight,
            )


def _readings(terms: Sequence[Term], languages: frozenset[str]) -> list[Term]:
    """One term for each taxon and kind, in the text's own language if there is one; a few at most."""
    best: dict[tuple[str, str], Term] = {}
    for term in sorted(terms, key=lambda t: (t.language not in languages, "LMH".index(t.ambiguity))):
        best.setdefault((term.taxon, "name" if term.taxon and term.kind != "negative" else term.kind), term)
    return list(best.values())[:_MAX_READINGS]


def _same_marks(written: str, term: Term) -> bool:
    """Whether the accents that a writer sets are the term's.

    Vietnamese marks tell words apart (giá, price; giả, fake); without any, only a term of several words
    or one that has none itself is read. An English word has none: `sáng` is not the root called sang.
    """
    composed = unicodedata.normalize("NFKC", written).casefold()
    if term.language == "en":
        return not term.text.isascii() or not any(
            unicodedata.category(c) == "Mn" for c in unicodedata.normalize("NFD", composed) if c != _JOINER
        )
    if written.isascii():
        return term.text.isascii() or len(term.text.split()) > 1
    return composed == unicodedata.normalize("NFKC", term.text).casefold()


def folded_field(text: Text, field: str) -> Folded:
    """The folded form of what is read of a field."""
    return fold(read_field(text, field))
