"""One index, matcher and model for the room: they are read-only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from classifiers.assessor import RuleAssessor
from classifiers.matcher import LexiconMatcher
from domain.assessment import Text
from species_lists.index import load

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 1)


@pytest.fixture(scope="session")
def species():
    """The shipped lists."""
    return load(ROOT / "species_lists")


@pytest.fixture(scope="session")
def matcher(species):
    """The matcher over them."""
    return LexiconMatcher(species)


@pytest.fixture(scope="session")
def assessor(species):
    """The assessor with the shipped model."""
    return RuleAssessor(species, today=lambda: DAY)


@pytest.fixture(scope="session")
def assess(matcher, assessor):
    """Judges one title and description, or raises."""

    def one(title, description="", **fields):
        text = Text(id="t", title=title, description=description, **fields)
        answer = assessor.assess([text], matcher.match([text]))[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return one
