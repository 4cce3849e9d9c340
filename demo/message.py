"""A request as the sites see it and the answer that they give."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

_LARGEST_NUMBER = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Path and query of a GET."""

    path: str
    query: dict[str, str]

    @classmethod
    def parse(cls, target: str) -> Request:
        """From the target of a request line; of a repeated parameter the first value counts."""
        parts = urlsplit(target)
        return cls(path=parts.path or "/", query={key: values[0] for key, values in parse_qs(parts.query).items()})

    def number(self, name: str, default: int) -> int:
        """A whole number of at least 1 from the query, or the default."""
        text = self.query.get(name, "")
        return min(max(1, int(text)), _LARGEST_NUMBER) if text.isascii() and text.isdigit() and len(text) < 12 else default

    def tail(self, prefix: str) -> int | None:
        """The whole number that follows `prefix` in the path, or None."""
        rest = self.path.removeprefix(prefix)
        return int(rest) if rest != self.path and rest.isascii() and rest.isdigit() and len(rest) < 12 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Status, kind and bytes of an answer."""

    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    body: bytes
    encoding: str | None = None
    """Content-Encoding, when the body is coded."""


def html(text: str, *, status: int = 200) -> Response:
    """An HTML page in UTF-8."""
    return Response(status=status, body=text.encode())


def plain(text: str, *, status: int = 200) -> Response:
    """A text in UTF-8."""
    return Response(status=status, media_type="text/plain; charset=utf-8", body=text.encode())


def data(value: Any, *, status: int = 200) -> Response:
    """JSON in UTF-8."""
    return Response(status=status, media_type="application/json", body=json.dumps(value, ensure_ascii=False).encode())
