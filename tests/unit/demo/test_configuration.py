"""The platform files and the programme of the demonstration."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from demo.market import PLATFORMS, Market

FOLDER = Path(__file__).parents[3] / "demo"
KEYS = {
    "id", "name", "country", "languages", "base_url", "search", "listing_url", "render", "robots", "lawful_basis",
    "terms_reviewed", "delay_seconds", "concurrency", "budget", "allow_loopback", "selectors", "demo",
}  # fmt: skip


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_file_describes_its_site(platform: str, get) -> None:
    """The file has the agreed keys, its search address answers, and its listing pattern reads the ids of that site's links."""
    settings = yaml.safe_load((FOLDER / "platforms" / f"{platform}.yml").read_text(encoding="utf-8"))
    assert set(settings) == KEYS
    assert settings["id"] == platform
    assert settings["base_url"] == f"http://{platform.removeprefix('demo-')}.demo.test"
    assert settings["render"] == ("browser" if platform == "demo-bazaar" else "http")
    path = settings["search"]["url"].format(base="", term="a", page=settings["search"]["first_page"])
    assert get(platform, path).status == 200
    one = Market().on(platform)[0]
    prefix = settings["listing_url"].split("(")[0]
    match = re.search(settings["listing_url"], f"{prefix}{one.id}")
    assert match is not None
    assert match["native_id"] == str(one.id)
    assert get(platform, f"{prefix}{one.id}").status == 200
    assert set(settings["languages"]) >= {listing.language for listing in Market().on(platform)}


def _languages(platform: str) -> list[str]:
    return list(yaml.safe_load((FOLDER / "platforms" / f"{platform}.yml").read_text(encoding="utf-8"))["languages"])


def test_the_programme_finds_most_flagged_listings() -> None:
    """Every term finds something, and all terms together find seven in ten of the listings that should be queued."""
    programme = yaml.safe_load((FOLDER / "programme.yml").read_text(encoding="utf-8"))
    assert tuple(programme["platforms"]) == PLATFORMS
    market, seen = Market(), set()
    for arm in ("core", "exploratory"):
        for language, terms in programme["terms"][arm].items():
            asked = [platform for platform in PLATFORMS if language in _languages(platform)]
            for term in terms:
                found = [one.id for platform in asked for one in market.search(platform, term, size=100).listings]
                assert found, term
                seen.update(found)
    wanted = {one.id for platform in PLATFORMS for one in market.on(platform) if one.truth.flagged}
    assert len(wanted & seen) >= 0.7 * len(wanted)
