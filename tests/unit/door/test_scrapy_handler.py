"""The handler inside a real Scrapy crawl, each in its own process because a reactor cannot be restarted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def crawl():
    """Run the crawl in a mode and read what it saw."""

    def run(mode: str) -> dict:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.unit.door.crawl", mode],
            capture_output=True, text=True, timeout=60, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout) | {"stderr": done.stderr}

    return run


def test_a_crawl_sees_only_sealed_pages_and_typed_failures(crawl):
    """Pages arrive decoded after sealing; refused, broken, looping and cut ones end typed; robots.txt is obeyed and sealed."""
    seen = crawl("hostile")
    results = seen["results"]

    assert results["/page"] == ["page", 200, "<h1>tusk</h1>", [], "127.0.0.1"]
    assert results["/short"] == ["page", 200, "<p>cut", ["truncated_disconnect"], "127.0.0.1"]
    assert results["/garbage"] == ["FetchFailed", "bad_response"]
    assert results["/inner"] == ["FetchFailed", "address_refused"]
    assert results["/loop/0"] == ["FetchFailed", "too_many_redirects"]
    assert results["/secret"] == ["IgnoreRequest", None]
    assert seen["same"] is True
    captures = {url: rest for _, url, *rest in seen["captures"]}
    assert captures["http://shop.example/robots.txt"][1] == "robots"
    assert captures["http://shop.example/page"] == ["ok", "page", None, 7, "allowed"]
    by_url = {url: number for number, url, *_ in seen["captures"]}
    assert captures["http://169.254.169.254/latest"][2] == by_url["http://shop.example/inner"]
    assert len([url for url in by_url if "/loop/" in url]) == 8


def test_a_full_store_stops_the_crawl(crawl):
    """When the sealer refuses, nothing more is fetched and the fault is there for the caller to raise."""
    seen = crawl("full")

    assert seen["fault"] == "no space left"
    assert len(seen["captures"]) == 2
    assert not any(result[0] == "page" for result in seen["results"].values())
