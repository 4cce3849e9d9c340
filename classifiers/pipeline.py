"""The spaCy side: a blank pipeline whose documents carry our mentions as spans, for components that read documents.

The tokenizer cuts as the matcher does, so Chinese, Japanese and Thai names are spans of their own; no
trained pipeline and no download is involved. Bulk matching does not pass through here (`docs/assessment.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from classifiers.matcher import read_field
from domain.assessment import Mention, Text
from domain.ports import Matcher
from domain.text import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SPANS = "marketwarden"
"""Key of the span group; a span's label is its taxon, or its kind where it names none."""


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Tokens of `domain.text` and what stands between them, white space apart, in order and without overlap."""
    position = 0
    for token in fold(text).tokens():
        start, end = max(token.start, position), token.end
        if start >= end:
            continue
        yield from _between(text, position, start)
        yield start, end
        position = end
    yield from _between(text, position, len(text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = None
    for index in range(start, end):
        if text[index] == " ":
            if begin is not None:
                yield begin, index
            begin = None
        elif begin is None:
            begin = index
    if begin is not None:
        yield begin, end


def make_doc(nlp: Language, text: str) -> Doc:
    """A document over our own tokens; its text is `text`, character for character."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    position = 0
    for start, end in pieces(text):
        _pad(words, spaces, start - position)
        words.append(text[start:end])
        spaces.append(False)
        position = end
    _pad(words, spaces, len(text) - position)
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _pad(words: list[str], spaces: list[bool], blanks: int) -> None:
    """One blank belongs to the word before it; more are a token, as spaCy has it."""
    if blanks and words:
        spaces[-1] = True
        blanks -= 1
    if blanks:
        words.append(" " * blanks)
        spaces.append(False)


def build_pipeline(matcher: Matcher) -> Language:
    """A blank multi-language pipeline with our tokenizer and the component `marketwarden_matcher`."""
    import spacy
    from spacy.language import Language

    if not Language.has_factory("marketwarden_matcher"):
        Language.factory("marketwarden_matcher", func=_no_matcher)
    nlp = spacy.blank("xx")
    nlp.tokenizer = lambda text: make_doc(nlp, text)
    nlp.add_pipe("marketwarden_matcher")
    nlp.get_pipe("marketwarden_matcher").bind(matcher)  # type: ignore[attr-defined]
    return nlp


def _no_matcher(nlp: Language, name: str) -> MatcherComponent:
    del nlp, name
    return MatcherComponent()


class MatcherComponent:
    """Writes the mentions of a document's text into `doc.spans["marketwarden"]`."""

    def __init__(self) -> None:
        self._matcher: Matcher | None = None

    def bind(self, matcher: Matcher) -> None:
        """Give the component what it matches with."""
        self._matcher = matcher

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document. Raises ValueError when nothing was bound."""
        if self._matcher is None:
            raise ValueError("bind a matcher first")
        return annotate(doc, self._matcher.match([Text(id="doc", title="", description=doc.text)])[0])


def annotate(doc: Doc, mentions: Iterable[Mention]) -> Doc:
    """Mentions of one field as a span group, in order of place."""
    from spacy.tokens import SpanGroup

    spans = [doc.char_span(m.start, m.end, label=m.taxon or m.kind, alignment_mode="expand") for m in mentions]
    doc.spans[SPANS] = SpanGroup(doc, name=SPANS, spans=[span for span in spans if span is not None])
    return doc


def documents(nlp: Language, texts: Sequence[Text], mentions: Sequence[tuple[Mention, ...]], *, field: str = "title") -> Iterator[Doc]:
    """Documents over one field of texts that were already matched."""
    for text, found in zip(texts, mentions, strict=True):
        yield annotate(make_doc(nlp, read_field(text, field)), (m for m in found if m.field == field))
