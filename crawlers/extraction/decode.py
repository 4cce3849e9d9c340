"""Bytes to text: byte-order mark, header, meta, then UTF-8; never raises, never runs a decoder of the page's choosing unchecked."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

MAX_BYTES = 8_000_000
"""A page longer than this is read up to here: marketplace pages stay under 2 MB."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.I)
_WIDER = {
    # The Encoding Standard of WHATWG: labels that browsers read as a wider set.
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
}
_TEXT_ENCODINGS = re.compile(
    r"utf[-_]?(8|16|32)|utf-?16-?[lb]e|cp\d{3,4}|windows-\d{3,4}|iso-?8859-?\d+|koi8-[ru]|gb\w+|big5\w*|euc[-_]\w+|"
    r"shift[-_]jis|iso-2022-\w+|mac[-_]?\w+|tis-620|latin-?\d+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text of a page and how it was decoded."""

    text: str
    charset: str
    damaged: bool
    """True when some bytes are not of the character set."""
    truncated: bool


def decode_page(body: bytes, media_type: str | None) -> Decoded:
    """Decode a page as a browser would: BOM, then header, then meta; UTF-8 when what is stated cannot be right."""
    truncated = len(body) > MAX_BYTES
    data = body[:MAX_BYTES]
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], charset, truncated)
    stated = _HEADER.search(media_type or "")
    found = _META.search(data[:16_384])
    labels = [stated.group(1)] if stated else []
    if found:
        labels.append(found.group(1).decode("ascii"))
    try:
        return Decoded(text=_clean(data.decode("utf-8")), charset="utf-8", damaged=False, truncated=truncated)
    except UnicodeDecodeError:
        pass  # not UTF-8: what the page states decides
    for label in labels:
        charset = label.strip().lower()
        charset = _WIDER.get(charset, charset)
        if _TEXT_ENCODINGS.fullmatch(charset) and _known(charset) and charset.replace("-", "") != "utf8":
            return _decoded(data, charset, truncated)
    text = data.decode("utf-8", "replace")
    if not labels and text.count("\ufffd") > len(text) // 50:
        return _decoded(data, "cp1252", truncated)
    return Decoded(text=_clean(text), charset="utf-8", damaged=not truncated or text.count("\ufffd") > 1, truncated=truncated)


def _known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True


def _decoded(data: bytes, charset: str, truncated: bool) -> Decoded:
    text = data.decode(charset, "replace")
    return Decoded(text=_clean(text), charset=charset, damaged="\ufffd" in text, truncated=truncated)


def _clean(text: str) -> str:
    return text.replace("\x00", "") if "\x00" in text else text
