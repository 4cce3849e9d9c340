"""Documents in batches beside one document a call, on the embedded engine and on Elasticsearch where it can start, and growth.

    python -m benchmarks.index [--documents 2000] [--singles 200] [--growth 2000 8000] [--no-elasticsearch]

Figures are wall time: the work of Elasticsearch is done in another process.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.index import ListingDocument, ListingQuery
from domain.ports import ListingIndex
from domain.text import index_tokens
from indexer.open import IndexSettings, open_index
from tests.servers.elasticsearch import NotAvailable, running

BATCH = 500
START = datetime(2026, 10, 1, tzinfo=UTC)
_WORDS = ("ivory", "tusk", "carved", "bangle", "parrot", "tortoise", "python", "skin", "table", "lamp", "silver", "phone", "coral", "live")


def document(number: int, revision: int = 1) -> ListingDocument:
    """A document with a title and 120 words. Equal number, equal document."""
    chance = random.Random(number)
    title, text = " ".join(chance.choices(_WORDS, k=7)), " ".join(chance.choices(_WORDS, k=120))
    seen = START + timedelta(minutes=number)
    return ListingDocument(
        id=number, revision=revision, month=seen.strftime("%Y.%m"), platform=f"market-{number % 5}", kind="listing", title=title,
        tokens=index_tokens(f"{title} {text}"), language="en", country=None, price=12.5, currency="EUR", category=None,
        seller=f"s-{number % 97}", first_seen=seen, last_seen=seen, status="present", verdict="doubtful", probability=0.7,
        flagged=number % 7 == 0, intent="offer", specimen="genuine", taxa=("Elephantidae",), appendix="I", products=("IVC",), decision=None,
        queued=False, captures=(number,), records=(f"sha256:{number:064x}",), log="log-1", positions=(number,), demo=True,
    )  # fmt: skip


def write(index: ListingIndex, documents: Sequence[ListingDocument], size: int) -> float:
    """Milliseconds a document, `size` documents a call."""
    begun = time.perf_counter()
    for start in range(0, len(documents), size):
        result = index.write(documents[start : start + size])
        if result.failed or result.stale:
            raise SystemExit(f"{index.name} did not take all: {result}")
    return (time.perf_counter() - begun) / len(documents) * 1e3


def measure(index: ListingIndex, *, count: int, singles: int, growth: Sequence[int]) -> None:
    """Batches beside single calls, then growth of one index."""
    index.prepare()
    batched = write(index, [document(number) for number in range(count)], BATCH)
    single = write(index, [document(count + number) for number in range(singles)], 1)
    if index.count() != count + singles:
        raise SystemExit(f"{index.name} has {index.count()} documents, not {count + singles}")
    print(f"\n{index.name}: ms a document\n  batches of {BATCH:<12}{batched:>10.3f}\n  one a call            {single:>10.3f}")
    print(f"  single / batch        {single / batched:>10.1f}")
    index.drop()
    index.prepare()
    print(f"\n{'documents':>11}{'new, ms':>12}{'changed, ms':>14}{'search, ms':>14}")
    at = 0
    for total in growth:
        new = write(index, [document(number) for number in range(at, total)], BATCH)
        changed = write(index, [document(number, total) for number in range(0, total, max(1, total // 1000))], BATCH)
        begun = time.perf_counter()
        for _ in range(10):
            hits = index.search(ListingQuery(text='"carved bangle" tusk', filters={"platform": ("market-1",)}))
        if hits.total == 0:
            raise SystemExit("the search found nothing")
        print(f"{total:>11}{new:>12.3f}{changed:>14.3f}{(time.perf_counter() - begun) * 100:>14.2f}", flush=True)
        at = total
    index.drop()
    index.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--singles", type=int, default=200)
    parser.add_argument("--growth", type=int, nargs="*", default=[2000, 8000])
    parser.add_argument("--no-elasticsearch", action="store_true")
    arguments = parser.parse_args()
    sizes = {"count": arguments.documents, "singles": arguments.singles, "growth": arguments.growth}
    with tempfile.TemporaryDirectory() as folder:
        measure(open_index(IndexSettings(engine="embedded", path=Path(folder) / "listings.db", hosts=(), prefix="bench")), **sizes)
        if arguments.no_elasticsearch:
            return
        try:
            with running() as node:
                path = Path(folder) / "unused.db"
                measure(open_index(IndexSettings(engine="elasticsearch", path=path, hosts=(node.url,), prefix="bench")), **sizes)
        except NotAvailable as missing:
            print(f"\nelasticsearch: not measured: {missing}")


if __name__ == "__main__":
    main()
