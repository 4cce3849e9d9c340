"""The runner of the tests: skips are named by part, and in CI a skipped real part fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
PROBE = '''
import pytest

{module}

@pytest.mark.browser
def test_browser():
    """Needs a browser."""
    pytest.skip("no Chromium")


@pytest.mark.shared
def test_shared():
    """Needs data."""
    pytest.skip("MARKETWARDEN_SHARED is absent")


def test_well():
    """Passes."""
'''


def run(folder: Path, *, ci: bool, deselect: str = "", workers: str = "0", module: str = "") -> subprocess.CompletedProcess[str]:
    """A run of the repository's runner over a probe file."""
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser: b\n  shared: s\n  drill: d\n", encoding="utf-8")
    (folder / "test_probe.py").write_text(PROBE.format(module=module), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "CI" and not key.startswith("PYTEST_")}
    command = [sys.executable, str(REPOSITORY / "scripts" / "run_tests.py"), "-n", workers, "-c", str(folder / "pytest.ini"), str(folder)]
    command += ["-p", "no:cacheprovider", "-k", deselect] if deselect else ["-p", "no:cacheprovider"]
    environment |= {"CI": "true"} if ci else {}
    # Only the plugin that the runner uses: the others take two seconds to load.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    command += ["-p", "xdist"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("workers", ["0", "1"])
def test_skipped_real_part_is_named(tmp_path: Path, workers: str):
    """On a developer's machine a skipped part is named with its reason and the run ends well, with and without workers."""
    done = run(tmp_path, ci=False, workers=workers)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped browser: 1 test: no Chromium" in done.stdout
    assert "skipped shared: 1 test: MARKETWARDEN_SHARED is absent" in done.stdout


@pytest.mark.parametrize("workers", ["0", "1"])
def test_skipped_real_part_fails_in_ci(tmp_path: Path, workers: str):
    """With CI=true the same run fails and says which part was not tried."""
    done = run(tmp_path, ci=True, workers=workers)

    assert done.returncode == 1
    assert "these real parts were not tried: browser" in done.stdout


def test_absent_development_data_does_not_fail_ci(tmp_path: Path):
    """The shared data is not part of the repository: its absence is named and is no failure."""
    done = run(tmp_path, ci=True, deselect="not browser")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped shared" in done.stdout


@pytest.mark.parametrize("workers", ["0", "1"])
def test_module_that_skips_itself_is_found(tmp_path: Path, workers: str):
    """A whole module that skips for want of a real part is found too, though it bears no marker."""
    done = run(tmp_path, ci=True, workers=workers, module='pytest.skip("Elasticsearch did not start", allow_module_level=True)')

    assert done.returncode != 0
    assert "skipped elasticsearch: 1 test: Elasticsearch did not start" in done.stdout


def test_closing_line_is_printed(tmp_path: Path):
    """The run prints pytest's closing line, which CI repeats last."""
    assert " passed, 2 skipped in " in run(tmp_path, ci=False).stdout
