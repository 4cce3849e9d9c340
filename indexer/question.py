"""A question checked once, so that every engine refuses the same things."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.errors import ConfigurationError
from domain.index import FILTERS, ListingDocument, ListingHits, ListingQuery

BOOLEANS = {"flagged", "queued"}
_MOST = 10_000


def checked_filters(query: ListingQuery) -> dict[str, tuple[str | bool, ...]]:
    """Filters with booleans read; raises ConfigurationError for an unknown field, a bad value or a bad limit."""
    if not 1 <= query.limit <= _MOST:
        raise ConfigurationError(f"limit: 1 to {_MOST}")
    answer: dict[str, tuple[str | bool, ...]] = {}
    for name, values in (query.filters or {}).items():
        if name not in FILTERS:
            raise ConfigurationError(f"filter: no field {name!r}")
        if name in BOOLEANS:
            if not set(values) <= {"true", "false"}:
                raise ConfigurationError(f"filter: {name} is true or false")
            answer[name] = tuple(value == "true" for value in values)
        else:
            answer[name] = tuple(values)
    return answer


def every_document(search: Callable[[ListingQuery], ListingHits]) -> Iterator[ListingDocument]:
    """Page through an engine's search, newest first, to its end."""
    after: int | None = None
    while True:
        hits = search(ListingQuery(limit=1000, after=after))
        yield from hits.documents
        if hits.next_after is None:
            return
        after = hits.next_after
