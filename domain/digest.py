"""Digests, canonical JSON and keyed pseudonyms: one way to write each."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any


def sha256(data: bytes) -> str:
    """`sha256:` and 64 hexadecimal digits, the form of every digest in ledger, log and index."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def canonical_json(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; refuses NaN. Floats are not used in what is hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical JSON of `value`."""
    return sha256(canonical_json(value))


def pseudonym(key: bytes, platform: str, handle: str) -> str:
    """A seller's keyed pseudonym, stable across runs: HMAC-SHA-256, 20 hexadecimal digits (`domain.md` 4.5)."""
    message = f"{platform}\0{handle.strip().casefold()}".encode()
    return "s-" + hmac.new(key, message, hashlib.sha256).hexdigest()[:20]
