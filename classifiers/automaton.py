"""Every term of the lists in one Aho-Corasick automaton over folded tokens.

Tokens are each surrounded by their own pair of spaces (` elephant  ivory `), so a pattern can only begin
and end where a token does and no boundary check is needed afterwards, in scripts with and without spaces.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.species import Term
from domain.text import Folded, fold

_TOKEN = re.compile(r"\S+")
_SIGNALS = frozenset({"product", "live", "genuine"})
_SHORT = 2  # an English name of more letters has a plural: abbreviations such as CB have none
_NO_PLURAL = "sxy0123456789"
_NAMING = frozenset({"scientific", "synonym", "common", "trade", "code"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One pattern at a place: `start` and `end` count characters of the original text."""

    terms: tuple[Term, ...]
    start: int
    end: int
    names: bool
    """At least one of the terms names a taxon."""


def delimited(tokens: Iterable[str]) -> str:
    """Tokens as the automaton reads them."""
    return " " + "  ".join(tokens) + " "


class Automaton:
    """Built once; read-only afterwards."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_pattern: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            tokens = fold(term.text).text.split()
            by_pattern[delimited(tokens)].append(term)
            if term.language == "en" and term.kind in _NAMING and len(tokens[-1]) > _SHORT and tokens[-1][-1] not in _NO_PLURAL:
                by_pattern[delimited([*tokens[:-1], tokens[-1] + "s"])].append(term)
        self._patterns = list(by_pattern)
        self._terms = [tuple(by_pattern[pattern]) for pattern in self._patterns]
        self._names = [any(term.kind in _NAMING for term in group) for group in self._terms]
        self._plain = [any(term.kind in _NAMING and term.ambiguity != "H" for term in group) for group in self._terms]
        self._signals = [any(term.kind in _SIGNALS for term in group) for group in self._terms]
        self._negative = [any(term.kind == "negative" for term in group) for group in self._terms]
        self._search = AhoCorasick(self._patterns, matchkind=MatchKind.Standard, store_patterns=False)

    def raw(self, folded: Folded) -> list[tuple[int, int, int]]:
        """Pattern, start, end in the delimited text, longest first where they start alike; contained ones removed."""
        found = self._search.find_matches_as_indexes(delimited(folded.text.split()), overlapping=True)
        if len(found) < 2:
            return list(found)
        found.sort(key=lambda hit: (hit[1], -hit[2]))
        kept: list[tuple[int, int, int]] = []
        reach = (-1, -1)  # span of the longest name or negative phrase so far
        for index, start, end in found:
            if start >= reach[0] and end <= reach[1] and (start, end) != reach:
                continue
            kept.append((index, start, end))
            if (self._names[index] or self._negative[index]) and end > reach[1]:
                reach = (start, end)
        return kept

    def names_something(self, raw: list[tuple[int, int, int]]) -> bool:
        """Whether a hit may name a taxon. A highly ambiguous word needs other hits, or nothing can come of it."""
        weak = 0
        for index, _, _ in raw:
            if self._plain[index]:
                return True
            weak += self._names[index]
        return weak > 0 and sum(self._signals[index] for index, _, _ in raw) + weak > 1

    def hits(self, folded: Folded, raw: list[tuple[int, int, int]]) -> Iterator[Hit]:
        """The hits with original offsets; the costly half, only for texts that name something."""
        spans = [match.span() for match in _TOKEN.finditer(folded.text)]
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        position = 0
        for number, (start, end) in enumerate(spans):
            starts[position] = number
            position += end - start + 2
            ends[position] = number
        for index, start, end in raw:
            first, last = starts[start], ends[end]
            begin, stop = folded.span(spans[first][0], spans[last][1])
            yield Hit(terms=self._terms[index], start=begin, end=stop, names=self._names[index])
