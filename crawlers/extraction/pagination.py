"""The address of the next page of a search, thread or channel."""
# ruff: noqa: E501 - words and patterns that belong together stay on one line

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.document import Document, node_text

_NEXT_TEXT = re.compile(
    r"(?i)^(?:next(?: page)?|older|weiter|nächste(?: seite)?|suivante?|page suivante|siguiente|página siguiente|próxima(?: página)?|próximo|seguinte|successiva|avanti|pagina successiva|volgende|następna(?: strona)?|dalej|další|ďalšia|következő|înainte|următoarea|далее|следующая(?: страница)?|след\.?|вперёд|вперед|наступна|далі|sonraki|ileri|seuraava|nästa|neste|næste|επόμενη|التالي|التالية|الصفحة التالية|بعدی|הבא|अगला|পরবর্তী|ถัดไป|หน้าถัดไป|trang sau|tiếp|selanjutnya|berikutnya|次へ|次のページ|次|下一页|下一頁|下页|다음|다음 페이지)?\s*(?:page)?\s*[›»>→▶❯⟩]{0,2}$"
)
_NEXT_NAME = re.compile(
    r"(?i)(?:^|[\s_-])(?:next|nextpage|next-page|page-next|pagination-next|arrow-next|weiter|siguiente|suivant)(?:$|[\s_-])"
)
_PAGE_KEYS = (
    "page",
    "p",
    "pg",
    "pn",
    "paged",
    "_pgn",
    "o",
    "seite",
    "pagina",
    "strona",
    "pageno",
    "page_no",
    "pagenumber",
    "start",
    "offset",
    "s",
    "from",
)


def next_page(document: Document) -> str | None:
    """By link relation, then by a link named or called next, then by the number after the present one."""
    for node in document.tree.css('link[rel~="next"], a[rel~="next"]')[:2]:
        url = document.absolute(node.attributes.get("href"))
        if url:
            return url
    anchors = document.tree.css("a[href]")[:6_000]
    for anchor in anchors:
        if (
            _is_next(anchor)
            and (url := document.absolute(anchor.attributes.get("href")))
            and url.split("#")[0] != document.url.split("#")[0]
        ):
            return url
    return _following(document, anchors)


def _is_next(anchor: LexborNode) -> bool:
    attributes = anchor.attributes
    href = attributes.get("href") or "#"
    if href.startswith(("#", "javascript:")):
        return False
    said = (attributes.get("aria-label") or attributes.get("title") or "").strip()
    if said and len(said) < 40 and _NEXT_TEXT.match(said) and any(c.isalpha() for c in said):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('data-testid') or ''}"
    text = node_text(anchor, 60)
    if len(text) <= 24 and text and _NEXT_TEXT.match(text) and (any(c.isalpha() for c in text) or _in_pager(anchor)):
        return True
    return bool(_NEXT_NAME.search(names)) and len(text) <= 30 and _in_pager(anchor)


def _in_pager(anchor: LexborNode) -> bool:
    node: LexborNode | None = anchor
    for _ in range(5):
        if node is None:
            return False
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''} {node.attributes.get('aria-label') or ''}".lower()
        if re.search(r"pag(?:e|ing|in|er)|seiten|strona|страниц", names):
            return True
        node = node.parent
    return False


def _following(document: Document, anchors: list[LexborNode]) -> str | None:
    present = _number(document.url) or 1
    for anchor in anchors:
        text = (anchor.text() or "").strip()
        if text == str(present + 1) and _in_pager(anchor):
            return document.absolute(anchor.attributes.get("href"))
    return None


def _number(url: str) -> int | None:
    for key, value in parse_qsl(urlsplit(url).query)[:40]:
        if key.lower() in _PAGE_KEYS[:12] and re.fullmatch(r"\d{1,5}", value):
            return int(value)
    match = re.search(r"/(?:page|seite|pagina|p|strona)[-/]?(\d{1,5})(?:/|$)", urlsplit(url).path)
    return int(match[1]) if match else None
