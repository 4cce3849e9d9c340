"""robots.txt by RFC 9309, on the middleware itself with an engine that answers from a table."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import TextResponse
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager
from scrapy.statscollectors import MemoryStatsCollector

from crawlers.context import SETTING
from crawlers.door.politeness import LONGEST_CRAWL_DELAY, Politeness
from crawlers.failure import failure_of
from crawlers.robots import RobotsDeniedError, RobotsMiddleware
from domain.capture import CaptureOutcome, Exchange, RobotsDecision
from domain.clock import system_clock

URL = "http://market.example/ad/1"
AGENT = "Marketwarden/1 (wildlife trade monitoring; test)"


@dataclass
class Engine:
    """Answers robots.txt with one response or one exception, and counts."""

    answer: Any
    asked: list[str] = field(default_factory=list)

    async def download_async(self, request: Request) -> TextResponse:
        """As Scrapy's engine does it."""
        self.asked.append(request.url)
        if isinstance(self.answer, Exception):
            raise self.answer
        status, body = self.answer
        return TextResponse(request.url, status=status, body=body, request=request)


def failed(outcome: CaptureOutcome) -> Exception:
    """What the download handler raises when there was no response."""
    now = system_clock()
    exchange = Exchange(
        url=URL, method="GET", request=b"", response=b"", outcome=outcome, detail="It failed.", status=None, headers=(), body=b"",
        peer=None, tls=None, started=now, ended=now,
    )  # fmt: skip
    return failure_of(exchange, None)


def middleware(answer: Any, *, delay: float = 1.0) -> tuple[RobotsMiddleware, Engine, Politeness]:
    """A middleware whose platform answers so."""
    politeness, engine = Politeness(delay=delay), Engine(answer)
    settings = Settings({"ROBOTSTXT_OBEY": True, "USER_AGENT": AGENT})
    settings[SETTING] = SimpleNamespace(door=SimpleNamespace(politeness=politeness))
    crawler = SimpleNamespace(settings=settings, engine=engine, spider=None)
    crawler.signals = SignalManager(crawler)
    crawler.stats = MemoryStatsCollector(crawler)
    return RobotsMiddleware(crawler), engine, politeness


def decided(answer: Any, url: str = URL) -> RobotsDecision:
    """The decision that stands in the request, or RobotsDeniedError."""
    request = Request(url)
    asyncio.run(middleware(answer)[0].process_request(request))
    return request.meta["robots"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_missing_file_means_no_rules(status: int) -> None:
    """4xx is "unavailable": everything may be asked, and the decision says that there were no rules (2.3.1.3)."""
    assert decided((status, b"User-agent: *\nDisallow: /\n")) is RobotsDecision.NO_ROBOTS


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_error_means_complete_disallow(status: int) -> None:
    """5xx is "unreachable" (2.3.1.4); "too many requests" is held to be no permission either."""
    with pytest.raises(RobotsDeniedError) as caught:
        decided((status, b""))

    assert caught.value.outcome is CaptureOutcome.ROBOTS_DENIED


@pytest.mark.parametrize(
    "outcome",
    [CaptureOutcome.CONNECT_FAILED, CaptureOutcome.NAME_UNKNOWN, CaptureOutcome.TLS_FAILED, CaptureOutcome.TIMEOUT,
     CaptureOutcome.ADDRESS_REFUSED, CaptureOutcome.BUDGET_SPENT],
)  # fmt: skip
def test_an_unreachable_platform_is_not_asked_and_not_called_a_denial(outcome: CaptureOutcome) -> None:
    """Nothing is fetched (2.3.1.4), but the draw ends in what happened: a platform that is down forbade nothing."""
    with pytest.raises(RobotsDeniedError) as caught:
        decided(failed(outcome))

    assert caught.value.outcome is outcome


@pytest.mark.parametrize("error", [failed(CaptureOutcome.BAD_RESPONSE), IgnoreRequest("max redirections reached")])
def test_rules_that_cannot_be_read_deny(error: Exception) -> None:
    """A reachable server whose rules are garbage, or redirect for ever, has not allowed anything."""
    with pytest.raises(RobotsDeniedError) as caught:
        decided(error)

    assert caught.value.outcome is CaptureOutcome.ROBOTS_DENIED


def test_rules_are_heeded_for_our_agent() -> None:
    """The longest match wins, and the group of our own name counts before the one for all."""
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: marketwarden\nDisallow: /ad/\nAllow: /ad/1\n"

    assert decided((200, rules)) is RobotsDecision.ALLOWED
    with pytest.raises(RobotsDeniedError):
        decided((200, rules), "http://market.example/ad/2")


def test_crawl_delay_lengthens_the_platforms_delay() -> None:
    """It applies from the next request on, and a shorter one changes nothing."""
    longer, _, slow = middleware((200, b"User-agent: *\nCrawl-delay: 7\n"), delay=2.0)
    shorter, _, as_before = middleware((200, b"User-agent: *\nCrawl-delay: 0.5\n"), delay=2.0)
    asyncio.run(longer.process_request(Request(URL)))
    asyncio.run(shorter.process_request(Request(URL)))

    assert (slow.delay, as_before.delay) == (7.0, 2.0)


@pytest.mark.parametrize("stated", [f"{LONGEST_CRAWL_DELAY + 1}", "1e300"])
def test_a_delay_beyond_reason_is_a_refusal(stated: str) -> None:
    """We neither wait for ever nor ask faster than we were told."""
    with pytest.raises(RobotsDeniedError):
        decided((200, f"User-agent: *\nCrawl-delay: {stated}\n".encode()))


@pytest.mark.parametrize("stated", ["nan", "inf", "-5", "soon", ""])
def test_a_delay_that_is_none_changes_nothing(stated: str) -> None:
    """Nonsense in a field of the rules does not undo the rules."""
    robots, _, politeness = middleware((200, f"User-agent: *\nCrawl-delay: {stated}\nDisallow: /ad/\n".encode()), delay=2.0)

    with pytest.raises(RobotsDeniedError):
        asyncio.run(robots.process_request(Request(URL)))
    assert politeness.delay == 2.0


def test_half_a_megabyte_of_rules_is_read() -> None:
    """RFC 9309 asks for 500 KiB at least: rules within are heeded, rules far behind are not read, and a cut line is no rule."""
    filler = b"Disallow: /nowhere\n"
    within = b"User-agent: *\n" + filler * (490 * 1024 // len(filler)) + b"Disallow: /ad/\n"
    behind = b"User-agent: *\n" + b"Disallow: /nowhere-to-be\n" * 40_000 + b"Disallow: /ad/\n"

    with pytest.raises(RobotsDeniedError):
        decided((200, within))
    assert decided((200, behind)) is RobotsDecision.ALLOWED
    assert decided((200, b"User-agent: *\nDisallow: /" + b"x" * 600_000)) is RobotsDecision.ALLOWED


def test_a_host_is_asked_once_and_each_host_for_itself() -> None:
    """Two pages of one host share its rules; robots.txt itself needs no permission."""
    robots, engine, _ = middleware((404, b""))

    async def crawl() -> None:
        for url in (URL, "http://market.example/ad/2", "http://m.market.example/ad/2"):
            await robots.process_request(Request(url))
        await robots.process_request(Request("http://x.example/robots.txt", meta={"dont_obey_robotstxt": True}))

    asyncio.run(crawl())

    assert engine.asked == ["http://market.example/robots.txt", "http://m.market.example/robots.txt"]
