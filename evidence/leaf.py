"""Leaves of the evidence log: canonical JSON with a salt, so that purging content leaves a hash that reveals nothing."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.clock import iso, parse_iso
from domain.digest import canonical_json
from domain.errors import IntegrityError

_KEYS = {"v", "kind", "at", "salt", "body"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One entry of the log."""

    position: int
    kind: str
    at: datetime
    body: dict[str, Any]
    side: dict[str, Any]


def encode_leaf(kind: str, body: dict[str, Any], *, at: datetime) -> bytes:
    """Canonical bytes of a new leaf."""
    return canonical_json({"v": 1, "kind": kind, "at": iso(at), "salt": secrets.token_hex(16), "body": body})


def decode_leaf(position: int, leaf: bytes, side: bytes) -> Leaf:
    """Inverse; raises IntegrityError when the bytes are not exactly the canonical form of a leaf."""
    try:
        data = json.loads(leaf)
        beside = json.loads(side) if side else {}
    except ValueError as error:
        raise IntegrityError(f"leaf {position} is not JSON") from error
    if not isinstance(data, dict) or set(data) != _KEYS or data["v"] != 1 or canonical_json(data) != leaf:
        raise IntegrityError(f"leaf {position} is not canonical")
    return Leaf(position=position, kind=data["kind"], at=parse_iso(data["at"]), body=data["body"], side=beside)
