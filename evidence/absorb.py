"""Leaves as the ledger takes them in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.capture import Capture, Location, Sealed
from domain.codec import from_json, to_json
from evidence.leaf import Leaf
from evidence.store import Store

_OF_THE_LOG = ("log", "position")


def read_leaves(store: Store, start: int) -> Iterator[Leaf]:
    """Leaves from position `start`."""
    return store.leaves(start)


def capture_body(capture: Capture) -> dict[str, Any]:
    """Body of a capture's leaf: everything but log and position, which the leaf's own place says; no nulls."""
    values = to_json(capture)
    return {name: value for name, value in values.items() if name not in _OF_THE_LOG and value is not None}


def captures_from(leaf: Leaf, log: str) -> Sealed:
    """The capture and its places at the time of commit, from a leaf of kind `capture`."""
    capture = from_json(Capture, {**leaf.body, "log": log, "position": leaf.position})
    return Sealed(capture=capture, locations=tuple(places_from(leaf)))


def places_from(leaf: Leaf) -> list[Location]:
    """Places that a leaf carries beside it."""
    return [from_json(Location, place) for place in leaf.side.get("places", ())]
