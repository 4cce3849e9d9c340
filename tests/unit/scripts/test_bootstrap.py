"""The setup script, in a small checkout with stand-ins for every program that it calls."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
TOOLS = ("sh", "dirname", "mkdir", "sed", "cat", "cksum", "tr", "id", "head", "rm", "env")
UV = """echo "uv $*" >>"$CALLS"
case "$1" in venv) mkdir -p .venv/bin; ln -sf PYTHON .venv/bin/python;; esac"""


def program(path: Path, text: str) -> None:
    """An executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


class Checkout:
    """A folder with the script and a lock, and a search path of stand-ins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        (self.folder / "scripts").mkdir(parents=True)
        (self.folder / "requirements").mkdir()
        self.bin.mkdir()
        self.calls.touch()
        shutil.copy(REPOSITORY / "scripts" / "bootstrap.sh", self.folder / "scripts")
        (self.folder / "pyproject.toml").touch()
        self.lock("one==1")
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        (self.bin / "ln").symlink_to(shutil.which("ln"))
        (self.bin / "python3").symlink_to(sys.executable)
        program(self.bin / "uv", UV.replace("PYTHON", sys.executable))
        program(self.bin / "apt-get", 'echo "apt-get $*" >>"$CALLS"; exit "${APT_EXIT:-0}"')
        program(self.bin / "sudo", "exit 1")

    def lock(self, text: str) -> None:
        """Another lock file."""
        (self.folder / "requirements" / "dev.txt").write_text(text, encoding="utf-8")

    def add_system_parts(self) -> None:
        """All that a complete machine has."""
        program(self.bin / "chromium", "exit 0")
        program(self.bin / "fc-list", "echo Noto")
        program(self.bin / "java", "echo 'openjdk version \"17.0.1\"' >&2")
        program(self.bin / "mvn", "exit 0")

    def setup(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the script; the environment holds nothing of ours, not even a home."""
        self.calls.write_text("", encoding="utf-8")
        given = {"PATH": str(self.bin), "CALLS": str(self.calls), "JVM_FOLDER": str(self.bin / "none"), **environment}
        return subprocess.run(
            [self.bin / "sh", "scripts/bootstrap.sh"], cwd=self.folder, env=given, capture_output=True, text=True, timeout=60, check=False
        )

    def called(self) -> list[str]:
        """The recorded calls of the last run."""
        return self.calls.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A small checkout."""
    return Checkout(tmp_path)


def test_everything_comes_from_the_lock_by_hash(checkout: Checkout):
    """The environment holds what the lock says, checked by hash, and the project without looking for more."""
    checkout.add_system_parts()
    done = checkout.setup()

    assert done.returncode == 0, done.stderr
    assert any("--require-hashes requirements/dev.txt" in call for call in checkout.called())
    assert any("--no-deps --no-build-isolation --editable ." in call for call in checkout.called())


def test_second_run_does_nothing(checkout: Checkout):
    """Once all is there, the next run calls no installer and says nothing."""
    checkout.add_system_parts()
    checkout.setup()
    done = checkout.setup()

    assert (done.returncode, done.stderr, checkout.called()) == (0, "", [])


def test_changed_lock_is_installed(checkout: Checkout):
    """After a change of the lock the packages are installed again, in the same environment."""
    checkout.add_system_parts()
    checkout.setup()
    checkout.lock("one==2")
    checkout.setup()

    assert [call.split()[1:3] for call in checkout.called() if "--version" not in call] == [["pip", "sync"], ["pip", "install"]]


def test_failed_installation_is_tried_again(checkout: Checkout):
    """A setup that broke off is not taken for done."""
    checkout.add_system_parts()
    works = (checkout.bin / "uv").read_text(encoding="utf-8")
    program(checkout.bin / "uv", works.removeprefix("#!/bin/sh\n") + '\ncase "$1" in pip) exit 1;; esac')
    failed = checkout.setup()
    (checkout.bin / "uv").write_text(works, encoding="utf-8")
    mended = checkout.setup()

    assert failed.returncode != 0
    assert mended.returncode == 0
    assert any("--require-hashes" in call for call in checkout.called())


def test_missing_parts_are_told_exactly(checkout: Checkout):
    """Where packages may not be installed, the setup ends well and prints each command for an administrator."""
    program(checkout.bin / "mvn", "exit 0")
    done = checkout.setup(MARKETWARDEN_NO_APT="1")

    assert done.returncode == 0
    assert "apt-get install --no-install-recommends fontconfig fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji" in done.stderr
    assert "apt-get install --no-install-recommends default-jre-headless" in done.stderr
    assert "maven" not in done.stderr
    assert not any(call.startswith("apt-get") for call in checkout.called())


@pytest.mark.skipif(os.geteuid() != 0, reason="only an administrator may install")
def test_administrator_gets_the_parts(checkout: Checkout):
    """As root the lists are renewed once and each missing part is asked for."""
    checkout.setup()
    calls = [call for call in checkout.called() if call.startswith("apt-get")]

    assert calls[0].startswith("apt-get update")
    assert sum("update" in call for call in calls) == 1
    assert {"fonts-noto-cjk", "default-jre-headless", "maven"} <= set(" ".join(calls).split())


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may install")
def test_ordinary_user_calls_no_installer(checkout: Checkout):
    """Without rights no package manager is started."""
    checkout.setup()

    assert not any(call.startswith("apt-get") for call in checkout.called())


def test_parts_that_appear_later_are_accepted(checkout: Checkout):
    """A part that was missing is looked for again in the next run, without installing the packages again."""
    checkout.setup(MARKETWARDEN_NO_APT="1")
    checkout.add_system_parts()
    done = checkout.setup(MARKETWARDEN_NO_APT="1")

    assert "ready" in done.stderr
    assert "MISSING" not in done.stderr
    assert checkout.called() == []


def test_old_python_is_refused(checkout: Checkout):
    """Without a Python of 3.11 or later the setup ends 3 and says so, having made nothing."""
    (checkout.bin / "python3").unlink()
    program(checkout.bin / "python3", "exit 1")
    done = checkout.setup(MARKETWARDEN_NO_APT="1", PYTHON="python-that-is-not-there")

    assert "apt-get install --no-install-recommends python3 python3-venv" in done.stderr
    assert done.returncode == 3
    assert not (checkout.folder / ".venv").exists()
