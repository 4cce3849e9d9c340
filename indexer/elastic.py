"""Elasticsearch: monthly indices behind an alias, strict mapping, the ledger's revision as external version."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from domain.clock import iso
from domain.errors import ProjectionError
from domain.index import BulkResult, ListingDocument, ListingHits, ListingQuery
from domain.text import query_phrases
from indexer.documents import from_source, mapping, to_source
from indexer.question import checked_filters, every_document

if TYPE_CHECKING:
    from elasticsearch import AsyncElasticsearch

T = TypeVar("T")
_SECONDS = 30
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ElasticSettings:
    """Where the cluster is and who we are to it."""

    hosts: tuple[str, ...]
    prefix: str = "mw"
    user: str | None = None
    password: str | None = None
    ca_file: Path | None = None


class ElasticIndex:
    """Every call opens and closes its own client: the port is synchronous and a batch is large."""

    name = "elasticsearch"

    def __init__(self, settings: ElasticSettings) -> None:
        self._settings = settings
        self._alias = f"{settings.prefix}-listings"

    def _index(self, document: ListingDocument) -> str:
        """A listing's month of first sighting never changes, so it has one document for ever."""
        return f"{self._alias}-{document.month}-g1"

    def _run(self, act: Callable[[AsyncElasticsearch], Awaitable[T]]) -> T:
        """Run one act; whatever keeps the cluster from answering is a ProjectionError."""
        from elasticsearch import ApiError, AsyncElasticsearch, TransportError

        async def call() -> T:
            settings = self._settings
            options: dict[str, Any] = {"request_timeout": _SECONDS, "retry_on_timeout": True, "max_retries": 2}
            if settings.user is not None:
                options["basic_auth"] = (settings.user, settings.password or "")
            if settings.ca_file is not None:
                options["ca_certs"] = str(settings.ca_file)
            async with AsyncElasticsearch(list(settings.hosts), **options) as client:
                return await act(client)

        try:
            return asyncio.run(call())
        except (ApiError, TransportError) as error:
            raise ProjectionError(f"Elasticsearch: {error}") from error

    def prepare(self) -> None:
        """Put the template that makes every monthly index; raises ProjectionError when the cluster is away."""
        body = {
            "settings": {"number_of_shards": 1, "number_of_replicas": 0, "auto_expand_replicas": "0-1"},
            "mappings": mapping(),
            "aliases": {self._alias: {}},
        }
        body["settings"].pop("number_of_replicas")

        async def act(client: AsyncElasticsearch) -> None:
            await client.cluster.health(timeout=f"{_SECONDS}s")
            await client.indices.put_index_template(name=self._alias, index_patterns=[f"{self._alias}-*"], template=body)

        self._run(act)

    def write(self, documents: Sequence[ListingDocument]) -> BulkResult:
        """One bulk; 409 means that the cluster has the document newer."""
        from elasticsearch.helpers import async_streaming_bulk

        async def actions() -> AsyncIterator[dict[str, Any]]:
            for document in documents:
                yield {
                    "_op_type": "index", "_index": self._index(document), "_id": str(document.id), "version": document.revision,
                    "version_type": "external_gte", "_source": to_source(document),
                }  # fmt: skip

        async def act(client: AsyncElasticsearch) -> BulkResult:
            written = stale = 0
            failed: list[tuple[int, str]] = []
            stream = async_streaming_bulk(client, actions(), raise_on_error=False, raise_on_exception=True, chunk_size=_CHUNK)
            async for fine, answer in stream:
                (result,) = answer.values()
                if fine:
                    written += 1
                elif result.get("status") == 409:
                    stale += 1
                else:
                    failed.append((int(result["_id"]), str(result.get("error"))[:500]))
            await client.indices.refresh(index=f"{self._alias}-*", allow_no_indices=True, ignore_unavailable=True)
            return BulkResult(written=written, stale=stale, failed=tuple(failed))

        return self._run(act)

    def delete(self, ids: Sequence[int]) -> None:
        """Remove documents wherever they are, by id in bulk."""
        from elasticsearch.helpers import async_bulk

        async def act(client: AsyncElasticsearch) -> None:
            found = await client.search(
                index=self._alias, query={"ids": {"values": [str(each) for each in ids]}}, size=len(ids), source=False,
                ignore_unavailable=True, allow_no_indices=True,
            )  # fmt: skip
            actions = [{"_op_type": "delete", "_index": hit["_index"], "_id": hit["_id"]} for hit in found["hits"]["hits"]]
            await async_bulk(client, actions, refresh=True)

        self._run(act)

    def search(self, query: ListingQuery) -> ListingHits:
        """Phrases all match, filters hold; newest first."""
        body = _query(query)

        async def act(client: AsyncElasticsearch) -> ListingHits:
            answer = await client.search(
                index=self._alias, query=body, sort=[{"id": "desc"}], size=query.limit + 1, track_total_hits=True,
                search_after=[query.after] if query.after is not None else None, ignore_unavailable=True, allow_no_indices=True,
            )  # fmt: skip
            hits = answer["hits"]["hits"]
            documents = tuple(from_source(hit["_source"]) for hit in hits[: query.limit])
            return ListingHits(
                total=answer["hits"]["total"]["value"],
                documents=documents,
                next_after=documents[-1].id if len(hits) > query.limit else None,
            )

        return self._run(act)

    def scan(self) -> Iterator[ListingDocument]:
        """Every document, newest first."""
        return every_document(self.search)

    def count(self) -> int:
        """Number of documents."""

        async def act(client: AsyncElasticsearch) -> int:
            answer = await client.count(index=self._alias, ignore_unavailable=True, allow_no_indices=True)
            return int(answer["count"])

        return self._run(act)

    def drop(self) -> None:
        """Remove every index of ours, by name: clusters may forbid wildcards in removals."""

        async def act(client: AsyncElasticsearch) -> None:
            found = await client.indices.get(index=f"{self._alias}-*", allow_no_indices=True, ignore_unavailable=True)
            for name in found:
                await client.indices.delete(index=name)

        self._run(act)

    def close(self) -> None:
        """Nothing is held."""


def _query(query: ListingQuery) -> dict[str, Any]:
    phrases = query_phrases(query.text)
    if query.text.strip() and not phrases:
        return {"match_none": {}}
    clauses: list[dict[str, Any]] = [{"match_phrase": {"tokens": " ".join(phrase)}} for phrase in phrases]
    clauses += [{"terms": {name: list(values)}} for name, values in checked_filters(query).items()]
    window = {"gte": query.since, "lt": query.until}
    stated = {name: iso(at) for name, at in window.items() if at is not None}
    if stated:
        clauses.append({"range": {"first_seen": stated}})
    return {"bool": {"filter": clauses}} if clauses else {"match_all": {}}
