"""Names that look like a name, for a query that matched nothing."""

from __future__ import annotations

from collections.abc import Mapping

_LIMIT = 5


def edit_distance(a: str, b: str, *, limit: int) -> int:
    """Levenshtein distance, or `limit + 1` as soon as it must be larger (V. I. Levenshtein 1966, with the row-minimum cut-off)."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
        if min(row) > limit:
            return limit + 1
    return row[-1]


def near_names(folded: str, names: Mapping[str, str]) -> list[str]:
    """Up to five names (folded -> as written) within a quarter of the query's length, at most 3 edits, nearest first."""
    if not folded or len(folded) > 100:
        return []
    limit = max(1, min(3, len(folded) // 4))
    found = [(d, written) for key, written in names.items() if (d := edit_distance(folded, key, limit=limit)) <= limit]
    return [written for _, written in sorted(found)[:_LIMIT]]
