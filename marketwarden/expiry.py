"""Expiry: whole intake segments go, flagged records are in kept/ already, the purge is in the log."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from evidence.purge import intake_days, purge_intake
from marketwarden.bootstrap import House


def expire_intake(house: House, *, day: date | None, authority: str) -> dict[str, Any]:
    """Expire one day's intake, or every day past retention; answers what went.

    Everything pending is absorbed and queued first, so nothing that would be flagged is dropped unseen;
    a stage that is stopped stops the expiry.
    """
    from domain.errors import PolicyError

    reports = house.run()
    stopped = [report for report in reports if report.failure and report.stage != "index"]
    if stopped:
        raise PolicyError(f"{stopped[0].stage} is stopped ({stopped[0].failure}): what was not judged may not expire")
    limit = house.clock().date() - timedelta(days=house.settings.retention.intake_days)
    days = [day] if day is not None else [found for found in intake_days(house.store) if found < limit]
    gone: list[str] = []
    for each in days:
        result = purge_intake(house.store, each, authority=authority)
        gone.extend(result.segments)
    house.run_only("absorb")
    return {"days": [each.isoformat() for each in days], "segments": gone, "authority": authority}
