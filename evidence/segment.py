"""Segments: files of WARC records, one writer each, `.open` while it lives."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path

from domain.errors import StoreFull
from evidence.durable import sync_folder

SUFFIX, OPEN = ".warc.gz", ".open"
ROLL_BYTES = 1024**3


class Segment:
    """An open segment; `name` is its path below the store once closed."""

    def __init__(self, store: Path, folder: str, *, number: int) -> None:
        """`number` is an id of the store: a name that was purged never returns. Raises FileExistsError when it is taken."""
        directory = store / folder
        directory.mkdir(parents=True, exist_ok=True)
        self.name = f"{folder}/{number}{SUFFIX}"
        self._path = store / (self.name + OPEN)
        self._descriptor = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o640)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        for parent in (directory, *directory.parents):
            sync_folder(parent)
            if parent == store:
                break
        self.size = 0

    def append(self, members: Sequence[bytes]) -> list[int]:
        """Append and sync; answers the offsets. After a failed write the segment is cut back; raises StoreFull."""
        offsets = []
        at = self.size
        for data in members:
            offsets.append(at)
            at += len(data)
        block = b"".join(members)
        try:
            written = 0
            while written < len(block):
                written += os.write(self._descriptor, block[written:])
            os.fdatasync(self._descriptor)
        except OSError as error:
            os.ftruncate(self._descriptor, self.size)
            os.lseek(self._descriptor, self.size, os.SEEK_SET)
            raise StoreFull(f"segment {self.name} could not be written: {error.strerror}") from error
        self.size = at
        return offsets

    def close(self) -> None:
        """Give the segment its final name; an empty one goes."""
        if self.size == 0:
            self._path.unlink()
        else:
            self._path.rename(self._path.with_name(self._path.name.removesuffix(OPEN)))
        sync_folder(self._path.parent)
        os.close(self._descriptor)


def segment_path(store: Path, name: str) -> Path | None:
    """The file of a segment, closed or still open; None when it is gone."""
    for path in (store / name, store / (name + OPEN)):
        if path.exists():
            return path
    return None
