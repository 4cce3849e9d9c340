"""A store: its log, its tiers of bytes, and the one way to append to the log."""

from __future__ import annotations

import json
import os
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from domain.clock import Clock, Ids, iso
from domain.digest import canonical_json, sha256
from domain.errors import ConfigurationError, IntegrityError, StoreFull
from evidence.durable import sync_folder, write_durably
from evidence.journal import Journal, TornTail, encode_frame, read_frames
from evidence.leaf import Leaf, decode_leaf, encode_leaf
from evidence.merkle import Frontier, leaf_hash
from evidence.note import Head, Signer, open_note

INTAKE, KEPT, QUARANTINE = "intake", "kept", "quarantine"
_STRIDE = 256
_OFFSET = struct.Struct(">Q")
_HEAD_SECONDS = 0.1
_RESERVE_BYTES = 64 * 1024 * 1024

NewLeaf = tuple[str, dict[str, Any], dict[str, Any]]
"""Kind, body, side."""


class Store:
    """One store, opened by one process; others may append to the same log at the same time."""

    def __init__(self, path: Path, *, id: str, kind: str, signer: Signer, clock: Clock, ids: Ids) -> None:  # noqa: A002
        self.path = path
        self.id = id
        self.kind = kind
        self.clock = clock
        self.ids = ids
        self.signer = signer
        self.journal = Journal(path / "log")
        self._tree = Frontier()
        self._end = 0
        self._head_at = 0.0
        self._head_size = 0
        self._read_mark = (0, 0)

    @property
    def size(self) -> int:
        """Leaves that this process has seen."""
        return self._tree.size

    @contextmanager
    def appending(self) -> Iterator[None]:
        """Hold the appender lock with everything that others appended caught up, a torn tail put aside."""
        with self.journal.locked():
            self._catch_up()
            yield

    def append(self, leaves: Sequence[NewLeaf]) -> list[int]:
        """Append leaves; they are durable when this returns. Answers their positions."""
        with self.appending():
            return self.append_locked(leaves)

    def append_locked(self, leaves: Sequence[NewLeaf]) -> list[int]:
        """As `append`, for a caller that holds `appending`."""
        self.require_space()
        at = self.clock()
        encoded = [(encode_leaf(kind, body, at=at), canonical_json(side)) for kind, body, side in leaves]
        self.journal.append([encode_frame(leaf, side) for leaf, side in encoded])
        first = self._tree.size
        for leaf, side in encoded:
            self._took(leaf, self._end + 12 + len(leaf) + len(side))
        if time.monotonic() - self._head_at > _HEAD_SECONDS:
            self._write_head()
        return list(range(first, self._tree.size))

    def append_judgements(self, bodies: Sequence[dict[str, Any]]) -> list[int]:
        """Append digests of judgements; answers their positions."""
        return self.append([("judgement", body, {}) for body in bodies])

    def leaves(self, start: int = 0) -> Iterator[Leaf]:
        """Whole leaves from position `start`; a torn tail ends the reading, since it was told to nobody."""
        position, offset = self._offset_before(start)
        try:
            for frame in read_frames(self.journal.path, offset):
                if position >= start:
                    self._read_mark = (position + 1, frame.end)
                    yield decode_leaf(position, frame.leaf, frame.side)
                position += 1
        except TornTail:
            return

    def write_head(self) -> None:
        """Sign and store the head over everything in the log."""
        with self.appending():
            self._write_head()

    def head(self) -> Head:
        """The signed head on disk, checked against this store's key."""
        return open_note((self.path / "log" / "head").read_text(encoding="utf-8"), self.verifier())

    def verifier(self) -> str:
        """This store's public key as a verifier line."""
        from evidence.note import verifier_line

        return verifier_line(self.signer.name, self.signer.public)

    def require_space(self) -> None:
        """Raise StoreFull before the disk is: the log must be able to say what happened."""
        left = os.statvfs(self.path)
        if left.f_bavail * left.f_frsize < _RESERVE_BYTES:
            raise StoreFull(f"less than {_RESERVE_BYTES // 1024**2} MiB left for {self.path}")

    def _took(self, leaf: bytes, end: int) -> None:
        if self._tree.size % _STRIDE == 0:
            self._note_offset(self._tree.size, self._end)
        self._tree.append(leaf_hash(leaf))
        self._end = end

    def _note_offset(self, position: int, offset: int) -> None:
        """Derived: where every 256th leaf starts, so that reading can begin near any position."""
        path = self.path / "log" / "offsets"
        with path.open("r+b" if path.exists() else "w+b") as file:
            file.seek(position // _STRIDE * _OFFSET.size)
            file.write(_OFFSET.pack(offset))

    def _offset_before(self, position: int) -> tuple[int, int]:
        if self._read_mark[0] == position:
            return self._read_mark
        path = self.path / "log" / "offsets"
        slot = position // _STRIDE
        if path.exists():
            with path.open("rb") as file:
                file.seek(slot * _OFFSET.size)
                data = file.read(_OFFSET.size)
            if len(data) == _OFFSET.size:
                return slot * _STRIDE, _OFFSET.unpack(data)[0]
        return 0, 0

    def _catch_up(self) -> None:
        """Take in what others appended; put a torn tail into quarantine and log that."""
        try:
            for frame in read_frames(self.journal.path, self._end):
                self._took(frame.leaf, frame.end)
        except TornTail as torn:
            self._quarantine_tail(torn.good)
        if self._head_size > self._tree.size:
            raise IntegrityError(f"the journal has {self._tree.size} leaves, its signed head {self._head_size}")

    def _quarantine_tail(self, good: int) -> None:
        with self.journal.path.open("r+b") as file:
            file.seek(good)
            tail = file.read()
            name = f"journal-{good}-{self.ids()}"
            write_durably(self.path / QUARANTINE / name, tail)
            file.truncate(good)
            file.flush()
            os.fsync(file.fileno())
        body = {"what": "journal tail", "file": name, "digest": sha256(tail), "length": len(tail)}
        self.append_locked([("recovery", body, {})])

    def _write_head(self) -> None:
        head = Head(self.id, self._tree.size, self._tree.root())
        if head.size < self._head_size:
            raise IntegrityError("the signer refuses a head shorter than the last one")
        write_durably(self.path / "log" / "head", self.signer.sign(head).encode())
        self._head_at, self._head_size = time.monotonic(), head.size

    def load(self) -> None:
        """Read the log, check it against its signed head; raises IntegrityError when they disagree."""
        with self.journal.locked():
            for left in (self.path / "log").glob(".head.*.tmp"):
                left.unlink()
            head = self.head()
            try:
                for frame in read_frames(self.journal.path):
                    self._took(frame.leaf, frame.end)
                    if self._tree.size == head.size and self._tree.root() != head.root:
                        raise IntegrityError("the journal is not the one that its head was signed over")
            except TornTail as torn:
                if self._tree.size < head.size:
                    raise IntegrityError(f"the journal is damaged below its signed head: {torn}") from torn
                self._quarantine_tail(torn.good)
            if self._tree.size < head.size:
                raise IntegrityError(f"the journal has {self._tree.size} leaves, its signed head {head.size}")
            self._head_size = head.size


def create_store(path: Path, *, kind: str, key_dir: Path, clock: Clock, ids: Ids) -> Store:
    """Make an empty store whose first leaf says what it is: `real` or `demo`, for ever."""
    if kind not in ("real", "demo"):
        raise ConfigurationError(f"a store is real or demo, not {kind!r}")
    number = ids()
    store_id = f"marketwarden-{kind}-{number}"
    for folder in (INTAKE, KEPT, QUARANTINE):
        (path / folder).mkdir(parents=True)
    signer = Signer.create(store_id, key_dir)
    store = Store(path, id=store_id, kind=kind, signer=signer, clock=clock, ids=ids)
    store.journal.create()
    store.append([("store.created", {"id": store_id, "kind": kind}, {})])
    store.write_head()
    about = {"format": 1, "id": store_id, "kind": kind, "created": iso(clock())}
    write_durably(path / "store.json", json.dumps(about, indent=1).encode() + b"\n")
    sync_folder(path)
    return store


def open_store(path: Path, *, key_dir: Path, clock: Clock, ids: Ids) -> Store:
    """Open a store, check its log against its head, and put right what a crash left behind."""
    from evidence.recovery import recover_segments

    try:
        about = json.loads((path / "store.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError("is no store", file=str(path)) from error
    store = Store(path, id=about["id"], kind=about["kind"], signer=Signer.load(key_dir), clock=clock, ids=ids)
    store.load()
    first = next(store.leaves())
    if first.kind != "store.created" or first.body != {"id": store.id, "kind": store.kind}:
        raise IntegrityError("store.json does not say what the first leaf of the log says")
    recover_segments(store)
    return store
