"""Removes content coding under a hard cap of output."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_GZIP = 16 + zlib.MAX_WBITS
_STEP = 64 * 1024
MAX_DECODED = 64 * 1024 * 1024
"""Most bytes that a stored body may unfold to; what is beyond is cut."""
_MAX_CODINGS = 4
_MAX_MEMBERS = 1024
"""Gzip members in one body; more are a trap for time, not a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body as it reads."""

    data: bytes
    truncated: bool
    """More would have come out than `max_size`."""
    problem: str
    """Why `data` is not the whole truth; empty when it is."""


def decode_body(headers: Iterable[tuple[bytes, bytes]], body: bytes, *, max_size: int) -> Decoded:
    """Undo gzip and deflate as the headers state them, outermost first.

    What is not known (br, zstd: never asked for) or not true stays as it is, with a problem.
    Never gives more than `max_size` bytes and never holds more than that twice.
    """
    codings: list[bytes] = []
    for name, value in headers:
        if name.lower() == b"content-encoding":
            codings.extend(part.strip().lower() for part in value.split(b","))
    codings = [coding for coding in codings if coding not in (b"", b"identity")]
    if len(codings) > _MAX_CODINGS:
        return _capped(body, max_size, f"{len(codings)} content codings on top of one another")
    data, problem = body, ""
    for coding in reversed(codings):
        if coding not in (b"gzip", b"x-gzip", b"deflate"):
            return _capped(data, max_size, f"content coding {coding[:40].decode('latin-1')!r} is not known")
        if not data:
            break
        decoded = _inflate(data, gzip=coding != b"deflate", max_size=max_size)
        if decoded.truncated:
            return decoded
        data, problem = decoded.data, problem or decoded.problem
    return _capped(data, max_size, problem)


def _capped(data: bytes, max_size: int, problem: str) -> Decoded:
    if len(data) <= max_size:
        return Decoded(data=data, truncated=False, problem=problem)
    return Decoded(data=data[:max_size], truncated=True, problem=problem or f"larger than {max_size} bytes")


def _window(data: bytes, *, gzip: bool) -> int | None:
    """zlib's window bits for what the bytes really are; None when they are not compressed at all."""
    if gzip:
        return _GZIP if data[:2] == b"\x1f\x8b" else None
    zlib_header = len(data) >= 2 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS


def _inflate(data: bytes, *, gzip: bool, max_size: int) -> Decoded:
    window = _window(data, gzip=gzip)
    if window is None:
        return Decoded(data=data, truncated=False, problem="stated as gzip, but it is not")
    out = bytearray()
    engine = zlib.decompressobj(window)
    members, position, pending = 1, 0, b""
    try:
        while pending or position < len(data):
            if not pending:
                pending = data[position : position + _STEP]
                position += _STEP
            out += engine.decompress(pending, max_size + 1 - len(out))
            if len(out) > max_size:
                return Decoded(data=bytes(out[:max_size]), truncated=True, problem=f"larger than {max_size} bytes when decoded")
            pending = engine.unconsumed_tail
            if engine.eof:
                pending = engine.unused_data
                if not gzip or not (pending or data[position : position + 1]) or members >= _MAX_MEMBERS:
                    break
                members += 1
                engine = zlib.decompressobj(window)
    except zlib.error as error:
        if members == 1 and not out:
            return Decoded(data=data, truncated=False, problem=f"not decodable: {error}")
        problem = "junk behind the compressed body" if members > 1 else f"damaged: {error}"
    else:
        early = "too many gzip members" if members >= _MAX_MEMBERS else "the compressed body ends early"
        problem = "" if engine.eof and members < _MAX_MEMBERS else early
    return Decoded(data=bytes(out), truncated=False, problem=problem)
