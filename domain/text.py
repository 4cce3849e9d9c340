"""Text folded and cut into tokens once, for matching and for every index engine, with a map back to the original.

Folding: Unicode compatibility forms, case, Latin, Greek and Cyrillic accents, Arabic vowel signs and
letter forms, zero-width and bidirectional controls. Cutting: letters of scripts that use spaces form
words; each Chinese, Japanese and Korean character and each Thai, Lao, Khmer and Myanmar cluster is a
token of its own, so a phrase of tokens finds a word inside a run without a dictionary.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count, repeat

_ARABIC_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك"}
)
_LATIN_FORMS = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
_STRIPPED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
_CHARACTER_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC")
_CLUSTER_SCRIPTS = ("THAI", "LAO", "KHMER", "MYANMAR")
_CLUSTER_BLOCKS = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    text = unicodedata.normalize("NFKC", character).casefold()
    out = []
    for char in text:
        kind = unicodedata.category(char)
        if kind == "Cf":
            continue
        if kind[0] == "M":
            out.append("" if _is_dropped_mark(char) else char)
            continue
        if kind[0] not in "LN":
            out.append(char if kind == "So" and ord(char) > 0x2300 else " ")
            continue
        name = unicodedata.name(char, "")
        if name.startswith(_STRIPPED_SCRIPTS):
            base = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn")
            out.append("".join(_LATIN_FORMS.get(c, c) for c in base))
        else:
            out.append(char.translate(_ARABIC_FORMS))
    folded = "".join(out)
    return _separated(folded)


def _is_dropped_mark(char: str) -> bool:
    """Combining accents of Latin and the like, Arabic vowel signs, variation selectors; Indic and Thai marks stay."""
    code = ord(char)
    return 0x0300 <= code <= 0x036F or 0x064B <= code <= 0x0655 or code == 0x0670 or 0xFE00 <= code <= 0xFE0F


def _separated(folded: str) -> str:
    """Spaces around what is a token of its own; a cluster starts at its base, so marks get none before them."""
    out = []
    for char in folded:
        kind = unicodedata.category(char)
        name = unicodedata.name(char, "")
        if kind == "So" or (kind[0] in "LN" and name.startswith(_CHARACTER_SCRIPTS)):
            out.append(f" {char} ")
        elif kind[0] == "L" and name.startswith(_CLUSTER_SCRIPTS):
            out.append(f" {char}")
        else:
            out.append(char)
    return "".join(out)


class _FoldTable(dict[int, str]):
    """Filled as characters are met: one `str.translate` pass folds a text."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = "" if character == "\u0640" else _fold_character(character)
        self[code] = folded
        return folded


_TABLE = _FoldTable()


@dataclass(frozen=True)
class Token:
    """One token and the characters of the original text that it stands for, `start` inclusive, `end` exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Folded:
    """A folded text; offsets back to the original are worked out only when asked for."""

    original: str
    text: str

    @cached_property
    def offsets(self) -> list[int]:
        """For each character of `text`, the index in `original` that it came from."""
        lengths = map(len, map(_TABLE.__getitem__, map(ord, self.original)))
        return list(chain.from_iterable(map(repeat, count(), lengths)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets of `text[start:end]`, the marks and controls behind its last character included."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no span {start}:{end} in a text of {len(self.text)}")
        first = self.offsets[start]
        last = self.offsets[end - 1] + 1
        while last < len(self.original) and unicodedata.category(self.original[last]) in ("Mn", "Mc", "Cf"):
            last += 1
        return first, last

    def tokens(self) -> Iterator[Token]:
        """Tokens in order with their original spans."""
        start = None
        for index, char in enumerate(self.text + " "):
            if char != " ":
                start = index if start is None else start
            elif start is not None:
                yield Token(self.text[start:index], *self.span(start, index))
                start = None


def fold(text: str) -> Folded:
    """Fold a text; white space and punctuation become spaces, so tokens are `text.split()`."""
    return Folded(text, text.translate(_TABLE))


def index_tokens(text: str) -> str:
    """What an index stores: tokens joined by single spaces, analysed by nobody after us."""
    return " ".join(text.translate(_TABLE).split())


def query_phrases(text: str) -> list[list[str]]:
    """A query as phrases that must all match: quoted parts whole, other words one phrase each.

    A word of a script without spaces becomes the phrase of its characters, as it was indexed.
    """
    phrases: list[list[str]] = []
    for index, part in enumerate(text.split('"')):
        pieces = [part] if index % 2 else part.split()
        phrases.extend(tokens for piece in pieces if (tokens := index_tokens(piece).split()))
    return phrases
