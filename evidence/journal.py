"""The journal of the evidence log: frames that many processes append under one lock, synced before anyone is told.

Frame: length of the rest (4 bytes, big endian) | CRC-32 of what follows (4) | leaf length (4) | leaf | side.
`leaf` is canonical JSON and what the tree hashes; `side` is canonical JSON that is not hashed (places at commit).
"""

from __future__ import annotations

import fcntl
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.errors import IntegrityError, StoreFull
from evidence.durable import sync_folder

LONGEST_LEAF = 65_535
"""Limit of an entry in C2SP tlog-tiles."""
_HEADER = struct.Struct(">II")
_LEAF = struct.Struct(">I")
_LONGEST_FRAME = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """One leaf with its side, and where the frame ends."""

    leaf: bytes
    side: bytes
    end: int


def encode_frame(leaf: bytes, side: bytes) -> bytes:
    """Bytes of a frame; raises IntegrityError for a leaf over the limit."""
    if len(leaf) > LONGEST_LEAF:
        raise IntegrityError(f"a leaf of {len(leaf)} bytes is over {LONGEST_LEAF}")
    rest = _LEAF.pack(len(leaf)) + leaf + side
    return _HEADER.pack(len(rest) + 4, zlib.crc32(rest)) + rest


class TornTail(IntegrityError):
    """The journal ends inside a frame, as after a crash: `good` bytes are whole."""

    def __init__(self, good: int, reason: str) -> None:
        super().__init__(f"the journal is torn after byte {good}: {reason}")
        self.good = good


def read_frames(path: Path, start: int = 0) -> Iterator[Frame]:
    """Whole frames from byte `start`; raises TornTail where the last one is not whole."""
    with path.open("rb") as file:
        file.seek(start)
        at = start
        while header := file.read(_HEADER.size):
            if len(header) < _HEADER.size:
                raise TornTail(at, "short header")
            length, crc = _HEADER.unpack(header)
            if not 8 <= length <= _LONGEST_FRAME:
                raise TornTail(at, f"a length of {length}")
            rest = file.read(length - 4)
            if len(rest) < length - 4:
                raise TornTail(at, "short frame")
            if zlib.crc32(rest) != crc:
                raise TornTail(at, "checksum")
            (leaf_length,) = _LEAF.unpack_from(rest)
            if leaf_length > length - 8:
                raise TornTail(at, "leaf longer than frame")
            at += 4 + length
            yield Frame(rest[4 : 4 + leaf_length], rest[4 + leaf_length :], at)


class Journal:
    """Appends under an exclusive lock shared by all processes of the store."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "journal"
        self._lock = folder / "lock"

    def create(self) -> None:
        """Make an empty journal."""
        self.path.parent.mkdir(parents=True)
        self.path.touch(exist_ok=False)
        self._lock.touch()
        sync_folder(self.path.parent)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store's appender lock."""
        with self._lock.open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def size(self) -> int:
        """Bytes now."""
        return self.path.stat().st_size

    def append(self, frames: Sequence[bytes]) -> None:
        """Append and sync; the caller holds the lock. After a failed write the journal is cut back to where it was.

        Raises StoreFull when the disk refuses. A failed sync is not tried again: the process must end.
        """
        before = self.size()
        data = b"".join(frames)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        try:
            written = 0
            while written < len(data):
                written += os.write(descriptor, data[written:])
            os.fdatasync(descriptor)
        except OSError as error:
            os.ftruncate(descriptor, before)
            raise StoreFull(f"the journal could not be written: {error.strerror}") from error
        finally:
            os.close(descriptor)
