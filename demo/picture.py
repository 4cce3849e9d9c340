"""Small pictures drawn from a number, so that listings have images and nobody's photograph is used."""

from __future__ import annotations

import colorsys
import struct
import zlib
from functools import lru_cache

WIDTH, HEIGHT = 320, 240


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _colour(hue: float, lightness: float) -> bytes:
    return bytes(round(255 * part) for part in colorsys.hls_to_rgb(hue % 1, lightness, 0.45))


@lru_cache(maxsize=512)
def png(number: int) -> bytes:
    """A PNG of 320 by 240 pixels, always the same for a number: a soft ground with a plain disc (PNG, W3C third edition)."""
    hue = (number * 0.381966) % 1
    palette = b"".join(_colour(hue, 0.88 - 0.004 * step) for step in range(48)) + _colour(hue + 0.08, 0.55) + _colour(hue + 0.08, 0.42)
    centre_x, centre_y, radius = 100 + number * 37 % 120, 90 + number * 53 % 60, 46 + number * 29 % 30
    rows = bytearray()
    for y in range(HEIGHT):
        ground = y * 48 // HEIGHT
        reach = radius * radius - (y - centre_y) ** 2
        row = bytearray([ground]) * WIDTH
        if reach > 0:
            half = int(reach**0.5)
            row[centre_x - half : centre_x + half] = b"\x30" * half + b"\x31" * half
        rows += b"\0" + row
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"PLTE", palette)
        + _chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + _chunk(b"IEND", b"")
    )
