"""The Merkle tree of RFC 6962, section 2.1: root, inclusion and consistency proofs, and their verification."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256(0x00 || leaf)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """MTH of leaf hashes."""
    frontier = Frontier()
    for each in hashes:
        frontier.append(each)
    return frontier.root()


class Frontier:
    """The right edge of a growing tree: appends in O(log n), a few hundred bytes for any size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, hashed: bytes) -> None:
        """Add one leaf hash."""
        self._peaks.append(hashed)
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            right = self._peaks.pop()
            self._peaks.append(node_hash(self._peaks.pop(), right))
            rest //= 2

    def root(self) -> bytes:
        """Root over everything appended."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH(index, hashes): siblings from the leaf up (RFC 6962, 2.1.1)."""
    if not 0 <= index < len(hashes):
        raise ValueError(f"no leaf {index} in a tree of {len(hashes)}")
    if len(hashes) == 1:
        return []
    k = _split(len(hashes))
    if index < k:
        return [*inclusion_proof(index, hashes[:k]), root_of(hashes[k:])]
    return [*inclusion_proof(index - k, hashes[k:]), root_of(hashes[:k])]


def verify_inclusion(hashed: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, result = index, size - 1, hashed
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            result = node_hash(sibling, result)
            while at and not at & 1:
                at >>= 1
                last >>= 1
        else:
            result = node_hash(result, sibling)
        at >>= 1
        last >>= 1
    return last == 0 and result == root


def consistency_proof(old: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PROOF(old, hashes): that the first `old` leaves are still what they were (RFC 6962, 2.1.2)."""
    if not 0 < old <= len(hashes):
        raise ValueError(f"no tree of {old} in a tree of {len(hashes)}")
    return _subproof(old, hashes, True)


def _subproof(old: int, hashes: Sequence[bytes], complete: bool) -> list[bytes]:
    if old == len(hashes):
        return [] if complete else [root_of(hashes)]
    k = _split(len(hashes))
    if old <= k:
        return [*_subproof(old, hashes[:k], complete), root_of(hashes[k:])]
    return [*_subproof(old - k, hashes[k:], False), root_of(hashes[:k])]


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.4.2."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    at, last = old - 1, new - 1
    while at & 1:
        at >>= 1
        last >>= 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while at and not at & 1:
                at >>= 1
                last >>= 1
        else:
            second = node_hash(second, sibling)
        at >>= 1
        last >>= 1
    return last == 0 and first == old_root and second == new_root
