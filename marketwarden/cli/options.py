"""Options that many commands share, and the one way in which commands write."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

HomeOption = Annotated[Path, typer.Option("--home", envvar="MARKETWARDEN_HOME", help="Home folder.")]
DEFAULT_HOME = Path("home")


def write_json(value: Any) -> None:
    """One JSON value on standard output, indented."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def write_lines(values: Iterable[Any]) -> None:
    """One JSON value a line on standard output."""
    for value in values:
        sys.stdout.write(orjson.dumps(value, default=str).decode() + "\n")


def say(message: str) -> None:
    """A message for people, on standard error."""
    typer.echo(message, err=True)
