"""How strongly a name speaks where it stands: its own ambiguity, what else the text says, what speaks against it.

A code word alone never counts: an ambiguous one needs a plain name or two independent signals
(`domain.md` 3). Words that speak against a reading lower its weight; they never erase it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from classifiers.automaton import Hit
from domain.species import Term
from domain.text import index_tokens

COUNTS = 0.5
"""From this weight on a mention supports a taxon."""

_ALONE = {"L": 1.0, "M": 0.35, "H": 0.1}
_WITH_CONTEXT = {"L": 1.0, "M": 0.8, "H": 0.6}
_AGAINST = 0.45  # two independent words against an unambiguous name still leave it below COUNTS
_FOREIGN = 0.2  # `mico` in a German text is a surname
_NEAR = 60  # characters; a title, or about ten words to each side
_SIGNALS = frozenset({"product", "live", "genuine"})
_BARE = 8  # characters of a title that no term explains: nothing else is named that the word could describe
_NEEDED = {"L": 0, "M": 1, "H": 2}
_LATIN_ONLY_CHECK = frozenset({"en", "es", "fr", "pt", "de", "it", "nl", "pl", "id", "ms", "vi", "sw", "tr", "tl", "ro", "af"})


def speaks(term: Term, languages: frozenset[str]) -> bool:
    """Whether a word of this language may be read in a text of these languages; other scripts prove themselves."""
    return term.language in languages or term.language not in _LATIN_ONLY_CHECK


class Surroundings:
    """What a text says around its names, in one field."""

    def __init__(self, hits: Sequence[Hit], folded_text: str, languages: frozenset[str]) -> None:
        self._hits = hits
        self._tokens = f" {folded_text} "
        self._languages = languages
        covered: set[int] = set()
        for hit in hits:
            covered.update(range(hit.start, hit.end))
        self._bare = len(folded_text) - len(covered) <= _BARE
        self.firm = {
            term.taxon
            for hit in hits
            if hit.names
            for term in hit.terms
            if term.ambiguity == "L" and term.kind != "negative" and speaks(term, languages)
        }

    def weight(self, hit: Hit, term: Term, against: Iterable[str] = ()) -> float:
        """Weight of one reading of one hit, 0 to 1. `against` holds the taxa that negative phrases of the text speak of."""
        signals = self._signals(hit, term)
        enough = signals >= _NEEDED[term.ambiguity]
        weight = _WITH_CONTEXT[term.ambiguity] if enough else _ALONE[term.ambiguity]
        if term.taxon in self.firm and term.ambiguity != "L":
            weight = max(weight, 0.7)
        if term.ambiguity != "L" and not speaks(term, self._languages) and term.taxon not in self.firm:
            weight *= _FOREIGN
        if term.taxon in against:
            weight *= _AGAINST
        if any(self._says(word) for word in term.negative):
            weight *= _AGAINST
        return round(weight, 4)

    def _signals(self, hit: Hit, term: Term) -> int:
        kinds = set()
        related = False
        for other in self._hits:
            if other is hit or abs(other.start - hit.start) > _NEAR + len(term.text):
                continue
            for word in other.terms:
                if not speaks(word, self._languages):
                    continue
                if word.kind in _SIGNALS:
                    kinds.add(word.kind)
                elif (
                    word.kind in ("code", "trade", "common")
                    and word.text.casefold() != term.text.casefold()
                    and (word.taxon == term.taxon or (word.kind == "code" and word.ambiguity != "H"))
                ):
                    kinds.add(f"name:{word.text}")
                    related = related or word.taxon == term.taxon
        if self._bare:
            kinds.add("bare")
        if any(self._says(word) for word in term.context):
            kinds.add("context")
            related = True
        if term.kind == "code" and term.ambiguity == "H" and not related:
            return min(1, len(kinds))
        return len(kinds)

    def _says(self, word: str) -> bool:
        folded = index_tokens(word)
        return bool(folded) and f" {folded} " in self._tokens
