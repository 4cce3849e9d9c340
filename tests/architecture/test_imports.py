"""Who may import whom, and which outside libraries stay in which room."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sources import REPOSITORY, ROOMS, imported_tops, modules, name_of, tree_of

FENCES: dict[str, tuple[str, ...]] = {
    "scrapy": ("crawlers",),
    "playwright": ("crawlers",),
    "twisted": ("crawlers",),
    "spacy": ("classifiers",),
    "sklearn": ("classifiers",),
    "skops": ("classifiers",),
    "elasticsearch": ("indexer",),
    "elastic_transport": ("indexer",),
    "sqlalchemy": ("ledger",),
    "alembic": ("ledger",),
    "apscheduler": ("marketwarden",),
    "typer": ("marketwarden",),
    "warcio": ("evidence",),
}


def trespassers(tops_by_module: dict[str, set[str]]) -> list[str]:
    """Modules that import an outside library outside its room."""
    return sorted(
        f"{module} imports {library}"
        for module, tops in tops_by_module.items()
        for library, rooms in FENCES.items()
        if library in tops and module.split("/")[0] not in rooms
    )


def test_rooms_import_only_downwards():
    """The layers of docs/architecture.md hold, as import-linter reads them from .importlinter."""
    program = Path(sys.executable).parent / "lint-imports"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run([program, "--no-cache"], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_is_under_contract():
    """A new top-level package cannot be added without a place in the layers."""
    found = {path.parent.name for path in modules(*_top_folders()) if path.name == "__init__.py" and path.parent.parent == REPOSITORY}
    contract = (REPOSITORY / ".importlinter").read_text(encoding="utf-8")

    assert set(ROOMS) == found - {"tests", "scripts", "benchmarks", "tools"}
    assert [room for room in ROOMS if f"    {room}\n" not in contract] == []


def _top_folders() -> list[str]:
    return [path.name for path in REPOSITORY.iterdir() if path.is_dir() and not path.name.startswith(".")]


def test_outside_libraries_stay_in_their_rooms():
    """Each outside library is imported in its own room only, so that it can be replaced there."""
    assert trespassers({name_of(path): imported_tops(tree_of(path)) for path in modules()}) == []


def test_the_fence_sees_an_import_inside_a_function():
    """A late import is an import: the scan that guards the rooms finds it."""
    tree = ast.parse("def late():\n    from sqlalchemy.engine import create_engine\n")

    assert trespassers({"review/queue.py": imported_tops(tree)}) == ["review/queue.py imports sqlalchemy"]


@pytest.mark.parametrize("path", modules("domain"), ids=name_of)
def test_domain_is_standard_library_only(path: Path):
    """The values that everybody shares depend on nothing that could be upgraded under them."""
    assert set() == imported_tops(tree_of(path)) - set(sys.stdlib_module_names) - {"domain"}
