"""`marketwarden assess`: a filter over JSON lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson

from domain.clock import system_clock
from marketwarden.bootstrap import species_index


def assess_file(source: Path, target: Path, *, threshold: float | None, on: date | None) -> int:
    """Judge every line of `source` into `target`, same order; answers the number of lines that could not be judged."""
    from classifiers.assessor import THRESHOLD, RuleAssessor
    from classifiers.lines import assess_lines
    from classifiers.matcher import LexiconMatcher

    species = species_index()
    assessor = RuleAssessor(species, today=lambda: system_clock().date(), threshold=THRESHOLD if threshold is None else threshold, on=on)
    bad = 0
    with source.open(encoding="utf-8", errors="replace") as lines, target.open("wb") as out:
        for answer in assess_lines(lines, matcher=LexiconMatcher(species), assessor=assessor):
            bad += "error" in answer
            out.write(orjson.dumps(answer) + b"\n")
    return bad
