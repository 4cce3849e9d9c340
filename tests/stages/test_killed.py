"""A run killed at any transaction or append, then run again, ends where an undisturbed run ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers.assessor import RuleAssessor
from classifiers.matcher import LexiconMatcher
from evidence.store import Store
from ledger import totals
from ledger.engine import Connection, Ledger
from marketwarden.bootstrap import House
from marketwarden.evidence_check import check_house
from tests.stages.conftest import IVORY, LAMP, Market, fine


class Killed(BaseException):
    """The process ends here."""


class Kill:
    """Ends the process at the `at`th act: a ledger transaction before it commits, or a log append after it is durable."""

    def __init__(self, at: int) -> None:
        self.left = at

    def act(self) -> None:
        """Count one act."""
        self.left -= 1
        if self.left == 0:
            raise Killed


def armed(patch: pytest.MonkeyPatch, kill: Kill) -> None:
    """Let the killer count the acts of this process."""
    write, append = Ledger.write, Store.append_locked

    @contextmanager
    def killing_write(self: Ledger) -> Iterator[Connection]:
        with write(self) as conn:
            yield conn
            kill.act()

    def killing_append(self: Store, leaves: object) -> list[int]:
        positions = append(self, leaves)  # type: ignore[arg-type]
        kill.act()
        return positions

    patch.setattr(Ledger, "write", killing_write)
    patch.setattr(Store, "append_locked", killing_append)


def ended(house: House) -> tuple[object, ...]:
    """What must not depend on kills: counts, documents without their numbers, and that nothing is wrong anywhere."""
    report = check_house(house)
    assert report["problems"] == []
    assert (report["not_absorbed"], report["not_sealed"]) == (0, 0)
    with house.ledger.read() as conn:
        counts = totals.counts(conn)
    documents = sorted((document.title, document.verdict, document.queued, document.status) for document in house.index.scan())
    return counts, documents, report["judgements"]


def test_a_kill_at_any_act_changes_nothing_in_the_end(
    tmp_path: Path, brains: tuple[LexiconMatcher, RuleAssessor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every transaction and every append of a run is the last one of a process once."""
    results, kills = [], 0
    for at in range(100):
        folder = tmp_path / str(at)
        folder.mkdir()
        market = Market(folder, *brains)
        with market.open() as house:
            market.listing(house, 1, IVORY)
            market.listing(house, 2, LAMP)
        killed = False
        with market.open() as house:
            assert house.ledger is not None
            with monkeypatch.context() as patch:
                armed(patch, Kill(at))
                try:
                    fine(house.run())
                except Killed:
                    killed = True
        kills += killed
        market.clock.now += timedelta(minutes=16)
        with market.open() as house:
            fine(house.run())
            fine(house.run())
            results.append(ended(house))
        if at > 0 and not killed:
            break
    assert kills >= 12
    assert all(result == results[0] for result in results)
