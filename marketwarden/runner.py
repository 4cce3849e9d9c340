"""Runs what is pending, stage by stage; a stage that fails stops itself and nothing before it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable

from domain.errors import IntegrityError, MarketwardenError, PolicyError
from marketwarden.stages.stage import Stage, StageReport


def run_stage(stage: Stage, *, progress: Callable[[str, int], None]) -> StageReport:
    """Run one stage to its end. IntegrityError and PolicyError are not caught: they stop the run."""
    done = 0
    try:
        stage.prepare()
        gc.freeze()  # lists and models stay: the collector need not walk them again at every batch
        after = 0
        while True:
            count, after = stage.batch(after)
            if count == 0:
                return StageReport(stage=stage.name, done=done)
            done += count
            progress(stage.name, done)
    except (IntegrityError, PolicyError):
        raise
    except MarketwardenError as error:
        return StageReport(stage=stage.name, done=done, failure=str(error))


def run_stages(stages: Iterable[Stage], *, progress: Callable[[str, int], None] = lambda _name, _done: None) -> list[StageReport]:
    """Run the stages in order; each works on what the ones before it have stored, now or on an earlier run."""
    return [run_stage(stage, progress=progress) for stage in stages]
