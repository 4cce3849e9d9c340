"""Rounds, ports, and the market as a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from demo.market import PLATFORMS, Market
from demo.server import MarketServer
from tests.unit.demo.conftest import ask

ROOT = Path(__file__).parents[3]


def snapshot(market: Market) -> dict[int, str]:
    """What a market shows, by id."""
    return {one.id: f"{one.title}|{one.price}|{one.description}" for platform in PLATFORMS for one in market.on(platform)}


def test_the_second_round_changes_some_removes_one_and_adds_one() -> None:
    """Between rounds most listings stay alike; some change, some go, some come."""
    first, second = snapshot(Market()), snapshot(Market(round_number=2))
    gone, new = first.keys() - second.keys(), second.keys() - first.keys()
    changed = {key for key in first.keys() & second.keys() if first[key] != second[key]}
    assert gone
    assert new
    assert len(changed) >= 4
    assert len(gone) + len(new) + len(changed) < len(first) / 5


def test_the_round_is_set_while_serving(server: MarketServer, get) -> None:
    """After the post the pages are those of the new round, and a listing that went answers 404."""
    before = {one.id: one for platform in PLATFORMS for one in server.market.on(platform)}
    vanishing = next(one for one in before.values() if one.last_round == 1 and one.platform == "demo-classifieds")
    assert get("demo-classifieds", f"/ad/{vanishing.id}").status == 200
    answer = get("demo-auctions", "/_demo/round", method="POST", body=b'{"round": 2}')
    assert (answer.status, answer.json) == (200, {"round": 2})
    assert get("demo-bazaar", "/_demo/round").json == {"round": 2}
    assert get("demo-classifieds", f"/ad/{vanishing.id}").status == 404
    changed = next(one for one in before.values() if one.rounds and one.platform == "demo-bazaar")
    assert get("demo-bazaar", f"/api/item?id={changed.id}").json["price"] == changed.at(2).price != changed.price


@pytest.mark.parametrize("body", [b"", b"{}", b'{"round": 0}', b'{"round": "x"}', b"[]", b"null", b"\xff"])
def test_a_bad_round_is_refused(server: MarketServer, get, body: bytes) -> None:
    """What is not a round is answered 400 and changes nothing."""
    assert get("demo-classifieds", "/_demo/round", method="POST", body=body).status == 400
    assert server.market.round_number == 1


def test_a_page_cannot_set_the_round(server: MarketServer, get) -> None:
    """A request that a browser sends for a page carries Origin and is refused; other posts find nothing; long ones are cut off."""
    assert get("demo-auctions", "/_demo/round", method="POST", body=b'{"round": 2}', headers={"Origin": "null"}).status == 403
    assert get("demo-auctions", "/lot/1", method="POST", body=b"x").status == 404
    assert get("demo-auctions", "/_demo/round", method="POST", body=b" " * 2000).status == 413
    assert server.market.round_number == 1


def test_the_port_decides_not_the_host(get) -> None:
    """A site answers under any name, so that a host map may lead to it."""
    named = get("demo-auctions", "/browse", headers={"Host": "classifieds.demo.test"})
    assert named.body == get("demo-auctions", "/browse").body
    assert "Demo Auctions" in named.text


def test_equal_requests_get_equal_answers(get) -> None:
    """Header and body of a page do not depend on the time."""
    first, again = get("demo-classifieds", "/"), get("demo-classifieds", "/")
    assert first.headers.items() == again.headers.items()
    assert first.body == again.body


def test_head_has_no_body(get) -> None:
    """HEAD says the length that GET would send."""
    head = get("demo-auctions", "/browse", method="HEAD")
    assert head.body == b""
    assert int(head.headers["Content-Length"]) == len(get("demo-auctions", "/browse").body)


def test_start_names_three_ports_and_stop_frees_them() -> None:
    """Each platform has a port of its own; after stop the same ports can be opened again; a taken port is an error."""
    server = MarketServer()
    urls = server.start()
    assert tuple(urls) == PLATFORMS
    assert len(set(urls.values())) == 3
    with pytest.raises(RuntimeError):
        server.start()
    ports = {platform: int(url.rsplit(":", 1)[1]) for platform, url in urls.items()}
    with pytest.raises(OSError, match="in use"):
        MarketServer(ports=ports).start()
    server.stop()
    server.stop()
    with MarketServer(ports=ports) as again:
        assert again.base_urls == urls


def test_rounds_are_counted_from_one() -> None:
    """Round 0 does not exist."""
    with pytest.raises(ValueError, match="from 1"):
        Market(round_number=0)


def test_the_market_runs_as_a_process(tmp_path: Path) -> None:
    """The port file appears when the ports are open, the pages are served in the asked round, and SIGTERM ends it with 0."""
    file = tmp_path / "ports.json"
    command = [sys.executable, "-m", "demo", "--port-file", str(file), "--round", "2"]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            for _ in range(600):
                if file.exists() or process.poll() is not None:
                    break
                time.sleep(0.05)
            urls = json.loads(file.read_text(encoding="utf-8"))
            assert {platform: ask(urls[platform], "/").status for platform in PLATFORMS} == dict.fromkeys(PLATFORMS, 200)
            assert ask(urls["demo-bazaar"], "/_demo/round").json == {"round": 2}
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
