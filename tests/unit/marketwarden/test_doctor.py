"""The doctor: what it says of a machine that lacks something, and of this one."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marketwarden import doctor, machine


def program(path: Path, text: str) -> Path:
    """An executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return path


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A search path that holds only what a test puts there, on a Debian."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(machine, "JAVA_HOMES", tmp_path / "jvm")
    monkeypatch.setattr(machine, "distribution", lambda: "debian")
    program(tmp_path / "apt-get", "exit 1")
    return tmp_path


def test_bare_machine_needs_a_browser_and_fonts(bare_machine: Path):
    """A machine with Python only gets the exact command for each missing part, and exit code 3."""
    found = {check.name: check for check in doctor.checks(folder=bare_machine)}

    assert {name for name, check in found.items() if not check.ok} >= {
        "browser",
        "sandbox",
        "font-zh",
        "font-th",
        "font-ar",
        "java",
        "maven",
    }
    assert found["browser"].remedy.endswith("apt-get install --no-install-recommends chromium")
    assert "fonts-noto-cjk" in found["font-zh"].remedy
    assert doctor.exit_code(list(found.values())) == 3


def test_optional_parts_do_not_fail():
    """Java and Maven serve the tests of one engine: without them the doctor still ends well."""
    found = [doctor.Check(name="python", ok=True, detail="3.11"), doctor.Check(name="java", ok=False, detail="none", needed=False)]

    assert doctor.exit_code(found) == 0
    assert "absent   java" in doctor.table(found)


def test_browser_that_does_not_start_is_missing(bare_machine: Path):
    """A browser is judged by its answer, not by its file."""
    broken = program(bare_machine / "chromium", "exit 1")
    check = doctor.check_browser(machine.find_browser())

    assert not check.ok
    assert str(broken) in check.detail


def test_browser_version_is_its_own_words(bare_machine: Path):
    """Complaints of a wrapper script on standard error are not taken for the version."""
    program(bare_machine / "chromium", "echo 'a complaint' >&2; echo 'Chromium 156.0.1'")

    assert doctor.check_browser(machine.find_browser()).detail.startswith("Chromium 156.0.1 (")


def test_browser_of_playwright_is_found(bare_machine: Path):
    """Where the system has no Chromium, the one that Playwright downloaded serves, the newest first."""
    for build in ("1100", "1200"):
        folder = bare_machine / "browsers" / f"chromium-{build}" / "chrome-linux"
        folder.mkdir(parents=True)
        program(folder / "chrome", "echo Chromium")

    assert "chromium-1200" in str(machine.find_browser())


def test_sandbox_failure_has_a_remedy(bare_machine: Path):
    """A browser that cannot have its sandbox is a needed part that is missing."""
    for name in ("chromium", "setpriv"):
        program(bare_machine / name, "exit 1")
    check = doctor.check_sandbox(machine.find_browser())

    assert not check.ok
    assert check.needed
    assert "user namespaces" in check.remedy


def test_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Too little room is told before a crawl finds out."""
    monkeypatch.setattr(doctor, "FREE_BYTES", 1 << 62)

    assert not doctor.check_disk(tmp_path).ok


def test_clock_before_the_program_is_told():
    """A clock that stands before the program's own files would put wrong times into evidence."""
    assert not doctor.check_clock(datetime(2001, 1, 1, tzinfo=UTC)).ok
    assert doctor.check_clock(datetime(2100, 1, 1, tzinfo=UTC)).ok


def test_old_python_is_told():
    """Python 3.10 is too old, 3.11 is not."""
    assert not doctor.check_python((3, 10, 9)).ok
    assert doctor.check_python((3, 11, 0)).ok


def test_this_sqlite_has_full_text_search():
    """The check of FTS5 makes a real table in memory."""
    assert doctor.check_sqlite().ok


@pytest.mark.parametrize(
    ("answer", "major"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_292"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("nonsense", None),
    ],
)
def test_java_versions(answer: str, major: int | None):
    """Old and new spellings of Java's version are read."""
    assert machine.java_major(answer) == major


def test_newest_java_is_found(bare_machine: Path):
    """Of several Javas the newest is named, because the newest Elasticsearch wants it."""
    program(bare_machine / "java", "echo 'openjdk version \"17.0.1\"' >&2")
    other = bare_machine / "jvm" / "newer" / "bin"
    other.mkdir(parents=True)
    program(other / "java", "echo 'openjdk version \"21.0.1\"' >&2")

    assert machine.find_java() == (other / "java", 21)


@pytest.mark.parametrize(("text", "name"), [('NAME="Ubuntu"\nID=ubuntu\n', "ubuntu"), ('ID="debian"\n', "debian"), ("", "")])
def test_distributions(text: str, name: str):
    """The distribution is read from os-release, quoted or not."""
    assert machine.distribution(text) == name


def test_ubuntu_is_told_of_the_snap(monkeypatch: pytest.MonkeyPatch):
    """On Ubuntu the advice is not the package, which is a snap."""
    monkeypatch.setattr(machine, "distribution", lambda: "ubuntu")

    assert "snap" in machine.browser_remedy()
    assert "AppArmor" in machine.sandbox_remedy()


def test_slow_program_is_given_up(tmp_path: Path):
    """A program that hangs does not hang the doctor."""
    assert machine.output_of([str(program(tmp_path / "slow", "exec sleep 60"))], seconds=0.1) is None


def test_answers_are_json(bare_machine: Path):
    """Every check can be written as JSON."""
    found = [doctor.as_dict(check) for check in doctor.checks(folder=bare_machine)]

    assert json.loads(json.dumps(found))[0] == {**found[0], "name": "python", "ok": True}


@pytest.mark.browser
def test_this_machines_browser_keeps_its_sandbox():
    """The real Chromium draws a page with its sandbox on, as root through another user."""
    browser = machine.find_browser()
    if browser is None:
        pytest.skip("no Chromium on this machine")

    assert machine.start_sandboxed(browser) is None, f"as user {os.geteuid()}"
