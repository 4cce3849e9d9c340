"""Expiry of a day's intake on the whole house: what is flagged stays provable, the rest is gone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from domain.capture import RobotsDecision, Role, Sealed
from domain.errors import EnvironmentMissing, PolicyError
from evidence.merkle import leaf_hash, verify_inclusion
from ledger import captures
from marketwarden.bootstrap import House
from marketwarden.evidence_check import capture_view, check_house
from marketwarden.expiry import expire_intake
from marketwarden.queue_view import item_view, items_view
from tests.stages.conftest import IVORY, LAMP, START, Market, exchange, fine, outcomes, page

PICTURE = b"\x89PNG" + bytes(range(256)) * 40


def filled(market: Market, house: House) -> dict[str, Sealed]:
    """A lamp whose picture is stored, and a flagged tusk whose picture is a revisit of it; both by one sealer."""
    sealer = house.new_sealer()

    async def seal(body: bytes, path: str, role: Role, parent: int | None = None) -> Sealed:
        media = "image/png" if role is Role.SUBRESOURCE else "text/html"
        answer = exchange(body, path=path, media=media, at=market.clock())
        return await sealer.seal_exchange(answer, draw=1, platform="a-market", role=role, robots=RobotsDecision.ALLOWED, parent=parent)

    async def everything() -> dict[str, Sealed]:
        lamp = await seal(page(LAMP), "/ad/1", Role.PAGE)
        original = await seal(PICTURE, "/one.png", Role.SUBRESOURCE, lamp.capture.id)
        tusk = await seal(page(IVORY), "/ad/2", Role.PAGE)
        revisit = await seal(PICTURE, "/two.png", Role.SUBRESOURCE, tusk.capture.id)
        return {"lamp": lamp, "original": original, "tusk": tusk, "revisit": revisit}

    try:
        return asyncio.run(everything())
    finally:
        sealer.close()


def places(house: House, capture: int) -> Sealed:
    """A capture as the ledger places it now."""
    with house.ledger.read() as conn:
        return captures.get_sealed(conn, [capture])[0]


def files(folder: Path) -> list[Path]:
    """Files below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def test_expiry_keeps_what_is_flagged_with_its_originals_and_proofs(market: Market) -> None:
    """Flagged records and the originals of their revisits are in kept/, every proof holds, the rest is gone, the purge is in the log."""
    with market.open() as house:
        sealed = filled(market, house)
        assert sealed["revisit"].capture.refers_to == sealed["original"].capture.id
        answer = expire_intake(house, day=START.date(), authority="rule 7")

        assert len(answer["segments"]) == 1
        assert files(house.home.store / "intake") == []
        for name in ("tusk", "revisit", "original"):
            now = places(house, sealed[name].capture.id)
            assert len(now.locations) == len(now.capture.records)
            assert {place.tier for place in now.locations} == {"kept"}
            assert house.reader.payload(now)
        assert house.reader.payload(places(house, sealed["revisit"].capture.id)) == PICTURE
        assert places(house, sealed["lamp"].capture.id).locations == ()
        purges = [leaf for leaf in house.store.leaves() if leaf.kind == "retention.purge"]
        assert [(leaf.body["authority"], [each["name"] for each in leaf.body["segments"]]) for leaf in purges] == [
            ("rule 7", answer["segments"])
        ]
        assert check_house(house)["problems"] == []
        item = items_view(house, limit=1)[0]["item"]
        shown = item_view(house, item)
        assert {each["capture"]: each["tiers"] for each in shown["evidence"]} == {
            sealed["tusk"].capture.id: ["kept"],
            sealed["revisit"].capture.id: ["kept"],
        }


def test_every_inclusion_proof_verifies_after_expiry(market: Market) -> None:
    """Purged or kept, each capture is proved to be in the log under its present root."""
    with market.open() as house:
        sealed = filled(market, house)
        expire_intake(house, day=START.date(), authority="rule 7")
        for each in sealed.values():
            proof = capture_view(house, each.capture.id)
            steps, root = [bytes.fromhex(step) for step in proof["inclusion_proof"]], bytes.fromhex(proof["root"])
            assert verify_inclusion(bytes.fromhex(proof["leaf_hash"]), each.capture.position, proof["tree_size"], steps, root)
            assert not verify_inclusion(leaf_hash(b"another leaf"), each.capture.position, proof["tree_size"], steps, root)


def test_a_house_goes_on_after_expiry(market: Market) -> None:
    """A second run does nothing to what has expired, and new pages of the day are taken in."""
    with market.open() as house:
        filled(market, house)
        expire_intake(house, day=START.date(), authority="rule 7")
    with market.open() as house:
        market.listing(house, 1, LAMP)
        fine(house.run())
        assert outcomes(house, "extract")["unchanged"] == 1
        assert check_house(house)["problems"] == []
        assert expire_intake(house, day=None, authority="rule 7")["segments"] == []


def test_what_was_not_judged_does_not_expire(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the model missing an expiry is refused and every byte stays."""
    with market.open() as house:
        filled(market, house)
        made = house.stages()

        def missing() -> object:
            raise EnvironmentMissing("no model")

        next(stage for stage in made if stage.name == "assess").load = missing  # type: ignore[attr-defined]
        monkeypatch.setattr(House, "stages", lambda _self: made)
        with pytest.raises(PolicyError, match="no model"):
            expire_intake(house, day=START.date(), authority="rule 7")
        assert files(house.home.store / "intake") != []


def test_an_expiry_needs_an_authority(market: Market) -> None:
    """Nobody drops bytes without saying by what right."""
    with market.open() as house:
        filled(market, house)
        with pytest.raises(PolicyError, match="authority"):
            expire_intake(house, day=START.date(), authority=" ")
        assert files(house.home.store / "intake") != []
