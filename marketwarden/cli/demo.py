"""demo: the whole way on a marketplace of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo")(demo)


def demo(home: Annotated[Path, typer.Option("--home", help="The demo home; made when missing.")] = Path("demo-home")) -> None:
    """Start the demonstration market on loopback, crawl it, judge what is there and show the queue.

    Example: marketwarden demo
    """
    from marketwarden.demonstration import run_demo

    run_demo(home)
