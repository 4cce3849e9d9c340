"""The guard of tests/conftest.py fails a test that leaves the machine, and lets loopback pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from sources import REPOSITORY

PROBE = '''
import socket, threading, urllib.request

import pytest


def test_lookup():
    """A look-up of a name elsewhere."""
    socket.getaddrinfo("market.example", 443)


def test_connect():
    """A connection to an address elsewhere (TEST-NET-1)."""
    socket.create_connection(("192.0.2.1", 80), timeout=0.2)


def test_swallowed():
    """A library that catches its own network errors is found out all the same."""
    try:
        urllib.request.urlopen("http://market.example/", timeout=0.2)
    except Exception:
        pass


def test_loopback():
    """Loopback is allowed."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
'''


def test_guard_fails_what_leaves_the_machine(tmp_path: Path):
    """Three ways of leaving the machine fail, each by the guard's own message, and the loopback test passes."""
    shutil.copy(REPOSITORY / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_probe.py").write_text(PROBE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-n0", "--rootdir", tmp_path, tmp_path]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False)

    assert "3 failed, 1 passed" in done.stdout
    assert done.stdout.count("tests stay on loopback") >= 3
