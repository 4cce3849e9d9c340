"""A real home in a temporary folder, and pages sealed into it as a crawl would."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from classifiers.assessor import RuleAssessor
from classifiers.matcher import LexiconMatcher
from domain.capture import CaptureOutcome, Exchange, RobotsDecision, Role, Sealed
from domain.sampling import Draw, Purpose
from ledger import draws, stages
from marketwarden.bootstrap import House, create_home, open_house, species_index
from marketwarden.stages.stage import StageReport

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
IVORY = "Carved elephant ivory tusk for sale, genuine old ivory, 2 kg, 1500 USD, shipping worldwide, no papers"
LAMP = "Wooden table lamp in good condition, collected in person"
PLATFORM = {
    "id": "a-market", "name": "A Market", "base_url": "http://a-market.example", "listing_url": "/ad/(?P<native_id>[0-9]+)",
    "search": {"url": "{base}/s/{term}", "first_page": 1}, "lawful_basis": "Test on loopback.", "terms_reviewed": "2026-01-01",
    "delay_seconds": 0, "allow_loopback": True, "demo": True,
}  # fmt: skip


class Ticking:
    """A clock that moves a millisecond each time it is read, and further when told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """The next moment."""
        self.now += timedelta(milliseconds=1)
        return self.now


def page(title: str, text: str = "", *, price: str = "45.00") -> bytes:
    """A listing page as small markets have them."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | A Market</title><meta property="og:type" content="product">'
        f'<meta property="og:title" content="{title}"></head><body><main><h1>{title}</h1><p class="price">$ {price}</p>'
        f'<div class="description"><p>{text or title}</p></div></main></body></html>'
    ).encode()


def exchange(body: bytes, *, path: str, status: int = 200, media: str = "text/html; charset=utf-8", at: datetime = START) -> Exchange:
    """A complete answer to `GET path`."""
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return Exchange(
        url=f"http://a-market.example{path}", method="GET", request=f"GET {path} HTTP/1.1\r\nHost: a-market.example\r\n\r\n".encode(),
        response=head + body, outcome=CaptureOutcome.OK, detail="", status=status, headers=((b"Content-Type", media.encode()),), body=body,
        peer="127.0.0.1:80", tls=None, started=at, ended=at,
    )  # fmt: skip


class Market:
    """One home with one platform; `open` is a new process each time."""

    def __init__(self, folder: Path, matcher: LexiconMatcher, assessor: RuleAssessor) -> None:
        self.path = folder / "home"
        self.clock = Ticking()
        self._matcher, self._assessor = matcher, assessor
        home = create_home(self.path, kind="demo")
        (home.overlay("platforms") / "a-market.yml").write_text(yaml.safe_dump(PLATFORM), encoding="utf-8")

    @contextmanager
    def open(self) -> Iterator[House]:
        """The house, with matcher and assessor loaded once for all tests."""
        with open_house(self.path, clock=self.clock) as house:
            house.__dict__["matcher"], house.__dict__["assessor"] = self._matcher, self._assessor
            yield house

    def seal(self, house: House, *exchanges: Exchange, draw: int = 1, role: Role = Role.PAGE, parent: int | None = None) -> list[Sealed]:
        """Seal answers one after the other, by one sealer."""
        sealer = house.new_sealer()

        async def each() -> list[Sealed]:
            return [
                await sealer.seal_exchange(one, draw=draw, platform="a-market", role=role, robots=RobotsDecision.ALLOWED, parent=parent)
                for one in exchanges
            ]

        try:
            return asyncio.run(each())
        finally:
            sealer.close()

    def resource(self, house: House, data: bytes, *, path: str, role: Role, media: str = "text/html", parent: int | None = None) -> Sealed:
        """Seal bytes that no server gave."""
        sealer = house.new_sealer()
        try:
            return asyncio.run(
                sealer.seal_resource(
                    data, url=f"http://a-market.example{path}", media_type=media, draw=1, platform="a-market", role=role, parent=parent,
                    origin="a colleague" if role is Role.IMPORTED else None,
                )
            )  # fmt: skip
        finally:
            sealer.close()

    def listing(self, house: House, number: int, text: str, *, draw: int = 1, status: int = 200) -> Sealed:
        """Seal one listing page."""
        (sealed,) = self.seal(house, exchange(page(text), path=f"/ad/{number}", status=status, at=self.clock()), draw=draw)
        return sealed

    def tip(self, house: House, url: str | None) -> int:
        """A draw by a tip; without `url` it is an import."""
        draw = Draw(
            id=house.ids(), programme="tips", purpose=Purpose.TIP, arm="none", platform="a-market", term=None, url=url,
            inclusion_probability=None, due=house.clock(), max_pages=1, max_items=1, reason="seen by an officer",
        )  # fmt: skip
        with house.ledger.write() as conn:
            draws.add_draw(conn, draw)
        return draw.id


def fine(reports: list[StageReport]) -> dict[str, int]:
    """What each stage did; no stage has failed."""
    assert [report for report in reports if report.failure] == []
    return {report.stage: report.done for report in reports}


def outcomes(house: House, stage: str) -> dict[str, int]:
    """How records of a stage ended."""
    with house.ledger.read() as conn:
        return stages.outcomes(conn, stage)


@pytest.fixture(scope="session")
def brains() -> tuple[LexiconMatcher, RuleAssessor]:
    """Matcher and assessor of the shipped lists, with the day of START."""
    species = species_index()
    return LexiconMatcher(species), RuleAssessor(species, today=START.date, threshold=0.5)


@pytest.fixture
def market(tmp_path: Path, brains: tuple[LexiconMatcher, RuleAssessor]) -> Market:
    """An empty home."""
    return Market(tmp_path, *brains)
