"""Platform files."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.platforms import load_platforms, platform_of
from domain.errors import ConfigurationError

GOOD = """\
id: my-market
name: My Market
base_url: https://www.my-market.example
search: {url: "{base}/s?q={term}&p={page}", first_page: 0}
listing_url: "/ad/(?P<native_id>[0-9]+)"
lawful_basis: "Wildlife Act, section 5, decision 12/2026"
terms_reviewed: 2026-11-01
"""


def written(folder: Path, text: str, name: str = "my-market") -> Path:
    """A folder with one platform file."""
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_platform_answers_search_pages_and_native_ids(tmp_path: Path) -> None:
    """A term is percent-encoded into the search address and a listing's address yields its id."""
    platform = load_platforms([written(tmp_path, GOOD)])["my-market"]

    assert platform.search_page("象牙 ring", 2) == "https://www.my-market.example/s?q=%E8%B1%A1%E7%89%99%20ring&p=2"
    assert platform.native_id("https://my-market.example/ad/77?x=1") == "77"
    assert platform.native_id("https://my-market.example/help") is None


def test_a_platform_covers_its_host_and_hosts_below_it_only(tmp_path: Path) -> None:
    """A host that merely ends in the same letters is another platform."""
    platforms = load_platforms([written(tmp_path, GOOD)])

    assert platform_of("https://m.my-market.example/ad/1", platforms) is platforms["my-market"]
    assert platform_of("https://evilmy-market.example/ad/1", platforms) is None


def test_a_later_folder_wins(tmp_path: Path) -> None:
    """The home's overlay replaces the shipped file of the same name."""
    shipped, overlay = tmp_path / "a", tmp_path / "b"
    shipped.mkdir()
    overlay.mkdir()
    written(shipped, GOOD)
    written(overlay, GOOD.replace("My Market", "Ours"))

    assert load_platforms([shipped, overlay])["my-market"].name == "Ours"


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("terms_reviewed: 2026-11-01\n", "terms_reviewed: soon\n", 7, "terms_reviewed"),
        ("name: My Market\n", "name: My Market\nspeed: 9\n", 3, "speed"),
        ('listing_url: "/ad/(?P<native_id>[0-9]+)"', 'listing_url: "/ad/[0-9]+"', 5, "listing_url"),
        ('"{base}/s?q={term}&p={page}", first_page: 0', '"{base}", first_page: one', 4, "search.first_page"),
        ("name: My Market\n", "name: My Market\nselectors:\n  title: h1\n  titel: h2\n", 5, "selectors.titel"),
        ("name: My Market\n", "name: My Market\nselectors:\n  title: 'h1 >'\n", 4, "selectors.title"),
        ("name: My Market\n", "name: My Market\nselectors:\n  seller_url: 'a@'\n", 4, "selectors.seller_url"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_field(tmp_path: Path, old: str, new: str, line: int, field: str) -> None:
    """An operator finds the mistake without reading our code."""
    with pytest.raises(ConfigurationError) as caught:
        load_platforms([written(tmp_path, GOOD.replace(old, new))])

    assert (caught.value.line, caught.value.field) == (line, field)
    assert "my-market.yml" in str(caught.value)


@pytest.mark.parametrize("extra", ["robots: {obey: false}", "allow_loopback: true", "delay_seconds: 0"])
def test_what_needs_a_decision_is_refused_without_one(tmp_path: Path, extra: str) -> None:
    """Ignoring robots, opening loopback and crawling without a delay are not a matter of a key alone."""
    with pytest.raises(ConfigurationError):
        load_platforms([written(tmp_path, GOOD + extra + "\n")])


def test_the_id_is_the_files_name(tmp_path: Path) -> None:
    """A file under another name is refused."""
    with pytest.raises(ConfigurationError, match="not the file's name"):
        load_platforms([written(tmp_path, GOOD, name="other")])
