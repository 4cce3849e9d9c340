"""Fixtures strategy: the smallest data that shows the behaviour, built in the test; shared fixtures only for real servers.

The network guard below fails any test that looks up or connects to anything but loopback.
"""

from __future__ import annotations

import os
import socket

import pytest

os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")

_LOOPBACK = ("127.", "::1", "localhost")


def _is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "127.0.0.1")
    return name.startswith(_LOOPBACK)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look-up or connection that leaves the machine fails the test that made it."""
    real_getaddrinfo, real_connect = socket.getaddrinfo, socket.socket.connect

    def getaddrinfo(host, *args, **kwargs):
        if not _is_loopback(host):
            pytest.fail(f"look-up of {host!r}: tests stay on loopback")
        return real_getaddrinfo(host, *args, **kwargs)

    def connect(self, address):
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            pytest.fail(f"connection to {address!r}: tests stay on loopback")
        return real_connect(self, address)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connect)
