"""Whole commands against real servers on loopback, each in its own home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def command(*words: str, home: Path, code: int = 0, seconds: float = 300) -> str:
    """Run `marketwarden WORDS --home HOME` as a user does; answers standard output."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "marketwarden", *words, "--home", str(home)],
        capture_output=True, text=True, timeout=seconds, env=environment, cwd=home.parent, check=False,
    )  # fmt: skip
    assert done.returncode == code, f"{words} ended {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def answer(*words: str, home: Path, code: int = 0) -> Any:
    """The JSON that a command writes."""
    return json.loads(command(*words, home=home, code=code))


def lines(*words: str, home: Path) -> list[Any]:
    """The JSON lines that a command writes."""
    return [json.loads(line) for line in command(*words, home=home).splitlines()]
