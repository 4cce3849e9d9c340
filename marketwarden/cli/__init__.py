"""The command line: thin commands over the composition root; each module registers its own."""

from __future__ import annotations

from typing import Annotated

import typer

from marketwarden.cli import crawling, demo, evidence, homes, indexing, platforms, queueing, reading, running
from marketwarden.version import VERSION

app = typer.Typer(
    name="marketwarden",
    help="Monitor online marketplaces for wildlife crime linked to the Internet (CITES Resolution Conf. 11.3, section VII).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def _main(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    """Options of the program itself."""


for module in (homes, demo, crawling, running, reading, queueing, evidence, indexing, platforms):
    module.register(app)
