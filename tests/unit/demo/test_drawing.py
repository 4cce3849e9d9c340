"""The drawn site in a real browser."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from demo.server import MarketServer

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def drawn(url: str, profile: Path) -> str:
    """The document after the site's script has run."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("Chromium is not installed")
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}"]
    command += ["--virtual-time-budget=5000", "--dump-dom", url]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()


@pytest.mark.browser
def test_the_browser_sees_what_the_shell_hides(server: MarketServer, tmp_path: Path) -> None:
    """After the script has run, a search shows linked titles with a next page, and an item its facts in its own direction."""
    base = server.base_urls["demo-bazaar"]
    search = drawn(f"{base}/find?q=", tmp_path)
    newest = server.market.on("demo-bazaar")
    for one in newest[:16]:
        assert f'<a href="/item/{one.id}">{one.title}</a>' in search
    assert f"/item/{newest[16].id}" not in search
    assert 'rel="next"' in search
    arabic = next(one for one in newest if one.language == "ar")
    item = drawn(f"{base}/item/{arabic.id}", tmp_path)
    assert '<html lang="ar" dir="rtl">' in item
    for fact in (arabic.title, arabic.description, arabic.seller, arabic.location, arabic.posted[:10]):
        assert fact in item
