"""Runs the tests and tells at the end which real parts were skipped, and why; in CI (`CI=true`) such a skip is a failure.

A real part is something that a test uses for real instead of a stand-in: the browser, an Elasticsearch node, fonts.
The development data (`shared`) is not part of the repository, so its absence is named and never a failure.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
MARKED = ("browser", "elasticsearch")
NAMED = re.compile(r"chromium|browser|elasticsearch|java|maven|\bmvn\b|fonts?\b|setpriv", re.IGNORECASE)
"""A skip without a marker counts as a real part when its reason names one."""
FAST = "not drill and not elasticsearch and not browser"


class RealParts:
    """Collects the skips of a run, from every worker, and reports them."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.skips: dict[str, tuple[str, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a skipped test."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self._note(report.nodeid, reason_of(report.longrepr), set(report.keywords))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a module that skipped itself."""
        if report.skipped:
            self._note(report.nodeid, reason_of(report.longrepr), set())

    def _note(self, nodeid: str, reason: str, keywords: set[str]) -> None:
        self.skips[nodeid] = (part_of(reason, keywords), reason)

    def missing(self) -> list[str]:
        """The real parts that were skipped."""
        return sorted({part for part, _ in self.skips.values()} - {"shared", "other"})

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """In CI a skipped real part fails the run."""
        if self.strict and self.missing() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """One line for each part and reason, with the number of tests."""
        terminalreporter.section("real parts")
        if not self.skips:
            terminalreporter.write_line("nothing was skipped")
        groups: dict[tuple[str, str], int] = {}
        for key in self.skips.values():
            groups[key] = groups.get(key, 0) + 1
        for (part, reason), count in sorted(groups.items()):
            terminalreporter.write_line(f"skipped {part}: {count} test{'s' if count > 1 else ''}: {reason}")
        if self.strict and self.missing():
            terminalreporter.write_line(f"FAILED: CI=true and these real parts were not tried: {', '.join(self.missing())}", red=True)


def reason_of(longrepr: object) -> str:
    """The reason in a report of a skip, without pytest's prefix."""
    text = str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)
    return " ".join(text.removeprefix("Skipped: ").split())


def part_of(reason: str, keywords: set[str]) -> str:
    """Which real part a skip is about: by marker, by the data it needs, else by what its reason names."""
    for part in MARKED:
        if part in keywords:
            return part
    if "shared" in keywords:
        return "shared"
    found = NAMED.search(reason)
    return found.group(0).lower() if found else "other"


def main(arguments: list[str] | None = None) -> int:
    """Run the whole suite, the fast half or the drills; further arguments go to pytest."""
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--fast", action="store_true", help="no browser, no Elasticsearch, no drill")
    which.add_argument("--drills", action="store_true", help="the long tests only")
    chosen, rest = parser.parse_known_args(arguments)
    marker = FAST if chosen.fast else "drill" if chosen.drills else "not drill"
    workers = "0" if chosen.drills else str(min(4, os.cpu_count() or 1))
    os.chdir(REPOSITORY)
    # One file stays on one worker, so that a file's real server is started once.
    given = ["-m", marker, "-n", workers, "--dist", "loadfile", *rest]
    return int(pytest.main(given, plugins=[RealParts(strict=os.environ.get("CI") == "true")]))


if __name__ == "__main__":
    sys.exit(main())
