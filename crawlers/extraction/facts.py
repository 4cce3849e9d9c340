"""What one source says of a listing, before sources are weighed: a plain mapping of field names to texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawlers.extraction.document import squash

Values = dict[str, str | tuple[str, ...]]
"""Keys are the fields of `domain.listing.ListingFields`."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """One source's word on one listing."""

    source: str
    """Provenance: `jsonld`, `microdata`, `state`, `opengraph`, `platform`, `text`."""
    values: Values = field(default_factory=dict)

    def say(self, name: str, value: str | None) -> None:
        """Record a text unless it is empty or the field is already said."""
        if value and name not in self.values and (text := squash(value) if name != "description" else value.strip()):
            self.values[name] = text

    def say_all(self, name: str, values: list[str]) -> None:
        """Record a list, doubles out, at most fifty."""
        unique = tuple(dict.fromkeys(v for v in values if v))[:50]
        if unique and name not in self.values:
            self.values[name] = unique

    def get(self, name: str) -> str | None:
        """A text field, None for lists and for what is not said."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None
