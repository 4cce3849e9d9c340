"""Puts right what a crashed writer left: a segment without an owner is cut at its last committed record and closed."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING

from domain.digest import sha256
from evidence.durable import sync_folder, write_durably
from evidence.segment import OPEN

if TYPE_CHECKING:
    from evidence.store import Store


def recover_segments(store: Store) -> list[str]:
    """Close every `.open` segment whose writer is gone; what was never committed goes to quarantine and is logged."""
    orphans = [path for tier in ("intake", "kept") for path in sorted((store.path / tier).rglob(f"*{OPEN}"))]
    if not orphans:
        return []
    recovered = []
    with store.appending():
        for path in orphans:
            name = _recover(store, path)
            if name is not None:
                recovered.append(name)
    return recovered


def _recover(store: Store, path: Path) -> str | None:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        if not path.exists():
            return None
        name = path.relative_to(store.path).as_posix().removesuffix(OPEN)
        end, size = committed_end(store, name), os.fstat(descriptor).st_size
        if size > end:
            _quarantine(store, descriptor, name, end)
        if end == 0:
            path.unlink()
        else:
            path.rename(store.path / name)
        sync_folder(path.parent)
        return name
    finally:
        os.close(descriptor)


def _quarantine(store: Store, descriptor: int, name: str, end: int) -> None:
    os.lseek(descriptor, end, os.SEEK_SET)
    with os.fdopen(os.dup(descriptor), "rb") as file:
        tail = file.read()
    file_name = f"segment-{store.ids()}"
    write_durably(store.path / "quarantine" / file_name, tail)
    os.ftruncate(descriptor, end)
    os.fsync(descriptor)
    body = {"what": "segment tail", "segment": name, "file": file_name, "digest": sha256(tail), "length": len(tail)}
    store.append_locked([("recovery", body, {})])


def committed_end(store: Store, name: str) -> int:
    """Where the last committed record of a segment ends, by the places that leaves carry beside them."""
    end = 0
    for leaf in store.leaves():
        for place in leaf.side.get("places", ()):
            if place["segment"] == name:
                end = max(end, place["offset"] + place["length"])
    return end
