"""A fetch that gave no response to read, as the spider's errback sees it. Its capture is sealed already."""

from __future__ import annotations

from domain.capture import CaptureOutcome, Exchange, Sealed
from domain.errors import CaptureError

_TRANSIENT = (CaptureOutcome.CONNECT_FAILED, CaptureOutcome.TIMEOUT, CaptureOutcome.TRUNCATED_DISCONNECT, CaptureOutcome.NAME_UNKNOWN)


class FetchFailed(CaptureError):
    """Not retried by Scrapy: it is in no list of exceptions to retry."""

    def __init__(self, exchange: Exchange, sealed: Sealed) -> None:
        super().__init__(f"{exchange.url}: {exchange.detail}", outcome=exchange.outcome)
        self.sealed = sealed


class TransientFetchFailed(FetchFailed):
    """May pass by itself. A crawl that wants retries adds this class to `RETRY_EXCEPTIONS`."""


def failure_of(exchange: Exchange, sealed: Sealed) -> FetchFailed:
    """The exception for an exchange that has no response to read."""
    return (TransientFetchFailed if exchange.outcome in _TRANSIENT else FetchFailed)(exchange, sealed)
