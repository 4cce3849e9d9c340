"""kill -9 at random moments of crawl, sealer and stages: nothing acknowledged is lost, nothing is double."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from demo.server import MarketServer
from marketwarden.bootstrap import open_house
from marketwarden.crawl import plan_draws
from marketwarden.demonstration import demo_home, write_overlay
from tests.e2e.conftest import ROOT, answer, command

pytestmark = [pytest.mark.browser]


def killed(*words: str, home: Path, after: float) -> bool:
    """Start a command in its own process group and kill the whole group; answers whether it was still running."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS": ""}
    child = subprocess.Popen(
        [sys.executable, "-m", "marketwarden", *words, "--home", str(home)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        child.wait(timeout=after)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return True


def kill_and_check(home: Path, *, times: int, seed: int) -> None:
    """Crawl and run under kills, then to the end, then check everything against everything."""
    chance = random.Random(seed)
    kills = 0
    with MarketServer() as market:
        demo_home(home)
        write_overlay(home, dict(market.base_urls))
        overlay = yaml.safe_load((home / "config" / "settings.yml").read_text(encoding="utf-8"))
        overlay["crawl"] = {"leases_minutes": 1}
        (home / "config" / "settings.yml").write_text(yaml.safe_dump(overlay), encoding="utf-8")
        with open_house(home) as house:
            plan_draws(house, now=True)
        platforms = ("demo-classifieds", "demo-auctions")
        for number in range(times):
            words = ("run",) if number % 3 == 2 else ("crawl", "--platform", platforms[number % 2], "--now")
            kills += killed(*words, home=home, after=chance.uniform(0.8, 4.0))
        time.sleep(1)
        for platform in platforms:
            command("crawl", "--platform", platform, "--now", home=home)
        command("run", home=home)
    report = answer("evidence", "check", home=home)
    with open_house(home) as house, house.ledger.read() as conn:
        from sqlalchemy import text

        doubled = conn.execute(
            text("SELECT count(*) FROM (SELECT version, reason FROM queue_item GROUP BY 1, 2 HAVING count(*) > 1)")
        ).scalar()
        positions = conn.execute(text("SELECT count(*), count(DISTINCT position) FROM capture")).one()

    assert kills >= times // 2
    assert report["problems"] == [], json.dumps(report, indent=1)
    assert report["captures"] == report["ledger_captures"]
    assert (report["not_absorbed"], report["not_sealed"], doubled) == (0, 0, 0)
    assert positions[0] == positions[1]


def test_a_few_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Six kills in the fast suite; the fifty of the drill find the rare ones."""
    kill_and_check(tmp_path / "home", times=6, seed=1)


@pytest.mark.drill
def test_fifty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Fifty random moments of crawl, sealer and stages."""
    kill_and_check(tmp_path / "home", times=50, seed=20261124)
