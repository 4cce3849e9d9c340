"""What the files of the repository may hold: no machine's paths, no registry's address, one spelling, one version, true numbers."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from sources import REPOSITORY, name_of, repository_files

# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = re.compile(
    r"(?<![\w.~*-])/(?:" + "wo" + r"rk|ro" + r"ot)/[\w.]|"
    r"pypi"
    + r"\.org|files\.python"
    + r"hosted|repo1?\.maven"
    + r"|maven"
    + r"\.apache\.org/maven2|registry\.npm"
    + r"js|crates"
    + r"\.io/api|"
    r"/ho" + r"me/(?!USER)\w+/|--(?:extra-)?index" + r"-url|--find" + r"-links"
)
PACKAGE = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?")
MAKES_CHECKS = {"scripts/lock.sh"}
"""Files that name an option in order to refuse it."""


def normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Name and block of text of every requirement in the lock."""
    text = (REPOSITORY / "requirements" / "dev.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    return {normal(PACKAGE.match(block).group(1)): block for block in blocks if PACKAGE.match(block)}


def declared() -> list[str]:
    """Names that pyproject.toml asks for."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return [normal(PACKAGE.match(line).group(1)) for line in wanted]


def test_lock_covers_what_is_declared():
    """Every dependency that pyproject.toml declares is in the lock."""
    assert [name for name in declared() if name not in pinned()] == []


def test_lock_pins_and_hashes_everything():
    """Every requirement has one exact version and at least one SHA-256, so that nothing else can be installed."""
    loose = [name for name, block in pinned().items() if "==" not in block.splitlines()[0] or "--hash=sha256:" not in block]

    assert loose == []


def test_lock_names_no_address():
    """The lock holds no address: where packages come from is the operator's choice."""
    text = (REPOSITORY / "requirements" / "dev.txt").read_text(encoding="utf-8")

    assert re.findall(r"https?://\S+|^-.*", text, re.MULTILINE) == []


def test_no_machine_paths_or_registry_addresses():
    """Nothing in the repository names one machine's folders or a package registry."""
    found = []
    for path in repository_files():
        if name_of(path) in MAKES_CHECKS:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {match.group(0)}" for match in FORBIDDEN.finditer(text)]

    assert found == []


def test_the_search_finds_a_machine_path():
    """The search itself works, and leaves ordinary addresses alone."""
    assert FORBIDDEN.search("cd /" + "work/main")
    assert FORBIDDEN.search("https://pypi" + ".org/simple")
    assert not FORBIDDEN.search("https://market.example/work/1 and network/x")


def test_configuration_files_end_in_yml():
    """One spelling of the ending; the hook file's name is pre-commit's own."""
    assert [name_of(path) for path in repository_files() if path.suffix == ".yaml"] == [".pre-commit-config.yaml"]


def test_version_has_one_source():
    """The version is written in pyproject.toml and nowhere else in the code."""
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    again = [
        name_of(path)
        for path in repository_files()
        if path.suffix == ".py"
        and re.search(rf"version\w*\s*(?::\s*\w+\s*)?=\s*[\"']{re.escape(version)}[\"']", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]

    assert again == []
    assert f"## [{version}]" in (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")


def test_documents_can_be_read_in_one_go():
    """No page of documentation is longer than 500 lines."""
    pages = [path for path in repository_files() if path.suffix == ".md"]

    assert {name_of(page): n for page in pages if (n := len(page.read_text(encoding="utf-8").splitlines())) > 500} == {}


def test_links_between_documents_lead_somewhere():
    """Every relative link in the documentation names a file that is there."""
    broken = []
    for page in (path for path in repository_files() if path.suffix == ".md"):
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{name_of(page)}: {target}")

    assert broken == []


def test_numbers_in_the_readme_come_from_files():
    """The numbers that README.md states are those that counting the files gives (`make counts` writes them)."""
    done = subprocess.run([sys.executable, "scripts/readme_counts.py"], cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("target", ["demo", "test", "check", "drills", "bench", "elasticsearch", "setup", "clean"])
def test_make_targets_exist(target: str):
    """The commands that the README and the documents name are targets of the Makefile."""
    assert re.search(rf"^{target}:", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_makefile_leaves_the_operators_variables_alone():
    """The Makefile sets none of the variables that docs/operations.md offers: make would pass its own value on instead."""
    page = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    offered = re.findall(r"^\| `([A-Z_]+)", page, re.MULTILINE)
    set_here = re.findall(r"^(?:export )?([A-Z_]+) *[:?+]?=", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert "PYTHON" in offered
    assert set(offered) & set(set_here) == set()


def test_programs_are_executable():
    """The scripts that people and CI start can be started."""
    assert [name for name in (".ci/run", "scripts/bootstrap.sh") if not Path(REPOSITORY / name).stat().st_mode & 0o100] == []
