"""Keeps a home going: draws when a slot is due, work on what is pending. State is in the ledger, none in the scheduler."""

from __future__ import annotations

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

from domain.errors import MarketwardenError
from marketwarden.bootstrap import House
from marketwarden.cli.options import say
from marketwarden.crawl import crawl_due, plan_draws

_CRAWL_SECONDS = 60
_RUN_SECONDS = 20


def crawl_tick(house: House) -> None:
    """Plan what the current slots owe, carry out what is due."""
    planned = plan_draws(house)
    for crawl in crawl_due(house, progress=lambda _platform, _done, _pages: None):
        say(f"{crawl.platform}: {crawl.summary}")
    if planned:
        say(f"{planned} draws planned")


def run_tick(house: House) -> None:
    """Work on what is pending; a stage that is stopped is said and tried again at the next tick."""
    for report in house.run():
        if report.failure:
            say(f"{report.stage} stopped: {report.failure}")
        elif report.done:
            say(f"{report.stage}: {report.done}")


def keep_running(house: House) -> None:
    """Block until interrupted; an error that the run may not survive ends it."""
    scheduler = BlockingScheduler(timezone="UTC")
    broken: list[MarketwardenError] = []

    def guarded(tick: object) -> None:
        try:
            tick(house)  # type: ignore[operator]
        except MarketwardenError as error:
            broken.append(error)
            scheduler.shutdown(wait=False)

    options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600, "next_run_time": house.clock()}
    scheduler.add_job(guarded, IntervalTrigger(seconds=_CRAWL_SECONDS), args=[crawl_tick], id="crawl", **options)
    scheduler.add_job(guarded, IntervalTrigger(seconds=_RUN_SECONDS), args=[run_tick], id="run", **options)
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        say("stopped")
    if broken:
        raise broken[0]
