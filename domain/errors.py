"""Every error of the house, in one tree.

    MarketwardenError
    |-- ConfigurationError      a file of ours or of the operator is wrong; names file, line and field
    |   `-- EnvironmentMissing  a server, a program or a folder is not there (exit 3)
    |-- CaptureError            a page could not be fetched; typed by `CaptureOutcome`
    |-- IntegrityError          bytes, log or store disagree; never caught below the command line
    |   `-- StoreFull           the disk refused a write; the crawl stops
    |-- ExtractionError         a stored page could not be read
    |-- AssessmentError         a listing could not be judged
    |-- ProjectionError         the index refused or is away; the stage catches up later
    `-- PolicyError             a rule of the programme forbids the act; never caught below the command line

A record has four outcomes and never a fifth: emitted, ignored by a declared rule,
skipped with an `Issue`, or the run stops.
"""

from __future__ import annotations


class MarketwardenError(Exception):
    """Root of the tree; `exit_code` is what the command line ends with (`interfaces.md`)."""

    exit_code = 1


class ConfigurationError(MarketwardenError):
    """A file of ours or of the operator is wrong."""

    exit_code = 2

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None, field: str | None = None) -> None:
        place = ":".join(str(part) for part in (file, line, field) if part is not None)
        super().__init__(f"{place}: {message}" if place else message)
        self.file = file
        self.line = line
        self.field = field


class EnvironmentMissing(ConfigurationError):
    """A server, a program or a folder that the act needs is not there."""

    exit_code = 3


class CaptureError(MarketwardenError):
    """A page could not be fetched; `outcome` is a `domain.capture.CaptureOutcome` value."""

    def __init__(self, message: str, *, outcome: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class IntegrityError(MarketwardenError):
    """Bytes, log or store disagree. Never caught below the command line."""


class StoreFull(IntegrityError):
    """The disk refused a write: the crawl stops, nothing is skipped."""

    exit_code = 3


class ExtractionError(MarketwardenError):
    """A stored page could not be read."""


class AssessmentError(MarketwardenError):
    """A listing could not be judged."""


class ProjectionError(MarketwardenError):
    """The index refused a document or is away; the ledger is not touched by it."""

    exit_code = 3


class PolicyError(MarketwardenError):
    """A rule of the programme forbids the act. Never caught below the command line."""
