"""The embedded engine: SQLite FTS5 over our own tokens, in a file of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import orjson

from domain.clock import iso
from domain.errors import ProjectionError
from domain.index import FILTERS, BulkResult, ListingDocument, ListingHits, ListingQuery
from domain.text import query_phrases
from indexer.documents import TUPLES, from_source, to_source
from indexer.question import checked_filters, every_document

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, first_seen TEXT NOT NULL, source BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS document_first_seen ON document (first_seen);
CREATE TABLE IF NOT EXISTS facet (field TEXT NOT NULL, value NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (field, value, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS facet_id ON facet (id);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    tokens, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* S* Co'"
);
"""
_SCHEMA_OLD = _SCHEMA.replace("content='', contentless_delete=1, ", "")
"""SQLite before 3.43 has no contentless delete; there FTS5 keeps its own copy of the tokens."""


class EmbeddedIndex:
    """One file; the documents' revisions are their external versions."""

    name = "embedded"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None

    def prepare(self) -> None:
        """Create what is missing."""
        if self._database is not None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self._path, isolation_level=None, timeout=60, check_same_thread=False)
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=NORMAL")
            database.executescript(_SCHEMA if sqlite3.sqlite_version_info >= (3, 43) else _SCHEMA_OLD)
        except (sqlite3.Error, OSError) as error:
            raise ProjectionError(f"the embedded index cannot be opened: {error}") from error
        self._database = database

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self._database is None:
            raise ProjectionError("the embedded index is not prepared")
        try:
            self._database.execute("BEGIN IMMEDIATE")
            yield self._database
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise ProjectionError(f"the embedded index refused: {error}") from error

    def write(self, documents: Sequence[ListingDocument]) -> BulkResult:
        """Store what is newer than what is there."""
        written = stale = 0
        with self._transaction() as database:
            for document in documents:
                row = database.execute("SELECT revision FROM document WHERE id = ?", (document.id,)).fetchone()
                if row is not None and row[0] >= document.revision:
                    stale += row[0] > document.revision
                    written += row[0] == document.revision
                    continue
                self._remove(database, document.id)
                self._insert(database, document)
                written += 1
        return BulkResult(written=written, stale=stale)

    def _insert(self, database: sqlite3.Connection, document: ListingDocument) -> None:
        source = orjson.dumps(to_source(document))
        database.execute("INSERT INTO document VALUES (?, ?, ?, ?)", (document.id, document.revision, iso(document.first_seen), source))
        database.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (document.id, document.tokens))
        database.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", _facets(document))

    def _remove(self, database: sqlite3.Connection, listing: int) -> None:
        database.execute("DELETE FROM words WHERE rowid = ?", (listing,))
        database.execute("DELETE FROM facet WHERE id = ?", (listing,))
        database.execute("DELETE FROM document WHERE id = ?", (listing,))

    def delete(self, ids: Sequence[int]) -> None:
        """Remove documents."""
        with self._transaction() as database:
            for listing in ids:
                self._remove(database, listing)

    def search(self, query: ListingQuery) -> ListingHits:
        """Phrases all match, filters hold; newest first."""
        conditions, values = _conditions(query)
        where = " AND ".join(conditions) or "1"
        with self._transaction() as database:
            total = database.execute(f"SELECT count(*) FROM document WHERE {where}", values).fetchone()[0]  # noqa: S608  (our own words)
            if query.after is not None:
                where, values = f"{where} AND id < ?", [*values, query.after]
            rows = database.execute(
                f"SELECT source FROM document WHERE {where} ORDER BY id DESC LIMIT ?",  # noqa: S608  (our own words)
                [*values, query.limit + 1],
            ).fetchall()
        documents = tuple(from_source(orjson.loads(row[0])) for row in rows[: query.limit])
        more = len(rows) > query.limit
        return ListingHits(total=total, documents=documents, next_after=documents[-1].id if more else None)

    def scan(self) -> Iterator[ListingDocument]:
        """Every document, newest first."""
        return every_document(self.search)

    def count(self) -> int:
        """Number of documents."""
        with self._transaction() as database:
            return int(database.execute("SELECT count(*) FROM document").fetchone()[0])

    def drop(self) -> None:
        """Remove everything."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
            self._database = None


def _facets(document: ListingDocument) -> list[tuple[str, str | int, int]]:
    facets: list[tuple[str, str | int, int]] = []
    for name in FILTERS:
        value = getattr(document, name)
        for each in value if name in TUPLES else (value,):
            if each is not None:
                facets.append((name, int(each) if isinstance(each, bool) else each, document.id))
    return facets


def _conditions(query: ListingQuery) -> tuple[list[str], list[str | int]]:
    conditions: list[str] = []
    values: list[str | int] = []
    phrases = query_phrases(query.text)
    if query.text.strip() and not phrases:
        return ["0"], []
    if phrases:
        match = " AND ".join('"' + " ".join(phrase).replace('"', '""') + '"' for phrase in phrases)
        conditions.append("id IN (SELECT rowid FROM words WHERE words MATCH ?)")
        values.append(match)
    for name, wanted in checked_filters(query).items():
        marks = ",".join("?" for _ in wanted)
        conditions.append(f"id IN (SELECT id FROM facet WHERE field = ? AND value IN ({marks}))")  # noqa: S608  (only marks)
        values += [name, *(int(each) if isinstance(each, bool) else each for each in wanted)]
    if query.since is not None:
        conditions.append("first_seen >= ?")
        values.append(iso(query.since))
    if query.until is not None:
        conditions.append("first_seen < ?")
        values.append(iso(query.until))
    return conditions, values
