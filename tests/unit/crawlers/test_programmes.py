"""Programmes and the draws that they owe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.platforms import Platform
from crawlers.programmes import Programme, Schedule, next_slot, owed_draws, slot_of
from domain.clock import Ids
from domain.errors import ConfigurationError

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def programme(**changes: object) -> Programme:
    """A small programme."""
    base = {
        "id": "wide",
        "name": "Wide",
        "platforms": ["a-market"],
        "terms": {"core": {"en": ["ivory"], "zh": ["象牙", "ivory"]}, "exploratory": {"zh": ["xy"]}},
    }
    return Programme.model_validate({**base, **changes})


PLATFORM = Platform.model_validate(
    {
        "id": "a-market", "name": "A", "base_url": "https://a.example", "lawful_basis": "Wildlife Act section 5",
        "terms_reviewed": "2026-01-01",
    }
)  # fmt: skip


@given(hours=st.integers(1, 24 * 28), at=st.times(), now=st.integers(1_610_000_000, 2_200_000_000))
def test_now_lies_in_its_slot(hours, at, now) -> None:
    """The slot of a moment is not after it and the next one is, a whole step later."""
    now = datetime.fromtimestamp(now, UTC)
    schedule = Schedule(every_hours=hours, at=f"{at.hour:02}:{at.minute:02}")

    assert slot_of(schedule, now) <= now < next_slot(schedule, now)
    assert next_slot(schedule, now) - slot_of(schedule, now) == timedelta(hours=hours)


def test_every_cell_of_the_design_is_one_draw() -> None:
    """Platform, arm and term make the cells, each drawn with a stated probability."""
    draws = list(owed_draws(programme(), {"a-market": PLATFORM}, due=NOW, ids=Ids(lambda: NOW)))

    assert [(draw.arm, draw.term, draw.inclusion_probability) for draw in draws] == [
        ("core", "ivory", 1.0), ("core", "象牙", 1.0), ("exploratory", "xy", 1.0),
    ]  # fmt: skip
    assert len({draw.id for draw in draws}) == 3


def test_an_unknown_platform_is_named() -> None:
    """A programme that asks a platform without a file does not start."""
    with pytest.raises(ConfigurationError, match="no-market"):
        list(owed_draws(programme(platforms=["no-market"]), {"a-market": PLATFORM}, due=NOW, ids=Ids(lambda: NOW)))


def test_a_platform_is_asked_the_terms_of_its_languages() -> None:
    """A Chinese market is not asked in English."""
    chinese = PLATFORM.model_copy(update={"languages": ("zh",)})

    assert [draw.term for draw in owed_draws(programme(), {"a-market": chinese}, due=NOW, ids=Ids(lambda: NOW))] == ["象牙", "ivory", "xy"]
