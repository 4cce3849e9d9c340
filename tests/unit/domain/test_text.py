"""Folding, tokens and the way back to the original text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import fold, index_tokens, query_phrases


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("出售象牙手镯 Ivory!", "出 售 象 牙 手 镯 ivory"),
        ("Ｅlfenbéin", "elfenbein"),
        ("iv\u200bory", "ivory"),
        ("ngà voi ĐẸP", "nga voi dep"),
        ("عَاجْ الفيل أصلي", "عاج الفيل اصلي"),
        ("हाथी दांत", "हाथी दांत"),
        ("งาช้าง", "ง า ช้ า ง"),
        ("상아", "상 아"),
        ("slonovaya кость й", "slonovaya кость и"),
        ("e\u0301le\u0301phant", "elephant"),
        ("🐘❤️", "🐘 ❤"),
    ],
)
def test_texts_fold_to_these_tokens(text: str, tokens: str) -> None:
    """Case, accents, width and invisible characters go; scripts without spaces are cut into characters or clusters."""
    assert index_tokens(text) == tokens


def test_a_query_word_of_a_script_without_spaces_is_the_phrase_of_its_characters() -> None:
    """象牙 is found inside a run, and quoted words stay together."""
    assert query_phrases('象牙 "sea horse" dried') == [["象", "牙"], ["sea", "horse"], ["dried"]]


@given(st.text(max_size=200))
def test_spans_lie_in_the_original_and_in_order(text: str) -> None:
    """Every token points at characters of the original that fold to it again."""
    tokens = list(fold(text).tokens())

    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.text in index_tokens(text[token.start : token.end]).replace(" ", "")
    assert [token.text for token in tokens] == index_tokens(text).split()


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    """The tokens of tokens are themselves, so a stored token stream can be searched with folded words."""
    once = index_tokens(text)

    assert index_tokens(once) == once
