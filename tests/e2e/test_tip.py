"""A tip: one page, the whole way, now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.market import Market
from demo.server import MarketServer
from marketwarden.demonstration import demo_home, write_overlay
from tests.e2e.conftest import answer, command


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A demo home with the market running; nothing crawled yet."""
    path = tmp_path / "home"
    with MarketServer() as market:
        demo_home(path)
        write_overlay(path, dict(market.base_urls))
        yield path


def address(*, flagged: bool) -> str:
    """A listing of the classifieds site."""
    listing = next(one for one in Market().on("demo-classifieds") if one.truth.flagged is flagged and one.state == "live")
    return f"http://classifieds.demo.test/ad/{listing.id}"


@pytest.mark.parametrize("flagged", [True, False])
def test_a_tip_is_captured_judged_queued_and_shown(home: Path, flagged: bool) -> None:
    """Whether the page is flagged or not: somebody asked for it, so a person sees it, with the reason of the tip."""
    shown = answer("capture", address(flagged=flagged), "--reason", "seen by a customs officer", home=home)
    (item,) = shown["items"]

    assert item["item"]["reason"] == "tip"
    assert item["draw"]["reason"] == "seen by a customs officer"
    assert item["fields"]["title"]
    assert item["assessment"]["reasons"]
    assert item["evidence"][0]["tiers"] == ["kept"]
    assert shown["stopped_stages"] == {}
    assert answer("evidence", "check", home=home)["problems"] == []


def test_a_page_that_no_platform_file_covers_is_refused_by_name(home: Path) -> None:
    """There is no lawful basis on record for it."""
    command("capture", "http://elsewhere.example/ad/1", "--reason", "x", home=home, code=1)

    assert answer("evidence", "check", home=home)["captures"] == 0


def test_a_page_that_does_not_come_says_why(home: Path) -> None:
    """What was received is sealed all the same."""
    command("capture", "http://classifieds.demo.test/private/messages", "--reason", "x", home=home, code=1)

    assert answer("evidence", "check", home=home)["captures"] >= 1
