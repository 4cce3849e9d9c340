"""Nothing by which a person could be found goes into the index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contacts import MARK, mask_contacts
from domain.text import index_tokens

AROUND = st.sampled_from(
    ["ivory bangle {} price 1200元", "出售象牙手镯 {} 350g", "ขายงาช้าง {} 12 cm", "عاج {} اصلي", "продам {} бивень", "{}"]
)
NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_0123456789", min_size=6, max_size=14).filter(lambda name: not name.isdigit())
PLANTED = st.one_of(
    NAMES.map(lambda name: (f"@{name}", name)),
    NAMES.map(lambda name: (f"{name}@mail.example", name)),
    NAMES.map(lambda name: (f"https://shop.example/u/{name}?x=1", name)),
    NAMES.map(lambda name: (f"WeChat: {name}", name)),
    NAMES.map(lambda name: (f"微信{name}", name)),
    NAMES.map(lambda name: (f"line id {name}", name)),
    st.integers(10**8, 10**10).map(lambda number: (f"+49 {number}", str(number))),
    st.integers(10**8, 10**9 - 1).map(lambda number: (f"0{number}", str(number))),
)


@given(AROUND, PLANTED)
def test_no_planted_contact_reaches_the_tokens(around: str, planted: tuple[str, str]) -> None:
    """Handles, e-mails, addresses, messenger ids and telephone numbers, in texts of several scripts."""
    written, secret = planted

    assert secret not in index_tokens(mask_contacts(around.format(written))).replace(" ", "")


@given(NAMES, AROUND)
def test_the_sellers_own_name_is_taken_out(name: str, around: str) -> None:
    """Whatever its case."""
    assert name not in index_tokens(mask_contacts(around.format(name.upper()), name))


@pytest.mark.parametrize(
    "text",
    [
        "1200元 ivory 350g",
        "Rp 1.500.000 gading",
        "12 cm x 30 cm, 1947",
        "price 1,250,000 VND",
        "€ 12.500,00",
        "20 000 руб",
        "CB 2024 python",
        "3500000đ",
    ],
)
def test_prices_weights_sizes_and_years_stay(text: str) -> None:
    """An officer searches by them."""
    assert mask_contacts(text) == text


@pytest.mark.parametrize(
    "text", ["٠٥٠١٢٣٤٥٦٧٨ عاج", "０９０−１２３４−５６７８".replace("−", "-"), "call 081-234-5678", "tel. (555) 010-9999"]
)
def test_numbers_in_other_digits_and_spellings_go(text: str) -> None:
    """Arabic-Indic and full-width digits, hyphens and brackets."""
    assert MARK in mask_contacts(text)
