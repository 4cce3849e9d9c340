"""evidence: check that nothing changed, expire what was not flagged, show a capture."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from marketwarden.cli.options import DEFAULT_HOME, HomeOption, say, write_json

evidence = typer.Typer(help="Sealed bytes and the evidence log.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(evidence, name="evidence")


@evidence.command("check")
def check(home: HomeOption = DEFAULT_HOME) -> None:
    """Recompute every digest of store, log and ledger and say whether they agree.

    Example: marketwarden evidence check --home /srv/marketwarden
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.evidence_check import check_house

    with open_house(home) as house:
        report = check_house(house)
    write_json(report)
    if report["problems"]:
        raise typer.Exit(1)


@evidence.command("expire")
def expire(
    authority: Annotated[str, typer.Option("--authority", help="By whose authority, under which rule.")],
    home: HomeOption = DEFAULT_HOME,
    day: Annotated[str | None, typer.Option("--day", help="Expire this day's intake, YYYY-MM-DD; default: all past retention.")] = None,
) -> None:
    """Drop intake segments past their retention; flagged records are in kept/ already, and the purge is in the log.

    Example: marketwarden evidence expire --authority "retention rule R3, focal point" --day 2026-10-01
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.expiry import expire_intake

    with open_house(home) as house:
        result = expire_intake(house, day=date.fromisoformat(day) if day else None, authority=authority)
    write_json(result)


@evidence.command("show")
def show(
    capture: Annotated[int, typer.Argument(help="Capture id.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """What was captured, when, from whom, with its digests, log position and inclusion proof.

    Example: marketwarden evidence show 734512309
    """
    from marketwarden.bootstrap import open_house
    from marketwarden.evidence_check import capture_view

    with open_house(home) as house:
        view = capture_view(house, capture)
    write_json(view)
    if not view["places"]:
        say("its bytes have expired; the log keeps their digests")
