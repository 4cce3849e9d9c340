"""A hostile server against the real crawl: the child process ends by itself, small, and every case has a typed outcome."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.capture import Capture, CaptureOutcome, RobotsDecision, Role
from domain.clock import system_clock
from domain.sampling import Draw, DrawOutcome, DrawResult, Purpose
from ledger import captures, draws
from marketwarden.bootstrap import House, create_home, open_house
from marketwarden.evidence_check import check_house
from tests.e2e.conftest import ROOT
from tests.servers.hostile import ATTACKS, ROBOTS, HostileServer, hostile_server

TOTAL_SECONDS = 8
"""The most that one exchange may take in this home."""
BODY_BYTES = 12 * 1024 * 1024
"""The most that is taken of one body here; the packed bomb is a little less."""
BOUND_SECONDS = 240.0
"""Far more than the cases need together, far less than one that hangs."""
RSS_BYTES = 1 << 30
"""What the acceptance allows the largest process."""
PLATFORM = "hostile"
HOST = "hostile.example"
UNREACHABLE = "robots-unreachable"
"""A host whose server is not there."""
PRIVATE = "private-address"
"""A platform whose own address is private."""
SEARCH = "search"
"""A page of answers whose listings and next page are traps."""

COMPLETE, PARTIAL, FAILED, BLOCKED = DrawOutcome.COMPLETE, DrawOutcome.PARTIAL, DrawOutcome.FAILED, DrawOutcome.BLOCKED
EXPECTED: Mapping[str, tuple[DrawOutcome, str]] = {
    "honest": (COMPLETE, "all_seen"),
    "length-too-long": (PARTIAL, "truncated_disconnect"),
    "length-too-short": (COMPLETE, "all_seen"),
    "lengths-contradict": (FAILED, "bad_response"),
    "length-negative": (COMPLETE, "all_seen"),
    "endless-body": (PARTIAL, "truncated_length|truncated_time"),
    "endless-chunks": (PARTIAL, "truncated_length|truncated_time"),
    "endless-interim": (FAILED, "headers_too_large"),
    "gzip-bomb": (PARTIAL, "decoded_truncated|truncated_time,decoded_truncated"),
    "gzip-bomb-twice": (PARTIAL, "decoded_truncated"),
    "gzip-that-is-none": (COMPLETE, "all_seen"),
    "headers-5-mb": (FAILED, "headers_too_large"),
    "header-5-mb": (FAILED, "headers_too_large"),
    "slow-drip": (PARTIAL, "truncated_time"),
    "slow-headers": (FAILED, "truncated_time"),
    "silence": (FAILED, "timeout"),
    "wrong-charset": (COMPLETE, "all_seen"),
    "no-such-charset": (COMPLETE, "all_seen"),
    "bytes-of-nothing": (COMPLETE, "all_seen"),
    "to-metadata": (FAILED, "off_platform"),
    "to-private": (FAILED, "off_platform"),
    "to-other-scheme": (FAILED, "http_302"),
    "to-itself": (FAILED, "too_many_redirects"),
    "redirects": (FAILED, "too_many_redirects"),
    "deep-jsonld": (COMPLETE, "all_seen"),
    "deep-elements": (COMPLETE, "all_seen"),
    "script-everywhere": (COMPLETE, "all_seen"),
    "links-without-number": (COMPLETE, "all_seen"),
    "garbage": (FAILED, "bad_response"),
    "nothing": (FAILED, "truncated_disconnect"),
    "early-close": (PARTIAL, "truncated_disconnect"),
    "close-in-headers": (FAILED, "truncated_disconnect"),
    "status-999": (FAILED, "http_999"),
    "robots-500": (BLOCKED, "robots_denied"),
    "robots-404": (COMPLETE, "all_seen"),
    "robots-disallow": (BLOCKED, "robots_denied"),
    "robots-huge": (COMPLETE, "all_seen"),
    "robots-wildcards": (COMPLETE, "all_seen"),
    "robots-delay": (BLOCKED, "robots_denied"),
    "robots-forever": (BLOCKED, "robots_denied"),
    "robots-private": (BLOCKED, "robots_denied"),
    "robots-garbage": (BLOCKED, "robots_denied"),
    "robots-silence": (FAILED, "timeout"),
    "robots-endless": (COMPLETE, "all_seen"),
    UNREACHABLE: (FAILED, "connect_failed"),
    PRIVATE: (FAILED, "address_refused"),
    SEARCH: (PARTIAL, "off_platform"),
}
"""Outcome and stop reason of every case; what sends without end meets one of two caps first, size or time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """What is left of the crawl of all attacks."""

    children: list[dict[str, Any]]
    rss: int
    """Of the largest process, in bytes."""
    draws: dict[str, int]
    results: dict[str, DrawResult | None]
    captures: list[Capture]
    read: int
    """Captures that the extract stage took."""
    evidence: dict[str, Any]
    asked: list[tuple[str, str]]

    def pages(self, case: str) -> list[Capture]:
        """The captures of the draw of a case but for robots.txt, oldest first."""
        draw = self.draws[case]
        return sorted((c for c in self.captures if c.draw == draw and c.role is Role.PAGE), key=lambda capture: capture.id)

    def robots(self, host: str) -> list[Capture]:
        """What was captured of a host's robots.txt."""
        return [c for c in self.captures if c.role is Role.ROBOTS and c.url == f"http://{host}/robots.txt"]


def closed_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configure(house: House, server: HostileServer) -> None:
    """One platform on loopback, a host below it for each robots.txt, and one platform at a private address."""
    hosts = {HOST: server.port, f"{UNREACHABLE}.{HOST}": closed_port()} | {f"{name}.{HOST}": server.port for name in ROBOTS}
    settings = {
        "host_map": {host: f"127.0.0.1:{port}" for host, port in hosts.items()},
        "limits": {"total_seconds": TOTAL_SECONDS, "body_bytes": BODY_BYTES},
    }
    house.home.settings_file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    for name, host in ((PLATFORM, HOST), (PRIVATE, "10.0.0.1")):
        platform = {
            "id": name, "name": name, "base_url": f"http://{host}", "lawful_basis": "Test on loopback.",
            "terms_reviewed": "2026-01-01", "search": {"url": "{base}/search?q={term}&page={page}"},
            "delay_seconds": 0, "concurrency": 16, "allow_loopback": True, "demo": True,
        }  # fmt: skip
        (house.home.overlay("platforms") / f"{name}.yml").write_text(yaml.safe_dump(platform), encoding="utf-8")


def plan(house: House) -> dict[str, int]:
    """One draw for each case; answers their ids."""
    cases = {name: f"http://{HOST}/{name}" for name in ATTACKS} | {"redirects": f"http://{HOST}/redirects/0"}
    cases |= {name: f"http://{name}.{HOST}/honest" for name in (*ROBOTS, UNREACHABLE)} | {PRIVATE: "http://10.0.0.1/", SEARCH: None}
    ids = {}
    with house.ledger.write() as conn:
        for name, url in cases.items():
            ids[name] = house.ids()
            draws.add_draw(
                conn,
                Draw(
                    id=ids[name], programme="test", purpose=Purpose.REVISIT, arm="none", term="chair" if url is None else None, url=url,
                    platform=PRIVATE if name == PRIVATE else PLATFORM, inclusion_probability=None, due=system_clock(),
                    max_pages=3, max_items=20,
                ),
            )  # fmt: skip
    return ids


def crawl(home: Path, answers: Path) -> tuple[list[dict[str, Any]], int]:
    """Crawl in a process of its own; answers how the children ended and the size of the largest process, in bytes.

    `wait4` counts this process and what it waited for, and nothing that other tests started.
    """
    with answers.open("wb") as file:
        driver = subprocess.Popen([sys.executable, "-m", "tests.servers.crawl_home", str(home)], stdout=file, cwd=ROOT)
    deadline = time.monotonic() + BOUND_SECONDS
    while True:
        pid, status, usage = os.wait4(driver.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > deadline:
            driver.kill()
            driver.wait()
            pytest.fail(f"the crawl hangs: it has not ended in {BOUND_SECONDS:.0f} seconds")
        time.sleep(0.05)
    driver.returncode = os.waitstatus_to_exitcode(status)
    assert driver.returncode == 0
    return json.loads(answers.read_text(encoding="utf-8")), usage.ru_maxrss * 1024


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Every attack crawled once, absorbed and read."""
    folder = tmp_path_factory.mktemp("hostile")
    create_home(folder / "home", kind="demo")
    with hostile_server() as server:
        with open_house(folder / "home") as house:
            configure(house, server)
            ids = plan(house)
        children, rss = crawl(folder / "home", folder / "children.json")
        with open_house(folder / "home") as house:
            house.run_only("absorb")
            read = house.run_only("extract").done
            with house.ledger.read() as conn:
                results = {name: draws.get_result(conn, draw) for name, draw in ids.items()}
                each = captures.captures_on(conn, system_clock().date())
                sealed = [one.capture for one in captures.get_sealed(conn, each)]
            evidence = check_house(house)
        return Crawled(
            children=children, rss=rss, draws=ids, results=results, captures=sealed, read=read, evidence=evidence, asked=list(server.asked)
        )


def test_every_attack_has_its_case(crawled: Crawled) -> None:
    """The table above and the server know the same attacks, and every draw has ended with a result."""
    assert set(EXPECTED) == {*ATTACKS, *ROBOTS, "redirects", UNREACHABLE, PRIVATE, SEARCH} == set(crawled.results)
    assert [name for name, result in crawled.results.items() if result is None] == []


@pytest.mark.parametrize("case", EXPECTED)
def test_an_attack_ends_in_its_typed_outcome(crawled: Crawled, case: str) -> None:
    """Outcome and stop reason of the draw are those of the table."""
    result = crawled.results[case]
    outcome, reasons = EXPECTED[case]

    assert result is not None
    assert result.outcome is outcome
    assert result.stop_reason in reasons.split("|")


def test_the_child_processes_end_well_and_small(crawled: Crawled) -> None:
    """Nothing that a server did breaks a crawl, and the largest process stays under a gigabyte."""
    assert {child["platform"] for child in crawled.children} == {PLATFORM, PRIVATE}
    assert [child for child in crawled.children if child["exit_code"] != 0] == []
    assert crawled.rss < RSS_BYTES


def test_every_exchange_is_sealed(crawled: Crawled) -> None:
    """The store has a capture for every request that the server saw, and ledger, log and store agree."""
    sealed = Counter(capture.url for capture in crawled.captures if capture.peer is not None)
    asked = Counter(f"http://{host}{path}" for host, path in crawled.asked)

    assert sealed == asked
    assert crawled.evidence["problems"] == []
    assert crawled.evidence["captures"] == crawled.evidence["ledger_captures"] == len(crawled.captures)
    assert crawled.read == sum(1 for capture in crawled.captures if capture.role is Role.PAGE)


def test_redirects_end_at_the_cap(crawled: Crawled) -> None:
    """Nine requests of ten thousand, the last of them typed."""
    assert [capture.outcome for capture in crawled.pages("redirects")] == ["ok"] * 8 + [CaptureOutcome.TOO_MANY_REDIRECTS]


def test_no_private_address_is_asked(crawled: Crawled) -> None:
    """A redirect leaves no capture beyond itself, and the door refuses a platform that is private."""
    elsewhere = [capture for capture in crawled.captures if HOST not in capture.url]

    assert [(capture.url, capture.outcome, capture.peer) for capture in elsewhere] == [
        ("http://10.0.0.1/robots.txt", CaptureOutcome.ADDRESS_REFUSED, None)
    ]


@pytest.mark.parametrize("case", [name for name, (outcome, _) in EXPECTED.items() if name in ROBOTS and outcome is not COMPLETE])
def test_a_page_behind_such_a_robots_file_is_never_asked(crawled: Crawled, case: str) -> None:
    """Only robots.txt itself was requested of the host, and it is sealed."""
    host = f"{case}.{HOST}"

    assert {path for asked, path in crawled.asked if asked == host} == {"/robots.txt"}
    assert len(crawled.robots(host)) >= 1


@pytest.mark.parametrize(("case", "decision"), [("robots-404", "no_robots"), ("robots-huge", "allowed"), ("robots-wildcards", "allowed")])
def test_the_robots_decision_stands_in_the_capture(crawled: Crawled, case: str, decision: str) -> None:
    """No rules and rules that allow are different decisions."""
    assert [capture.robots for capture in crawled.pages(case)] == [RobotsDecision(decision)]


def test_a_search_follows_its_own_listings_only(crawled: Crawled) -> None:
    """Four listings of the platform are fetched; those of other hosts and a next page elsewhere are not."""
    assert sorted(capture.url.removeprefix(f"http://{HOST}") for capture in crawled.pages(SEARCH)) == [
        "/deep-elements?2", "/deep-jsonld?4", "/honest?3", "/script-everywhere?1", "/search?q=chair&page=1"
    ]  # fmt: skip
