"""What the three sites sell in the present round, and how their searches find it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from demo.listings import DemoListing, load
from domain.text import index_tokens

PLATFORMS = ("demo-classifieds", "demo-auctions", "demo-bazaar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of answers."""

    query: str
    page: int
    """Counted from 1."""
    pages: int
    total: int
    listings: tuple[DemoListing, ...]

    @property
    def next_page(self) -> int | None:
        """The number of the page after this one, if there is one."""
        return self.page + 1 if self.page < self.pages else None


class Market:
    """The listings, and the round that decides which of them exist and what they say.

    A round stands for a later day: some listings change, one disappears, some are new.
    The round may be set while the sites are being served.
    """

    def __init__(self, *, round_number: int = 1, listings: Sequence[DemoListing] | None = None) -> None:
        self._lock = threading.Lock()
        self._listings = tuple(load() if listings is None else listings)
        self._round = 1
        self._texts: dict[tuple[int, int], str] = {}
        self.round_number = round_number

    @property
    def round_number(self) -> int:
        """The present round, counted from 1."""
        return self._round

    @round_number.setter
    def round_number(self, number: int) -> None:
        if number < 1:
            raise ValueError("rounds are counted from 1")
        with self._lock:
            self._round = number

    def listing(self, platform: str, native_id: int) -> DemoListing | None:
        """The listing as it is now, or None when it does not exist on this platform in this round."""
        number = self._round
        for listing in self._listings:
            if listing.id == native_id and listing.platform == platform and listing.present(number):
                return listing.at(number)
        return None

    def on(self, platform: str) -> tuple[DemoListing, ...]:
        """Everything on a platform now, newest first."""
        return self._on(platform, self._round)

    def _on(self, platform: str, number: int) -> tuple[DemoListing, ...]:
        present = [one.at(number) for one in self._listings if one.platform == platform and one.present(number)]
        return tuple(sorted(present, key=lambda one: (one.posted, one.id), reverse=True))

    def search(self, platform: str, query: str, *, page: int = 1, size: int = 12) -> Results:
        """Listings whose folded title or description contains the folded query, newest first, one page of them.

        An empty query finds everything. A removed listing is still found, as on sites whose search index is late.
        """
        number = self._round
        wanted = index_tokens(query)
        found = [one for one in self._on(platform, number) if wanted in self._text(one, number)]
        pages = max(1, -(-len(found) // size))
        start = (page - 1) * size
        return Results(query=query, page=page, pages=pages, total=len(found), listings=tuple(found[start : start + size]))

    def _text(self, listing: DemoListing, number: int) -> str:
        key = (listing.id, number)
        if key not in self._texts:
            self._texts[key] = index_tokens(f"{listing.title}\n{listing.description}")
        return self._texts[key]
