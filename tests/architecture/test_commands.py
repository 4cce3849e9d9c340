"""Every command is documented, has help, and shows an example."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import Any

import pytest
from sources import REPOSITORY

pytestmark = pytest.mark.skipif(importlib.util.find_spec("marketwarden.cli") is None, reason="the command line is not written yet")


def commands() -> Iterator[tuple[str, Any]]:
    """Every command that does something, by its full name."""
    import typer

    from marketwarden.cli import app

    def walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
        children = getattr(command, "commands", None)
        if children:
            for child, inner in children.items():
                yield from walk(inner, f"{name} {child}")
        else:
            yield name, command

    yield from walk(typer.main.get_command(app), "marketwarden")


def test_every_command_has_help_with_an_example():
    """The help of each command says what it does and shows how it is called."""
    bare = [
        name for name, command in commands() if f"Example: {name}" not in (command.help or "") and "Example" not in (command.epilog or "")
    ]

    assert list(commands()) != []
    assert bare == []


def test_every_command_is_documented():
    """Each command is named in the documentation."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (REPOSITORY / "docs").rglob("*.md"))
    missing = [name for name, _ in commands() if not documented(name, pages)]

    assert missing == []


def documented(name: str, pages: str) -> bool:
    """`marketwarden queue show` counts when written out, or as `show` in the row of `marketwarden queue list`."""
    if f"`{name}" in pages:
        return True
    group, _, last = name.rpartition(" ")
    return any(f"`{group} " in line and f"`{last}`" in line for line in pages.splitlines())


def test_the_search_tells_a_missing_command():
    """The search itself works: a command in a group's row is found, one that is nowhere is not."""
    pages = "| `marketwarden queue list`, `show` | waits |"

    assert documented("marketwarden queue show", pages)
    assert not documented("marketwarden queue decide", pages)
