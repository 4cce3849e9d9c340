"""`platforms fixture`: a stored page becomes a fixture to check."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawlers.platforms import Platform
from domain.errors import ConfigurationError
from marketwarden.cli import app
from marketwarden.platform_fixture import write_fixture

PLATFORM = Platform(
    id="barn-market", name="Barn", base_url="https://barn.example", listing_url="/thing/(?P<native_id>[0-9]+)",
    lawful_basis="Wildlife Act, section 5", terms_reviewed=date(2026, 11, 1), selectors={"seller": "p.who b"},
)  # fmt: skip
URL = "https://barn.example/thing/9"
PAGE = (
    '<!doctype html><html lang="en"><head><title>Oak stool</title></head><body><main><h1>Oak stool</h1><p>Price: 40 EUR</p>'
    f'<p>{"An old stool of oak, heavy, from a farm that has closed. " * 20}</p><p class="who">by <b>barn-owl</b></p></main></body></html>'
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A stored page."""
    file = tmp_path / "Oak Stool.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_a_page_becomes_a_fixture(page: Path, tmp_path: Path) -> None:
    """The bytes are kept as they are; the JSON states what is found, the platform's selectors applied."""
    written = write_fixture(page, url=URL, platform=PLATFORM, folder=tmp_path / "fixtures")
    stated = json.loads(written.read_text(encoding="utf-8"))

    assert written == tmp_path / "fixtures" / "barn-market" / "oak-stool.json"
    assert written.with_suffix(".html").read_bytes() == page.read_bytes()
    assert (stated["url"], stated["kind"], set(stated)) == (URL, "listing", {"url", "kind", "listing"})
    assert {"title": "Oak stool", "price": "40", "currency": "EUR", "seller": "barn-owl"}.items() <= stated["listing"].items()


def test_nothing_is_overwritten(page: Path, tmp_path: Path) -> None:
    """What a person has checked stays."""
    write_fixture(page, url=URL, platform=PLATFORM, folder=tmp_path / "fixtures")

    with pytest.raises(ConfigurationError, match="is there already"):
        write_fixture(page, url=URL, platform=PLATFORM, folder=tmp_path / "fixtures")


def test_a_page_of_another_host_is_refused(page: Path, tmp_path: Path) -> None:
    """Its native id would mean nothing."""
    with pytest.raises(ConfigurationError, match="is not on barn-market"):
        write_fixture(page, url="https://other.example/thing/9", platform=PLATFORM, folder=tmp_path / "fixtures")
    assert not (tmp_path / "fixtures").exists()


def test_the_command_writes_it(page: Path, tmp_path: Path) -> None:
    """It finds the demonstration's platforms as well, and says what is left to do."""
    words = ["platforms", "fixture", str(page), "--url", "http://classifieds.demo.test/ad/5", "--platform", "demo-classifieds"]
    done = CliRunner().invoke(app, [*words, "--into", str(tmp_path / "into"), "--home", str(tmp_path / "none")])

    assert done.exit_code == 0, done.output
    assert (tmp_path / "into" / "demo-classifieds" / "oak-stool.json").exists()
    assert "compare it with the page" in done.output
