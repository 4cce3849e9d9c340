"""Weighing of sources: which one is believed for each field, and what is said aloud when they disagree."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from crawlers.extraction.facts import Facts
from domain.listing import ExtractIssue

ORDER = ("jsonld", "microdata", "state", "opengraph", "platform", "text")
"""Data of the main entity, then the page's own state, sharing metas, the platform's selectors, the page's text."""

_ALONE = (
    "native_id",
    "url",
    "description",
    "quantity",
    "unit",
    "images",
    "category",
    "shipping",
    "payment",
    "availability",
    "intent_hint",
    "posted_at",
)


class Weighing:
    """Chooses field by field; keeps where each came from."""

    def __init__(self, sources: list[Facts]) -> None:
        self._sources = sorted((s for s in sources if s.values), key=lambda s: ORDER.index(s.source))
        self.values: dict[str, str | tuple[str, ...]] = {}
        self.provenance: dict[str, str] = {}
        self.issues: list[ExtractIssue] = []

    def weigh(self) -> None:
        """All fields but the title, which titles weighs."""
        for name in _ALONE:
            self._take(name, self._sources)
        self._take_price()
        self._take_pair("seller", "seller_url")
        self._take_pair("location", "country")
        if "country" not in self.values:
            self._take("country", self._sources)

    def _take(self, name: str, sources: list[Facts]) -> Facts | None:
        for source in sources:
            if name in source.values:
                self.values[name] = source.values[name]
                self.provenance[name] = source.source
                return source
        return None

    def _take_pair(self, name: str, companion: str) -> None:
        source = self._take(name, self._sources)
        if source is not None and companion in source.values:
            self.values[companion] = source.values[companion]
            self.provenance[companion] = source.source

    def _take_price(self) -> None:
        priced = [(s, amount) for s in self._sources if (amount := _amount(s)) is not None]
        positive = [(s, amount) for s, amount in priced if amount > 0]
        if not positive:
            free = next((s for s, amount in priced if amount == 0 and s.source == "text"), None)
            if free is not None:
                self.values["price"], self.provenance["price"] = "0", free.source
            return
        chosen, amount = positive[0]
        for other, value in positive[1:]:
            if chosen.source == "state" and value * 100 == amount:
                # Shops write cents into their own data and whole units on the page.
                chosen, amount = other, value
                break
        self.values["price"] = chosen.values["price"]
        self.provenance["price"] = chosen.source
        self._take_currency(chosen, amount, positive)
        stated = next((other for other in positive if other[0].source in ("text", "platform")), None)
        if stated is not None and stated[0] is not chosen and stated[1] != amount:
            self.issues.append(
                ExtractIssue(
                    code="price_conflict",
                    message=f"{chosen.source} says {chosen.values['price']}, {stated[0].source} says {stated[0].values['price']}",
                )
            )

    def _take_currency(self, chosen: Facts, amount: Decimal, positive: list[tuple[Facts, Decimal]]) -> None:
        same = [s for s, value in positive if value == amount and "currency" in s.values]
        for source in ([chosen] if "currency" in chosen.values else []) + same + [s for s in self._sources if "currency" in s.values]:
            self.values["currency"] = source.values["currency"]
            self.provenance["currency"] = source.source
            return


def _amount(facts: Facts) -> Decimal | None:
    text = facts.get("price")
    try:
        return Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
