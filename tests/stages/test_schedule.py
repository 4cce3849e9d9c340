"""What is due when, and what one tick does; tips without a lawful basis."""

from __future__ import annotations

from datetime import timedelta

import pytest
import yaml

from domain.errors import PolicyError, ProjectionError
from ledger import totals
from marketwarden import schedule
from marketwarden.bootstrap import House
from marketwarden.crawl import due_platforms, plan_draws
from marketwarden.tip import capture_tip
from tests.stages.conftest import IVORY, Market, outcomes

PROGRAMME = {
    "id": "wide", "name": "Wide", "platforms": ["a-market"], "terms": {"core": {"en": ["ivory", "tortoise"]}},
    "schedule": {"every_hours": 12, "at": "06:00"},
}  # fmt: skip


@pytest.fixture
def planned(market: Market) -> Market:
    """A home with a programme of two terms, due at 06:00 and 18:00 UTC."""
    (market.path / "config" / "programmes" / "wide.yml").write_text(yaml.safe_dump(PROGRAMME), encoding="utf-8")
    return market


def test_draws_are_due_once_a_slot(planned: Market) -> None:
    """At 09:00 the slot of 06:00 is owed; again only after 18:00, also to another process."""
    with planned.open() as house:
        assert plan_draws(house, programme="wide") == 2
        assert plan_draws(house, programme="wide") == 0
        assert due_platforms(house)["a-market"] == 2
        planned.clock.now += timedelta(hours=8, minutes=59)
        assert plan_draws(house, programme="wide") == 0
    with planned.open() as house:
        planned.clock.now += timedelta(minutes=2)
        assert plan_draws(house, programme="wide") == 2
        assert due_platforms(house)["a-market"] == 4


def test_slots_missed_while_nobody_ran_are_not_made_up(planned: Market) -> None:
    """After three days only the current slot is owed: a look at yesterday's page cannot be made today."""
    with planned.open() as house:
        plan_draws(house, programme="wide")
        planned.clock.now += timedelta(days=3)
        assert plan_draws(house, programme="wide") == 2


def test_a_crawl_tick_plans_and_carries_out(planned: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tick plans before it crawls, and says both."""
    said: list[str] = []
    seen: list[int] = []

    def crawl(house: House, *, progress: object) -> list[object]:
        seen.append(due_platforms(house).get("a-market", 0))
        return []

    monkeypatch.setattr(schedule, "crawl_due", crawl)
    monkeypatch.setattr(schedule, "say", said.append)
    with planned.open() as house:
        shipped = plan_draws(house) - 2
        schedule.crawl_tick(house)
        planned.clock.now += timedelta(hours=12)
        schedule.crawl_tick(house)
        with house.ledger.read() as conn:
            assert totals.counts(conn)["draw"] >= 4 + shipped
    assert seen == [2, 4]
    assert len(said) == 1


def test_a_run_tick_says_what_stopped_and_tries_again(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage that is stopped is said; the next tick catches up."""
    said: list[str] = []
    monkeypatch.setattr(schedule, "say", said.append)
    with market.open() as house:
        market.listing(house, 1, IVORY)
        house.index.prepare()
        with monkeypatch.context() as patch:

            def away(_documents: object) -> object:
                raise ProjectionError("the engine is away")

            patch.setattr(house.index, "write", away)
            schedule.run_tick(house)
        assert "index stopped: the engine is away" in said
        assert outcomes(house, "queue") == {"queued": 1}
        said.clear()
        schedule.run_tick(house)
        assert "index: 1" in said
        said.clear()
        schedule.run_tick(house)
        assert said == []


@pytest.mark.parametrize("url", ["http://elsewhere.example/ad/1", "http://127.0.0.1/ad/1", "no address", "http://[bad"])
def test_a_tip_on_no_platform_of_ours_is_refused_before_anything_is_asked(market: Market, url: str) -> None:
    """Without a platform file there is no lawful basis on record: nothing is drawn, nothing fetched."""
    with market.open() as house:
        with pytest.raises(PolicyError, match="no platform file covers"):
            capture_tip(house, url, reason="seen by an officer")
        with house.ledger.read() as conn:
            assert totals.counts(conn)["draw"] == 0
