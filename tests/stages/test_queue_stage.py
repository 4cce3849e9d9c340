"""What is flagged or was a tip is kept and queued, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from evidence.keep import Keeper
from ledger import captures, queue
from marketwarden.bootstrap import House
from marketwarden.evidence_check import check_house
from marketwarden.queue_view import add_officer, decide_item, items_of_draw, items_view
from tests.stages.conftest import IVORY, LAMP, Market, fine, outcomes


def open_items(house: House) -> list[tuple[str, int]]:
    """(reason, listing) of what waits."""
    with house.ledger.read() as conn:
        return [(str(item.reason), item.listing) for item in queue.open_items(conn, limit=100)]


def tiers(house: House, capture: int) -> set[str]:
    """Where the records of a capture lie."""
    with house.ledger.read() as conn:
        return {place.tier for place in captures.get_sealed(conn, [capture])[0].locations}


def test_a_flagged_listing_is_kept_and_queued_and_the_rest_is_not(market: Market) -> None:
    """The bytes of what is queued lie in kept/ before it is queued; what is not flagged stays in intake."""
    with market.open() as house:
        ivory, lamp = market.listing(house, 1, IVORY), market.listing(house, 2, LAMP)
        fine(house.run())

        assert [reason for reason, _ in open_items(house)] == ["flag"]
        assert outcomes(house, "queue") == {"queued": 1, "not_flagged": 1}
        assert tiers(house, ivory.capture.id) == {"kept"}
        assert tiers(house, lamp.capture.id) == {"intake"}
        assert items_view(house, limit=5)[0]["evidence"] == ivory.capture.id


def test_a_tip_is_queued_whatever_the_judgement(market: Market) -> None:
    """A tip about a lamp waits for a person too, before everything else, with its bytes kept."""
    with market.open() as house:
        tip = market.tip(house, "http://a-market.example/ad/2")
        lamp = market.listing(house, 2, LAMP, draw=tip)
        market.listing(house, 3, LAMP, draw=market.tip(house, None))
        fine(house.run())

        assert [reason for reason, _ in open_items(house)] == ["tip"]
        assert tiers(house, lamp.capture.id) == {"kept"}
        assert len(items_of_draw(house, tip)) == 1
        assert items_view(house, limit=5)[0]["priority"] == 1.0


def test_a_listing_that_waits_is_not_queued_again(market: Market) -> None:
    """A changed version of a listing that waits already adds no item."""
    with market.open() as house:
        market.listing(house, 1, IVORY)
        fine(house.run())
        market.listing(house, 1, IVORY + ", price reduced")
        fine(house.run())

        assert len(open_items(house)) == 1
        assert outcomes(house, "queue") == {"queued": 1, "waiting_or_decided": 1}


def test_decided_content_is_not_queued_again_and_new_content_is(market: Market) -> None:
    """What an officer has decided on comes back only when its content changed."""
    with market.open() as house:
        add_officer(house, "ana", role="reviewer")
        market.listing(house, 1, IVORY)
        fine(house.run())
        item = items_view(house, limit=1)[0]["item"]
        decided = decide_item(house, item, officer="ana", verdict="likely_illegal_offer", taxon="Elephantidae")
        assert decided["position"] is not None
        market.listing(house, 1, IVORY + ", now cheaper")
        market.listing(house, 1, IVORY)
        fine(house.run())

        with house.ledger.read() as conn:
            assert len(queue.open_items(conn, limit=9)) == 1
        changed = items_view(house, limit=1)[0]["item"]
        decide_item(house, changed, officer="ana", verdict="not_an_offer")
        market.listing(house, 1, IVORY)
        fine(house.run())
        assert open_items(house) == []


class Killed(BaseException):
    """The process ends here."""


def test_a_kill_between_keeping_and_queueing_loses_and_doubles_nothing(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log says kept, the ledger does not say queued: the next run queues once and keeps nothing twice."""
    with market.open() as house:
        ivory = market.listing(house, 1, IVORY)
        real = Keeper.keep

        def keep_and_die(self, *args, **named):
            real(self, *args, **named)
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(Keeper, "keep", keep_and_die)
            with pytest.raises(Killed):
                house.run()
        assert open_items(house) == []
        holder = house.holder
    with market.open() as house:
        # the dead process still holds its lease: nobody works on its records until it has run out
        assert house.holder != holder
        fine(house.run())
        assert open_items(house) == []
        market.clock.now += timedelta(minutes=16)
        fine(house.run())

        assert [reason for reason, _ in open_items(house)] == ["flag"]
        assert tiers(house, ivory.capture.id) == {"kept"}
        kept = [leaf for leaf in house.store.leaves() if leaf.kind == "retention.keep"]
        assert len(kept) == 1
        assert check_house(house)["problems"] == []


@pytest.mark.parametrize("name", ["queue", "index"])
def test_a_batch_needs_no_more_statements_for_more_records(market: Market, name: str) -> None:
    """The ledger is asked per batch: twenty listings cost as many statements as one."""

    def statements(house: House) -> int:
        asked: list[str] = []

        def seen(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(house.ledger._engine, "after_cursor_execute", seen)
        try:
            assert house.run_only(name).failure is None
        finally:
            event.remove(house.ledger._engine, "after_cursor_execute", seen)
        return len(asked)

    with market.open() as house:
        needed = []
        for batch in (range(1, 2), range(2, 22)):
            for number in batch:
                market.listing(house, number, LAMP)
            for stage in ("absorb", "extract", "match", "assess"):
                assert house.run_only(stage).failure is None
            needed.append(statements(house))
    assert needed[0] == needed[1]
