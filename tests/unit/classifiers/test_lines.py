"""`assess --input`: one line in, one object out."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from classifiers.lines import assess_lines, parse_line
from domain.errors import AssessmentError

KEYS = {
    "id", "language", "intent", "specimen", "taxa", "product", "quantity", "countries", "lawful_claims", "verdict",
    "policy_violation", "flagged", "probability", "abstained", "missing", "reasons", "versions",
}  # fmt: skip


def test_a_line_gives_the_object_of_the_interface(matcher, assessor):
    """Every field of the interface is there and serialises."""
    line = json.dumps(
        {"id": 7, "title": "Elephant ivory bangle for sale", "price": 250, "captured_at": "2026-11-01T00:00:00Z", "country": "FR"}
    )
    [answer] = list(assess_lines([line], matcher=matcher, assessor=assessor))
    assert set(json.loads(json.dumps(answer))) == KEYS
    assert answer["id"] == "7"
    assert set(answer["taxa"][0]) == {"taxon", "rank", "appendix", "annotation", "list", "spans", "field", "probability"}
    assert set(answer["versions"]) == {"list", "lexicon", "rules", "model", "legal"}


def test_a_bad_line_is_an_answer_and_the_run_goes_on(matcher, assessor):
    """Bad lines yield id and error in their place."""
    lines = ['{"id": "a", "title": "x"}', "{broken", '{"id": "c"}', '{"id": "d", "title": "x", "surprise": 1}', '{"id": "e", "title": "x"}']
    answers = list(assess_lines(lines, matcher=matcher, assessor=assessor))
    assert [a["id"] for a in answers] == ["a", None, "c", "d", "e"]
    assert ["error" in a for a in answers] == [False, True, True, True, False]
    assert "surprise" in answers[3]["error"]


@given(
    line=st.one_of(
        st.text(),
        st.recursive(st.none() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)).map(json.dumps),
    )
)
def test_any_line_is_parsed_or_refused_in_type(line):
    """No line escapes as anything but a Text or an AssessmentError."""
    try:
        text = parse_line(line)
    except AssessmentError:
        return
    assert text.id
