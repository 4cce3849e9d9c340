"""init and doctor: make a home, say what is missing on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from marketwarden.cli.options import say, write_json


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("init")(init)
    app.command("doctor")(doctor)


def init(directory: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Make a home: configuration overlay, sealed store, ledger, keys.

    Example: marketwarden init /srv/marketwarden
    """
    from marketwarden.bootstrap import create_home

    create_home(directory, kind="real")
    say(f"home made in {directory}; public key of its evidence log: {directory / 'keys' / 'log.pub'}")


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Machine-readable answer.")] = False) -> None:
    """Say what this machine lacks and how to get it.

    Example: marketwarden doctor
    """
    from marketwarden import doctor as checks

    found = checks.checks()
    if as_json:
        write_json([checks.as_dict(check) for check in found])
    else:
        typer.echo(checks.table(found))
    if code := checks.exit_code(found):
        raise typer.Exit(code)
