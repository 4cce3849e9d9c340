"""A page as the JSON object of the `extract` command (`interfaces.md`)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from domain.listing import Page


def page_json(page: Page) -> dict[str, Any]:
    """Exactly the keys of the interface; lists for tuples, null for what the page does not state."""
    listing = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(page.listing).items()}
    return {
        "kind": page.kind.value,
        "listing": listing,
        "items": [asdict(item) for item in page.items],
        "next_page": page.next_page,
        "provenance": dict(page.provenance),
        "issues": [asdict(issue) for issue in page.issues],
    }
