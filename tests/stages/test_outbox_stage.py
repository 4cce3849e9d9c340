"""Judgements go into the evidence log once each, whatever is killed in between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger import outbox
from marketwarden.bootstrap import House
from marketwarden.evidence_check import check_house
from marketwarden.queue_view import add_officer
from tests.stages.conftest import IVORY, Market, fine


class Killed(BaseException):
    """The process ends here."""


def judgements(house: House) -> list[str]:
    """Outbox ids that the log names, in order."""
    return [str(leaf.body["outbox"]) for leaf in house.store.leaves() if leaf.kind == "judgement"]


def die(*_args: object) -> None:
    """End the process in the middle."""
    raise Killed


def test_positions_lost_by_a_kill_are_found_again(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log has the leaf, the ledger not its position: the next run finds it and appends nothing."""
    with market.open() as house:
        market.listing(house, 1, IVORY)
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "mark_sealed", die)
            with pytest.raises(Killed):
                house.run()
        before = judgements(house)
        assert len(before) == 1
        with house.ledger.read() as conn:
            assert len(outbox.unsealed(conn, 10)) == 1
    with market.open() as house:
        fine(house.run())

        assert judgements(house) == before
        with house.ledger.read() as conn:
            assert outbox.unsealed(conn, 10) == []
        report = check_house(house)
        assert (report["problems"], report["judgements"]) == ([], 1)


def test_a_dead_sealer_of_judgements_is_replaced_when_its_lease_has_run_out(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be appended waits for the lease of the dead process and is then appended once."""
    with market.open() as house:
        market.listing(house, 1, IVORY)
        with monkeypatch.context() as patch:
            patch.setattr(type(house.store), "append_judgements", die)
            with pytest.raises(Killed):
                house.run()
        assert judgements(house) == []
    with market.open() as house:
        fine(house.run())
        assert judgements(house) == []
        market.clock.now += timedelta(minutes=16)
        fine(house.run())
        assert len(judgements(house)) == 1


def test_two_houses_seal_every_judgement_once(market: Market) -> None:
    """A second process finds nothing left to append."""
    with market.open() as first, market.open() as second:
        add_officer(first, "ana", role="reviewer")
        market.listing(first, 1, IVORY)
        fine(first.run())
        fine(second.run())
        named = judgements(second)

    assert len(named) == len(set(named))
    assert len(named) >= 2
