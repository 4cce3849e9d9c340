"""Compares, or with `--write` renews, the numbers in README.md that stand between `<!-- count NAME -->` and `<!-- end -->`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
MARK = re.compile(r"(<!-- count ([a-z-]+) -->)(.*?)(<!-- end -->)", re.DOTALL)


def files(pattern: str) -> int:
    """How many files match."""
    return sum(1 for path in REPOSITORY.glob(pattern) if path.is_file())


COUNTS: dict[str, Callable[[], int]] = {
    "demo-platforms": lambda: files("demo/platforms/*.yml"),
    "decisions": lambda: files("docs/decisions/*.md"),
    "rooms": lambda: files("*/__init__.py"),
}


def renewed(text: str) -> str:
    """The text with every marked number counted again."""
    return MARK.sub(lambda found: f"{found[1]}{COUNTS[found[2]]()}{found[4]}", text)


def main(arguments: list[str] | None = None) -> int:
    """0 when the numbers are true, 1 when they are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    readme = REPOSITORY / "README.md"
    text = readme.read_text(encoding="utf-8")
    true = renewed(text)
    if chosen.write:
        readme.write_text(true, encoding="utf-8")
    elif text != true:
        sys.stdout.write("README.md states other numbers than the files; run: make counts\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
