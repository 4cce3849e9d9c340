"""The repository's own files, for the tests that read all of them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("domain", "ledger", "evidence", "species_lists", "crawlers", "classifiers", "indexer", "review", "demo", "marketwarden")


@cache
def repository_files() -> tuple[Path, ...]:
    """Files under version control and new ones that are not ignored; without git, every file outside the made folders."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(listing, cwd=REPOSITORY, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        made = {".venv", ".cache", ".git", "build", "dist", "demo-home", "home"}
        found = [path for path in REPOSITORY.rglob("*") if not made & set(path.relative_to(REPOSITORY).parts)]
    else:
        found = [REPOSITORY / name for name in done.stdout.decode().split("\0") if name]
    return tuple(sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts))


def modules(*rooms: str) -> list[Path]:
    """Python files of the given rooms, of every room when none is given."""
    wanted = rooms or ROOMS
    return [path for path in repository_files() if path.suffix == ".py" and path.relative_to(REPOSITORY).parts[0] in wanted]


def name_of(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(REPOSITORY).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_tops(tree: ast.Module) -> set[str]:
    """Top-level names of all absolute imports, those inside functions and in `TYPE_CHECKING` blocks too."""
    tops: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            tops |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            tops.add(node.module.split(".")[0])
    return tops
