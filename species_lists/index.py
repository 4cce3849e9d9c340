"""The lists in memory: taxa by key, entries by name and day, terms to match, and the answer of `species lookup`."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from domain.errors import ConfigurationError, EnvironmentMissing
from domain.species import ListEntry, Taxon, Term
from domain.text import index_tokens
from species_lists.near import near_names
from species_lists.rows import EntryRow, NameRow, TaxonRow, WordRow, read_rows

_STRICTNESS = {"I": 0, "I/II": 1, "I/III": 2, "II": 3, "II/III": 4, "III": 5}
_MATCHED = {"scientific": "scientific", "synonym": "synonym", "common": "common", "trade": "trade", "code": "code"}
LIST = "CITES Appendices"


class SpeciesIndex:
    """Implements `domain.ports.SpeciesList` over our CSV files."""

    def __init__(self, *, taxa: Iterable[Taxon], entries: Iterable[ListEntry], terms: Iterable[Term], version: str) -> None:
        self.version = version
        self._taxa = {taxon.key: taxon for taxon in taxa}
        self._by_name: dict[str, Taxon] = {}
        for taxon in self._taxa.values():
            self._by_name.setdefault(taxon.name, taxon)
        self._entries: dict[str, list[ListEntry]] = defaultdict(list)
        for entry in entries:
            self._entries[entry.taxon].append(entry)
        self._terms = tuple(terms)
        self._names: dict[str, list[Term]] = defaultdict(list)
        for term in self._terms:
            if term.kind in _MATCHED:
                self._names[index_tokens(term.text)].append(term)

    def taxon(self, key: str) -> Taxon | None:
        """By key."""
        return self._taxa.get(key)

    def taxa(self) -> Iterable[Taxon]:
        """Every taxon."""
        return self._taxa.values()

    def entries(self, name: str, on: date) -> Sequence[ListEntry]:
        """Entries that cover the scientific name on that day, strictest first.

        A species without an entry of its own falls under its genus, if that is listed; group entries
        that only sum up members never cover a species that is not one of them.
        """
        found = [e for e in self._entries.get(name, ()) if _covers(e, on)]
        if not found and " " in name and name not in self._by_name:
            found = [e for e in self._entries.get(name.split()[0], ()) if _covers(e, on) and not e.source.startswith("aggregate")]
        return sorted(found, key=lambda e: _STRICTNESS[e.appendix])

    def terms(self) -> Iterable[Term]:
        """Everything to match."""
        return self._terms

    def lookup(self, name: str, on: date, language: str | None = None) -> dict[str, Any]:
        """The object of `species lookup` (`interfaces.md`): matches on that day, or names alike when nothing matches."""
        matches = []
        seen = set()
        for term in self._names.get(index_tokens(name), ()):
            taxon = self._taxa.get(term.taxon)
            if taxon is None or taxon.name in seen or (language is not None and term.language not in (language, "la", "xx")):
                continue
            seen.add(taxon.name)
            matches.extend(self._match(taxon, term.kind, on))
        folded = index_tokens(name)
        near = [] if matches else near_names(folded, {key: terms[0].text for key, terms in self._names.items()})
        return {"query": name, "on": on.isoformat(), "matches": matches, "near": near}

    def _match(self, taxon: Taxon, kind: str, on: date) -> list[dict[str, Any]]:
        head = {"taxon": taxon.name, "rank": taxon.rank}
        matched = _MATCHED[kind]
        entries = self.entries(taxon.name, on)
        if not entries:
            return [
                head
                | {"appendix": None, "annotation": None, "listed_as": None, "list": LIST}
                | {"source": "no entry on that day in our list", "certainty": "knowledge", "matched": matched}
            ]
        return [
            head
            | {"appendix": e.appendix, "annotation": e.annotation, "listed_as": e.taxon, "list": LIST}
            | {"source": e.source, "certainty": e.certainty, "matched": matched}
            for e in entries
        ]


def _covers(entry: ListEntry, on: date) -> bool:
    return entry.valid_from <= on and (entry.valid_to is None or on < entry.valid_to)


def load(path: Path) -> SpeciesIndex:
    """Read the folder of lists. Raises ConfigurationError naming file, line and field; EnvironmentMissing without a file."""
    taxa = {}
    file = path / "taxa.csv"
    for line, row in read_rows(file, TaxonRow):
        if row.key in taxa:
            raise ConfigurationError(f"key {row.key} twice", file=str(file), line=line, field="key")
        taxa[row.key] = Taxon(key=row.key, name=row.name, rank=row.rank, group=row.group, tier=row.tier)
    terms = [term for names in _files(path / "names") for term in _names(names, taxa)]
    terms += [term for words in _files(path / "lexicon") for term in _words(words)]
    digest = hashlib.sha256()
    for used in (file, path / "appendices.csv", *_files(path / "names"), *_files(path / "lexicon")):
        digest.update(used.name.encode() + b"\0" + used.read_bytes())
    return SpeciesIndex(
        taxa=taxa.values(), entries=_entries(path / "appendices.csv"), terms=terms, version=f"lists-{digest.hexdigest()[:12]}"
    )


def _files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise EnvironmentMissing("no list in the folder", file=str(folder))
    return files


def _entries(file: Path) -> list[ListEntry]:
    entries = []
    for line, row in read_rows(file, EntryRow):
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            raise ConfigurationError("ends before it begins", file=str(file), line=line, field="valid_to")
        entries.append(ListEntry(**row.model_dump()))
    return entries


def _names(file: Path, taxa: dict[str, Taxon]) -> Iterable[Term]:
    for line, row in read_rows(file, NameRow):
        if row.taxon not in taxa and not (row.taxon == "" and row.kind == "negative"):
            raise ConfigurationError(f"unknown taxon {row.taxon!r}", file=str(file), line=line, field="taxon")
        if not index_tokens(row.term):
            raise ConfigurationError("nothing left of the term after folding", file=str(file), line=line, field="term")
        yield Term(text=row.term, language=file.stem, **row.model_dump(exclude={"term"}))


def _words(file: Path) -> Iterable[Term]:
    for line, row in read_rows(file, WordRow):
        if not index_tokens(row.term):
            raise ConfigurationError("nothing left of the term after folding", file=str(file), line=line, field="term")
        yield Term(text=row.term, taxon="", ambiguity="L", **row.model_dump(exclude={"term"}))
