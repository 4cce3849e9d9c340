"""Absorbing captures and claiming and finishing records in the ledger, beside plain sqlite3, and growth.

    python -m benchmarks.ledger [--rows 5000] [--growth 1000 10000 50000]

The baseline is what one would write without a ledger: sqlite3 in WAL mode with the same durability, one table of captures with
the same JSON and one of finished records, the same batches, no leases, no guards against a second worker.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.capture import Capture, CaptureOutcome, Location, Record, Role, Sealed
from domain.codec import to_json
from ledger import captures, stages
from ledger.engine import Ledger

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ABSORB, CLAIM = 1000, 256


def sealed(number: int) -> Sealed:
    """A capture with a response and a request record."""
    digest = f"sha256:{number:064x}"
    capture = Capture(
        id=number, draw=1, platform="a-market", role=Role.PAGE, url=f"https://a.example/ad/{number}", method="GET", status=200,
        outcome=CaptureOutcome.OK, at=NOW + timedelta(milliseconds=number), payload_digest=digest, payload_length=94_000,
        records=(Record(type="response", digest=digest, length=20_000), Record(type="request", digest=digest, length=300)),
        config="sha256:00", software="benchmark", media_type="text/html", log="log-1", position=number - 1,
    )  # fmt: skip
    places = tuple(
        Location(capture=number, record=index, tier="intake", segment="intake/2026-11-24/a-market/1.warc.gz", offset=number, length=9)
        for index in (0, 1)
    )
    return Sealed(capture=capture, locations=places)


def groups(start: int, count: int, size: int) -> Iterator[range]:
    """Consecutive numbers in pieces of `size`."""
    for first in range(start, start + count, size):
        yield range(first, min(first + size, start + count))


def absorb(ledger: Ledger, start: int, count: int) -> float:
    """CPU microseconds a capture."""
    batches = [[sealed(number) for number in group] for group in groups(start, count, ABSORB)]
    begun = time.process_time()
    for batch in batches:
        first = batch[0].capture.position
        with ledger.write() as conn:
            captures.absorb(conn, "log-1", start=first, end=first + len(batch), sealed=batch)
    return (time.process_time() - begun) / count * 1e6


def claim_and_finish(ledger: Ledger) -> tuple[int, float]:
    """Records of this pass, and CPU microseconds a record: from nothing claimed to nothing pending, as a run of a stage does it."""
    done = after = 0
    begun = time.process_time()
    while True:
        with ledger.write() as conn:
            ids = stages.claim(
                conn, "extract", "v1", after=after, limit=CLAIM, holder="me", now=NOW, until=NOW + timedelta(minutes=15)
            )  # fmt: skip
        if not ids:
            break
        with ledger.write() as conn:
            stages.finish(conn, "extract", "v1", [(number, "new") for number in ids], at=NOW)
        done, after = done + len(ids), ids[-1]
    return done, (time.process_time() - begun) / max(done, 1) * 1e6


def idle_claim(ledger: Ledger) -> float:
    """CPU milliseconds of a claim that finds nothing: what every run pays first."""
    begun = time.process_time()
    with ledger.write() as conn:
        stages.claim(conn, "extract", "v1", after=0, limit=CLAIM, holder="me", now=NOW, until=NOW + timedelta(minutes=15))
    return (time.process_time() - begun) * 1e3


def plain(folder: Path, count: int) -> tuple[float, float]:
    """CPU microseconds a row of absorbing, and of claiming and finishing, by plain sqlite3."""
    database = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE capture (id INTEGER PRIMARY KEY, url TEXT, at INTEGER, position INTEGER UNIQUE, body TEXT)")
    database.execute("CREATE TABLE location (capture INTEGER, record INTEGER, segment TEXT, at INTEGER, PRIMARY KEY (capture, record))")
    database.execute("CREATE TABLE done (record INTEGER PRIMARY KEY, outcome TEXT)")
    batches = [[sealed(number) for number in group] for group in groups(1, count, ABSORB)]
    begun = time.process_time()
    for batch in batches:
        database.execute("BEGIN IMMEDIATE")
        rows = [(each.capture.id, each.capture.url, 1, each.capture.position, json.dumps(to_json(each.capture))) for each in batch]
        database.executemany("INSERT INTO capture VALUES (?, ?, ?, ?, ?)", rows)
        places = [(each.capture.id, place.record, place.segment, place.offset) for each in batch for place in each.locations]
        database.executemany("INSERT INTO location VALUES (?, ?, ?, ?)", places)
        database.execute("COMMIT")
    absorbed = (time.process_time() - begun) / count * 1e6
    begun, after = time.process_time(), 0
    query = "SELECT id FROM capture WHERE id > ? AND NOT EXISTS (SELECT 1 FROM done WHERE record = capture.id) ORDER BY id LIMIT ?"
    while ids := [row[0] for row in database.execute(query, (after, CLAIM))]:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO done VALUES (?, 'new')", [(number,) for number in ids])
        database.execute("COMMIT")
        after = ids[-1]
    finished = (time.process_time() - begun) / count * 1e6
    database.close()
    return absorbed, finished


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--growth", type=int, nargs="*", default=[1000, 10_000, 50_000])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder) / "ledger.db")
        ledger.migrate()
        ours = absorb(ledger, 1, arguments.rows), claim_and_finish(ledger)[1]
        ledger.close()
        theirs = plain(Path(folder), arguments.rows)
    print(f"{arguments.rows} rows; CPU microseconds a row\n")
    print(f"{'':<20}{'ledger':>10}{'sqlite3':>10}{'ledger / sqlite3':>20}")
    for name, mine, other in zip(("absorb", "claim and finish"), ours, theirs, strict=True):
        print(f"{name:<20}{mine:>10.0f}{other:>10.0f}{mine / other:>20.2f}")
    print(f"\n{'rows':>8}{'absorb us':>12}{'claim+finish us':>18}{'idle claim ms':>16}")
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder) / "ledger.db")
        ledger.migrate()
        at = 0
        for total in arguments.growth:
            absorbed = absorb(ledger, at + 1, total - at)
            done, finished = claim_and_finish(ledger)
            if done != total - at:
                raise SystemExit(f"{done} records were handled, not {total - at}")
            print(f"{total:>8}{absorbed:>12.0f}{finished:>18.0f}{idle_claim(ledger):>16.1f}", flush=True)
            at = total
        ledger.close()


if __name__ == "__main__":
    main()
