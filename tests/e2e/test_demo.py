"""The whole way on the demonstration market, by the real commands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import answer, command, lines

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo home after its first day."""
    path = tmp_path_factory.mktemp("demo") / "home"
    command("demo", home=path)
    return path


@pytest.fixture(scope="module")
def queue(home: Path) -> list[dict[str, object]]:
    """The open items."""
    return lines("queue", "list", "--json", "--limit", "500", home=home)


def test_the_demonstration_ends_with_a_queue(queue: list[dict[str, object]]) -> None:
    """Every item names taxon, Appendix, verdict, probability, the sentence that gave it away and its evidence."""
    assert len(queue) >= 20
    flagged = [item for item in queue if item["reason"] == "flag"]
    assert all(item["demo"] is True and item["evidence"] and item["verdict"] and item["probability"] is not None for item in flagged)
    assert sum(1 for item in flagged if item["taxon"] and item["sentence"]) >= 0.9 * len(flagged)


def test_all_three_platforms_are_in_the_queue(queue: list[dict[str, object]]) -> None:
    """The one that is drawn by script too."""
    assert {"demo-classifieds", "demo-auctions", "demo-bazaar"} == {item["platform"] for item in queue}


def test_ledger_log_and_store_agree(home: Path) -> None:
    """`evidence check` recomputes everything and finds nothing wrong; the store says that it is a demo."""
    report = answer("evidence", "check", home=home)

    assert report["problems"] == []
    assert report["demo"] is True
    assert report["captures"] == report["ledger_captures"] > 100


def test_an_item_shows_its_reasons_and_its_evidence(home: Path, queue: list[dict[str, object]]) -> None:
    """Reasons point at the text, and the evidence has log positions and lies in kept."""
    view = answer("queue", "show", str(queue[0]["item"]), home=home)
    reason = next(each for each in view["assessment"]["reasons"] if each["span"])
    text = view["fields"][reason["field"]]

    assert text[reason["span"][0] : reason["span"][1]].strip()
    assert all(each["position"] >= 0 and each["tiers"] == ["kept"] for each in view["evidence"])


def test_a_decision_is_made_under_a_name_and_gets_a_log_position(home: Path, queue: list[dict[str, object]]) -> None:
    """It is refused without a registered officer, and superseded by a later one."""
    item = str(queue[-1]["item"])
    words = ("queue", "decide", item, "--verdict", "likely_illegal_offer", "--taxon", "Elephantidae", "--officer")
    command(*words, "mara", home=home, code=1)
    command("officer", "add", "mara", "--role", "reviewer", home=home)
    command("officer", "add", "jon", "--role", "reviewer", home=home)

    first = answer(*words, "mara", home=home)
    second = answer(*words, "jon", home=home)

    assert (first["role"], second["role"]) == ("first", "second")
    assert 0 < first["position"] < second["position"]
    assert len(answer("queue", "show", item, home=home)["decisions"]) == 2


def test_the_index_finds_listings_in_their_own_scripts(home: Path) -> None:
    """The same words that officers read, in Chinese, Thai and Arabic; no page address is in a document."""
    for word in ("ivory", "象牙", "งาช้าง", "عاج"):
        found = answer("index", "search", word, home=home)
        assert found["total"] >= 1, word
        assert "http" not in str([{k: v for k, v in each.items() if k != "records"} for each in found["documents"]])


def test_a_rebuilt_index_is_the_same(home: Path) -> None:
    """The index is a projection: dropping it loses nothing."""
    before = answer("index", "search", "", "--limit", "1000", home=home)
    command("index", "rebuild", home=home)

    assert before == answer("index", "search", "", "--limit", "1000", home=home)


def test_a_second_day_adds_only_what_changed(home: Path, queue: list[dict[str, object]], tmp_path: Path) -> None:
    """The market's next day: new versions only of pages that changed; nothing is queued twice."""
    again = tmp_path / "home"
    shutil.copytree(home, again)
    before = {item["item"] for item in lines("queue", "list", "--json", "--limit", "500", home=again)}
    out = command("demo", home=again)
    after = {item["item"] for item in lines("queue", "list", "--json", "--limit", "500", home=again)}
    report = answer("evidence", "check", home=again)

    assert before <= after
    assert len(after - before) <= 10
    assert 0 < int(re.search(r"(\d+) changed", out)[1]) <= 20
    assert report["problems"] == []
