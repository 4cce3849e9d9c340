"""One JSON line of `assess --input` in, one out (`interfaces.md`); a bad line is an answer too, and the run goes on."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from domain.assessment import Assessment, Text
from domain.errors import AssessmentError
from domain.ports import Assessor, Matcher

MAX_LINE = 4_000_000
"""Characters of a line; four times the largest listing page that was ever seen, so only a dump is refused."""

_BATCH = 256


def _number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Words = Annotated[str | None, BeforeValidator(_number_as_text)]


class Line(BaseModel):
    """Any field of `extract`'s listing, and `id`, `captured_at`, `seller_text`, `platform`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, BeforeValidator(_number_as_text), Field(min_length=1, max_length=500)]
    title: str | None = None
    description: str | None = None
    seller_text: str | None = None
    captured_at: datetime | None = None
    platform: str | None = None
    native_id: Words = None
    url: str | None = None
    price: Words = None
    currency: str | None = None
    quantity: Words = None
    unit: str | None = None
    seller: str | None = None
    seller_url: str | None = None
    location: str | None = None
    country: str | None = None
    images: list[str] | None = None
    posted_at: str | None = None
    category: str | None = None
    shipping: list[str] | None = None
    payment: list[str] | None = None
    contacts: list[str] | None = None
    language: str | None = None
    availability: str | None = None
    intent_hint: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Line:
        if self.title is None and self.description is None:
            raise ValueError("title or description is needed")
        return self


def parse_line(line: str) -> Text:
    """One line to a Text. Raises AssessmentError saying what is wrong; its `id` is what could be read of it."""
    if len(line) > MAX_LINE:
        raise AssessmentError(f"the line has more than {MAX_LINE} characters")
    try:
        row = Line.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        raise AssessmentError(f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise AssessmentError(f"not a JSON object: {error}") from error
    at = row.captured_at
    return Text(
        id=row.id,
        title=row.title or "",
        description=row.description or "",
        seller_text=row.seller_text or "",
        captured_at=at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at,
        platform=row.platform,
        price=row.price,
        currency=row.currency,
        quantity=row.quantity,
        unit=row.unit,
        country=row.country,
        location=row.location,
        category=row.category,
        language=row.language,
        availability=row.availability,
        intent_hint=row.intent_hint,
        shipping=tuple(row.shipping or ()),
        payment=tuple(row.payment or ()),
    )


def line_id(line: str) -> str | None:
    """The id of a line that may be bad, if one can be read."""
    try:
        value = json.loads(line[:MAX_LINE])
    except (ValueError, RecursionError):
        return None
    found = value.get("id") if isinstance(value, dict) else None
    return str(found) if isinstance(found, str | int) else None


def as_output(text_id: str, answer: Assessment | Exception) -> dict[str, Any]:
    """The object of `interfaces.md`, or `id` and `error`."""
    if isinstance(answer, Exception):
        return {"id": text_id, "error": str(answer)}
    return {"id": text_id, **dataclasses.asdict(answer)}


def assess_lines(lines: Iterable[str], *, matcher: Matcher, assessor: Assessor) -> Iterator[dict[str, Any]]:
    """One object for each line, same order, in batches. Raises what `assessor` raises when no text can be judged at all."""
    source = iter(lines)
    while batch := list(islice(source, _BATCH)):
        parsed: list[Text | dict[str, Any]] = []
        for line in batch:
            try:
                parsed.append(parse_line(line))
            except AssessmentError as error:
                parsed.append({"id": line_id(line), "error": str(error)})
        texts = [entry for entry in parsed if isinstance(entry, Text)]
        answers = iter(assessor.assess(texts, matcher.match(texts)))
        for entry in parsed:
            yield as_output(entry.id, next(answers)) if isinstance(entry, Text) else entry
