"""Frozen dataclasses to JSON values and back, without loss."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from domain.clock import iso, parse_iso

T = TypeVar("T")
_PLAIN = (str, int, float, bool, type(None))


def to_json(value: Any) -> Any:
    """A value of the domain as JSON: dataclasses become objects, tuples lists, times ISO text."""
    if type(value) in _PLAIN:
        return value
    names = _field_names(type(value))  # type: ignore[arg-type]
    if names is not None:
        return {name: to_json(getattr(value, name)) for name in names}
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
def _field_names(cls: Any) -> tuple[str, ...] | None:
    return tuple(field.name for field in fields(cls)) if is_dataclass(cls) else None


def from_json(cls: type[T], data: dict[str, Any]) -> T:
    """Inverse of `to_json` for a dataclass; unknown keys raise TypeError."""
    revivers = _revivers(cls)  # type: ignore[arg-type]
    values = dict(data)
    for name, revive in revivers.items():
        value = values.get(name)
        if value is not None:
            values[name] = revive(value)
    return cls(**values)


Reviver = Callable[[Any], Any]


@cache
def _revivers(cls: Any) -> dict[str, Reviver]:
    """Only the fields whose JSON is not their value."""
    found = {name: _reviver(hint) for name, hint in get_type_hints(cls).items()}
    return {name: revive for name, revive in found.items() if revive is not None}


def _reviver(hint: Any) -> Reviver | None:
    """How JSON becomes a value of this type; None when it is one already."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _reviver(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        return _tuple_reviver(arguments)
    if not isinstance(hint, type):
        return None
    if is_dataclass(hint):
        return lambda value: from_json(hint, value)
    if issubclass(hint, Enum):
        return hint
    if issubclass(hint, datetime):
        return parse_iso
    if issubclass(hint, date):
        return date.fromisoformat
    return None


def _tuple_reviver(arguments: tuple[Any, ...]) -> Reviver:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        revive = _reviver(arguments[0])
        return tuple if revive is None else lambda value: tuple(map(revive, value))
    parts = [_reviver(argument) for argument in arguments]
    if all(part is None for part in parts):
        return tuple
    return lambda value: tuple(item if part is None else part(item) for part, item in zip(parts, value, strict=True))
