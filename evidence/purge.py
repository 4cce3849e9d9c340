"""Expiry drops whole intake segments; the log says which, by whose authority, before they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.digest import sha256
from domain.errors import PolicyError
from evidence.durable import sync_folder
from evidence.segment import OPEN, SUFFIX
from evidence.store import INTAKE, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeResult:
    """What went."""

    segments: tuple[str, ...]
    position: int | None
    """Where the log says so; None when there was nothing to drop."""


def intake_days(store: Store) -> list[date]:
    """Days that have intake segments."""
    days = []
    for path in (store.path / INTAKE).iterdir():
        days.append(date.fromisoformat(path.name))
    return sorted(days)


def purge_intake(store: Store, day: date, *, authority: str) -> PurgeResult:
    """Drop the closed intake segments of a day; raises PolicyError without an authority or while one is being written."""
    if not authority.strip():
        raise PolicyError("authority: a purge needs one")
    folder = store.path / INTAKE / day.isoformat()
    if any(folder.rglob(f"*{OPEN}")):
        raise PolicyError(f"day: a crawl is still writing segments of {day}")
    paths = sorted(folder.rglob(f"*{SUFFIX}")) if folder.exists() else []
    if not paths:
        return PurgeResult(segments=(), position=None)
    names = [path.relative_to(store.path).as_posix() for path in paths]
    body = {
        "authority": authority,
        "segments": [
            {"name": name, "length": path.stat().st_size, "digest": sha256(path.read_bytes())}
            for name, path in zip(names, paths, strict=True)
        ],
    }
    (position,) = store.append([("retention.purge", body, {})])
    store.write_head()
    finish_purge(store, names)
    return PurgeResult(segments=tuple(names), position=position)


def finish_purge(store: Store, segments: list[str]) -> None:
    """Remove the files of a logged purge; also after a kill between log and removal."""
    for name in segments:
        path = store.path / name
        path.unlink(missing_ok=True)
        folder = path.parent
        while folder != store.path / INTAKE and folder.exists() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
        if folder.exists():
            sync_folder(folder)
