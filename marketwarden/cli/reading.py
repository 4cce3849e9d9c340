"""extract, assess and species: the pure parts of the house as filters."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from marketwarden.cli.options import say, write_json

species = typer.Typer(help="Ask the species lists.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("extract")(extract)
    app.command("assess")(assess)
    app.add_typer(species, name="species")


def extract(
    file: Annotated[Path, typer.Argument(help="A stored page.", exists=True, dir_okay=False)],
    url: Annotated[str, typer.Option("--url", help="Where it was served.")],
    platform: Annotated[str | None, typer.Option("--platform", help="Id of its platform file.")] = None,
) -> None:
    """Read one stored page: kind, listing, items, provenance, issues as JSON.

    Example: marketwarden extract page.html --url https://market.example/item/1
    """
    from crawlers.extraction import page_json
    from marketwarden.bootstrap import extractor
    from marketwarden.settings import SHIPPED

    page = extractor([SHIPPED / "platforms"]).extract(file.read_bytes(), url=url, platform=platform, media_type=None, status=None, at=None)
    write_json(page_json(page))


def assess(
    input_file: Annotated[Path, typer.Option("--input", help="One JSON object a line.", exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("--output", help="One JSON object for each line, same order.")],
    threshold: Annotated[float | None, typer.Option("--threshold", min=0, max=1)] = None,
    jurisdiction: Annotated[str | None, typer.Option("--jurisdiction", help="ISO 3166-1 alpha-2.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="Day whose lists apply, YYYY-MM-DD.")] = None,
) -> None:
    """Judge listings: taxa, intent, specimen, verdict, probability and reasons.

    Example: marketwarden assess --input listings.jsonl --output judged.jsonl
    """
    from marketwarden.assess_file import assess_file

    if jurisdiction is not None:
        say(f"{jurisdiction}: no legal pack is shipped yet, so no rule of a jurisdiction is applied")
    bad = assess_file(input_file, output, threshold=threshold, on=_day(on))
    if bad:
        say(f"{bad} lines could not be judged; each says why in the output")
        raise typer.Exit(1)


@species.command("lookup")
def lookup(
    name: Annotated[str, typer.Argument(help="Scientific or common name, trade name or code word.")],
    on: Annotated[str | None, typer.Option("--on", help="Day, YYYY-MM-DD; today when not given.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="ISO 639-1 language of the name.")] = None,
) -> None:
    """Say which taxon a name means and where it was listed on that day.

    Example: marketwarden species lookup "Aonyx cinereus" --on 2019-11-27
    """
    from domain.clock import system_clock
    from marketwarden.bootstrap import species_index

    day = _day(on) or system_clock().date()
    write_json(species_index().lookup(name, on=day, language=language))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day of the form YYYY-MM-DD") from error
