"""A home folder: overlay of configuration, store, ledger, index, keys, logs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigurationError, EnvironmentMissing

_OVERLAY = """# This home's own settings; what is not named here is as shipped.
"""


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything of one installation lies."""

    path: Path

    @property
    def settings_file(self) -> Path:
        """The overlay over the shipped settings."""
        return self.path / "config" / "settings.yml"

    @property
    def store(self) -> Path:
        """Sealed bytes and the evidence log."""
        return self.path / "store"

    @property
    def ledger(self) -> Path:
        """The SQLite ledger."""
        return self.path / "ledger.db"

    @property
    def index(self) -> Path:
        """The embedded engine's file."""
        return self.path / "index" / "listings.db"

    @property
    def keys(self) -> Path:
        """Signing key of the log and key of the pseudonyms."""
        return self.path / "keys"

    def overlay(self, kind: str) -> Path:
        """Folder of the home's own `platforms` or `programmes`."""
        return self.path / "config" / kind

    def pseudonym_key(self) -> bytes:
        """32 bytes; without them sellers cannot be told apart, and with them only here."""
        try:
            return bytes.fromhex((self.keys / "pseudonym.key").read_text(encoding="ascii"))
        except OSError as error:
            raise EnvironmentMissing(f"no pseudonym key: {error.strerror}", file=str(self.keys / "pseudonym.key")) from error

    def require(self) -> Home:
        """This home, or a clear word that there is none."""
        if not (self.store / "store.json").exists():
            raise ConfigurationError("is no home; make one with: marketwarden init DIR", file=str(self.path))
        return self


def make_folders(path: Path) -> Home:
    """Make the folders, the overlay and the pseudonym key of a new home; refuses a folder that has something in it."""
    if path.exists() and any(path.iterdir()):
        raise ConfigurationError("is not empty", file=str(path))
    home = Home(path)
    for folder in (home.overlay("platforms"), home.overlay("programmes"), home.index.parent, path / "logs"):
        folder.mkdir(parents=True)
    home.keys.mkdir(mode=0o700)
    home.settings_file.write_text(_OVERLAY, encoding="utf-8")
    key = home.keys / "pseudonym.key"
    key.touch(mode=0o600)
    key.write_text(secrets.token_hex(32), encoding="ascii")
    key.chmod(0o400)
    return home
