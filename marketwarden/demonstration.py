"""The demonstration: a market of our own on loopback, the whole way, and the queue on the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml
from rich.console import Console

from demo.market import Market
from demo.server import MarketServer
from domain.errors import IntegrityError, MarketwardenError
from marketwarden.bootstrap import House, create_home, open_house
from marketwarden.crawl import crawl_due, due_platforms, plan_draws
from marketwarden.home import Home
from marketwarden.progress import crawl_progress, stage_progress
from marketwarden.queue_view import items_view, print_items
from marketwarden.settings import APP
from marketwarden.stages.stage import StageReport

_ROUND_FILE = "demo-round"
_SHOWN = 12


def run_demo(path: Path) -> None:
    """Make the demo home if needed, start the market, crawl, judge, show the queue; each run is the market's next day."""
    home = demo_home(path)
    number = _next_round(home)
    console = Console()
    with MarketServer(Market(round_number=number)) as market:
        write_overlay(path, dict(market.base_urls))
        with open_house(path) as house:
            console.print(f"[bold]DEMO[/bold]  demonstration market, day {number}: " + ", ".join(sorted(market.base_urls)))
            before = _counts(house)
            planned = plan_draws(house, now=True)
            console.print(
                f"{planned} draws planned: terms in twelve languages, each platform asked in its own, on {len(house.platforms)} platforms"
            )
            with crawl_progress(due_platforms(house)) as crawling:
                crawls = crawl_due(house, progress=crawling)
            for crawl in crawls:
                console.print(f"  {crawl.platform}: {crawl.summary}")
            with stage_progress() as progress:
                reports = house.run(progress=progress)
            _show(console, house, reports, before, path)
    broken = [crawl.summary for crawl in crawls if crawl.failed] + [
        f"{report.stage}: {report.failure}" for report in reports if report.failure
    ]
    if broken:
        raise MarketwardenError(f"the demonstration did not come to its end: {broken[0]}")


def demo_home(path: Path) -> Home:
    """The demo home, made with its platforms and programme when missing; refuses a real one."""
    home = Home(path)
    if not (home.store / "store.json").exists():
        home = create_home(path, kind="demo")
        for file in sorted((APP / "demo" / "platforms").glob("*.yml")):
            shutil.copy(file, home.overlay("platforms") / file.name)
        shutil.copy(APP / "demo" / "programme.yml", home.overlay("programmes") / "demo-programme.yml")
    with open_house(path) as house:
        if not house.is_demo:
            raise IntegrityError(f"{path} is a real home: a demonstration does not run there")
    return home


def _next_round(home: Home) -> int:
    file = home.path / _ROUND_FILE
    number = int(file.read_text(encoding="ascii")) + 1 if file.exists() else 1
    file.write_text(str(number), encoding="ascii")
    return number


def write_overlay(path: Path, addresses: dict[str, str]) -> None:
    """Route the demo hosts to the ports of this run."""
    home = Home(path)
    from crawlers.platforms import load_platforms

    platforms = load_platforms([home.overlay("platforms")])
    hosts = {platforms[name].host: address.removeprefix("http://").rstrip("/") for name, address in addresses.items()}
    overlay = {"host_map": hosts, "identity": {"contact": "demonstration on loopback"}}
    home.settings_file.write_text("# Written by the demonstration at every run.\n" + yaml.safe_dump(overlay), encoding="utf-8")


def _counts(house: House) -> dict[str, int]:
    from ledger import totals

    with house.ledger.read() as conn:
        return totals.counts(conn)


def _show(console: Console, house: House, reports: list[StageReport], before: dict[str, int], path: Path) -> None:
    after = _counts(house)
    grown = {name: after[name] - before[name] for name in after}
    console.print(
        f"{grown['capture']} captures sealed, {grown['listing']} listings new, {grown['listing_version'] - grown['listing']} changed, "
        f"{grown['queue_item']} items queued"
    )
    for report in reports:
        if report.failure:
            console.print(f"[red]{report.stage} stopped: {report.failure}[/red]")
    print_items(items_view(house, limit=_SHOWN), total=after["queue_item"])
    console.print(
        f"\nDEMO store {house.store.id}: everything it makes is marked as a demonstration.\nTry next:\n"
        f"  marketwarden queue list --home {path}\n"
        f"  marketwarden queue show ITEM --home {path}\n"
        f'  marketwarden index search "象牙" --home {path}\n'
        f"  marketwarden evidence check --home {path}\n"
        f"  marketwarden officer add mara --role reviewer --home {path}\n"
        f"  marketwarden queue decide ITEM --verdict likely_illegal_offer --officer mara --home {path}\n"
        f"  make demo            (the market's next day: one page has changed, one is gone)"
    )
