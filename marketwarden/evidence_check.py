"""Ledger, log and store held against one another."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Any

from domain.codec import to_json
from domain.errors import PolicyError
from evidence.absorb import captures_from
from evidence.check import check_store
from evidence.journal import read_frames
from evidence.leaf import Leaf
from evidence.merkle import inclusion_proof, leaf_hash, root_of
from ledger import captures, outbox
from marketwarden.bootstrap import House

_BATCH = 1000


def check_house(house: House) -> dict[str, Any]:
    """Check the store against its public key, then every ledger row of captures and judgements against the log."""
    report = asdict(check_store(house.home.store, verifier=(house.home.keys / "log.pub").read_text(encoding="ascii")))
    report["ledger_captures"], report["judgements"], report["not_absorbed"] = 0, 0, 0
    if report["problems"]:
        return report
    with house.ledger.read() as conn:
        absorbed = captures.next_position(conn, house.store.id)
        seen: set[int] = set()
        stream = house.store.leaves()
        while group := list(islice(stream, _BATCH)):
            rows = captures.rows_by_position(conn, house.store.id, group[0].position, group[-1].position + 1)
            report["ledger_captures"] += len(rows)
            for leaf in group:
                if leaf.kind == "capture" and leaf.position >= absorbed:
                    report["not_absorbed"] += 1
                elif leaf.kind == "capture":
                    row = rows.pop(leaf.position, None)
                    if row != captures_from(leaf, house.store.id).capture:
                        report["problems"].append(f"leaf {leaf.position}: the ledger's capture is missing or another")
            report["problems"].extend(f"the ledger has a capture at leaf {position} that the log has not" for position in rows)
            judgements = [leaf for leaf in group if leaf.kind == "judgement"]
            report["judgements"] += len(judgements)
            stored = outbox.rows_by_id(conn, [int(leaf.body["outbox"]) for leaf in judgements])
            for leaf in judgements:
                problem = _judgement_problem(leaf, stored.get(int(leaf.body["outbox"])), seen)
                if problem:
                    report["problems"].append(problem)
        report["not_sealed"] = len(outbox.unsealed(conn, _BATCH))
    return report


def _judgement_problem(leaf: Leaf, found: tuple[outbox.OutboxRow, int | None] | None, seen: set[int]) -> str | None:
    number = int(leaf.body["outbox"])
    if number in seen:
        return f"leaf {leaf.position}: judgement {number} stands in the log twice"
    seen.add(number)
    if found is None:
        return f"leaf {leaf.position}: the ledger has no judgement {number}"
    row, position = found
    if row.digest != leaf.body["digest"] or position not in (leaf.position, None):
        return f"leaf {leaf.position}: judgement {number} is another in the ledger"
    return None


def capture_view(house: House, capture: int) -> dict[str, Any]:
    """One capture with its places and its inclusion proof under the current root."""
    with house.ledger.read() as conn:
        found = captures.get_sealed(conn, [capture])
    if not found:
        raise PolicyError(f"capture: no capture {capture}")
    sealed = found[0]
    hashes = [leaf_hash(frame.leaf) for frame in read_frames(house.home.store / "log" / "journal")]
    proof = inclusion_proof(sealed.capture.position, hashes)
    return {
        "capture": to_json(sealed.capture), "places": to_json(sealed.locations), "tree_size": len(hashes), "root": root_of(hashes).hex(),
        "leaf_hash": hashes[sealed.capture.position].hex(), "inclusion_proof": [each.hex() for each in proof], "demo": house.is_demo,
    }  # fmt: skip
