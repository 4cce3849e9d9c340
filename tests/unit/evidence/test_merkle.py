"""The Merkle tree against the vectors of Certificate Transparency and against a naive tree."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)  # fmt: skip

CT_LEAVES = [
    bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(hashes: list[bytes]) -> bytes:
    """MTH by its definition."""
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node_hash(naive_root(hashes[:k]), naive_root(hashes[k:]))


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    """RFC 6962, 2.1."""
    assert hashlib.sha256(b"").digest() == Frontier().root()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    """The reference vectors of the CT project, one to eight leaves."""
    assert CT_ROOTS[size - 1] == root_of([leaf_hash(leaf) for leaf in CT_LEAVES[:size]]).hex()


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70), st.data())
def test_every_leaf_is_proven_and_nothing_else(leaves, data) -> None:
    """An inclusion proof verifies for its leaf, position and size, and for no changed one."""
    hashes = [leaf_hash(leaf) for leaf in leaves]
    index = data.draw(st.integers(0, len(hashes) - 1))
    proof, root = inclusion_proof(index, hashes), root_of(hashes)

    assert naive_root(hashes) == root
    assert verify_inclusion(hashes[index], index, len(hashes), proof, root)
    assert not verify_inclusion(leaf_hash(b"another leaf"), index, len(hashes), proof, root)
    assert not verify_inclusion(hashes[index], index, len(hashes), [*proof, root], root)
    assert not verify_inclusion(hashes[index], index, len(hashes), proof, leaf_hash(b"another root"))


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70), st.data())
def test_a_grown_tree_is_consistent_with_what_it_was(leaves, data) -> None:
    """A consistency proof verifies for the old root and for no other."""
    hashes = [leaf_hash(leaf) for leaf in leaves]
    old = data.draw(st.integers(1, len(hashes)))
    proof = consistency_proof(old, hashes)

    assert verify_consistency(old, len(hashes), root_of(hashes[:old]), root_of(hashes), proof)
    assert not verify_consistency(old, len(hashes), leaf_hash(b"forged root"), root_of(hashes), proof)
