"""platforms: list, check, and start a new one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from marketwarden.cli.options import DEFAULT_HOME, HomeOption, say, write_json

platforms = typer.Typer(help="Listed platforms: one YAML file each.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(platforms, name="platforms")


@platforms.command("list")
def list_platforms(home: HomeOption = DEFAULT_HOME) -> None:
    """Every platform file that this home sees.

    Example: marketwarden platforms list
    """
    from marketwarden.bootstrap import open_house

    with open_house(home) as house:
        write_json([platform.model_dump(mode="json") for platform in house.platforms.values()])


@platforms.command("check")
def check(files: Annotated[list[Path], typer.Argument(help="Platform files.")]) -> None:
    """Check platform files; each mistake is named by file, line and field.

    Example: marketwarden platforms check config/platforms/*.yml
    """
    from crawlers.platforms import Platform
    from crawlers.yaml_file import read_yaml
    from domain.errors import ConfigurationError

    bad = 0
    for file in files:
        try:
            platform = read_yaml(file, Platform)
            if platform.id != file.stem:
                raise ConfigurationError(f"id {platform.id!r} is not the file's name", file=str(file), field="id")
        except ConfigurationError as error:
            say(str(error))
            bad += 1
    if bad:
        raise typer.Exit(2)
    say(f"{len(files)} platform files are well")


@platforms.command("new")
def new(
    platform: Annotated[str, typer.Argument(help="Id: lower case, digits, hyphens.")],
    base_url: Annotated[str, typer.Option("--base-url", help="https://host without a trailing slash.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Write a platform file in the home's overlay to fill in.

    Example: marketwarden platforms new my-market --base-url https://my-market.example
    """
    from marketwarden.new_platform import write_platform_file

    say(f"written: {write_platform_file(home, platform, base_url=base_url)}; fill it in, then: marketwarden platforms check")
