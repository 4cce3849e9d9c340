"""Idle connections, kept by origin, newest first."""

from __future__ import annotations

from crawlers.door.connection import Connection

Origin = tuple[bool, str, int]

_MAX_IDLE_PER_ORIGIN = 32
_MAX_ORIGINS = 64
"""A page with a thousand hosts must not hold a thousand sockets."""


class Pool:
    """Hands back connections that are young and open; closes the rest."""

    def __init__(self, *, keep_alive_seconds: float) -> None:
        self._keep_alive = keep_alive_seconds
        self._idle: dict[Origin, list[Connection]] = {}

    def take(self, origin: Origin, now: float) -> Connection | None:
        """A connection that may be used again, or None."""
        idle = self._idle.get(origin)
        while idle:
            connection = idle.pop()
            if connection.open and now - connection.idle_since < self._keep_alive:
                return connection
            connection.close()
        return None

    def give(self, origin: Origin, connection: Connection, now: float) -> None:
        """Keep a connection for later, if there is room."""
        if not connection.open:
            return
        idle = self._idle.get(origin)
        if idle is None:
            if len(self._idle) >= _MAX_ORIGINS:
                self._drop(next(iter(self._idle)))
            idle = self._idle.setdefault(origin, [])
        if len(idle) >= _MAX_IDLE_PER_ORIGIN:
            connection.close()
            return
        connection.idle_since = now
        idle.append(connection)

    def close(self) -> None:
        """Close everything idle."""
        for origin in list(self._idle):
            self._drop(origin)

    def _drop(self, origin: Origin) -> None:
        for connection in self._idle.pop(origin, ()):
            connection.close()
