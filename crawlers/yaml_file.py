"""YAML files read into validated models; a mistake is named by file, line and field."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from domain.errors import ConfigurationError

Model = TypeVar("Model", bound=BaseModel)

_MAX_BYTES = 1_000_000


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Read one file into `model`; raises ConfigurationError with file, line and field of the first mistake."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {error.strerror}", file=str(path)) from error
    if len(raw) > _MAX_BYTES:
        raise ConfigurationError(f"larger than {_MAX_BYTES} bytes", file=str(path))
    try:
        node = yaml.compose(raw, Loader=yaml.SafeLoader)
        data = yaml.safe_load(raw)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigurationError(str(error), file=str(path), line=mark.line + 1 if mark else None) from error
    try:
        return model.model_validate(data if data is not None else {})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"] if part != "[key]")
        raise ConfigurationError(first["msg"], file=str(path), line=_line_of(node, first["loc"]), field=field) from error


def read_folders(folders: Iterable[Path], model: type[Model]) -> dict[str, Model]:
    """Every `*.yml` of the folders by id; a later folder's file of the same name wins; stem and id must agree."""
    files: dict[str, Path] = {}
    for folder in folders:
        files.update({path.stem: path for path in sorted(folder.glob("*.yml"))})
    return {stem: read_named(path, model) for stem, path in sorted(files.items())}


def read_named(path: Path, model: type[Model]) -> Model:
    """One file whose id is its stem; raises ConfigurationError when it is another."""
    read = read_yaml(path, model)
    stated = getattr(read, "id", None)
    if stated != path.stem:
        raise ConfigurationError(f"id {stated!r} is not the file's name", file=str(path), field="id")
    return read


def _line_of(node: yaml.Node | None, loc: tuple[int | str, ...]) -> int | None:
    """Line of the deepest part of `loc` that the file has."""
    line = node.start_mark.line + 1 if node is not None else None
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if pair[0].value == part), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line
