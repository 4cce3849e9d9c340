"""crawl, capture and import: how bytes come into the house."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from marketwarden.cli.options import DEFAULT_HOME, HomeOption, say, write_json


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("crawl")(crawl)
    app.command("capture")(capture)
    app.command("import")(import_)


def crawl(
    home: HomeOption = DEFAULT_HOME,
    programme: Annotated[str | None, typer.Option("--programme", help="Only this programme.")] = None,
    platform: Annotated[str | None, typer.Option("--platform", help="Only this platform.")] = None,
    now: Annotated[bool, typer.Option("--now", help="Draw now, whatever the schedule says.")] = False,
) -> None:
    """Make the draws that are due: one child process per platform, every page sealed before anyone reads it.

    Example: marketwarden crawl --home /srv/marketwarden
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.crawl import crawl_due, plan_draws
    from marketwarden.progress import crawl_progress

    with open_house(home) as house:
        planned = plan_draws(house, programme=programme, now=now)
        with crawl_progress() as progress:
            results = crawl_due(house, platform=platform, progress=progress)
    say(f"{planned} draws planned")
    for result in results:
        say(f"{result.platform}: {result.summary}")
    if any(result.failed for result in results):
        raise typer.Exit(1)


def capture(
    url: Annotated[str, typer.Argument(help="The page.")],
    reason: Annotated[str, typer.Option("--reason", help="Why: the words of whoever gave the tip.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """A tip: one page fetched, sealed, read, judged, queued and shown.

    Example: marketwarden capture https://market.example/item/1 --reason "report by a customs officer"
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.tip import capture_tip

    with open_house(home) as house:
        write_json(capture_tip(house, url, reason=reason))


def import_(
    path: Annotated[Path, typer.Argument(help="WARC, WACZ, folder of saved pages, or JSONL or CSV of listings.", exists=True)],
    origin: Annotated[str, typer.Option("--origin", help="Who obtained it, and how.")],
    home: HomeOption = DEFAULT_HOME,
    platform: Annotated[str, typer.Option("--platform", help="Platform id for what states none.")] = "imported",
) -> None:
    """Seal and process what somebody else obtained, with its origin stated.

    Example: marketwarden import pages.wacz --origin "NGO X, by browser extension, 3 May 2026"
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.importing import import_path

    with open_house(home) as house:
        result = import_path(house, path, origin=origin, platform=platform)
    write_json(result)
    if result["problems"]:
        raise typer.Exit(1)
