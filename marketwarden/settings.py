"""Settings of a home: the shipped defaults with the home's overlay over them, validated, with a digest."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

import domain
from domain.errors import ConfigurationError

APP = Path(domain.__file__).resolve().parents[1]
"""The folder that holds the rooms: the checkout, or `marketwarden/app` in an installed wheel."""
SHIPPED = APP / "config"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Identity(_Strict):
    """Who we say we are; every request carries it."""

    agent: str
    contact: str


class CrawlSettings(_Strict):
    """How many crawls at once, how long a crawl may hold its draws, how many draws it takes."""

    processes: int = Field(ge=1, le=64)
    leases_minutes: int = Field(ge=1)
    batch: int = Field(ge=1, le=1000)


class LimitSettings(_Strict):
    """Caps on everything that is fetched."""

    body_bytes: int = Field(ge=1024)
    header_bytes: int = Field(ge=1024)
    total_seconds: float = Field(gt=0)
    render_seconds: float = Field(gt=0)


class IndexSettings(_Strict):
    """Which engine answers; a password comes from the environment variable that `password_env` names."""

    engine: Literal["embedded", "elasticsearch"]
    hosts: tuple[str, ...]
    prefix: str
    ca_file: Path | None
    user: str | None
    password_env: str | None


class RetentionSettings(_Strict):
    """How long unflagged captures stay."""

    intake_days: int = Field(ge=1)


class Settings(_Strict):
    """The effective settings of a home."""

    identity: Identity
    threshold: float = Field(ge=0, le=1)
    jurisdiction: str | None
    crawl: CrawlSettings
    limits: LimitSettings
    index: IndexSettings
    host_map: dict[str, str]
    """Host to `127.0.0.1:port`; used only for platforms that allow loopback."""
    retention: RetentionSettings

    @property
    def user_agent(self) -> str:
        """The identified agent of every request."""
        from marketwarden.version import VERSION

        return f"{self.identity.agent}/{VERSION} (wildlife trade monitoring; {self.identity.contact})"


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {error.strerror}", file=str(path)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigurationError(str(error), file=str(path), line=mark.line + 1 if mark else None) from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ConfigurationError("is not a mapping", file=str(path))
    return data


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in over.items():
        known = out.get(key)
        out[key] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return out


def load_settings(overlay: Path) -> Settings:
    """The defaults under the overlay file, if it is there; raises ConfigurationError with file and field."""
    data = _read(SHIPPED / "settings.yml")
    if overlay.exists():
        data = _merged(data, _read(overlay))
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ConfigurationError(first["msg"], file=str(overlay), field=".".join(map(str, first["loc"]))) from error
