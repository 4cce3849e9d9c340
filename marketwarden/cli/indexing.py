"""index: search, state, rebuild."""

from __future__ import annotations

from typing import Annotated

import typer

from marketwarden.cli.options import DEFAULT_HOME, HomeOption, say, write_json

index = typer.Typer(help="The search index, a projection of the ledger.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(index, name="index")


@index.command("search")
def search(
    text: Annotated[str, typer.Argument(help='Words that must all match; "quoted" words as a phrase.')] = "",
    home: HomeOption = DEFAULT_HOME,
    where: Annotated[list[str] | None, typer.Option("--where", help="FIELD=VALUE, may be repeated.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000)] = 20,
    after: Annotated[int | None, typer.Option("--after", help="Continue after this listing id.")] = None,
) -> None:
    """Search listings, newest first.

    Example: marketwarden index search 象牙 --where flagged=true --where appendix=I
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.searching import search_view

    with open_house(home) as house:
        write_json(search_view(house, text, where=where or [], limit=limit, after=after))


@index.command("status")
def status(home: HomeOption = DEFAULT_HOME) -> None:
    """Engine, documents, and how many listings it is behind.

    Example: marketwarden index status
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.searching import status_view

    with open_house(home) as house:
        write_json(status_view(house))


@index.command("rebuild")
def rebuild(home: HomeOption = DEFAULT_HOME) -> None:
    """Drop every document and write them all again from the ledger.

    Example: marketwarden index rebuild
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.searching import rebuild_index

    with open_house(home) as house:
        say(f"{rebuild_index(house)} documents written")
