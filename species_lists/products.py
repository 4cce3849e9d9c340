"""CITES term codes of products (`products.csv`)."""

from __future__ import annotations

import csv
from pathlib import Path


def load_product_codes(folder: Path) -> frozenset[str]:
    """The codes."""
    with (folder / "products.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))
