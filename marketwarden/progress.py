"""Progress on a terminal, none in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

StageProgress = Callable[[str, int], None]
"""Told the stage's name and how many records it has done."""
CrawlProgress = Callable[[str, int, int], None]
"""Told the platform, draws done of it and pages seen so far."""


@contextmanager
def stage_progress() -> Iterator[StageProgress]:
    """A line per stage that counts up."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    with Progress(SpinnerColumn(), TextColumn("{task.description} {task.completed}"), console=Console(stderr=True)) as bars:
        tasks: dict[str, int] = {}

        def update(stage: str, done: int) -> None:
            if stage not in tasks:
                tasks[stage] = int(bars.add_task(stage, total=None))
            bars.update(tasks[stage], completed=done)  # type: ignore[arg-type]

        yield update


@contextmanager
def crawl_progress(totals: dict[str, int] | None = None) -> Iterator[CrawlProgress]:
    """A bar per platform: draws done of draws due, pages seen."""
    if not sys.stderr.isatty():
        yield lambda _platform, _done, _pages: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TextColumn("draws, {task.fields[pages]} pages"))
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, int] = {}

        def update(platform: str, done: int, pages: int) -> None:
            if platform not in tasks:
                tasks[platform] = int(bars.add_task(platform, total=(totals or {}).get(platform), pages=0))
            bars.update(tasks[platform], completed=done, pages=pages)  # type: ignore[arg-type]

        yield update
