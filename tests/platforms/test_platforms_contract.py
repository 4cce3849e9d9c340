"""Every platform file of the product keeps the contract, and a new one needs its file and its fixtures, nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from crawlers.platforms import load_platforms
from marketwarden.platform_fixture import write_fixture
from tests.platforms.contract import Repository, load, problems_of, wanted_and_found

REPOSITORY = Repository(root=Path(__file__).resolve().parents[2])
STATED = list(REPOSITORY.stated())

NEW = """\
id: barn-market
name: Barn Market
base_url: https://barn-market.example
search: {url: "{base}/s?q={term}&p={page}"}
listing_url: "/thing/(?P<native_id>[0-9]+)"
lawful_basis: "Wildlife Act, section 5, decision 12/2026"
terms_reviewed: 2026-11-01
delay_seconds: 2.0
selectors: {seller: "p.who b"}
"""
PAGE = (
    '<!doctype html><html lang="en"><head><title>Oak milking stool | Barn Market</title></head><body><main><h1>Oak milking stool</h1>'
    f'<p class="price">Price: 40 EUR</p><p>{"An old stool of oak, worm-free and heavy, from a farm that has closed. " * 20}</p>'
    '<p class="who">by <b>barn-owl</b></p></main></body></html>'
)


@pytest.fixture
def copy(tmp_path: Path) -> Repository:
    """A copy of all platform files and fixtures, under git."""
    for folder in ("config", "demo/platforms", "tests/platforms"):
        shutil.copytree(REPOSITORY.root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "-c", "user.name=t", "-c", "user.email=t@example", "commit", "-q", "-m", "as it is")
    return Repository(root=tmp_path)


def git(root: Path, *words: str) -> str:
    """Run git in the copy."""
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout


def test_there_are_platform_files() -> None:
    """The demonstration's three at least; a search that finds none would pass everything."""
    assert {"demo-auctions", "demo-bazaar", "demo-classifieds"} <= {file.stem for file in REPOSITORY.files}


@pytest.mark.parametrize("file", REPOSITORY.files, ids=lambda file: file.stem)
def test_a_platform_file_keeps_the_contract(file: Path) -> None:
    """It loads, has a basis, a robots decision and a delay, and fixtures of which one shows its native ids."""
    assert problems_of(file, REPOSITORY) == []


@pytest.mark.parametrize(
    ("file", "page", "field"), STATED, ids=[f"{file.stem}-{page.stem}-{field.removeprefix('listing.')}" for file, page, field in STATED]
)
def test_a_fixture_is_read_as_it_states(file: Path, page: Path, field: str) -> None:
    """One test for each field of each fixture."""
    wanted, found = wanted_and_found(file, page, field)

    assert found == wanted


def test_a_platform_without_fixtures_is_named(copy: Repository) -> None:
    """The message says what to do."""
    (copy.root / "config/platforms").mkdir(exist_ok=True)
    file = copy.root / "config/platforms/barn-market.yml"
    file.write_text(NEW, encoding="utf-8")

    assert problems_of(file, copy) == ["barn-market: no fixtures: make tests/platforms/barn-market with: marketwarden platforms fixture"]


def test_a_new_platform_takes_one_file_and_one_folder(copy: Repository, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both are added to a copy; the contract holds, every field is tested, and git knows of nothing else that changed."""
    (copy.root / "config/platforms").mkdir(exist_ok=True)
    file = copy.root / "config/platforms/barn-market.yml"
    file.write_text(NEW, encoding="utf-8")
    page = tmp_path_factory.mktemp("stored") / "Stool.html"
    page.write_text(PAGE, encoding="utf-8")
    write_fixture(page, url="https://barn-market.example/thing/9", platform=load(file), folder=copy.root / "tests/platforms")

    cases = [case for case in copy.stated() if case[0] == file]
    changed = {line[3:] for line in git(copy.root, "status", "--porcelain", "-uall").splitlines()}
    assert problems_of(file, copy) == []
    assert {"kind", "listing.title", "listing.price", "listing.currency", "listing.seller"} <= {field for _, _, field in cases}
    assert [case for case in cases if (pair := wanted_and_found(*case))[0] != pair[1]] == []
    assert changed == {
        "config/platforms/barn-market.yml", "tests/platforms/barn-market/stool.html", "tests/platforms/barn-market/stool.json"
    }  # fmt: skip
    assert "barn-market" in load_platforms([file.parent])


def test_a_fixture_that_states_something_else_is_told_apart(copy: Repository) -> None:
    """The comparison can fail: a wrong title in a fixture differs from what is read."""
    file = copy.root / "demo/platforms/demo-classifieds.yml"
    page = next(page for page in copy.pages("demo-classifieds") if "listing" in json.loads(page.read_text(encoding="utf-8")))
    stated = json.loads(page.read_text(encoding="utf-8"))
    stated["listing"]["title"] = "Another"
    page.write_text(json.dumps(stated), encoding="utf-8")
    wanted, found = wanted_and_found(file, page, "listing.title")

    assert wanted != found
