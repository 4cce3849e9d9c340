"""platforms: list, check, start a new one, and make its fixtures."""

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
    from crawlers.yaml_file import read_named
    from domain.errors import ConfigurationError

    bad = 0
    for file in files:
        try:
            read_named(file, Platform)
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


@platforms.command("fixture")
def fixture(
    file: Annotated[Path, typer.Argument(help="A stored page.", exists=True, dir_okay=False)],
    url: Annotated[str, typer.Option("--url", help="Where it was served.")],
    platform: Annotated[str, typer.Option("--platform", help="Id of its platform file.")],
    into: Annotated[Path, typer.Option("--into", help="Folder of the fixtures.")] = Path("tests/platforms"),
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Make a fixture of a platform from a stored page, with what is found in it, for you to check.

    Example: marketwarden platforms fixture page.html --url https://my-market.example/item/1 --platform my-market
    """
    from crawlers.platforms import load_platforms
    from domain.errors import ConfigurationError
    from marketwarden.home import Home
    from marketwarden.platform_fixture import write_fixture
    from marketwarden.settings import APP, SHIPPED

    known = load_platforms([APP / "demo" / "platforms", SHIPPED / "platforms", Home(home).overlay("platforms")])
    if platform not in known:
        raise ConfigurationError(f"no platform file {platform!r}", field="platform")
    written = write_fixture(file, url=url, platform=known[platform], folder=into)
    say(f"written: {written}; compare it with the page, field by field, and correct it")
