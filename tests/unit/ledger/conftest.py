"""A migrated ledger in a temporary file, and rows to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.capture import Capture, CaptureOutcome, Location, Record, Role, Sealed
from domain.sampling import Draw, Purpose
from ledger.engine import Ledger

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    opened = Ledger.open(tmp_path / "ledger.db")
    opened.migrate()
    yield opened
    opened.close()


def draw(number: int, *, term: str = "ivory", due: datetime = NOW, platform: str = "a-market") -> Draw:
    """A survey draw."""
    return Draw(
        id=number, programme="wide", purpose=Purpose.SURVEY, arm="core", platform=platform, term=term, url=None, inclusion_probability=1.0,
        due=due, max_pages=3, max_items=50,
    )  # fmt: skip


def sealed(number: int, *, role: Role = Role.PAGE, parent: int | None = None) -> Sealed:
    """A capture with one record."""
    capture = Capture(
        id=number, draw=1, platform="a-market", role=role, url=f"https://a.example/ad/{number}", method="GET", status=200,
        outcome=CaptureOutcome.OK, at=NOW + timedelta(seconds=number), payload_digest="sha256:aa", payload_length=3,
        records=(Record(type="response", digest="sha256:bb", length=9),), parent=parent, log="log-1", position=number,
    )  # fmt: skip
    place = Location(
        capture=number, record=0, tier="intake", segment="intake/2026-11-24/a-market/000001.warc.gz", offset=9 * number, length=9
    )
    return Sealed(capture=capture, locations=(place,))
