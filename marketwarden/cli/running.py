"""run: do what is pending; keep doing it on a schedule. worker: the child processes."""

from __future__ import annotations

from typing import Annotated

import typer

from marketwarden.cli.options import DEFAULT_HOME, HomeOption, say

worker = typer.Typer(help="Child processes; started by the other commands.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("run")(run)
    app.add_typer(worker, name="worker")


def run(
    home: HomeOption = DEFAULT_HOME,
    schedule: Annotated[bool, typer.Option("--schedule", help="Keep going: draw when due, work on what is pending.")] = False,
) -> None:
    """Do what is pending: extract, match, assess, queue, seal, index.

    Example: marketwarden run --home /srv/marketwarden --schedule
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.progress import stage_progress

    with open_house(home) as house:
        if schedule:
            from marketwarden.schedule import keep_running

            keep_running(house)
            return
        with stage_progress() as progress:
            reports = house.run(progress=progress)
    for report in reports:
        say(f"{report.stage}: {report.done}" + (f"; stopped: {report.failure}" if report.failure else ""))
    if any(report.failure for report in reports):
        raise typer.Exit(1)


@worker.command("crawl")
def crawl_worker(
    platform: Annotated[str, typer.Option("--platform", help="Platform id.")],
    home: HomeOption = DEFAULT_HOME,
    draw: Annotated[int | None, typer.Option("--draw", help="Only this draw.")] = None,
) -> None:
    """Carry out due draws of one platform; progress as JSON lines on standard output.

    Example: marketwarden worker crawl --home /srv/marketwarden --platform demo-auctions
    """
    from marketwarden.crawl_child import crawl_platform

    crawl_platform(home, platform, draw=draw)
