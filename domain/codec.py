"""Frozen dataclasses to JSON values and back, without loss."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from domain.clock import iso, parse_iso

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """A value of the domain as JSON: dataclasses become objects, tuples lists, times ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    return value


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


def from_json(cls: type[T], data: dict[str, Any]) -> T:
    """Inverse of `to_json` for a dataclass; unknown keys raise TypeError."""
    hints = _hints(cls)  # type: ignore[arg-type]
    return cls(**{name: _revive(hints[name], value) for name, value in data.items()})


def _revive(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _revive(next(argument for argument in arguments if argument is not type(None)), value)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_revive(arguments[0], item) for item in value)
        return tuple(_revive(argument, item) for argument, item in zip(arguments, value, strict=True))
    if isinstance(hint, type):
        if is_dataclass(hint):
            return from_json(hint, value)
        if issubclass(hint, Enum):
            return hint(value)
        if issubclass(hint, datetime):
            return parse_iso(value)
        if issubclass(hint, date):
            return date.fromisoformat(value)
    return value
