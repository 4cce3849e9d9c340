"""The title of a page: names from data, heading, metas and title element weighed; the site's own name taken off."""

from __future__ import annotations

import re

from crawlers.extraction.document import Document, loose, node_text, squash
from crawlers.extraction.labels import TITLE_PREFIX

_SEPARATORS = re.compile(r"\s+[|\-–—·•»«:/]+\s+|\s*[|｜]\s*|\s+::\s+|\s+@\s+|: (?=\S+$)| ?【.{1,20}】$")
_PAGE = re.compile(
    r"(?i)^(?:page|seite|página|pagina|страница|strona|ページ|第)\s*\d+\s*(?:頁|页|ページ)?(?:\s*(?:of|von|de|di|из|/)\s*\d+)?$"
)


def without_site(title: str, names: tuple[str, ...]) -> str:
    """A title without the segments, at either end, that are the site's name or a page number."""
    parts, marks = _split(title)
    while len(parts) > 1 and _is_site(parts[-1], names):
        parts.pop()
        marks.pop()
    while len(parts) > 1 and _is_site(parts[0], names):
        parts.pop(0)
        marks.pop(0)
    out = parts[0]
    for mark, part in zip(marks, parts[1:], strict=True):
        out += mark + part
    return squash(out)


def _split(title: str) -> tuple[list[str], list[str]]:
    parts: list[str] = []
    marks: list[str] = []
    last = 0
    for match in _SEPARATORS.finditer(title):
        if match.start() == 0:
            continue
        parts.append(title[last : match.start()])
        marks.append(match[0])
        last = match.end()
    parts.append(title[last:])
    return parts, marks


def _is_site(segment: str, names: tuple[str, ...]) -> bool:
    text = loose(segment)
    if not text:
        return True
    if _PAGE.match(segment.strip()):
        return True
    return any(
        text == name or (len(name) > 3 and (name in text or text in name) and len(text) <= len(name) + 14 and len(segment.split()) <= 2)
        for name in names
    )


def heading_of(document: Document) -> str | None:
    """The h1 that the title element or the metas bear out, else the only h1."""
    headings = [TITLE_PREFIX.sub("", text) for text in document.headings if len(text) <= 400]
    borne = loose(document.head_title + " " + document.metas.get("og:title", ""))
    for heading in headings:
        if len(loose(heading)) >= 2 and loose(heading) in borne:
            return heading
    for node in document.tree.css("h1 > *")[:12]:
        part = TITLE_PREFIX.sub("", node_text(node, 400))
        if len(loose(part)) >= 4 and loose(document.head_title).startswith(loose(part)):
            return part
    for heading in headings:
        words = [word for word in re.findall(r"\w+", heading.lower()) if len(word) > 2]
        if words and sum(word in borne for word in words) >= 0.7 * len(words):
            return heading
    names = document.site_names
    fair = [heading for heading in headings if not _is_site(heading, names)]
    return fair[0] if len(fair) == 1 else None


def _borne_part(document: Document, title: str) -> str | None:
    """The beginning of a title that a heading of the page repeats, when the title goes on after it."""
    parts, marks = _split(title)
    if len(parts) < 2:
        return None
    headings = {loose(node_text(node, 300)) for node in document.tree.css("h1, h2, h3")[:30]}
    for count in range(len(parts) - 1, 0, -1):
        text = parts[0] + "".join(mark + part for mark, part in zip(marks[: count - 1], parts[1:count], strict=True))
        if len(loose(text)) >= 2 and loose(text) in headings:
            return squash(text)
    return None


def listing_title(document: Document, stated: str | None) -> tuple[str | None, str]:
    """Title of a listing, thread or post page and how it was found."""
    names = document.site_names
    heading = heading_of(document)
    og = document.metas.get("og:title") or document.metas.get("twitter:title") or ""
    shared = without_site(og, names) if og else ""
    head = without_site(document.head_title, names)
    if stated:
        stated = squash(TITLE_PREFIX.sub("", stated))
        around = loose(document.head_title + og + (heading or ""))
        if loose(stated) in around or heading is None or loose(heading) in loose(stated):
            return stated, "data"
        return (heading, "text") if loose(heading) in loose(document.head_title + og) else (stated, "data")
    if (
        heading
        and (not shared or loose(heading) in loose(og) or loose(shared) not in loose(heading))
        and loose(heading) in loose(document.head_title + og)
    ):
        return heading, "text"
    if shared and not _is_site(og, names):
        return (
            (heading, "text")
            if heading and loose(heading) != loose(shared) and loose(heading).startswith(loose(shared)[:-1])
            else (shared, "opengraph")
        )
    if heading and loose(head).startswith(loose(heading)):
        return heading, "text"
    if head and not _is_site(head, names):
        return _borne_part(document, head) or head, "text"
    return heading or (document.headings[0] if document.headings else head or None), "text"


def channel_title(document: Document) -> str | None:
    """Name of a channel: as it is shared, else as a page."""
    shared = without_site(document.metas.get("og:title", ""), document.site_names)
    return shared or page_title(document)


def page_title(document: Document) -> str | None:
    """Title of a search page or a channel: the title element without the site, the heading when nothing is left."""
    names = document.site_names
    head = without_site(document.head_title, names)
    if head and not _is_site(head, names) and (len(loose(head)) > 1):
        heading = heading_of(document) or (document.headings[0] if len(document.headings) == 1 else None)
        if (
            heading
            and len(_split(document.head_title)[0]) == 1
            and not any(word in loose(heading) for word in re.findall(r"\w{2,}", head.lower()))
        ):
            return heading
        return head
    return (
        heading_of(document)
        or (document.headings[0] if document.headings else None)
        or head
        or without_site(document.metas.get("og:title", ""), names)
        or None
    )
