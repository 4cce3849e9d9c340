"""Chooses the engine that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigurationError
from domain.ports import ListingIndex
from indexer.elastic import ElasticIndex, ElasticSettings
from indexer.embedded import EmbeddedIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """Which engine, and where."""

    engine: str
    path: Path
    hosts: tuple[str, ...] = ()
    prefix: str = "mw"
    user: str | None = None
    password: str | None = None
    ca_file: Path | None = None


def open_index(settings: IndexSettings) -> ListingIndex:
    """The engine; nothing is connected yet."""
    if settings.engine == "embedded":
        return EmbeddedIndex(settings.path)
    if settings.engine != "elasticsearch":
        raise ConfigurationError(f"no engine {settings.engine!r}", field="index.engine")
    if not settings.hosts:
        raise ConfigurationError("Elasticsearch needs at least one host", field="index.hosts")
    return ElasticIndex(
        ElasticSettings(
            hosts=settings.hosts, prefix=settings.prefix, user=settings.user, password=settings.password, ca_file=settings.ca_file
        )
    )
