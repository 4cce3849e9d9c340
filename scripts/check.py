"""The habit before a commit: format, lint, types, import contracts, configuration files, fast tests. Runs all, then says what failed."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent
STEPS: dict[str, list[str]] = {
    "format": [str(TOOLS / "ruff"), "format", "--check", "."],
    "lint": [str(TOOLS / "ruff"), "check", "."],
    "types": [str(TOOLS / "mypy")],
    "imports": [str(TOOLS / "lint-imports")],
    "configuration": [str(TOOLS / "yamllint"), "--strict", "."],
    "fast tests": [sys.executable, "scripts/run_tests.py", "--fast"],
}


def main(arguments: list[str] | None = None) -> int:
    """Run the steps; `--no-tests` leaves out the last, for the hook before a commit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-tests", action="store_true")
    chosen = parser.parse_args(arguments)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    failed: list[str] = []
    for name, command in STEPS.items():
        if chosen.no_tests and name == "fast tests":
            continue
        begin = time.monotonic()
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, check=False)
        sys.stdout.write(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name} ({time.monotonic() - begin:.1f} s)\n")
        sys.stdout.flush()
        if done.returncode:
            failed.append(name)
    sys.stdout.write(f"check: {'failed: ' + ', '.join(failed) if failed else 'all well'}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
