"""The wheel: one top-level name, all data files, and a program that runs from another directory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from sources import REPOSITORY, ROOMS, name_of, repository_files

CODE = {*ROOMS, "config"}
STUB = '''"""Stands in for the command line until it is written."""

import typer

from domain.errors import EnvironmentMissing

app = typer.Typer(pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version")) -> None:
    typer.echo("0.1.0")
'''


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the repository's files."""
    copy = tmp_path_factory.mktemp("source")
    for path in repository_files():
        target = copy / path.relative_to(REPOSITORY)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    if not (copy / "marketwarden" / "cli").exists():
        (copy / "marketwarden" / "cli").mkdir()
        (copy / "marketwarden" / "cli" / "__init__.py").write_text(STUB, encoding="utf-8")
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], cwd=copy, check=True, capture_output=True)
    return next(iter(out.glob("*.whl")))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment: the wheel unpacked in it, our dependencies beside it, the checkout nowhere."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, symlinks=True)
    paths = sysconfig.get_paths(scheme="venv", vars={"base": str(place), "platbase": str(place)})
    site = Path(paths["purelib"])
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # addsitedir-less: a plain path line takes the packages of the running environment but not its own .pth files.
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return place / "bin" / "python"


def run(python: Path, *arguments: str, folder: Path, seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """The installed program, started in another folder without the checkout on its path."""
    environment = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "COVERAGE_PROCESS_START"}}
    return subprocess.run([python, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=seconds, check=False)


def test_wheel_has_one_top_level_name(names: set[str]):
    """Installing takes one name in the environment, so that another distribution's `domain` is not overwritten."""
    tops = {name.split("/")[0] for name in names}

    assert {"marketwarden"} == {top for top in tops if not top.endswith(".dist-info")}
    assert len(tops) == 2


def test_wheel_holds_every_file_of_the_rooms(names: set[str]):
    """Data files (CSV, YAML, models, migrations) are in the wheel, each in its room under marketwarden/app."""
    wanted = {name_of(path) for path in repository_files() if path.relative_to(REPOSITORY).parts[0] in CODE}
    places = {name if name.startswith("marketwarden/") else f"marketwarden/app/{name}" for name in wanted}

    assert set() == places - names
    assert [name for name in names if "tests/" in name] == []


def test_installed_program_runs_elsewhere(python: Path, tmp_path: Path):
    """`python -m marketwarden --version` works in a folder that is not the checkout."""
    done = run(python, "-m", "marketwarden", "--version", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("0.1.0")


def test_installed_rooms_are_the_wheels(python: Path, tmp_path: Path):
    """After the launcher, rooms come from the wheel, even when the folder it runs in holds one of the same name."""
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "__init__.py").write_text("raise RuntimeError('the wrong domain')\n", encoding="utf-8")
    code = "from marketwarden.launcher import prepare; prepare(); import domain.errors as e; print(e.__file__)"
    done = run(python, "-c", code, folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "marketwarden/app/domain/errors.py" in done.stdout


def test_command_names_the_launcher(wheel: Path):
    """The console command enters through the launcher, which makes the rooms importable."""
    with zipfile.ZipFile(wheel) as archive:
        entry = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        text = archive.read(entry).decode()

    assert "marketwarden = marketwarden.launcher:main" in text


@pytest.mark.drill
@pytest.mark.browser
@pytest.mark.skipif(not (REPOSITORY / "demo" / "server.py").exists(), reason="the demonstration market is not written yet")
def test_installed_program_crawls_elsewhere(python: Path, tmp_path: Path):
    """The installed wheel runs the main job, child processes and browser included, from another directory."""
    done = run(python, "-m", "marketwarden", "demo", "--home", str(tmp_path / "home"), folder=tmp_path, seconds=900)
    queue = run(python, "-m", "marketwarden", "queue", "list", "--home", str(tmp_path / "home"), folder=tmp_path)

    assert done.returncode == 0, done.stderr[-4000:]
    assert queue.returncode == 0, queue.stderr[-4000:]
    assert queue.stdout.strip() not in {"", "[]"}
