"""Seals what somebody else obtained and runs it through the same stages."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from crawlers.platforms import platform_of
from domain.capture import Role
from domain.sampling import Draw, DrawOutcome, DrawResult, Purpose
from evidence.importing import read_items
from ledger import draws
from marketwarden.bootstrap import House


def import_path(house: House, path: Path, *, origin: str, platform: str) -> dict[str, Any]:
    """Seal every item of a WARC, WACZ, folder, JSONL or CSV; a bad item is a problem that is named, the rest goes on."""
    started = house.clock()
    draw = Draw(
        id=house.ids(), programme="imports", purpose=Purpose.TIP, arm="none", platform=platform, term=None, url=None,
        inclusion_probability=None, due=started, max_pages=1, max_items=1, reason=f"import of {path.name}: {origin}",
    )  # fmt: skip
    with house.ledger.write() as conn:
        draws.add_draw(conn, draw)
    sealed, problems = asyncio.run(_seal_all(house, draw, path, origin))
    result = DrawResult(
        draw=draw.id, outcome=DrawOutcome.COMPLETE if not problems else DrawOutcome.PARTIAL, stop_reason="imported", started=started,
        ended=house.clock(), pages=sealed, seen=sealed, new=0, bytes_received=0, errors=len(problems),
    )  # fmt: skip
    with house.ledger.write() as conn:
        draws.record_result(conn, result)
    reports = house.run()
    return {
        "sealed": sealed, "problems": problems, "stages": {report.stage: report.done for report in reports},
        "stopped_stages": {report.stage: report.failure for report in reports if report.failure},
    }  # fmt: skip


async def _seal_all(house: House, draw: Draw, path: Path, origin: str) -> tuple[int, list[str]]:
    sealer = house.new_sealer()
    count = 0
    problems: list[str] = []
    try:
        for item in read_items(path):
            if isinstance(item, str):
                problems.append(item)
                continue
            covering = platform_of(item.url, house.platforms)
            stated = f"{origin}; obtained {item.at}" if item.at else origin
            await sealer.seal_resource(
                item.payload, url=item.url, media_type=item.media_type or "application/octet-stream", draw=draw.id,
                platform=covering.id if covering else draw.platform, role=Role.IMPORTED, parent=None, origin=stated, status=item.status,
            )  # fmt: skip
            count += 1
    finally:
        sealer.close()
    return count, problems
