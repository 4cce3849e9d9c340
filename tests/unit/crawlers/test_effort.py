"""What came of a draw, from what was counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.effort import Effort
from domain.capture import CaptureOutcome
from domain.sampling import Draw, DrawOutcome, DrawResult, Purpose

START = datetime(2026, 11, 1, tzinfo=UTC)
END = datetime(2026, 11, 1, 1, tzinfo=UTC)


def result_of(*failures: str, pages: int, stop: str = "all_seen") -> DrawResult:
    """The result of a draw with so many pages and these failures."""
    draw = Draw(
        id=7, programme="p", purpose=Purpose.SURVEY, arm="core", platform="m", term="ivory", url=None, inclusion_probability=1.0,
        due=START, max_pages=1, max_items=10,
    )  # fmt: skip
    effort = Effort(draw=draw, started=START, pages=pages, stop=stop)
    for failure in failures:
        effort.fail(failure)
    return effort.result(lambda: END)


@pytest.mark.parametrize(
    ("failures", "pages", "outcome", "reason"),
    [
        ((), 3, DrawOutcome.COMPLETE, "all_seen"),
        ((), 0, DrawOutcome.FAILED, "all_seen"),
        (("timeout",), 2, DrawOutcome.PARTIAL, "timeout"),
        (("timeout",), 0, DrawOutcome.FAILED, "timeout"),
        ((CaptureOutcome.ROBOTS_DENIED,), 0, DrawOutcome.BLOCKED, "robots_denied"),
        ((CaptureOutcome.BUDGET_SPENT,), 4, DrawOutcome.PARTIAL, "budget_spent"),
        (("challenge",), 0, DrawOutcome.BLOCKED, "challenge"),
        (("timeout", "http_500", "timeout"), 0, DrawOutcome.FAILED, "timeout,http_500"),
        (("timeout", "challenge"), 0, DrawOutcome.BLOCKED, "timeout,challenge"),
    ],
)
def test_the_outcome_of_a_draw(failures: tuple[str, ...], pages: int, outcome: DrawOutcome, reason: str) -> None:
    """Nothing seen is blocked or failed, never an empty answer; each reason is named once, in order."""
    result = result_of(*failures, pages=pages)

    assert (result.outcome, result.stop_reason) == (outcome, reason)


@given(st.lists(st.sampled_from(["timeout", "challenge", "robots_denied", "http_500", "shell"])), st.integers(0, 5))
def test_no_failure_is_lost_and_only_a_clean_draw_is_complete(failures: list[str], pages: int) -> None:
    """Every failed request is counted, and complete means pages without any."""
    result = result_of(*failures, pages=pages)

    assert result.errors == len(failures)
    assert (result.outcome is DrawOutcome.COMPLETE) == (pages > 0 and not failures)
    assert set(result.stop_reason.split(",")) == (set(failures) or {"all_seen"})


def test_a_draw_without_failures_says_why_it_stopped() -> None:
    """The cap that ended it is the reason, with start and end of the effort."""
    result = result_of(pages=1, stop="max_items")

    assert (result.stop_reason, result.started, result.ended, result.draw) == ("max_items", START, END, 7)
