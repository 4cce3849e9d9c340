"""Reads one HTTP/1.x response from bytes as they arrive (RFC 9112), and keeps every byte. Pure: no socket, no clock.

Lenient where browsers are lenient (lone LF, missing reason, obsolete folding, junk header lines); what is
beyond that ends as a typed outcome, never as an exception.
"""

from __future__ import annotations

import re

from domain.capture import CaptureOutcome

_HEAD_END = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"HTTP/1\.([0-9])[ \t]+([1-9][0-9]{2})(?:[ \t][^\n]*)?\r?\Z", re.IGNORECASE)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\Z")
_DIGITS = re.compile(rb"[0-9]{1,18}\Z")
_MAX_CHUNK_LINE = 16 * 1024
"""Longest chunk-size line with its extensions; Apache and nginx accept less."""

Headers = tuple[tuple[bytes, bytes], ...]


class ResponseReader:
    """One response. `feed` until `done`, then `eof` or `cut` if the connection or the time ended before."""

    __slots__ = (
        "_body_start", "_chunked", "_contradiction", "_head_scan", "_header_bytes", "_length", "_max_body", "_max_header",
        "_method", "_payload", "_position", "_remaining", "_trailing", "detail", "headers", "outcome", "raw", "reusable", "status",
    )  # fmt: skip

    def __init__(self, *, method: str, max_body: int, max_header_bytes: int) -> None:
        self.raw: bytes | bytearray = b""
        """Every byte of the response. What arrives in one piece, as most pages do, is not copied."""
        self.status: int | None = None
        self.headers: Headers = ()
        self.outcome: CaptureOutcome | None = None
        self.detail = ""
        self.reusable = False
        """The connection may carry another request."""
        self._method = method
        self._max_body = max_body
        self._max_header = max_header_bytes
        self._head_scan = 0
        self._header_bytes = 0
        self._body_start = -1
        self._chunked = False
        self._contradiction = False
        self._length: int | None = None
        self._payload = bytearray()
        self._position = 0
        self._remaining = -1
        self._trailing = False

    @property
    def done(self) -> bool:
        """An outcome is known."""
        return self.outcome is not None

    def feed(self, data: bytes) -> None:
        """Take bytes as they came."""
        if self.outcome is not None:
            self.reusable = False
            return
        if not self.raw:
            self.raw = data
        else:
            if isinstance(self.raw, bytes):
                self.raw = bytearray(self.raw)
            self.raw += data
        while self._body_start < 0:
            if not self._read_head():
                return
        self._read_body()

    def eof(self) -> None:
        """The server closed its side."""
        if self.outcome is not None:
            return
        if self._body_start >= 0 and not self._chunked and self._length is None:
            if self._contradiction:
                self._end(CaptureOutcome.BAD_RESPONSE, "The response states several different lengths.")
            else:
                self._end(CaptureOutcome.OK)
            return
        where = "its response was complete" if self.raw else "it answered"
        self._end(CaptureOutcome.TRUNCATED_DISCONNECT, f"The server closed the connection before {where}.")

    def cut(self, outcome: CaptureOutcome, detail: str) -> None:
        """End from outside: time is up or the line broke."""
        if self.outcome is None:
            self._end(outcome, detail)

    def body(self) -> bytes:
        """What was received of the payload, transfer coding removed, content coding kept."""
        if self._body_start < 0:
            return b""
        if not self._chunked:
            return bytes(memoryview(self.raw)[self._body_start :])
        return bytes(self._payload)

    def _end(self, outcome: CaptureOutcome, detail: str = "") -> None:
        self.outcome = outcome
        self.detail = detail
        if outcome is not CaptureOutcome.OK:
            self.reusable = False

    def _read_head(self) -> bool:
        """Read one header block; False when more bytes are needed or the response ended."""
        start = self._header_bytes
        prefix = bytes(self.raw[start : start + 7])
        if prefix.upper() != b"HTTP/1."[: len(prefix)]:
            self._end(CaptureOutcome.BAD_RESPONSE, "What the server sent is not HTTP/1.x.")
            return False
        match = _HEAD_END.search(self.raw, max(start, self._head_scan - 3))
        stop = match.end() if match else len(self.raw)
        if stop > self._max_header:
            self.raw = self.raw[: self._max_header]
            self._end(CaptureOutcome.HEADERS_TOO_LARGE, f"The headers are larger than {self._max_header} bytes.")
            return False
        if match is None:
            self._head_scan = stop
            return False
        self._header_bytes = stop
        self._head_scan = stop
        lines = bytes(self.raw[start:stop]).split(b"\n")
        parsed = _STATUS.match(lines[0])
        if parsed is None:
            self._end(CaptureOutcome.BAD_RESPONSE, "The status line is not one of HTTP/1.x.")
            return False
        status = int(parsed.group(2))
        if status < 200 and status != 101:
            return len(self.raw) > stop
        self.status = status
        self.headers = parse_headers(lines[1:])
        self._frame(minor=int(parsed.group(1)))
        return True

    def _frame(self, *, minor: int) -> None:
        """Decide how the body ends (RFC 9112, section 6.3)."""
        self._body_start = self._position = self._header_bytes
        lengths: set[bytes] = set()
        coding = connection = b""
        for name, value in self.headers:
            lowered = name.lower()
            if lowered == b"content-length":
                lengths.update(part.strip() for part in value.split(b","))
            elif lowered == b"transfer-encoding":
                coding = coding + b"," + value.lower() if coding else value.lower()
            elif lowered == b"connection":
                connection += b"," + value.lower()
        options = {option.strip() for option in connection.split(b",")}
        self.reusable = b"close" not in options and (minor >= 1 or b"keep-alive" in options)
        valid = {int(length) for length in lengths if _DIGITS.match(length)}
        if self._method == "HEAD" or self.status in (101, 204, 304):
            self._length = 0
        elif coding:
            self._chunked = coding.rsplit(b",", 1)[-1].strip() == b"chunked"
            self.reusable = self.reusable and self._chunked and not lengths
        elif len(valid) == 1:
            self._length = valid.pop()
        else:
            self._contradiction = len(valid) > 1
            self.reusable = False

    def _read_body(self) -> None:
        start = self._body_start
        if self._chunked:
            self._read_chunks()
        elif self._length is not None and len(self.raw) - start >= self._length <= self._max_body:
            self._finish(start + self._length)
        if self.outcome is None and len(self.raw) - start > self._max_body:
            self.raw = self.raw[: start + self._max_body]
            self._end(CaptureOutcome.TRUNCATED_LENGTH, f"The body is larger than {self._max_body} bytes.")

    def _finish(self, end: int) -> None:
        """The message ends at `end`; bytes behind it belong to no response of ours."""
        if len(self.raw) > end:
            self.raw = self.raw[:end]
            self.reusable = False
        self._end(CaptureOutcome.OK)

    def _read_chunks(self) -> None:
        """`_remaining`: bytes of the chunk still to come; 0 for its line end, -1 for a size line or a trailer."""
        limit = self._body_start + self._max_body
        while self.outcome is None and self._position < min(len(self.raw), limit):
            if self._remaining > 0:
                stop = min(self._position + self._remaining, len(self.raw), limit)
                self._payload += memoryview(self.raw)[self._position : stop]
                self._remaining -= stop - self._position
                self._position = stop
            elif not self._read_chunk_line():
                return

    def _read_chunk_line(self) -> bool:
        """Read a size line, the line end behind a chunk, or a trailer line; False when more bytes are needed."""
        newline = self.raw.find(b"\n", self._position)
        longest = self._max_header if self._trailing else _MAX_CHUNK_LINE
        if newline < 0 or newline - self._position > longest:
            if len(self.raw) - self._position > longest:
                self._end(CaptureOutcome.BAD_RESPONSE, "A chunk line of the response is too long.")
            return False
        line = bytes(self.raw[self._position : newline])
        self._position = newline + 1
        if self._trailing:
            if line in (b"", b"\r"):
                self._finish(self._position)
            return True
        if line in (b"", b"\r") and self._remaining == 0:
            self._remaining = -1
            return True
        match = _CHUNK.match(line)
        if match is None or self._remaining == 0:
            self._end(CaptureOutcome.BAD_RESPONSE, "The chunks of the response are not well formed.")
            return False
        size = int(match.group(1), 16)
        if size == 0:
            self._trailing = True
        else:
            self._remaining = size
        return True


def parse_headers(lines: list[bytes]) -> Headers:
    """Fields in order, names as sent; folded lines are joined by a space, lines without a colon are not fields."""
    fields: list[tuple[bytes, bytes]] = []
    for line in lines:
        stripped = line.strip(b" \t\r")
        if not stripped:
            continue
        if line[:1] in (b" ", b"\t") and fields:
            name, value = fields[-1]
            fields[-1] = (name, value + b" " + stripped)
            continue
        name, colon, value = stripped.partition(b":")
        if colon and name.strip():
            fields.append((name.strip(b" \t"), value.strip(b" \t")))
    return tuple(fields)
