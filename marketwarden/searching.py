"""The index as the command line shows it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from domain.errors import ConfigurationError, ProjectionError
from domain.index import FILTERS, ListingQuery
from ledger import projection
from marketwarden.bootstrap import House


def search_view(house: House, text: str, *, where: list[str], limit: int, after: int | None) -> dict[str, Any]:
    """Documents that match, newest first; raises ProjectionError when the engine is away."""
    filters: dict[str, tuple[str, ...]] = {}
    for condition in where:
        name, sign, value = condition.partition("=")
        if not sign or name not in FILTERS:
            raise ConfigurationError(f"{condition!r}: FIELD=VALUE with a field of {', '.join(FILTERS)}")
        filters[name] = (*filters.get(name, ()), value)
    index = house.index
    index.prepare()
    hits = index.search(ListingQuery(text=text, filters=filters, limit=limit, after=after))
    documents = [{name: value for name, value in asdict(document).items() if name != "tokens"} for document in hits.documents]
    return {"engine": index.name, "total": hits.total, "next_after": hits.next_after, "documents": documents, "demo": house.is_demo}


def status_view(house: House) -> dict[str, Any]:
    """Engine, number of documents, backlog; `away` says why when the engine does not answer."""
    with house.ledger.read() as conn:
        backlog = projection.backlog(conn, house.index.name)
    answer: dict[str, Any] = {"engine": house.index.name, "behind": backlog, "documents": None, "away": None, "demo": house.is_demo}
    try:
        house.index.prepare()
        answer["documents"] = house.index.count()
    except ProjectionError as error:
        answer["away"] = str(error)
    return answer


def rebuild_index(house: House) -> int:
    """Drop every document and write all again; answers how many were written."""
    index = house.index
    index.prepare()
    index.drop()
    index.prepare()
    with house.ledger.write() as conn:
        projection.forget_indexed(conn, index.name)
    report = house.run_only("index")
    if report.failure:
        raise ProjectionError(report.failure)
    return report.done
