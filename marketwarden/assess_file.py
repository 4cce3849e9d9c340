"""`marketwarden assess`: a filter over JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import orjson

from marketwarden.bootstrap import species_index

_GROUP = 256


def assess_file(source: Path, target: Path, *, threshold: float | None, jurisdiction: str | None, on: date | None) -> int:
    """Judge every line of `source` into `target`, same order; answers the number of lines that could not be judged."""
    from classifiers.assessor import build_assessor
    from classifiers.lines import assess_lines
    from classifiers.matcher import build_matcher

    species = species_index()
    matcher = build_matcher(species)
    assessor = build_assessor(species, threshold=threshold, jurisdiction=jurisdiction, on=on)
    bad = 0
    with source.open("rb") as lines, target.open("wb") as out:
        for group in _groups(lines):
            for answer in assess_lines(group, matcher=matcher, assessor=assessor):
                bad += "error" in answer
                out.write(orjson.dumps(answer) + b"\n")
    return bad


def _groups(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    stream = iter(lines)
    while group := list(islice(stream, _GROUP)):
        yield group
