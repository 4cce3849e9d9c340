"""The engines under test: the embedded one always, a real Elasticsearch node where it can run."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.index import ListingDocument
from domain.ports import ListingIndex
from domain.text import index_tokens
from indexer.open import IndexSettings, open_index
from tests.servers.elasticsearch import Node, NotAvailable, running

START = datetime(2026, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """A node for the session; skipped with the reason where it cannot run, a failure under CI."""
    try:
        with running() as started:
            yield started
    except NotAvailable as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"elasticsearch: {missing}")
        pytest.skip(f"elasticsearch: {missing}")


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ListingIndex]:
    """An empty, prepared index."""
    hosts = (request.getfixturevalue("node").url,) if request.param == "elasticsearch" else ()
    prefix = f"t{uuid.uuid4().hex[:10]}"
    opened = open_index(IndexSettings(engine=request.param, path=tmp_path / "index" / "listings.db", hosts=hosts, prefix=prefix))
    opened.prepare()
    yield opened
    opened.drop()
    opened.close()


def document(number: int, text: str, **changes: object) -> ListingDocument:
    """A document with this text."""
    values: dict[str, object] = {
        "id": number, "revision": 1, "month": "2026.10" if number % 2 else "2026.11", "platform": "a-market", "kind": "listing",
        "title": text,
        "tokens": index_tokens(text), "language": "en", "country": None, "price": 12.5, "currency": "USD", "category": None,
        "seller": "s-12", "first_seen": START + timedelta(days=number), "last_seen": START + timedelta(days=number, microseconds=1),
        "status": "present", "verdict": "doubtful", "probability": 0.7, "flagged": True, "intent": "offer", "specimen": "genuine",
        "taxa": ("Elephantidae",), "appendix": "I", "products": ("IVC",), "decision": None, "queued": True, "captures": (number,),
        "records": ("sha256:aa",), "log": "log-1", "positions": (number,), "demo": True,
    }  # fmt: skip
    return ListingDocument(**{**values, **changes})  # type: ignore[arg-type]
