"""Recomputes everything: journal, tree, signed head, and that every byte of every segment is a record that the log lists."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from domain.digest import sha256
from domain.errors import IntegrityError
from evidence.journal import TornTail, read_frames
from evidence.leaf import Leaf, decode_leaf
from evidence.merkle import Frontier, leaf_hash
from evidence.note import open_note
from evidence.segment import OPEN, SUFFIX, segment_path
from evidence.warc import members_of

_LOG_FILES = {"journal", "head", "lock", "offsets"}


@dataclass(kw_only=True)
class CheckReport:
    """What was checked and what is wrong; intact when `problems` is empty."""

    store: str = ""
    demo: bool = False
    leaves: int = 0
    captures: int = 0
    records: int = 0
    segments: int = 0
    purged_segments: int = 0
    root: str = ""
    problems: list[str] = field(default_factory=list)


def check_store(path: Path, *, verifier: str) -> CheckReport:
    """Check a store against the pinned public key `verifier`; never raises for what is wrong in the store."""
    report = CheckReport()
    try:
        about = json.loads((path / "store.json").read_text(encoding="utf-8"))
        report.store, report.demo = about["id"], about["kind"] == "demo"
        placed = _check_log(path, verifier, report, about)
        _check_segments(path, placed, report)
        _check_strangers(path, placed, report)
    except (OSError, ValueError, KeyError, TypeError, IntegrityError) as error:
        report.problems.append(f"{type(error).__name__}: {error}")
    return report


@dataclass(kw_only=True)
class _Log:
    """What the log says should lie where."""

    segments: dict[str, dict[bytes, int]] = field(default_factory=dict)
    """Segment to digest of record to number of copies placed there."""
    purged: set[str] = field(default_factory=set)
    digests: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """(capture, record) to digest."""


def _check_log(path: Path, verifier: str, report: CheckReport, about: dict[str, object]) -> _Log:
    head = open_note((path / "log" / "head").read_text(encoding="utf-8"), verifier)
    if head.origin != report.store:
        report.problems.append("the signed head names another store")
    tree, log = Frontier(), _Log()
    try:
        for position, frame in enumerate(read_frames(path / "log" / "journal")):
            leaf = decode_leaf(position, frame.leaf, frame.side)
            tree.append(leaf_hash(frame.leaf))
            if tree.size == head.size and tree.root() != head.root:
                report.problems.append("the journal is not the one that its head was signed over")
            _take(leaf, log, report)
            if position == 0 and (leaf.kind, leaf.body) != ("store.created", {"id": about["id"], "kind": about["kind"]}):
                report.problems.append("store.json does not say what the first leaf says")
    except TornTail as torn:
        report.problems.append(str(torn))
    if tree.size < head.size:
        report.problems.append(f"the journal has {tree.size} leaves, its signed head {head.size}")
    report.leaves, report.root = tree.size, tree.root().hex()
    return log


def _take(leaf: Leaf, log: _Log, report: CheckReport) -> None:
    if leaf.kind == "capture":
        report.captures += 1
        for number, record in enumerate(leaf.body["records"]):
            log.digests[leaf.body["id"], number] = bytes.fromhex(record["digest"].removeprefix("sha256:"))
        if len(leaf.side.get("places", ())) != len(leaf.body["records"]):
            report.problems.append(f"leaf {leaf.position} does not place each of its records")
    for place in leaf.side.get("places", ()):
        digest = log.digests.get((place["capture"], place["record"]))
        if digest is None:
            report.problems.append(f"leaf {leaf.position} places a record that no leaf lists")
            continue
        counts = log.segments.setdefault(place["segment"], {})
        counts[digest] = counts.get(digest, 0) + 1
    if leaf.kind == "retention.purge":
        log.purged.update(segment["name"] for segment in leaf.body["segments"])


def _check_segments(path: Path, log: _Log, report: CheckReport) -> None:
    for name, wanted in log.segments.items():
        file = segment_path(path, name)
        if name in log.purged:
            report.purged_segments += 1
            if file is not None:
                report.problems.append(f"{name} was purged by the log and is still there")
            continue
        if file is None:
            report.problems.append(f"{name} is gone without a logged purge")
            continue
        report.segments += 1
        _check_segment(file, name, dict(wanted), report)


def _check_segment(file: Path, name: str, wanted: dict[bytes, int], report: CheckReport) -> None:
    try:
        for offset, digest in _digests(file):
            report.records += 1
            if wanted.get(digest, 0) < 1:
                report.problems.append(f"{name}: the record at {offset} is not in the log")
            else:
                wanted[digest] -= 1
    except IntegrityError as error:
        report.problems.append(f"{name}: {error}")
    missing = sum(count for count in wanted.values())
    if missing:
        report.problems.append(f"{name}: {missing} records that the log places there are missing or changed")


def _digests(file: Path) -> Iterator[tuple[int, bytes]]:
    if file.stat().st_size == 0:
        return
    with file.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as mapped, memoryview(mapped) as view:
        for offset, length in members_of(view):
            part = bytes(view[offset : offset + length])
            yield offset, bytes.fromhex(sha256(part).removeprefix("sha256:"))


def _check_strangers(path: Path, log: _Log, report: CheckReport) -> None:
    """Nothing lies in a store that the log or this format does not know."""
    for file in sorted(path.rglob("*")):
        if file.is_dir():
            continue
        parts = file.relative_to(path).parts
        known = (
            parts == ("store.json",)
            or (parts[0] == "log" and len(parts) == 2 and parts[1] in _LOG_FILES)
            or "/".join(parts).removesuffix(OPEN) in log.segments
            or (file.name.endswith(SUFFIX + OPEN) and file.stat().st_size == 0)
            or parts[0] == "quarantine"
        )
        if not known:
            report.problems.append(f"{'/'.join(parts)} does not belong in a store")
