"""Flagging keeps: records are copied byte for byte into `kept/`, so expiry of intake leaves every proof whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.capture import Location, Sealed
from domain.clock import iso
from domain.codec import to_json
from evidence.reader import read_record
from evidence.segment import ROLL_BYTES, Segment
from evidence.store import KEPT, Store


def with_originals(sealed: Iterable[Sealed], lookup: Callable[[int], Sealed]) -> list[Sealed]:
    """The captures and the originals that their revisits refer to."""
    wanted: dict[int, Sealed] = {}
    for each in sealed:
        wanted[each.capture.id] = each
        if each.capture.refers_to is not None and each.capture.refers_to not in wanted:
            wanted[each.capture.refers_to] = lookup(each.capture.refers_to)
    return list(wanted.values())


class Keeper:
    """Copies into one kept segment at a time; `close` ends it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._segment: Segment | None = None

    def keep(self, captures: Iterable[Sealed], *, reason: str) -> dict[int, tuple[Location, ...]]:
        """Copy what is still in intake; answers the new places by capture. What is kept already stays as it is.

        The leaf that says so carries the places beside it, so the ledger learns them from the log.
        """
        moving = [each for each in captures if any(place.tier != KEPT for place in each.locations)]
        if not moving:
            return {}
        segment = self._open()
        data = [read_record(self._store.path, place, each.capture.records[place.record]) for each in moving for place in each.locations]
        offsets = iter(segment.append(data))
        places = {
            each.capture.id: tuple(
                Location(
                    capture=each.capture.id, record=place.record, tier=KEPT, segment=segment.name, offset=next(offsets), length=place.length
                )
                for place in each.locations
            )
            for each in moving
        }
        side = {"places": [to_json(place) for group in places.values() for place in group]}
        self._store.append([("retention.keep", {"captures": [str(number) for number in places], "reason": reason}, side)])
        return places

    def _open(self) -> Segment:
        folder = f"{KEPT}/{iso(self._store.clock())[:7]}"
        if self._segment is not None and (self._segment.size >= ROLL_BYTES or not self._segment.name.startswith(folder + "/")):
            self.close()
        if self._segment is None:
            self._segment = Segment(self._store.path, folder, number=self._store.ids())
        return self._segment

    def close(self) -> None:
        """Give the segment its final name."""
        if self._segment is not None:
            self._segment.close()
            self._segment = None
