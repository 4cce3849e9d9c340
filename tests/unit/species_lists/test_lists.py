"""The shipped lists hold what they promise, and a bad row stops the load by name."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigurationError, EnvironmentMissing
from species_lists.index import load
from species_lists.near import edit_distance

LISTS = Path(__file__).parents[3] / "species_lists"
FILES = sorted(str(p.relative_to(LISTS)) for p in LISTS.rglob("*.csv"))


@pytest.fixture(scope="module")
def species():
    """The shipped lists."""
    return load(LISTS)


@pytest.mark.parametrize("file", FILES)
def test_every_row_has_a_source_and_none_is_twice(file):
    """Each row of each list names its source and stands once."""
    with (LISTS / file).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows
    assert all(row["source"] for row in rows)
    assert len({tuple(row.values()) for row in rows}) == len(rows)


def test_entries_of_a_taxon_do_not_overlap():
    """The dated entries of one taxon follow one another without overlap."""
    with (LISTS / "appendices.csv").open(encoding="utf-8", newline="") as handle:
        rows = sorted(csv.DictReader(handle), key=lambda r: (r["taxon"], r["valid_from"]))
    for one, two in pairwise(rows):
        if one["taxon"] == two["taxon"]:
            assert one["valid_to"]
            assert one["valid_to"] <= two["valid_from"], (one, two)


def test_the_priority_languages_are_all_there(species):
    """All twelve priority languages have names and lexicon words."""
    twelve = {"en", "zh", "vi", "th", "id", "fr", "es", "pt", "de", "ja", "ar", "ru"}
    assert twelve <= {t.language for t in species.terms() if t.taxon and t.kind != "negative"}
    for kind in (
        "offer",
        "wanted",
        "mention",
        "imitation",
        "depiction",
        "fossil",
        "genuine",
        "live",
        "claim.captive_bred",
        "claim.certificate",
    ):
        missing = twelve - {t.language for t in species.terms() if t.kind == kind}
        assert not missing, (kind, missing)


@pytest.mark.parametrize(
    ("name", "on", "taxon", "appendix", "matched"),
    [
        ("Aonyx cinereus", date(2019, 11, 25), "Aonyx cinereus", "II", "scientific"),
        ("Aonyx cinereus", date(2019, 11, 26), "Aonyx cinereus", "I", "scientific"),
        ("Aonyx cinerea", date(2024, 1, 1), "Aonyx cinereus", "I", "synonym"),
        ("Giraffa camelopardalis", date(2019, 11, 25), "Giraffa camelopardalis", None, "scientific"),
        ("Giraffa camelopardalis", date(2019, 11, 26), "Giraffa camelopardalis", "II", "scientific"),
        ("loxodonta AFRICANA", date(2024, 1, 1), "Loxodonta africana", "I/II", "scientific"),
        ("Geochelone elegans", date(2019, 1, 1), "Geochelone elegans", "II", "scientific"),
        ("Geochelone elegans", date(2020, 1, 1), "Geochelone elegans", "I", "scientific"),
        ("Panthera tigris", date(2024, 1, 1), "Panthera tigris", "I", "scientific"),
        ("象牙", date(2024, 1, 1), "Elephantidae", "I/II", "trade"),
    ],
)
def test_lookup_answers_for_the_day(species, name, on, taxon, appendix, matched):
    """Accepted name, Appendix of that day and kind of match."""
    answer = species.lookup(name, on)
    assert (taxon, appendix, matched) in {(m["taxon"], m["appendix"], m["matched"]) for m in answer["matches"]}
    assert set(answer["matches"][0]) == {"taxon", "rank", "appendix", "annotation", "listed_as", "list", "source", "certainty", "matched"}


def test_a_misspelt_name_gives_names_alike(species):
    """Nothing matches; the name meant is among those alike."""
    answer = species.lookup("Loxodonta africanna", date(2024, 1, 1))
    assert answer["matches"] == []
    assert "Loxodonta africana" in answer["near"]
    assert species.lookup("", date(2024, 1, 1)) == {"query": "", "on": "2024-01-01", "matches": [], "near": []}


def test_a_language_narrows_the_names(species):
    """A common name of another language does not answer when a language is asked for."""
    assert species.lookup("ivory", date(2024, 1, 1), "en")["matches"]
    assert not species.lookup("ivory", date(2024, 1, 1), "th")["matches"]


def _broken(tmp_path: Path, file: str, line: str) -> Path:
    folder = tmp_path / "lists"
    shutil.copytree(LISTS, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (folder / file).open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")
    return folder


@pytest.mark.parametrize(
    ("file", "line", "field"),
    [
        ("taxa.csv", "x,X,species,dinosaur,1,s", "group"),
        ("taxa.csv", "x,X,species,bird,9,s", "tier"),
        ("taxa.csv", "tiger,X,species,bird,1,s", "key"),
        ("appendices.csv", "X,IV,,2020-01-01,,s,seen", "appendix"),
        ("appendices.csv", "X,I,,2020-13-01,,s,seen", "valid_from"),
        ("appendices.csv", "X,I,,2020-01-01,2019-01-01,s,seen", "valid_to"),
        ("names/en.csv", "x,no_such_taxon,common,L,,,,s,seen", "taxon"),
        ("names/en.csv", "...,tiger,common,L,,,,s,seen", "term"),
        ("names/en.csv", "x,tiger,common,L,,,,,seen", "source"),
        ("names/en.csv", "x,tiger,common,L,,,,s,seen,surplus", "surplus"),
        ("lexicon/intent.csv", "x,en,verdict,,s,memory", "kind"),
    ],
)
def test_a_bad_row_names_file_line_and_field(tmp_path, file, line, field):
    """The load stops and says where."""
    folder = _broken(tmp_path, file, line)
    with pytest.raises(ConfigurationError) as caught:
        load(folder)
    assert caught.value.file == str(folder / file)
    assert caught.value.line == (folder / file).read_text(encoding="utf-8").count("\n")
    assert caught.value.field == field


def test_a_missing_folder_is_typed(tmp_path):
    """No lists, no start: exit 3."""
    with pytest.raises(EnvironmentMissing):
        load(tmp_path)


@given(a=st.text(max_size=12), b=st.text(max_size=12))
def test_edit_distance_is_a_distance(a, b):
    """Zero only for equals, symmetric, bounded by the longer text."""
    d = edit_distance(a, b, limit=20)
    assert d == edit_distance(b, a, limit=20)
    assert (d == 0) == (a == b)
    assert d <= max(len(a), len(b))
