"""Rows of our CSV files, read and validated; a bad row stops with file, line and field, and is never skipped."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from domain.errors import ConfigurationError, EnvironmentMissing

_Row = TypeVar("_Row", bound="Row")
_MAX_FIELD = 4_000  # the longest annotation is 400 characters; more is a broken quote that swallowed the file


def _empty_to_none(value: object) -> object:
    return None if value == "" else value


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value


Optional = Annotated[str | None, BeforeValidator(_empty_to_none)]
Product = Annotated[Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None, BeforeValidator(_empty_to_none)]
Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Text = Annotated[str, Field(min_length=1, max_length=_MAX_FIELD)]
Status = Literal["seen", "inferred", "memory", "knowledge"]


class Row(BaseModel):
    """What every row has in common: no unknown column, a source."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    source: Text


class TaxonRow(Row):
    """A row of `taxa.csv`."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    name: Text
    rank: Text
    group: Literal["mammal", "bird", "reptile", "amphibian", "fish", "invertebrate", "plant", "timber", "coral"]
    tier: Annotated[int, Field(ge=1, le=3)]


class EntryRow(Row):
    """A row of `appendices.csv`."""

    taxon: Text
    appendix: Literal["I", "II", "III", "I/II", "I/III", "II/III"]
    annotation: Optional
    valid_from: date
    valid_to: Annotated[date | None, BeforeValidator(_empty_to_none)]
    certainty: Literal["seen", "knowledge", "uncertain"]


class NameRow(Row):
    """A row of `names/<language>.csv`; `taxon` may be empty only in a negative."""

    term: Text
    taxon: str
    kind: Literal["scientific", "synonym", "common", "trade", "code", "negative"]
    ambiguity: Literal["L", "M", "H"]
    product: Product
    context: Words
    negative: Words
    status: Status


class WordRow(Row):
    """A row of `lexicon/*.csv`: a word that names no taxon but says what a text does or what a thing is."""

    term: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    kind: Annotated[str, Field(pattern=r"^(offer|wanted|mention|imitation|depiction|fossil|genuine|live|product|claim\.[a-z0-9_]+)$")]
    product: Product
    status: Status


def read_rows(path: Path, model: type[_Row]) -> Iterator[tuple[int, _Row]]:
    """Yield line number and row. Raises ConfigurationError naming file, line and field; EnvironmentMissing without the file."""
    try:
        handle = path.open(encoding="utf-8", newline="")
    except FileNotFoundError as error:
        raise EnvironmentMissing("the list is missing", file=str(path)) from error
    with handle:
        reader = csv.DictReader(handle, restkey="surplus", strict=True)
        try:
            for values in reader:
                try:
                    yield reader.line_num, model.model_validate(values)
                except ValidationError as error:
                    first = error.errors()[0]
                    field = ".".join(str(part) for part in first["loc"]) or None
                    raise ConfigurationError(first["msg"], file=str(path), line=reader.line_num, field=field) from error
        except (csv.Error, UnicodeDecodeError) as error:
            raise ConfigurationError(str(error), file=str(path), line=reader.line_num) from error
