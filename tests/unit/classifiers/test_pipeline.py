"""Documents carry our mentions as spans in every script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.pipeline import SPANS, build_pipeline, documents, make_doc
from domain.assessment import Text


@pytest.fixture(scope="module")
def nlp(matcher):
    """The blank pipeline with our component."""
    return build_pipeline(matcher)


@pytest.mark.parametrize(
    ("title", "word"),
    [("Old elephant ivory, for sale", "elephant ivory"), ("出售象牙手串", "象牙"), ("ขายงาช้างแท้", "งาช้าง"), ("للبيع سن الفيل", "سن الفيل")],
)
def test_a_name_is_a_span_of_its_own(nlp, title, word):
    """The span covers the name and nothing else, inside an unbroken run too."""
    doc = nlp(title)
    assert word in {span.text for span in doc.spans[SPANS]}


@given(text=st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_a_document_keeps_its_text(nlp, text):
    """Cutting loses no character and moves none."""
    assert make_doc(nlp, text).text == text


def test_matched_texts_become_documents_without_matching_again(nlp, matcher):
    """Mentions from the bulk matcher give the same spans as the component."""
    texts = [Text(id="t", title="Carved elephant ivory for sale", description="")]
    [doc] = documents(nlp, texts, matcher.match(texts))
    again = nlp(texts[0].title)
    assert [(s.text, s.label_) for s in doc.spans[SPANS]] == [(s.text, s.label_) for s in again.spans[SPANS]]
