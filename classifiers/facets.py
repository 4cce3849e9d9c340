"""What a text says of itself apart from names: how loudly each kind of word speaks, and where.

A word counts fully in the title or within 60 characters of a name that counts, a little elsewhere: a
description that ends in "see my other toys" does not make a tusk a toy. A negated word ("not resin")
counts for nothing of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.weighing import COUNTS
from domain.assessment import Mention, Text
from domain.text import fold

NEAR = 60
_FAR = 0.3
_SINGLE = 0.5  # one Chinese character is half a word
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "non",
        "never",
        "without",
        "nicht",
        "kein",
        "keine",
        "keinen",
        "ohne",
        "pas",
        "sans",
        "não",
        "sem",
        "sin",
        "не",
        "без",
        "нет",
        "ليس",
        "غير",
        "بدون",
        "bukan",
        "tidak",
        "tanpa",
        "không",
        "nie",
        "bez",
        "geen",
        "niet",
    ]
)
_NEGATIONS_CJK = ("不是", "非", "不", "无")
_NEGATIONS_THAI = ("ไม่ใช่", "ไม่")
_CJK = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]$")
NAMING = frozenset({"scientific", "synonym", "common", "trade", "code"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """The strongest place where a kind of word speaks."""

    score: float
    title: float
    mention: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Names that count and the signs around them."""

    names: tuple[Mention, ...]
    signs: dict[str, Sign]
    priced: bool

    def score(self, kind: str) -> float:
        """How loudly a kind speaks, 0 when silent."""
        sign = self.signs.get(kind)
        return 0.0 if sign is None else sign.score

    def titled(self, kind: str) -> float:
        """The part of it that the title says."""
        sign = self.signs.get(kind)
        return 0.0 if sign is None else sign.title


def read_facets(text: Text, mentions: Sequence[Mention]) -> Facets:
    """Weigh the mentions of one text."""
    names = tuple(m for m in mentions if m.kind in NAMING and m.weight >= COUNTS)
    signs: dict[str, Sign] = {}
    covered: dict[tuple[str, str], int] = {}
    for mention in mentions:
        kind = mention.kind
        if kind in NAMING or covered.get((kind, mention.field), -1) >= mention.end or _negated(text, mention):
            continue
        covered[kind, mention.field] = mention.end
        value = _loudness(text, mention, names)
        old = signs.get(kind)
        title = value if mention.field == "title" else 0.0
        if old is None:
            signs[kind] = Sign(score=value, title=title, mention=mention)
        else:
            louder = mention if value > old.score else old.mention
            signs[kind] = Sign(score=min(4.0, old.score + value), title=min(4.0, old.title + title), mention=louder)
    return Facets(names=names, signs=signs, priced=bool(text.price))


def _loudness(text: Text, mention: Mention, names: Sequence[Mention]) -> float:
    word = getattr(text, mention.field)[mention.start : mention.end]
    value = _SINGLE if _CJK.match(word) else 1.0
    if mention.field == "title" or any(n.field == mention.field and _gap(n, mention) <= NEAR for n in names):
        return value
    return value * _FAR


def _gap(a: Mention, b: Mention) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _negated(text: Text, mention: Mention) -> bool:
    before = getattr(text, mention.field)[max(0, mention.start - 16) : mention.start]
    stripped = before.rstrip()
    if stripped.endswith(_NEGATIONS_CJK) or stripped.endswith(_NEGATIONS_THAI):
        return True
    return any(token in _NEGATIONS for token in fold(before).text.split()[-2:])
