"""Offsets point at the original characters, whatever the script and whatever stands around."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.places import quantity
from domain.assessment import Text

TERMS = [
    "elephant ivory",
    "象牙",
    "งาช้าง",
    "سن الفيل",
    "бивень слона",
    "vảy tê tê",
    "gading gajah",
    "défense d'éléphant",
    "Stoßzahn",
    "本象牙",
    "हाथी दांत",
    "코뿔소 뿔",
]
AROUND = st.text(alphabet=st.sampled_from(list(" \t\n.,;:!?()[]{}-/1234567890\u200b\u200e\u00a0\uff0c。")), max_size=30)


@pytest.mark.parametrize("term", TERMS)
@settings(max_examples=25, deadline=None)
@given(before=AROUND, after=AROUND, field=st.sampled_from(["title", "description", "seller_text"]))
def test_a_planted_term_is_found_at_its_place(matcher, term, before, after, field):
    """A term planted between spaces, punctuation and invisible characters is found exactly where it stands."""
    values = {"title": "", "description": "", "seller_text": ""} | {field: f"{before} {term} {after}"}
    mentions = matcher.match([Text(id="t", **values)])[0]
    found = [values[field][m.start : m.end].rstrip("\u200b\u200e") for m in mentions if m.taxon and m.field == field]
    assert any(term in place or place in term for place in found), mentions
    assert term in found


@given(text=st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_matching(matcher, text):
    """Any text at all gives mentions whose places lie inside it."""
    for mention in matcher.match([Text(id="t", title=text, description="ivory " + text)])[0]:
        value = text if mention.field == "title" else "ivory " + text
        assert 0 <= mention.start < mention.end <= len(value)


@pytest.mark.parametrize(
    "written", ["ＩＶＯＲＹ ｂａｎｇｌｅ", "IVORY BANGLE", "i\u200bvory ban\u200dgle", "ívory bangle"[1:].join(["i", ""])]
)
def test_disguised_letters_are_folded(matcher, written):
    """Full width, capitals and invisible characters hide nothing."""
    assert any(m.taxon == "elephantidae" for m in matcher.match([Text(id="t", title=written, description="")])[0])


def test_hostile_texts_are_judged_within_the_caps(matcher, assessor):
    """A megabyte, NULs, lone surrogates and bidirectional controls give an answer that says what was cut."""
    texts = [
        Text(id="long", title="ivory bangle for sale", description="ivory tusk " * 100_000),
        Text(id="nul", title="iv\0ory \0 elephant tusk", description="\0" * 1000),
        Text(id="surrogate", title="elephant ivory \ud800\udfff for sale", description="\udcff"),
        Text(id="bidi", title="\u202eelephant ivory\u202c for sale", description=""),
    ]
    answers = assessor.assess(texts, matcher.match(texts))
    assert not [a for a in answers if isinstance(a, Exception)]
    assert "T.cut" in {r.rule for r in answers[0].reasons}


def test_an_amount_is_read_from_the_title():
    """The first amount with a unit is the quantity; a stated one wins."""
    assert quantity(Text(id="t", title="pangolin scales 2,5 kg", description="")) == {"amount": "2.5", "unit": "kg"}
    assert quantity(Text(id="t", title="2 kg", description="", quantity="7", unit="no.")) == {"amount": "7", "unit": "no."}
    assert quantity(Text(id="t", title="Galaxy 5G phone", description="")) != {"amount": "5", "unit": "kg"}
