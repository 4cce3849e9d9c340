"""Readers of what others obtained: WARC, WACZ, folders of saved pages, JSONL and CSV of listings. Hostile, so capped."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit

from domain.content_coding import MAX_DECODED, decode_body
from domain.digest import canonical_json
from domain.errors import ConfigurationError
from domain.listing import ListingFields

LISTING_ROW = "application/x-marketwarden-listing+json"
_MAX_ITEM = 32 * 1024 * 1024
_MAX_ARCHIVE = 4 * 1024**3
_PAGES = {".html", ".htm", ".xhtml"}
_FIELDS = {each.name for each in fields(ListingFields)}
_LISTS = {"images", "shipping", "payment", "contacts"}
_PARSER_TRIPS = (AttributeError, IndexError, KeyError, TypeError)
"""What warcio raises on records whose headers are damaged (a missing target address is an AttributeError)."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMS = {
    "price": (re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?"), "1234.56"),
    "currency": (re.compile(r"[A-Z]{3}"), "EUR (ISO 4217)"),
    "country": (re.compile(r"[A-Z]{2}"), "KE (ISO 3166-1)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to seal."""

    url: str
    payload: bytes
    media_type: str
    at: str | None
    """When it was obtained, as the source states it."""
    status: int | None = None


def read_items(path: Path) -> Iterator[Item | str]:
    """Items of a file or folder; a string is a problem with one item, named by file and place, and the rest goes on."""
    name = path.name.lower()
    if path.is_dir():
        yield from _folder(path)
    elif name.endswith((".warc", ".warc.gz")):
        with path.open("rb") as file:
            yield from _warc(file, path.name)
    elif name.endswith(".wacz"):
        yield from _wacz(path)
    elif name.endswith((".jsonl", ".ndjson")):
        yield from _jsonl(path)
    elif name.endswith(".csv"):
        yield from _csv(path)
    else:
        raise ConfigurationError("is none of .warc, .warc.gz, .wacz, .jsonl, .csv or a folder", file=str(path))


def _folder(path: Path) -> Iterator[Item | str]:
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() not in _PAGES or not file.is_file() or file.is_symlink():
            continue
        if file.stat().st_size > _MAX_ITEM:
            yield f"{file}: larger than {_MAX_ITEM} bytes"
            continue
        place = file.relative_to(path).as_posix()
        yield Item(url=f"file:///{place}", payload=file.read_bytes(), media_type="text/html", at=None)


def _warc(file: IO[bytes], name: str) -> Iterator[Item | str]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for record in ArchiveIterator(file, no_record_parse=False):
            number += 1
            if record.rec_type not in ("response", "resource"):
                continue
            uri = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
            if not _is_address(uri):
                yield f"{name}: record {number}: field WARC-Target-URI: is no address"
                continue
            payload = record.raw_stream.read(_MAX_ITEM + 1)
            if len(payload) > _MAX_ITEM:
                yield f"{name}: record {number}: larger than {_MAX_ITEM} bytes"
                continue
            declared = int(record.rec_headers.get_header("Content-Length") or -1)
            http = record.http_headers
            if http is not None:
                coding = (http.get_header("Content-Encoding") or "").encode("latin-1", "replace")
                payload = decode_body([(b"content-encoding", coding)], _unchunked(payload, http), max_size=MAX_DECODED).data
            elif 0 <= len(payload) < declared:
                yield f"{name}: record {number}: cut short"
                continue
            media = (http.get_header("Content-Type") if http is not None else None) or record.rec_headers.get_header("Content-Type")
            if media and "html" not in media and "json" not in media:
                continue
            status = int(http.get_statuscode()) if http is not None and (http.get_statuscode() or "").isdigit() else None
            yield Item(
                url=uri, payload=payload, media_type=media or "text/html", at=record.rec_headers.get_header("WARC-Date"), status=status
            )
    except (ArchiveLoadFailed, EOFError, ValueError, OSError, zlib.error, zipfile.BadZipFile, *_PARSER_TRIPS) as error:
        yield f"{name}: after record {number}: {error}"


def _unchunked(payload: bytes, http: Any) -> bytes:
    from domain.http_body import dechunk

    return dechunk(payload) if "chunked" in (http.get_header("Transfer-Encoding") or "").lower() else payload


def _wacz(path: Path) -> Iterator[Item | str]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        yield f"{path.name}: {error}"
        return
    with archive:
        names = [info.filename for info in archive.infolist()]
        if len(names) != len(set(names)):
            yield f"{path.name}: two entries of one name"
            return
        for info in archive.infolist():
            place = PurePosixPath(info.filename)
            if place.parts[:1] != ("archive",) or not info.filename.endswith((".warc", ".warc.gz")):
                continue
            if ".." in place.parts or info.file_size > _MAX_ARCHIVE:
                yield f"{path.name}: {info.filename}: refused"
                continue
            try:
                with archive.open(info) as file:
                    yield from _warc(file, f"{path.name}/{info.filename}")
            except (RuntimeError, zipfile.BadZipFile) as error:  # encrypted, packed by a method that we lack, another name inside
                yield f"{path.name}: {info.filename}: {error}"


def _jsonl(path: Path) -> Iterator[Item | str]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            if len(line) > _MAX_ITEM:
                yield f"{path.name}: line {number}: larger than {_MAX_ITEM} bytes"
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield f"{path.name}: line {number}: {error}"
                continue
            yield _row(row, f"{path.name}: line {number}")


def _csv(path: Path) -> Iterator[Item | str]:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"{path.name}: line {reader.reader.line_num}: {error}"
            continue
        place = f"{path.name}: line {reader.line_num}"
        if None in row:
            yield f"{place}: more cells than columns"
            continue
        values: dict[str, Any] = {name: value for name, value in row.items() if value not in (None, "")}
        for name in _LISTS & set(values):
            values[name] = [part.strip() for part in values[name].split(";")]
        yield _row(values, place)


def _row(row: Any, place: str) -> Item | str:
    """One listing; every mistake is named by its field."""
    if not isinstance(row, dict):
        return f"{place}: is no object"
    captured = row.pop("captured_at", None)
    unknown = sorted(set(row) - _FIELDS)
    if unknown:
        return f"{place}: field {unknown[0]}: unknown"
    for name, value in row.items():
        problem = _mistake(name, value) if value is not None else None
        if problem is not None:
            return f"{place}: field {name}: {problem}"
    if not row.get("url"):
        return f"{place}: field url: missing"
    if not (row.get("title") or row.get("description")):
        return f"{place}: field title: missing, and no description"
    return Item(url=row["url"], payload=canonical_json(row), media_type=LISTING_ROW, at=captured if isinstance(captured, str) else None)


def _mistake(name: str, value: Any) -> str | None:
    """What is wrong with one field; None when nothing is. Later stages count on what is checked here."""
    parts = value if isinstance(value, list) else [value]
    if isinstance(value, list) is not (name in _LISTS) or not all(isinstance(part, str) for part in parts):
        return "is no list of texts" if name in _LISTS else "is no text"
    if any(_SURROGATE.search(part) for part in parts):
        return "holds half of a surrogate pair, which is no text"
    if name == "url" and not _is_address(value):
        return "is no address"
    if name in _FORMS and not _FORMS[name][0].fullmatch(value):
        return f"is not of the form {_FORMS[name][1]}"
    return None


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).scheme)
    except ValueError:
        return False
