"""Reads stored bytes back, every digest checked on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.capture import Capture, Location, Record, Sealed
from domain.content_coding import MAX_DECODED, decode_body
from domain.digest import sha256
from domain.errors import IntegrityError
from domain.http_body import payload_of
from evidence.segment import segment_path
from evidence.store import Store
from evidence.warc import read_member


def read_record(store: Path, location: Location, record: Record) -> bytes:
    """The compressed bytes of a record; raises IntegrityError when they are gone or not what the log says."""
    path = segment_path(store, location.segment)
    if path is None:
        raise IntegrityError(f"segment {location.segment} is gone")
    with path.open("rb") as file:
        file.seek(location.offset)
        data = file.read(location.length)
    if len(data) != record.length or sha256(data) != record.digest:
        raise IntegrityError(f"capture {location.capture}, record {location.record} in {location.segment} is not what was sealed")
    return data


class StoreReader:
    """Payloads of captures."""

    def __init__(self, store: Store, *, lookup: Callable[[int], Sealed]) -> None:
        self._path = store.path
        self._lookup = lookup

    def block(self, sealed: Sealed, index: int) -> bytes:
        """The exact block of a record: wire bytes, or the resource."""
        location = next((place for place in sealed.locations if place.record == index), None)
        if location is None:
            raise IntegrityError(f"capture {sealed.capture.id} has no place for record {index}: its bytes have expired")
        return read_member(read_record(self._path, location, sealed.capture.records[index]))[1]

    def payload(self, sealed: Sealed, *, limit: int = MAX_DECODED) -> bytes:
        """The payload with transfer and content coding removed, at most `limit` bytes."""
        capture = sealed.capture
        index = main_record(capture)
        if index is None:
            return b""
        if capture.records[index].type == "revisit" and capture.refers_to is not None:
            return self.payload(self._lookup(capture.refers_to), limit=limit)
        block = self.block(sealed, index)
        if capture.records[index].type != "response":
            return block[:limit]
        payload, fields = payload_of(block)
        if sha256(payload) != capture.payload_digest and not capture.outcome.startswith("truncated"):
            raise IntegrityError(f"capture {capture.id}: the payload is not what was sealed")
        return decode_body(fields, payload, max_size=limit).data


def main_record(capture: Capture) -> int | None:
    """Index of the record that holds what was captured; None when nothing came back."""
    return next((index for index, record in enumerate(capture.records) if record.type != "request"), None)
