"""Opens the ledger: SQLite in WAL mode on one machine; the URL of another database elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import IntegrityError as DatabaseConflict
from sqlalchemy.pool import NullPool

from domain.errors import ConfigurationError

__all__ = ["Connection", "DatabaseConflict", "Ledger"]

HEAD = "0001"
"""Schema of this code: the newest migration."""
_MIGRATIONS = Path(__file__).parent / "migrations"


class Ledger:
    """One open ledger; `read` and `write` give transactions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, place: Path | str) -> Ledger:
        """Open a file, or a database URL; does not migrate."""
        if isinstance(place, str) and "://" in place:
            return cls(create_engine(place))
        engine = create_engine(URL.create("sqlite", database=str(place)), connect_args={"timeout": 60}, poolclass=NullPool)

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=60000", "cache_size=-65536", "recursive_triggers=ON"):
                # recursive_triggers: without it INSERT OR REPLACE removes a row of an append-only table and no trigger fires
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            mode = connection.get_execution_options().get("sqlite_mode", "DEFERRED")
            connection.exec_driver_sql(f"BEGIN {mode}")

        return cls(engine)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing. On SQLite it takes the write lock at once, so it cannot fail half way."""
        with self._engine.connect() as plain:
            connection = plain.execution_options(sqlite_mode="IMMEDIATE")
            with connection.begin():
                yield connection

    def migrate(self) -> None:
        """Bring the schema to this code's; refuses a ledger that a newer version has written."""
        current = self._revision()
        if current == HEAD:
            return
        # imported here: it takes a second, and hardly any start needs it
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        script = ScriptDirectory.from_config(config)
        if current is not None and current not in {revision.revision for revision in script.walk_revisions()}:
            raise ConfigurationError(f"the ledger is at schema {current}, newer than this version of the program")
        with self.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _revision(self) -> str | None:
        """The schema that the ledger is at; None when it is empty."""
        with self.read() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    def close(self) -> None:
        """Give connections back."""
        self._engine.dispose()
