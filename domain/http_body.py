"""Payloads of HTTP/1.1 messages from their exact bytes: interim responses skipped, chunks joined (content coding: `content_coding.py`)."""

from __future__ import annotations

from collections.abc import Iterable


def split_message(message: bytes) -> tuple[bytes, bytes]:
    """Head (without the blank line) and the rest of a message; interim 1xx responses are skipped. A lone LF ends a line too."""
    while True:
        crlf = message.find(b"\r\n\r\n")
        lf = message.find(b"\n\n", 0, crlf if crlf >= 0 else len(message))
        if crlf < 0 and lf < 0:
            return message, b""
        end, width = (crlf, 4) if crlf >= 0 and (lf < 0 or crlf < lf) else (lf, 2)
        head, rest = message[:end], message[end + width :]
        parts = head.split(b" ", 2)
        interim = len(parts) > 1 and len(parts[1]) >= 3 and parts[1][:1] == b"1" and parts[1][:3] != b"101"
        if not (interim and rest.startswith(b"HTTP/")):
            return head, rest
        message = rest


def header_pairs(head: bytes) -> list[tuple[bytes, bytes]]:
    """Header fields in order, as sent; a line without a colon is left out."""
    pairs = []
    for line in head.replace(b"\r\n", b"\n").split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            pairs.append((name.strip(), value.strip()))
    return pairs


def header(pairs: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    """All values of a field joined by commas, lower case; empty when there is none."""
    return b",".join(value for key, value in pairs if key.lower() == name).lower()


def dechunk(body: bytes) -> bytes:
    """Chunk data joined; stops without complaint where the framing breaks, so a cut body gives what it has."""
    out: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at)
        if end < 0:
            return b"".join(out)
        try:
            size = int(body[at:end].split(b";", 1)[0].strip(), 16)
        except ValueError:
            return b"".join(out)
        if size <= 0:
            return b"".join(out)
        out.append(body[end + 1 : end + 1 + size])
        at = end + 1 + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def payload_of(message: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The payload of a response with transfer coding removed, and the header fields that name its content coding, still on it."""
    head, rest = split_message(message)
    pairs = header_pairs(head)
    payload = dechunk(rest) if b"chunked" in header(pairs, b"transfer-encoding") else rest
    return payload, pairs
